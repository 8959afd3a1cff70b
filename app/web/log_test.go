package web_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"thaw/app/people"
)

// TestWhatWasDoneInAClass stands on a page that each of its teachers can read, and nobody
// else, with what others did elsewhere left out.
func TestWhatWasDoneInAClass(t *testing.T) {
	s := open(t)
	w, other := newWorld(s, "10b", "/people"), newClass(s, "Another")
	page := w.teacher.page(w.path() + "/log")
	tells(t, page, "a new class", "What was done here", "Made Co 10b a co-teacher")
	w.co.page(w.pupilPath())
	other.teacher.page(other.pupilPath())
	w.co.post(w.path()+"/code", "token", "abcdefghijklmnopqrstuv")
	w.teacher.post(w.path()+"/name", "name", "10b again")
	w.teacher.post(w.path()+"/banks", "bank", "1")
	w.teacher.post(w.path()+"/archive", "away", "1")
	w.teacher.post(w.path()+"/archive", "away", "0")
	w.admin.post("/people/"+w.who.String()+"/answers", "reason", "A complaint of the parents")
	page = w.teacher.page(w.path() + "/log")
	tells(t, page, "the class's log", "Co 10b Looked at the answers of Pupil of 10b", "Co 10b Gave the class a new code", "Teacher of 10b (you) Gave the class another name",
		"Chose the banks of the class", "Put the class into the archive", "Took the class out of the archive")
	wantOut(t, page, "Another", "complaint")
	if strings.Count(page, "<tr>") != 8 {
		t.Errorf("%d rows, want the heading and seven lines:\n%s", strings.Count(page, "<tr>"), words(page))
	}
	wantIn(t, w.teacher.page(w.path()+"/settings"), `href="`+w.path()+`/log"`)
	wantIn(t, w.pupil.page("/seen"), "Co 10b")
}

// TestTheWholeLogIsSearched by an administrator, by a name and by what was done.
func TestTheWholeLogIsSearched(t *testing.T) {
	s := open(t)
	w, other := newWorld(s, "10b", "/people"), newClass(s, "Another")
	w.co.page(w.pupilPath())
	other.teacher.page(other.pupilPath())
	w.admin.post("/people/"+w.who.String()+"/answers", "reason", "A <b>complaint</b> of the parents")
	w.admin.post("/people/"+w.loner.person().ID.String()+"/role", "role", "teacher")
	wantIn(t, w.admin.page("/people"), `href="/people/log"`)
	page := w.admin.page("/people/log")
	tells(t, page, "the log", "Looked at the answers of Pupil of 10b", "Looked at the answers of Pupil of Another", "Another", "Admin 10b (you)", "Made Loner 10b a teacher",
		"Made a link that lets Pupil of 10b in once", "From the server’s command line")
	wantIn(t, page, "A &lt;b&gt;complaint&lt;/b&gt;")
	page = w.admin.page("/people/log?q=OF+another&what=look")
	tells(t, page, "searched", "Pupil of Another")
	if strings.Count(page, "<tr>") != 2 {
		t.Errorf("searching finds\n%s", words(page))
	}
	page = w.admin.page("/people/log?what=role")
	if strings.Count(page, "<tr>") != 2 {
		t.Errorf("roles given:\n%s", words(page))
	}
	tells(t, w.admin.page("/people/log?q=%25&what=look"), "a sign is no pattern", "Nothing yet.")
	for _, odd := range []string{"what=;DROP", "page=-1", "page=x", "q=%00%ff", "page=99999999999999999999"} {
		w.admin.page("/people/log?" + odd)
	}
}

// TestLogsArePaged and take at most six queries, however long they are.
func TestLogsArePaged(t *testing.T) {
	s := open(t)
	w := newWorld(s, "10b", "/people")
	for i := range people.LogSize + 10 {
		act := people.Act{At: s.now.Add(time.Duration(i) * time.Second), Actor: w.co.person().ID, What: "look", About: w.who, Class: w.id}
		if err := s.app.Desk.Store.Audit(t.Context(), act); err != nil {
			t.Fatal(err)
		}
	}
	for path, v := range map[string]*visitor{w.path() + "/log": w.teacher, "/people/log": w.admin} {
		first := v.page(path)
		if n := strings.Count(first, "<tr>"); n != people.LogSize+1 || !strings.Contains(first, `rel="next"`) || strings.Contains(first, `rel="prev"`) {
			t.Errorf("%s has %d rows", path, n)
		}
		second := v.page(path + "?page=2")
		if n := strings.Count(second, "<tr>"); n < 11 || strings.Contains(second, `rel="next"`) || !strings.Contains(second, `rel="prev"`) {
			t.Errorf("the second page of %s has %d rows", path, n)
		}
		before := s.reads()
		v.page(path)
		if n := s.reads() - before; n > 6 || n == 0 {
			t.Errorf("%s takes %d queries", path, n)
		}
	}
}

// TestThePrivacyPageIsTrue: it is linked for everybody from every page, and what it says is
// kept for a time goes then.
func TestThePrivacyPageIsTrue(t *testing.T) {
	s := open(t)
	nobody, v := &visitor{site: s}, account(s, "Ada")
	for _, page := range []string{nobody.page("/"), v.page("/today"), guest(s).page("/today"), nobody.page("/sign-in")} {
		wantIn(t, page, `href="/privacy"`)
	}
	page := nobody.page("/privacy")
	wantIn(t, page, `href="/sign-in?next=%2Fprivacy"`)
	wantOut(t, page, "/account/leave")
	if nobody.cookie != "" {
		t.Error("reading it gives a cookie")
	}
	wantIn(t, v.page("/privacy"), `href="/account/leave"`, `href="/account/data.json"`, `href="/account/data.csv"`, `href="/seen"`)
	kept := people.Retained()
	for _, days := range []int{30, 90, 7, 2, 730} {
		wantIn(t, page, fmt.Sprintf("%d days", days))
	}
	old := s.now
	w := newWorld(s, "10b", "/people")
	w.teacher.page(w.pupilPath())
	gone := guest(s)
	gone.post("/fresh")
	(&visitor{site: s}).wantStatus(422, "POST", "/sign-in", "name", "Zebulon", "password", "wrong wrong")
	link, err := s.app.Desk.SignInLink(t.Context(), v.person())
	if err != nil {
		t.Fatal(err)
	}
	(&visitor{site: s}).post("/link/" + link)
	rows := func(query string) int64 {
		n, err := s.db.Number(t.Context(), query)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	stale := []struct {
		what, query string
		after       time.Duration
	}{
		{"wrong tries", `SELECT COUNT(*) FROM failure`, kept.Failures},
		{"sessions of accounts", `SELECT COUNT(*) FROM session s JOIN learner l ON l.id = s.learner WHERE l.folded IS NOT NULL`, kept.Session},
		{"links", `SELECT COUNT(*) FROM link WHERE used > 0`, kept.Links},
		{"guests", `SELECT COUNT(*) FROM learner WHERE folded IS NULL`, kept.Guest},
		{"lines of the log", `SELECT COUNT(*) FROM audit`, kept.Log},
	}
	var moments []time.Duration
	for _, c := range stale {
		moments = append(moments, c.after-time.Hour, c.after+time.Hour)
	}
	slices.Sort(moments)
	for _, later := range moments {
		s.now = old.Add(later)
		s.work()
		for _, c := range stale {
			if n := rows(c.query); (n > 0) != (c.after > later) {
				t.Errorf("%d %s are there after %v, kept for %v", n, c.what, later, c.after)
			}
		}
	}
}
