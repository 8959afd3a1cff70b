package dbtest

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"thaw/app/fault"
	"thaw/app/quiz"
	"thaw/app/study"
	"thaw/db"
	"thaw/questions"
)

// homework is a class with a pupil, and a quiz that it has been given.
type homework struct {
	*school
	work db.Work
	quiz quiz.Assignment
}

func newHomework(t *testing.T, d *db.DB, change func(*quiz.Assignment)) homework {
	t.Helper()
	h := homework{school: newSchool(t, d), work: db.Work{DB: d}}
	_, err := h.class.Join(ctx, h.joining(Guest(int64(h.who)), "Anna", now))
	check(t, err)
	h.quiz = quiz.Assignment{Class: h.id, Kind: quiz.Sat, Title: "Homework", Topics: []questions.TopicID{3, 1}, Questions: []questions.QuestionID{2}, Tags: []string{"Cold War", "x"},
		Draw: 4, Shuffle: true, Reveal: quiz.AfterDue, Minutes: 40, Tries: 2, Counts: quiz.Last, Opens: now, Due: now.Add(2 * day), Made: now}
	if change != nil {
		change(&h.quiz)
	}
	h.quiz.N, err = h.work.Assign(ctx, h.teacher.ID, h.quiz, "token-of-homework")
	check(t, err)
	h.quiz.Name, h.quiz.Zone, h.quiz.Banks = "10b", "Europe/Berlin", []questions.BankID{h.bank.Bank.ID}
	return h
}

// try begins one of the pupil's.
func (h homework) try(token string) (int, error) {
	return h.world.quiz.Begin(ctx, quiz.Sitting{Learner: h.who, Mode: quiz.Exam, Started: now, Items: h.items(2), Count: 2, Class: h.id, Assignment: h.quiz.N}, token)
}

// assignments are kept whole, by and for the class alone.
func assignments(t *testing.T, d *db.DB) {
	h := newHomework(t, d, nil)
	other := staff(t, d, 901, "Otto", "teacher")
	n, err := h.work.Assign(ctx, h.teacher.ID, h.quiz, "token-of-homework")
	check(t, err)
	same(t, n, h.quiz.N, "the number of what was given twice")
	got, err := h.work.Assignment(ctx, h.teacher.ID, h.id, n)
	check(t, err)
	same(t, got, h.quiz, "what was given")
	list, err := h.work.Assignments(ctx, h.teacher.ID, h.id)
	check(t, err)
	same(t, list, []quiz.Assignment{h.quiz}, "the list")

	earlier, err := h.work.Earlier(ctx, h.teacher.ID, 9)
	check(t, err)
	same(t, earlier, list, "what was given before")
	earlier, err = h.work.Earlier(ctx, other.ID, 9)
	check(t, err)
	same(t, len(earlier), 0, "what another has given")

	_, err = h.work.Assignments(ctx, other.ID, h.id)
	wantKind(t, err, fault.Missing, "the list of another's class")
	_, err = h.work.Assignment(ctx, other.ID, h.id, n)
	wantKind(t, err, fault.Missing, "another's assignment")
	_, err = h.work.Assign(ctx, other.ID, h.quiz, "token-of-another")
	wantKind(t, err, fault.Missing, "giving another's class something")
	wantKind(t, h.work.Reassign(ctx, other.ID, h.quiz), fault.Missing, "changing another's")
	wantKind(t, h.work.Unassign(ctx, other.ID, h.id, n, now), fault.Missing, "taking back another's")
	none, err := h.work.Taken(ctx, other.ID, h.id, n)
	check(t, err)
	same(t, len(none), 0, "pupils told to another teacher")

	changed := h.quiz
	changed.Title, changed.Draw, changed.Late = "Other homework", 3, true
	check(t, h.work.Reassign(ctx, h.teacher.ID, changed))
	got, err = h.work.Assignment(ctx, h.teacher.ID, h.id, n)
	check(t, err)
	same(t, got, changed, "what was changed before anybody began")
	_, err = h.try("token-of-a-first-try")
	check(t, err)
	later := changed
	later.Title, later.Due, later.Draw, later.Tries = "Once more", now.Add(9*day), 1, 0
	check(t, h.work.Reassign(ctx, h.teacher.ID, later))
	got, err = h.work.Assignment(ctx, h.teacher.ID, h.id, n)
	check(t, err)
	want := changed
	want.Title, want.Due, want.Begun = later.Title, later.Due, 1
	same(t, got, want, "what can be changed once somebody has begun")

	check(t, h.work.Unassign(ctx, h.teacher.ID, h.id, n, now))
	wantKind(t, h.work.Unassign(ctx, h.teacher.ID, h.id, n, now), fault.Missing, "taking back twice")
	own, err := h.work.Homework(ctx, h.who)
	check(t, err)
	same(t, len(own), 0, "what the pupil has to do then")
	s, err := h.world.quiz.Sitting(ctx, h.who, 1)
	check(t, err)
	same(t, len(s.Items), 2, "items that stay")
	next, err := h.work.Assign(ctx, h.teacher.ID, h.quiz, "token-of-the-next")
	check(t, err)
	same(t, next, n+1, "the number after one that was taken back")
}

