package study_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"thaw/app/fsrs"
	"thaw/app/fsrs/plan"
	"thaw/app/study"
	"thaw/questions"
)

func handled(seq int64, what study.What, on bool, facts ...questions.FactID) study.Past {
	return study.Past{Event: study.Event{Learner: 7, Seq: seq, At: morning, Day: study.Calendar(time.UTC).Day(morning), Zone: "UTC",
		What: what, Response: study.Caring(on, facts)}}
}

func TestTheLastThatWasSaidOfAFactCounts(t *testing.T) {
	today := study.Calendar(time.UTC).Day(morning)
	got := study.Cares([]study.Past{
		handled(1, study.Star, true, 1, 2), handled(2, study.Suspend, true, 3), handled(3, study.Bury, true, 4),
		{Event: study.Event{Learner: 7, Seq: 4, What: study.Trust, Response: questions.Response{"1"}}},
		handled(5, study.Star, false, 2), handled(6, study.Suspend, false, 3), handled(7, study.Suspend, true, 3), handled(8, study.Suspend, true, 1),
	})
	want := []study.Care{{Fact: 1, Starred: true, Suspended: true}, {Fact: 2}, {Fact: 3, Suspended: true}, {Fact: 4, Until: today + 1}}
	if !slices.Equal(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	for _, c := range []struct {
		care study.Care
		day  fsrs.Day
		want bool
	}{{want[2], today + 99, true}, {want[3], today, true}, {want[3], today + 1, false}, {study.Care{}, today, false}} {
		if c.care.Aside(c.day) != c.want {
			t.Errorf("%+v is aside on day %d: %v", c.care, c.day, !c.want)
		}
	}
}

// TestWhatIsSetAsideIsNotOnTheAgenda, met or not, due or planned, until its day comes.
func TestWhatIsSetAsideIsNotOnTheAgenda(t *testing.T) {
	p := preparing()
	p.Who.NewADay = 40
	all := facts(p.Agenda())
	due, fresh := questions.FactID(1), questions.FactID(20)
	if !slices.Contains(all, due) || !slices.Contains(all, fresh) {
		t.Fatalf("facts %d and %d are not both on the agenda: %v", due, fresh, all)
	}
	today := study.Calendar(time.UTC).Day(morning)
	for _, c := range []struct {
		name string
		care study.Care
		days int
		want bool
	}{
		{"suspended", study.Care{Suspended: true}, 0, false}, {"suspended, later", study.Care{Suspended: true}, 9, false},
		{"buried", study.Care{Until: today + 1}, 0, false}, {"buried, the day after", study.Care{Until: today + 1}, 1, true},
		{"starred", study.Care{Starred: true}, 0, true},
	} {
		for _, exams := range [][]study.Exam{nil, {exam(1, 30)}} {
			p.Exams, p.Now = exams, morning.AddDate(0, 0, c.days)
			p.Cares = map[questions.FactID]study.Care{due: c.care}
			got := slices.Contains(facts(p.Agenda()), due) // an exam's plan may have it on another day
			if got && !c.want || !got && c.want && exams == nil {
				t.Errorf("%s, %d exams: fact met on the agenda: %v", c.name, len(exams), got)
			}
			p.Exams, p.Cares = nil, map[questions.FactID]study.Care{fresh: c.care}
			if got := facts(p.Agenda()); slices.Contains(got, fresh) != c.want {
				t.Errorf("%s: new fact on the agenda: %v", c.name, !c.want)
			}
		}
	}
}

// TestWhatIsSetAsideIsNotStudiedOnTheEve, when a plan asks for everything; the forecast
// counts it all the same.
func TestWhatIsSetAsideIsNotStudiedOnTheEve(t *testing.T) {
	p := preparing(exam(1, 1, 1))
	p.Cards = cards(1, 20)
	all, today := facts(p.Agenda()), study.Calendar(time.UTC).Day(morning)
	for i, care := range []study.Care{{Suspended: true}, {Until: today + 1}} {
		fact := all[i]
		p.Cares = map[questions.FactID]study.Care{fact: care}
		if got := facts(p.Agenda()); slices.Contains(got, fact) || len(got) != len(all)-1 {
			t.Errorf("%+v: fact %d is studied, or another is not: %v", care, fact, got)
		}
		if f := p.Ahead()[0].Stands(); f.N != 20 {
			t.Errorf("%+v: the forecast is about %d facts, want 20", care, f.N)
		}
	}
}

// TestWhatIsSuspendedIsNotPlannedFor, so that the days before an exam have room for more.
func TestWhatIsSuspendedIsNotPlannedFor(t *testing.T) {
	p := preparing(exam(1, 9, 1))
	p.Cares = map[questions.FactID]study.Care{20: {Suspended: true}}
	if fresh := p.Ahead()[0].New; slices.Contains(fresh, 20) || len(fresh) != 4 {
		t.Errorf("facts %v are planned for, want four without fact 20", fresh)
	}
}

// TestABuriedFactIsTheNextUsefulTime: nothing that is put off is forgotten.
func TestABuriedFactIsTheNextUsefulTime(t *testing.T) {
	p := preparing()
	p.Cards, p.Who.NewADay = []study.Card{met(1, 3, 6)}, 0
	days := study.Calendar(time.UTC)
	p.Cares = map[questions.FactID]study.Care{1: {Fact: 1, Until: days.Day(morning) + 1}}
	a := p.Agenda()
	at, answers, ok := a.Next(p)
	if len(a.Tasks) != 0 || !ok || !at.Equal(days.Begin(days.Day(morning)+1)) || answers != 1 {
		t.Errorf("%d tasks, next at %v with %v answers (%v), want tomorrow with one", len(a.Tasks), at, answers, ok)
	}
}

// TestSureAndWrongComesFirstTheDayAfter, whenever it falls due, and until it is answered on
// a later day.
func TestSureAndWrongComesFirstTheDayAfter(t *testing.T) {
	days, model := study.Calendar(time.UTC), study.Model(fsrs.Weights{})
	answer := func(c study.Card, at time.Time, sure bool, v questions.Verdict) study.Card {
		credit := 0.0
		if v == questions.Right {
			credit = 1
		}
		e := study.Event{Learner: 7, At: at, Day: days.Day(at), Zone: "UTC", What: study.Answer, Sure: sure}
		moved, _ := study.Apply(model, e, []questions.Mark{{Part: 1, Fact: 1, Verdict: v, Credit: credit}}, []study.Card{c})
		return moved[0]
	}
	strong := met(1, 60, 30)
	missed := answer(strong, morning, true, questions.Wrong)
	again := answer(missed, morning.Add(time.Hour), false, questions.Right)
	if missed.Surprise != days.Day(morning) || again.Surprise != missed.Surprise {
		t.Fatalf("surprises on %d and %d, want %d on that day", missed.Surprise, again.Surprise, days.Day(morning))
	}
	if unsure := answer(strong, morning, false, questions.Wrong); unsure.Surprise != 0 {
		t.Error("who was not sure was surprised")
	}
	if right := answer(strong, morning, true, questions.Right); right.Surprise != 0 {
		t.Error("who was right was surprised")
	}
	p := preparing()
	p.Cards = append(cards(2, 15), again)
	before := p
	if got := facts(before.Agenda()); slices.Contains(got, 1) {
		t.Error("it comes again on the day itself, after it was right")
	}
	p.Now = days.Begin(days.Day(morning) + 1)
	a := p.Agenda()
	if again.Due.Before(p.Now.Add(24 * time.Hour)) {
		t.Fatalf("it is due at %v: the test needs one that is not due tomorrow", again.Due)
	}
	if len(a.Tasks) < 2 || a.Tasks[0].Fact != 1 || a.Tasks[0].Why != plan.Sure {
		t.Fatalf("the day after begins with %+v", a.Tasks[:min(len(a.Tasks), 1)])
	}
	settled := answer(again, p.Now, false, questions.Right)
	p.Cards[len(p.Cards)-1] = settled
	if got := facts(p.Agenda()); settled.Surprise != 0 || slices.Contains(got, 1) {
		t.Error("it is asked on once it was answered on a later day")
	}
}

// TestLeechesAreTooUnluckyForChance holds the Poisson binomial to known values, and the
// rule to its purpose: as many misses say less of a fact that was likely to be missed.
func TestLeechesAreTooUnluckyForChance(t *testing.T) {
	trials := func(right float64, n, misses int) (list []study.Trial) {
		for i := range n {
			list = append(list, study.Trial{Right: right, Missed: i < misses})
		}
		return list
	}
	for _, c := range []struct {
		trials []study.Trial
		chance float64
		leech  bool
	}{
		{nil, 1, false},
		{trials(.9, 3, 3), .001, true},                                // .1 to the third
		{trials(.9, 10, 3), .0701908264, false},                       // binomial tail
		{trials(.9, 10, 5), .0016349374, true},                        //
		{trials(.5, 6, 5), .109375, false},                            // 7 of 64
		{trials(.9, 2, 2), .01, false},                                // two are too few
		{append(trials(.8, 1, 1), trials(.95, 2, 2)...), .0005, true}, // .2 x .05 x .05
	} {
		chance, leech := study.Leech(c.trials)
		if math.Abs(chance-c.chance) > 1e-9 || leech != c.leech {
			t.Errorf("%+v: %v by chance %v, want %v by %v", c.trials, leech, chance, c.leech, c.chance)
		}
	}
}

func TestTrialsAreReviewsOfLaterDays(t *testing.T) {
	mark := func(fact questions.FactID, v questions.Verdict, stability float64, elapsed int, guess float64) study.Mark {
		return study.Mark{Mark: questions.Mark{Fact: fact, Verdict: v, Guess: guess}, Recall: .8, Stability: stability, Elapsed: elapsed}
	}
	past := []study.Past{{Marks: []study.Mark{mark(1, questions.Wrong, 0, 0, 0), mark(2, questions.Wrong, 3, 3, 0)}},
		{Marks: []study.Mark{mark(1, questions.Wrong, 3, 0, 0)}}, {Marks: []study.Mark{mark(1, questions.Wrong, 3, 1, .25)}},
		{Marks: []study.Mark{mark(1, questions.Right, 3, 5, 0)}}, {Marks: []study.Mark{mark(1, questions.Void, 3, 5, 1)}}}
	got, misses := study.Trials(past, 1)
	if want := []study.Trial{{Right: .85, Missed: true}, {Right: .8}}; misses != 1 || len(got) != 2 || math.Abs(got[0].Right-want[0].Right) > 1e-12 || got[0].Missed != true || got[1] != want[1] {
		t.Errorf("%d misses in %+v, want one in %+v", misses, got, want)
	}
}
