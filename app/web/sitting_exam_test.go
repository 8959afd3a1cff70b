package web_test

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/app/study"
	"thaw/questions"
)

// item is one of a sitting as it stands, with its wording in the order shown.
func (v *visitor) item(n, pos int) (quiz.Turn, questions.Version) {
	v.t.Helper()
	turn, err := v.app.Host.Store.Turn(v.t.Context(), v.person().ID, n, pos)
	if err != nil {
		v.t.Fatal(err)
	}
	version, err := v.app.Shelf.Version(v.t.Context(), turn.Item.Ref)
	if err != nil {
		v.t.Fatal(err)
	}
	return turn, version.In(turn.Item.Order)
}

func itemPath(n, pos int) string { return fmt.Sprintf("/sittings/%d/questions/%d", n, pos) }

// hidden is a hidden field of a page.
func hidden(page, name string) string {
	_, rest, _ := strings.Cut(page, `name="`+name+`" value="`)
	value, _, _ := strings.Cut(rest, `"`)
	return value
}

// form is the form of a question as the page holds it, with an answer.
func (v *visitor) form(n, pos int, right bool) url.Values {
	v.t.Helper()
	_, version := v.item(n, pos)
	page := v.page(itemPath(n, pos))
	return url.Values{"token": {token(page)}, "was": {hidden(page, "was")}, "ends": {hidden(page, "ends")}, "answer": give(version, right)}
}

// sends posts a form and returns the status, where it leads, and the page.
func (v *visitor) sends(path string, form url.Values) (status int, to, page string) {
	v.t.Helper()
	res := v.send("POST", path, form)
	return res.StatusCode, res.Header.Get("Location"), html.UnescapeString(body(v.t, res))
}

func (v *visitor) posts(path string, form url.Values, status int, texts ...string) {
	v.t.Helper()
	got, to, page := v.sends(path, form)
	if got != status {
		v.t.Errorf("POST %s: %d, to %q, want %d\n%s", path, got, to, status, page)
	}
	for _, text := range texts {
		if !strings.Contains(page+to, text) {
			v.t.Errorf("POST %s does not say %q:\n%s%s", path, text, to, page)
		}
	}
}

// TestAnExamIsTakenFlaggedAndHandedIn without script.
func TestAnExamIsTakenFlaggedAndHandedIn(t *testing.T) {
	s := open(t)
	v := guest(s)
	n := v.begins("n", "5", "mode", "exam").N
	for pos := 1; pos <= 3; pos++ {
		to := itemPath(n, pos+1)
		v.posts(itemPath(n, pos)+"/given", v.form(n, pos, pos == 1), 303, to)
	}
	flag := v.form(n, 5, true)
	flag.Set("do", "flag")
	v.posts(itemPath(n, 5)+"/given", flag, 303, itemPath(n, 5)) // the answer goes along
	only := v.form(n, 4, true)
	only.Set("do", "flag")
	only.Del("answer")
	v.posts(itemPath(n, 4)+"/given", only, 303, itemPath(n, 4))
	change := v.form(n, 2, true)
	v.posts(itemPath(n, 2)+"/given", change, 303)
	leave := v.form(n, 3, true)
	leave.Set("do", "leave")
	v.posts(itemPath(n, 3)+"/given", leave, 303, itemPath(n, 3))

	check := html.UnescapeString(v.page(fmt.Sprintf("/sittings/%d/check", n)))
	for _, text := range []string{"Before you hand in", "3 of 5 answered, 2 empty.", "2 are flagged.", "answered, flagged", "empty, flagged", `href="` + itemPath(n, 3) + `"`} {
		if !strings.Contains(check, text) {
			t.Errorf("the check does not say %q:\n%s", text, check)
		}
	}
	if page := v.page("/today"); !strings.Contains(page, "3 of 5 answered") {
		t.Error("Today does not offer to go on with the exam")
	}
	for pos, given := range map[int]bool{1: true, 2: true, 3: false, 4: false, 5: true} {
		turn, version := v.item(n, pos)
		if (turn.Item.State == quiz.Given) != given || given && !reflect.DeepEqual([]string(turn.Item.Given), give(version, true)) {
			t.Errorf("question %d: %s, %q", pos, turn.Item.State, turn.Item.Given)
		}
	}
	v.posts(fmt.Sprintf("/sittings/%d/hand-in", n), url.Values{}, 303, fmt.Sprintf("/sittings/%d", n))
	result := html.UnescapeString(v.page(fmt.Sprintf("/sittings/%d", n)))
	for _, text := range []string{" of 5", "2 questions were left empty.", "Not answered", "Retry the"} {
		if !strings.Contains(result, text) {
			t.Errorf("the result does not say %q", text)
		}
	}
	for pos := 1; pos <= 5; pos++ {
		page := html.UnescapeString(v.page(itemPath(n, pos)))
		if !strings.Contains(page, `class="verdict`) || strings.Contains(page, "Not answered. It is") != (pos == 3 || pos == 4) {
			t.Errorf("question %d has no verdict page of its own:\n%s", pos, page)
		}
	}
	if page := v.page("/progress"); !strings.Contains(page, "Exam, ") || !strings.Contains(page, " of 5 right") {
		t.Error("the progress page does not list the exam with its score")
	}
	v.posts(fmt.Sprintf("/sittings/%d/retry", n), url.Values{"token": {token(result)}}, 303)
	s.folds(v.person())
}

