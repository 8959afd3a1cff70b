package report

import (
	"fmt"
	"math"
	"testing"
	"time"

	"thaw/app/bank"
	"thaw/app/fsrs"
	"thaw/app/people"
	"thaw/questions"
)

const monday = fsrs.Day(20000)

// doing is a pupil who has answered, today last, and remembers so many facts so well.
func doing(answers, met int, recall float64) Pupil {
	p := Pupil{Answers: answers, Last: monday}
	for range met {
		p.Memory = append(p.Memory, Memory{Seen: true, Recall: recall})
	}
	return p
}

// needOf says what is said of a pupil among five who do well.
func needOf(p Pupil, now time.Time) string {
	list := []Pupil{p}
	for range 5 {
		list = append(list, doing(40, 40, .9))
	}
	said := ""
	for _, n := range needs(list, monday, now) {
		said += string(n.Need) + " "
	}
	return said
}

func TestWhoNeedsTheTeacher(t *testing.T) {
	now := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	since := func(p Pupil, days int) Pupil { p.Last = monday - fsrs.Day(days); return p }
	sure := func(wrong, of int) Pupil { p := doing(40, 40, .9); p.Sure = share(wrong, of); return p }
	seat := func(days int) Pupil {
		return Pupil{Free: true, Member: people.Member{Joined: now.AddDate(0, 0, -days)}}
	}
	for _, c := range []struct {
		who  string
		p    Pupil
		want string
	}{
		{"who does well", doing(40, 40, .9), ""},
		{"who has not answered for a week", since(doing(10, 40, .9), 7), "stopped "},
		{"who answered six days ago", since(doing(40, 40, .9), 6), ""},
		{"who has answered nine times, long ago", since(doing(9, 5, .9), 30), ""},
		{"who has answered nothing", Pupil{}, ""},
		{"whose memory has faded", doing(40, 40, .55), "slipping "},
		{"whose memory is just enough", doing(40, 40, .61), ""},
		{"whose few facts have faded", doing(10, 9, .5), "lagging "},
		{"who has met little of it", doing(12, 12, .9), "lagging "},
		{"who has met somewhat less", doing(40, 30, .9), ""},
		{"who has met little, of nine answers", doing(9, 9, .9), ""},
		{"who is sure and wrong", sure(6, 10), "sure "},
		{"who is sure and sometimes wrong", sure(3, 10), ""},
		{"who was sure and wrong four times", sure(4, 4), ""},
		{"whose seat nobody came to", seat(7), "absent "},
		{"whose seat is new", seat(6), ""},
		{"who has stopped and forgotten", since(doing(40, 40, .3), 9), "stopped "},
	} {
		if got := needOf(c.p, now); got != c.want {
			t.Errorf("of one %s it is said %q, want %q", c.who, got, c.want)
		}
	}
}

func TestNeedsComeByUrgencyThenByName(t *testing.T) {
	now := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	list := []Pupil{doing(40, 40, .9), doing(40, 40, .3), {Free: true}, doing(40, 40, .5), doing(40, 40, .9), doing(40, 40, .9), doing(40, 40, .9), doing(12, 12, .9)}
	for i := range list {
		list[i].N = i
	}
	list[4].Last = monday - 8
	got := ""
	for _, n := range needs(list, monday, now) {
		got += fmt.Sprint(n.N, " ", n.Need, ", ")
	}
	if want := "4 stopped, 1 slipping, 3 slipping, 7 lagging, 2 absent, "; got != want {
		t.Errorf("needs are %q, want %q", got, want)
	}
}

func TestHolidaysAreNobodysNeed(t *testing.T) {
	var list []Pupil
	for range 6 {
		p := doing(40, 40, .9)
		p.Last = monday - 10
		list = append(list, p)
	}
	if n := needs(list, monday, time.Now()); len(n) != 0 {
		t.Errorf("where nobody answers, %d pupils need the teacher, want none", len(n))
	}
}

func TestFourPupilsHaveNoMiddle(t *testing.T) {
	list := []Pupil{doing(12, 12, .9), doing(40, 40, .9), doing(40, 40, .9), doing(40, 40, .9)}
	if n := needs(list, monday, time.Now()); len(n) != 0 {
		t.Errorf("of four pupils, %d need the teacher, want none", len(n))
	}
	list = append(list, doing(40, 40, .9))
	n := needs(list, monday, time.Now())
	if len(n) != 1 || math.Abs(n[0].Class-36) > 1e-9 || n[0].Know.Mean < 10.7 || n[0].Know.Mean > 10.9 || n[0].Know.High != 12 {
		t.Errorf("of five: %+v, want one who knows 10.8, at most 12, of 36", n)
	}
	if k := list[1].Knows(); k.Low < 33.5 || k.Low > 33.6 || k.High < 38.4 || k.High > 38.5 {
		t.Errorf("40 facts of .9 each are %.2f to %.2f, want 36 ± 2.43", k.Low, k.High)
	}
}

func TestWhoMayKnowAsMuchIsNotFarBehind(t *testing.T) {
	low := func(recall float64) int {
		list := []Pupil{doing(10, 9, recall)} // 9 facts of .3 each are 2.7, up to 4.5
		for range 5 {
			list = append(list, doing(10, 5, .84)) // 4.2
		}
		return len(needs(list, monday, time.Now()))
	}
	if got := []int{low(.3), low(.2)}; got[0] != 0 || got[1] != 1 {
		t.Errorf("%d and %d pupils are far behind, want none whose band reaches the middle, and one below", got[0], got[1])
	}
}

func TestStarterTakesWhatIsAskedAloud(t *testing.T) {
	b := []bank.Contents{{Questions: []bank.Question{{ID: 1, Kind: questions.Order, Latest: 1, Facts: []questions.FactID{1, 2}},
		{ID: 2, Kind: questions.Choice, Latest: 3, Facts: []questions.FactID{1}}}}}
	got := aloud(b, Losing{Fact: 1, Ref: questions.Ref{Question: 1, Version: 1}})
	if want := (questions.Ref{Question: 2, Version: 3}); got != want {
		t.Errorf("fact 1 is asked by %v, want %v: not by arranging", got, want)
	}
	if got := aloud(b, Losing{Fact: 2, Ref: questions.Ref{Question: 1, Version: 1}}); got.Question != 1 {
		t.Errorf("a fact that only an order asks for is asked by %v", got)
	}
	if got := among(b, []questions.QuestionID{2, 77, 1, 2}); len(got) != 2 || got[0].Question != 2 || got[1].Question != 1 {
		t.Errorf("of 2, 77, 1 and 2 again there are %v, want 2 and 1", got)
	}
}
