package web_test

import (
	"fmt"
	"html"
	"slices"
	"strings"
	"testing"
	"time"

	"thaw/app/quiz"
	"thaw/app/report"
)

// sittingsOf lists a learner's sittings with their items, the oldest first.
func sittingsOf(v *visitor) (list []quiz.Sitting) {
	v.t.Helper()
	who := v.person().ID
	latest, err := v.app.Host.Store.Latest(v.t.Context(), who, report.Lookback)
	if err != nil {
		v.t.Fatal(err)
	}
	for i := range latest {
		s, err := v.app.Host.Store.Sitting(v.t.Context(), who, i+1)
		if err != nil {
			v.t.Fatal(err)
		}
		if latest[len(latest)-1-i].Foretold != s.Foretold {
			v.t.Errorf("the forecast of sitting %d is %+v, in the list %+v", s.N, s.Foretold, latest[len(latest)-1-i].Foretold)
		}
		list = append(list, s)
	}
	return list
}

// Every sitting is foretold, as far as its facts have been met before; the pages hold the
// forecasts against what happened, and the teacher sees what the pupil sees.
func TestForecastsAreStoredAndHeldAgainstWhatHappened(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	v := c.pupil
	if page := v.page("/progress"); strings.Contains(page, "Our forecasts") {
		t.Error("forecasts are judged before there is one")
	}
	few := false
	for day := range 60 {
		s.now = s.now.Add(26 * time.Hour)
		play(s, v.person())
		page := v.page("/progress")
		few = few || strings.Contains(page, "too few to judge them")
		if day%10 == 0 {
			c.teacher.page("/today") // keeps the session alive
		}
	}
	if !few {
		t.Error("with fewer than ten forecasts the page does not say that they are too few")
	}
	all := sittingsOf(v)
	if f := all[0].Foretold; f != (quiz.Foretold{}) {
		t.Errorf("of the first sitting %+v was foretold, and nothing was known", f)
	}
	borne := 0
	for _, sitting := range all {
		about(t, sitting)
		if sitting.Borne() {
			borne++
			v.tells(t, sitting)
		}
	}
	if f := report.Foresee(all); f.Within.Of != borne || borne < 20 {
		t.Fatalf("%d forecasts are judged of %d, want at least 20", f.Within.Of, borne)
	}
	judges(t, v.page("/progress"), all)
	before := all[0].Items[0].Facts[0] // answered before the pupil joined
	seen := slices.DeleteFunc(slices.Clone(all), func(s quiz.Sitting) bool {
		return slices.ContainsFunc(s.Items, func(it quiz.Item) bool { return it.Chance > 0 && slices.Contains(it.Facts, before) })
	})
	if len(seen) == len(all) || len(seen) == 0 {
		t.Fatalf("the teacher may see %d of %d sittings, want some and not all", len(seen), len(all))
	}
	judges(t, c.teacher.page(c.pupilPath()), seen)
}

// judges checks what a page says of the forecasts of sittings.
func judges(t *testing.T, page string, sittings []quiz.Sitting) {
	t.Helper()
	f := report.Foresee(sittings)
	page = html.UnescapeString(page)
	if f.Within.Of == 0 {
		if strings.Contains(page, "Our forecasts") {
			t.Error("forecasts are judged, and none has come to its end")
		}
		return
	}
	if !f.Within.Sure() {
		if !strings.Contains(page, "too few to judge them") {
			t.Errorf("the page does not say that %d forecasts are too few", f.Within.Of)
		}
		return
	}
	for _, text := range []string{fmt.Sprintf("%d of the last %d forecasts of a quiz or a review came true", f.Within.Hits, f.Within.Of),
		fmt.Sprintf("<td class=\"number\">%d (%.0f\u00a0%%)</td>", f.Right.Hits, 100*f.Right.Share),
		"<caption>Expected when a quiz or a review began, and what came of it</caption>"} {
		if !strings.Contains(page, text) {
			t.Errorf("the page does not say %s", text)
		}
	}
}

// about checks what a stored forecast is about.
func about(t *testing.T, s quiz.Sitting) {
	t.Helper()
	n, mean := 0, 0.0
	for _, it := range s.Items {
		if it.Again && it.Chance != 0 {
			t.Errorf("sitting %d foretells what it asks again", s.N)
		}
		if it.Chance > 0 {
			n++
			mean += it.Chance
		}
	}
	if f := s.Foretold; f.N != n || f.Mean < mean-1e-9 || f.Mean > mean+1e-9 || f.Low > f.High || f.High > n {
		t.Errorf("sitting %d is foretold %+v, and has %d such items, of which %v are expected", s.N, f, n, mean)
	}
}

// tells checks the sentence on the page of a result.
func (v *visitor) tells(t *testing.T, s quiz.Sitting) {
	t.Helper()
	page := html.UnescapeString(v.page(fmt.Sprintf("/sittings/%d", s.N)))
	f := s.Foretold
	says := map[int]string{-1: "ewer than we expected", 0: fmt.Sprintf("e expected %d of the", int(f.Mean+.5)), 1: "ore than we expected"}
	for off, text := range says {
		if strings.Contains(page, text) != (off == f.Off()) {
			t.Errorf("sitting %d, %+v: the page says %q: %v", s.N, f, text, off != f.Off())
		}
	}
}

// Whoever answers the first page's question once more, having met facts before, begins a
// quiz that is foretold like any other.
func TestTheQuizOfTheFirstPageIsForetold(t *testing.T) {
	s := open(t)
	v := guest(s)
	for range 4 {
		s.now = s.now.Add(26 * time.Hour)
		play(s, v.person())
		v.page("/today") // keeps the session alive
	}
	s.now = s.now.Add(26 * time.Hour)
	v.post("/", "token", token((&visitor{site: s}).page("/")), "answer", "1")
	all := sittingsOf(v)
	last := all[len(all)-1]
	if about(t, last); last.Mode != quiz.Tutor || last.Foretold.N < 3 {
		t.Errorf("the quiz is foretold %+v, want something of the facts met before", last.Foretold)
	}
}
