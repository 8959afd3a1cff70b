package web_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"thaw/app/report"
	"thaw/app/study"
	"thaw/questions"
)

// own takes a visitor's data along.
func (v *visitor) own() (o report.Own, raw string) {
	v.t.Helper()
	raw = v.download("/account/data.json", "thaw.json", "application/json")
	if err := json.Unmarshal([]byte(raw), &o); err != nil {
		v.t.Fatal(err)
	}
	return o, raw
}

// download returns a file that comes as an attachment and is kept nowhere.
func (v *visitor) download(path, name, kind string) string {
	v.t.Helper()
	res := v.send("GET", path, nil)
	h := res.Header
	if res.StatusCode != 200 || h.Get("Content-Disposition") != `attachment; filename="`+name+`"` || h.Get("Content-Type") != kind || h.Get("Cache-Control") != "no-store" {
		v.t.Errorf("GET %s: %d %v", path, res.StatusCode, h)
	}
	return body(v.t, res)
}

// table is the answers of a visitor, cell by cell.
func (v *visitor) table() [][]string {
	v.t.Helper()
	rows, err := csv.NewReader(strings.NewReader(v.download("/account/data.csv", "thaw.csv", "text/csv; charset=utf-8"))).ReadAll()
	if err != nil {
		v.t.Fatal(err)
	}
	return rows
}

