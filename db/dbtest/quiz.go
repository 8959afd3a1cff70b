package dbtest

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"thaw/app/fault"
	"thaw/app/fsrs/plan"
	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/app/study"
	"thaw/db"
	"thaw/questions"
)

func begins(t *testing.T, d *db.DB) {
	w := newWorld(t, d)
	s := quiz.Sitting{Learner: w.who, Mode: quiz.Retry, Topic: w.bank.Topics[0].ID, Of: 3, Started: now, Count: 3, Items: w.items(3)}
	s.Items[1].Order = []int{1, 0}
	s.Foretold.Forecast = plan.Forecast{N: 2, Mean: 1.25, Low: 1, High: 2, Sure: .875}
	s.Items[0].Chance, s.Items[2].Chance = .5, .75
	n, err := w.quiz.Begin(ctx, s, "token-of-a-start")
	check(t, err)
	same(t, n, 1, "the number of the first sitting")
	again, err := w.quiz.Begin(ctx, s, "token-of-a-start")
	check(t, err)
	same(t, again, 1, "the number for the same token")
	s.N = 1
	got, err := w.quiz.Sitting(ctx, w.who, 1)
	check(t, err)
	same(t, got, s, "the sitting")
	same(t, w.begin(t, quiz.Tutor, 2), 2, "the number of the second sitting")
	latest, err := w.quiz.Latest(ctx, w.who, 5)
	check(t, err)
	if len(latest) != 2 || latest[0].N != 2 || latest[0].Items != nil || latest[1].Count != 3 || latest[1].Foretold != s.Foretold {
		t.Errorf("latest: got %+v, want 2 then 1 without items", latest)
	}
	latest, err = w.quiz.Latest(ctx, w.who, 1)
	check(t, err)
	same(t, len(latest), 1, "the number of sittings, limited")

	var wg sync.WaitGroup
	numbers := make([]int, 50)
	for i := range numbers {
		wg.Go(func() {
			n, err := w.quiz.Begin(ctx, s, "token-of-50-starts")
			if err != nil {
				t.Error(err)
			}
			numbers[i] = n
		})
	}
	wg.Wait()
	for _, n := range numbers {
		if n != 3 {
			t.Fatalf("50 starts with one token: got numbers %v, want all 3", numbers)
		}
	}
}

// foretells holds what was expected of a sitting against what happened: first answers
// with full credit to the items that it was about.
func foretells(t *testing.T, d *db.DB) {
	w := newWorld(t, d)
	s := quiz.Sitting{Learner: w.who, Mode: quiz.Review, Started: now, Count: 3, Items: w.items(3)}
	s.Foretold.Forecast = plan.Forecast{N: 2, Mean: 1.25, Low: 1, High: 2, Sure: .875}
	s.Items[0].Chance, s.Items[1].Chance = .5, .75
	n, err := w.quiz.Begin(ctx, s, "")
	check(t, err)
	right := func(want int, when string) {
		t.Helper()
		got, err := w.quiz.Sitting(ctx, w.who, n)
		check(t, err)
		same(t, got.Foretold, quiz.Foretold{Forecast: s.Foretold.Forecast, Right: want}, "the forecast of the sitting, "+when)
		latest, err := w.quiz.Latest(ctx, w.who, 1)
		check(t, err)
		same(t, latest[0].Foretold, got.Foretold, "the forecast in the list, "+when)
	}
	right(0, "before any answer")
	missed := w.answer(t, n, 1, "token-of-a-foretold-1", 0)
	again := missed.Item
	again.State, again.Again, again.Token, again.Credit, again.Verdict, again.Chance = quiz.Open, true, "", 0, "", 0
	missed.Adds = []quiz.Item{again}
	w.save(t, missed)
	w.save(t, w.answer(t, n, 2, "token-of-a-foretold-2", 1))
	right(1, "after a wrong answer and a right one")
	w.save(t, w.answer(t, n, 3, "token-of-a-foretold-3", 1))
	right(1, "after a right one of which nothing was foretold")
	w.save(t, w.answerAt(t, n, 4, now.Add(time.Hour), true))
	right(1, "after the missed one, asked again")
	got, err := w.quiz.Sitting(ctx, w.who, n)
	check(t, err)
	same(t, []float64{got.Items[0].Chance, got.Items[1].Chance, got.Items[2].Chance, got.Items[3].Chance}, []float64{.5, .75, 0, 0}, "the chances of the items")
	check(t, w.quiz.Undo(ctx, w.undone(t, n)))
	right(1, "after an undo")
}

