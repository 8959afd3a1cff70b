package builtin

import (
	_ "embed" // the inventory
	"io/fs"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"thaw/questions"
	"thaw/questions/lint"
)

//go:embed inventory.txt
var inventory string

// Inventory returns the items of the source article that may be asked.
func Inventory() lint.Inventory {
	items := lint.Inventory{}
	for line := range strings.Lines(inventory) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] != "#" {
			items[fields[0]] = lint.Item{Core: fields[1] == "core", Dates: fields[2:]}
		}
	}
	return items
}

// Finding is something that the linter finds, with its place.
type Finding struct {
	Pos
	lint.Problem
}

// Checked is what stands in files, and what is wrong with it.
type Checked struct {
	Bank     Bank
	Covered  int      // core items that are asked both in a quiz and on a flashcard
	Broken   Problems // of the files; with a file that cannot be read Bank is empty
	Findings []Finding
}

// Check reads a whole bank and finds all that is wrong with it. As long as topics are
// planned, what is not asked yet is not missed.
func Check(data fs.FS) Checked {
	l := loader{data: data}
	return l.checked(nil)
}

// CheckBuiltIn checks the embedded bank.
func CheckBuiltIn() Checked { return Check(embedded) }

// CheckTopics checks topic files by themselves, with the built-in bank around them: a
// file stands in the place of the built-in one of its topic. Names are in the order
// in which the files are read.
func CheckTopics(names []string, files map[string][]byte) Checked {
	l := loader{data: beside(names, files)}
	return l.checked(names)
}

// layers are files over those of the built-in bank.
type layers map[string][]byte

// Open implements fs.FS.
func (l layers) Open(name string) (fs.File, error) { return embedded.Open(name) }

// ReadFile implements fs.ReadFileFS.
func (l layers) ReadFile(name string) ([]byte, error) {
	if text, ok := l[name]; ok {
		return text, nil
	}
	return embedded.ReadFile(name)
}

// beside is the built-in bank with topic files in the place of its own, or behind
// them. What is broken in a file is said when it is read.
func beside(names []string, files map[string][]byte) fs.FS {
	var bank bankFile
	text, err := embedded.ReadFile(bankName)
	if err == nil {
		err = yaml.Unmarshal(text, &bank)
	}
	for _, name := range names {
		var head topicFile
		_ = yaml.Unmarshal(files[name], &head)
		i := slices.IndexFunc(bank.Topics, func(t topicLine) bool { return t.Slug == head.Topic && !slices.Contains(names, t.File) })
		if i < 0 {
			i, bank.Topics = len(bank.Topics), append(bank.Topics, topicLine{Slug: head.Topic, Title: head.Title})
		}
		bank.Topics[i].File = name
	}
	over := layers{}
	for name, text := range files {
		over[name] = text
	}
	if text, failed := yaml.Marshal(bank); err == nil && failed == nil {
		over[bankName] = text
	}
	return over
}

// checked reads the bank and checks what stands in some of its files; nil: in all.
func (l *loader) checked(files []string) Checked {
	mine := func(file string) bool { return files == nil || slices.Contains(files, file) }
	c := Checked{Bank: l.bank()}
	for _, p := range l.problems {
		if mine(p.File) {
			c.Broken = append(c.Broken, p)
		}
	}
	if l.unread {
		c.Bank = Bank{}
		return c
	}
	c.Bank.typeset()
	lexicon, facts := c.Bank.lexicon(), c.Bank.facts()
	c.Bank.Topics = slices.DeleteFunc(c.Bank.Topics, func(t Topic) bool { return !mine(t.file) })
	bank, places := c.Bank.linted(lexicon, facts)
	bank.Part = files != nil || l.planned
	places.whole = Pos{append(files, bankName)[0], 1}
	for _, p := range lint.Check(bank) {
		c.Findings = append(c.Findings, Finding{places.of(p), p})
	}
	c.Covered = len(bank.Covered())
	return c
}

func (b Bank) lexicon() questions.Lexicon {
	var l questions.Lexicon
	for i, e := range b.Entities {
		l.Entities = append(l.Entities, questions.Entity{ID: questions.EntityID(i + 1), Slug: e.Slug, Kind: e.Kind, Name: e.Name, About: e.About, Spellings: e.Spellings})
	}
	return l
}

func (b Bank) facts() []Fact {
	var all []Fact
	for _, t := range b.Topics {
		all = append(all, t.Facts...)
	}
	return all
}

// places says where what the linter knows by its ids stands.
type places struct {
	whole     Pos // of what is said about all of it
	questions map[questions.QuestionID]Pos
	facts     []Fact // by their ids, from 1
}

func (p places) of(found lint.Problem) Pos {
	if found.Fact != 0 {
		return p.facts[found.Fact-1].Pos
	}
	if at, ok := p.questions[found.Question]; ok {
		return at
	}
	return p.whole
}

// linted is the bank as the linter reads it, with ids counted from 1.
func (b Bank) linted(lexicon questions.Lexicon, facts []Fact) (lint.Bank, places) {
	at := places{questions: map[questions.QuestionID]Pos{}, facts: facts}
	l := lint.Bank{Lexicon: lexicon, Inventory: Inventory()}
	factIDs, entityIDs := map[string]questions.FactID{}, map[string]questions.EntityID{"": 0}
	for i, f := range facts {
		factIDs[f.Slug] = questions.FactID(i + 1)
		l.Facts = append(l.Facts, lint.Fact{ID: questions.FactID(i + 1), Slug: f.Slug, Twin: f.Twin})
	}
	for _, e := range lexicon.Entities {
		entityIDs[e.Slug] = e.ID
	}
	for _, t := range b.Topics {
		for _, q := range t.Questions {
			v, refs := q.Version(b.Lang)
			v.Question = questions.QuestionID(len(l.Questions) + 1)
			for i, r := range refs {
				v.Answers[i].Fact, v.Answers[i].Entity = factIDs[r.Fact], entityIDs[r.Entity]
			}
			l.Questions = append(l.Questions, lint.Question{Version: v, Inventory: q.Inventory})
			at.questions[v.Question] = q.Pos
		}
	}
	return l, at
}
