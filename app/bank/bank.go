// Package bank holds the collections of facts and questions: their contents,
// their immutable versions and the built-in bank's installation.
package bank

import (
	"slices"

	"thaw/questions"
)

// Contents is one bank as the picking of questions and the pages see it:
// everything but the wording of the questions. It is immutable once loaded.
type Contents struct {
	Bank      Bank
	Revision  int // counts every change to the bank
	Topics    []Topic
	Facts     []Fact     // that the live questions ask for
	Questions []Question // live ones only
	Sections  []Section
	Lexicon   questions.Lexicon
}

// Bank is the head of a bank.
type Bank struct {
	ID      questions.BankID
	Slug    string
	Title   string
	Lang    string
	About   string
	Source  string // attribution of the source text, Markdown
	BuiltIn bool
	Owner   questions.LearnerID // who writes it; 0: the installation
	Copied  questions.BankID    // the bank it was copied from, or 0
}

// Open is a bank that a learner may study, as it is now.
type Open struct {
	ID       questions.BankID
	Revision int
}

// Topic is a part of a bank.
type Topic struct {
	ID     questions.TopicID
	Slug   string
	Title  string
	About  string
	Parent questions.TopicID // the topic it is a part of, or 0
}

// Fact is the smallest thing worth knowing.
type Fact struct {
	ID      questions.FactID
	Bank    questions.BankID // whose it is: a copied question keeps the fact of the bank it came from
	Slug    string
	Topic   questions.TopicID
	Text    string
	Lang    string
	Twin    string // group of facts that are two directions of one thing
	When    string // EDTF, or "": with it the fact stands on the timeline
	Passage questions.PassageID
}

// Question is the head of a question: which version is the newest, and what it
// asks for.
type Question struct {
	ID     questions.QuestionID
	Slug   string
	Topic  questions.TopicID
	Kind   string
	Latest int
	Facts  []questions.FactID
	Tags   []string // as its author wrote them
}

// Section is a part of a bank's reading text.
type Section struct {
	Slug     string
	Title    string
	Passages []questions.Passage
}

// Holds tells whether a passage is one of the section's.
func (s Section) Holds(id questions.PassageID) bool {
	return id != 0 && slices.ContainsFunc(s.Passages, func(p questions.Passage) bool { return p.ID == id })
}

// Under returns a topic with all that are parts of it.
func (c Contents) Under(id questions.TopicID) map[questions.TopicID]bool {
	return Outline(c.Topics).Under(id)
}

// Fact returns a fact of the bank.
func (c Contents) Fact(id questions.FactID) (Fact, bool) {
	for _, f := range c.Facts {
		if f.ID == id {
			return f, true
		}
	}
	return Fact{}, false
}

// TopicOf returns the title of a question's topic.
func (c Contents) TopicOf(id questions.QuestionID) string {
	for _, q := range c.Questions {
		if q.ID != id {
			continue
		}
		for _, t := range c.Topics {
			if t.ID == q.Topic {
				return t.Title
			}
		}
	}
	return ""
}

// Stands returns the passage that a wording is drawn from, with the title of its section.
func (c Contents) Stands(v questions.Version) (p questions.Passage, section string, ok bool) {
	p, _ = Stands(c.Sections, v.Passage, v.Quote)
	return c.Passage(p.ID)
}

// Passage returns a passage with the title of its section.
func (c Contents) Passage(id questions.PassageID) (p questions.Passage, section string, ok bool) {
	for _, s := range c.Sections {
		for _, p := range s.Passages {
			if p.ID == id {
				return p, s.Title, true
			}
		}
	}
	return questions.Passage{}, "", false
}
