package web_test

import (
	"encoding/csv"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"thaw/app/quiz"
	"thaw/questions"
)

// gives gives the class something, a quiz of three unless the form says otherwise, and
// returns its number.
func (c class) gives(pairs ...string) (a int) {
	c.teacher.t.Helper()
	form := url.Values{"kind": {"quiz"}, "title": {"Homework of today"}, "draw": {"3"}, "question": c.choices(6), "tries": {"1"}, "counts": {"best"}, "shuffle": {"1"}, "mix": {"1"},
		"token": {token(c.teacher.page(c.path() + "/assignments/new"))}}
	for i := 0; i < len(pairs); i += 2 {
		form[pairs[i]] = nil
	}
	for i := 0; i < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	status, to, page := c.teacher.sends(c.path()+"/assignments", form)
	if _, err := fmt.Sscanf(to, c.path()+"/assignments/%d", &a); err != nil {
		c.teacher.t.Fatalf("giving something leads to %d %q:\n%s", status, to, words(page))
	}
	return a
}

// choices are questions of the class's bank that are answered by one option, no two of
// them about one fact.
func (c class) choices(n int) (ids []string) {
	c.teacher.t.Helper()
	banks, err := c.teacher.app.Shelf.For(c.teacher.t.Context(), c.pupil.person().ID)
	if err != nil {
		c.teacher.t.Fatal(err)
	}
	seen := map[questions.FactID]bool{}
	for _, q := range banks[0].Questions {
		if q.Kind == questions.Choice && len(q.Facts) == 1 && !seen[q.Facts[0]] && len(ids) < n {
			seen[q.Facts[0]] = true
			ids = append(ids, q.ID.String())
		}
	}
	return ids
}

func (c class) work(a int) string { return fmt.Sprintf("%s/assignments/%d", c.path(), a) }

// takes begins a try and returns its sitting.
func (v *visitor) takes(c class, a int) (n int) {
	v.t.Helper()
	to := v.post(c.work(a)+"/take", "token", token(v.page("/quiz")))
	if _, err := fmt.Sscanf(to, "/sittings/%d", &n); err != nil {
		v.t.Fatalf("taking leads to %s", to)
	}
	return n
}

// sitting is one of a visitor's.
func (v *visitor) sitting(n int) quiz.Sitting {
	v.t.Helper()
	s, err := v.app.Host.Store.Sitting(v.t.Context(), v.person().ID, n)
	if err != nil {
		v.t.Fatal(err)
	}
	return s
}

// givesAll gives all answers of an exam, the first ones right, and hands it in.
func (v *visitor) givesAll(n, right int) {
	v.t.Helper()
	for pos := range v.sitting(n).Count {
		v.posts(itemPath(n, pos+1)+"/given", v.form(n, pos+1, pos < right), 303)
	}
	v.post(fmt.Sprintf("/sittings/%d/hand-in", n))
}

// at is a time as the form of a class has it, some time from now.
func (s *site) at(from time.Duration) string { return s.now.Add(from).Format("2006-01-02T15:04") }

// leads is where a page leads.
func (v *visitor) leads(path string) string {
	v.t.Helper()
	res := v.send("GET", path, nil)
	defer res.Body.Close()
	return res.Header.Get("Location")
}

// says fails for each text that a page does not say.
func (v *visitor) says(path string, texts ...string) {
	v.t.Helper()
	tells(v.t, v.page(path), path, texts...)
}

