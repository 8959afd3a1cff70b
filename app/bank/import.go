package bank

import (
	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/media"
)

// Fate is what becomes of an item of a file.
type Fate string

// The fates. A reworded one is known by its name in the file and worded otherwise now: it
// becomes a new version. A duplicate says what the bank holds already. One apart is much
// like another and stays out until its person takes it along. A refused one cannot be
// taken; its Why says why.
const (
	Ready     Fate = "ready"
	Reworded  Fate = "reworded"
	Duplicate Fate = "duplicate"
	Apart     Fate = "apart"
	Refused   Fate = "refused"
)

// Wish is what a person wants of an import.
type Wish struct {
	Keep     bool         // what there is no kind for is kept as a draft of its text
	Learned  bool         // one's own memory of the questions comes along
	Untitled string       // the topic of what the file puts into none
	Without  map[int]bool // items, by their place in the bundle, that are as good as duplicates
	Apart    bool         // what is much like another, and has no name of its own in the file, stays out
	Along    map[int]bool // items, by their place in the bundle, that are added all the same
}

// fate is that of an item which the bank does not hold yet, beside what it is alike to.
func (w Wish) fate(i int, it bundle.Item, twin *Twin) Fate {
	switch {
	case twin != nil && (w.Without[i] || w.Apart && it.ID == "" && !w.Along[i]):
		return Apart
	case w.Without[i]:
		return Duplicate
	}
	return Ready
}

// Arrival is an item of a file with what becomes of it.
type Arrival struct {
	Item  int // its place among the items of the bundle
	Fate  Fate
	Unfit []questions.Problem // why it becomes a draft; none: it does not
	Why   questions.Reason    // of a refused one
	Twin  *Twin               // what it equals or, of a ready one or one apart, is much alike to
}

// Twin is a question beside which an item is shown.
type Twin struct {
	Question questions.QuestionID // of the bank; 0: Item
	Item     int                  // an earlier one of the same file, by its place
	Version  questions.Version
}

// Numbers count what an import does. Imported, reported and duplicates are always as many
// as the file has items.
type Numbers struct {
	Total, Imported, Reported, Duplicates int

	Apart   int            // of the duplicates: much alike to another, not equal
	Updated int            // of those imported: known, and worded otherwise now
	Drafts  int            // of those imported: unfinished, or unfit to be asked
	Alike   int            // of those imported: much alike to another
	Kept    int            // of those reported: their text becomes a draft
	Kinds   map[string]int // of those imported
}

// Intake is what an import does to a bank.
type Intake struct {
	Numbers
	Arrivals []Arrival // of the items, in their order
	Bringing Bringing
}

// Bringing is what an import stores, whole or not at all. What is new refers to each
// other by slug.
type Bringing struct {
	Bank      questions.BankID
	Revision  int    // of the bank, on which it was decided
	Opens     *Bank  // made with it, if any
	Spare     string // the slug of that bank where its own is taken
	Topics    []NewTopic
	Sections  []Section // new, or with new passages
	Names     []questions.Entity
	Facts     []FactData
	Questions []Brought
	Media     []media.File
	AtMost    int // how many questions the owner may have after it; 0: any number
}

// NewTopic is a topic to make under another.
type NewTopic struct {
	Topic
	Under string // slug; "" at the top
}

// Brought is a question to store: a new one, or one that gets another wording.
type Brought struct {
	Head
	Version     questions.Version // what refers to anything new does it by slug, below
	Refs        []AnswerRef       // by answer
	TopicSlug   string
	PassageSlug string
	Mirrors     string // slug of the flashcard whose other direction it is
	Follow      []Fact // whose text follows the wording
	Learned     *bundle.Learned
}

// Empty tells whether no question is stored.
func (b Bringing) Empty() bool { return len(b.Questions) == 0 }
