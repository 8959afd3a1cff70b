package quiz

import (
	"context"
	"slices"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/app/people"
	"thaw/app/study"
	"thaw/questions"
)

// Drill begins a quiz on names of a bank that are mixed up: the questions whose key is one
// of them, in turn, and returns its number; fault.Missing where there are none. The same
// token begins it once.
func (h Host) Drill(ctx context.Context, who people.Person, id questions.BankID, names []questions.EntityID, token string) (int, error) {
	if err := people.CheckToken(token); err != nil {
		return 0, err
	}
	p, err := h.Coach.Preparing(ctx, who, h.Now())
	if err != nil {
		return 0, err
	}
	i := slices.IndexFunc(p.Banks, func(c bank.Contents) bool { return c.Bank.ID == id })
	if i < 0 {
		return 0, fault.New(fault.Missing, "fault.missing")
	}
	rng := h.Rand()
	all := candidates(p.Banks[i], 0, nil)
	rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	picked, err := h.about(ctx, all, names)
	if err != nil {
		return 0, err
	}
	return h.open(ctx, p, Sitting{Mode: Tutor}, picked, rng, token)
}

// about picks the candidates whose key is one of the names, in turn, at most a quiz of them.
func (h Host) about(ctx context.Context, all []candidate, names []questions.EntityID) ([]candidate, error) {
	refs := make([]questions.Ref, len(all))
	for i, c := range all {
		refs[i] = questions.Ref{Question: c.question.ID, Version: c.question.Latest}
	}
	versions, err := h.Shelf.Versions(ctx, refs)
	if err != nil {
		return nil, err
	}
	by := make([][]candidate, len(names))
	for i, c := range all {
		for _, a := range versions[refs[i]].Answers {
			if k := slices.Index(names, c.contents.Lexicon.Of(a)); a.Credit == 1 && k >= 0 && names[k] != 0 {
				by[k] = append(by[k], c)
				break
			}
		}
	}
	return study.InTurn(by, quizSize), nil
}