// TestOnesDataCanBeTakenAlong by a pupil who has answered, contested, undone and sat an
// exam: all of it, nothing of another's and no secret.
func TestOnesDataCanBeTakenAlong(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	v, other := c.pupil, account(s, "Somebody Else")
	version := s.typed()
	other.gives(version, "an answer of another")
	v.contests(version)
	other.contests(version)
	v.gives(version, "=1+1")
	exam := v.exam("My finals", 1)
	other.exam("Finals of another", 1)
	s.now = s.now.AddDate(0, 0, 3)
	v.post(exam+"/result", "right", "15", "of", "20")
	to := v.post("/reviews", "token", token(v.page("/today")))
	answer := "1"
	if page := v.page(to); strings.Contains(page, `value="show"`) {
		v.post(to, "token", token(page), "answer", "show")
		answer = "good"
	}
	v.post(to, "token", token(v.page(to)), "answer", answer)
	v.post(strings.Split(to, "/questions")[0] + "/undo")

	o, raw := v.own()
	who := v.person()
	pasts, err := s.app.Reporter.Store.Pasts(t.Context(), who.ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(o.Events) != len(pasts) {
		t.Fatalf("%d events are taken along of %d", len(o.Events), len(pasts))
	}
	var whats []study.What
	for i, p := range pasts {
		e := o.Events[i]
		whats = append(whats, e.What)
		if e.Seq != p.Seq || e.What != p.What || !slices.Equal(e.Response, p.Response) || len(e.Marks) != len(p.Marks) || e.Voids != p.Voids {
			t.Errorf("event %d is %+v, want %+v", i, e, p)
		}
		for j, m := range p.Marks {
			if got := e.Marks[j]; got.Credit != m.Credit || got.Verdict != m.Verdict || got.Fact != m.Fact || got.Recall != m.Recall {
				t.Errorf("mark %d of event %d is %+v, want %+v", j, i, got, m)
			}
		}
		if e.Question != 0 && (e.Text == "" || e.Bank == "" || e.Topic == "") {
			t.Errorf("event %d does not say what was asked: %+v", i, e)
		}
	}
	if !slices.Contains(whats, study.Undo) {
		t.Errorf("nothing was undone: %v", whats)
	}
	cards, _, err := s.app.Coach.Store.Memory(t.Context(), who.ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(cards) == 0 || len(o.Cards) != len(cards) {
		t.Fatalf("%d cards are taken along of %d", len(o.Cards), len(cards))
	}
	for i, k := range cards {
		if got := o.Cards[i]; got.Fact != k.Fact || got.Stability != k.Stability || got.Due == nil || !got.Due.Equal(k.Due) {
			t.Errorf("card %d is %+v, want %+v", i, got, k)
		}
	}
	if len(o.Contests) != 1 || o.Contests[0].Given != alias || len(o.Exams) != 1 || o.Exams[0].Title != "My finals" || o.Exams[0].Right != 15 {
		t.Errorf("contests %+v, exams %+v", o.Contests, o.Exams)
	}
	if len(o.Classes) != 1 || o.Classes[0].Class != "10b" || o.Profile.Name != who.Name || len(o.Sittings) < 3 || len(o.Sittings[0].Items) == 0 {
		t.Errorf("classes %+v, profile %+v, %d days, %d sittings", o.Classes, o.Profile, len(o.Days), len(o.Sittings))
	}
	days, err := s.app.Reporter.Store.Days(t.Context(), who.ID, 0)
	if err != nil {
		t.Fatal(err)
	}
	days = slices.DeleteFunc(days, func(d study.Tally) bool { return d.Answers == 0 }) // all of it undone
	if len(days) == 0 || len(o.Days) != len(days) || o.Days[0].Answers != days[0].Answers || o.Days[0].Reviews != days[0].Reviews {
		t.Errorf("days %+v, want %+v", o.Days, days)
	}
	wantOut(t, raw, "an answer of another", "Finals of another", "Somebody Else", "token", `"session`, "argon2")
	kept, err := s.app.Desk.Store.AccountOf(t.Context(), other.person().ID)
	if err != nil || kept.Password == "" {
		t.Fatalf("an account without a password: %v", err)
	}
	_, raw = other.own()
	wantIn(t, raw, "an answer of another")
	wantOut(t, raw, kept.Password, "argon2", "seven amber trams", "My finals", "=1+1", who.Name)

	i := slices.IndexFunc(v.table(), func(row []string) bool { return row[5] == "'=1+1" })
	if i < 0 || !reflect.DeepEqual(v.table()[i][6:8], []string{"wrong", "0"}) {
		t.Errorf("the formula is row %d of %v", i, v.table())
	}
	for _, path := range []string{"/account/data.json", "/account/data.csv"} {
		s.now = s.now.Add(10 * time.Second)
		v.send("GET", path, nil).Body.Close() // caches fill
		before := s.reads()
		v.send("GET", path, nil).Body.Close()
		if n := s.reads() - before; n > 6 || n == 0 {
			t.Errorf("GET %s takes %d queries, want 1 to 6", path, n)
		}
	}
}

// TestOnesDataNamesTheOption that was chosen, in whichever order the options stood.
func TestOnesDataNamesTheOption(t *testing.T) {
	s := open(t)
	v := guest(s)
	v.answers(1, 6, true)
	v.answers(1, 3, false)
	o, _ := v.own()
	table := v.table()[1:]
	choices := 0
	for i, e := range o.Events {
		if e.What != study.Answer && e.What != study.Practice {
			continue
		}
		version, err := s.app.Shelf.Version(t.Context(), questions.Ref{Question: e.Question, Version: e.Version})
		if err != nil {
			t.Fatal(err)
		}
		if version.Kind != questions.Choice {
			continue
		}
		choices++
		place, err := strconv.Atoi(e.Response[0])
		if err != nil {
			t.Fatalf("a choice's answer came as %q", e.Response)
		}
		if want := version.In(e.Order).Answers[place-1].Text; e.Given != want || table[i][5] != want {
			t.Errorf("answer %d is %q in JSON and %q in the table, want %q", i, e.Given, table[i][5], want)
		}
	}
	if choices < 5 {
		t.Errorf("%d answers to choices, want some", choices)
	}
}

// TestAGuestTakesTheirDataAlong, whom the settings lead to it.
func TestAGuestTakesTheirDataAlong(t *testing.T) {
	v := guest(open(t))
	wantIn(t, v.page("/settings"), `href="/account/data.json"`, `href="/account/data.csv"`)
	o, _ := v.own()
	if len(o.Events) != 1 || len(o.Events[0].Marks) == 0 || fmt.Sprint(o.Profile.Learner) != v.person().ID.String() {
		t.Errorf("a guest of one answer takes along %+v", o)
	}
	if n := len(v.table()); n != 2 {
		t.Errorf("a guest of one answer has %d rows, want a heading and one", n)
	}
}