func TestAQuizIsGivenAndTaken(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	a := c.gives("due", s.at(30*time.Hour), "minutes", "40", "tries", "2")
	c.pupil.says("/today", "Given by your classes", "Homework of today", "Due tomorrow, 18:00", "3 questions", "40 minutes", "Begin")
	n := c.pupil.takes(c, a)
	if again := c.pupil.takes(c, a); again != n {
		t.Errorf("taking it again while it is open begins %d", again)
	}
	got := c.pupil.sitting(n)
	if got.Mode != quiz.Tutor || got.Count != 3 || got.Class != c.id || got.Assignment != a || !got.Ends.Equal(s.now.Add(40*time.Minute)) {
		t.Errorf("the sitting is %+v", got)
	}
	c.pupil.says("/assignments", "Go on")
	c.teacher.says(c.work(a), "begun, 0 of 3 answered", "0 of 1 pupil have done it")
	c.pupil.answers(n, 2, true)
	c.pupil.answers(n, 1, false)
	c.pupil.says("/assignments", "Done, or over", "Result: 2 of 3, 67 %.", "1 of 2 tries left.", "Try once more")
	c.teacher.says(c.work(a), "done today", "67 %, 2 of 3", "1 of 1 pupil have done it")
	c.teacher.says(c.path()+"/gradebook", "Homework of today", "67 %")
	n = c.pupil.takes(c, a)
	c.pupil.answers(n, 3, false)
	c.teacher.says(c.work(a), "67 %, 2 of 3") // the best counts
	c.pupil.posts(c.work(a)+"/take", url.Values{"token": {token(c.pupil.page("/quiz"))}}, 409, "All tries at this are used")
	c.pupil.says("/assignments", "All tries are used.")
}

// TestAssignedWorkIsShutToOthers, to a pupil who has left as well.
func TestAssignedWorkIsShutToOthers(t *testing.T) {
	s := open(t)
	c, other := newClass(s, "10b"), newClass(s, "11a")
	a := c.gives()
	form := func(v *visitor) url.Values { return url.Values{"token": {token(v.page("/quiz"))}} }
	other.pupil.posts(c.work(a)+"/take", form(other.pupil), 404)
	c.teacher.posts(c.work(a)+"/take", form(c.teacher), 404)
	other.teacher.wantStatus(404, "GET", c.work(a))
	saysNot(t, other.pupil.page("/today"), "another class's first page", "Homework of today")
	c.pupil.post(c.path() + "/leave")
	c.pupil.posts(c.work(a)+"/take", form(c.pupil), 404)
}

func TestOpeningDueAndLate(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	shut := c.gives("title", "On time", "opens", s.at(time.Hour), "due", s.at(3*time.Hour))
	late := c.gives("title", "In your time", "due", s.at(3*time.Hour), "late", "1", "tries", "0")
	take := func(a, status int, texts ...string) {
		t.Helper()
		c.pupil.posts(c.work(a)+"/take", url.Values{"token": {token(c.pupil.page("/quiz"))}}, status, texts...)
	}
	take(shut, 409, "not open yet")
	c.pupil.says("/assignments", "Not open yet", "Opens in 60 minutes, 13:00.")
	s.now = s.now.Add(2 * time.Hour)
	n := c.pupil.takes(c, shut)
	c.pupil.answers(n, 1, true)
	form := c.pupil.form(n, 2, true)
	s.now = s.now.Add(2 * time.Hour)
	c.pupil.posts(itemPath(n, 2), form, 409, "Time is over")
	if got := c.pupil.sitting(n); !got.Done() || got.Empty != 2 || got.Finished.Format("15:04:05") != "15:00:00" {
		t.Errorf("what was open when it was due is %+v", got)
	}
	take(shut, 409, "not taken any more")
	c.pupil.says("/assignments", "It is still taken, and marked late.")
	n = c.pupil.takes(c, late)
	c.pupil.answers(n, 3, true)
	c.pupil.says("/assignments", "It came late.")
	c.teacher.says(c.work(late), "done late, today")
	c.teacher.says(c.path()+"/gradebook", "100 % late", "33 %")
	missed := c.gives("title", "Missed", "due", s.at(time.Hour))
	s.now = s.now.Add(2 * time.Hour)
	c.pupil.says("/assignments", "It is closed")
	c.teacher.says(c.work(missed), "missed")
}

