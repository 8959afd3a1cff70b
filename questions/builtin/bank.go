// Package builtin holds the built-in bank: topics, questions, entities and the
// reading text behind them, embedded as files that a teacher can read and edit.
// It loads and checks them, and knows nothing of the rest of the program.
package builtin

import (
	"slices"
	"strconv"
)

// Bank is all of it, in the order of the files.
type Bank struct {
	Slug     string
	Title    string
	Lang     string // BCP 47
	About    string
	Source   Source
	Topics   []Topic
	Entities []Entity
	Sections []Section
	Revision string // Hash of the files it was loaded from
}

// Source says where the facts come from and under which licence; the texts are
// the project's own.
type Source struct {
	Title   string `yaml:"title"`
	Site    string `yaml:"site"`
	URL     string `yaml:"url"`
	Licence string `yaml:"licence"`
	Note    string `yaml:"note"`
}

// Topic is one file of facts and of the questions that ask for them.
type Topic struct {
	Slug      string
	Title     string
	About     string
	Facts     []Fact // in the order in which they are learned
	Questions []Question
	file      string
}

// Fact is the smallest thing worth knowing, the unit of memory.
type Fact struct {
	Slug      string   `yaml:"slug"`
	Text      string   `yaml:"text"`
	Twin      string   `yaml:"twin"` // the group of facts that give each other away, or ""
	When      string   `yaml:"when"` // EDTF; with it the fact stands on the timeline
	Passage   string   `yaml:"passage"`
	Inventory []string `yaml:"inventory"`
	Pos       Pos      `yaml:"-"`
}

// Question is one way of asking for a fact. Which fields are filled depends on
// its kind; the table in kind.go says which.
type Question struct {
	Slug      string   `yaml:"slug"`
	Fact      string   `yaml:"fact"` // of an order or a match each of Items has one
	Kind      string   `yaml:"kind"`
	Level     string   `yaml:"level"` // remember, understand, apply, analyse
	Prompt    string   `yaml:"prompt"`
	Key       string   `yaml:"key"`  // of a date: EDTF; of a flashcard: its back; of a truth: true or false
	Keys      []string `yaml:"keys"` // of several: every right option
	Wrong     []Wrong  `yaml:"wrong"`
	Items     []Item   `yaml:"items"` // of an order: in their right order; of a match: the pairs
	Why       string   `yaml:"why"`   // of a truth: what is said to the wrong answer
	Slack     float64  `yaml:"slack"` // of a number: how far off still counts
	Fixed     bool     `yaml:"fixed"` // options keep their order
	Place     int      `yaml:"place"` // of the key among fixed options, from 1
	Match     string   `yaml:"match"`
	Accept    []string `yaml:"accept"`
	Entity    string   `yaml:"entity"` // that the key names, or ""
	Explain   string   `yaml:"explain"`
	Passage   string   `yaml:"passage"`
	Gaps      []Gap    `yaml:"gaps"` // of a cloze, in the order of its text
	Inventory []string `yaml:"inventory"`
	Pos       Pos      `yaml:"-"`
}

// Item is one thing to put in order, or a pair.
type Item struct {
	Fact    string `yaml:"fact"`
	Text    string `yaml:"text"`
	When    string `yaml:"when"`    // of an order: its date in EDTF, or ""; those that overlap may stand either way
	Tie     bool   `yaml:"tie"`     // of an order: it may also stand before the one above
	Belongs string `yaml:"belongs"` // of a match: what belongs to it
	Why     string `yaml:"why"`     // of a match: what is said to those who put that elsewhere
}

// Gap is a gap of a cloze. Its key is written into the text, in double braces, in
// whose place the loaded prompt has the number of the gap.
type Gap struct {
	Key    string   `yaml:"-"`
	Fact   string   `yaml:"fact"` // that it asks for; "": the question's
	Match  string   `yaml:"match"`
	Accept []string `yaml:"accept"`
	Entity string   `yaml:"entity"` // that the key names, or ""
}

