package bank

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/questions"
)

// Names is a bank with its lexicon, on its author's desk.
type Names struct {
	Bank     Bank
	Revision int // of the bank: a change is decided on it
	Lexicon  questions.Lexicon
}

// NameStore keeps the names of a bank. Whatever is another's is fault.Missing.
type NameStore interface {
	// Names loads the newest names of a bank of the learner's own, or of a built-in one.
	Names(ctx context.Context, who questions.LearnerID, id questions.BankID) (Names, error)
	// SetNames stores a new revision of the lexicon of the owner's bank; entities
	// without an id get one that none ever had. ErrMoved when the bank has another
	// revision.
	SetNames(ctx context.Context, who questions.LearnerID, n Names) error
}

// Bounds of a lexicon.
const (
	MaxNames     = 2000
	MaxSpellings = 40
	maxName      = 120 // characters
)

// Named stores a name of a bank, a new one where it has no id. The errors are
// fault.Invalid with what is wrong, fault.Missing and fault.Conflict. The same token makes
// one name.
func (e Editor) Named(ctx context.Context, who people.Person, id questions.BankID, name questions.Entity, token string) error {
	if err := people.CheckToken(token); err != nil {
		return err
	}
	name.Slug = slug("e", token)
	return e.rename(ctx, who, id, func(l []questions.Entity) ([]questions.Entity, error) { return put(l, name) })
}

// Unnamed takes a name out of a bank; what was answered keeps the revision it was judged by.
func (e Editor) Unnamed(ctx context.Context, who people.Person, id questions.BankID, name questions.EntityID) error {
	return e.rename(ctx, who, id, func(l []questions.Entity) ([]questions.Entity, error) {
		i := slices.IndexFunc(l, func(e questions.Entity) bool { return e.ID == name && name != 0 })
		if i < 0 {
			return nil, fault.New(fault.Missing, "fault.missing")
		}
		return slices.Delete(slices.Clone(l), i, i+1), nil
	})
}

// rename decides on the names of a bank, again where it moved on meanwhile.
func (e Editor) rename(ctx context.Context, who people.Person, id questions.BankID, decide func([]questions.Entity) ([]questions.Entity, error)) error {
	for range tries {
		n, err := e.Store.Names(ctx, who.ID, id)
		if err != nil {
			return err
		}
		if n.Bank.BuiltIn {
			return fault.New(fault.Missing, "fault.missing")
		}
		next, err := decide(n.Lexicon.Entities)
		if err != nil {
			return err
		}
		if slices.EqualFunc(next, n.Lexicon.Entities, sameEntity) {
			return nil
		}
		n.Lexicon.Entities = next
		if err = e.Store.SetNames(ctx, who.ID, n); !errors.Is(err, ErrMoved) {
			return err
		}
	}
	return fault.New(fault.Conflict, "fault.moved")
}

func sameEntity(a, b questions.Entity) bool {
	return a.ID == b.ID && a.Slug == b.Slug && a.Kind == b.Kind && a.Name == b.Name && a.About == b.About && slices.Equal(a.Spellings, b.Spellings)
}

// put is the names with one changed, or one more.
func put(list []questions.Entity, name questions.Entity) ([]questions.Entity, error) {
	name = tidyName(name)
	i := slices.IndexFunc(list, func(e questions.Entity) bool { return e.ID == name.ID && name.ID != 0 || e.Slug == name.Slug })
	if i < 0 && name.ID != 0 {
		return nil, fault.New(fault.Missing, "fault.missing")
	}
	others := slices.Clone(list)
	if i >= 0 {
		name.ID, name.Slug = list[i].ID, list[i].Slug
		others = slices.Delete(others, i, i+1)
	}
	if err := fault.Bad(wrongName(others, name)); err != nil {
		return nil, err
	}
	if i < 0 {
		return append(others, name), nil
	}
	return slices.Insert(others, i, name), nil
}

// tidyName leaves out what says the same twice.
func tidyName(e questions.Entity) questions.Entity {
	e.Name, e.About = oneLine(e.Name), oneLine(e.About)
	seen := map[string]bool{questions.Fold(e.Name): true, "": true}
	var kept []string
	for _, s := range e.Spellings {
		if s = oneLine(s); !seen[questions.Fold(s)] {
			seen[questions.Fold(s)] = true
			kept = append(kept, s)
		}
	}
	e.Spellings = kept
	return e
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// wrongName says what keeps a name from standing beside the others.
func wrongName(others []questions.Entity, e questions.Entity) []fault.Field {
	var wrong []fault.Field
	if e.Name == "" || utf8.RuneCountInString(e.Name) > maxName || questions.Fold(e.Name) == "" {
		wrong = append(wrong, fault.Field{Name: "name", Key: "name.bad", Args: []any{maxName}})
	}
	if !slices.Contains(questions.EntityKinds[:], e.Kind) {
		wrong = append(wrong, fault.Field{Name: "kind", Key: "name.kind_bad"})
	}
	if utf8.RuneCountInString(e.About) > maxAbout {
		wrong = append(wrong, fault.Field{Name: "about", Key: "bank.about_long", Args: []any{maxAbout}})
	}
	if len(e.Spellings) > MaxSpellings || slices.ContainsFunc(e.Spellings, func(s string) bool { return utf8.RuneCountInString(s) > maxName }) {
		wrong = append(wrong, fault.Field{Name: "spellings", Key: "name.spellings_bad", Args: []any{MaxSpellings, maxName}})
	}
	if len(others) >= MaxNames {
		wrong = append(wrong, fault.Field{Name: "name", Key: "name.many", Args: []any{MaxNames}})
	}
	return append(wrong, taken(others, e)...)
}

// taken finds what another name is called already: nobody could tell them apart.
func taken(others []questions.Entity, e questions.Entity) []fault.Field {
	l := questions.Lexicon{Entities: others}
	if other, ok := l.Find(e.Name); ok {
		return []fault.Field{{Name: "name", Key: "name.taken", Args: []any{e.Name, other.Name}}}
	}
	for _, s := range e.Spellings {
		if other, ok := l.Find(s); ok {
			return []fault.Field{{Name: "spellings", Key: "name.taken", Args: []any{s, other.Name}}}
		}
	}
	return nil
}

// maxSuggested is how many wrong options are suggested.
const maxSuggested = 8

// Suggest lists names that could stand as wrong options beside the key: of its kind, and
// not there yet.
func Suggest(l questions.Lexicon, v questions.Version) []string {
	key, ok := v.Key(1)
	if !ok {
		return nil
	}
	asked, ok := l.Entity(l.Of(key))
	if !ok {
		return nil
	}
	there := map[questions.EntityID]bool{}
	for _, a := range v.Answers {
		there[l.Of(a)] = true
	}
	var names []string
	for _, e := range l.Entities {
		if e.Kind == asked.Kind && !there[e.ID] && len(names) < maxSuggested {
			names = append(names, e.Name)
		}
	}
	return names
}
