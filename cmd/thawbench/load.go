package main

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// load is what browsers have met.
type load struct {
	took   []time.Duration // of each answer that was acknowledged
	failed int             // refused, or without any reply
	lasted time.Duration
	why    error // the first failure without a reply
}

// rate is how many answers a second were acknowledged.
func (l load) rate() float64 { return float64(len(l.took)) / l.lasted.Seconds() }

// quantile is the time within which a share of the answers were acknowledged,
// in milliseconds.
func (l load) quantile(share float64) float64 {
	if len(l.took) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(l.took))
	return sorted[min(int(share*float64(len(sorted))), len(sorted)-1)].Seconds() * 1e3
}

// saturate lets every browser answer as soon as it may, for a time, and at most
// so many answers.
func (s *site) saturate(ctx context.Context, span time.Duration, most int) (load, error) {
	var given atomic.Int64
	end := time.Now().Add(span)
	return s.all(ctx, func(b *browser, l *load) {
		for time.Now().Before(end) && given.Add(1) <= int64(most) {
			if !s.give(b, l, time.Now()) {
				return
			}
		}
	})
}

// steady gives answers at a constant rate, whatever the server makes of it. The
// clock of each runs from when it was to be given, so that one that waits for a
// free connection is not counted as fast.
func (s *site) steady(ctx context.Context, rate int, span time.Duration) (load, error) {
	n := int(float64(rate) * span.Seconds())
	due := make(chan time.Time, n)
	var begin sync.Once
	return s.all(ctx, func(b *browser, l *load) {
		begin.Do(func() { go pace(due, n, time.Second/time.Duration(rate)) })
		for at := range due {
			if !s.give(b, l, at) {
				return
			}
		}
	})
}

// pace says n times, every step, that it is time.
func pace(due chan<- time.Time, n int, step time.Duration) {
	defer close(due)
	at := time.Now()
	for range n {
		at = at.Add(step)
		for early := time.Until(at); early > 0; early = time.Until(at) {
			sleep(early)
		}
		due <- at
	}
}

// give sends the next answer that waits. It tells whether to go on: not after
// the connection is gone, or when no answers are left.
func (s *site) give(b *browser, l *load, at time.Time) bool {
	i := int(s.next.Add(1)) - 1
	if i >= s.answers() {
		return false
	}
	status, err := b.send(s.at(i))
	switch {
	case err != nil:
		l.failed++
		l.why = err
	case status != http.StatusSeeOther:
		l.failed++
	default:
		l.took = append(l.took, time.Since(at))
	}
	return err == nil
}

// all lets as many browsers as there are to be run, each on a connection of its
// own, and adds up what they have met.
func (s *site) all(ctx context.Context, run func(*browser, *load)) (load, error) {
	browsers, err := dial(ctx, s.address, s.clients)
	if err != nil {
		return load{}, err
	}
	defer hangUp(browsers)
	each := make([]load, len(browsers))
	began := time.Now()
	var group sync.WaitGroup
	for i, b := range browsers {
		group.Go(func() { run(b, &each[i]) })
	}
	group.Wait()
	sum := load{lasted: time.Since(began)}
	for _, l := range each {
		sum.took = append(sum.took, l.took...)
		sum.failed += l.failed
		if sum.why == nil {
			sum.why = l.why
		}
	}
	return sum, nil
}
