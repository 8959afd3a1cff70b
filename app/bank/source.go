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

// Sources are the texts that a bank is drawn from, on its author's desk.
type Sources struct {
	Bank     Bank
	Revision int // of the bank: a change is decided on it
	Sections []Section
	Anchors  []Anchor
}

// Anchor is what ties a question that is not retired to a text.
type Anchor struct {
	Head
	Prompt  string // Markdown, as Line shows it
	Passage questions.PassageID
	Quote   string
}

// SourceStore keeps the texts of a bank. Whatever is another's is fault.Missing.
type SourceStore interface {
	// Sources loads the texts of a bank of the learner's own, with what is tied to them.
	Sources(ctx context.Context, who questions.LearnerID, id questions.BankID) (Sources, error)
	// SetSource stores a text as it becomes: a new one where the bank has none of its
	// slug, passages without an id new as well. What it held before and does not hold any
	// more is gone; with no passages the whole text is. ErrMoved when the bank has another
	// revision.
	SetSource(ctx context.Context, who questions.LearnerID, id questions.BankID, revision int, s Section) error
}

// Bounds of the texts of a bank.
const (
	MaxSources  = 100
	MaxSource   = 200_000 // bytes of a text
	maxPassages = 1000    // paragraphs of a text
	MaxQuote    = 1000    // characters
)

// Section returns a text.
func (s Sources) Section(slug string) (Section, bool) {
	i := slices.IndexFunc(s.Sections, func(one Section) bool { return one.Slug == slug })
	if i < 0 {
		return Section{}, false
	}
	return s.Sections[i], true
}

// Stands finds the passage that a question with a quotation is about: the one that it
// points to, as long as that holds the quotation, else the one that does. Without any
// it is the one that it points to, and ok tells whether there is one that says it.
func Stands(sections []Section, at questions.PassageID, quote string) (p questions.Passage, ok bool) {
	for _, s := range sections {
		for _, one := range s.Passages {
			if one.ID == at {
				p, ok = one, quote == "" || has(one.Text, quote)
			}
		}
	}
	if ok || quote == "" {
		return p, ok
	}
	for _, s := range sections {
		for _, one := range s.Passages {
			if has(one.Text, quote) {
				return one, true
			}
		}
	}
	return p, false
}

// Loose lists the questions whose sentence no text has any more: their author is to look
// whether they still hold.
func (s Sources) Loose() []Anchor {
	var list []Anchor
	for _, a := range s.Anchors {
		if _, ok := Stands(s.Sections, a.Passage, a.Quote); !ok {
			list = append(list, a)
		}
	}
	return list
}

// SetSource stores a text of a bank: a new one without a slug, and none of its words any
// more when it is empty. The same token makes it once. The errors are fault.Invalid at
// title and text, fault.Missing, and fault.Conflict.
func (e Editor) SetSource(ctx context.Context, who people.Person, id questions.BankID, slugged, title, text, token string) (string, error) {
	if err := people.CheckToken(token); err != nil {
		return "", err
	}
	title, err := checkSource(title, text)
	if err != nil {
		return "", err
	}
	made := slugged
	if made == "" {
		made = slug("s", token)
	}
	return made, e.resource(ctx, who, id, func(s Sources) (Section, error) {
		was, ok := s.Section(made)
		if slugged != "" && !ok {
			return Section{}, fault.New(fault.Missing, "fault.missing")
		}
		if !ok && len(s.Sections) >= MaxSources {
			return Section{}, fault.New(fault.Denied, "source.many", MaxSources)
		}
		return Section{Slug: made, Title: title, Passages: reanchor(was, quotes(s.Anchors), text)}, nil
	})
}

// RemoveSource takes a text out of a bank; its questions stay.
func (e Editor) RemoveSource(ctx context.Context, who people.Person, id questions.BankID, slugged string) error {
	return e.resource(ctx, who, id, func(s Sources) (Section, error) {
		was, ok := s.Section(slugged)
		if !ok {
			return was, fault.New(fault.Missing, "fault.missing")
		}
		was.Passages = nil
		return was, nil
	})
}

// resource decides on a text of a bank, again where the bank moved on meanwhile.
func (e Editor) resource(ctx context.Context, who people.Person, id questions.BankID, decide func(Sources) (Section, error)) error {
	for range tries {
		s, err := e.Store.Sources(ctx, who.ID, id)
		if err != nil {
			return err
		}
		next, err := decide(s)
		if err != nil {
			return err
		}
		if err := e.Store.SetSource(ctx, who.ID, id, s.Revision, next); !errors.Is(err, ErrMoved) {
			return err
		}
	}
	return fault.New(fault.Conflict, "fault.moved")
}

func checkSource(title, text string) (string, error) {
	var wrong []fault.Field
	title, err := checkTitle(title)
	var f *fault.Fault
	if errors.As(err, &f) {
		wrong = f.Fields
	}
	switch {
	case strings.TrimSpace(text) == "":
		wrong = append(wrong, fault.Field{Name: "text", Key: "source.empty"})
	case len(text) > MaxSource || len(paragraphs(text)) > maxPassages:
		wrong = append(wrong, fault.Field{Name: "text", Key: "source.long", Args: []any{MaxSource / 1000, maxPassages}})
	}
	return title, fault.Bad(wrong)
}