// tries at an assignment: as many as there are, one open, and none of a stranger.
func assignedTries(t *testing.T, d *db.DB) {
	h := newHomework(t, d, nil)
	first, err := h.try("token-of-a-first-try")
	check(t, err)
	again, err := h.try("token-of-a-second-try")
	check(t, err)
	same(t, again, first, "the sitting while one is open")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() { _, _ = h.try("") })
	}
	wg.Wait()
	same(t, h.count(t, "SELECT COUNT(*) FROM sitting"), 1, "sittings after parallel starts")
	check(t, h.work.Hold(ctx, h.who, first, now.Add(time.Hour)))
	check(t, h.work.Hold(ctx, h.who, first, now.Add(2*time.Hour)))
	s, err := h.world.quiz.Sitting(ctx, h.who, first)
	check(t, err)
	same(t, []any{s.Class, s.Assignment, s.Handed, s.Held, s.Ends}, []any{h.id, h.quiz.N, now.Add(time.Hour), h.quiz.Due, h.quiz.Due}, "the sitting that is held back")
	it := s.Items[0]
	it.State, it.Given, it.At, it.Token = quiz.Given, questions.Response{"1"}, now, "token-of-a-gift-here"
	wantMoved(t, h.world.quiz.Give(ctx, h.who, first, it, ""), "giving after handing in")
	second, err := h.try("token-of-a-third-try")
	check(t, err)
	same(t, second, first+1, "the second try")
	check(t, h.work.Hold(ctx, h.who, second, now.Add(time.Hour)))
	_, err = h.try("token-of-a-fourth-try")
	wantKind(t, err, fault.Conflict, "one try too many")
	_, err = h.world.quiz.Begin(ctx, quiz.Sitting{Learner: h.teacher.ID, Mode: quiz.Exam, Started: now, Items: h.items(2), Class: h.id, Assignment: h.quiz.N}, "token-of-a-stranger")
	wantKind(t, err, fault.Missing, "a try of who is no pupil")

	ended := func(at time.Time, want ...int) {
		t.Helper()
		list, err := h.work.Ended(ctx, at, 9)
		check(t, err)
		var got []int
		for _, s := range list {
			got = append(got, s.N)
		}
		same(t, got, want, "sittings to be judged at "+at.String())
	}
	ended(h.quiz.Due.Add(-time.Second))
	ended(h.quiz.Due, first, second)
	moved := h.quiz
	moved.Due = h.quiz.Due.Add(day)
	check(t, h.work.Reassign(ctx, h.teacher.ID, moved))
	ended(h.quiz.Due)
	ended(moved.Due, first, second)
}