// TestAnExamEqualsAQuiz: the same answers, given at the same time, make the same cards.
func TestAnExamEqualsAQuiz(t *testing.T) {
	s := open(t)
	a, b := guest(s), guest(s)
	first := a.begins("n", "10")
	exam := quiz.Sitting{Learner: b.person().ID, Mode: quiz.Exam, Started: s.now, Count: first.Count, Items: first.Items}
	n, err := s.app.Host.Store.Begin(t.Context(), exam, "token-of-the-same-exam")
	if err != nil {
		t.Fatal(err)
	}
	for _, it := range first.Items {
		s.now = s.now.Add(20 * time.Second)
		right := it.Pos%3 != 0
		a.sends(itemPath(first.N, it.Pos), a.form(first.N, it.Pos, right))
		if turn, _ := a.item(first.N, it.Pos); turn.Item.State != quiz.Closed {
			t.Fatalf("question %d is %s", it.Pos, turn.Item.State)
		}
		b.sends(itemPath(n, it.Pos)+"/given", b.form(n, it.Pos, right))
	}
	s.now = s.now.Add(time.Hour)
	b.posts(fmt.Sprintf("/sittings/%d/hand-in", n), nil, 303)
	known := map[questions.FactID]study.Card{}
	cards, _, _ := s.app.Coach.Store.Memory(t.Context(), a.person().ID)
	for _, c := range cards {
		known[c.Fact] = c
	}
	compared := 0
	for _, it := range first.Items {
		one, _ := a.item(first.N, it.Pos)
		two, _ := b.item(n, it.Pos)
		if one.Item.Credit != two.Item.Credit || !one.Past.At.Equal(two.Past.At) || !reflect.DeepEqual(study.Plain(one.Past.Marks), study.Plain(two.Past.Marks)) {
			t.Errorf("question %d: %+v in the quiz, %+v in the exam", it.Pos, one.Past, two.Past)
		}
		for _, c := range two.Cards {
			if was := known[c.Fact]; was.Stability != c.Stability || was.Difficulty != c.Difficulty || !was.Last.Equal(c.Last) {
				t.Errorf("fact %d: %+v by the quiz, %+v by the exam", c.Fact, was, c)
			}
			compared++
		}
	}
	if compared < 10 {
		t.Errorf("%d cards compared", compared)
	}
	s.folds(b.person())
}

