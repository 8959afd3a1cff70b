// Package native is Thaw's own file: JSON that keeps all we have of a bank, so that it
// can be taken elsewhere and read by people and by other programs.
//
// A file is one object. Its first key says which edition of the format it is ("thaw": 1);
// then come the head of the bank (slug, title, lang, about, source) and lists of topics,
// names, sections, facts, questions and media, each entry on a line of its own. Entries
// refer to each other by slug, a question to its topic by the titles that lead there; a
// slug that is given is kept for ever. Media are Base64. A file of several banks has a
// list of such objects instead, "banks".
package native

import (
	"time"

	"thaw/questions"
	"thaw/questions/format/bundle"
)

// Edition is the number of the format that is written. A later one is refused.
const Edition = 1

// Bounds of what is read: nothing of ours comes near them.
const (
	maxFile  = 256 << 20 // bytes
	maxEntry = 1 << 20   // bytes of one entry of a list
	maxMedia = 16 << 20  // bytes of one picture or sound, in Base64
	maxAll   = 72 << 20  // bytes of all pictures and sounds
	maxCount = 100_000   // entries of a list
)

// The entries as they stand in a file. stored: never rename
type (
	topic struct {
		Slug   string `json:"slug"`
		Title  string `json:"title"`
		About  string `json:"about,omitempty"`
		Parent string `json:"parent,omitempty"`
	}
	name struct {
		Slug      string   `json:"slug"`
		Kind      string   `json:"kind"`
		Name      string   `json:"name"`
		About     string   `json:"about,omitempty"`
		Spellings []string `json:"spellings,omitempty"`
	}
	section struct {
		Slug     string    `json:"slug"`
		Title    string    `json:"title"`
		Passages []passage `json:"passages,omitempty"`
	}
	passage struct {
		Slug string `json:"slug"`
		Text string `json:"text"`
	}
	fact struct {
		Slug     string `json:"slug"`
		Topic    string `json:"topic,omitempty"`
		Text     string `json:"text"`
		Lang     string `json:"lang,omitempty"`
		Twin     string `json:"twin,omitempty"`
		Passage  string `json:"passage,omitempty"`
		Happened string `json:"happened,omitempty"`
	}
	question struct {
		ID      string   `json:"id,omitempty"`
		Name    string   `json:"name,omitempty"`
		Topic   []string `json:"topic,omitempty"`
		Tags    []string `json:"tags,omitempty"`
		State   string   `json:"state,omitempty"`
		Kind    string   `json:"kind"`
		Lang    string   `json:"lang,omitempty"`
		Back    string   `json:"back,omitempty"`
		Level   string   `json:"level,omitempty"`
		Fixed   bool     `json:"fixed,omitempty"`
		Prompt  string   `json:"prompt"`
		Answers []answer `json:"answers,omitempty"`
		Explain string   `json:"explain,omitempty"`
		Passage string   `json:"passage,omitempty"`
		Quote   string   `json:"quote,omitempty"`
		Twin    string   `json:"twin,omitempty"`
		Mirrors string   `json:"mirrors,omitempty"`
		Learned *learned `json:"learned,omitempty"`
	}
	answer struct {
		Part     int     `json:"part,omitempty"`
		Text     string  `json:"text"`
		Match    string  `json:"match,omitempty"`
		Credit   float64 `json:"credit"`
		Slack    float64 `json:"slack,omitempty"`
		Feedback string  `json:"feedback,omitempty"`
		Fact     string  `json:"fact,omitempty"`
		Entity   string  `json:"name,omitempty"`
	}
	learned struct {
		Due        time.Time `json:"due,omitzero"`
		Interval   int       `json:"interval,omitempty"` // days
		Reps       int       `json:"reps,omitempty"`
		Lapses     int       `json:"lapses,omitempty"`
		Suspended  bool      `json:"suspended,omitempty"`
		Stability  float64   `json:"stability,omitempty"` // days
		Difficulty float64   `json:"difficulty,omitempty"`
		Reviews    []review  `json:"reviews,omitempty"`
	}
	review struct {
		At     time.Time `json:"at"`
		Rating int       `json:"rating"`
		Took   int64     `json:"took,omitempty"` // milliseconds
	}
	media struct {
		Name string `json:"name"`
		Data []byte `json:"data"`
	}
)

func questionOf(it bundle.Item, withLearned bool) question {
	v := it.Version
	q := question{ID: it.ID, Name: it.Name, Topic: it.Topic, Tags: it.Tags, State: it.State, Kind: v.Kind, Lang: v.Lang, Back: v.Back,
		Level: v.Level, Fixed: v.Fixed, Prompt: v.Prompt, Explain: v.Explain, Passage: it.Passage, Quote: v.Quote, Twin: it.Twin, Mirrors: it.Mirrors}
	for i, a := range v.Answers {
		one := answer{Part: a.Part, Text: a.Text, Match: a.Match, Credit: a.Credit, Slack: a.Slack, Feedback: a.Feedback}
		if i < len(it.Refs) {
			one.Fact, one.Entity = it.Refs[i].Fact, it.Refs[i].Entity
		}
		q.Answers = append(q.Answers, one)
	}
	if it.Learned != nil && withLearned {
		q.Learned = learnedOf(*it.Learned)
	}
	return q
}

func learnedOf(l bundle.Learned) *learned {
	kept := &learned{Due: l.Due, Interval: l.Interval, Reps: l.Reps, Lapses: l.Lapses, Suspended: l.Suspended, Stability: l.Stability, Difficulty: l.Difficulty}
	for _, r := range l.Reviews {
		kept.Reviews = append(kept.Reviews, review{At: r.At, Rating: r.Rating, Took: r.Took.Milliseconds()})
	}
	return kept
}

func (q question) item(line int) bundle.Item {
	it := bundle.Item{Line: line, ID: q.ID, Name: q.Name, Topic: q.Topic, Tags: q.Tags, State: q.State, Passage: q.Passage, Twin: q.Twin, Mirrors: q.Mirrors,
		Version: questions.Version{Kind: q.Kind, Lang: q.Lang, Back: q.Back, Level: q.Level, Fixed: q.Fixed, Prompt: q.Prompt, Explain: q.Explain, Quote: q.Quote}}
	refs, some := make([]bundle.Ref, len(q.Answers)), false
	for i, a := range q.Answers {
		it.Version.Answers = append(it.Version.Answers, questions.Answer{Part: a.Part, Text: a.Text, Match: a.Match, Credit: a.Credit, Slack: a.Slack, Feedback: a.Feedback})
		refs[i] = bundle.Ref{Fact: a.Fact, Entity: a.Entity}
		some = some || refs[i] != bundle.Ref{}
	}
	if some {
		it.Refs = refs
	}
	if q.Learned != nil {
		it.Learned = q.Learned.bundled()
	}
	return it
}

func (l learned) bundled() *bundle.Learned {
	b := &bundle.Learned{Due: l.Due, Interval: l.Interval, Reps: l.Reps, Lapses: l.Lapses, Suspended: l.Suspended, Stability: l.Stability, Difficulty: l.Difficulty}
	for _, r := range l.Reviews {
		b.Reviews = append(b.Reviews, bundle.Review{At: r.At, Rating: r.Rating, Took: time.Duration(r.Took) * time.Millisecond})
	}
	return b
}
