package web_test

import (
	"strings"
	"testing"
	"time"

	"thaw/app/study"
	"thaw/db"
)

// Whoever has answered enough gets a schedule of their own, and is told.
func TestTheScheduleIsFittedToALearner(t *testing.T) {
	s := open(t)
	v := account(s, "Ada")
	who := v.person()
	if page := v.page("/memory"); !strings.Contains(page, "After 100 reviews on later days") {
		t.Error("the page does not say when the schedule is fitted")
	}
	store := db.Study{DB: s.db}
	for days := 0; ; days++ {
		next, err := store.Unfitted(t.Context(), study.FirstFit, 1)
		if err != nil || days > 1000 {
			t.Fatalf("after %d days the learner is not to be fitted: %v", days, err)
		}
		if len(next) == 1 {
			break
		}
		s.now = s.now.Add(29 * time.Hour)
		play(s, who)
		v.page("/today") // keeps the session alive
	}
	if err := s.app.Fitter.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	f, err := store.Fit(t.Context(), who.ID)
	if err != nil {
		t.Fatal(err)
	}
	page := v.page("/memory")
	if f.Better != strings.Contains(page, "it is in force now") || f.Better != strings.Contains(page, "A fact that is always right comes back after") ||
		!f.Better != strings.Contains(page, "so nothing has changed") {
		t.Errorf("the page does not say how the fit went (better: %v)", f.Better)
	}
	if f.Better != strings.Contains(page, "your own memory, fitted to your reviews") {
		t.Errorf("the curve does not say whose memory it goes by (better: %v)", f.Better)
	}
	if adopted := v.person().Adopted != 0; adopted != f.Better {
		t.Errorf("weights adopted: %v, better: %v", adopted, f.Better)
	}
	at := f.At
	s.now = s.now.Add(26 * time.Hour)
	if err := s.app.Fitter.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if f, err = store.Fit(t.Context(), who.ID); err != nil || !f.At.Equal(at) {
		t.Errorf("a day later, with nothing done, it is fitted again, at %v: %v", f.At, err)
	}
	play(s, v.person())
	past, err := store.Pasts(t.Context(), who.ID)
	if err != nil {
		t.Fatal(err)
	}
	cards, err := store.Cards(t.Context(), who.ID)
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range study.Fold(past) {
		if cards[i] != c {
			t.Errorf("fact %d: stored %+v, folded %+v", c.Fact, cards[i], c)
		}
	}
}
