package web_test

import (
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/questions"
	"thaw/questions/kind"
)

// typed is a question of the built-in bank that asks for a name.
func (s *site) typed() questions.Version {
	s.t.Helper()
	banks, err := s.app.Shelf.For(s.t.Context(), 0)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, q := range banks[0].Questions {
		v, err := s.app.Shelf.Version(s.t.Context(), questions.Ref{Question: q.ID, Version: q.Latest})
		if err != nil {
			s.t.Fatal(err)
		}
		if key, _ := v.Key(1); q.Kind == questions.Text && key.Match == questions.MatchPerson {
			return v
		}
	}
	s.t.Fatal("nobody is asked for by name")
	return questions.Version{}
}

const alias = "the corn man"

// contests gives the alias to a question and says that it was right; it returns where.
func (v *visitor) contests(version questions.Version) string {
	v.t.Helper()
	v.now = v.now.Add(time.Minute)
	v.gives(version, alias)
	path := v.latest()
	wantIn(v.t, v.page(path), "I was right")
	if to := v.post(path+"/right", "part", "1", "token", token(v.page(path))); to != path {
		v.t.Errorf("saying that it was right leads to %s", to)
	}
	return path
}

// A pupil says that an answer was right, the class's teacher sees it and accepts it for
// the class, an administrator for everybody, and takes that back: each page says so.
func TestAnAnswerIsContestedAcceptedAndTakenBack(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	admin, loner := named(s, "Head", people.Admin), named(s, "Loner", people.Pupil)
	version := s.typed()
	at, elsewhere := c.pupil.contests(version), loner.contests(version)
	page := c.pupil.page(at)
	wantIn(t, page, says("contest.noted"), says("contest.mine"))
	wantOut(t, page, "I was right<")
	c.pupil.post(at+"/right", "part", "1", "mine", "1", "token", token(page))
	wantIn(t, c.pupil.page(at), says("contest.mine_done"))
	s.folds(c.pupil.person())
	c.pupil.post(at+"/report", "why", "unclear", "words", "Who <b>is</b> meant?")
	wantIn(t, c.pupil.page(at), says("contest.reported"))
	result := strings.TrimSuffix(at, "/questions/1")
	wantIn(t, c.pupil.page(result), "0 of 1", says("contest.noted"))

	inbox := c.teacher.page("/inbox")
	wantIn(t, inbox, alias, "1 learner, 1 time", "Inbox (1)")
	wantOut(t, inbox, "Who &lt;b&gt;")
	inbox = admin.page("/inbox")
	wantIn(t, inbox, alias, "2 learners, 2 times", "Who &lt;b&gt;is&lt;/b&gt; meant?", "Inbox (2)")
	draft := draftOf(t, c.teacher.page("/inbox"))
	wantIn(t, c.teacher.page(draft), "1 of 1 answer", "The pupils of 10b", says("ruling.do_accept"))
	ruled := c.teacher.rules(draft)
	wantIn(t, c.teacher.page(ruled), "Accepted: "+alias, "It has reached everybody: 1 learner.")
	wantIn(t, c.pupil.page(result), "1 of 1", "Accepted today: your result is now 1 of 1.")
	wantIn(t, c.pupil.page("/progress"), "Accepted today: your result is now 1 of 1.")
	wantIn(t, c.pupil.page(at), says("contest.accepted"))
	wantIn(t, loner.page(strings.TrimSuffix(elsewhere, "/questions/1")), "0 of 1")
	s.folds(c.pupil.person())

	everybody := admin.rules(draftOf(t, admin.page("/inbox")))
	wantIn(t, loner.page(strings.TrimSuffix(elsewhere, "/questions/1")), "1 of 1")
	c.teacher.wantStatus(404, "GET", everybody)
	c.teacher.wantStatus(404, "POST", everybody+"/undo")
	admin.post(everybody + "/undo")
	wantIn(t, admin.page(everybody), says("ruling.back_done"))
	wantIn(t, loner.page(strings.TrimSuffix(elsewhere, "/questions/1")), "0 of 1")
	wantIn(t, c.pupil.page(result), "1 of 1")
	c.teacher.post(ruled + "/undo")
	wantIn(t, c.pupil.page(result), "0 of 1")
	wantOut(t, c.pupil.page(result), "your result is now")

	c.teacher.post("/inbox/reject", "question", version.Question.String(), "part", "1", "why", "right", "said", alias, "reply", "We want names here.")
	wantIn(t, c.pupil.page(at), says("contest.rejected"), "We want names here.")
	wantIn(t, admin.page("/inbox"), "1 learner, 1 time")
}

