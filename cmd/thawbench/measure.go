package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"thaw/db"
	"thaw/db/bare"
)

// measure is the benchmark.
type measure struct {
	Rounds  int     `help:"How often everything is measured; medians count." default:"5"`
	Seconds float64 `help:"How long each load of a round lasts." default:"3"`
	Clients int     `help:"Connections." default:"64"`
	Profile string  `help:"Where to write a CPU profile of the server under load." placeholder:"FILE" type:"path"`
}

// fastest is how many answers a second are made ready: a machine that is faster
// ends its rounds sooner.
const fastest = 8000

func (m measure) span() time.Duration { return time.Duration(m.Seconds * float64(time.Second)) }

// most is how many answers one load may give.
func (m measure) most() int { return int(fastest * m.Seconds) }

// need is how many answers all loads together may give to one server.
func (m measure) need() int {
	round := 3 * (m.most() + m.Clients) // one to measure, two to end the server under
	for _, r := range rates {
		round += int(float64(r) * m.Seconds)
	}
	return m.Rounds*round + m.most() // to get warm
}

// Run measures in a folder of its own and prints.
func (m measure) Run(ctx context.Context, out io.Writer) error {
	dir, err := os.MkdirTemp("", "thawbench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // only scratch
	f, err := m.measure(ctx, dir, slog.New(slog.NewTextHandler(os.Stderr, nil)))
	if err != nil {
		return err
	}
	return errors.Join(f.print(out), f.lost())
}

func (m measure) measure(ctx context.Context, dir string, log *slog.Logger) (*found, error) {
	log.Info("making learners", "answers", m.need())
	b, err := m.build(ctx, dir)
	if err != nil {
		return nil, err
	}
	b.log = log
	f := &found{measure: m}
	err = b.speeds(ctx, f)
	if err == nil {
		err = b.endings(ctx, f)
	}
	return f, errors.Join(err, b.close())
}

// bench is everything that is measured. All begin with the same learners.
type bench struct {
	measure
	log     *slog.Logger
	ours    *site
	apart   *site // one transaction per request
	ceiling *ceiling
	still   *db.DB // in which nothing changes
}

// build makes the learners in one file, and copies of it for whom is measured.
func (m measure) build(ctx context.Context, dir string) (*bench, error) {
	first := filepath.Join(dir, "first.db")
	c, err := m.learners(ctx, first)
	if err != nil {
		return nil, fmt.Errorf("make learners: %w", err)
	}
	b := &bench{measure: m,
		ours:    &site{crowd: c, file: filepath.Join(dir, "ours.db"), clients: m.Clients},
		apart:   &site{crowd: c, file: filepath.Join(dir, "apart.db"), clients: m.Clients, flags: []string{"--apart"}},
		ceiling: &ceiling{crowd: c}}
	if m.Profile != "" {
		b.ours.flags = []string{"--profile", m.Profile}
	}
	lowest := filepath.Join(dir, "ceiling.db")
	for _, name := range []string{b.ours.file, b.apart.file, lowest} {
		if err := copyFile(name, first); err != nil {
			return nil, err
		}
	}
	if b.ceiling.file, err = bare.Open(ctx, lowest); err != nil {
		return nil, err
	}
	if b.still, err = db.Open(ctx, db.Config{Name: first}); err != nil {
		return nil, errors.Join(err, b.ceiling.file.Close())
	}
	if b.ceiling.app, err = join(ctx, b.still, quiet()); err != nil {
		return nil, errors.Join(err, b.close())
	}
	return b, nil
}

func (b *bench) close() error { return errors.Join(b.ceiling.file.Close(), b.still.Close()) }

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

func (m measure) learners(ctx context.Context, file string) (crowd, error) {
	d, err := db.Open(ctx, db.Config{Name: file})
	if err != nil {
		return nil, err
	}
	a, err := join(ctx, d, quiet())
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	c, err := gather(ctx, a, m.need())
	return c, errors.Join(err, d.Close())
}

// copyFile copies a database that nobody has open, down to the disk: what is
// left in memory would be written while others are measured.
func copyFile(to, from string) error {
	in, err := os.Open(from) // #nosec G304 -- scratch
	if err != nil {
		return err
	}
	defer in.Close()                                                      //nolint:errcheck // only read
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) // #nosec G304 -- scratch
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}