func saves(t *testing.T, d *db.DB) {
	w := newWorld(t, d)
	n := w.begin(t, quiz.Tutor, 2)
	turn, err := w.quiz.Turn(ctx, w.who, n, 1)
	check(t, err)
	same(t, turn.Item, w.items(1)[0], "an open item")
	same(t, len(turn.Cards), 0, "cards of a fact never seen")

	a := w.answer(t, n, 1, "first-answer-token", 1)
	same(t, w.save(t, a), 1, "the number of the first event")
	turn, err = w.quiz.Turn(ctx, w.who, n, 1)
	check(t, err)
	a.Event.Seq, a.Item.Seq, a.Cards[0].Seq = 1, 1, 1
	same(t, turn.Past, study.Past{Event: a.Event, Marks: a.Marks}, "what was answered")
	same(t, turn.Item, a.Item, "the closed item")
	same(t, turn.Cards, a.Cards, "the card")
	if turn.Sitting.Closed != 1 || turn.Sitting.Done() {
		t.Errorf("after one of two: closed %d, done %v", turn.Sitting.Closed, turn.Sitting.Done())
	}

	same(t, w.save(t, w.answer(t, n, 2, "second-answer-token", 0)), 2, "the number of the second event")
	s, err := w.quiz.Sitting(ctx, w.who, n)
	check(t, err)
	if !s.Done() || s.Closed != 2 || s.Items[1].Verdict != questions.Wrong {
		t.Errorf("after two of two: %+v", s)
	}
	same(t, w.days(t), []study.Tally{{Day: 20516, Answers: 2, Met: 2, Right: 1, Took: 2468 * time.Millisecond}}, "the day's roll-up")
	w.cardsFold(t)

	sitting, pos, ok, err := w.quiz.Replied(ctx, w.who, "second-answer-token")
	check(t, err)
	same(t, []any{sitting, pos, ok}, []any{n, 2, true}, "where the second answer stands")
	_, _, ok, err = w.quiz.Replied(ctx, w.who, "unknown")
	check(t, err)
	same(t, ok, false, "whether an unknown token was answered")
}

func landings(t *testing.T, d *db.DB) {
	w := newWorld(t, d)
	guest := Guest(777)
	opens := quiz.Sitting{Learner: guest.ID, Mode: quiz.Tutor, Started: now, Count: 3, Items: w.items(3)}
	a := answered(guest.ID, quiz.Turn{Sitting: opens, Item: opens.Items[0]}, "nonce-of-a-landing", 1)
	a.Newcomer = &people.Newcomer{Person: guest, Session: session("guest", guest.ID)}
	a.Opens = &opens
	w.save(t, a)
	who, _, err := db.People{DB: d}.Session(ctx, []byte("guest"), now)
	check(t, err)
	same(t, who, guest, "the guest")
	n, pos, ok, err := w.quiz.Replied(ctx, guest.ID, "nonce-of-a-landing")
	check(t, err)
	same(t, []any{n, pos, ok}, []any{1, 1, true}, "where the landing's answer stands")
	s, err := w.quiz.Sitting(ctx, guest.ID, 1)
	check(t, err)
	if s.Closed != 1 || len(s.Items) != 3 || s.Items[0].State != quiz.Closed || s.Items[1].State != quiz.Open {
		t.Errorf("the sitting around the landing's question: %+v", s)
	}
	if _, err := w.quiz.Save(ctx, a); err == nil {
		t.Error("the same landing made a second guest")
	}

	refused := a
	refused.Newcomer = &people.Newcomer{Person: Guest(778), Session: session("refused", 778)}
	refused.Event.Learner, refused.Opens = 778, nil // no sitting: nothing may stay
	if _, err := w.quiz.Save(ctx, refused); err == nil {
		t.Error("an answer without a sitting was stored")
	}
	_, err = db.People{DB: d}.AccountOf(ctx, 778)
	wantKind(t, err, fault.Missing, "the newcomer of a refused answer")
}

