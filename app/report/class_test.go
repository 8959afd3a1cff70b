package report

import (
	"context"
	"math"
	"slices"
	"testing"
	"time"

	"thaw/app/bank"
	"thaw/app/people"
	"thaw/questions"
)

func TestWilson(t *testing.T) {
	for _, c := range []struct {
		hits, of  int
		low, high float64
	}{{0, 5, 0, .3511}, {5, 5, .6489, 1}, {8, 20, .2424, .5814}, {30, 40, .6240, .8443}} {
		s := share(c.hits, c.of)
		if math.Abs(s.Low-c.low) > 1e-4 || math.Abs(s.High-c.high) > 1e-4 {
			t.Errorf("%d of %d: %.4f to %.4f, want %.4f to %.4f", c.hits, c.of, s.Low, s.High, c.low, c.high)
		}
	}
	if s := share(0, 0); s.Sure() || s.High != 0 || math.IsNaN(s.Share) {
		t.Errorf("nothing counted: %+v", s)
	}
	if share(2, 4).Sure() || !share(2, 5).Sure() {
		t.Error("it is said from five answers on, not before")
	}
}

// texts gives versions out; nothing else is asked.
type texts struct {
	bank.Store
	versions []questions.Version
}

func (s texts) Versions(context.Context, []questions.Ref) ([]questions.Version, error) {
	return s.versions, nil
}

func TestQuestionsThatNeedAttentionComeFirst(t *testing.T) {
	version := func(id, n int, options ...string) questions.Version {
		v := questions.Version{Ref: questions.Ref{Question: questions.QuestionID(id), Version: n}, Kind: questions.Choice}
		for i, text := range options {
			a := questions.Answer{Part: 1, Text: text}
			if i == 0 {
				a.Credit = 1
			}
			v.Answers = append(v.Answers, a)
		}
		return v
	}
	var firsts []First
	answer := func(question, right, wrong int) {
		for i := range right + wrong {
			firsts = append(firsts, First{Pupil: questions.LearnerID(i), Question: questions.QuestionID(question), Kind: questions.Choice, Latest: 2,
				Version: 2, Given: true, Right: i < right, Order: []int{2, 0, 1}, Response: questions.Response{"1"}})
		}
	}
	answer(1, 9, 1)                                                                              // goes well
	answer(2, 1, 9)                                                                              // goes wrong, and surely
	answer(3, 1, 4)                                                                              // perhaps
	answer(4, 0, 4)                                                                              // too few
	answer(5, 10, 10)                                                                            // half
	firsts = append(firsts, First{Question: 6, Given: false, Latest: 1, Kind: questions.Choice}) // of another bank
	for i := range firsts {                                                                      // one pupil chose another option, of an older wording
		if firsts[i].Question == 2 && !firsts[i].Right {
			firsts[i].Version, firsts[i].Order, firsts[i].Response = 1, nil, questions.Response{"2"}
			break
		}
	}
	shelf := bank.NewShelf(texts{versions: []questions.Version{version(1, 2, "k", "a", "b"), version(2, 2, "k", "a", "b"), version(2, 1, "k", "old"),
		version(3, 2, "k", "a", "b"), version(4, 2, "k", "a", "b"), version(5, 2, "k", "a", "b")}}, time.Now)
	list, err := Reporter{Shelf: shelf}.asked(t.Context(), firsts, map[questions.QuestionID]Remains{1: {Of: 20, Right: 18}, 7: {Of: 3}})
	if err != nil {
		t.Fatal(err)
	}
	var order []int
	for _, a := range list {
		order = append(order, int(a.Ref.Question))
	}
	if want := []int{2, 3, 5, 1, 4}; !slices.Equal(order, want) {
		t.Errorf("the order is %v, want %v", order, want)
	}
	if list[0].Miss != "b" || list[0].MissN != 8 || list[0].First.Of != 10 || list[0].First.Hits != 1 {
		t.Errorf("the first is %+v, want 1 of 10 and 8 times b", list[0])
	}
	if got := list[3].First; got.Of != 30 || got.Hits != 27 {
		t.Errorf("with what is left of the deleted, %d of %d are right, want 27 of 30", got.Hits, got.Of)
	}
}

func TestPupilsAreSummedUp(t *testing.T) {
	members := []people.Member{{N: 2, Learner: 20}, {N: 3, Learner: 30}}
	firsts := []First{{Pupil: 20, Right: true, Answers: 3, Last: 7}, {Pupil: 20, Answers: 1, Last: 9}, {Pupil: 99, Answers: 5, Last: 11}}
	list := pupils(Roll{Pupils: members}, firsts, map[questions.LearnerID][]Memory{20: {{Fact: 1, Seen: true}}})
	if p := list[0]; p.Answers != 4 || p.Last != 9 || p.First.Hits != 1 || p.First.Of != 2 || len(p.Memory) != 1 {
		t.Errorf("the first pupil: %+v", p)
	}
	if p := list[1]; p.Answers != 0 || p.First.Of != 0 || len(p.Memory) != 0 {
		t.Errorf("the pupil without answers: %+v", p)
	}
}
