package report

import (
	"cmp"
	"context"
	"slices"
	"time"

	"thaw/app/bank"
	"thaw/questions"
)

// Mixed is how often one name of a bank was given where another was asked for.
type Mixed struct {
	Bank         questions.BankID
	Asked, Given questions.EntityID
	N            int
	Learners     int // who did
	Last         time.Time
}

// Mixup is two names that are taken for each other.
type Mixup struct {
	Bank     questions.BankID
	A, B     questions.Entity // A is asked for more often when B is given
	N        int              // how often, either way
	AtoB     int              // B given for A
	Learners int              // who did either, at most
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

// mixups joins the two ways in which names are mixed up, and leaves out what is rarer than
// that, and names that a bank has no longer.
func mixups(list []Mixed, banks []bank.Contents, least int) []Mixup {
	type pair struct {
		bank questions.BankID
		a, b questions.EntityID
	}
	by := map[pair]*Mixup{}
	var found []*Mixup
	for _, m := range list {
		p := pair{m.Bank, min(m.Asked, m.Given), max(m.Asked, m.Given)}
		x := by[p]
		if x == nil {
			lexicon := lexiconOf(banks, m.Bank)
			a, ok := lexicon.Entity(m.Asked)
			b, there := lexicon.Entity(m.Given)
			if !ok || !there {
				continue
			}
			x = &Mixup{Bank: m.Bank, A: a, B: b}
			by[p], found = x, append(found, x)
		}
		x.add(m)
	}
	var mixed []Mixup
	for _, x := range found {
		if x.N >= least {
			mixed = append(mixed, *x)
		}
	}
	slices.SortStableFunc(mixed, func(a, b Mixup) int {
		return cmp.Or(cmp.Compare(b.Learners, a.Learners), cmp.Compare(b.N, a.N), b.Last.Compare(a.Last))
	})
	return mixed
}

func (x *Mixup) add(m Mixed) {
	x.N += m.N
	x.Learners += m.Learners
	if m.Last.After(x.Last) {
		x.Last = m.Last
	}
	if m.Asked == x.A.ID {
		x.AtoB += m.N
	}
	if 2*x.AtoB < x.N {
		x.A, x.B, x.AtoB = x.B, x.A, x.N-x.AtoB
	}
}

func lexiconOf(banks []bank.Contents, id questions.BankID) questions.Lexicon {
	for _, b := range banks {
		if b.Bank.ID == id {
			return b.Lexicon
		}
	}
	return questions.Lexicon{}
}
