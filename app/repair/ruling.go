package repair

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/app/people"
	"thaw/app/study"
	"thaw/questions"
	"thaw/questions/grade"
	"thaw/questions/kind"
)

// Subject is a question with what a person may rule on it.
type Subject struct {
	Bank     bank.Bank
	Revision int // of the bank: a ruling is decided on it
	Head     bank.Head
	Version  questions.Version // the newest
	Lexicon  questions.Lexicon // the newest
	Edits    bool              // the person edits the bank, and may rule for everybody
	Classes  []people.Class    // of the person's, that have the bank
}

// Proposal is a ruling that a person has in mind.
type Proposal struct {
	Question questions.QuestionID
	Decision study.Decision
	Part     int
	Texts    []string            // what counts too, or is right
	Name     bool                // of Accept: as a spelling of the name that is asked for, in the whole bank
	Classes  []questions.ClassID // for their pupils alone; none: for everybody
}

// Reached is a question that a ruling is about.
type Reached struct {
	Question questions.QuestionID
	Until    int // the newest version that it is about; 0: every one
}

// Made is a ruling to store, with what it makes.
type Made struct {
	study.Ruling
	Actor    questions.LearnerID
	Classes  []questions.ClassID
	Revision int // of the bank, on which it was decided
	Reached  []Reached
	Version  *questions.Version // the new wording; nil: it stays
	Lexicon  *questions.Lexicon // the new names; nil: they stay
	Token    string
}

// maxTexts is how many texts a ruling may name.
const maxTexts = 20

// Subject loads what a person may rule on; fault.Missing where that is nothing.
func (d Desk) Subject(ctx context.Context, who people.Person, id questions.QuestionID) (Subject, error) {
	s, err := d.Store.Subject(ctx, who, id)
	if err == nil && !s.Edits && len(s.Classes) == 0 {
		err = fault.New(fault.Missing, "fault.missing")
	}
	if err != nil {
		return s, err
	}
	if s.Version, err = d.Shelf.Version(ctx, questions.Ref{Question: id, Version: s.Head.Latest}); err != nil {
		return s, err
	}
	s.Lexicon, err = d.Shelf.Lexicon(ctx, s.Bank.ID, s.Lexicon.Revision)
	return s, err
}

// Decisions lists what may be ruled on the question: to accept an answer where one is
// typed, a key where one is chosen or typed, and for an editor to retire it.
func (s Subject) Decisions() []study.Decision {
	var list []study.Decision
	typed := slices.ContainsFunc(s.Version.Answers, func(a questions.Answer) bool { return a.Credit == 1 && a.Match != "" })
	if typed {
		list = append(list, study.Accept)
	}
	if !s.Edits {
		return list
	}
	if typed || len(s.Options()) > 0 {
		list = append(list, study.Rekey)
	}
	return append(list, study.Point, study.Leave)
}

// Options are the answers of which a key may be chosen.
func (s Subject) Options() []questions.Answer {
	switch s.Version.Kind {
	case questions.Choice, questions.Several, questions.Truth:
		return s.Version.Answers
	}
	return nil
}

// Name is the name that a part asks for, if it is one of the bank's.
func (s Subject) Name(part int) (questions.Entity, bool) {
	key, ok := s.Version.Key(part)
	if !ok || key.Entity == 0 {
		return questions.Entity{}, false
	}
	return s.Lexicon.Entity(key.Entity)
}

// check says what keeps a proposal from being made. The error is fault.Missing for what
// the person may not, else fault.Invalid.
func (s Subject) check(p Proposal) error {
	all := len(p.Classes) == 0
	if !slices.Contains(s.Decisions(), p.Decision) || all && !s.Edits || !all && (!s.teaches(p.Classes) || p.Decision != study.Accept) {
		return fault.New(fault.Missing, "fault.missing")
	}
	if p.Decision.Retires() {
		return nil
	}
	bad := func(key string, args ...any) error {
		return fault.Bad([]fault.Field{{Name: "text", Key: key, Args: args}})
	}
	key, ok := s.Version.Key(p.Part)
	if !ok || len(p.Texts) == 0 || len(p.Texts) > maxTexts {
		return bad("ruling.no_text")
	}
	for _, t := range p.Texts {
		_, fits := grade.Form(key.Match, t)
		switch {
		case questions.Fold(t) == "" || utf8.RuneCountInString(t) > grade.MaxInput:
			return bad("ruling.no_text")
		case p.Decision == study.Rekey && !s.fits(key, t, fits):
			return bad("ruling.no_key", t)
		}
	}
	if p.Name {
		return s.checkName(p)
	}
	return nil
}

// teaches tells whether all classes are the person's and have the bank.
func (s Subject) teaches(classes []questions.ClassID) bool {
	for _, id := range classes {
		if !slices.ContainsFunc(s.Classes, func(c people.Class) bool { return c.ID == id }) {
			return false
		}
	}
	return true
}

// fits tells whether a text can be the key.
func (s Subject) fits(key questions.Answer, text string, form bool) bool {
	if options := s.Options(); len(options) > 0 {
		return slices.ContainsFunc(options, func(a questions.Answer) bool { return questions.Fold(a.Text) == questions.Fold(text) })
	}
	return key.Match != "" && form
}

