package quiz

import (
	"cmp"
	"context"
	"slices"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/app/people"
	"thaw/app/study"
	"thaw/questions"
)

// Review begins a review of what is due, the most endangered facts first, at
// most twenty, and returns its number. With nothing due it is fault.Missing.
// The same token begins it once.
func (h Host) Review(ctx context.Context, who people.Person, token string) (int, error) {
	if err := people.CheckToken(token); err != nil {
		return 0, err
	}
	cards, err := h.Store.Cards(ctx, who.ID)
	if err != nil {
		return 0, err
	}
	banks, err := h.Shelf.For(ctx, who.ID)
	if err != nil {
		return 0, err
	}
	picked := reviews(banks, study.DueNow(cards, h.Now(), 0), reviewSize)
	if len(picked) == 0 {
		return 0, fault.New(fault.Missing, "fault.nothing_due")
	}
	items, err := h.items(ctx, picked, h.Rand())
	if err != nil {
		return 0, err
	}
	return h.begin(ctx, Sitting{Learner: who.ID, Mode: Review, Items: items}, token)
}

// Reviewable counts the due cards that a live question asks for.
func Reviewable(banks []bank.Contents, due []study.Card) int {
	return len(reviews(banks, due, len(due)))
}

// reviews finds a question for each due card, at most n, twins apart.
func reviews(banks []bank.Contents, due []study.Card, n int) []candidate {
	asks := map[questions.FactID][]candidate{}
	for _, c := range banks {
		twins := map[questions.FactID]string{}
		for _, f := range c.Facts {
			twins[f.ID] = f.Twin
		}
		for _, q := range c.Questions {
			for _, f := range q.Facts {
				asks[f] = append(asks[f], candidate{contents: c, question: q, twin: twins[f]})
			}
		}
	}
	facts := map[questions.FactID]bool{}
	twins := map[string]bool{}
	var picked []candidate
	for _, card := range due {
		c, ok := form(asks[card.Fact], card)
		if !ok || taken(c, facts, twins) {
			continue
		}
		if c.card = card; len(picked) < n {
			picked = append(picked, c)
		}
	}
	return picked
}

// form picks how a fact is asked this time: options first, then typing, then
// the flashcard, in turn with each repetition.
func form(forms []candidate, card study.Card) (candidate, bool) {
	if len(forms) == 0 {
		return candidate{}, false
	}
	slices.SortFunc(forms, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(demand(a.question.Kind), demand(b.question.Kind)),
			cmp.Compare(a.question.ID, b.question.ID))
	})
	return forms[card.Reps%len(forms)], true
}

// demand orders kinds by how much they ask of memory.
func demand(kind string) int {
	switch {
	case closed(kind):
		return 0
	case kind == questions.Flash:
		return 2
	}
	return 1
}

// Again begins a retry of what was wrong in a finished sitting and returns its
// number; fault.Missing when nothing was. The same token begins it once.
func (h Host) Again(ctx context.Context, who people.Person, n int, token string) (int, error) {
	if err := people.CheckToken(token); err != nil {
		return 0, err
	}
	past, err := h.Store.Sitting(ctx, who.ID, n)
	if err != nil {
		return 0, err
	}
	rng := h.Rand()
	var items []Item
	for _, it := range past.Missed() {
		v, err := h.Shelf.Version(ctx, it.Ref)
		if err != nil {
			return 0, err
		}
		items = append(items, Item{Ref: it.Ref, Bank: it.Bank, Lexicon: it.Lexicon,
			Order: order(v, rng), Facts: it.Facts})
	}
	if !past.Done() || len(items) == 0 {
		return 0, fault.New(fault.Missing, "fault.nothing_wrong")
	}
	return h.begin(ctx, Sitting{Learner: who.ID, Mode: Retry, Of: n, Items: items}, token)
}

// First returns the items that count: those not asked again in the sitting.
func (s Sitting) First() []Item {
	var first []Item
	for _, it := range s.Items {
		if !it.Again {
			first = append(first, it)
		}
	}
	return first
}

// Missed returns the items whose first answer was not fully right.
func (s Sitting) Missed() []Item {
	var missed []Item
	for _, it := range s.First() {
		if it.State == Closed && it.Credit < 1 {
			missed = append(missed, it)
		}
	}
	return missed
}

// Next returns the first item that is not closed.
func (s Sitting) Next() (Item, bool) {
	for _, it := range s.Items {
		if it.State != Closed {
			return it, true
		}
	}
	return Item{}, false
}
