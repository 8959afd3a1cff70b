package study

import (
	"cmp"
	"slices"
	"time"

	"thaw/app/fsrs"
	"thaw/app/people"
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

// NextTime returns when a return is next useful and how many cards are due by
// the end of that study day; ok is false when no card waits. What falls due on a
// day off waits for the first day that is none; on a day off, what is due now
// waits as well.
func NextTime(cards []Card, now time.Time, zone *time.Location, off people.Days) (at time.Time, n int, ok bool) {
	days := Calendar(zone)
	var times []time.Time
	for _, c := range cards {
		if c.Seen() && (!c.IsDue(now) || Resting(days, now, off)) {
			times = append(times, working(slices.MaxFunc([]time.Time{c.Due, now}, time.Time.Compare), days, off))
		}
	}
	if len(times) == 0 {
		return time.Time{}, 0, false
	}
	at = slices.MinFunc(times, time.Time.Compare)
	end := days.Begin(days.Day(at) + 1)
	for _, t := range times {
		if t.Before(end) {
			n++
		}
	}
	return at, n, true
}

// Resting tells whether the time lies in a day off.
func Resting(days fsrs.Calendar, now time.Time, off people.Days) bool {
	return off.Has(days.Day(now).Date().Weekday())
}

// working returns the time, or the begin of the first study day after it that is
// not off.
func working(at time.Time, days fsrs.Calendar, off people.Days) time.Time {
	if off >= people.Every {
		return at
	}
	for Resting(days, at, off) {
		at = days.Begin(days.Day(at) + 1)
	}
	return at
}
