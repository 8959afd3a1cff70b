package web_test

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"thaw/app/study"
)

// wants fails for each text that a page lacks.
func (v *visitor) wants(page string, texts ...string) {
	v.t.Helper()
	for _, want := range texts {
		if !strings.Contains(page, want) {
			v.t.Errorf("%q does not stand on the page:\n%s", want, page)
		}
	}
}

// TestTheLifeOfAnExam from the date to what becomes of its facts.
func TestTheLifeOfAnExam(t *testing.T) {
	s := open(t)
	v := account(s, "Ada")
	for range 4 {
		s.now = s.now.Add(26 * time.Hour)
		play(s, v.person())
	}
	s.now = s.now.Truncate(24 * time.Hour).Add(32 * time.Hour)
	v.wants(v.page("/exams"), "Name a date")
	path := v.exam("History <test>", 6)
	page := v.page(path)
	v.wants(page, "History &lt;test&gt;", "in about 6 days", "As things stand:", "With 10 minutes a day:", "Minutes a day, as planned", "not met yet", "name=\"exam\" value=\"1\"")
	v.wants(v.page("/today"), "Exam: History &lt;test&gt;", "09:00 · forecast")
	v.wants(v.page("/exams"), "History &lt;test&gt;", "as things stand")

	to := v.post("/reviews", "token", token(page), "minutes", "5", "exam", "1")
	if !strings.HasPrefix(to, "/sittings/") {
		t.Fatalf("five minutes for the exam lead to %s", to)
	}
	if to = v.post(path+"/quiz", "token", token(page)); !strings.HasPrefix(to, "/sittings/") {
		t.Fatalf("a quiz on the exam leads to %s", to)
	}

	s.now = s.now.AddDate(0, 0, 5)
	if err := s.app.Coach.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	v.wants(v.page(path), "tomorrow", "more right on the day")
	s.now = s.now.AddDate(0, 0, 1).Add(2 * time.Hour)
	v.wants(v.page("/today"), "How did it go?")
	v.wants(v.page(path), "How did it go?", "We expected", "Keep it (", "Let it rest")
	v.post(path+"/result", "right", "15,5", "of", "20")
	v.wants(v.page(path), "15.5 of 20: 78 %. We expected about")
	v.post(path+"/later", "later", "rest")
	v.wants(v.page(path), "It rests")
	if strings.Contains(v.page("/today"), "How did it go?") {
		t.Error("it is asked again how it went")
	}
	v.post(path+"/later", "later", "keep")
	v.wants(v.page(path), "It goes on in the usual rhythm.")

	v.post(path, "title", "Resit", "date", s.now.AddDate(0, 0, 3).Format(time.DateOnly), "time", "10:30")
	v.wants(v.page(path), "Resit", "10:30: in about 3 days")
	v.wants(v.page(path+"/remove"), "Remove Resit?")
	v.post(path + "/remove")
	if strings.Contains(v.page("/exams"), "Resit") {
		t.Error("an exam that was removed is still listed")
	}
}

