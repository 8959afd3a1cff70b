package report

import (
	"slices"
	"time"

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

// fades says of each topic what is left of it in the weeks to come, as the learner's
// reviews let believe (plan.Mean).
func fades(p study.Preparing, b plan.Belief) []Fade {
	cards := study.ByFact(p.Cards)
	var list []Fade
	for _, t := range topics(p.Banks, p.Cards, p.Now) {
		f := Fade{ID: t.ID, Title: t.Title, Facts: len(t.Facts)}
		var met []study.Card
		for _, m := range t.Facts {
			if m.Seen {
				met = append(met, cards[m.Fact])
			}
		}
		f.fill(met, p.Now, b)
		list = append(list, f)
	}
	return list
}

func (f *Fade) fill(met []study.Card, now time.Time, b plan.Belief) {
	f.Met = len(met)
	if f.Met == 0 {
		return
	}
	stable := make([]float64, len(met))
	for i, c := range met {
		stable[i] = c.Stability
	}
	slices.Sort(stable)
	f.Stability = stable[len(stable)/2]
	for i, weeks := range Horizons {
		f.Known[i] = known(met, now.AddDate(0, 0, 7*weeks), b) / float64(f.Met)
	}
}

// known is how many of the cards are expected to be remembered at a time.
func known(met []study.Card, at time.Time, b plan.Belief) float64 {
	asked := make([]plan.Asked, len(met))
	for i, c := range met {
		asked[i] = c.Asked(at)
	}
	return plan.Mean(asked, b)
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
