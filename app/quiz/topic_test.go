package quiz

import (
	"testing"

	"thaw/app/bank"
	"thaw/questions"
)

func TestAQuizOverATopicHasItsParts(t *testing.T) {
	c := bank.Contents{Topics: []bank.Topic{{ID: 1}, {ID: 2, Parent: 1}, {ID: 3, Parent: 2}, {ID: 4}}}
	for id := range questions.TopicID(4) {
		c.Questions = append(c.Questions, bank.Question{ID: questions.QuestionID(id + 1), Topic: id + 1, Kind: questions.Choice, Facts: []questions.FactID{questions.FactID(id + 1)}})
	}
	for topic, want := range map[questions.TopicID]int{0: 4, 1: 3, 2: 2, 3: 1, 4: 1, 9: 0} {
		if got := len(candidates(c, topic, nil)); got != want {
			t.Errorf("over topic %d: %d questions, want %d", topic, got, want)
		}
	}
}
