package train

import (
	"cmp"
	"context"
	"slices"

	"thaw/app/fsrs"
)

// Split is one test of a fit on what it has not seen: trained on all reviews
// before the test's first, tested on what came then.
type Split struct {
	Weights fsrs.Weights
	Before  Score // of the default weights, on the same items
	Score
}

// Splits tests fits out of sample by n splits of time. The items are put in the
// order of (time, card); split k of 1..n tests those from floor(items*k/(n+1)) to
// floor(items*(k+1)/(n+1)). Every item of a test counts: none is left out as an
// outlier. The error is the context's.
func Splits(ctx context.Context, reviews []Review, n int, o Options) ([]Split, error) {
	order := timeline(reviews)
	items := itemsIn(reviews, order)
	splits := make([]Split, 0, n)
	for k := 1; k <= n; k++ {
		from, to := len(items)*k/(n+1), len(items)*(k+1)/(n+1)
		if from >= to {
			break
		}
		past, want := test(reviews, order, items[from:to])
		fit, err := Fit(ctx, past, o)
		if err != nil {
			return nil, err
		}
		splits = append(splits, Split{Weights: fit.Weights, Score: score(foretold(reviews, fit.Weights, want)),
			Before: score(foretold(reviews, fsrs.Default(), want))})
	}
	return splits, nil
}

// test returns the reviews before the first of some items, and tells an item among
// them by the index of its review.
func test(reviews []Review, order, items []int) (before []Review, want func(i int) bool) {
	before = make([]Review, items[0])
	for i := range before {
		before[i] = reviews[order[i]]
	}
	tested := make(map[int]bool, len(items))
	for _, at := range items {
		tested[order[at]] = true
	}
	return before, func(i int) bool { return tested[i] }
}

// timeline returns the indices of reviews by time and card.
func timeline(reviews []Review) []int {
	order := inOrderOf(reviews)
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(reviews[a].At, reviews[b].At), cmp.Compare(reviews[a].Card, reviews[b].Card))
	})
	return order
}

// itemsIn returns the places on a timeline at which items stand.
func itemsIn(reviews []Review, order []int) []int {
	first := map[int64]bool{}
	var items []int
	for at, i := range order {
		r := reviews[i]
		if first[r.Card] && r.Days > 0 {
			items = append(items, at)
		}
		first[r.Card] = true
	}
	return items
}
