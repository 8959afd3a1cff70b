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
	LogLoss float64 // mean of -(y*ln q + (1-y)*ln(1-q)), in nats; less is better
	RMSE    float64 // of bins: how far the mean q of alike items lies from their mean y, 0 to 1; less is better
	AUC     float64 // chance that of a success and a lapse the success had the higher q; NaN where there are not both
}

// item is a review on a later day with what the model foretold.
type item struct {
	right    float64 // the chance q of a right answer
	recalled bool    // not rated Again
	bin      bin
	lost     float64 // share of the answer that was wrong all the same
}

// bin holds items that are alike.
type bin struct{ days, reviews, lapses float64 }

// Evaluate foretells every item of a log, each from the reviews before it. An answer
// that everybody gives is no test and is left out.
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
			if want(i) && r.Guess < 1 {
				recall := m.Retrievability(mem, float64(days))
				items = append(items, item{recall + (1-recall)*r.Guess, r.Rating > fsrs.Again, binOf(days, later, lapses), luckOf(&r).lost})
			}
			if r.Rating == fsrs.Again {
				lapses++
			}
		}
		mem = m.Weigh(mem, days, r.Rating, r.Guess, 1-r.Lost)
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
		b.foretold += it.right
		y := 0.0
		if it.recalled {
			y = 1 - it.lost
			s.LogLoss -= y * math.Log(it.right)
		}
		if y < 1 {
			s.LogLoss -= (1 - y) * math.Log1p(-it.right)
		}
		b.recalled += y
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
// one q share their mean rank (Mann and Whitney).
func auc(items []item) float64 {
	items = slices.Clone(items)
	slices.SortFunc(items, func(a, b item) int { return cmp.Compare(a.right, b.right) })
	ranks, recalled := 0.0, 0.0
	for from := 0; from < len(items); {
		to := from + 1
		for to < len(items) && items[to].right == items[from].right {
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
