package main

import (
	"log/slog"
	"testing"
	"time"

	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/app/repair"
	"thaw/app/report"
	"thaw/db"
)

// TestForecastsOfTheMadeUpClass: the learners of the demonstration remember less than the
// model says, since now and then they miss what they know, and no stability says that.
// Their forecasts hold less often than they are meant to, but not by much. Run it with -v
// for the figures.
func TestForecastsOfTheMadeUpClass(t *testing.T) {
	now := time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)
	p, err := open(t.Context(), Where{Data: t.TempDir(), DB: "thaw.db"}, func() time.Time { return now }, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.db.Close() })
	if err := simulate(t.Context(), p, now); err != nil {
		t.Fatal(err)
	}
	store := db.Repair{DB: p.db}
	if sick, err := (repair.Doctor{Desk: p.Repairer, Store: store}).Examine(t.Context()); err != nil || len(sick) > 0 {
		t.Errorf("the doctor finds %+v, %v, after 60 days of a class", sick, err)
	}
	var all []quiz.Sitting
	for _, name := range demoNames {
		a, err := p.people.AccountNamed(t.Context(), people.Fold(name))
		if err != nil {
			t.Fatal(err)
		}
		latest, err := p.Host.Store.Latest(t.Context(), a.ID, 1000)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, latest...)
	}
	f := report.Foresee(all)
	t.Logf("%d forecasts: %.1f %% of results within the band, %.1f %% were meant to be; %.1f %% right, %.1f %% expected",
		f.Within.Of, 100*f.Within.Share, 100*f.Within.Expected, 100*f.Right.Share, 100*f.Right.Expected)
	if f.Within.Of < 300 || f.Within.Share < .65 || f.Within.Share > .9 || f.Right.Share < f.Right.Expected-.05 || f.Right.Share > f.Right.Expected+.02 {
		t.Errorf("forecasts of the class: %+v", f)
	}
}