// paragraphs are the stretches between empty lines.
func paragraphs(text string) []string {
	var list []string
	for _, p := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		if p = strings.Join(strings.Fields(p), " "); p != "" {
			list = append(list, p)
		}
	}
	return list
}

// quotes are the quotations that point to each passage.
func quotes(anchors []Anchor) map[questions.PassageID][]string {
	by := map[questions.PassageID][]string{}
	for _, a := range anchors {
		if a.Quote != "" {
			by[a.Passage] = append(by[a.Passage], a.Quote)
		}
	}
	return by
}

// alikeEnough is the share of words that a paragraph must have in common with what it was.
const alikeEnough = .5

// reanchor makes passages of a text. A passage that there was stays itself as the
// paragraph that reads the same, else as the one that holds most of its quotations, else
// as the one most like it; each paragraph is one passage.
func reanchor(was Section, quotes map[questions.PassageID][]string, text string) []questions.Passage {
	var next []questions.Passage
	for _, p := range paragraphs(text) {
		next = append(next, questions.Passage{Section: was.Slug, Text: p})
	}
	left := slices.Clone(was.Passages)
	for _, worth := range []func(old, new questions.Passage) float64{equal, func(old, new questions.Passage) float64 { return standing(quotes[old.ID], new.Text) }, like} {
		left = slices.DeleteFunc(left, func(old questions.Passage) bool { return follows(old, next, worth) })
	}
	for i := range next {
		if next[i].Slug == "" {
			next[i].Slug = slug("p", was.Slug+next[i].Text)
		}
	}
	return apart(next)
}

// follows gives an old passage's id to the free new one that is worth most.
func follows(old questions.Passage, next []questions.Passage, worth func(old, new questions.Passage) float64) bool {
	best, most := -1, 0.
	for i, p := range next {
		if w := worth(old, p); p.ID == 0 && w > most {
			best, most = i, w
		}
	}
	if best >= 0 {
		next[best].ID, next[best].Slug = old.ID, old.Slug
	}
	return best >= 0
}

func equal(old, new questions.Passage) float64 {
	if loose(old.Text) == loose(new.Text) {
		return 1
	}
	return 0
}

func standing(quotes []string, text string) float64 {
	n := 0.
	for _, q := range quotes {
		if has(text, q) {
			n++
		}
	}
	return n
}

// like is the share of words in common (Jaccard), or 0 where it is too small to say that
// a paragraph is still the same.
func like(old, new questions.Passage) float64 {
	a, b := wordSet(old.Text), wordSet(new.Text)
	common := 0
	for w := range a {
		if b[w] {
			common++
		}
	}
	share := float64(common) / float64(max(len(a)+len(b)-common, 1))
	if share < alikeEnough {
		return 0
	}
	return share
}

func wordSet(text string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(loose(text)) {
		set[w] = true
	}
	return set
}

// apart gives paragraphs that read the same slugs of their own.
func apart(list []questions.Passage) []questions.Passage {
	seen := map[string]bool{}
	for i := range list {
		for seen[list[i].Slug] {
			list[i].Slug += "x"
		}
		seen[list[i].Slug] = true
	}
	return list
}

// checkQuote finds a quotation that the passage does not have.
func checkQuote(w Work, v questions.Version) []questions.Problem {
	if v.Quote == "" {
		return nil
	}
	p, ok := w.Passage(v.Passage)
	switch {
	case utf8.RuneCountInString(v.Quote) > MaxQuote:
		return []questions.Problem{{Field: "quote", Code: "source.quote_long"}}
	case v.Passage == 0 || ok && !has(p.Text, v.Quote):
		return []questions.Problem{{Field: "quote", Code: "source.no_quote"}}
	}
	return nil
}

// Quote ties a question of a bank to a sentence of one of its texts. The errors are those
// of Write.
func (e Editor) Quote(ctx context.Context, who people.Person, at questions.BankID, id questions.QuestionID, p questions.PassageID, quote, token string) error {
	w, err := e.Store.Work(ctx, who.ID, Place{Question: id})
	if err != nil {
		return err
	}
	if w.Bank.ID != at || w.Question.Reverses != 0 {
		return fault.New(fault.Missing, "fault.missing")
	}
	f := FormOf(w)
	f.Version.Passage, f.Version.Quote, f.Token = p, quote, token
	_, err = e.Write(ctx, who, Place{Question: id}, f)
	return err
}

// FormOf is the form of a question as it is stored, its passage where the sentence
// stands now. It has no token yet.
func FormOf(w Work) Form {
	f := Form{Base: w.Question.Latest, Topic: w.Question.Topic, State: w.Question.State, Reversed: w.Reversed(), Tags: w.Question.Tags, Version: w.Question.Version}
	if p, ok := Stands([]Section{{Passages: w.Passages}}, f.Version.Passage, f.Version.Quote); ok {
		f.Version.Passage = p.ID
	}
	if facts := f.Version.Facts(); len(facts) == 1 {
		f.Fact = facts[0]
	}
	return f
}
