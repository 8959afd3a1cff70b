package study

import (
	"cmp"
	"slices"
	"time"
)

// DueNow returns the cards that want a review, the ones most likely to be
// forgotten first, at most n of them (0: all).
func DueNow(cards []Card, now time.Time, n int) []Card {
	var due []Card
	for _, c := range cards {
		if c.IsDue(now) {
			due = append(due, c)
		}
	}
	slices.SortStableFunc(due, func(a, b Card) int {
		return cmp.Or(cmp.Compare(a.Recall(now), b.Recall(now)), cmp.Compare(a.Fact, b.Fact))
	})
	if n > 0 && len(due) > n {
		due = due[:n]
	}
	return due
}

// NextTime returns when the next card falls due and how many are due by the end
// of that study day; ok is false when no card waits.
func NextTime(cards []Card, now time.Time, zone *time.Location) (at time.Time, n int, ok bool) {
	for _, c := range cards {
		if c.Seen() && c.Due.After(now) && (!ok || c.Due.Before(at)) {
			at, ok = c.Due, true
		}
	}
	if !ok {
		return time.Time{}, 0, false
	}
	days := Scheduler(zone).Days
	end := days.Begin(days.Day(at) + 1)
	for _, c := range cards {
		if c.Seen() && c.Due.After(now) && c.Due.Before(end) {
			n++
		}
	}
	return at, n, true
}
