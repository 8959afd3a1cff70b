package report

import (
	"math"
	"testing"
	"time"

	"thaw/app/bank"
	"thaw/app/fsrs"
	"thaw/app/fsrs/plan"
	"thaw/app/people"
	"thaw/app/study"
	"thaw/questions"
)

func comes(p study.Preparing) []Load { return ahead(p, p.Agenda()) }

// TestAReviewComesOnItsDay, and what follows from it later.
func TestAReviewComesOnItsDay(t *testing.T) {
	p := nobody()
	meets(&p, 1, 8, 3)  // due in 5 days
	meets(&p, 1, 40, 1) // not in the days looked at
	loads := comes(p)
	model := fsrs.New(fsrs.Default())
	known := fsrs.Memory{Stability: 8, Difficulty: 5}
	missed := model.Next(model.Next(known, 8, fsrs.Again), 0, fsrs.Good)
	gap := model.Days(missed.Stability, .9, 1000)
	kept := model.Retrievability(known, 8)
	for d, l := range loads {
		want := 0.0
		switch d {
		case 5:
			want = 2 - kept // one answer, and another in a tenth of the cases
		case 5 + gap:
			want = (1 - kept) * (2 - model.Retrievability(missed, float64(gap)))
		}
		later := d > 5+gap && l.Answers < .12 // missed, then known
		if math.Abs(l.Answers-want) > 1e-9 && !later {
			t.Errorf("in %d days %.3f answers, want %.3f", d, l.Answers, want)
		}
	}
	if gap < 1 || 5+gap >= Coming {
		t.Errorf("what is missed comes back after %d days", gap)
	}
	if len(loads) != Coming || loads[1].Day != loads[0].Day+1 {
		t.Errorf("%d days, from %d and %d on", len(loads), loads[0].Day, loads[1].Day)
	}
}

// TestWhatIsDueNowCountsToday, however long it has been due.
func TestWhatIsDueNowCountsToday(t *testing.T) {
	p := nobody()
	for _, ago := range []int{30, 31, 60} {
		meets(&p, 1, 30, ago)
	}
	if n := comes(p)[0].Answers; n < 3 || n > 3.6 {
		t.Errorf("three facts are due, and %.2f answers expected today", n)
	}
}

// TestDaysOffAreFree: what falls due on one waits for the next day that is none.
func TestDaysOffAreFree(t *testing.T) {
	p := nobody() // on a Wednesday
	p.Who.DaysOff = people.Days(0).With(time.Wednesday).With(time.Saturday).With(time.Sunday)
	meets(&p, 1, 40, 40) // due today, a day off
	meets(&p, 1, 40, 37) // due on Saturday
	loads := comes(p)
	for d, l := range loads {
		off := d%7 == 0 || d%7 == 3 || d%7 == 4
		if l.Off != off || off && l.Answers > 0 {
			t.Errorf("in %d days: off %v, %.2f answers", d, l.Off, l.Answers)
		}
	}
	if loads[1].Answers < 1 || loads[5].Answers < 1 {
		t.Errorf("on Thursday %.2f and on Monday %.2f answers, want one each at least", loads[1].Answers, loads[5].Answers)
	}
}

// TestNewFactsComeDayByDay until there are none, each with its first reviews.
func TestNewFactsComeDayByDay(t *testing.T) {
	p := nobody()
	p.Who.NewADay = 10
	meets(&p, 1, 400, 1) // the bank is known
	for i := range 25 {
		p.Banks[0].Facts = append(p.Banks[0].Facts, bank.Fact{ID: questions.FactID(100 + i), Topic: 2})
	}
	p.Days = []study.Tally{{Day: study.Calendar(nil).Day(p.Now), Met: 4, Answers: 4}}
	loads := comes(p)
	if got, want := loads[0].Answers, 6*plan.Beginning; math.Abs(got-want) > 1e-9 {
		t.Errorf("today %.2f answers, want %.2f: four new ones have been met", got, want)
	}
	if got := loads[1].Answers; got < 10*plan.Beginning || got > 10*plan.Beginning+6 {
		t.Errorf("tomorrow %.2f answers, want those of ten new ones and a few reviews", got)
	}
	if got := loads[2].Answers; got < 9*plan.Beginning || got > 9*plan.Beginning+22 {
		t.Errorf("the day after %.2f answers, want those of the last nine and reviews", got)
	}
	if got := loads[3].Answers; got > 22 {
		t.Errorf("in three days %.2f answers, and nothing is new any more", got)
	}
}

// TestAPlanIsPartOfTheLoad, and its facts count once.
func TestAPlanIsPartOfTheLoad(t *testing.T) {
	p := nobody()
	p.Who.Minutes = 20
	for i := range 20 {
		meets(&p, 1, 3, 1+i%3)
	}
	p.Exams = []study.Exam{{N: 1, At: p.Now.AddDate(0, 0, 6), Topics: []questions.TopicID{1}}}
	a := p.Agenda()
	loads := ahead(p, a)
	if len(a.Ready) != 1 || a.Ready[0].Plan == nil {
		t.Fatal("there is no plan")
	}
	if got, want := loads[0].Answers, study.Answers(a.Tasks); math.Abs(got-want) > 1e-9 {
		t.Errorf("today %.2f answers, want the %.2f of the list", got, want)
	}
	for d := 1; d < Coming; d++ {
		if got, want := loads[d].Answers, a.Ready[0].Plan.Load(d); math.Abs(got-want) > 1e-9 {
			t.Errorf("in %d days %.2f answers, want the plan's %.2f", d, got, want)
		}
	}
}
