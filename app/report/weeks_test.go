package report

import (
	"math"
	"testing"
	"time"

	"thaw/app/fsrs"
	"thaw/app/study"
)

// dayOf is a study day by its date.
func dayOf(year int, month time.Month, d int) fsrs.Day {
	return fsrs.Day(time.Date(year, month, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func TestWeeksBeginOnMonday(t *testing.T) {
	monday := dayOf(2026, 11, 23)
	for i := range fsrs.Day(7) {
		if got := Monday(monday + i); got != monday {
			t.Errorf("the week of %s begins on %s", monday+i, got)
		}
	}
	days := []study.Tally{{Day: monday - 8, Answers: 99}, {Day: monday - 7, Answers: 1, Took: time.Minute}, {Day: monday - 1, Answers: 2, Took: time.Minute},
		{Day: monday, Answers: 4}, {Day: monday + 2, Answers: 8, Reviews: 20, Recalled: 15, Expected: 18e6}, {Day: monday + 3, Answers: 99}}
	weeks := Weeks(days, monday+2, 2)
	if w := weeks[0]; w.Monday != monday-7 || w.Done.Answers != 3 || w.Studied != 2 || w.Done.Took != 2*time.Minute {
		t.Errorf("last week: %+v", w)
	}
	if w := weeks[1]; w.Monday != monday || w.Done.Answers != 12 || w.Studied != 2 {
		t.Errorf("this week: %+v", w)
	}
	if r := weeks[0].Recalled(); r.Sure() || r.Expected != 0 || r.Of != 0 {
		t.Errorf("a week without reviews: %+v", r)
	}
	r := weeks[1].Recalled() // 15 of 20: Wilson's 90 % interval
	if !r.Sure() || r.Share.Share != .75 || math.Abs(r.Expected-.9) > 1e-9 || math.Abs(r.Low-.5684) > 1e-3 || math.Abs(r.High-.8723) > 1e-3 {
		t.Errorf("15 of 20 recalled, 18 expected: %+v", r)
	}
}

func TestHabits(t *testing.T) {
	today := dayOf(2026, 11, 25)
	day := func(ago, answers, minutes int) study.Tally {
		return study.Tally{Day: today - fsrs.Day(ago), Answers: answers, Took: time.Duration(minutes) * time.Minute}
	}
	if h := Habits(nil, today); h.Studied != 0 || h.Of != 0 || h.First != today {
		t.Errorf("nothing done: %+v", h)
	}
	begun := Habits([]study.Tally{day(2, 5, 3), day(0, 5, 9)}, today)
	if begun.Studied != 2 || begun.Of != 3 || begun.First != today-2 || begun.Usual != 9*time.Minute {
		t.Errorf("who began two days ago: %+v", begun)
	}
	long := Habits([]study.Tally{day(182, 9, 60), day(181, 9, 12), day(90, 0, 0), day(3, 9, 12), day(1, 9, 40)}, today)
	if long.Studied != 3 || long.Of != 182 || long.Usual != 12*time.Minute {
		t.Errorf("who began long ago: %+v", long)
	}
}
