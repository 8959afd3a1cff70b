package db_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"thaw/app/bank"
	"thaw/app/fsrs"
	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/app/study"
	"thaw/db"
	"thaw/db/bare"
	"thaw/db/dbtest"
	"thaw/questions"
)

// clients is how many learners answer at the same time.
const clients = 64

// crowd is a database with learners who each have a sitting of ten open items
// over some hundred facts.
type crowd struct {
	*db.DB
	contents bank.Contents
	learners []questions.LearnerID
}

const perSitting = 10

func newCrowd(b *testing.B, answers int) *crowd {
	b.Helper()
	return newCrowdOf(b, answers, 300)
}

func newCrowdOf(b *testing.B, answers, facts int) *crowd {
	b.Helper()
	c := &crowd{DB: open(b, db.Config{Dir: b.TempDir()})}
	c.contents = newCrowdIn(b, c.DB, facts)
	c.begin(b, answers)
	return c
}

// newCrowdIn makes the bank that a crowd answers from.
func newCrowdIn(b *testing.B, d *db.DB, facts int) bank.Contents {
	b.Helper()
	data := dbtest.Sample()
	one, fact := data.Questions[0], data.Facts[0]
	data.Questions, data.Facts = nil, nil
	for i := range facts {
		fact.Slug, one.Slug = fmt.Sprintf("f%d", i), fmt.Sprintf("q%d", i)
		fact.Twin, one.Refs = "", []bank.AnswerRef{{Fact: fact.Slug}, {Fact: fact.Slug}, {Fact: fact.Slug}}
		data.Facts, data.Questions = append(data.Facts, fact), append(data.Questions, one)
	}
	store := db.Bank{DB: d}
	must(b, store.Install(b.Context(), data))
	banks, err := store.Open(b.Context(), 0)
	must(b, err)
	contents, err := store.Contents(b.Context(), banks[0].ID)
	must(b, err)
	return contents
}

// begin lets as many learners begin a sitting as give so many answers.
func (c *crowd) begin(b *testing.B, answers int) {
	b.Helper()
	for i := range (answers + perSitting - 1) / perSitting {
		c.learners = append(c.learners, questions.LearnerID(uint64(i+1)*0x9e3779b97f4a7c15>>1))
	}
	parallel(len(c.learners), func(i int) {
		must(b, db.People{DB: c.DB}.AccountAdd(b.Context(), people.Account{Person: dbtest.Guest(int64(c.learners[i]))}, "", nil))
		s := quiz.Sitting{Learner: c.learners[i], Mode: quiz.Tutor, Started: time.Now(), Count: perSitting, Items: c.items(i)}
		_, err := db.Quiz{DB: c.DB}.Begin(b.Context(), s, "")
		must(b, err)
	})
}

func must(b *testing.B, err error) {
	if err != nil {
		b.Error(err)
	}
}

func parallel(n int, run func(i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range clients {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				run(i)
			}
		})
	}
	wg.Wait()
}

func (c *crowd) items(learner int) []quiz.Item {
	var items []quiz.Item
	for pos := 1; pos <= perSitting; pos++ {
		q := c.contents.Questions[(learner*7+pos*31)%len(c.contents.Questions)]
		items = append(items, quiz.Item{Pos: pos, Ref: questions.Ref{Question: q.ID, Version: 1}, Bank: c.contents.Bank.ID,
			Lexicon: 1, Order: []int{2, 0, 1}, State: quiz.Open, Facts: q.Facts})
	}
	return items
}

