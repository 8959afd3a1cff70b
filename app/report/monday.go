package report

import (
	"cmp"
	"context"
	"math"
	"slices"
	"time"

	"thaw/app/bank"
	"thaw/app/fsrs"
	"thaw/app/people"
	"thaw/questions"
)

// Need is why a pupil needs the teacher; a page has a sentence for each.
type Need string

// The needs, what is most urgent first.
const (
	Stopped  Need = "stopped"  // was active, and has not answered for a week while others have
	Slipping Need = "slipping" // much has been due for long: less is left of what was met
	Lagging  Need = "lagging"  // knows far less than half of the class
	TooSure  Need = "sure"     // is often sure, and wrong
	NotCome  Need = "absent"   // nobody has come to the seat
)

var allNeeds = [...]Need{Stopped, Slipping, Lagging, TooSure, NotCome}

// Needy is a pupil who needs the teacher, for the most urgent reason.
type Needy struct {
	Pupil
	Need  Need
	Know  Knows   // of Slipping and Lagging
	Class float64 // of Lagging: facts that the middle one of the class would know
}

// Knows is how many facts a pupil would know tomorrow, of those met.
type Knows struct {
	Met       int
	Mean      float64
	Low, High float64 // the central 80 %, facts being independent of each other
}

// Bounds of the needs.
const (
	enoughAnswers = 10                 // below which nothing is said but that nobody has come
	tooLong       = activeDays         // study days without an answer
	tooLow        = .6                 // mean recall of the facts met, far below the usual .9
	enoughMet     = 10                 // facts, for a mean recall to be said
	farLess       = 2. / 3             // of what the middle one of the class knows
	enoughOthers  = manyMet            // pupils, for a middle one to be said
	oftenWrong    = .25                // of the answers one was sure of: the whole 90 % interval above it
	waits         = 7 * 24 * time.Hour // since the seat was made
)

// needs lists the pupils who need the teacher, the most urgent reason first and within it
// by name, as they come. That nobody answers, in the holidays, is no one pupil's need. It
// is pure.
func needs(list []Pupil, today fsrs.Day, now time.Time) (needy []Needy) {
	middle, told := middleOf(list)
	active := slices.ContainsFunc(list, func(p Pupil) bool { return p.Answers > 0 && p.Last > today-activeDays })
	for _, p := range list {
		n := Needy{Pupil: p, Know: p.Knows(), Class: middle}
		enough := p.Answers >= enoughAnswers
		switch {
		case p.Free && now.Sub(p.Joined) >= waits:
			n.Need = NotCome
		case enough && active && p.Last <= today-tooLong:
			n.Need = Stopped
		case enough && n.Know.slips():
			n.Need = Slipping
		case enough && told && n.Know.High < middle && n.Know.Mean < farLess*middle:
			n.Need = Lagging
		case enough && p.Sure.Sure() && p.Sure.Low > oftenWrong:
			n.Need = TooSure
		}
		if n.Need != "" {
			needy = append(needy, n)
		}
	}
	slices.SortStableFunc(needy, func(a, b Needy) int {
		return cmp.Compare(slices.Index(allNeeds[:], a.Need), slices.Index(allNeeds[:], b.Need))
	})
	return needy
}

// slips tells whether much has been due for long.
func (k Knows) slips() bool { return k.Met >= enoughMet && k.Mean < tooLow*float64(k.Met) }

// Knows is the normal approximation of a sum of independent chances.
func (p Pupil) Knows() Knows {
	var k Knows
	spread := 0.0
	for _, m := range p.Memory {
		if m.Seen {
			k.Met, k.Mean, spread = k.Met+1, k.Mean+m.Recall, spread+m.Recall*(1-m.Recall)
		}
	}
	half := z80 * math.Sqrt(spread)
	k.Low, k.High = max(k.Mean-half, 0), min(k.Mean+half, float64(k.Met))
	return k
}

// middleOf is how many facts the middle one of those knows who have answered enough; told
// is false where they are too few to speak of a class.
func middleOf(list []Pupil) (middle float64, told bool) {
	var known []float64
	for _, p := range list {
		if p.Answers >= enoughAnswers {
			known = append(known, p.Knows().Mean)
		}
	}
	if len(known) < enoughOthers {
		return 0, false
	}
	slices.Sort(known)
	return known[len(known)/2], true
}

// Faulty are the questions of a class's banks that look faulty, the worst first, with the
// pupils of all classes of the teacher's that have them.
func (r Reporter) Faulty(ctx context.Context, teacher people.Person, class Roll) ([]Item, error) {
	banks, err := r.Shelf.All(ctx, class.Open)
	if err != nil {
		return nil, err
	}
	l, err := r.lens(ctx, teacher, banks, questions.Ref{})
	suspects, _ := Suspects(l.Items)
	return slices.DeleteFunc(suspects, func(i Item) bool { return !i.Faulty() }), err
}

// Starter returns questions for the facts that a class of the teacher's is losing, or those
// chosen before, of the banks given to it.
func (r Reporter) Starter(ctx context.Context, teacher people.Person, id questions.ClassID, chosen []questions.QuestionID) (people.Class, []questions.Ref, error) {
	roll, err := r.Classes.Roll(ctx, teacher, id)
	if err != nil {
		return people.Class{}, nil, err
	}
	banks, err := r.Shelf.All(ctx, roll.Open)
	if err != nil {
		return roll.Class, nil, err
	}
	if len(chosen) > 0 {
		return roll.Class, among(banks, chosen), nil
	}
	cards, err := r.held(ctx, id)
	if err != nil {
		return roll.Class, nil, err
	}
	var list []questions.Ref
	for _, l := range losing(banks, cards, r.Now()) {
		if ref := aloud(banks, l); !slices.Contains(list, ref) {
			list = append(list, ref)
		}
	}
	return roll.Class, list, nil
}

// among are the first few of the questions chosen that stand in banks.
func among(banks []bank.Contents, chosen []questions.QuestionID) (list []questions.Ref) {
	for _, b := range banks {
		for _, q := range b.Questions {
			if slices.Contains(chosen, q.ID) {
				list = append(list, questions.Ref{Question: q.ID, Version: q.Latest})
			}
		}
	}
	slices.SortFunc(list, func(a, b questions.Ref) int {
		return cmp.Compare(slices.Index(chosen, a.Question), slices.Index(chosen, b.Question))
	})
	return list[:min(len(list), mostLosing)]
}

// aloud is a question for a fact that a room can answer from the board: not by arranging,
// where there is another.
func aloud(banks []bank.Contents, l Losing) questions.Ref {
	for _, b := range banks {
		for _, q := range b.Questions {
			if slices.Contains(q.Facts, l.Fact) && q.Kind != questions.Match && q.Kind != questions.Order {
				return questions.Ref{Question: q.ID, Version: q.Latest}
			}
		}
	}
	return l.Ref
}