// TestNoKeyBeforeTheHandIn walks every page of an exam of every built-in question that an
// exam may ask, everything given.
func TestNoKeyBeforeTheHandIn(t *testing.T) {
	s := open(t)
	v := guest(s)
	_, versions := everything(s, v.person())
	sitting, err := s.app.Host.Store.Sitting(t.Context(), v.person().ID, 2)
	if err != nil {
		t.Fatal(err)
	}
	exam := quiz.Sitting{Learner: v.person().ID, Mode: quiz.Exam, Started: s.now}
	var asked []questions.Version
	for i, it := range sitting.Items {
		if versions[i].Kind != questions.Flash {
			it.Pos = len(exam.Items) + 1
			exam.Items, asked = append(exam.Items, it), append(asked, versions[i])
		}
	}
	exam.Count = len(exam.Items)
	n, err := s.app.Host.Store.Begin(t.Context(), exam, "token-of-an-exam-of-all")
	if err != nil {
		t.Fatal(err)
	}
	blank := quiz.Giving{Was: ""}
	for i, version := range asked {
		blank.Submission = quiz.Submission{Sitting: n, Pos: i + 1, Response: unknowing(version), Token: fmt.Sprintf("token-of-gift-%05d", i)}
		if err := s.app.Host.Give(t.Context(), v.person(), blank); err != nil {
			t.Fatalf("%s: %v", version.Kind, err)
		}
		page := v.page(itemPath(n, i+1))
		for _, sign := range []string{`class="verdict`, "is-right", "is-wrong", "is-almost", "thaw-line", "/right\"", "/report\""} {
			if strings.Contains(page, sign) {
				t.Errorf("%q, a %s, shows %s before it is handed in", version.Prompt, version.Kind, sign)
			}
		}
		tellsNothing(t, strings.ReplaceAll(page, " checked", ""), version)
		v.posts(itemPath(n, i+1), url.Values{"token": {"token-of-a-forged-answer"}, "answer": unknowing(version)}, 404)
		if i%40 == 0 {
			v.posts(itemPath(n, i+1)+"/report", url.Values{"why": {"unclear"}}, 409)
		}
	}
	check := v.page(fmt.Sprintf("/sittings/%d/check", n))
	for _, version := range asked {
		if strings.Contains(check, html.EscapeString(version.Explain)) || strings.Contains(check, "is-right") {
			t.Errorf("the check tells why of %q", version.Prompt)
		}
	}
	if past, err := s.app.Host.Store.Pasts(t.Context(), v.person().ID); err != nil || len(past) != 1 {
		t.Errorf("%d events before the hand-in, %v", len(past), err)
	}
	res := v.send("GET", fmt.Sprintf("/sittings/%d", n), nil)
	res.Body.Close()
	if res.StatusCode != 303 || !strings.HasSuffix(res.Header.Get("Location"), "/check") {
		t.Errorf("the result before the hand-in: %d to %s", res.StatusCode, res.Header.Get("Location"))
	}
}

// TestParallelHandInsCountOnce, and no answer is taken after them.
func TestParallelHandInsCountOnce(t *testing.T) {
	s := open(t)
	v := guest(s)
	n := v.begins("n", "5", "mode", "exam").N
	late := v.form(n, 2, true)
	for pos := 1; pos <= 4; pos++ {
		if pos != 2 {
			v.sends(itemPath(n, pos)+"/given", v.form(n, pos, pos == 1))
		}
	}
	statuses := make([]int, 50)
	var wg sync.WaitGroup
	for i := range statuses {
		wg.Go(func() {
			res := (&visitor{site: s, cookie: v.cookie}).send("POST", fmt.Sprintf("/sittings/%d/hand-in", n), url.Values{})
			res.Body.Close()
			statuses[i] = res.StatusCode
		})
	}
	wg.Wait()
	for _, status := range statuses {
		if status != http.StatusSeeOther {
			t.Fatalf("fifty hand-ins: %v, want 303 each", statuses)
		}
	}
	past, err := s.app.Host.Store.Pasts(t.Context(), v.person().ID)
	if err != nil || len(past) != 1+3 {
		t.Errorf("%d events, %v, want that of the first page and three", len(past), err)
	}
	v.posts(itemPath(n, 2)+"/given", late, 409, "Continued elsewhere", "handed in", "Nothing is kept", "Not kept, from this page: ", "See the result")
	s.folds(v.person())
	sitting, err := s.app.Host.Store.Sitting(t.Context(), v.person().ID, n)
	if err != nil || sitting.Empty != 2 || sitting.Closed != 5 || len(sitting.Missed()) != 4 {
		t.Errorf("handed in: %+v, %v", sitting, err)
	}
}