// draftOf is where the inbox leads to decide on its first row.
func draftOf(t *testing.T, inbox string) string {
	t.Helper()
	i := strings.Index(inbox, `href="/questions/`)
	for strings.Index(inbox, "decision=accept") > 0 && !strings.Contains(inbox[i:i+strings.Index(inbox[i:], `data-key`)], "decision=accept") {
		i += 1 + strings.Index(inbox[i+1:], `href="/questions/`)
	}
	if i < 0 {
		t.Fatalf("the inbox leads nowhere:\n%s", inbox)
	}
	to := inbox[i+len(`href="`):]
	return strings.ReplaceAll(to[:strings.Index(to, `"`)], "&amp;", "&")
}

// rules makes the ruling that a draft shows.
func (v *visitor) rules(draft string) string {
	v.t.Helper()
	_, form, ok := strings.Cut(v.page(draft), `id="preview"`)
	if !ok {
		v.t.Fatalf("%s shows no preview", draft)
	}
	form, _, _ = strings.Cut(form, "</form>")
	values := url.Values{}
	for _, f := range hiddenField.FindAllStringSubmatch(form, -1) {
		values.Add(f[1], html.UnescapeString(f[2]))
	}
	res := v.send("POST", strings.Split(draft, "?")[0], values)
	defer res.Body.Close()
	if res.StatusCode != 303 {
		v.t.Fatalf("ruling by %s: %d", draft, res.StatusCode)
	}
	return res.Header.Get("Location")
}

var hiddenField = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)"`)

// A faulty question is left out of every result, or everybody gets the point.
func TestAFaultyQuestionIsRetired(t *testing.T) {
	s := open(t)
	admin, pupil := named(s, "Head", people.Admin), named(s, "Mila", people.Pupil)
	version := s.typed()
	at := pupil.contests(version)
	result := strings.TrimSuffix(at, "/questions/1")
	path := "/questions/" + version.Question.String() + "/ruling"
	wantIn(t, admin.page(path), says("ruling.what_leave"))
	for decision, wants := range map[string][]string{"leave": {"0 of 0", "left out", says("reason.left_out")}, "point": {"1 of 1", says("reason.point")}} {
		draft := path + "?decision=" + decision
		wantIn(t, admin.page(draft), "1 of 1 answer")
		ruled := admin.rules(draft)
		for _, want := range wants {
			if !strings.Contains(pupil.page(result)+pupil.page(at), want) {
				t.Errorf("%s: no page says %q", decision, want)
			}
		}
		s.folds(pupil.person())
		admin.post(ruled + "/undo")
		wantIn(t, pupil.page(result), "0 of 1")
		s.folds(pupil.person())
	}
	_, page := admin.ask(path, url.Values{"decision": {"key"}, "part": {"1"}, "text": {" "}, "token": {"abcdefghijklmnopqrstuv"}})
	wantIn(t, page, says("ruling.no_text"))
}

// The pages take at most six queries, for learners and for teachers.
func TestRepairPagesTakeAtMostSixQueries(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	admin := named(s, "Head", people.Admin)
	version := s.typed()
	var at string
	for i := range 4 {
		v := named(s, fmt.Sprintf("Pupil %d", i), people.Pupil)
		c.join(v, "")
		v.contests(version)
	}
	at = c.pupil.contests(version)
	draft := draftOf(t, admin.page("/inbox"))
	ruled := c.teacher.rules(draftOf(t, c.teacher.page("/inbox")))
	again := c.pupil.contestless(version)
	for _, p := range []struct {
		v    *visitor
		path string
	}{{c.teacher, "/inbox"}, {admin, "/inbox"}, {admin, draft}, {c.teacher, ruled}, {c.pupil, at}, {c.pupil, again}, {c.pupil, strings.TrimSuffix(at, "/questions/1")}, {c.pupil, "/progress"},
		{admin, strings.Split(draft, "?")[0] + "?decision=accept&name=1&text=corn+king"}} {
		s.now = s.now.Add(10 * time.Second)
		p.v.page(p.path)
		s.now = s.now.Add(10 * time.Second)
		before := s.reads()
		p.v.page(p.path)
		if n := s.reads() - before; n > 6 || n == 0 {
			t.Errorf("GET %s takes %d queries, want 1 to 6", p.path, n)
		}
	}
}

// contestless opens the question once more.
func (v *visitor) contestless(version questions.Version) string {
	v.t.Helper()
	v.now = v.now.Add(time.Minute)
	v.gives(version, "Beria")
	return v.latest()
}