// answer is the i-th answer of the crowd: every learner's first, then every
// learner's second.
func (c *crowd) answer(i int) quiz.Answered {
	learner, pos := i%len(c.learners), i/len(c.learners)+1
	who, item := c.learners[learner], c.items(learner)[pos-1]
	e := study.Event{Learner: who, At: time.Now(), Day: 20516, Zone: "Europe/Berlin", What: study.Answer, Ref: item.Ref, Lexicon: 1,
		Order: item.Order, Response: questions.Response{"1"}, Took: 5 * time.Second, Token: fmt.Sprintf("%024d", i), Sitting: 1, Pos: pos}
	mark := study.Mark{Mark: questions.Mark{Part: 1, Fact: item.Facts[0], Credit: 1, Verdict: questions.Right, Canonical: "25 February 1956"}}
	card := study.Card{Learner: who, Fact: item.Facts[0], Card: fsrs.Card{Memory: fsrs.Memory{Stability: 2.3065, Difficulty: 2.118},
		Phase: fsrs.Reviewing, Reps: 1, Last: e.At, Due: e.At.Add(48 * time.Hour)}}
	item.State, item.Token, item.Credit, item.Verdict = quiz.Closed, e.Token, 1, questions.Right
	return quiz.Answered{Event: e, Marks: []study.Mark{mark}, Cards: []study.Card{card}, Item: item, From: quiz.Open,
		Tally: study.Tally{Day: e.Day, Answers: 1, Right: 1, Took: e.Took}}
}

// BenchmarkSave stores answers of many learners through the store, and the same
// rows through the bare driver, 32 to a commit, on a file made the same way; it
// prints both and their ratio. Rounds are interleaved and the median counts.
func BenchmarkSave(b *testing.B) {
	const rounds = 5
	size := max(b.N, 200)
	ours, others := newCrowd(b, rounds*size), newCrowd(b, rounds*size)
	must(b, others.Close())
	ceiling, err := bare.Open(b.Context(), others.Path())
	must(b, err)
	defer func() { must(b, ceiling.Close()) }()
	var rates, ceilings, ratios []float64
	b.ResetTimer()
	for r := range rounds {
		began := time.Now()
		parallel(size, func(i int) {
			_, err := db.Quiz{DB: ours.DB}.Save(context.Background(), ours.answer(r*size+i))
			must(b, err)
		})
		mine := float64(size) / time.Since(began).Seconds()
		ready := make([]bare.Answer, size)
		for i := range ready {
			ready[i] = bare.Ready(others.answer(r*size + i))
		}
		began = time.Now()
		for group := range slices.Chunk(ready, bare.Group) {
			must(b, ceiling.Commit(group))
		}
		most := float64(size) / time.Since(began).Seconds()
		rates, ceilings, ratios = append(rates, mine), append(ceilings, most), append(ratios, mine/most)
	}
	b.ReportMetric(median(rates), "answers/s")
	b.ReportMetric(median(ceilings), "ceiling/s")
	b.ReportMetric(median(ratios), "ratio")
}

func median(all []float64) float64 {
	slices.Sort(all)
	return all[len(all)/2]
}

// BenchmarkRead asks what every page asks.
func BenchmarkRead(b *testing.B) {
	c := newCrowd(b, 2000)
	store, keeper := db.Quiz{DB: c.DB}, db.People{DB: c.DB}
	who := c.learners[0]
	for i := range 2000 {
		a := c.answer(i)
		if i%len(c.learners) == 0 {
			a.Event.Token += "x"
		}
		_, err := store.Save(b.Context(), a)
		must(b, err)
	}
	now := time.Now()
	must(b, keeper.Enter(b.Context(), people.Way{Session: people.Session{Hash: []byte("hash"), Learner: who, Created: now, Seen: now, Ends: now.Add(time.Hour)}}))
	for _, r := range []struct {
		name string
		run  func(ctx context.Context) error
	}{
		{"session", func(ctx context.Context) error { _, _, err := keeper.Session(ctx, []byte("hash"), now); return err }},
		{"turn", func(ctx context.Context) error { _, err := store.Turn(ctx, who, 1, 3); return err }},
		{"cards", func(ctx context.Context) error { _, err := db.Study(store).Cards(ctx, who); return err }},
		{"sitting", func(ctx context.Context) error { _, err := store.Sitting(ctx, who, 1); return err }},
	} {
		b.Run(r.name, func(b *testing.B) {
			ctx, cancel := context.WithCancel(b.Context()) // as a request's
			defer cancel()
			for b.Loop() {
				must(b, r.run(ctx))
			}
		})
	}
}