// TestResultsAreHeldBackUntilDue on every page, in one's own data and against direct posts.
func TestResultsAreHeldBackUntilDue(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	a := c.gives("reveal", "due", "due", s.at(30*time.Hour), "tries", "2")
	before, _ := c.pupil.own()
	n := c.pupil.takes(c, a)
	form := c.pupil.form(n, 1, false)
	c.pupil.givesAll(n, 2)
	path := fmt.Sprintf("/sittings/%d", n)
	c.pupil.says(path, "Handed in", "3 of 3 answered", "What was right is shown when this is due: tomorrow, 18:00.")
	var keys []string
	for pos := range 3 {
		_, v := c.pupil.item(n, pos+1)
		for _, key := range v.Answers {
			if key.Credit == 1 && len(key.Text) > 3 && slices.Contains([]string{questions.Choice, questions.Text}, v.Kind) {
				keys = append(keys, key.Text)
			}
		}
		if to := c.pupil.leads(itemPath(n, pos+1)); to != path {
			t.Errorf("question %d leads to %q", pos+1, to)
		}
	}
	for _, page := range []string{path, "/today", "/assignments", "/progress"} {
		saysNot(t, c.pupil.page(page), page, append(keys, "is-right", "Result:", "67 %")...)
	}
	if to := c.pupil.leads(path + "/check"); to != path {
		t.Errorf("the check leads to %q", to)
	}
	form.Set("token", "another-token-of-22-xx")
	c.pupil.posts(itemPath(n, 1)+"/given", form, 409, "handed in")
	c.pupil.post(path + "/hand-in")
	c.pupil.posts(path+"/retry", url.Values{"token": {"retry-token-of-22-xxxx"}}, 404)
	c.pupil.posts(itemPath(n, 3)+"/right", url.Values{"token": {"right-token-of-22-xxxx"}, "part": {"1"}}, 409)
	o, raw := c.pupil.own()
	if len(o.Events) != len(before.Events) || len(o.Cards) != len(before.Cards) || len(o.Days) != len(before.Days) {
		t.Errorf("the own data has grown: %d events, %d cards", len(o.Events), len(o.Cards))
	}
	for _, it := range o.Sittings[len(o.Sittings)-1].Items {
		if it.State != quiz.Given || it.Verdict != "" || it.Credit != 0 || it.Event != 0 {
			t.Errorf("an item in the own data is %+v", it)
		}
	}
	if last := o.Sittings[len(o.Sittings)-1]; last.Class != c.id || last.Task != a || last.Handed == nil || last.Finished != nil {
		t.Errorf("the sitting in the own data is %+v", last)
	}
	saysNot(t, raw, "the own data", keys...)
	c.teacher.says(c.work(a), "handed in, shown when it is due")
	saysNot(t, c.teacher.page(c.path()+"/gradebook"), "the gradebook", "67 %")

	if err := s.app.Host.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if c.pupil.sitting(n).Done() {
		t.Error("it is judged before it is due")
	}
	s.now = s.now.Add(31 * time.Hour)
	if err := s.app.Host.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.teacher.says(c.work(a), "67 %, 2 of 3")
	c.pupil.says(path, "2 of 3")
	if got := c.pupil.sitting(n); !got.Finished.Equal(s.now.Add(-31 * time.Hour)) {
		t.Errorf("it ended at %v", got.Finished)
	}
	c.pupil.posts(c.work(a)+"/take", url.Values{"token": {token(c.pupil.page("/quiz"))}}, 409, "not taken any more")
}

// TestTimeOfAnAssignment is longer for who has more, and by nothing else.
func TestTimeOfAnAssignment(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	a := c.gives("minutes", "40", "reveal", "end", "tries", "0", "draw", "1")
	ends := func(want time.Duration) {
		t.Helper()
		n := c.pupil.takes(c, a)
		got := c.pupil.sitting(n)
		all := time.Duration(0)
		if got.Limited() {
			all = got.Ends.Sub(got.Started)
		}
		if all != want {
			t.Errorf("the time is %v, want %v", all, want)
		}
		c.pupil.post(fmt.Sprintf("/sittings/%d/extend", n), "ends", fmt.Sprint(got.Ends.UnixMilli()))
		if later := c.pupil.sitting(n); !later.Ends.Equal(got.Ends) {
			t.Errorf("it was extended to %v", later.Ends)
		}
		c.pupil.post(fmt.Sprintf("/sittings/%d/hand-in", n))
	}
	ends(40 * time.Minute)
	c.teacher.post(c.pupilPath()+"/extra", "extra", "150")
	c.pupil.says("/assignments", "60 minutes: 40 and your 20")
	ends(60 * time.Minute)
	who := c.pupil.person()
	who.MoreTime = 100
	if err := s.app.Desk.Store.SetPerson(t.Context(), who); err != nil {
		t.Fatal(err)
	}
	ends(80 * time.Minute)
	who.MoreTime = -1
	if err := s.app.Desk.Store.SetPerson(t.Context(), who); err != nil {
		t.Fatal(err)
	}
	c.pupil.says("/assignments", "no time limit for you")
	ends(0)
}

