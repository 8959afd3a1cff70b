package train

import (
	"cmp"
	"slices"

	"thaw/app/fsrs"
)

// group is the cards with the same first rating and the same first interval of
// days, and how many were recalled after it.
type group struct {
	days     float64
	n        int
	recalled int
	luck     float64 // guess rates, summed
}

// table is what happened after the first interval, by first rating.
type table [4][]group

// first returns a card's first rating and its first item, and whether it has one.
func (l *log) first(c span) (r fsrs.Rating, item int32, ok bool) {
	for i := c.from; i < c.to; i++ {
		if l.days[i] > 0 {
			return l.rating[c.from], i, true
		}
	}
	return l.rating[c.from], 0, false
}

// filter leaves out the cards whose first interval is an outlier, and those that
// have no item, and returns the table of what is kept.
func (l *log) filter() (kept log, t table) {
	var groups [4]map[float64]group
	for r := range groups {
		groups[r] = map[float64]group{}
	}
	for _, c := range l.cards {
		r, i, ok := l.first(c)
		if !ok {
			continue
		}
		days := float64(l.days[i])
		g := groups[r-1][days]
		g.days, g.n = days, g.n+1
		if l.rating[i] > fsrs.Again {
			g.recalled++
		}
		if l.luck != nil {
			g.luck += l.lucks[l.luck[i]].guess
		}
		groups[r-1][days] = g
	}
	for r := range groups {
		t[r] = usual(groups[r], fsrs.Rating(r+1)) // #nosec G115 -- 0 to 3
	}
	return l.only(t), t
}

// only keeps the cards whose first interval stands in the table.
func (l *log) only(t table) log {
	kept := *l
	kept.cards, kept.items = make([]span, 0, len(l.cards)), 0
	var has [4]map[float32]bool
	for r := range t {
		has[r] = map[float32]bool{}
		for _, g := range t[r] {
			has[r][float32(g.days)] = true
		}
	}
	for _, c := range l.cards {
		r, i, ok := l.first(c)
		if !ok || !has[r-1][l.days[i]] {
			continue
		}
		kept.cards = append(kept.cards, c)
		for _, days := range l.days[c.from:c.to] {
			if days > 0 {
				kept.items++
			}
		}
	}
	return kept
}

// Bounds of a usual first interval, as the reference has them.
const (
	spared    = 20  // as many cards may be left out in any case
	rare      = 6   // a group of fewer cards is an outlier
	longest   = 100 // days
	longEasy  = 365 // days, after a first Easy
	shareLess = 20  // one in so many cards may be left out
)

// usual drops the smallest groups of a rating, those of longer intervals first,
// until the next would make more than 20 cards or a twentieth; what is left must
// have 6 cards or more and an interval of at most 100 days, 365 after an Easy.
// The groups come in the order of their days.
func usual(all map[float64]group, r fsrs.Rating) []group {
	list := make([]group, 0, len(all))
	total := 0
	for _, g := range all {
		list = append(list, g)
		total += g.n
	}
	slices.SortFunc(list, func(a, b group) int { return cmp.Or(cmp.Compare(a.n, b.n), cmp.Compare(b.days, a.days)) })
	limit := float64(longest)
	if r == fsrs.Easy {
		limit = longEasy
	}
	gone, most := 0, max(spared, total/shareLess)
	kept := list[:0]
	for _, g := range list {
		if gone+g.n <= most {
			gone += g.n
		} else if g.n >= rare && g.days <= limit {
			kept = append(kept, g)
		}
	}
	slices.SortFunc(kept, func(a, b group) int { return cmp.Compare(a.days, b.days) })
	return kept
}
