package main

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// office sets the program up and is its administrator's browser.
func (p *program) office(t *testing.T) *browser {
	t.Helper()
	b := p.browser(t)
	b.get(p.setup)
	b.submit("school", "school", "Riverside", "lang", "en", "zone", "Europe/Berlin", "url", p.url, "name", "Head", "password", "nine amber trams")
	b.want(200)
	return b
}

var invitation = regexp.MustCompile(`/invite/[A-Za-z0-9_-]{32}`)

// invite makes a teacher by a link of the administrator's, and is the teacher's
// browser.
func (p *program) invite(t *testing.T, admin *browser, name string) *browser {
	t.Helper()
	admin.get("/people")
	admin.press("/people/invite", "role", "teacher")
	admin.want(200, "For a teacher, made by Head")
	b := p.browser(t)
	b.get(invitation.FindString(admin.page.body))
	b.want(200, "You are invited", "Riverside")
	b.submit("name", "name", name, "password", "ten amber trams")
	b.want(200, "recovery words")
	b.press("/words/noted")
	b.want(200, "You can teach here now", "Make a class")
	return b
}

// lesson is a class with its teacher's browser.
type lesson struct {
	teacher *browser
	path    string
	code    string
}

var boardCode = regexp.MustCompile(`aria-hidden="true">([A-Z]{3}) ([A-Z]{3})<`)

// newLesson makes a class with the built-in bank.
func newLesson(teacher *browser, name string) lesson {
	teacher.t.Helper()
	teacher.get("/classes")
	teacher.submit("name", "name", name, "bank", "1")
	teacher.want(200, name, "Nobody is here yet. Put this code on the board, or print the slips.")
	code := boardCode.FindStringSubmatch(teacher.page.body)
	if code == nil {
		teacher.t.Fatalf("%s shows no code:\n%s", teacher.page.path, teacher.page.text())
	}
	return lesson{teacher, teacher.page.path, code[1] + code[2]}
}

// join makes somebody a pupil under a name and goes to the first question.
func (l lesson) join(b *browser, name string) {
	b.t.Helper()
	b.get("/join?code=" + strings.ToLower(l.code))
	b.want(200, "Join 10b", "Your teacher sees how you answer")
	b.press("/join/"+l.code, "name", name)
	b.want(200)
	if !strings.Contains(b.page.path, "/questions/1") {
		b.t.Fatalf("joining leads to %s, want a question", b.page.path)
	}
}

func TestATeacherIsInvitedAndAClassJoins(t *testing.T) {
	data := t.TempDir()
	p := start(t, data)
	admin := p.office(t)
	teacher := p.invite(t, admin, "Vera Noor")
	l := newLesson(teacher, "10b")

	mila := p.browser(t)
	l.join(mila, "Mila")
	answerAll(mila, "25 February 1956")
	mila.want(200, "of 10")
	evil := p.browser(t)
	l.join(evil, `<script>alert(1)</script>`)
	teacher.get(l.path)
	teacher.want(200, "2 pupils", "1 active", "Mila", "<script>alert(1)</script>", "too few to judge this question")
	if strings.Contains(teacher.page.body, "<script>alert") {
		t.Error("the teacher's page holds the pupil's markup")
	}

	pupil := regexp.MustCompile(regexp.QuoteMeta(l.path)+`/pupils/\d+`).FindAllString(teacher.page.body, -1)[1]
	mila.get("/seen")
	mila.want(200, "Vera Noor", "Nobody has looked yet.")
	teacher.get(pupil)
	teacher.want(200, "Today Mila would still know about", "What Mila remembers, by topic")
	mila.get("/seen")
	mila.want(200, "Vera Noor, today")

	other := p.invite(t, admin, "Otto Brandt")
	for _, b := range []*browser{other, admin, mila} {
		for _, path := range []string{l.path, l.path + "/code", l.path + "/settings", pupil, pupil + "/reset"} {
			if b.get(path); b.page.status != http.StatusNotFound && !strings.HasPrefix(b.page.path, "/sign-in") {
				t.Errorf("%s answers %d to who does not teach it", path, b.page.status)
			}
		}
	}

	teacher.get(pupil + "/reset")
	teacher.want(200, "This signs Mila out everywhere.")
	teacher.press("/reset")
	link := linkPath.FindString(teacher.page.text())
	mila.get("/today")
	if !strings.HasPrefix(mila.page.path, "/sign-in") {
		t.Errorf("after the reset Mila still sees %s", mila.page.path)
	}
	p.stop(t)
	p = start(t, data)
	back := p.browser(t) // on another device, after another start
	back.get(link)
	back.want(200, "Welcome back")
	back.submit("")
	back.get("/sittings/1/questions/1")
	back.want(200)
	back.get("/seen")
	back.want(200, "10b", "As Mila")
	back.get(l.path + "/leave")
	back.press("/leave")
	back.want(200, "You are in no class.")

	again := p.browser(t)
	again.get("/sign-in")
	again.submit("password", "name", "vera noor", "password", "ten amber trams")
	again.get(l.path)
	again.want(200, "1 pupil,")
	if strings.Contains(again.page.text(), "Mila") {
		t.Error("the teacher still sees who has left")
	}
}

