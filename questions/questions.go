// Package questions says what a question is: its ids, its immutable versions,
// what a learner may answer and what an answer is worth. It does no I/O.
package questions

import "strconv"

// Ids of content are counted by the database and stay within one installation;
// the slug is what survives an export. A learner's id is random (63 bits).
type (
	BankID     int64
	TopicID    int64
	FactID     int64
	QuestionID int64
	EntityID   int64
	PassageID  int64
	LearnerID  int64
	ClassID    int64
	RulingID   int64
)

// String returns the id as it stands in an address.
func (id QuestionID) String() string { return strconv.FormatInt(int64(id), 10) }

// String returns the id as it stands in an address.
func (id ClassID) String() string { return strconv.FormatInt(int64(id), 10) }

// String returns the id as it stands in an address.
func (id RulingID) String() string { return strconv.FormatInt(int64(id), 10) }

// String returns the id as it stands in a log line.
func (id LearnerID) String() string { return strconv.FormatInt(int64(id), 10) }

// Ref names one version of a question.
type Ref struct {
	Question QuestionID
	Version  int
}

// Kinds of questions. stored: never rename
const (
	Choice  = "choice"
	Several = "several"
	Truth   = "truth"
	Text    = "text"
	Number  = "number"
	Date    = "date"
	Order   = "order"
	Match   = "match"
	Cloze   = "cloze"
	Flash   = "flash"
)

// Matches say how a typed answer is compared (Answer.Match); an option that is
// picked rather than typed has none. stored: never rename
const (
	MatchPerson  = "person"
	MatchPlace   = "place"
	MatchOrg     = "org"
	MatchTitle   = "title"
	MatchTerm    = "term"
	MatchDate    = "date"
	MatchNumber  = "number"
	MatchOrdinal = "ordinal"
	MatchSet     = "set"
)

// Version is one immutable wording of a question. All kinds share this shape.
type Version struct {
	Ref
	Kind    string
	Lang    string // BCP 47, of the prompt
	Back    string `json:",omitempty"` // BCP 47, of the answers, where it is not that of the prompt
	Prompt  string // Markdown
	Explain string // Markdown, why the key is right
	Passage PassageID
	Quote   string `json:",omitempty"` // the sentence of the passage that it is drawn from, as it stood there
	Level   string // remember, understand, apply, analyse
	Fixed   bool   // options keep their order (dates and numbers ascending)
	Answers []Answer
}

// Answer is one option, key or accepted form of one part of a question. The
// fact stands here, so that one question may feed several facts.
type Answer struct {
	Part     int // from 1; a simple question has one part
	Fact     FactID
	Text     string  // an option's text; a key's text (a date as EDTF, a truth as true or false)
	Match    string  // how typed input is compared with it, or ""
	Credit   float64 // 1 the key, 0 a wrong option, between: part of it
	Slack    float64 // tolerance of a number, in its own unit
	Feedback string  // what this wrong option really is
	Entity   EntityID
}

// Tongue is the language of the answers: of a flashcard's back, of options, of
// what is typed.
func (v Version) Tongue() string {
	if v.Back != "" {
		return v.Back
	}
	return v.Lang
}

// Key returns the first fully right answer of the part, the canonical one.
func (v Version) Key(part int) (Answer, bool) {
	for _, a := range v.Answers {
		if a.Part == part && a.Credit == 1 {
			return a, true
		}
	}
	return Answer{}, false
}

// In returns the version with its answers in the order shown: order holds
// indices into Answers and may leave some out. An order that is empty or does
// not fit leaves the version as it is.
func (v Version) In(order []int) Version {
	if len(order) == 0 || len(order) > len(v.Answers) {
		return v
	}
	seen := make([]bool, len(v.Answers))
	shown := make([]Answer, len(order))
	for i, from := range order {
		if from < 0 || from >= len(seen) || seen[from] {
			return v
		}
		seen[from], shown[i] = true, v.Answers[from]
	}
	v.Answers = shown
	return v
}

// Facts returns the facts that the version asks for, each once, in order.
func (v Version) Facts() []FactID {
	var facts []FactID
	seen := map[FactID]bool{}
	for _, a := range v.Answers {
		if a.Fact != 0 && !seen[a.Fact] {
			seen[a.Fact] = true
			facts = append(facts, a.Fact)
		}
	}
	return facts
}

// Fact is the first of them; 0 where there is none.
func (v Version) Fact() FactID {
	for _, a := range v.Answers {
		if a.Fact != 0 {
			return a.Fact
		}
	}
	return 0
}

// Response is what a learner gave: the form's `answer` values in their order,
// kept as they came.
type Response []string

// Verdict is what a mark says. stored: never rename
type Verdict string

// The four verdicts. A slip is right with a spelling to mend; almost opens one
// more try. Void is none of them: a ruling has left the question out.
const (
	Right  Verdict = "right"
	Slip   Verdict = "slip"
	Almost Verdict = "almost"
	Wrong  Verdict = "wrong"
	Void   Verdict = "void"
)