func TestDueTimesAreThoseOfTheClass(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	if err := s.db.Exec(t.Context(), `UPDATE class SET zone = 'Asia/Tokyo'`); err != nil {
		t.Fatal(err)
	}
	a := c.gives("due", "2026-03-03T18:00")
	got, err := s.app.Host.Work.Assignment(t.Context(), c.teacher.person().ID, c.id, a)
	if err != nil || !got.Due.Equal(time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)) {
		t.Errorf("due %v, %v", got.Due, err)
	}
	c.pupil.says("/today", "Due tomorrow, 09:00 (3 March 2026, 18:00 in Asia/Tokyo, where the class is)")
	c.teacher.says(c.work(a)+"/edit", "Times are those of the class: Asia/Tokyo")
}

func TestWhatIsGivenCanBeChangedUntilSomebodyBegins(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	a := c.gives()
	form := url.Values{"title": {"Other"}, "draw": {"2"}, "question": c.choices(6), "tries": {"3"}, "counts": {"last"}}
	c.teacher.posts(c.work(a), form, 303)
	n := c.pupil.takes(c, a)
	if got := c.pupil.sitting(n).Count; got != 2 {
		t.Errorf("%d questions, want the 2 that it was changed to", got)
	}
	c.teacher.says(c.work(a)+"/edit", "Somebody has begun")
	c.teacher.posts(c.work(a), url.Values{"title": {"Third"}, "draw": {"9"}, "tries": {"1"}, "due": {s.at(time.Hour)}, "reveal": {"due"}}, 303)
	got, err := s.app.Host.Work.Assignment(t.Context(), c.teacher.person().ID, c.id, a)
	if err != nil || got.Title != "Third" || got.Draw != 2 || got.Tries != 3 || got.Reveal != quiz.AtOnce || got.Due.IsZero() {
		t.Errorf("changed to %+v, %v", got, err)
	}
	c.teacher.post(c.work(a) + "/remove")
	c.teacher.wantStatus(404, "GET", c.work(a))
	saysNot(t, c.pupil.page("/assignments"), "the pupil's page", "Third")
	c.pupil.answers(n, 2, true)
	c.pupil.says(fmt.Sprintf("/sittings/%d", n), "2 of 2")
}

func TestFormsOfAssignments(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	bad := func(text string, pairs ...string) {
		t.Helper()
		form := url.Values{"kind": {"quiz"}, "title": {"A title that stays"}, "tries": {"1"}, "counts": {"best"}, "token": {token(c.teacher.page(c.path() + "/assignments/new"))}}
		for i := 0; i < len(pairs); i += 2 {
			form.Set(pairs[i], pairs[i+1])
		}
		c.teacher.posts(c.path()+"/assignments", form, 422, text, "A title that stays")
	}
	bad("It is due before it opens", "opens", s.at(2*time.Hour), "due", s.at(time.Hour))
	bad("it needs a time at which it is due", "reveal", "due")
	bad("This is no time that we can read", "due", "tomorrow")
	bad("There is no question in that", "topic", "99999")
	bad("There is no question in that", "question", "99999")
	bad("1 to 100 questions", "draw", "101")
	bad("1 to 100 questions", "draw", "many")
	bad("1 to 5 tries", "tries", "6")
	bad("whole minutes", "minutes", "999")
	bad("a number of days", "kind", "minutes", "minutes", "10", "days", "0")
	bad("Please say when the exam is", "kind", "exam")
	c.teacher.says(c.path()+"/assignments", "Nothing has been given to this class yet")
	c.teacher.posts(c.path()+"/assignments", url.Values{"kind": {"quiz"}, "title": {" "}, "tries": {"1"}, "counts": {"best"}, "token": {"assign-token-of-22-xxx"}}, 422, "a name of at most 80 letters")
}

