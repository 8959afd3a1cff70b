package report

import (
	"cmp"
	"slices"
	"time"

	"thaw/app/bank"
	"thaw/app/study"
	"thaw/questions"
)

// Losing is a fact that a class is losing.
type Losing struct {
	Fact   questions.FactID
	Ref    questions.Ref // a question that asks for it
	Pupils int           // who have met it
	Now    float64       // mean recall of theirs, 0..1
	Soon   float64       // the same in a week
}

// What is said of facts that a class is losing.
const (
	mostLosing = 5
	manyMet    = 5 // pupils who have to have met a fact
)

// classTopics says of each topic what a class will still know of it in the weeks to come.
// It is pure.
func classTopics(banks []bank.Contents, cards []study.Card, now time.Time) (list []Fade) {
	by := cardsOf(cards)
	for _, b := range banks {
		for _, t := range b.Topics {
			topic := Fade{ID: t.ID, Title: t.Title}
			var held []study.Card
			for _, f := range b.Facts {
				if f.Topic != t.ID {
					continue
				}
				if topic.Facts++; len(by[f.ID]) > 0 {
					topic.Met++
				}
				held = append(held, by[f.ID]...)
			}
			if topic.share(held, now); topic.Facts > 0 {
				list = append(list, topic)
			}
		}
	}
	return list
}

func cardsOf(cards []study.Card) map[questions.FactID][]study.Card {
	by := map[questions.FactID][]study.Card{}
	for _, c := range cards {
		if c.Seen() {
			by[c.Fact] = append(by[c.Fact], c)
		}
	}
	return by
}

// share fills in which share of the cards is expected to be known.
func (f *Fade) share(held []study.Card, now time.Time) {
	if len(held) == 0 {
		return
	}
	stable := make([]float64, len(held))
	for i, c := range held {
		stable[i] = c.Stability
	}
	slices.Sort(stable)
	f.Stability = stable[len(stable)/2]
	for i, weeks := range Horizons {
		f.Known[i] = meanRecall(held, now.AddDate(0, 0, 7*weeks))
	}
}

// meanRecall is the share of the cards that is expected to be remembered at a time.
func meanRecall(held []study.Card, at time.Time) float64 {
	sum := 0.0
	for _, c := range held {
		sum += c.Recall(at)
	}
	return sum / float64(len(held))
}

// losing are the facts that at least five pupils have met and of which the class will know
// least in a week, less than it is usual to want. It is pure.
func losing(banks []bank.Contents, cards []study.Card, now time.Time) (list []Losing) {
	by := cardsOf(cards)
	done := map[questions.FactID]bool{}
	for _, b := range banks {
		asks := asking(b, nil)
		for _, f := range b.Facts {
			held := by[f.ID]
			if done[f.ID] || len(held) < manyMet {
				continue
			}
			done[f.ID] = true
			l := Losing{f.ID, asks[f.ID], len(held), meanRecall(held, now), meanRecall(held, now.AddDate(0, 0, 7))}
			if l.Soon < Usual {
				list = append(list, l)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Losing) int { return cmp.Or(cmp.Compare(a.Soon, b.Soon), cmp.Compare(b.Pupils, a.Pupils)) })
	return list[:min(len(list), mostLosing)]
}