// Fine tells whether nothing is amiss: right, or right with a slip.
func (v Verdict) Fine() bool { return v == Right || v == Slip }

// Mark says what one part of a response is worth.
type Mark struct {
	Part      int
	Fact      FactID
	Credit    float64 // 0..1
	Verdict   Verdict
	Canonical string // the key as a person writes it
	Reason    Reason
	Given     EntityID // the other entity that was named instead, if any
	Asked     EntityID // then: the one that was asked for, if it is one
	Guess     float64  // the chance of a right answer without knowing, 0..1, as the form was shown
	Self      int      // the learner's own rating of a flashcard, 1 to 4; 0: derive it from the verdict
}

// Worth sums marks up: their mean credit and the worst verdict, Void being worse than
// any.
func Worth(marks []Mark) (credit float64, verdict Verdict) {
	worst := map[Verdict]int{Right: 0, Slip: 1, Almost: 2, Wrong: 3, Void: 4}
	verdict = Right
	for _, m := range marks {
		credit += m.Credit
		if worst[m.Verdict] > worst[verdict] {
			verdict = m.Verdict
		}
	}
	return credit / float64(max(len(marks), 1)), verdict
}

// Reason says why, as a key of the text catalogue ("reason.year_off") with its
// arguments, so that a page can say it in the reader's language.
type Reason struct {
	Code string
	Args []string
}

// Entity is a person, place, organisation, document, event or term with its
// spellings.
type Entity struct {
	ID        EntityID
	Slug      string
	Kind      string // person, place, org, title, term, date, number, event
	Name      string
	About     string
	Spellings []string
}

// EntityKinds lists the kinds that an author can choose, in the order of a list.
var EntityKinds = [...]string{MatchPerson, MatchPlace, MatchOrg, MatchTitle, MatchTerm, "event"}

// Lexicon is one numbered, immutable revision of a bank's entities.
type Lexicon struct {
	Bank     BankID
	Revision int
	Entities []Entity
}

// Find returns the entity of which a text is the name or a spelling, whatever its case,
// accents and alphabet.
func (l Lexicon) Find(text string) (Entity, bool) {
	folded := Fold(text)
	if folded == "" {
		return Entity{}, false
	}
	for _, e := range l.Entities {
		if Fold(e.Name) == folded {
			return e, true
		}
		for _, s := range e.Spellings {
			if Fold(s) == folded {
				return e, true
			}
		}
	}
	return Entity{}, false
}

// Entity returns the one of an id.
func (l Lexicon) Entity(id EntityID) (Entity, bool) {
	for _, e := range l.Entities {
		if e.ID == id && id != 0 {
			return e, true
		}
	}
	return Entity{}, false
}

// Of returns the entity of an answer: the one that it points to, or the one that it names.
func (l Lexicon) Of(a Answer) EntityID {
	if a.Entity != 0 {
		return a.Entity
	}
	e, _ := l.Find(a.Text)
	return e.ID
}

// Passage is an anchored stretch of a bank's reading text.
type Passage struct {
	ID      PassageID
	Slug    string
	Section string
	Text    string
}

// Problem is something that makes a question unfit to be asked.
type Problem struct {
	Field string // name of the editor's field: prompt, option, key, accept, slack, match, explain ...
	Row   int    // which of the fields of that name, from 1; 0 for the only one, or for all of them
	Code  string // key of the text catalogue, "problem.no_key"
	Args  []string
}

// ID is the id of the editor's element that the problem belongs to, so that a
// list of problems can lead there.
func (p Problem) ID() string {
	if p.Row == 0 {
		return p.Field
	}
	return p.Field + "-" + strconv.Itoa(p.Row)
}

// Editing is a version in an editor: what a widget needs to draw its fields.
type Editing struct {
	Version  Version
	Say      Say       // text in the author's language
	Problems []Problem // each is shown at its field
	Rows     int       // how many rows of options to draw at least; 0: as many as the kind begins with
	Suggest  []string  // wrong options to take: other names of the kind of the key's
	Facts    []Known   // what a part may ask for, where each has a fact of its own; none: it cannot be chosen
}

// Known is a fact that can be chosen; without an id, one of the question's own.
type Known struct {
	ID   FactID
	Text string
}

// Asked is a version as one learner meets it: what a widget needs to draw
// itself. Its version stands in the order shown (Version.In).
type Asked struct {
	Version Version
	Say     Say      // text in the reader's language
	Tried   Response // the first try, when there is a second; ["show"] for a turned flashcard
	Reason  Reason   // why the first try was almost
	First   []Mark   // what the first try was worth, part by part; the keys in it are not for the widget
	Given   Response // an answer that could not be kept: shown again, as it came
	Sure    bool     // the learner is asked whether they are sure
	Buttons int      // of a flashcard: 2 (forgot, knew it) or 4
	Back    []string // of a flashcard: when the fact comes back, for each button
}

// Say looks a text up in the catalogue in the reader's language.
type Say func(key string, args ...any) string