// TestQuestionsPickedByHand come in their order, options as they stand, where nothing is
// shuffled; and the teacher sees the same as own practice.
func TestQuestionsPickedByHand(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	picked := c.choices(4)
	slices.Reverse(picked)
	var pairs []string
	for _, id := range picked {
		pairs = append(pairs, "question", id)
	}
	a := c.gives(append(pairs, "draw", "", "shuffle", "", "mix", "", "topic", "99999")...)
	asked := func(v *visitor, n int) (ids []string) {
		for _, it := range v.sitting(n).Items {
			ids = append(ids, it.Ref.Question.String())
			if it.Order != nil {
				t.Errorf("options stand in the order %v", it.Order)
			}
		}
		return ids
	}
	if got := asked(c.pupil, c.pupil.takes(c, a)); !slices.Equal(got, picked) {
		t.Errorf("asked %v, want %v", got, picked)
	}
	var n int
	_, err := fmt.Sscanf(c.teacher.post(c.work(a)+"/try", "token", token(c.teacher.page(c.work(a)))), "/sittings/%d/", &n)
	if err != nil || !slices.Equal(asked(c.teacher, n), picked) || c.teacher.sitting(n).Assignment != 0 {
		t.Errorf("the teacher tries out %v, %v", asked(c.teacher, n), err)
	}
	c.teacher.says(c.work(a), "0 of 1 pupil have done it")
}

// TestPracticeIsCountedFromAnswers, whatever they were given in.
func TestPracticeIsCountedFromAnswers(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	var pairs []string
	for _, id := range c.choices(2) {
		pairs = append(pairs, "question", id)
	}
	reach := c.gives(append(pairs, "kind", "reach", "title", "Know two")...)
	days := c.gives(append(pairs, "kind", "days", "title", "Three days")...)
	minutes := c.gives("kind", "minutes", "title", "Minutes", "minutes", "1", "days", "2", "draw", "")
	if got, err := s.app.Host.Work.Assignment(t.Context(), c.teacher.person().ID, c.id, reach); err != nil || !got.Opens.Equal(s.now.Truncate(time.Millisecond)) {
		t.Errorf("practice counts from %v, %v, want from when it was given", got.Opens, err)
	}
	c.pupil.says("/today", "Know two", "2 facts, 2 of them right", "0 of 2 so far.", "Fact 1: right on 0 of 3 days", "1 minutes on 2 days")
	for day := range 3 {
		n := c.pupil.takes(c, days)
		for pos := range c.pupil.sitting(n).Count {
			form := c.pupil.form(n, pos+1, day > 0 || pos == 0)
			form.Set("took", "40000")
			c.pupil.posts(itemPath(n, pos+1), form, 303)
		}
		if day == 0 {
			c.pupil.says("/assignments", "1 of 2 so far.", "right on 1 of 3 days", "1 of 2 days so far.")
			c.teacher.says(c.work(reach), "on the way", "1 of 2 facts")
		}
		s.now = s.now.AddDate(0, 0, 1)
	}
	c.teacher.says(c.work(reach), "done", "2 of 2 facts")
	c.teacher.says(c.work(minutes), "2 of 2 days")
	c.teacher.says(c.work(days), "1 of 2 facts", "right on three days: 1, on two: 1, on one: 0")
	c.teacher.says(c.path()+"/gradebook", "100 %", "50 %")
}

func TestADateGivenIsAmongThePupilsExams(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	a := c.gives("kind", "exam", "title", "Finals of 10b", "due", s.at(240*time.Hour))
	c.pupil.says("/exams", "Finals of 10b")
	late := named(s, "Late Pupil", "pupil")
	c.join(late, "")
	late.says("/exams", "Finals of 10b")
	c.pupil.says("/assignments", "Finals of 10b", "Practise", "Your exams")
	c.teacher.post(c.work(a) + "/remove")
	saysNot(t, c.pupil.page("/exams"), "the exams", "Finals of 10b")
}