// latest is the first question of the newest sitting.
func (v *visitor) latest() string {
	v.t.Helper()
	list, err := v.app.Host.Store.Latest(v.t.Context(), v.person().ID, 1)
	if err != nil {
		v.t.Fatal(err)
	}
	return sittingPath(list[0].N)
}

// of finds a question of a kind of the built-in bank.
func (s *site) of(kind string) questions.Version {
	s.t.Helper()
	banks, err := s.app.Shelf.For(s.t.Context(), 0)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, q := range banks[0].Questions {
		if q.Kind == kind {
			v, err := s.app.Shelf.Version(s.t.Context(), questions.Ref{Question: q.ID, Version: q.Latest})
			if err != nil {
				s.t.Fatal(err)
			}
			return v
		}
	}
	s.t.Fatal("the built-in bank has no question of kind " + kind)
	return questions.Version{}
}

// One gap of several is contested and accepted; the others stay as they were.
func TestAGapIsContestedAndAccepted(t *testing.T) {
	s := open(t)
	admin, pupil := named(s, "Head", people.Admin), named(s, "Mila", people.Pupil)
	version := s.of(questions.Cloze)
	n, err := s.app.Host.Store.Begin(t.Context(), quiz.Sitting{Learner: pupil.person().ID, Mode: quiz.Tutor, Started: s.now, Count: 1,
		Items: []quiz.Item{{Pos: 1, Ref: version.Ref, Bank: 1, Lexicon: 1, State: quiz.Open, Facts: version.Facts()}}}, "")
	if err != nil {
		t.Fatal(err)
	}
	at := sittingPath(n)
	form := url.Values{"token": {token(pupil.page(at))}}
	for range kind.Parts(version) {
		form.Add("answer", "gap of nobody")
	}
	pupil.send("POST", at, form).Body.Close()
	page := pupil.page(at)
	if got := strings.Count(page, "I was right: gap of nobody"); got != kind.Parts(version) {
		t.Fatalf("%d gaps can be contested, want %d", got, kind.Parts(version))
	}
	pupil.post(at+"/right", "part", "2", "token", token(page))
	wantIn(t, pupil.page(at), "gap of nobody: Noted.", "I was right: gap of nobody")
	inbox := admin.page("/inbox")
	wantIn(t, inbox, "gap of nobody", "1 learner, 1 time")
	draft := draftOf(t, inbox)
	wantIn(t, admin.page(draft), "1 of 1 answer", "1 mark,")
	admin.rules(draft)
	wantIn(t, pupil.page(at), "gap of nobody: Accepted", "I was right: gap of nobody")
	for _, m := range s.past(pupil.person())[1].Marks {
		if m.Verdict.Fine() != (m.Part == 2) {
			t.Errorf("gap %d is %s after the second was accepted", m.Part, m.Verdict)
		}
	}
	s.folds(pupil.person())
}

// A key that was wrong is changed: who chose what is right now has the point, and the page
// says what is right.
func TestAWrongKeyIsPutRight(t *testing.T) {
	s := open(t)
	admin, pupil := named(s, "Head", people.Admin), named(s, "Mila", people.Pupil)
	version := s.of(questions.Choice)
	other := 0
	for i, a := range version.Answers {
		if a.Credit != 1 {
			other = i
		}
	}
	s.now = s.now.Add(time.Minute)
	pupil.gives(version, fmt.Sprint(other+1))
	at := pupil.latest()
	wantOut(t, pupil.page(at), "I was right")
	s.now = s.now.Add(time.Minute)
	path := "/questions/" + version.Question.String() + "/ruling"
	page := admin.page(path)
	wantIn(t, page, says("ruling.options"), html.EscapeString(version.Answers[other].Text))
	ruled := admin.rules(path + "?" + url.Values{"decision": {"key"}, "part": {"1"}, "text": {version.Answers[other].Text}}.Encode())
	wantIn(t, admin.page(ruled), "Right is now: "+html.EscapeString(version.Answers[other].Text))
	result := strings.TrimSuffix(at, "/questions/1")
	wantIn(t, pupil.page(result), "1 of 1", "The right answer was put right today: your result is now 1 of 1.")
	if page := pupil.page(at); !strings.Contains(page, `class="option is-right"`) || strings.Contains(page, `class="option is-wrong"`) {
		t.Errorf("the page does not show the option as right:\n%s", page)
	}
	latest, err := s.app.Shelf.Version(t.Context(), questions.Ref{Question: version.Question, Version: version.Version + 1})
	if err != nil || latest.Answers[other].Credit != 1 {
		t.Errorf("the new version: %+v, %v", latest, err)
	}
	s.folds(pupil.person())
}
