package report

import (
	"cmp"
	"slices"

	"thaw/questions"
)

// Sign is what is to be said of a question; a page has a sentence for each, and what to do.
type Sign string

// The signs, what is worst first.
const (
	WrongKey Sign = "key"      // those who know the rest prefer another option to the key
	Backward Sign = "backward" // those who know the rest miss it more than others
	Harder   Sign = "harder"   // fewer are right than would be by guessing, or hardly anybody is
	Flat     Sign = "flat"     // it does not tell those who know from those who do not
	Easy     Sign = "easy"     // everybody is right
	Unused   Sign = "unused"   // nobody takes an option
)

var signs = [...]Sign{WrongKey, Backward, Harder, Flat, Easy, Unused}

// Faulty tells whether the sign says that something is wrong, and not only that the
// question could tell more.
func (s Sign) Faulty() bool { return s.rank() < Easy.rank() }

// Finding is a sign that a question gives.
type Finding struct {
	Sign    Sign
	Options []string // that it is about, if it is about some
}

// Bounds of the verdicts. A discrimination under .1 tells next to nothing (Livingston,
// Item Analysis, in Downing & Haladyna, Handbook of Test Development, 2006).
const (
	hardlyAnybody = .2
	nearlyAll     = .97
	tellsNothing  = .1
)

// Findings says what is wrong with a question, the worst first; nothing where nothing is,
// or too little is known. Each is said only where the whole 90 % interval says it, and of
// discrimination and of options that nobody takes not under 30 learners.
func (i Item) Findings() (list []Finding) {
	if i.Few() {
		return nil
	}
	if option, ok := i.preferred(); ok {
		list = append(list, Finding{WrongKey, []string{option}})
	}
	switch {
	case i.Told() && i.Tells.High < 0:
		list = append(list, Finding{Sign: Backward})
	case i.Told() && i.Tells.High < tellsNothing:
		list = append(list, Finding{Sign: Flat})
	}
	if i.First.High < max(i.Guess, hardlyAnybody) {
		list = append(list, Finding{Sign: Harder})
	}
	if i.First.Low > nearlyAll {
		list = append(list, Finding{Sign: Easy})
	}
	if unused := i.unused(); len(unused) > 0 {
		list = append(list, Finding{Unused, unused})
	}
	slices.SortStableFunc(list, func(a, b Finding) int { return cmp.Compare(a.Sign.rank(), b.Sign.rank()) })
	return list
}

// rank orders the signs.
func (s Sign) rank() int { return slices.Index(signs[:], s) }

// unused are the wrong options that nobody takes.
func (i Item) unused() (list []string) {
	for _, o := range i.Options {
		if !o.Key && o.Taken.Hits == 0 && o.Taken.Of >= enoughToTell {
			list = append(list, o.Text)
		}
	}
	return list
}

// preferred is the wrong option that the upper half surely takes more often than the key,
// where one option alone is right.
func (i Item) preferred() (string, bool) {
	if i.Version.Kind == questions.Several {
		return "", false
	}
	key := slices.IndexFunc(i.Options, func(o Option) bool { return o.Key })
	if key < 0 {
		return "", false
	}
	for _, o := range i.Options {
		if !o.Key && o.Upper.Sure() && i.Options[key].Upper.Sure() && o.Upper.Low > i.Options[key].Upper.High {
			return o.Text, true
		}
	}
	return "", false
}

// Faulty tells whether something is wrong with a question.
func (i Item) Faulty() bool {
	found := i.Findings()
	return len(found) > 0 && found[0].Sign.Faulty()
}

// Suspects are the items that give a sign, the worst first, and the others in their order.
func Suspects(items []Item) (suspect, others []Item) {
	worst := map[questions.QuestionID]int{}
	for _, i := range items {
		found := i.Findings()
		if len(found) == 0 {
			others = append(others, i)
			continue
		}
		worst[i.Version.Question] = found[0].Sign.rank()
		suspect = append(suspect, i)
	}
	slices.SortStableFunc(suspect, func(a, b Item) int {
		return cmp.Or(cmp.Compare(worst[a.Version.Question], worst[b.Version.Question]), cmp.Compare(b.First.Of, a.First.Of))
	})
	return suspect, others
}
