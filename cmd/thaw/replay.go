package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"

	"thaw/app/fsrs"
)

// replay is `thaw replay LOG.csv`.
type replay struct {
	reviewLog
	Weights   []float64 `help:"17, 19 or 21 weights, separated by commas; by default the published ones." env:"THAW_WEIGHTS" placeholder:"A,B,…"`
	Retention float64   `help:"Wanted recall when a card falls due." default:"0.9" env:"THAW_RETENTION" placeholder:"SHARE"`
	JSON      bool      `name:"json" help:"Print one JSON object a line." env:"THAW_JSON"`
}

// replayed is the memory after one review, as JSON.
type replayed struct {
	Card       int64   `json:"card_id"`
	Time       int64   `json:"review_time"`
	Stability  float64 `json:"stability"`
	Difficulty float64 `json:"difficulty"`
	Interval   float64 `json:"interval"` // days until recall falls to the retention, not rounded
}

// Run walks each card through its reviews and prints the memory after each, by
// card and time.
func (r replay) Run(o out) (err error) {
	w := fsrs.Default()
	if len(r.Weights) > 0 {
		if w, err = fsrs.Migrate(r.Weights); err != nil {
			return fmt.Errorf("--weights: %w", err)
		}
	}
	if !(r.Retention > 0 && r.Retention < 1) {
		return fmt.Errorf("--retention %v: want a share above 0 and below 1", r.Retention)
	}
	reviews, err := r.read()
	if err != nil {
		return err
	}
	to := bufio.NewWriter(o)
	defer func() { err = errors.Join(err, to.Flush()) }()
	print := r.printer(to)
	model, mem := fsrs.New(w), fsrs.Memory{}
	for i, v := range reviews {
		if i > 0 && reviews[i-1].Card != v.Card {
			mem = fsrs.Memory{}
		}
		mem = model.Next(mem, int(v.Days), v.Rating)
		if err := print(replayed{v.Card, v.At, mem.Stability, mem.Difficulty, model.Interval(mem.Stability, r.Retention)}); err != nil {
			return err
		}
	}
	return nil
}

func (r replay) printer(to *bufio.Writer) func(replayed) error {
	if r.JSON {
		lines := json.NewEncoder(to)
		return func(m replayed) error { return lines.Encode(m) }
	}
	fmt.Fprintf(to, "%12s %14s %12s %10s %12s\n", "card_id", "review_time", "stability", "difficulty", "interval")
	return func(m replayed) error {
		_, err := fmt.Fprintf(to, "%12d %14d %12.4f %10.4f %12.4f\n", m.Card, m.Time, m.Stability, m.Difficulty, m.Interval)
		return err
	}
}
