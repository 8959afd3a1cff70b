package web_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"thaw/app/jobs"
	"thaw/app/people"
	"thaw/app/report"
	"thaw/app/web"
)

func TestWhoMayMakeAnAccount(t *testing.T) {
	s := open(t)
	admin := named(s, "Head", people.Admin)
	c := newClass(s, "10b")
	admin.post("/people/sign-up", "who", "invited")
	tells(t, admin.page("/people"), "the people", "Who may make an account")
	if !strings.Contains(admin.page("/people"), `value="invited" checked`) {
		t.Error("the page does not say that accounts are made by invitation")
	}
	form := func(name string) []string {
		return []string{"name", name, "password", "correct horse battery"}
	}
	stranger, known := &visitor{site: s}, guest(s)
	tells(t, stranger.page("/"), "the landing page", "Accounts are made by invitation, or with a class's code.")
	for _, v := range []*visitor{stranger, known} {
		page := v.page("/sign-up")
		tells(t, page, "the door", "Accounts here are made by invitation, or from a class", "Join with a class's code")
		saysNot(t, page, "the door", `name="password"`)
		tells(t, v.wantStatus(403, "POST", "/sign-up", form("Ada")...), "the answer", "Nothing was stored.")
	}
	known.page("/today") // goes on as a guest
	c.join(known, "Ada")
	if !strings.Contains(known.page("/sign-up"), `name="password"`) {
		t.Error("a pupil without an account is not asked for a password")
	}
	if to := known.post("/sign-up", form("Ada")...); to != "/words" {
		t.Errorf("a pupil's account leads to %s, want the words", to)
	}
	admin.post("/people/sign-up", "who", "anybody")
	if to := stranger.post("/sign-up", form("Grace")...); to != "/words" {
		t.Errorf("a stranger's account leads to %s, want the words", to)
	}
}

func TestAnAdministratorLooksAfterClasses(t *testing.T) {
	s := open(t)
	admin := named(s, "Head", people.Admin)
	c := newClass(s, "10b <b>")
	c.pupil.answers(1, 2, true)
	otto := named(s, "Otto", people.Teacher)
	path := "/people" + c.path()
	tells(t, admin.page("/people/classes"), "the classes", "1 class.", "10b <b>", "Teacher of 10b <b>", "today")
	tells(t, admin.page(path), "the class", "Taught by Teacher of 10b <b>; made", "1")
	if look := "/people/" + c.pupil.person().ID.String() + "/answers"; !strings.Contains(admin.page(path), `href="`+look+`"`) {
		t.Error("the class does not lead to its pupil's answers")
	}
	tells(t, admin.wantStatus(422, "POST", path+"/teachers", "teacher", "Head", "founder", "on"), "the form", "You cannot give it to yourself")
	tells(t, admin.wantStatus(422, "POST", path+"/teachers", "teacher", "Nobody"), "the form", "Nobody who teaches here has this name.")
	otto.wantStatus(404, "GET", c.path())
	admin.post(path+"/teachers", "teacher", "otto")
	otto.page(c.path())
	admin.post(path+"/teachers", "teacher", "Otto", "founder", "on")
	tells(t, otto.page(c.path()+"/teachers"), "the teachers", "Otto has made the class")
	tells(t, c.teacher.page(c.path()), "the founder until now", "10b <b>")
	admin.post(path+"/archive", "away", "1")
	tells(t, admin.page("/people/classes"), "the classes", "in the archive")
	c.pupil.wantStatus(404, "GET", "/join/"+c.code)
	admin.post(path+"/archive", "away", "0")
	c.pupil.page("/join/" + c.code)
	admin.wantStatus(404, "GET", "/people/classes/999")
	admin.wantStatus(404, "POST", "/people/classes/999/archive", "away", "1")
	admin.wantStatus(404, "POST", "/people/classes/999/teachers", "teacher", "Otto")
	admin.wantStatus(404, "GET", c.path())
}

