// Package jobs runs what Thaw does by itself, again and again.
package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"
)

// Job is something that is done again and again. It may run in two programs on
// one database at the same time, and is told to stop by its context.
type Job struct {
	Name  string        // for the log
	Every time.Duration // from the end of one run to the next
	Run   func(context.Context) error
}

// Runner runs jobs, one at a time.
type Runner struct {
	Jobs   []Job
	Now    func() time.Time
	Log    *slog.Logger
	Record *Record // nil: nobody looks
}

// Run runs the jobs until the context ends, and returns when the one under way
// has. One that fails, or panics, is logged and runs again in its turn.
func (r Runner) Run(ctx context.Context) {
	p := begin(r.Jobs, r.Now())
	for {
		job, at := p.next()
		if !until(ctx, at.Sub(r.Now())) {
			return
		}
		r.once(ctx, r.Jobs[job])
		p.ran(job, r.Now())
	}
}

// until waits; false when the context ends before.
func until(ctx context.Context, wait time.Duration) bool {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return ctx.Err() == nil
	case <-ctx.Done():
		return false
	}
}

func (r Runner) once(ctx context.Context, j Job) {
	began := r.Now()
	err := guarded(ctx, j.Run)
	r.Record.note(j.Name, r.Now(), r.Now().Sub(began), err)
	if err == nil || (ctx.Err() != nil && errors.Is(err, ctx.Err())) {
		return
	}
	r.Log.Error("a job failed", "job", j.Name, "error", err)
}

// guarded runs a job and turns its panic into its error.
func guarded(ctx context.Context, run func(context.Context) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return run(ctx)
}
