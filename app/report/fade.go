package report

import (
	"slices"

	"thaw/app/fsrs/plan"
	"thaw/app/study"
	"thaw/questions"
)

// Horizons are the weeks ahead for which it is said what is left of a topic; 0 is now.
var Horizons = [...]int{0, 1, 2, 4, 8}

// InFour is the place of four weeks among the Horizons.
const InFour = 3

// Fade is how a topic is forgotten if nothing of it is studied any more.
type Fade struct {
	ID        questions.TopicID
	Title     string
	Facts     int
	Met       int                    // of them
	Known     [len(Horizons)]float64 // share of the facts met that is expected to be known then, 0..1
	Stability float64                // of the middle one of them, days
}

// outlook is the chance to recall each fact that has been met at each of the Horizons, if
// nothing is studied, as the learner's reviews let believe.
type outlook map[questions.FactID][len(Horizons)]float64

func lookAhead(p study.Preparing, b plan.Belief) outlook {
	seen := slices.DeleteFunc(slices.Clone(p.Cards), func(c study.Card) bool { return !c.Seen() })
	look := make(outlook, len(seen))
	asked := make([]plan.Asked, len(seen))
	for i, weeks := range Horizons {
		at := p.Now.AddDate(0, 0, 7*weeks)
		for k, c := range seen {
			asked[k] = c.Asked(at)
		}
		for k, chance := range plan.Chances(asked, b) {
			chances := look[seen[k].Fact]
			chances[i] = chance
			look[seen[k].Fact] = chances
		}
	}
	return look
}

// fades says of each topic what is left of it in the weeks to come.
func fades(topics []Topic, look outlook) []Fade {
	list := make([]Fade, len(topics))
	for i, t := range topics {
		list[i] = fade(t, look)
	}
	return list
}

func fade(t Topic, look outlook) Fade {
	f := Fade{ID: t.ID, Title: t.Title, Facts: len(t.Facts)}
	var stable []float64
	for _, m := range t.Facts {
		if !m.Seen {
			continue
		}
		stable = append(stable, m.Stability)
		for i, chance := range look[m.Fact] {
			f.Known[i] += chance
		}
	}
	if f.Met = len(stable); f.Met == 0 {
		return f
	}
	for i := range f.Known {
		f.Known[i] /= float64(f.Met)
	}
	slices.Sort(stable)
	f.Stability = stable[len(stable)/2]
	return f
}

// tellable is how many facts of a topic have to be met before it is compared with others.
const tellable = 3

// FadesFirst is the topic of which least is left in four weeks; ok is false while no topic
// is known well enough to say so.
func FadesFirst(list []Fade) (first Fade, ok bool) {
	for _, f := range list {
		if f.Met >= tellable && (!ok || f.Known[InFour] < first.Known[InFour]) {
			first, ok = f, true
		}
	}
	return first, ok
}
