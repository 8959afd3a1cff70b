package report

import (
	"cmp"
	"context"
	"slices"
	"time"

	"thaw/app/bank"
	"thaw/app/fsrs"
	"thaw/app/people"
	"thaw/app/study"
	"thaw/questions"
)

// Kept is a fact that a learner handles in a way of their own, or that keeps slipping.
type Kept struct {
	Fact   bank.Fact
	Bank   bank.Contents
	Ref    questions.Ref // a question that asks for it
	Care   study.Care
	Recall float64 // tomorrow, 0..1
	Hard   *Hard   // nil: it does not keep slipping
}

// Hard is how a fact keeps slipping.
type Hard struct {
	Misses, Of int
	Taken      questions.Entity // the name given most often in place of the right one; zero: none was twice
	For        questions.Entity // the right one
	Chance     float64          // that it is chance, 0..1
}

// Aside tells whether the fact is not asked for on a study day.
func (k Kept) Aside(today fsrs.Day) bool { return k.Care.Aside(today) }

// hardest is how many facts that lapsed often are looked at.
const hardest = 50

// Kept lists a learner's facts that are starred, set aside or noted on, and those that
// keep slipping, the hardest of them first.
func (r Reporter) Kept(ctx context.Context, who people.Person) ([]Kept, error) {
	cards, cares, err := r.Coach.Store.Memory(ctx, who.ID)
	if err != nil {
		return nil, err
	}
	past, err := r.Store.Handled(ctx, who.ID, slipping(cards))
	if err != nil {
		return nil, err
	}
	banks, err := r.Shelf.For(ctx, who.ID)
	today := study.Calendar(who.Location()).Day(r.Now())
	return kept(banks, study.ByFact(cards), study.OfFacts(cares), past, r.Now(), today), err
}

// slipping lists the facts that lapsed most often.
func slipping(cards []study.Card) (facts []questions.FactID) {
	cards = slices.Clone(cards)
	slices.SortStableFunc(cards, func(a, b study.Card) int { return cmp.Compare(b.Lapses, a.Lapses) })
	for _, c := range cards[:min(len(cards), hardest)] {
		if c.Leechy() {
			facts = append(facts, c.Fact)
		}
	}
	return facts
}

// kept finds what there is to say of each fact. It is pure.
func kept(banks []bank.Contents, cards map[questions.FactID]study.Card, cares map[questions.FactID]study.Care, past []study.Past, now time.Time, today fsrs.Day) (list []Kept) {
	listed := map[questions.FactID]bool{}
	for _, b := range banks {
		asks := asking(b, past)
		for _, f := range b.Facts {
			k := Kept{Fact: f, Bank: b, Ref: asks[f.ID], Care: cares[f.ID], Recall: cards[f.ID].Recall(now.Add(24 * time.Hour))}
			if cards[f.ID].Leechy() {
				k.Hard = hard(b.Lexicon, past, f.ID)
			}
			if listed[f.ID] || k.Hard == nil && !k.Aside(today) && !k.Care.Starred && k.Care.Note == "" {
				continue
			}
			listed[f.ID], list = true, append(list, k)
		}
	}
	slices.SortStableFunc(list, func(a, b Kept) int { return cmp.Compare(a.doubt(), b.doubt()) })
	return list
}

// doubt is the chance that a fact slips by chance alone, 1 for one that does not.
func (k Kept) doubt() float64 {
	if k.Hard == nil {
		return 1
	}
	return k.Hard.Chance
}

// asking finds a question for each fact of a bank: the one on which its learner did
// something with it last, or the first.
func asking(b bank.Contents, past []study.Past) map[questions.FactID]questions.Ref {
	asks, asked := map[questions.FactID]questions.Ref{}, map[questions.QuestionID]bool{}
	for _, p := range past {
		asked[p.Ref.Question] = true
	}
	for _, wanted := range []bool{false, true} {
		for _, q := range slices.Backward(b.Questions) {
			for _, f := range q.Facts {
				if asked[q.ID] || !wanted {
					asks[f] = questions.Ref{Question: q.ID, Version: q.Latest}
				}
			}
		}
	}
	return asks
}

// hard says how a fact keeps slipping; nil where it does not.
func hard(names questions.Lexicon, past []study.Past, fact questions.FactID) *Hard {
	trials, misses := study.Trials(past, fact)
	chance, leech := study.Leech(trials)
	if !leech {
		return nil
	}
	h := Hard{Misses: misses, Of: len(trials), Chance: chance}
	type pair struct{ given, asked questions.EntityID }
	times, most := map[pair]int{}, pair{}
	for _, p := range past {
		for _, m := range p.Marks {
			at := pair{m.Given, m.Asked}
			if m.Fact != fact || m.Verdict != questions.Wrong || at.given == 0 || at.asked == 0 || at.given == at.asked {
				continue
			}
			if times[at]++; times[at] > times[most] {
				most = at
			}
		}
	}
	if times[most] > 1 {
		h.Taken, _ = names.Entity(most.given)
		h.For, _ = names.Entity(most.asked)
	}
	return &h
}
