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
	if page := v.page("/progress"); !strings.Contains(page, "After 100 reviews on later days") {
		t.Error("the page does not say when the schedule is fitted")
	}
	for range 70 {
		s.now = s.now.Add(29 * time.Hour)
		play(s, who)
		v.page("/today") // keeps the session alive
	}
	if err := s.app.Fitter.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	f, err := db.Study{DB: s.db}.Fit(t.Context(), who.ID)
	if err != nil {
		t.Fatal(err)
	}
	page := v.page("/progress")
	if f.Better != strings.Contains(page, "it is in force now") || f.Better != strings.Contains(page, "A fact that is always right comes back after") ||
		!f.Better != strings.Contains(page, "so nothing has changed") {
		t.Errorf("the page does not say how the fit went (better: %v)", f.Better)
	}
	if adopted := v.person().Adopted != 0; adopted != f.Better {
		t.Errorf("weights adopted: %v, better: %v", adopted, f.Better)
	}
	s.now = s.now.Add(26 * time.Hour)
	play(s, v.person())
	past, err := db.Study{DB: s.db}.Pasts(t.Context(), who.ID)
	if err != nil {
		t.Fatal(err)
	}
	cards, err := db.Study{DB: s.db}.Cards(t.Context(), who.ID)
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range study.Fold(past) {
		if cards[i] != c {
			t.Errorf("fact %d: stored %+v, folded %+v", c.Fact, cards[i], c)
		}
	}
	at := f.At
	if err := s.app.Fitter.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if f, err = (db.Study{DB: s.db}).Fit(t.Context(), who.ID); err != nil || !f.At.Equal(at) {
		t.Errorf("a day later it is fitted again, at %v: %v", f.At, err)
	}
}