// Wrong is a wrong option and what it really is.
type Wrong struct {
	Text string `yaml:"text"`
	Why  string `yaml:"why"`
}

// Option is one option to pick; a key has no Why.
type Option struct {
	Text string
	Why  string
	Key  bool
}

// Entity is a person, place, organisation, title, term, date, number or event that
// answers and wrong options name, with its spellings.
type Entity struct {
	Slug      string   `yaml:"slug"`
	Kind      string   `yaml:"kind"`
	Name      string   `yaml:"name"`
	Spellings []string `yaml:"spellings"`
	About     string   `yaml:"about"`
	Inventory []string `yaml:"inventory"`
	Pos       Pos      `yaml:"-"`
}

// Section is a part of the reading text.
type Section struct {
	Slug     string    `yaml:"slug"`
	Title    string    `yaml:"title"`
	Passages []Passage `yaml:"passages"`
}

// Passage is an anchored stretch of the reading text.
type Passage struct {
	Slug string `yaml:"slug"`
	Text string `yaml:"text"`
	Pos  Pos    `yaml:"-"`
}

// Pos is where something stands in the files.
type Pos struct {
	File string
	Line int
}

// String returns the position as editors and compilers write it.
func (p Pos) String() string { return p.File + ":" + strconv.Itoa(p.Line) }

// Right returns every text that is right: the keys of several, those of the gaps of
// a cloze, else the key. Of things to be arranged none is.
func (q Question) Right() []string {
	switch q.Kind {
	case Several:
		return q.Keys
	case Order, Match:
		return nil
	case Cloze:
		keys := make([]string, len(q.Gaps))
		for i, gap := range q.Gaps {
			keys[i] = gap.Key
		}
		return keys
	}
	return []string{q.Key}
}

// arranged tells whether things are put where they belong, each with its fact.
func (q Question) arranged() bool { return q.Kind == Order || q.Kind == Match }

// Facts returns the slugs of the facts that the question asks for.
func (q Question) Facts() []string {
	if !q.arranged() {
		return []string{q.Fact}
	}
	facts := make([]string, len(q.Items))
	for i, item := range q.Items {
		facts[i] = item.Fact
	}
	return facts
}

// Options returns the options to pick from: those of a truth in their order, a
// choice's in theirs when it is fixed, otherwise the right ones first, to be
// shuffled.
func (q Question) Options() []Option {
	var right, wrong []Option
	for _, text := range q.Right() {
		right = append(right, Option{Text: text, Key: true})
	}
	for _, w := range q.Wrong {
		wrong = append(wrong, Option{Text: w.Text, Why: w.Why})
	}
	if q.Kind == Truth {
		return q.truths()
	}
	at := 0
	if q.Fixed {
		at = min(max(q.Place-1, 0), len(wrong))
	}
	return slices.Insert(wrong, at, right...)
}

func (q Question) truths() []Option {
	options := make([]Option, len(truths))
	for i, text := range truths {
		options[i] = Option{Text: text, Key: text == q.Key}
		if !options[i].Key {
			options[i].Why = q.Why
		}
	}
	return options
}

// Accepted returns what counts as right in a typed question, each once: the
// key, its other spellings, and the name and spellings of its entity.
func (b Bank) Accepted(q Question) []string {
	forms := append([]string{q.Key}, q.Accept...)
	if e, ok := b.Entity(q.Entity); ok {
		forms = append(append(forms, e.Name), e.Spellings...)
	}
	var once []string
	seen := map[string]bool{}
	for _, form := range forms {
		if !seen[form] {
			seen[form] = true
			once = append(once, form)
		}
	}
	return once
}

// Entity returns the entity of that slug.
func (b Bank) Entity(slug string) (Entity, bool) {
	for _, e := range b.Entities {
		if e.Slug == slug {
			return e, true
		}
	}
	return Entity{}, false
}
