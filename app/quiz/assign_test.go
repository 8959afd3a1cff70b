package quiz

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"thaw/app/bank"
	"thaw/questions"
)

var monday = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// homeBank has n questions of two topics in turn, one fact each, and a flashcard.
func homeBank(n int) []bank.Contents {
	c := bank.Contents{Bank: bank.Bank{ID: 1}, Topics: []bank.Topic{{ID: 1}, {ID: 2}}}
	for i := range n {
		id := int64(i + 1)
		c.Facts = append(c.Facts, bank.Fact{ID: questions.FactID(id)})
		c.Questions = append(c.Questions, bank.Question{ID: questions.QuestionID(id), Topic: questions.TopicID(i%2 + 1), Kind: questions.Choice, Facts: []questions.FactID{questions.FactID(id)}})
	}
	c.Questions = append(c.Questions, bank.Question{ID: 99, Topic: 1, Kind: questions.Flash, Facts: []questions.FactID{1}})
	return []bank.Contents{c, {Bank: bank.Bank{ID: 2}, Questions: []bank.Question{{ID: 77, Kind: questions.Choice, Facts: []questions.FactID{7}}}}}
}

func ids(list []candidate) (got []questions.QuestionID) {
	for _, c := range list {
		got = append(got, c.question.ID)
	}
	return got
}

func TestWhatAnAssignmentDraws(t *testing.T) {
	banks := homeBank(6)
	banks[0].Questions[0].Tags, banks[0].Questions[3].Tags = []string{"War", "Rome"}, []string{"rome"}
	of := func(a Assignment) []questions.QuestionID {
		a.Banks = []questions.BankID{1}
		return ids(a.drawn(banks, nil, rand.New(rand.NewPCG(1, 2))))
	}
	for _, c := range []struct {
		what string
		a    Assignment
		want []questions.QuestionID
	}{
		{"all in order, no flashcard, nothing of another bank", Assignment{}, []questions.QuestionID{1, 2, 3, 4, 5, 6}},
		{"of a topic", Assignment{Topics: []questions.TopicID{2}}, []questions.QuestionID{2, 4, 6}},
		{"of a tag", Assignment{Tags: []string{"ROME", "unused"}}, []questions.QuestionID{1, 4}},
		{"of a tag and a topic", Assignment{Tags: []string{"Rome"}, Topics: []questions.TopicID{2}}, []questions.QuestionID{4}},
		{"of a tag that nothing has", Assignment{Tags: []string{"unused"}}, nil},
		{"by hand in that order", Assignment{Questions: []questions.QuestionID{5, 77, 2}}, []questions.QuestionID{5, 2}},
	} {
		if got := of(c.a); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.what, got, c.want)
		}
	}
	drawn := of(Assignment{Draw: 4})
	if len(drawn) != 4 || !slices.IsSorted(drawn) {
		t.Errorf("four drawn, not shuffled: %v", drawn)
	}
	mixed := of(Assignment{Shuffle: true})
	if slices.IsSorted(mixed) || len(mixed) != 6 {
		t.Errorf("all, shuffled: %v", mixed)
	}
	twins := homeBank(6)
	for i := range 5 {
		twins[0].Facts[i].Twin = "same"
	}
	banks = twins
	for range 20 {
		if two := of(Assignment{Draw: 2}); !slices.Contains(two, 6) {
			t.Errorf("twins stand together: %v", two)
		}
	}
	if got := of(Assignment{Draw: 4}); len(got) != 4 {
		t.Errorf("%d are drawn of six that are twins, want 4", len(got))
	}
}

// try is the nth, which began and ended some hours from monday (0: it goes on).
func try(n int, ended float64, points float64) Try {
	t := Try{Sitting: n, Started: monday, Count: 10}
	if ended > 0 {
		t.Finished, t.Points, t.Of = monday.Add(time.Duration(ended*float64(time.Hour))), points, 10
	}
	return t
}

