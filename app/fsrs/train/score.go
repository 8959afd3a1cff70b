package train

import (
	"cmp"
	"math"
	"slices"

	"thaw/app/fsrs"
)

// Score says how well weights foretell a log.
type Score struct {
	Items   int
	LogLoss float64 // mean of -(y*ln R + (1-y)*ln(1-R)), in nats; less is better
	RMSE    float64 // of bins: how far the mean R of alike items lies from their recall, 0 to 1; less is better
	AUC     float64 // chance that of a recalled and a forgotten item the recalled one had the higher R; NaN where there are not both
}

// item is a review on a later day with what the model foretold.
type item struct {
	recall   float64
	recalled bool
	bin      bin
}

// bin holds items that are alike.
type bin struct{ days, reviews, lapses float64 }

// Evaluate foretells every item of a log, each from the reviews before it.
func Evaluate(reviews []Review, w fsrs.Weights) Score {
	return score(foretold(reviews, w, func(int) bool { return true }))
}

// foretold walks all cards with the weights and returns the items that are
// wanted: want is asked with the index of the review.
func foretold(reviews []Review, w fsrs.Weights, want func(i int) bool) []item {
	m := fsrs.New(w)
	order := inOrderOf(reviews)
	var items []item
	var mem fsrs.Memory
	later, lapses := 0, 0
	for k, i := range order {
		r := reviews[i]
		days := int(r.Days)
		if k == 0 || reviews[order[k-1]].Card != r.Card {
			mem, later, lapses, days = fsrs.Memory{}, 0, 0, 0
		}
		if days > 0 {
			later++
			if want(i) {
				items = append(items, item{m.Retrievability(mem, float64(days)), r.Rating > fsrs.Again, binOf(days, later, lapses)})
			}
			if r.Rating == fsrs.Again {
				lapses++
			}
		}
		mem = m.Next(mem, days, r.Rating)
	}
	return items
}

// inOrderOf returns the indices of reviews by card and time.
func inOrderOf(reviews []Review) []int {
	order := make([]int, len(reviews))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(ByCard(reviews[a], reviews[b]), cmp.Compare(a, b)) })
	return order
}

// binOf is the bin of an item by its interval, its place among the card's items
// and the lapses before it, each on a scale of steps that grow (fsrs-rs).
func binOf(days, reviews, lapses int) bin {
	b := bin{days: grid(float64(days), 2.48, 3.62, 100), reviews: grid(float64(reviews+1), 1.99, 1.89, 1)}
	if lapses > 0 {
		b.lapses = grid(float64(lapses), 1.65, 1.73, 1)
	}
	return b
}

func grid(x, first, ratio, round float64) float64 {
	return math.Round(first*math.Pow(ratio, math.Floor(math.Log(x)/math.Log(ratio)))*round) / round
}

func score(items []item) Score {
	s := Score{Items: len(items), AUC: auc(items)}
	type sum struct{ n, foretold, recalled float64 }
	bins := map[bin]sum{}
	var order []bin // a sum over a map would differ from run to run
	for _, it := range items {
		b, ok := bins[it.bin]
		if !ok {
			order = append(order, it.bin)
		}
		b.n++
		b.foretold += it.recall
		if it.recalled {
			b.recalled++
			s.LogLoss -= math.Log(it.recall)
		} else {
			s.LogLoss -= math.Log1p(-it.recall)
		}
		bins[it.bin] = b
	}
	for _, at := range order {
		b := bins[at]
		off := (b.foretold - b.recalled) / b.n
		s.RMSE += b.n * off * off
	}
	n := float64(max(len(items), 1))
	s.LogLoss /= n
	s.RMSE = math.Sqrt(s.RMSE / n)
	return s
}

// auc is the area under the curve of hits over false alarms, by ranks: items of
// one R share their mean rank (Mann and Whitney).
func auc(items []item) float64 {
	items = slices.Clone(items)
	slices.SortFunc(items, func(a, b item) int { return cmp.Compare(a.recall, b.recall) })
	ranks, recalled := 0.0, 0.0
	for from := 0; from < len(items); {
		to := from + 1
		for to < len(items) && items[to].recall == items[from].recall {
			to++
		}
		for _, it := range items[from:to] {
			if it.recalled {
				ranks += float64(from+to+1) / 2
				recalled++
			}
		}
		from = to
	}
	forgotten := float64(len(items)) - recalled
	return (ranks - recalled*(recalled+1)/2) / (recalled * forgotten)
}
