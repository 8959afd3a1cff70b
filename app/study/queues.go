package study

import (
	"sync"

	"thaw/app/fsrs"
	"thaw/app/fsrs/plan"
)

// usually is how long answers take, one with another. Whoever takes longer for all of
// them has the same queue.
var usually = plan.Seconds{First: 16, Pass: 7, Lapse: 12}

// Queues holds the queue of each set of weights, since to make one takes a moment. The
// zero value is ready to use, and may be used from many goroutines.
type Queues struct {
	mu   sync.Mutex
	made map[fsrs.Weights]*plan.Queue
}

// mostQueues is how many are held, of some hundred kilobytes each.
const mostQueues = 200

// Of returns the queue of a learner with the weights, the usual ones where there are none.
// Nil makes one and holds nothing.
func (q *Queues) Of(w fsrs.Weights) *plan.Queue {
	usual := fsrs.Config(Model(w))
	if q == nil {
		return plan.NewQueue(usual.Model, usually, usual.Retention)
	}
	q.mu.Lock()
	made, ok := q.made[w]
	q.mu.Unlock()
	if ok {
		return made
	}
	made = plan.NewQueue(usual.Model, usually, usual.Retention) // while nobody waits for the others
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.made == nil || len(q.made) >= mostQueues {
		q.made = map[fsrs.Weights]*plan.Queue{}
	}
	q.made[w] = made
	return made
}