func saveRefuses(t *testing.T, d *db.DB) {
	w := newWorld(t, d)
	n := w.begin(t, quiz.Tutor, 4)
	a := w.answer(t, n, 1, "token-aaaaaaaaaaaaa", 1)
	stale := w.answer(t, n, 4, "token-bbbbbbbbbbbbb", 1) // the same fact as item 1
	w.save(t, a)

	_, err := w.quiz.Save(ctx, a)
	wantMoved(t, err, "the same answer twice")
	b := a
	b.Event.Token = "token-ccccccccccccc"
	_, err = w.quiz.Save(ctx, b)
	wantMoved(t, err, "another answer to a closed item")
	_, err = w.quiz.Save(ctx, stale)
	wantMoved(t, err, "an answer on a card that has moved")
	c := w.answer(t, n, 2, a.Event.Token, 1)
	_, err = w.quiz.Save(ctx, c)
	wantMoved(t, err, "an answer with a used token")
	e := w.answer(t, n, 2, "token-ddddddddddddd", 1)
	e.From = quiz.Tried
	_, err = w.quiz.Save(ctx, e)
	wantMoved(t, err, "an answer to an item in another state")
	e = w.answer(t, n, 2, "token-eeeeeeeeeeeee", 1)
	e.Cards[0].Seq = 99
	_, err = w.quiz.Save(ctx, e)
	wantMoved(t, err, "a new card that claims an event")

	s, err := w.quiz.Sitting(ctx, w.who, n)
	check(t, err)
	same(t, s.Closed, 1, "closed items after five refusals")
	same(t, w.days(t)[0].Answers, 1, "answers in the roll-up")
	past, err := db.Study{DB: d}.Pasts(ctx, w.who)
	check(t, err)
	same(t, len(past), 1, "events")
	w.cardsFold(t)
	w.save(t, w.answer(t, n, 4, "token-bbbbbbbbbbbbb", 1))
	w.cardsFold(t)
}

func tries(t *testing.T, d *db.DB) {
	w := newWorld(t, d)
	n := w.begin(t, quiz.Tutor, 2)
	turn, err := w.quiz.Turn(ctx, w.who, n, 1)
	check(t, err)
	tried := turn.Item
	tried.State, tried.Tried, tried.Token = quiz.Tried, questions.Response{"Kruschev"}, "token-of-a-try"
	check(t, w.quiz.Try(ctx, w.who, n, tried))
	turn, err = w.quiz.Turn(ctx, w.who, n, 1)
	check(t, err)
	same(t, turn.Item, tried, "the tried item")
	wantMoved(t, w.quiz.Try(ctx, w.who, n, tried), "a second try")
	w.save(t, answered(w.who, turn, "token-after-a-try", 1))
	wantMoved(t, w.quiz.Try(ctx, w.who, n, tried), "a try of a closed item")
	wantMoved(t, w.quiz.Try(ctx, w.who+1, n, tried), "a try of somebody else's item")
	turn, err = w.quiz.Turn(ctx, w.who, n, 1)
	check(t, err)
	same(t, turn.Past.Tried, tried.Tried, "the first try in the event")
}

func asksAgain(t *testing.T, d *db.DB) {
	w := newWorld(t, d)
	n := w.begin(t, quiz.Review, 1)
	a := w.answer(t, n, 1, "token-of-a-miss", 0)
	again := a.Item
	again.State, again.Again, again.Token, again.Credit, again.Verdict = quiz.Open, true, "", 0, ""
	a.Adds = []quiz.Item{again}
	w.save(t, a)
	s, err := w.quiz.Sitting(ctx, w.who, n)
	check(t, err)
	again.Pos = 2
	if s.Done() || s.Count != 2 || len(s.Items) != 2 {
		t.Fatalf("after a miss: %+v, want a second item and an open sitting", s)
	}
	same(t, s.Items[1], again, "the item asked again")
	b := w.answer(t, n, 2, "token-of-the-second", 1)
	b.Event.At = now.Add(time.Minute)
	b.Finished = time.Time{} // decided before the first was closed
	w.save(t, b)
	s, err = w.quiz.Sitting(ctx, w.who, n)
	check(t, err)
	same(t, s.Finished, now.Add(time.Minute), "when the last item was closed")
}

func parallelSaves(t *testing.T, d *db.DB) {
	w := newWorld(t, d)
	n := w.begin(t, quiz.Tutor, 3)
	a := w.answer(t, n, 1, "", 1)
	stored := inParallel(t, 50, func(i int) error {
		b := a
		b.Event.Token = fmt.Sprintf("token-number-%08d", i)
		_, err := w.quiz.Save(ctx, b)
		return err
	})
	same(t, stored, 1, "answers stored of 50 to one item")
	past, err := db.Study{DB: d}.Pasts(ctx, w.who)
	check(t, err)
	same(t, len(past), 1, "events")
	s, err := w.quiz.Sitting(ctx, w.who, n)
	check(t, err)
	same(t, s.Closed, 1, "closed items")
	same(t, w.days(t)[0].Answers, 1, "answers in the roll-up")
}

