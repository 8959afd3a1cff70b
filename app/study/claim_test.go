package study_test

import (
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"thaw/app/study"
)

// split gives each event of a life to an account or to a guest, an undo to where
// its answer is, each numbered in its own counting and marked by its own memory.
func split(past []study.Past, rng *rand.Rand) (mine, theirs []study.Past) {
	isTheirs := map[int64]bool{}
	numbers := map[int64]int64{}
	for _, p := range past {
		side, isGuest := &mine, rng.IntN(2) == 0
		if p.What == study.Undo {
			isGuest = isTheirs[p.Voids]
		}
		if isTheirs[p.Seq] = isGuest; isGuest {
			side, p.Learner = &theirs, 9
		}
		numbers[p.Seq] = int64(len(*side) + 1)
		p.Seq, p.Voids = numbers[p.Seq], numbers[p.Voids]
		*side = append(*side, p)
	}
	mine, _ = study.Replay(mine)
	theirs, _ = study.Replay(theirs)
	return mine, theirs
}

func TestAClaimIsAsIfTheAccountHadLivedIt(t *testing.T) {
	for seed := range uint64(20) {
		past, lived := live(seed, true)
		mine, theirs := split(past, rand.New(rand.NewPCG(seed, 3)))
		at := past[len(past)-1].At.Add(time.Hour)
		c := study.ClaimInto(mine, theirs, 9, study.Event{Learner: 5, At: at, Zone: "Europe/Berlin"})
		if c.Last != int64(len(mine)) || c.GuestN != int64(len(theirs)) || c.Event.What != study.Claim || c.Event.Learner != 5 {
			t.Fatalf("decided on %d and %d events, says %+v; want %d, %d and a claim", c.Last, c.GuestN, c.Event, len(mine), len(theirs))
		}
		if len(c.Cards) != len(lived) {
			t.Fatalf("%d cards, lived %d", len(c.Cards), len(lived))
		}
		for _, got := range c.Cards {
			want := lived[got.Fact]
			want.Learner, want.Fact, want.Seq = 5, got.Fact, got.Seq
			if got != want {
				t.Fatalf("seed %d: claimed %+v, lived %+v", seed, got, want)
			}
		}
		if want := study.Days(past); !reflect.DeepEqual(c.Days, want) {
			t.Fatalf("days %+v, lived %+v", c.Days, want)
		}
		sameMarks(t, append(mine, theirs...), c, past)
	}
}

// sameMarks says that the marks, with those that the claim changes, met the memory
// that they met in the life that was lived.
func sameMarks(t *testing.T, stored []study.Past, c study.Claimed, lived []study.Past) {
	t.Helper()
	marks := map[time.Time][]study.Mark{}
	for _, p := range append(stored, c.Marks...) {
		if p.What == study.Answer {
			marks[p.At] = p.Marks
		}
	}
	voided := map[int64]bool{}
	for _, p := range lived {
		voided[p.Voids] = true
	}
	for _, p := range lived {
		if p.What == study.Answer && !voided[p.Seq] && !reflect.DeepEqual(marks[p.At], p.Marks) {
			t.Fatalf("marks at %v: %+v, lived %+v", p.At, marks[p.At], p.Marks)
		}
	}
	if len(c.Marks) == 0 || len(c.Marks) == len(lived) {
		t.Errorf("%d of %d events are marked again, want those that meet another memory", len(c.Marks), len(lived))
	}
}

func TestAGuestWithoutEventsLeavesNone(t *testing.T) {
	past, lived := live(1, false)
	c := study.ClaimInto(past, nil, 9, study.Event{Learner: 5, At: monday})
	if c.Event.What != "" || len(c.Marks) != 0 || len(c.Cards) != len(lived) {
		t.Errorf("event %+v, %d marks, %d cards; want none, none and all", c.Event, len(c.Marks), len(c.Cards))
	}
}