func TestTheGradebookCanBeTakenAlong(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	a := c.gives("title", "=HYPERLINK(1)")
	second := c.gives("title", "Second", "due", s.at(time.Hour), "late", "1")
	c.pupil.answers(c.pupil.takes(c, a), 3, true)
	s.now = s.now.Add(2 * time.Hour)
	n := c.pupil.takes(c, second)
	c.pupil.answers(n, 2, true)
	c.pupil.answers(n, 1, false)
	m := c.join(named(s, "@Evil", "pupil"), "")
	raw := c.teacher.download(c.path()+"/gradebook.csv", "10b, gradebook.csv", "text/csv; charset=utf-8")
	text, ok := strings.CutPrefix(raw, "\uFEFF")
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	want := [][]string{{"Name", "Number", "'=HYPERLINK(1) (%)", "'=HYPERLINK(1) (points)", "'=HYPERLINK(1) (of)", "'=HYPERLINK(1) (late)", "Second (%)", "Second (points)", "Second (of)", "Second (late)"},
		{"'@Evil", fmt.Sprint(m), "", "", "", "", "", "", "", ""}, {c.pupil.person().Name, fmt.Sprint(c.m), "100.0", "3", "3", "", "66.7", "2", "3", "late"}}
	if err != nil || !ok || len(rows) != 3 || !slices.EqualFunc(rows, want, slices.Equal) {
		t.Errorf("the gradebook is %q, want %q", rows, want)
	}
	c.teacher.post(c.path()+"/name", "name", `Klasse "10ä"/b`)
	for file, want := range map[string]string{"gradebook.csv": `attachment; filename="Klasse -10---b, gradebook.csv"; filename*=UTF-8''Klasse%20-10%C3%A4--b%2C%20gradebook.csv`,
		"class.csv": `attachment; filename="Klasse -10---b.csv"; filename*=UTF-8''Klasse%20-10%C3%A4--b.csv`} {
		res := c.teacher.send("GET", c.path()+"/"+file, nil)
		res.Body.Close()
		if got := res.Header.Get("Content-Disposition"); got != want {
			t.Errorf("%s comes as %s, want %s", file, got, want)
		}
	}
}

func TestPagesOfAssignmentsTakeAtMostSixQueries(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	for i := range 3 {
		a := c.gives("title", fmt.Sprint("Quiz ", i))
		c.pupil.answers(c.pupil.takes(c, a), 3, true)
		c.gives("title", fmt.Sprint("Days ", i), "kind", "days")
	}
	c.gives("title", "Finals", "kind", "exam", "due", s.at(240*time.Hour))
	pages := []string{c.path() + "/assignments", c.path() + "/assignments/new", c.work(1), c.work(2), c.work(1) + "/edit", c.path() + "/gradebook", c.path() + "/gradebook.csv"}
	for _, size := range []int{3, 300} {
		var names strings.Builder
		for i := range size {
			fmt.Fprintf(&names, "Seat %c%c%d\n", 'a'+i%26, 'a'+i/26%26, size)
		}
		c.paste(names.String())
		for _, path := range pages {
			c.teacher.page(path)
			before := s.reads()
			c.teacher.page(path)
			if n := s.reads() - before; n < 1 || n > 6 {
				t.Errorf("GET %s of a class of %d takes %d queries, want 1 to 6", path, size, n)
			}
		}
	}
	for _, path := range []string{"/today", "/assignments"} {
		c.pupil.page(path)
		before := s.reads()
		c.pupil.page(path)
		if n := s.reads() - before; n < 1 || n > 6 {
			t.Errorf("GET %s takes %d queries, want 1 to 6", path, n)
		}
	}
}

// TestWhatNobodyClosesIsClosed by the job, so that the gradebook is whole without its pupil.
func TestWhatNobodyClosesIsClosed(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	timed := c.gives("title", "Timed", "minutes", "10")
	dated := c.gives("title", "Dated", "due", s.at(2*time.Hour), "reveal", "end")
	first, second := c.pupil.takes(c, timed), c.pupil.takes(c, dated)
	c.pupil.answers(first, 1, true)
	c.pupil.posts(itemPath(second, 2)+"/given", c.pupil.form(second, 2, true), 303)
	closes := func(wants ...bool) {
		t.Helper()
		if err := s.app.Host.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := []bool{c.pupil.sitting(first).Done(), c.pupil.sitting(second).Done()}; !slices.Equal(got, wants) {
			t.Errorf("closed: %v, want %v", got, wants)
		}
	}
	closes(false, false)
	s.now = s.now.Add(10*time.Minute + 11*time.Second)
	closes(true, false)
	c.teacher.posts(c.work(dated), url.Values{"title": {"Dated"}, "due": {s.at(time.Hour)}}, 303)
	s.now = s.now.Add(61 * time.Minute)
	closes(true, true)
	c.teacher.says(c.path()+"/gradebook", "33 % 33 %")
}