// TestTimeHoldsAgainstDirectPosts in an exam: what comes within ten seconds is taken, what
// comes later is not, and what was given in time counts.
func TestTimeHoldsAgainstDirectPosts(t *testing.T) {
	s := open(t)
	v := guest(s)
	begun := v.begins("n", "5", "mode", "exam", "limit", "5")
	n := begun.N
	v.sends(itemPath(n, 1)+"/given", v.form(n, 1, true))
	grace, late := v.form(n, 2, true), v.form(n, 3, true)
	s.now = begun.Ends.Add(9 * time.Second)
	v.posts(itemPath(n, 2)+"/given", grace, 303)
	s.now = begun.Ends.Add(11 * time.Second)
	v.posts(itemPath(n, 3)+"/given", late, 409, "Time is over", "Nothing is kept", "Not kept, from this page: ", "See the result")
	v.posts(itemPath(n, 3)+"/given", late, 409, "Time is over")
	v.posts(fmt.Sprintf("/sittings/%d/extend", n), url.Values{"ends": {late.Get("ends")}}, 409, "Time is over", "See the result")
	result := html.UnescapeString(v.page(fmt.Sprintf("/sittings/%d", n)))
	if !strings.Contains(result, "Time was over. What you had given counts; 3 questions had no answer yet.") {
		t.Errorf("the result does not say that time was over:\n%s", result)
	}
	sitting, err := s.app.Host.Store.Sitting(t.Context(), v.person().ID, n)
	if err != nil || !sitting.Finished.Equal(begun.Ends) || sitting.Empty != 3 || sitting.Items[1].Seq == 0 {
		t.Errorf("handed in: %+v, %v", sitting, err)
	}
	s.folds(v.person())
}

// TestTheNextRequestClosesWhatRanOut of a quiz that says its verdict at once.
func TestTheNextRequestClosesWhatRanOut(t *testing.T) {
	s := open(t)
	v := guest(s)
	begun := v.begins("n", "5", "limit", "5")
	n := begun.N
	v.sends(itemPath(n, 1), v.form(n, 1, true))
	late := v.form(n, 2, true)
	if page := v.page(itemPath(n, 1)); !strings.Contains(page, "5 minutes left") {
		t.Error("the verdict's page does not say how much time is left")
	}
	s.now = begun.Ends.Add(3 * 24 * time.Hour)
	if page := v.page("/today"); !strings.Contains(page, "Time was over for a quiz") {
		t.Error("Today does not say that time was over")
	}
	res := v.send("GET", itemPath(n, 3), nil)
	res.Body.Close()
	if to := res.Header.Get("Location"); to != fmt.Sprintf("/sittings/%d", n) {
		t.Errorf("an open question leads to %q, want the result", to)
	}
	v.posts(itemPath(n, 2), late, 409, "Time is over", "Nothing is kept")
	if page := v.page(itemPath(n, 1)); !strings.Contains(page, `class="verdict`) || strings.Contains(page, "role=\"timer\"") {
		t.Error("the verdict of what was answered is gone, or still counts down")
	}
	sitting, err := s.app.Host.Store.Sitting(t.Context(), v.person().ID, n)
	if err != nil || !sitting.RanOut() || sitting.Empty != 4 {
		t.Errorf("closed: %+v, %v", sitting, err)
	}
	direct := v.begins("n", "5", "limit", "5")
	form := v.form(direct.N, 1, true)
	s.now = direct.Ends.Add(time.Minute)
	v.posts(itemPath(direct.N, 1), form, 409, "Time is over", "Nothing is kept")
	s.folds(v.person())
}

// TestMoreTimeIsTaken by a form that keeps what is marked, once; and by a setting.
func TestMoreTimeIsTaken(t *testing.T) {
	s := open(t)
	v := guest(s)
	page := v.page("/settings")
	if !strings.Contains(page, `name="more_time"`) {
		t.Fatal("there is no setting for time limits")
	}
	v.post("/settings", "zone", "UTC", "new_a_day", "10", "minutes", "10", "more_time", "50")
	begun := v.begins("n", "5", "mode", "exam", "limit", "10")
	if got := begun.Ends.Sub(begun.Started); got != 15*time.Minute {
		t.Fatalf("ten minutes and half as long again: %v", got)
	}
	n := begun.N
	if page := v.page(itemPath(n, 1)); !strings.Contains(page, "15 minutes: 10 and your 5") || !strings.Contains(page, "data-warn hidden") {
		t.Errorf("the limit is not said, or the warning stands there from the start:\n%s", page)
	}
	s.now = begun.Ends.Add(-90 * time.Second)
	if page := v.page(itemPath(n, 1)); strings.Contains(page, "data-warn hidden") || !strings.Contains(page, "Time is nearly over") {
		t.Error("two minutes before the end there is no warning")
	}
	form := v.form(n, 1, true)
	form.Set("do", "extend")
	status, _, page := v.sends(itemPath(n, 1)+"/given", form)
	_, version := v.item(n, 1)
	if status != 200 || !strings.Contains(page, "7 minutes left") || token(page) != form.Get("token") || picks(version) && !strings.Contains(page, " checked") {
		t.Errorf("more time: %d\n%s", status, page)
	}
	v.sends(itemPath(n, 1)+"/given", form)
	sitting, err := s.app.Host.Store.Sitting(t.Context(), v.person().ID, n)
	if err != nil || sitting.Ends.Sub(begun.Ends) != 5*time.Minute {
		t.Errorf("a doubled form: the end moved by %v, %v", sitting.Ends.Sub(begun.Ends), err)
	}
	v.posts(fmt.Sprintf("/sittings/%d/extend", n), url.Values{"ends": {fmt.Sprint(sitting.Ends.UnixMilli())}}, 303)
	v.post("/settings", "zone", "UTC", "new_a_day", "10", "minutes", "10", "more_time", "-1")
	if free := v.begins("n", "5", "limit", "5"); !free.Ends.IsZero() || free.Minutes != 5 {
		t.Errorf("limits switched off: %+v", free)
	}
	v.post("/settings", "zone", "UTC", "new_a_day", "10", "minutes", "10", "more_time", "7")
	if v.person().MoreTime != 0 {
		t.Error("a setting that is not on the list is kept")
	}
}

