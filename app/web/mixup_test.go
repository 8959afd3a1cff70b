package web_test

import (
	"strings"
	"testing"
	"time"

	"thaw/app/quiz"
	"thaw/questions"
)

// mixesUp answers a question of the built-in bank that asks for a person by another
// person's name and returns the name asked for.
func (v *visitor) mixesUp(times int) (asked, given string) {
	v.t.Helper()
	banks, err := v.app.Shelf.For(v.t.Context(), v.person().ID)
	if err != nil {
		v.t.Fatal(err)
	}
	lexicon := banks[0].Lexicon
	for _, q := range banks[0].Questions {
		version, err := v.app.Shelf.Version(v.t.Context(), questions.Ref{Question: q.ID, Version: q.Latest})
		if err != nil {
			v.t.Fatal(err)
		}
		key, _ := version.Key(1)
		e, ok := lexicon.Entity(lexicon.Of(key))
		if !ok || q.Kind != questions.Text || e.Kind != "person" {
			continue
		}
		for _, other := range lexicon.Entities {
			if other.Kind == "person" && other.ID != e.ID {
				for range times {
					v.now = v.now.Add(time.Hour)
					v.gives(version, other.Name)
				}
				return e.Name, other.Name
			}
		}
	}
	v.t.Fatal("nobody is asked for by name")
	return "", ""
}

// gives answers a question in a sitting of its own.
func (v *visitor) gives(version questions.Version, answer string) {
	v.t.Helper()
	n, err := v.app.Host.Store.Begin(v.t.Context(), quiz.Sitting{Learner: v.person().ID, Mode: quiz.Tutor, Started: v.now, Count: 1,
		Items: []quiz.Item{{Pos: 1, Ref: version.Ref, Bank: 1, Lexicon: 1, State: quiz.Open, Facts: version.Facts()}}}, "")
	if err != nil {
		v.t.Fatal(err)
	}
	path := sittingPath(n)
	v.post(path, "token", token(v.page(path)), "answer", answer)
}

func sittingPath(n int) string {
	return strings.Replace("/sittings/N/questions/1", "N", questions.QuestionID(n).String(), 1)
}

// TestWhatIsMixedUpIsRememberedAndDrilled by the learner, and told the class's teacher.
func TestWhatIsMixedUpIsRememberedAndDrilled(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	v := c.pupil
	wantIn(t, v.page("/mixups"), "no name has stood for another twice")
	asked, given := v.mixesUp(1)
	wantIn(t, v.page("/mixups"), "no name has stood for another twice") // once is chance
	v.mixesUp(2)
	page := v.page("/mixups")
	wantIn(t, page, asked, given, "Mixed up 3 times, 3 times as "+given+" where "+asked+" was asked for.")
	field := func(name string) string {
		_, rest, _ := strings.Cut(page, `name="`+name+`" value="`)
		value, _, _ := strings.Cut(rest, `"`)
		return value
	}
	to := v.post("/mixups", "token", token(page), "bank", field("bank"), "a", field("a"), "b", field("b"))
	if !strings.HasPrefix(to, "/sittings/") {
		t.Errorf("the drill leads to %s", to)
	}
	wantIn(t, c.teacher.page(c.path()), c.path()+"/mixups")
	wantIn(t, c.teacher.page(c.path()+"/mixups"), asked, given, "1 pupil, 3 times, 3 of them as "+given)
	for range 9 {
		s.now = s.now.AddDate(0, 0, 11)
		c.teacher.page("/classes") // keeps the session alive
	}
	wantIn(t, c.teacher.page(c.path()+"/mixups"), "No pupil has given one name for another")
}