// parallelLearner answers different items of one learner at the same time: each
// is stored once, under a number of its own.
func parallelLearner(t *testing.T, d *db.DB) {
	w := newWorld(t, d)
	n := w.begin(t, quiz.Tutor, 3)
	var as []quiz.Answered
	for pos := 1; pos <= 3; pos++ {
		as = append(as, w.answer(t, n, pos, fmt.Sprintf("token-number-%08d", pos), 1))
	}
	same(t, inParallel(t, 3, func(i int) error { _, err := w.quiz.Save(ctx, as[i]); return err }), 3, "answers stored")
	past, err := db.Study{DB: d}.Pasts(ctx, w.who)
	check(t, err)
	for i, p := range past {
		same(t, p.Seq, int64(i+1), "the number of an event")
	}
	s, err := w.quiz.Sitting(ctx, w.who, n)
	check(t, err)
	same(t, s.Done(), true, "whether the sitting is done")
	w.cardsFold(t)
}

// inParallel runs n times and counts the successes; only ErrMoved may fail one.
func inParallel(t *testing.T, n int, run func(i int) error) int {
	t.Helper()
	var wg sync.WaitGroup
	var mu sync.Mutex
	ok := 0
	for i := range n {
		wg.Go(func() {
			err := run(i)
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				ok++
			} else if !errors.Is(err, quiz.ErrMoved) {
				t.Errorf("in parallel: got %v, want ErrMoved", err)
			}
		})
	}
	wg.Wait()
	return ok
}

func strangers(t *testing.T, d *db.DB) {
	w := newWorld(t, d)
	n := w.begin(t, quiz.Review, 2)
	a := w.answer(t, n, 1, "token-of-the-owner", 1)
	w.save(t, a)
	other := w.who + 1
	w.learner(t, other)
	_, err := w.quiz.Turn(ctx, other, n, 1)
	wantKind(t, err, fault.Missing, "another's item")
	_, err = w.quiz.Sitting(ctx, other, n)
	wantKind(t, err, fault.Missing, "another's sitting")
	_, err = w.quiz.Turn(ctx, w.who, n, 3)
	wantKind(t, err, fault.Missing, "an item that is not there")
	_, _, _, err = w.quiz.LastAnswer(ctx, other, n)
	wantKind(t, err, fault.Missing, "another's last answer")
	_, _, ok, err := w.quiz.Replied(ctx, other, "token-of-the-owner")
	if err != nil || ok {
		t.Errorf("another's token: %v, %v; want none", ok, err)
	}
	b := w.answer(t, n, 2, "token-of-a-stranger", 1)
	b.Event.Learner = other
	if _, err := w.quiz.Save(ctx, b); err == nil {
		t.Error("an answer into another's sitting was stored")
	}
	cards, err := db.Study(w.quiz).Cards(ctx, other)
	check(t, err)
	latest, err := w.quiz.Latest(ctx, other, 9)
	check(t, err)
	same(t, len(cards)+len(latest), 0, "cards and sittings of a stranger")
	b.Event.Learner, b.Event.Token = w.who, "token-of-the-owner-2"
	w.save(t, b)
	c := w.answer(t, w.begin(t, quiz.Review, 1), 1, "token-of-the-owner", 1) // a token is one learner's
	c.Event.Learner = other
	_, err = w.quiz.Save(ctx, c)
	wantMoved(t, err, "an answer to an item that is not there")
}

// What was answered while reading is loaded with its event, since a time, and is not among
// the latest sittings.
func readings(t *testing.T, d *db.DB) {
	w := newWorld(t, d)
	w.begin(t, quiz.Tutor, 2)
	n := w.begin(t, quiz.Reading, 1)
	w.begin(t, quiz.Reading, 1) // stays open
	none, err := w.quiz.Readings(ctx, w.who, now)
	check(t, err)
	same(t, len(none), 0, "readings before an answer")
	a := w.answer(t, n, 1, token("read"), 1)
	w.save(t, a)
	got, err := w.quiz.Readings(ctx, w.who, now)
	check(t, err)
	if len(got) != 1 || got[0].Sitting.N != n || got[0].Item.State != quiz.Closed || len(got[0].Past.Marks) != 1 || got[0].Past.Token != a.Event.Token {
		t.Errorf("the readings are %+v, want the one that was answered, with its event", got)
	}
	later, err := w.quiz.Readings(ctx, w.who, now.Add(time.Second))
	check(t, err)
	same(t, len(later), 0, "readings since a later time")
	anothers, err := w.quiz.Readings(ctx, w.who+1, now)
	check(t, err)
	same(t, len(anothers), 0, "another's readings")
	latest, err := w.quiz.Latest(ctx, w.who, 5)
	check(t, err)
	same(t, len(latest), 1, "latest sittings")
}