// TestContinuedElsewhere says what was kept and what was not, and leads on.
func TestContinuedElsewhere(t *testing.T) {
	s := open(t)
	v := guest(s)
	n := v.begins("n", "5").N
	_, version := v.item(n, 1)
	here, there := v.form(n, 1, true), v.form(n, 1, false)
	v.posts(itemPath(n, 1), there, 303)
	turn, _ := v.item(n, 1)
	v.posts(itemPath(n, 1), there, 303, itemPath(n, 1)) // doubled: its first result
	if turn.Item.State == quiz.Closed {
		v.posts(itemPath(n, 1), here, 409, "Continued elsewhere", "answered in another window", "Kept: ", "Not kept, from this page: ", "Go on here", itemPath(n, 2))
	} else {
		t.Errorf("a wrong %s is %s", version.Kind, turn.Item.State)
	}

	n = v.begins("n", "5", "mode", "exam").N
	here, there = v.form(n, 1, true), v.form(n, 1, false)
	v.posts(itemPath(n, 1)+"/given", there, 303)
	v.posts(itemPath(n, 1)+"/given", there, 303) // doubled
	v.posts(itemPath(n, 1)+"/given", here, 409, "Continued elsewhere", "was changed in another window", "Kept: ", "Not kept, from this page: ", itemPath(n, 2))
	_, version = v.item(n, 1)
	if turn, _ := v.item(n, 1); !reflect.DeepEqual([]string(turn.Item.Given), give(version, false)) {
		t.Errorf("kept is %q, want what came first", turn.Item.Given)
	}
}

// TestPagesOfAnExamTakeFewQueries, the check and the result included.
func TestPagesOfAnExamTakeFewQueries(t *testing.T) {
	s := open(t)
	v := account(s, "Ada")
	n := v.begins("n", "20", "mode", "exam", "limit", "20").N
	for pos := 1; pos <= 19; pos++ {
		v.sends(itemPath(n, pos)+"/given", v.form(n, pos, pos%2 == 0))
	}
	count := func(path string) {
		t.Helper()
		v.page(path) // caches of immutable things fill
		before := s.reads()
		v.page(path)
		if took := s.reads() - before; took > 6 || took == 0 {
			t.Errorf("GET %s takes %d queries, want 1 to 6", path, took)
		}
	}
	count(itemPath(n, 3))
	count(itemPath(n, 20))
	count(fmt.Sprintf("/sittings/%d/check", n))
	v.sends(fmt.Sprintf("/sittings/%d/hand-in", n), nil)
	count(fmt.Sprintf("/sittings/%d", n))
	count(itemPath(n, 3))
	count(itemPath(n, 20))
	count("/today")
	count("/progress")
}