// TestAnAssignedTryComesAlongIntoAnAccount with its number.
func TestAnAssignedTryComesAlongIntoAnAccount(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	v := guest(s)
	c.join(v, "Anna")
	a := c.gives("reveal", "due", "due", s.at(30*time.Hour))
	c.gives("kind", "exam", "title", "Finals of 10b", "due", s.at(240*time.Hour))
	n := v.takes(c, a)
	v.givesAll(n, 3)
	account(s, "Ada")
	v.post("/sign-in", "name", "Ada", "password", "seven amber trams", "bring", "1")
	v.says("/assignments", "Handed in. Results are shown tomorrow, 18:00.")
	v.says("/exams", "Finals of 10b")
	c.teacher.says(c.path()+"/gradebook", "Anna", "handed in")
	s.now = s.now.Add(31 * time.Hour)
	if err := s.app.Host.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.teacher.says(c.path()+"/gradebook", "100 %")
	s.folds(v.person())
}

// TestWhatIsJudgedLaterFolds also where the same facts have been answered since.
func TestWhatIsJudgedLaterFolds(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	held := c.gives("reveal", "due", "due", s.at(60*time.Hour), "draw", "6")
	open := c.gives("draw", "6", "tries", "0")
	n := c.pupil.takes(c, held)
	c.pupil.givesAll(n, 3)
	for range 2 {
		s.now = s.now.Add(26 * time.Hour)
		c.pupil.answers(c.pupil.takes(c, open), 6, true)
	}
	s.folds(c.pupil.person())
	s.now = s.now.Add(26 * time.Hour)
	if err := s.app.Host.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := c.pupil.sitting(n); !got.Done() || len(got.Missed()) != 3 {
		t.Errorf("judged later: %+v", got)
	}
	s.folds(c.pupil.person())
	s.folds(c.teacher.person())
}

// TestAnEarlierOneIsGivenToAnotherClass with its settings, but not its times.
func TestAnEarlierOneIsGivenToAnotherClass(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	a := c.gives("title", "Given before", "minutes", "25", "due", s.at(time.Hour), "tries", "3", "reveal", "due")
	var next class
	to := c.teacher.post("/classes", "name", "10c", "bank", "1", "token", token(c.teacher.page("/classes")))
	if _, err := fmt.Sscanf(to, "/classes/%d", &next.id); err != nil {
		t.Fatal(err)
	}
	c.teacher.says(next.path()+"/assignments/new", "Given before · 10b")
	page := c.teacher.page(fmt.Sprintf("%s/assignments/new?from=%s.%d", next.path(), c.id, a))
	for _, want := range []string{`value="Given before"`, `value="25"`, `value="3" selected`, `value="due" selected`, `name="due" type="datetime-local" value=""`} {
		if !strings.Contains(page, want) {
			t.Errorf("the form lacks %s", want)
		}
	}
	if strings.Count(page, " checked") < 6 {
		t.Errorf("%d boxes are ticked, want the 6 questions", strings.Count(page, " checked"))
	}
	c.teacher.says(fmt.Sprintf("%s/assignments/%d", c.path(), a), "Copy it for everybody's own pace")
	page = c.teacher.page(fmt.Sprintf("%s/assignments/new?own=1&from=%s.%d", c.path(), c.id, a))
	for _, want := range []string{`value="Given before, at your own pace"`, `value="0" selected`, `value="" selected`, `name="minutes"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the form of a copy at one's own pace lacks %s", want)
		}
	}
	if strings.Contains(page, `value="25"`) || strings.Contains(page, `value="due" selected`) {
		t.Error("a copy at one's own pace has the time limit, or holds verdicts back")
	}
	other := newClass(s, "11a")
	saysNot(t, other.teacher.page(other.path()+"/assignments/new?from="+fmt.Sprintf("%s.%d", c.id, a)), "another teacher's form", "Given before")
}