func TestALookAtAnswersNeedsAReason(t *testing.T) {
	s := open(t)
	admin, other := named(s, "Head", people.Admin), named(s, "Deputy", people.Admin)
	c := newClass(s, "10b")
	path, key := typedQuestion(c.pupil)
	c.pupil.post(path, "token", token(c.pupil.page(path)), "answer", key)
	look := "/people/" + c.pupil.person().ID.String() + "/answers"
	asked := func(v *visitor, when string) {
		t.Helper()
		page := v.page(look)
		tells(t, page, when, "Say why you need to see them", "Pupil of 10b reads your name and the reason")
		saysNot(t, page, when, "<table")
	}
	tells(t, admin.page(strings.TrimSuffix(look, "/answers")), "the person", "Look at the answers")
	asked(admin, "before a reason")
	for _, why := range []string{"", "too short", strings.Repeat("x", 201), "         a         "} {
		tells(t, admin.wantStatus(422, "POST", look, "reason", why), "a reason like that", "Please give the reason in 10 to 200 letters.")
	}
	saysNot(t, c.pupil.page("/seen"), "what the pupil sees", "Looks by administrators")
	admin.post(look, "reason", "  A complaint about <i>question</i> 4 ")
	page := admin.page(look)
	tells(t, page, "the answers", "You look for this reason: “A complaint about <i>question</i> 4”", "The newest 2 of 2 answers.", "right")
	asked(other, "to another administrator")
	tells(t, c.pupil.page("/seen"), "what the pupil sees", "An administrator, Head, looked at your answers on", ": “A complaint about <i>question</i> 4”")
	c.teacher.page(c.pupilPath())
	own, _ := c.pupil.own()
	want := []report.OwnLook{{By: "Head", As: "admin", Reason: "A complaint about <i>question</i> 4"}, {By: "Teacher of 10b", As: "teacher", Class: "10b"}}
	for i := range own.Looks {
		own.Looks[i].At = nil
	}
	slices.SortFunc(own.Looks, func(a, b report.OwnLook) int { return strings.Compare(a.As, b.As) })
	if !slices.Equal(own.Looks, want) {
		t.Errorf("the pupil's own data has the looks %+v, want %+v", own.Looks, want)
	}
	if own, _ = admin.own(); own.Looks == nil || len(own.Looks) > 0 {
		t.Errorf("the administrator's own data has the looks %+v, want none", own.Looks)
	}
	admin.wantStatus(404, "GET", c.pupilPath())
	c.teacher.wantStatus(404, "GET", look)
	admin.wantStatus(404, "GET", "/people/4711/answers")
	admin.wantStatus(404, "POST", "/people/4711/answers", "reason", "A complaint about a question")
	s.now = s.now.Add(29 * time.Minute)
	tells(t, admin.page(look), "the answers, half an hour later", "The newest 2 of 2 answers.")
	s.now = s.now.Add(time.Minute)
	asked(admin, "after half an hour")
	n, err := s.db.Number(t.Context(), `SELECT COUNT(*) FROM audit WHERE what = 'read' AND reason <> ''`)
	if err != nil || n != 1 {
		t.Errorf("%d looks are written down (%v), want 1", n, err)
	}
	seat := guest(s)
	tells(t, admin.page("/people/"+seat.person().ID.String()+"/answers"), "a guest's answers", "Answers of a guest")
}

func TestTheHealthPage(t *testing.T) {
	s := open(t)
	admin := named(s, "Head", people.Admin)
	tells(t, admin.page("/people/health"), "the page", "1 person with 1 answer", "not known")
	s.server.Condition = func(context.Context) (web.Condition, error) {
		return web.Condition{Version: "v1.2.3", Engine: "SQLite 3", Size: 1, Free: 5 << 30, Waiting: 3, Room: 4096,
			Jobs: []jobs.Ran{{Name: "sweep", At: s.now, Took: 1500 * time.Millisecond}, {Name: "fit", At: s.now, Err: "disk full"}, {Name: "repair"}}}, nil
	}
	tells(t, admin.page("/people/health"), "the page", "v1.2.3", "SQLite 3", "1 MB", "5120 MB", "3 of at most 4096", "1.5", "well", "disk full", "not yet")
	s.server.Condition = func(context.Context) (web.Condition, error) { return web.Condition{}, errors.New("gone") }
	admin.wantStatus(500, "GET", "/people/health")
}

func TestAClassIsLookedForByName(t *testing.T) {
	s := open(t)
	admin := named(s, "Head", people.Admin)
	for _, name := range []string{"Class 1", "Class 12", "Études"} {
		newClass(s, name)
	}
	saysNot(t, admin.page("/people/classes"), "three classes", "Find")
	page := admin.page("/people/classes?q=CLASS+1")
	tells(t, page, "the classes looked for", "2 classes with “CLASS 1” in the name", "Class 12", "Show everything")
	saysNot(t, page, "the classes looked for", "Études")
	tells(t, admin.page("/people/classes?q=etudes"), "the class by another spelling", "1 class with", "Études")
	tells(t, admin.page("/people/classes?q=of+class+12"), "the classes of a teacher", "1 class with")
	tells(t, admin.page("/people/classes?q=zz"), "no class", "0 classes with “zz”")
}

func TestPagesOfTheHouseTakeAtMostSixQueries(t *testing.T) {
	s := open(t)
	admin := named(s, "Head", people.Admin)
	c := newClass(s, "10b")
	for i := range 20 {
		newClass(s, fmt.Sprint("Class ", i))
	}
	for range 4 {
		s.now = s.now.Add(20 * time.Hour)
		play(s, c.pupil.person())
		admin.page("/people") // keeps the session alive
	}
	look := "/people/" + c.pupil.person().ID.String() + "/answers"
	admin.post(look, "reason", "A complaint about a question")
	for _, path := range []string{"/people", "/people/classes", "/people/classes?q=class", "/people" + c.path(), "/people/health", look} {
		s.now = s.now.Add(10 * time.Second)
		admin.page(path)
		s.now = s.now.Add(10 * time.Second)
		before := s.reads()
		admin.page(path)
		if n := s.reads() - before; n > 6 || n == 0 {
			t.Errorf("GET %s takes %d queries, want 1 to 6", path, n)
		}
	}
}