// TestExamForms: what is wrong is said, and what was written is kept.
func TestExamForms(t *testing.T) {
	s := open(t)
	v := guest(s)
	soon := s.now.AddDate(0, 0, 3).Format(time.DateOnly)
	for name, c := range map[string]struct {
		form url.Values
		want string
	}{
		"no name":        {url.Values{"title": {" "}, "date": {soon}, "time": {"09:00"}}, "Please give it a name"},
		"no date":        {url.Values{"title": {"Finals"}, "date": {""}, "time": {"09:00"}}, "choose the day"},
		"no such day":    {url.Values{"title": {"Finals"}, "date": {"2026-02-30"}, "time": {"09:00"}}, "choose the day"},
		"no such hour":   {url.Values{"title": {"Finals"}, "date": {soon}, "time": {"25:61"}}, "choose the day"},
		"past":           {url.Values{"title": {"Finals"}, "date": {"2001-01-01"}, "time": {"09:00"}}, "lies in the past"},
		"far":            {url.Values{"title": {"Finals"}, "date": {"2999-01-01"}, "time": {"09:00"}}, "three years"},
		"a year too far": {url.Values{"title": {"Finals"}, "date": {"99999-01-01"}, "time": {"09:00"}}, "choose the day"},
		"strange topic":  {url.Values{"title": {"Finals"}, "date": {soon}, "time": {"09:00"}, "topic": {"1", "x"}}, "something here is not right"},
	} {
		c.form.Set("token", token(v.page("/exams")))
		res := v.send("POST", "/exams", c.form)
		page := body(t, res)
		if res.StatusCode != 422 || !strings.Contains(page, c.want) && name != "strange topic" {
			t.Errorf("%s: %d\n%s", name, res.StatusCode, page)
		}
		if name == "no date" && !strings.Contains(page, `value="Finals"`) {
			t.Error("the name that was written is gone")
		}
	}
	path := v.exam("Finals", 1)
	if again := v.post("/exams", "token", "the-same-token-twice-1", "title", "Again", "date", soon, "time", "09:00"); again !=
		v.post("/exams", "token", "the-same-token-twice-1", "title", "Again", "date", soon, "time", "09:00") {
		t.Error("a doubled submit made two exams")
	}
	s.now = s.now.AddDate(0, 0, 2)
	for _, form := range []url.Values{{}, {"right": {"3"}}, {"right": {"21"}, "of": {"20"}}, {"right": {"many"}, "of": {"20"}}, {"right": {"NaN"}, "of": {"20"}}, {"right": {"1"}, "of": {"Inf"}}} {
		res := v.send("POST", path+"/result", form)
		if page := body(t, res); res.StatusCode != 422 || !strings.Contains(page, "two numbers") {
			t.Errorf("a result of %v: %d", form, res.StatusCode)
		}
	}
	v.post(path+"/result", "skip", "1")
	v.wants(v.page(path), "You would rather not say.")
}

// TestExamPagesTakeAtMostSixQueries, with exams ahead that fill the days.
func TestExamPagesTakeAtMostSixQueries(t *testing.T) {
	s := open(t)
	v := account(s, "Ada")
	for range 10 {
		s.now = s.now.Add(26 * time.Hour)
		play(s, v.person())
	}
	for i := range 5 {
		v.exam("Finals", 4+i)
	}
	for _, path := range []string{"/exams", "/exams/3", "/exams/3/remove", "/today", "/sittings/2", "/progress", "/memory"} {
		v.page(path) // caches fill: the school's row is read again after ten seconds, for all pages together
		before := s.reads()
		v.page(path)
		if n := s.reads() - before; n > 6 || n == 0 {
			t.Errorf("GET %s takes %d queries, want 1 to 6", path, n)
		}
	}
}

// TestPricesAreFoundOnce: where the day is full, prices are kept, so that a page has
// nothing to search for.
func TestPricesAreFoundOnce(t *testing.T) {
	s := open(t)
	v := account(s, "Ada")
	who := v.person()
	who.Minutes = 1
	if err := s.app.Desk.Store.SetPerson(t.Context(), who); err != nil {
		t.Fatal(err)
	}
	for range 10 {
		s.now = s.now.Add(26 * time.Hour)
		play(s, v.person())
	}
	v.exam("Finals", 5)
	p, err := s.app.Coach.Preparing(t.Context(), v.person(), s.now)
	if err != nil || len(p.Prices.ByDay) != 5 {
		t.Fatalf("%d prices, %v; want one a day", len(p.Prices.ByDay), err)
	}
	if ready := p.Ahead(); ready[0].Plan.Load(1)*study.Pace(p.Days).Minutes() > 1.2 {
		t.Errorf("%.1f minutes tomorrow, want about 1", ready[0].Plan.Load(1)*study.Pace(p.Days).Minutes())
	}
}

func body(t *testing.T, res *http.Response) string {
	t.Helper()
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
