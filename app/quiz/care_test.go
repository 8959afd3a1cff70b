package quiz

import (
	"testing"
	"time"

	"thaw/app/fsrs"
	"thaw/app/study"
	"thaw/questions"
)

// cramming answers one item of a cram, on a card that falls due at a time.
func cramming(t *testing.T, due time.Time, again bool, response string) Answered {
	t.Helper()
	last := noon.AddDate(0, 0, -5)
	turn := Turn{Sitting: Sitting{Mode: Cram, Count: 10}, Item: Item{Pos: 1, State: Open, Facts: choice.Facts(), Again: again},
		Cards: []study.Card{{Learner: 1, Fact: 7, Card: fsrs.Card{Memory: fsrs.Memory{Stability: 8, Difficulty: 5}, Phase: fsrs.Reviewing, Reps: 3, Last: last, Due: due}}}}
	marks, _, err := grade(study.Wording{Version: choice}, turn, questions.Response{response}, noon)
	if err != nil {
		t.Fatal(err)
	}
	return decide(turn, choice, marks, study.Event{Learner: 1, At: noon, Zone: "UTC", What: study.Answer, Day: study.Calendar(time.UTC).Day(noon)})
}

// TestCrammingDoesNoHarm: what is not due stays as it is, right or wrong; what is due is
// reviewed; what was wrong comes back until it is right.
func TestCrammingDoesNoHarm(t *testing.T) {
	for _, c := range []struct {
		name     string
		due      time.Time
		again    bool
		response string
		what     study.What
		cards    int
		adds     int
	}{
		{"early and right", noon.AddDate(0, 0, 3), false, "1", study.Practice, 0, 0},
		{"early and wrong", noon.AddDate(0, 0, 3), false, "2", study.Practice, 0, 1},
		{"wrong again", noon.AddDate(0, 0, 3), true, "2", study.Practice, 0, 1},
		{"due and right", noon.AddDate(0, 0, -1), false, "1", study.Answer, 1, 0},
		{"due and wrong", noon.AddDate(0, 0, -1), false, "2", study.Answer, 1, 1},
	} {
		a := cramming(t, c.due, c.again, c.response)
		if a.Event.What != c.what || len(a.Cards) != c.cards || len(a.Adds) != c.adds {
			t.Errorf("%s: %s, %d cards, %d asked again; want %s, %d, %d", c.name, a.Event.What, len(a.Cards), len(a.Adds), c.what, c.cards, c.adds)
		}
	}
	if !(Sitting{Mode: Cram}).Undoable() {
		t.Error("practice of one's own cannot be undone")
	}
}
