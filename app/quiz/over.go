package quiz

import (
	"context"
	"slices"

	"thaw/app/bank"
	"thaw/app/people"
	"thaw/questions"
)

// Over begins a quiz of ten questions over some of the banks that a learner may
// study, as after joining a class, and returns its number. The same token begins
// it once. fault.Missing when there is nothing to ask in them.
func (h Host) Over(ctx context.Context, who people.Person, banks []questions.BankID, token string) (int, error) {
	p, told, err := h.gather(ctx, who, token)
	if err != nil {
		return 0, err
	}
	p.Banks = slices.DeleteFunc(p.Banks, func(c bank.Contents) bool { return !slices.Contains(banks, c.Bank.ID) })
	rng := h.Rand()
	return h.open(ctx, p, Sitting{Mode: Tutor}, pick(p, 0, quizSize, told, rng), rng, token)
}