// TestRulingsReachWhatWasLeftEmpty: a retired question is left out, or is everybody's point,
// whoever answered it; also where it was retired before the exam was handed in.
func TestRulingsReachWhatWasLeftEmpty(t *testing.T) {
	s := open(t)
	admin, pupil, late := named(s, "Head", people.Admin), named(s, "Mila", people.Pupil), named(s, "Noa", people.Pupil)
	version := s.typed()
	exam := func(v *visitor) string {
		n, err := s.app.Host.Store.Begin(t.Context(), quiz.Sitting{Learner: v.person().ID, Mode: quiz.Exam, Started: s.now, Count: 1,
			Items: []quiz.Item{{Pos: 1, Ref: version.Ref, Bank: 1, Lexicon: 1, State: quiz.Open, Facts: version.Facts()}}}, "")
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("/sittings/%d", n)
	}
	done, open := exam(pupil), exam(late)
	pupil.post(done + "/hand-in")
	wantIn(t, pupil.page(done), "0 of 1", "Not answered")
	wantIn(t, pupil.page(done+"/questions/1"), "Not answered. It is")
	pupil.posts(done+"/questions/1/right", url.Values{"part": {"1"}, "token": {"abcdefghijklmnopqrstuv"}}, 409)
	pupil.posts(done+"/questions/1/report", url.Values{"why": {"unclear"}}, 409)
	path := "/questions/" + version.Question.String() + "/ruling"
	ruled := admin.rules(path + "?decision=leave")
	wantIn(t, pupil.page(done), "0 of 0")
	wantIn(t, pupil.page(done+"/questions/1"), says("reason.left_out"))
	late.post(open + "/hand-in")
	wantIn(t, late.page(open), "0 of 0")
	admin.post(ruled + "/undo")
	wantIn(t, pupil.page(done), "0 of 1")
	wantIn(t, late.page(open), "0 of 1")
	ruled = admin.rules(path + "?decision=point")
	wantIn(t, pupil.page(done), "1 of 1")
	wantIn(t, pupil.page(done+"/questions/1"), says("reason.point"))
	admin.post(ruled + "/undo")
	wantIn(t, late.page(open), "0 of 1")
	s.folds(pupil.person())
}

// TestAnExamIsTakenAlong with what was given, flagged and left empty.
func TestAnExamIsTakenAlong(t *testing.T) {
	s := open(t)
	v := guest(s)
	begun := v.begins("n", "5", "mode", "exam", "limit", "10")
	form := v.form(begun.N, 2, true)
	form.Set("do", "flag")
	v.posts(itemPath(begun.N, 2)+"/given", form, 303)
	before, _ := v.own()
	it := before.Sittings[1].Items[1]
	if it.State != quiz.Given || !it.Flagged || !reflect.DeepEqual(it.Given, form["answer"]) || it.At == nil || it.Event != 0 {
		t.Errorf("taken along before the hand-in: %+v", it)
	}
	v.posts(fmt.Sprintf("/sittings/%d/hand-in", begun.N), nil, 303)
	after, _ := v.own()
	sat := after.Sittings[1]
	if sat.Mode != quiz.Exam || sat.Minutes != 10 || sat.Ends == nil || !sat.Ends.Equal(begun.Ends) || sat.Items[1].Event == 0 || sat.Items[0].Event != 0 || sat.Items[0].State != quiz.Closed {
		t.Errorf("taken along after it: %+v", sat)
	}
	if len(after.Events) != 2 || after.Events[1].Sitting != begun.N || after.Events[1].Pos != 2 {
		t.Errorf("events taken along: %+v", after.Events)
	}
	if rows := v.table(); len(rows) != 3 {
		t.Errorf("%d rows in the table, want a head and two answers", len(rows))
	}
}

// TestAnExamComesAlongIntoAnAccount, half done, and is handed in there.
func TestAnExamComesAlongIntoAnAccount(t *testing.T) {
	s := open(t)
	account(s, "Ada")
	v := guest(s)
	begun := v.begins("n", "5", "mode", "exam", "limit", "20")
	v.posts(itemPath(begun.N, 2)+"/given", v.form(begun.N, 2, true), 303)
	v.post("/sign-in", "name", "Ada", "password", "seven amber trams", "bring", "1")
	n := begun.N + 1 // after Ada's own
	if turn, _ := v.item(n, 2); turn.Item.State != quiz.Given || !turn.Sitting.Ends.Equal(begun.Ends) {
		t.Errorf("in the account: %+v", turn)
	}
	v.posts(itemPath(n, 3)+"/given", v.form(n, 3, false), 303)
	v.posts(fmt.Sprintf("/sittings/%d/hand-in", n), nil, 303)
	wantIn(t, v.page(fmt.Sprintf("/sittings/%d", n)), "of 5", "3 questions were left empty")
	s.folds(v.person())
}
