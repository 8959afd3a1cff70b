// Package bundle says what a file of questions holds, whatever its format: the
// shape in which every reader gives and every writer takes. It does no I/O.
package bundle

import (
	"time"

	"thaw/questions"
)

// Bundle is the content of a file. A format that knows no banks fills the items
// alone. Everything refers by slug; ids are the database's.
type Bundle struct {
	Slug     string
	Title    string
	Lang     string // BCP 47, or "" where the file does not say
	About    string
	Source   string
	Topics   []Topic // those that are not here, but named by an item, are made
	Facts    []Fact  // those that an item names by slug
	Entities []questions.Entity
	Sections []Section
	Items    []Item
	Media    []Media

	Problems []Problem // items that could not be read: each counts as one item of the file
	Notes    []Problem // what was read, but not wholly, or by a guess: counts as nothing
}

// Total is how many items the file has, by the format's own counting (an Anki
// package's are its cards): those that were read and those that were not.
func (b Bundle) Total() int { return len(b.Items) + len(b.Problems) }

// Topic is a part of a bank, or a part of such a part.
type Topic struct {
	Slug   string
	Title  string
	About  string
	Parent string // the slug of the topic that it is a part of, or ""
}

// Fact is the smallest thing worth knowing.
type Fact struct {
	Slug     string
	Topic    string // slug
	Text     string
	Lang     string
	Twin     string
	Passage  string // slug
	Happened string // EDTF, or ""
}

// Section is a stretch of a bank's reading text.
type Section struct {
	Slug     string
	Title    string
	Passages []questions.Passage // Slug and Text; the rest is the bank's
}

// Item is one question of a file.
type Item struct {
	Line    int    // where it begins: the line, the row or the number of the question, from 1
	ID      string // what names it for ever in its own world (a guid, an ident); "" where there is none
	Name    string // its title there, if it has one
	Topic   []string
	Tags    []string
	State   string // draft, live or retired; "" is live, or draft where it is unfinished
	Version questions.Version
	Refs    []Ref  // as long as Version.Answers, or nil: what the answers refer to
	Passage string // slug of the passage that the version points to
	Twin    string // the items of one file with the same twin are directions or gaps of one thing
	Mirrors string // the ID of the flashcard whose other direction it is
	Learned *Learned
}

// Ref names by slug the fact that an answer asks for and the entity that it names.
type Ref struct {
	Fact   string
	Entity string
}

// Learned is what a learner's memory of an item is in the file it comes from.
type Learned struct {
	Due        time.Time // zero: new
	Interval   int       // days between the last review and the next
	Reps       int
	Lapses     int
	Suspended  bool
	Stability  float64 // days, FSRS; 0: unknown
	Difficulty float64 // 1..10, FSRS; 0: unknown
	Reviews    []Review
}

// Review is one look back at an item.
type Review struct {
	At     time.Time
	Rating int           // 1 again, 2 hard, 3 good, 4 easy
	Took   time.Duration // 0: unknown
}

// Media is a picture or a sound. Prompts, options and explanations refer to it as
// Markdown does, ![what it shows](name).
type Media struct {
	Name string
	Data []byte
}

// Problem says why an item of a file was not read, or not wholly.
type Problem struct {
	Line   int    // as Item.Line; 0: the file as a whole
	Item   string // the beginning of its text or its name, for the person to find it
	Reason questions.Reason
	Text   string // all that it said, so that it can be mended or kept as a draft; "" where that means nothing
	Kind   string // what it would be there, in the words of the format: essay, description

	Dropped bool // its person has let go of it
}

// Options say what a writer is to do.
type Options struct {
	Learned bool // with what the learner's memory is, where the format has a place for it
}