// takenAndGiven says how pupils stand, to their teacher and to themselves alike.
func takenAndGiven(t *testing.T, d *db.DB) {
	h := newHomework(t, d, func(a *quiz.Assignment) { a.Reveal, a.Due, a.Tries = quiz.AtOnce, time.Time{}, 0 })
	_, err := h.class.Join(ctx, h.newcomer(77, "Ben"))
	check(t, err)
	n, err := h.world.quiz.Begin(ctx, quiz.Sitting{Learner: h.who, Mode: quiz.Tutor, Started: now.Add(time.Minute), Items: h.items(2), Count: 2, Class: h.id, Assignment: h.quiz.N}, "token-of-a-try-x")
	check(t, err)
	h.save(t, h.answerAt(t, n, 1, now.Add(2*time.Minute), true))
	open := quiz.Try{Assignment: h.quiz.N, Sitting: n, Started: now.Add(time.Minute), Given: 1, Count: 2}
	own, err := h.work.Homework(ctx, h.who)
	check(t, err)
	same(t, own, []quiz.Homework{{Assignment: h.quiz, Extra: 100, Joined: now, Mine: []quiz.Try{open}}}, "what the pupil has to do")
	h.save(t, h.answerAt(t, n, 2, now.Add(3*time.Minute), false))
	done := open
	done.Given, done.Finished, done.Points, done.Of = 2, now.Add(3*time.Minute), 1, 2
	takers, err := h.work.Taken(ctx, h.teacher.ID, h.id, h.quiz.N)
	check(t, err)
	if len(takers) != 2 || takers[0].Name != "Anna" || takers[1].Name != "Ben" {
		t.Fatalf("the pupils are %+v", takers)
	}
	timed := done
	timed.Took = 2 * h.answerAt(t, n, 1, now, true).Event.Took
	same(t, takers[0].Tries, []quiz.Try{timed}, "Anna's tries")
	same(t, len(takers[1].Tries), 0, "Ben's tries")
	of, err := h.work.Taken(ctx, h.teacher.ID, h.id, 0)
	check(t, err)
	same(t, of[0].Tries, []quiz.Try{done}, "the tries at everything")

	studied, err := h.work.Studied(ctx, h.id, now)
	check(t, err)
	if len(studied) != 2 || studied[0].Pupil != h.who || !studied[0].Right || studied[1].Right || studied[0].At != now.Add(2*time.Minute) || studied[0].Fact != h.items(1)[0].Facts[0] {
		t.Errorf("what was studied is %+v", studied)
	}
	for i := range 2 {
		other := h.quiz
		other.Kind, other.Opens = quiz.Reach, now.Add(time.Duration(3*i)*time.Minute)
		_, err = h.work.Assign(ctx, h.teacher.ID, other, fmt.Sprintf("token-of-practice-%d-x", i))
		check(t, err)
	}
	h.begin(t, quiz.Tutor, 1)
	own, latest, err := h.work.Desk(ctx, h.who, 9)
	check(t, err)
	if len(own) != 3 {
		t.Fatalf("%d things to do, want 3", len(own))
	}
	same(t, [][]quiz.Studied{own[0].Done, own[1].Done, own[2].Done}, [][]quiz.Studied{nil, studied, studied}, "what the pupil studied since the first opened")
	same(t, own[0].Mine, []quiz.Try{done}, "tries among the newest sittings")
	want, err := h.world.quiz.Latest(ctx, h.who, 9)
	check(t, err)
	same(t, latest, want, "the newest sittings")
	_, latest, err = h.work.Desk(ctx, h.who, 1)
	check(t, err)
	same(t, latest, want[:1], "the newest sitting")
	check(t, h.class.Leave(ctx, h.id, h.who, now.Add(time.Hour)))
	takers, err = h.work.Taken(ctx, h.teacher.ID, h.id, 0)
	check(t, err)
	same(t, len(takers), 1, "pupils after one has left")
	own, err = h.work.Homework(ctx, h.who)
	check(t, err)
	same(t, len(own), 0, "what is to do after leaving")

	_, err = h.class.Join(ctx, h.joining(Guest(int64(h.who)), "Anna", now.Add(2*time.Hour)))
	check(t, err)
	takers, err = h.work.Taken(ctx, h.teacher.ID, h.id, 0)
	check(t, err)
	same(t, len(takers[0].Tries), 0, "tries before Anna came again, to her teacher")
	studied, err = h.work.Studied(ctx, h.id, now)
	check(t, err)
	same(t, len(studied), 0, "answers before Anna came again")
	own, err = h.work.Homework(ctx, h.who)
	check(t, err)
	same(t, []any{len(own[0].Mine), own[1].Joined}, []any{1, now.Add(2 * time.Hour)}, "her own tries, and when she came again")
}

// datesGiven stand among the exams of each pupil, move and go with what was given.
func datesGiven(t *testing.T, d *db.DB) {
	h := newHomework(t, d, func(a *quiz.Assignment) { a.Kind, a.Title = quiz.OnDate, "Finals" })
	_, err := h.class.Join(ctx, h.newcomer(77, "Ben"))
	check(t, err)
	exams := func(who questions.LearnerID) []study.Exam {
		t.Helper()
		list, _, err := db.Study{DB: d}.Exams(ctx, who)
		check(t, err)
		return list
	}
	want := []study.Exam{{Learner: h.who, N: 1, Title: "Finals", At: h.quiz.Due, Topics: h.quiz.Topics}}
	same(t, exams(h.who), want, "Anna's exams")
	same(t, len(exams(77)), 1, "exams of who came later")
	moved := h.quiz
	moved.Title, moved.Due = "Moved", h.quiz.Due.Add(day)
	check(t, h.work.Reassign(ctx, h.teacher.ID, moved))
	want[0].Title, want[0].At = moved.Title, moved.Due
	same(t, exams(h.who), want, "Anna's exams after the date has moved")
	check(t, h.work.Unassign(ctx, h.teacher.ID, h.id, h.quiz.N, now))
	same(t, len(exams(h.who))+len(exams(77)), 0, "exams after it was taken back")
}
