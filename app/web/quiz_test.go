package web_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"thaw/app/quiz"
	"thaw/questions"
)

// begins posts a choice and returns the sitting that it begins.
func (v *visitor) begins(pairs ...string) quiz.Sitting {
	v.t.Helper()
	v.post("/sittings", append([]string{"token", token(v.page("/quiz"))}, pairs...)...)
	all := sittingsOf(v)
	return all[len(all)-1]
}

func TestAQuizIsChosen(t *testing.T) {
	s := open(t)
	v := guest(s)
	if page := v.page("/today"); !strings.Contains(page, `href="/quiz"`) {
		t.Error("Today does not lead to more choices")
	}
	topics, err := s.app.Shelf.For(t.Context(), v.person().ID)
	if err != nil {
		t.Fatal(err)
	}
	topic := topics[0].Topics[0].ID
	got := v.begins("topic", fmt.Sprint(topic), "n", "5", "mode", "exam", "limit", "20")
	if got.Mode != quiz.Exam || got.Topic != topic || got.Count != 5 || got.Minutes != 20 || got.Ends.Sub(got.Started).Minutes() != 20 {
		t.Errorf("begun: %+v", got)
	}
	usual := v.begins()
	if usual.Mode != quiz.Tutor || usual.Count != 10 || usual.Minutes != 0 || !usual.Ends.IsZero() {
		t.Errorf("begun without choices: %+v", usual)
	}
	right := map[questions.Ref]bool{}
	for _, it := range usual.Items {
		right[it.Ref] = v.replies(usual.N, it.Pos, it.Pos%2 == 0)
	}
	again := v.begins("from", "wrong", "n", "20")
	for _, it := range again.Items {
		if right[it.Ref] {
			t.Errorf("question %d was right, and is asked as wrong lately", it.Ref.Question)
		}
	}
	if len(again.Items) < 5 || len(right) != 10 {
		t.Errorf("%d questions were wrong lately, want five at least", len(again.Items))
	}
	fact := topics[0].Questions[0].Facts[0]
	one := v.begins("fact", fmt.Sprint(fact))
	if len(one.Items) != 1 || one.Items[0].Facts[0] != fact {
		t.Errorf("about one fact: %+v", one.Items)
	}
	weak := v.begins("from", "weak", "n", "20")
	if len(weak.Items) == 0 || len(weak.Items) > 11 {
		t.Errorf("%d weak questions, want those met", len(weak.Items))
	}
}

// TestWhatWasWrongCostsOneQueryMore than a mixed quiz.
func TestWhatWasWrongCostsOneQueryMore(t *testing.T) {
	s := open(t)
	v := guest(s)
	usual := v.begins("n", "5")
	v.replies(usual.N, 1, false)
	took := map[string]int64{}
	for range 2 { // caches fill
		for _, from := range []string{"", "wrong"} {
			form := url.Values{"token": {token(v.page("/quiz"))}, "from": {from}}
			before := s.reads()
			v.send("POST", "/sittings", form).Body.Close()
			took[from] = s.reads() - before
		}
	}
	if took["wrong"] > took[""]+1 || took[""] == 0 {
		t.Errorf("reads: %v", took)
	}
}

func TestChoicesThatCannotBeAreRefused(t *testing.T) {
	v := guest(open(t))
	for form, want := range map[string]int{"n=7": 422, "n=x": 422, "mode=live": 422, "mode=review": 422, "limit=3": 422, "from=nowhere": 422, "topic=999999": 404,
		"topic=x": 404, "fact=999999": 404, "fact=x": 404, "from=wrong&topic=1": 404} {
		values, _ := url.ParseQuery(form)
		values.Set("token", token(v.page("/quiz")))
		res := v.send("POST", "/sittings", values)
		page := body(t, res)
		if res.StatusCode != want || !strings.Contains(page, "<h1") {
			t.Errorf("%s: %d, want %d", form, res.StatusCode, want)
		}
	}
	if all := sittingsOf(v); len(all) != 1 {
		t.Errorf("%d sittings, want none begun", len(all)-1)
	}
}

// replies answers an open question of a quiz, as right as is asked for, and tells whether
// it was.
func (v *visitor) replies(n, pos int, right bool) bool {
	v.t.Helper()
	turn, err := v.app.Host.Store.Turn(v.t.Context(), v.person().ID, n, pos)
	if err != nil {
		v.t.Fatal(err)
	}
	version, err := v.app.Shelf.Version(v.t.Context(), turn.Item.Ref)
	if err != nil {
		v.t.Fatal(err)
	}
	path := fmt.Sprintf("/sittings/%d/questions/%d", n, pos)
	form := url.Values{"token": {token(v.page(path))}, "answer": give(version.In(turn.Item.Order), right)}
	v.send("POST", path, form).Body.Close()
	turn, err = v.app.Host.Store.Turn(v.t.Context(), v.person().ID, n, pos)
	if err != nil {
		v.t.Fatal(err)
	}
	return turn.Item.Credit == 1
}
