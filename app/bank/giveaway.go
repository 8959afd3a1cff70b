package bank

import (
	"context"

	"thaw/questions"
	"thaw/questions/lint"
)

// GiveAways says which questions of a bank give each other away where they stand in one
// session: what one shows has the key of the other in it.
type GiveAways struct {
	gives, given map[questions.QuestionID][]questions.QuestionID
}

// Gives lists the questions that a question gives away.
func (g GiveAways) Gives(q questions.QuestionID) []questions.QuestionID { return g.gives[q] }

// Given lists the questions that give a question away.
func (g GiveAways) Given(q questions.QuestionID) []questions.QuestionID { return g.given[q] }

// giveAwaysOf reads the newest wordings of a bank.
func giveAwaysOf(c Contents, versions map[questions.Ref]questions.Version) GiveAways {
	b := lint.Bank{Lexicon: c.Lexicon}
	for _, f := range c.Facts {
		b.Facts = append(b.Facts, lint.Fact{ID: f.ID, Slug: f.Slug, Twin: f.Twin})
	}
	for _, q := range c.Questions {
		if v, ok := versions[q.ref()]; ok {
			b.Questions = append(b.Questions, lint.Question{Version: v})
		}
	}
	return Telling(lint.GiveAways(b))
}

// Telling makes give-aways of what each question gives away.
func Telling(gives map[questions.QuestionID][]questions.QuestionID) GiveAways {
	g := GiveAways{gives: gives, given: map[questions.QuestionID][]questions.QuestionID{}}
	for giver, victims := range gives {
		for _, v := range victims {
			g.given[v] = append(g.given[v], giver)
		}
	}
	return g
}

func (q Question) ref() questions.Ref { return questions.Ref{Question: q.ID, Version: q.Latest} }

// GiveAways returns those of the contents of a bank. They are found once for each revision
// of it.
func (s *Shelf) GiveAways(ctx context.Context, c Contents) (GiveAways, error) {
	s.mu.Lock()
	h, ok := s.giveAways[c.Bank.ID]
	s.mu.Unlock()
	if ok && h.revision == c.Revision {
		return h.GiveAways, nil
	}
	refs := make([]questions.Ref, len(c.Questions))
	for i, q := range c.Questions {
		refs[i] = q.ref()
	}
	versions, err := s.Versions(ctx, refs)
	if err != nil {
		return GiveAways{}, err
	}
	found := giveAwaysOf(c, versions)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.giveAways[c.Bank.ID] = revised{found, c.Revision}
	return found, nil
}

// revised are the give-aways of a revision of a bank.
type revised struct {
	GiveAways
	revision int
}
