package quiz

import (
	"math"
	"slices"
	"time"

	"thaw/app/bank"
	"thaw/questions"
)

// What practice is asked for.
const (
	mastery   = .8 // of the facts, each answered right once
	ThreeDays = 3  // on which each fact is answered right
	unclocked = 15 * time.Second
)

// Practice is how far a pupil is with work that is no quiz. What is right counts where the
// key had not just been seen.
type Practice struct {
	Days  []int // for each of the facts: on how many days it was right, at most as many as needed
	Got   int   // facts that are there, or days on which the minutes were studied
	Goal  int   // how many are wanted
	Of    int   // facts, or days, in all
	Late  bool  // the goal was reached after it was due
	Spent time.Duration
}

// Reached tells whether all is done that is wanted.
func (p Practice) Reached() bool { return p.Goal > 0 && p.Got >= p.Goal }

// needs is on how many days a fact is to be right.
func (a Assignment) needs() int {
	if a.Kind == OnDays {
		return ThreeDays
	}
	return 1
}

// counts tells whether an answer at a time counts for the assignment.
func (a Assignment) counts(at time.Time) bool {
	return !at.Before(a.Opens) && !a.Closed(at)
}

// Practised says how far a pupil is, by their answers in the order of time since they
// joined. An answer whose time no page has measured counts as a quarter of a minute. It is
// pure.
func (a Assignment) Practised(banks []bank.Contents, done []Studied, joined time.Time) Practice {
	if a.Kind == Minutes {
		return a.timed(banks, done, joined)
	}
	facts := a.Facts(banks)
	p := Practice{Days: make([]int, len(facts)), Of: len(facts), Goal: len(facts)}
	if a.Kind == Reach {
		p.Goal = int(math.Ceil(mastery * float64(len(facts))))
	}
	place, last := map[questions.FactID]int{}, map[questions.FactID]int64{}
	for i, f := range facts {
		place[f] = i
	}
	for _, d := range done {
		i, asked := place[d.Fact]
		day, before := last[d.Fact]
		if !asked || !d.Right || d.At.Before(joined) || !a.counts(d.At) || before && day == d.Day || p.Days[i] >= a.needs() {
			continue
		}
		last[d.Fact] = d.Day
		if p.Days[i]++; p.Days[i] == a.needs() {
			p.Got++
			p.Late = p.Late || p.Got == p.Goal && a.OverDue(d.At)
		}
	}
	return p
}

// timed counts the days on which the minutes were studied.
func (a Assignment) timed(banks []bank.Contents, done []Studied, joined time.Time) Practice {
	p := Practice{Of: a.Days, Goal: a.Days}
	known := map[questions.FactID]bool{}
	for _, c := range a.of(banks) {
		for _, f := range c.Facts {
			known[f.ID] = true
		}
	}
	day, seq, spent := int64(0), int64(0), time.Duration(0)
	wanted := time.Duration(a.Minutes) * time.Minute
	for _, d := range done {
		if !known[d.Fact] || d.At.Before(joined) || !a.counts(d.At) || d.Seq == seq {
			continue
		}
		if d.Day != day {
			day, spent = d.Day, 0
		}
		seq = d.Seq
		took := d.Took
		if took == 0 {
			took = unclocked
		}
		if spent < wanted && spent+took >= wanted && p.Got < p.Goal {
			p.Got++
			p.Late = p.Late || p.Got == p.Goal && a.OverDue(d.At)
		}
		spent += took
		p.Spent += took
	}
	return p
}

// Begun tells whether anything counts already.
func (p Practice) Begun() bool {
	return p.Got > 0 || p.Spent > 0 || slices.ContainsFunc(p.Days, func(n int) bool { return n > 0 })
}
