package web_test

import (
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"thaw/app/people"
	"thaw/questions"
)

// lesson is a class in which seven pupils have answered, and six have come back two months
// later.
func lesson(t *testing.T) class {
	s := open(t)
	c := newClass(s, "10b")
	teacher := c.teacher.person()
	var pupils []people.Person
	for i := range 7 {
		v := &visitor{site: s}
		c.join(v, fmt.Sprintf("=Pupil %d", i))
		v.answers(1, 10, true)
		pupils = append(pupils, v.person())
	}
	s.now = s.now.AddDate(0, 0, 60)
	for _, who := range pupils[1:] {
		play(s, who)
	}
	c.teacher.letIn(teacher)
	return c
}

func TestTheMondayOfAClass(t *testing.T) {
	c := lesson(t)
	page := c.teacher.page(c.path())
	tells(t, page, "the class", "1 pupil needs you.", "=Pupil 0 Was active before; the last answer was given", "Run a five-minute starter", "No question looks faulty.")
	saysNot(t, page, "the class", "was right”: accept")
}

func TestQuestionsThatLookFaultyStandOnTheClassPage(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	for i := range 9 {
		v := &visitor{site: s}
		c.join(v, fmt.Sprintf("Pupil %d", i))
		v.answers(1, 10, false)
	}
	page := c.teacher.page(c.path())
	tells(t, page, "the class", "faulty. Have a look, fix")
	link := regexp.MustCompile(`href="(/questions/\d+/lens\?class=\d+)"`).FindStringSubmatch(page[strings.Index(page, `id="doubts"`):])
	if link == nil {
		t.Fatal("no question is led to")
	}
	c.teacher.page(link[1])
	c.teacher.post(c.path() + "/banks")
	saysNot(t, c.teacher.page(c.path()), "the class without a bank", "faulty")
}

func TestAStarterForTheBoard(t *testing.T) {
	c := lesson(t)
	first := c.teacher.page(c.path() + "/starter")
	next := regexp.MustCompile(`data-key="n" href="([^"]*)"`).FindStringSubmatch(first)
	if next == nil || !strings.Contains(next[1], "at=2") {
		t.Fatalf("the first question leads to %v, want the second", next)
	}
	second := c.teacher.page(strings.ReplaceAll(next[1], "&amp;", "&"))
	tells(t, second, "the second question", "2 of 5", "Show the answer", "Back")
	given, err := c.teacher.app.Classes.Store.Class(t.Context(), c.teacher.person().ID, c.id)
	if err != nil {
		t.Fatal(err)
	}
	contents, err := c.teacher.app.Shelf.Bank(t.Context(), given.Banks[0])
	if err != nil {
		t.Fatal(err)
	}
	q := contents.Questions[0].ID
	tells(t, c.teacher.page(fmt.Sprintf("%s/starter?q=%d&q=%d&at=9", c.path(), q, questions.QuestionID(99999))), "a starter of one that is there", "1 of 1", "Done")
	c.teacher.post(c.path() + "/banks")
	tells(t, c.teacher.page(fmt.Sprintf("%s/starter?q=%d", c.path(), q)), "a starter of what is not given", "No starter is needed")
}

func TestTheClassAsAFile(t *testing.T) {
	c := lesson(t)
	res := c.teacher.send("GET", c.path()+"/class.csv", nil)
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	body := string(raw)
	if !strings.HasPrefix(body, "\ufeffname,joined,") || !strings.Contains(body, "\n'=Pupil 0,") || strings.Count(body, "\n") != 9 {
		t.Errorf("the file is %q, want a mark, a head and eight pupils, no formulas", body)
	}
	if got := res.Header.Get("Content-Disposition"); !strings.HasPrefix(got, "attachment") {
		t.Errorf("the file comes as %q", got)
	}
}

func TestTheInboxOfOneClass(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	other := newClass(s, "11a")
	for _, pupil := range []*visitor{c.pupil} {
		path, _ := typedQuestion(pupil)
		pupil.post(path, "token", token(pupil.page(path)), "answer", "The Corn Man")
		if again := pupil.page(path); strings.Contains(again, `name="answer"`) {
			pupil.post(path, "token", token(again), "answer", "The Corn Man")
		}
		pupil.send("POST", path+"/right", url.Values{"part": {"1"}, "token": {token(pupil.page(path))}}).Body.Close()
	}
	s.now = s.now.Add(time.Minute)
	own := "/inbox?class=" + c.id.String()
	tells(t, c.teacher.page(c.path()), "the class", "1 “I was right”: accept or reject")
	page := c.teacher.page(own)
	tells(t, page, "the inbox of the class", "From 10b, nothing else.", "The Corn Man", "All that waits")
	tells(t, other.teacher.page("/inbox?class="+other.id.String()), "the inbox of the other class", "Nothing waits from 11a.")
	other.teacher.wantStatus(404, "GET", own)
	second := c.teacher.post("/classes", "name", "10c", "bank", "1", "token", token(c.teacher.page("/classes")))
	tells(t, c.teacher.page("/inbox?class="+strings.TrimPrefix(second, "/classes/")), "the inbox of the teacher's other class", "Nothing waits from 10c.")
	tells(t, c.teacher.page("/inbox"), "the whole inbox", "The Corn Man")
	field := func(name string) string {
		m := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(page)
		if m == nil {
			t.Fatalf("the inbox has no field %s", name)
		}
		return m[1]
	}
	to := c.teacher.post("/inbox/reject", "question", field("question"), "part", field("part"), "why", field("why"), "said", field("said"), "class", field("class"))
	if to != own {
		t.Errorf("rejecting leads to %s, want %s", to, own)
	}
	tells(t, c.teacher.page(own), "the inbox after that", "Nothing waits from 10b.")
}
