package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"thaw/app/fsrs"
	"thaw/app/fsrs/train"
)

// fit is `thaw fit LOG.csv`.
type fit struct {
	reviewLog
	Splits int  `help:"Also test the fit out of sample, by so many splits of time." env:"THAW_SPLITS" placeholder:"N"`
	JSON   bool `name:"json" help:"Print one JSON object." env:"THAW_JSON"`
}

// fitted is what fit prints as JSON.
type fitted struct {
	Weights []float64   `json:"weights"`
	Reviews int         `json:"reviews"`
	Items   int         `json:"items"`
	Before  scored      `json:"before"`
	After   scored      `json:"after"`
	Splits  []splitTest `json:"splits,omitempty"`
}

type scored struct {
	LogLoss *float64 `json:"log_loss"` // null where there is nothing to foretell
	RMSE    *float64 `json:"rmse_bins"`
	AUC     *float64 `json:"auc"` // null where all were recalled, or none
}

type splitTest struct {
	Weights []float64 `json:"weights"`
	LogLoss float64   `json:"log_loss"`
	Items   int       `json:"items"`
}

// Run fits weights to the log and says how well they foretell it.
func (f fit) Run(ctx context.Context, o out) error {
	if f.Splits < 0 || f.Splits > 100 {
		return fmt.Errorf("--splits %d: want 0 to 100", f.Splits)
	}
	reviews, err := f.read()
	if err != nil {
		return err
	}
	r, err := train.Fit(ctx, reviews, train.Options{})
	if err != nil {
		return err
	}
	splits, err := train.Splits(ctx, reviews, f.Splits, train.Options{})
	if err != nil {
		return err
	}
	before, after := train.Evaluate(reviews, fsrs.Default()), train.Evaluate(reviews, r.Weights)
	if f.JSON {
		all := fitted{Weights: r.Weights[:], Reviews: r.Reviews, Items: r.Items, Before: scoredOf(before), After: scoredOf(after)}
		for _, s := range splits {
			all.Splits = append(all.Splits, splitTest{s.Weights[:], s.LogLoss, s.Items})
		}
		return json.NewEncoder(o).Encode(all)
	}
	return say(o, r, before, after, splits)
}

func scoredOf(s train.Score) scored {
	if s.Items == 0 {
		return scored{}
	}
	return scored{known(s.LogLoss), known(s.RMSE), known(s.AUC)}
}

// known is a number that JSON can hold.
func known(x float64) *float64 {
	if math.IsNaN(x) {
		return nil
	}
	return &x
}

func say(o out, r train.Result, before, after train.Score, splits []train.Split) error {
	fmt.Fprintf(o, "%d reviews, %d of them on a later day than the one before\n\n", r.Reviews, r.Items)
	fmt.Fprintf(o, "              log loss  RMSE(bins)     AUC\n")
	for _, s := range []struct {
		name string
		train.Score
	}{{"default", before}, {"fitted", after}} {
		fmt.Fprintf(o, "%-12s  %8.5f  %10.5f  %6.4f\n", s.name, s.LogLoss, s.RMSE, s.AUC)
	}
	for k, s := range splits {
		fmt.Fprintf(o, "\ntest %d: trained on what came before, %d reviews foretold\n", k+1, s.Items)
		fmt.Fprintf(o, "%-12s  %8.5f\n%-12s  %8.5f\n", "default", s.Before.LogLoss, "fitted", s.LogLoss)
	}
	_, err := fmt.Fprintf(o, "\n%s\n", listed(r.Weights))
	return err
}

// listed is weights as --weights takes them.
func listed(w fsrs.Weights) string {
	words := make([]string, len(w))
	for i, x := range w {
		words[i] = strconv.FormatFloat(x, 'f', -1, 64)
	}
	return strings.Join(words, ",")
}