func TestTheDemonstrationHasAClass(t *testing.T) {
	p := start(t, t.TempDir(), "--demo")
	b := p.browser(t)
	b.get("/sign-in")
	b.submit("password", "name", demoTeacher, "password", demoPassword)
	b.get("/classes")
	b.want(200, demoClass, "12 pupils")
	b.get("/classes/1")
	b.want(200, "12 pupils", "right the first time, so", "Most common wrong answer")
	for _, name := range demoNames {
		b.want(200, name)
	}
}

// clicks makes chromedp press what a person would.
func clicks(selector string) chromedp.Action {
	return chromedp.Tasks{appears(selector), chromedp.Click(selector, chromedp.ByQuery)}
}

func TestATeacherAndAPupilInTwoBrowsers(t *testing.T) {
	data := t.TempDir()
	out, log, code := once(t, "user", "add", "Vera Noor", "--role", "teacher", "--data", data)
	if code != 0 {
		t.Fatalf("user add ends with %d: %s", code, log)
	}
	p := start(t, data)
	teacher := chromium(t)
	pupil := chromium(t)
	complains := [2]func() []string{complaints(teacher), complaints(pupil)}

	var board, address string
	err := chromedp.Run(teacher, look(1200, "light"), chromedp.Navigate(p.url+linkPath.FindString(out)), clicks("button.primary"),
		appears("#password"), chromedp.Navigate(p.url+"/classes"),
		appears("#name"), chromedp.SendKeys("#name", "10b History", chromedp.ByQuery), clicks("button.primary"),
		appears(".board"), chromedp.Text(".code [aria-hidden]", &board, chromedp.ByQuery), chromedp.Location(&address))
	if err != nil {
		t.Fatal(err)
	}
	shot(t, teacher, "flow-class-board")

	var question string
	err = chromedp.Run(pupil, look(360, "light"), chromedp.Navigate(p.url+"/"), appears("#code"),
		chromedp.SendKeys("#code", strings.ToLower(board)+enter, chromedp.ByQuery),
		appears("#name"), chromedp.SendKeys("#name", "Mila <b>", chromedp.ByQuery), clicks("button.primary"),
		appears("form.ask"), chromedp.Location(&question))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(question, "/sittings/1/questions/1") {
		t.Errorf("two steps after the code the pupil is at %s, want a question", question)
	}
	shot(t, pupil, "flow-class-first-question")
	for i := 1; i <= 6; i++ {
		answerByKeys(t, pupil)
		var overflow int64
		err := chromedp.Run(pupil, chromedp.Evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth", &overflow), keys(enter),
			chromedp.WaitVisible(fmt.Sprintf(`//form[contains(@action, "/questions/%d")]`, i+1), chromedp.BySearch))
		if err != nil {
			t.Fatalf("question %d: %v", i, err)
		}
		if overflow > 0 {
			t.Errorf("question %d scrolls sideways by %d px on a phone", i, overflow)
		}
	}

	var row, bold string
	err = chromedp.Run(teacher, chromedp.Click(`//a[contains(., "See who has come")]`, chromedp.BySearch), appears(".pupils"),
		chromedp.Text(".pupils tbody tr", &row, chromedp.ByQuery), chromedp.Evaluate(`String(document.querySelectorAll(".pupils b").length)`, &bold))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(row, "Mila <b>") || !strings.Contains(row, "facts holding or better") || !strings.Contains(row, "today") || bold != "0" {
		t.Errorf("the teacher sees %q, want Mila as text, with facts met today", row)
	}
	shot(t, teacher, "flow-class-begun")
	for i, said := range complains {
		if lines := said(); len(lines) > 0 {
			t.Errorf("the console of browser %d complains:\n%s", i+1, strings.Join(lines, "\n"))
		}
	}
}

// Forty join the same class at the same time, in the real program.
func TestFortyJoinAtOnce(t *testing.T) {
	p := start(t, t.TempDir())
	l := newLesson(p.invite(t, p.office(t), "Vera Noor"), "10b")
	var group sync.WaitGroup
	for i := range 40 {
		b := p.browser(t)
		group.Go(func() {
			b.get("/join/" + l.code)
			f, err := b.page.form("name")
			if err != nil {
				t.Error(err)
				return
			}
			f.values.Set("name", fmt.Sprintf("Pupil %d", i))
			if b.post(f.action, f.values); b.page.status != 200 || !strings.Contains(b.page.path, "/questions/1") {
				t.Errorf("pupil %d: %d at %s", i, b.page.status, b.page.path)
			}
		})
	}
	group.Wait()
	l.teacher.get(l.path)
	l.teacher.want(200, "40 pupils")
}
