package main

import (
	"context"
	"slices"
	"time"

	"thaw/app"
	"thaw/app/quiz"
	"thaw/db/bare"
)

// ceiling is the bare driver on a file of its own, and what the app decides it
// is to write: exactly what the program would store.
type ceiling struct {
	crowd
	app  *app.App // on a file in which nothing changes
	file *bare.File
	next int // answer
}

// notes keeps what is to be stored instead of storing it.
type notes struct {
	quiz.Store
	answered []quiz.Answered
}

// Save implements quiz.Store.
func (n *notes) Save(_ context.Context, a quiz.Answered) (int64, error) {
	n.answered = append(n.answered, a)
	return 0, nil
}

// run stores n answers and returns how many it stored a second. Only the driver
// is timed.
func (c *ceiling) run(ctx context.Context, n int) (float64, error) {
	n = min(n, c.answers()-c.next)
	ready := make([]bare.Answer, n)
	err := parallel(n, func(i int) (err error) {
		ready[i], err = c.decide(ctx, c.at(c.next+i))
		return err
	})
	if err != nil {
		return 0, err
	}
	c.next += n
	began := time.Now()
	for group := range slices.Chunk(ready, bare.Group) {
		if err := c.file.Commit(group); err != nil {
			return 0, err
		}
	}
	return float64(n) / time.Since(began).Seconds(), nil
}

func (c *ceiling) decide(ctx context.Context, a answer) (bare.Answer, error) {
	host, kept := c.app.Host, &notes{Store: c.app.Host.Store}
	host.Store = kept
	err := host.Answer(ctx, a.person, quiz.Submission{Sitting: 1, Pos: a.pos, Response: a.response(), Token: a.token(), Took: 4 * time.Second})
	if err != nil {
		return nil, err
	}
	return bare.Ready(kept.answered[0]), nil
}
