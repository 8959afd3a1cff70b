package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"thaw/app/quiz"
	"thaw/app/study"
	"thaw/questions"
)

// memory loads a learner's cards and how they want facts handled.
func (s *site) memory(v *visitor) ([]study.Card, map[questions.FactID]study.Care) {
	s.t.Helper()
	cards, cares, err := s.app.Coach.Store.Memory(s.t.Context(), v.person().ID)
	if err != nil {
		s.t.Fatal(err)
	}
	return cards, study.OfFacts(cares)
}

func TestALearnerHandlesFactsTheirOwnWay(t *testing.T) {
	s := open(t)
	v := guest(s) // has answered one question
	cards, _ := s.memory(v)
	fact := cards[0].Fact
	const item = "/sittings/1/questions/1"
	page := v.page(item)
	for _, want := range []string{"Star it", "Not today", "Set it aside", `action="` + item + `/note"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the verdict does not offer %q", want)
		}
	}
	if to := v.post(item+"/care", "do", "star"); to != item+"#care" {
		t.Errorf("starring leads to %s", to)
	}
	v.post(item+"/note", "note", " Think of\r\nthe <corn>. ")
	v.post(item+"/care", "do", "suspend")
	page = v.page(item)
	for _, want := range []string{"★ You have starred this.", "Set aside: it is not asked", "Think of\nthe &lt;corn&gt;.", "Take it up again", "Take the star away"} {
		if !strings.Contains(page, want) {
			t.Errorf("the verdict does not say %q", want)
		}
	}
	s.folds(v.person())

	s.now = s.now.Add(9 * 24 * time.Hour)
	if page := v.page("/facts"); !strings.Contains(page, "Set aside") || !strings.Contains(page, "the &lt;corn&gt;") || !strings.Contains(page, fmt.Sprintf(`value="%d"`, fact)) {
		t.Error("the page of one's own facts does not list it")
	}
	agenda := func() (asked bool) {
		o, err := s.app.Reporter.Overview(t.Context(), v.person())
		if err != nil {
			t.Fatal(err)
		}
		for _, task := range o.Agenda.Tasks {
			asked = asked || task.Fact == fact
		}
		return asked
	}
	if agenda() {
		t.Error("what is set aside is on the agenda")
	}
	if to := v.post("/facts", "fact", fmt.Sprint(fact), "do", "resume"); to != "/facts" || !agenda() {
		t.Errorf("taking it up again leads to %s; on the agenda: %v", to, agenda())
	}
	v.post(item+"/note", "note", "")
	if page := v.page("/facts"); !strings.Contains(page, "Take the star away") || strings.Contains(page, "corn") {
		t.Error("the starred fact is not listed without its note")
	}
	s.folds(v.person())
}

// status posts a form and tells what came back.
func (v *visitor) status(path string, pairs ...string) int {
	v.t.Helper()
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	r := v.send(http.MethodPost, path, form)
	defer r.Body.Close() //nolint:errcheck // only its status counts
	return r.StatusCode
}

func TestWhatCannotBeDoneWithAFact(t *testing.T) {
	s := open(t)
	v := guest(s)
	const item = "/sittings/1/questions/1"
	for _, c := range []struct {
		path string
		form []string
		want int
	}{
		{item + "/care", []string{"do", "delete"}, 422},
		{item + "/note", []string{"note", strings.Repeat("ж", study.MaxNote+1)}, 422},
		{item + "/note", []string{"note", strings.Repeat("ж", study.MaxNote)}, 303},
		{"/facts", []string{"fact", "1", "do", "mine"}, 422},
		{"/facts", []string{"fact", "987654", "do", "star"}, 404},
		{"/facts", []string{"fact", "", "do", "star"}, 404},
		{"/sittings/9/questions/1/care", []string{"do", "star"}, 404},
	} {
		if got := v.status(c.path, c.form...); got != c.want {
			t.Errorf("POST %s %.20q: %d, want %d", c.path, c.form, got, c.want)
		}
	}
	unmet := questions.FactID(0)
	banks, err := s.app.Shelf.For(t.Context(), v.person().ID)
	if err != nil {
		t.Fatal(err)
	}
	cards, _ := s.memory(v)
	for _, f := range banks[0].Facts {
		if !study.ByFact(cards)[f.ID].Seen() {
			unmet = f.ID
		}
	}
	if got := v.status("/facts", "fact", fmt.Sprint(unmet), "do", "star"); got != 404 {
		t.Errorf("starring a fact that was never met: %d, want 404", got)
	}
}

// TestAnOpenQuestionOfAReviewCanBePutOff: it is not asked any more in it, and the review
// ends without it.
func TestAnOpenQuestionOfAReviewCanBePutOff(t *testing.T) {
	s := open(t)
	v := guest(s)
	who := v.person()
	who.NewADay = 0
	if err := s.app.Desk.Store.SetPerson(t.Context(), who); err != nil {
		t.Fatal(err)
	}
	s.now = s.now.Add(4 * 24 * time.Hour)
	to := v.post("/reviews", "token", token(v.page("/today")))
	if page := v.page(to); !strings.Contains(page, "Not today") || !strings.Contains(page, "Set it aside") {
		t.Error("a question of a review cannot be put off")
	}
	before, _ := s.memory(v)
	next := v.post(to+"/care", "do", "bury")
	if want := strings.Split(to, "/questions")[0]; next != want {
		t.Errorf("putting it off leads to %s, want on to %s", next, want)
	}
	after, cares := s.memory(v)
	sitting, err := s.app.Host.Store.Sitting(t.Context(), who.ID, 2)
	if err != nil {
		t.Fatal(err)
	}
	if !sitting.Done() || len(sitting.First()) != 0 || sitting.Mode != quiz.Review {
		t.Errorf("the review is %+v, want it over with nothing that counts", sitting)
	}
	if len(after) != len(before) || after[0] != before[0] || !cares[after[0].Fact].Aside(study.Calendar(who.Location()).Day(s.now)) {
		t.Errorf("the card is %+v, was %+v; %+v", after, before, cares)
	}
	v.page(next) // a result of nothing
	v.page(to)   // and what was left out
	s.now = s.now.Add(24 * time.Hour)
	if page := v.page("/today"); !strings.Contains(page, `action="/reviews"`) {
		t.Error("what was put off does not come the day after")
	}
	s.folds(who)
}

// TestNobodyIsAskedWhetherTheyAreSureInAnExam, where it would not be kept.
func TestNobodyIsAskedWhetherTheyAreSureInAnExam(t *testing.T) {
	v := guest(open(t))
	to := v.post("/sittings", "token", token(v.page("/quiz")), "mode", "exam", "n", "5")
	if page := v.page(to); !strings.Contains(page, "/given") || strings.Contains(page, `name="sure"`) {
		t.Errorf("%s asks in an exam whether one is sure, or is no exam", to)
	}
}

func TestSureIsAskedKeptAndMeansSomething(t *testing.T) {
	s := open(t)
	v := guest(s)
	const item = "/sittings/1/questions/2"
	page := v.page(item)
	if !strings.Contains(page, `name="sure"`) {
		t.Fatal("nobody is asked whether they are sure")
	}
	turn, err := s.app.Host.Store.Turn(t.Context(), v.person().ID, 1, 2)
	if err != nil {
		t.Fatal(err)
	}
	version, err := s.app.Shelf.Version(t.Context(), turn.Item.Ref)
	if err != nil {
		t.Fatal(err)
	}
	form := []string{"token", token(page), "sure", "1"}
	for _, a := range give(version.In(turn.Item.Order), false) {
		form = append(form, "answer", a)
	}
	v.post(item, form...)
	if page := v.page(item); !strings.Contains(page, "You were sure") {
		t.Error("the verdict on a sure and wrong answer does not say what becomes of it")
	}
	past := s.past(v.person())
	if last := past[len(past)-1]; !last.Sure {
		t.Errorf("the event is %+v, want it sure", last.Event)
	}
	s.now = s.now.Add(24 * time.Hour)
	o, err := s.app.Reporter.Overview(t.Context(), v.person())
	if err != nil {
		t.Fatal(err)
	}
	if len(o.Tasks) == 0 || o.Tasks[0].Fact != turn.Item.Facts[0] {
		t.Errorf("the day after begins with %+v", o.Tasks)
	}
	if page := v.page("/today"); !strings.Contains(page, "You were sure and had it wrong") {
		t.Error("the reasons do not say why it comes first")
	}
	s.folds(v.person())
}
