package report

import (
	"cmp"
	"slices"
	"strconv"

	"thaw/questions"
)

// Option is what becomes of one option (a distractor table: Haladyna, Developing and
// Validating Multiple-Choice Test Items, 2004, ch. 9).
type Option struct {
	Text         string
	Key          bool
	Taken        Share // of those to whom it was shown
	Upper, Lower Share // of those in each half by their score on the other questions
}

// options counts how often each option was taken, by all and by the halves of the learners
// above and below the middle score; who has just the middle one is in neither.
func options(v questions.Version, list []placed, seen map[questions.Ref]questions.Version) []Option {
	switch v.Kind {
	case questions.Choice, questions.Several, questions.Truth:
	default:
		return nil
	}
	middle := median(list)
	counts := make([]struct{ all, upper, lower tallied }, len(v.Answers))
	for _, p := range list {
		shown, taken := p.picks(v, seen)
		for _, i := range shown {
			took := slices.Contains(taken, i)
			counts[i].all.add(took)
			switch {
			case !p.ranked:
			case p.rest > middle:
				counts[i].upper.add(took)
			case p.rest < middle:
				counts[i].lower.add(took)
			}
		}
	}
	rows := make([]Option, len(v.Answers))
	for i, a := range v.Answers {
		rows[i] = Option{a.Text, a.Credit == 1, counts[i].all.share(), counts[i].upper.share(), counts[i].lower.share()}
	}
	return rows
}

// Note is what stands out about an option.
type Note string

// The notes on wrong options; each is made only where the 90 % interval says it.
const (
	Never  Note = "never"  // nobody takes it
	Strong Note = "strong" // the upper half takes it more often than the lower
	More   Note = "more"   // it is taken more often than the key
)

// Note says what stands out about one of the options, "" where nothing does.
func (i Item) Note(o Option) Note {
	key := slices.IndexFunc(i.Options, func(o Option) bool { return o.Key })
	switch {
	case o.Key || key < 0:
		return ""
	case o.Taken.Hits == 0 && o.Taken.Of >= enoughToTell:
		return Never
	case o.Upper.Sure() && o.Lower.Sure() && o.Upper.Low > o.Lower.High:
		return Strong
	case i.Version.Kind != questions.Several && o.Taken.Sure() && o.Taken.Low > i.Options[key].Taken.High:
		return More
	}
	return ""
}

// tallied is how many of all.
type tallied struct{ hits, of int }

func (t *tallied) add(hit bool) {
	t.of++
	if hit {
		t.hits++
	}
}

func (t *tallied) share() Share { return share(t.hits, t.of) }

// median is the middle of the scores on the other questions.
func median(list []placed) float64 {
	var rests []float64
	for _, p := range list {
		if p.ranked {
			rests = append(rests, p.rest)
		}
	}
	if len(rests) == 0 {
		return 0
	}
	slices.Sort(rests)
	return (rests[(len(rests)-1)/2] + rests[len(rests)/2]) / 2
}

// picks are the options shown and taken, by their places in a wording with the same
// options.
func (a Attempt) picks(v questions.Version, seen map[questions.Ref]questions.Version) (shown, taken []int) {
	was := v
	if a.Ref != v.Ref {
		was = seen[a.Ref]
	}
	for place, option := range was.In(a.Order).Answers {
		i := slices.IndexFunc(v.Answers, func(o questions.Answer) bool { return o.Text == option.Text })
		if i < 0 {
			continue
		}
		shown = append(shown, i)
		if slices.Contains(a.Response, strconv.Itoa(place+1)) {
			taken = append(taken, i)
		}
	}
	return shown, taken
}

// Miss is a wrong answer that several learners typed alike.
type Miss struct {
	Part int
	Text string // as most of them wrote it
	N    int    // learners
}

// What is listed of wrong answers: none that a single learner gave, since that would tell
// who it was.
const (
	fewestAlike = 2
	mostMisses  = 5
)

// misses lists the commonest wrong answers of what is typed.
func misses(v questions.Version, list []placed) []Miss {
	type key struct {
		part   int
		folded string
	}
	said := map[key]map[string]int{}
	for _, p := range list {
		for _, part := range p.Missed {
			answer, ok := v.Key(part)
			if !ok || answer.Match == "" || part > len(p.Response) {
				continue
			}
			text := p.Response[part-1]
			if k := (key{part, questions.Fold(text)}); k.folded != "" {
				if said[k] == nil {
					said[k] = map[string]int{}
				}
				said[k][text]++
			}
		}
	}
	var found []Miss
	for k, texts := range said {
		m := Miss{Part: k.part}
		for text, n := range texts {
			if m.N += n; n > texts[m.Text] || n == texts[m.Text] && text < m.Text {
				m.Text = text
			}
		}
		if m.N >= fewestAlike {
			found = append(found, m)
		}
	}
	slices.SortFunc(found, func(a, b Miss) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Part, b.Part), cmp.Compare(a.Text, b.Text))
	})
	return found[:min(len(found), mostMisses)]
}