// checkName refuses spellings that another name has.
func (s Subject) checkName(p Proposal) error {
	name, ok := s.Name(p.Part)
	if !ok || len(p.Classes) > 0 || p.Decision != study.Accept {
		return fault.New(fault.Missing, "fault.missing")
	}
	for _, t := range p.Texts {
		if other, found := s.Lexicon.Find(t); found && other.ID != name.ID {
			return fault.Bad([]fault.Field{{Name: "text", Key: "name.taken", Args: []any{t, other.Name}}})
		}
	}
	return nil
}

// tidy leaves out what says the same twice.
func (p Proposal) tidy() Proposal {
	seen := map[string]bool{}
	var texts []string
	for _, t := range p.Texts {
		if t = strings.Join(strings.Fields(t), " "); t != "" && !seen[questions.Fold(t)] {
			seen[questions.Fold(t)] = true
			texts = append(texts, t)
		}
	}
	p.Texts = texts
	slices.Sort(p.Classes)
	p.Classes = slices.Compact(p.Classes)
	if p.Decision.Retires() {
		p.Part, p.Texts, p.Name = 0, nil, false
	} else {
		p.Part = max(p.Part, 1)
	}
	return p
}

// decide makes a ruling of a proposal, with the wording, the names or the state that it
// makes. Asking are the questions that ask for the name. It is pure.
func (s Subject) decide(p Proposal, asking []questions.QuestionID) Made {
	key, _ := s.Version.Key(p.Part)
	m := Made{Classes: p.Classes, Revision: s.Revision, Ruling: study.Ruling{Decision: p.Decision, Bank: s.Bank.ID, Question: s.Head.ID, Part: p.Part, Fact: key.Fact, Texts: p.Texts}}
	m.Reached = []Reached{{Question: s.Head.ID}}
	switch {
	case len(p.Classes) > 0, p.Decision.Retires():
		return m
	case p.Name:
		name, _ := s.Name(p.Part)
		m.Entity, m.Lexicon = name.ID, s.spelled(name.ID, p.Texts)
		for _, q := range asking {
			if q != s.Head.ID {
				m.Reached = append(m.Reached, Reached{Question: q})
			}
		}
		return m
	}
	next := study.Amended(study.Wording{Version: s.Version, Lexicon: s.Lexicon}, []study.Ruling{m.Ruling}).Version
	if k, ok := kind.Of(next.Kind); ok && len(k.Check(next)) == 0 {
		m.Version = &next
		if !s.Bank.BuiltIn { // the next release may have another wording of it
			m.Reached[0].Until = s.Head.Latest
		}
	}
	return m
}

// spelled are the names with more spellings of one; nil where it has them all.
func (s Subject) spelled(id questions.EntityID, texts []string) *questions.Lexicon {
	l := s.Lexicon
	l.Entities = slices.Clone(l.Entities)
	grown := false
	for i, e := range l.Entities {
		for _, t := range texts {
			if _, known := (questions.Lexicon{Entities: []questions.Entity{e}}).Find(t); e.ID == id && !known {
				e.Spellings = append(slices.Clone(e.Spellings), t)
				grown = true
			}
		}
		l.Entities[i] = e
	}
	if !grown {
		return nil
	}
	return &l
}

// Rule makes a ruling and returns its number; the same token makes it once. It is then in
// force for every new answer; Apply carries it to those given before.
func (d Desk) Rule(ctx context.Context, who people.Person, p Proposal, token string) (questions.RulingID, error) {
	for range tries {
		s, err := d.Subject(ctx, who, p.Question)
		if err != nil {
			return 0, err
		}
		m, err := d.made(ctx, s, p)
		if err != nil {
			return 0, err
		}
		if err := people.CheckToken(token); err != nil {
			return 0, err
		}
		m.Actor, m.At, m.Token = who.ID, d.now(), token
		id, err := d.Store.Rule(ctx, m)
		if !errors.Is(err, bank.ErrMoved) {
			return id, err
		}
	}
	return 0, fault.New(fault.Conflict, "fault.moved")
}

// made is a proposal as a ruling, if it may be one.
func (d Desk) made(ctx context.Context, s Subject, p Proposal) (Made, error) {
	p = p.tidy()
	if err := s.check(p); err != nil {
		return Made{}, err
	}
	name, ok := s.Name(p.Part)
	if !ok || !p.Name {
		return s.decide(p, nil), nil
	}
	asking, err := d.Store.Asking(ctx, s.Bank.ID, name.ID)
	return s.decide(p, asking), err
}

// Undo takes a ruling back: what it made is taken back too, and Apply makes every result
// again what it is without it.
func (d Desk) Undo(ctx context.Context, who people.Person, id questions.RulingID) error {
	return d.Store.Undo(ctx, who, id, d.now())
}

// Progress is a ruling and how far it has come.
type Progress struct {
	study.Ruling
	Prompt   questions.Ref // the newest wording
	Classes  int           // for how many; 0: for everybody
	Actor    questions.LearnerID
	By       string // the actor's name
	Undone   time.Time
	Finished time.Time // zero: under way
	Done     int       // learners reached
	Left     int       // learners not reached yet
}

// patience is how long a request carries a ruling on by itself; the rest is left to Run.
const patience = 3 * time.Second

// Begin carries a ruling as far as it comes while somebody waits.
func (d Desk) Begin(ctx context.Context, id questions.RulingID) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	err := d.Apply(ctx, id)
	if ctx.Err() != nil || errors.Is(err, study.ErrMoved) {
		return nil // it goes on by itself
	}
	return err
}