func TestHowPupilsStand(t *testing.T) {
	day := 24 * time.Hour
	due := Assignment{Opens: monday, Due: monday.Add(day), Tries: 2, Counts: Best}
	late, shown, last, mean := due, due, due, due
	late.Late = true
	shown.Reveal, shown.Late = AfterDue, true
	last.Counts, mean.Counts = Last, Mean
	held := Try{Sitting: 1, Started: monday, Handed: monday.Add(time.Hour)}
	over := try(1, 0, 0)
	over.Ends = monday.Add(time.Hour)
	for _, c := range []struct {
		what  string
		a     Assignment
		tries []Try
		at    time.Duration
		want  string
	}{
		{"before it opens", due, nil, -1, "early may=false late=false 0 of 0"},
		{"as it opens", due, nil, 0, "open may=true late=false 0 of 0"},
		{"as it is due", due, nil, day, "open may=true late=false 0 of 0"},
		{"after it was due", due, nil, day + 1, "missed may=false late=false 0 of 0"},
		{"after that, taken late", late, nil, day + 1, "open may=true late=false 0 of 0"},
		{"begun", due, []Try{try(1, 0, 0)}, 1, "begun may=false late=false 0 of 0"},
		{"time over", due, []Try{over}, 2 * time.Hour, "done may=true late=false waits 0 of 0"},
		{"the best", due, []Try{try(1, 1, 7), try(2, 2, 4)}, day, "done may=false late=false 7 of 10"},
		{"the last", last, []Try{try(1, 1, 7), try(2, 2, 4)}, day, "done may=false late=false 4 of 10"},
		{"the average", mean, []Try{try(1, 1, 7), try(2, 2, 4)}, day, "done may=false late=false 11 of 20"},
		{"late and better", late, []Try{try(1, 1, 7), try(2, 30, 8)}, 2 * day, "done may=false late=true 8 of 10"},
		{"late and worse", late, []Try{try(1, 1, 7), try(2, 30, 6)}, 2 * day, "done may=false late=false 7 of 10"},
		{"held back", shown, []Try{held}, 2 * time.Hour, "done may=true late=false waits 0 of 0"},
		{"shown, no more tries", shown, []Try{try(1, 1, 7)}, day + 1, "done may=false late=false 7 of 10"},
	} {
		s := c.a.Stand(c.tries, monday.Add(c.at))
		waits := ""
		if s.Waits {
			waits = "waits "
		}
		got := fmt.Sprintf("%s may=%v late=%v %s%v of %d", s.Stage, s.May, s.Late, waits, s.Score.Points, s.Score.Of)
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
	if s := mean.Stand([]Try{try(1, 1, 7), try(2, 2, 4)}, monday).Score; s.Share < .549 || s.Share > .551 {
		t.Errorf("the average of 70 and 40 percent is %v", s.Share)
	}
}

// answeredOn is an answer about a fact some days after monday.
func answeredOn(seq int64, day int64, fact int64, right bool) Studied {
	return Studied{Seq: seq, At: monday.Add(time.Duration(day)*24*time.Hour + time.Hour), Day: day, Fact: questions.FactID(fact), Right: right, Took: 20 * time.Second}
}

func TestWhatIsPractised(t *testing.T) {
	banks := homeBank(5)
	a := Assignment{Kind: OnDays, Banks: []questions.BankID{1}, Questions: []questions.QuestionID{1, 2}, Opens: monday, Due: monday.Add(72 * time.Hour)}
	done := []Studied{answeredOn(1, -1, 1, true), answeredOn(2, 0, 1, true), answeredOn(3, 0, 1, true), answeredOn(4, 0, 2, false), answeredOn(5, 1, 1, true), answeredOn(6, 1, 5, true),
		answeredOn(7, 2, 1, true), answeredOn(8, 2, 2, true), answeredOn(9, 4, 2, true), answeredOn(10, 5, 2, true)}
	p := a.Practised(banks, done, time.Time{})
	if !slices.Equal(p.Days, []int{3, 1}) || p.Got != 1 || p.Goal != 2 || p.Reached() {
		t.Errorf("three days: %+v", p)
	}
	a.Late = true
	if p = a.Practised(banks, done, time.Time{}); !slices.Equal(p.Days, []int{3, 3}) || !p.Reached() || !p.Late {
		t.Errorf("three days, taken late: %+v", p)
	}
	if p = a.Practised(banks, done, monday.Add(48*time.Hour)); !slices.Equal(p.Days, []int{1, 3}) {
		t.Errorf("who joined on the third day: %+v", p)
	}
	reach := Assignment{Kind: Reach, Banks: []questions.BankID{1}, Opens: monday}
	p = reach.Practised(banks, done, time.Time{})
	if p.Of != 5 || p.Goal != 4 || p.Got != 3 || p.Reached() {
		t.Errorf("four in five: %+v", p)
	}
	minutes := Assignment{Kind: Minutes, Banks: []questions.BankID{1}, Minutes: 1, Days: 2, Opens: monday}
	timed := []Studied{answeredOn(1, 0, 1, true), answeredOn(1, 0, 2, true), answeredOn(2, 0, 2, false), answeredOn(3, 1, 1, true), answeredOn(4, 1, 1, true), answeredOn(5, 1, 1, true), answeredOn(6, 1, 77, true)}
	if p = minutes.Practised(banks, timed, time.Time{}); p.Got != 1 || p.Goal != 2 || p.Spent != 100*time.Second {
		t.Errorf("minutes: %+v", p)
	}
}

// TestTagsBelongToWhatIsDrawn by topic, and to nothing else.
func TestTagsBelongToWhatIsDrawn(t *testing.T) {
	for _, c := range []struct {
		what string
		a    Assignment
		want []string
	}{
		{"a quiz", Assignment{Kind: Sat}, []string{"Rome", "war"}}, {"facts to know", Assignment{Kind: Reach}, []string{"Rome", "war"}},
		{"minutes", Assignment{Kind: Minutes}, nil}, {"a date", Assignment{Kind: OnDate}, nil}, {"by hand", Assignment{Kind: Sat, Questions: []questions.QuestionID{1}}, nil},
	} {
		c.a.Tags = []string{" Rome", "war", "ROME"}
		if got := c.a.only().Tags; !slices.Equal(got, c.want) {
			t.Errorf("%s keeps the tags %q, want %q", c.what, got, c.want)
		}
	}
}
