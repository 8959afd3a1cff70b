package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"
)

// rates of the constant loads, in answers a second.
var rates = [...]int{500, 1500}

// signals end the server under load.
var signals = [...]os.Signal{syscall.SIGTERM, syscall.SIGKILL}

// speeds measures how fast everything is, each round one after the other, so
// that what else the machine does meets them all.
func (b *bench) speeds(ctx context.Context, f *found) (err error) {
	for _, s := range []*site{b.ours, b.apart} {
		if err := s.open(ctx); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, s.end(syscall.SIGTERM)) }()
		if _, err := s.saturate(ctx, b.span()/4, b.most()/4); err != nil { // until it is warm
			return err
		}
	}
	for i := range b.Rounds {
		b.log.Info("measuring", "round", i+1, "of", b.Rounds)
		if err := b.round(ctx, f); err != nil {
			return fmt.Errorf("round %d: %w", i+1, err)
		}
	}
	return nil
}

func (b *bench) round(ctx context.Context, f *found) error {
	ours, err := b.ours.saturate(ctx, b.span(), b.most())
	if err != nil {
		return err
	}
	ceiling, err := b.ceiling.run(ctx, b.most()/3)
	if err != nil {
		return err
	}
	apart, err := b.apart.saturate(ctx, b.span(), b.most())
	if err != nil {
		return err
	}
	f.compare(ours, ceiling, apart)
	for i, rate := range rates {
		l, err := b.ours.steady(ctx, rate, b.span())
		if err != nil {
			return err
		}
		f.keepUp(i, l)
	}
	return ctx.Err()
}

// endings ends the server under load and counts what it has kept.
func (b *bench) endings(ctx context.Context, f *found) error {
	b.ours.flags = nil // the profile is of the rounds
	before, err := b.ours.stored(ctx)
	if err != nil {
		return err
	}
	for range b.Rounds {
		for i, signal := range signals {
			b.log.Info("ending the server under load", "signal", signal)
			met, err := b.ending(ctx, signal)
			if err != nil {
				return err
			}
			after, err := b.ours.stored(ctx)
			if err != nil {
				return err
			}
			f.ended(i, len(met.took), int(after-before))
			before = after
		}
	}
	return nil
}

// ending sends the signal in the midst of answers.
func (b *bench) ending(ctx context.Context, signal os.Signal) (load, error) {
	if err := b.ours.open(ctx); err != nil {
		return load{}, err
	}
	var met load
	begun, over := b.ours.next.Load(), make(chan error, 1)
	go func() {
		var err error
		met, err = b.ours.saturate(ctx, time.Minute, b.most())
		over <- err
	}()
	time.Sleep(b.span() / 3)
	for len(over) == 0 && b.ours.next.Load() < begun+int64(2*b.Clients) {
		time.Sleep(time.Millisecond) // until every browser has had its first reply
	}
	err := errors.Join(b.ours.end(signal), <-over)
	return met, err
}
