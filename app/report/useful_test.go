package report

import (
	"testing"
	"time"

	"thaw/app/bank"
	"thaw/app/fsrs"
	"thaw/app/people"
	"thaw/app/study"
	"thaw/questions"
)

// due has cards that fall due after so many hours, each of a fact that is asked for.
func due(now time.Time, who people.Person, hours ...int) study.Preparing {
	p := study.Preparing{Now: now, Who: who, Banks: []bank.Contents{{}}}
	for i, h := range hours {
		f := questions.FactID(i + 1)
		p.Banks[0].Facts = append(p.Banks[0].Facts, bank.Fact{ID: f})
		p.Banks[0].Questions = append(p.Banks[0].Questions, bank.Question{ID: questions.QuestionID(f), Latest: 1, Kind: questions.Choice, Facts: []questions.FactID{f}})
		p.Cards = append(p.Cards, study.Card{Fact: f, Card: fsrs.Card{Memory: fsrs.Memory{Stability: 5, Difficulty: 5}, Phase: fsrs.Reviewing, Reps: 2,
			Last: now.AddDate(0, 0, -5), Due: now.Add(time.Duration(h) * time.Hour)}})
	}
	return p
}

func TestUsefulTimes(t *testing.T) {
	who := people.Person{Zone: "Europe/Berlin", Minutes: 3}
	off := who
	off.DaysOff = people.Days(0).With(time.Thursday)
	noon := time.Date(2026, 3, 25, 11, 0, 0, 0, time.UTC) // a Wednesday; summer time begins on Sunday
	evening, night := noon.Add(9*time.Hour+2*time.Minute), noon.Add(14*time.Hour)
	many := make([]int, 40)
	for i := range many {
		many[i] = 24 * 5
	}
	at := func(day, hour, minute int) time.Time {
		return time.Date(2026, 3, day, hour, minute, 0, 0, people.Zone("Europe/Berlin"))
	}
	for name, c := range map[string]struct {
		p    study.Preparing
		want []Useful
	}{
		"nothing":                    {due(noon, who), nil},
		"due now, until the evening": {due(noon, who, -1, -30), []Useful{{At: at(25, 18, 0), Minutes: 1}}},
		"due now, in the evening":    {due(evening, who, -1), []Useful{{At: at(25, 21, 5), Minutes: 1}}},
		"at night it is still today": {due(night, who, -1), []Useful{{At: at(26, 2, 5), Minutes: 1}}},
		"later today":                {due(noon, who, 2), []Useful{{At: at(25, 18, 0), Minutes: 1}}},
		"late today":                 {due(noon, who, 9), []Useful{{At: at(25, 21, 5), Minutes: 1}}},
		"today and tomorrow":         {due(noon, who, -1, 24), []Useful{{At: at(25, 18, 0), Minutes: 1}, {At: at(26, 18, 0), Minutes: 1}}},
		"after the clocks change":    {due(noon, who, 24*5), []Useful{{At: at(30, 18, 0), Minutes: 1}}},
		"no more than is wanted":     {due(noon, who, many...), []Useful{{At: at(30, 18, 0), Minutes: 3}}},
		"a day off waits":            {due(noon, off, 24), []Useful{{At: at(27, 18, 0), Minutes: 1}}},
		"on a day off":               {due(noon.AddDate(0, 0, 1), off, -1), []Useful{{At: at(27, 18, 0), Minutes: 1}}},
		"the last day":               {due(noon, who, 24*13, 24*14), []Useful{{At: at(25+13, 18, 0), Minutes: 1}}},
	} {
		got := useful(c.p)
		if len(got) < len(c.want) || c.want == nil && got != nil { // what follows from these reviews comes after
			t.Errorf("%s: %v, want %v", name, got, c.want)
			continue
		}
		for i, w := range c.want {
			if !got[i].At.Equal(w.At) || got[i].Minutes != w.Minutes || got[i].Day != study.Calendar(people.Zone(who.Zone)).Day(w.At) {
				t.Errorf("%s: %d minutes at %v on %s, want %d at %v", name, got[i].Minutes, got[i].At, got[i].Day, w.Minutes, w.At)
			}
		}
	}
}
