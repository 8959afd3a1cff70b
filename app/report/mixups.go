package report

import (
	"cmp"
	"context"
	"slices"
	"time"

	"thaw/app/bank"
	"thaw/app/study"
	"thaw/questions"
)

// Mixed is how often two names of a bank were given for each other, A being the lesser id.
type Mixed struct {
	Bank     questions.BankID
	A, B     questions.EntityID
	N        int // how often, either way
	AtoB     int // B given where A was asked for
	Learners int // who did either
	Last     time.Time
}

// Mixup is two names that are taken for each other.
type Mixup struct {
	Bank     questions.BankID
	A, B     questions.Entity // A is asked for more often when B is given
	N        int              // how often, either way
	AtoB     int              // B given for A
	Learners int              // who did either
	Last     time.Time
}

// MixupsSince is how far back mix-ups count.
const MixupsSince = 90 * 24 * time.Hour

// Mixups lists what a learner mixes up: pairs that were mixed up at least twice, the most
// frequent first.
func (r Reporter) Mixups(ctx context.Context, who questions.LearnerID) ([]Mixup, error) {
	list, err := r.Store.Mixed(ctx, who, r.Now().Add(-MixupsSince))
	if err != nil || len(list) == 0 {
		return nil, err
	}
	banks, err := r.Shelf.For(ctx, who)
	return mixups(list, banks, 2), err
}

// ClassMixups lists what a class mixes up, most learners first.
func (r Reporter) ClassMixups(ctx context.Context, class questions.ClassID) ([]Mixup, error) {
	list, err := r.Classes.Mixed(ctx, class, r.Now().Add(-MixupsSince))
	if err != nil || len(list) == 0 {
		return nil, err
	}
	open, err := r.Classes.Given(ctx, class)
	if err != nil {
		return nil, err
	}
	banks, err := r.Shelf.All(ctx, open)
	return mixups(list, banks, 1), err
}

// mixups names what is mixed up, and leaves out what is rarer than that, and names that a
// bank has no longer.
func mixups(list []Mixed, banks []bank.Contents, least int) []Mixup {
	var mixed []Mixup
	for _, m := range list {
		lexicon := lexiconOf(banks, m.Bank)
		a, ok := lexicon.Entity(m.A)
		b, there := lexicon.Entity(m.B)
		if !ok || !there || m.N < least {
			continue
		}
		x := Mixup{Bank: m.Bank, A: a, B: b, N: m.N, AtoB: m.AtoB, Learners: m.Learners, Last: m.Last}
		if 2*x.AtoB < x.N {
			x.A, x.B, x.AtoB = x.B, x.A, x.N-x.AtoB
		}
		mixed = append(mixed, x)
	}
	slices.SortStableFunc(mixed, func(a, b Mixup) int {
		return cmp.Or(cmp.Compare(b.Learners, a.Learners), cmp.Compare(b.N, a.N), b.Last.Compare(a.Last))
	})
	return mixed
}

// mixedIn counts, since a time, the names of banks that stood for each other in a past of
// one learner.
func mixedIn(past []study.Past, banks []bank.Contents, since time.Time) []Mixed {
	pairs := map[[2]questions.EntityID]Mixed{}
	for _, p := range past {
		for _, m := range p.Marks {
			if p.At.Before(since) || m.Verdict != questions.Wrong || m.Given == 0 || m.Asked == 0 || m.Given == m.Asked {
				continue
			}
			a, b := min(m.Asked, m.Given), max(m.Asked, m.Given)
			x := pairs[[2]questions.EntityID{a, b}]
			x.A, x.B, x.N, x.Learners, x.Last = a, b, x.N+1, 1, p.At
			if m.Asked == a {
				x.AtoB++
			}
			pairs[[2]questions.EntityID{a, b}] = x
		}
	}
	var list []Mixed
	for _, b := range banks {
		for _, x := range pairs {
			if _, ok := b.Lexicon.Entity(x.A); ok {
				x.Bank = b.Bank.ID
				list = append(list, x)
			}
		}
	}
	slices.SortFunc(list, func(a, b Mixed) int { return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B)) })
	return list
}

func lexiconOf(banks []bank.Contents, id questions.BankID) questions.Lexicon {
	for _, b := range banks {
		if b.Bank.ID == id {
			return b.Lexicon
		}
	}
	return questions.Lexicon{}
}
