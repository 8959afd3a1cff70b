package report

import (
	"cmp"
	"slices"
	"time"

	"thaw/questions"
)

// Attempt is a learner's first answer to a question.
type Attempt struct {
	Learner  questions.LearnerID
	Ref      questions.Ref      // the wording that was seen
	Order    []int              // of the options; nil: as they stand
	Response questions.Response // nil where nobody asked for it
	Took     time.Duration      // 0: not known
	Sure     bool               // its learner said so before the verdict
	Credit   float64            // mean over the parts, 0..1
	Guess    float64            // the chance of a right answer without knowing, 0..1
	Missed   []int              // the parts that are not right
}

// Right tells whether nothing was missed.
func (a Attempt) Right() bool { return len(a.Missed) == 0 }

// Item is a question under the lens: what first answers say of it, by classical test
// theory (Lord & Novick, Statistical Theories of Mental Test Scores, 1968).
type Item struct {
	Version   questions.Version // the newest
	First     Share             // right at the first answer: the facility
	Guess     float64           // mean chance of that without knowing, 0..1
	Tells     Correlation       // corrected item-rest correlation: the discrimination
	Options   []Option          // of what can be picked
	Misses    []Miss            // of what is typed, the commonest first
	Time      Quartiles
	SureWrong int // who were sure, and wrong
	Apart     int // first answers to earlier wordings that had other answers: not counted
}

// Few tells whether there are too few answers to say anything.
func (i Item) Few() bool { return !i.First.Sure() }

// Placed tells whether enough learners can be placed among the others.
func (i Item) Placed() bool { return i.Tells.N >= enoughToTell }

// Told tells whether it can be said how the question discriminates: enough learners can
// be placed, and they differ.
func (i Item) Told() bool { return i.Placed() && i.Tells.Known }

// enoughToTell is the number of learners below which nothing is said about
// discrimination, or about options that nobody takes.
const enoughToTell = 30

// enoughRest is how many other questions of the bank a learner has to have answered to be
// placed among the others.
const enoughRest = 5

// placed is an attempt with what its learner did on the bank's other questions.
type placed struct {
	Attempt
	rest   float64 // mean credit there, 0..1
	ranked bool    // there were enough of them
}

// Items looks at the questions of one bank, given their newest wordings, the learners'
// first answers to them and the earlier wordings that these have seen. Each learner's
// score leaves the question itself out, so that it is not correlated with itself. Answers
// to an earlier wording count where it had the same answers, right and wrong; else they
// were given to another question. It is pure; the items stand in the order of the wordings.
func Items(newest []questions.Version, attempts []Attempt, seen map[questions.Ref]questions.Version) []Item {
	byQuestion := map[questions.QuestionID][]placed{}
	items := make([]Item, len(newest))
	for i, v := range newest {
		items[i].Version = v
		byQuestion[v.Question] = nil
	}
	counted, apart := sift(newest, attempts, seen)
	for _, p := range place(counted) {
		byQuestion[p.Ref.Question] = append(byQuestion[p.Ref.Question], p)
	}
	for i := range items {
		id := items[i].Version.Question
		items[i].Apart = apart[id]
		items[i].fill(byQuestion[id], seen)
	}
	return items
}

// sift keeps the attempts at wordings with the answers of the newest one, and counts the
// others.
func sift(newest []questions.Version, attempts []Attempt, seen map[questions.Ref]questions.Version) (counted []Attempt, apart map[questions.QuestionID]int) {
	alike := map[questions.Ref]bool{}
	now := map[questions.QuestionID]questions.Version{}
	for _, v := range newest {
		now[v.Question], alike[v.Ref] = v, true
	}
	for ref, v := range seen {
		if ref.Version != now[ref.Question].Version {
			alike[ref] = sameAnswers(v, now[ref.Question])
		}
	}
	apart = map[questions.QuestionID]int{}
	for _, a := range attempts {
		if alike[a.Ref] {
			counted = append(counted, a)
		} else {
			apart[a.Ref.Question]++
		}
	}
	return counted, apart
}

// sameAnswers tells whether two wordings have the same answers, in whatever order: the
// same options with the same keys, or where one types, the same keys.
func sameAnswers(a, b questions.Version) bool {
	return a.Kind == b.Kind && slices.Equal(answersOf(a), answersOf(b))
}

// answerOf is what makes an answer another one.
type answerOf struct {
	part   int
	text   string
	match  string
	credit float64
}

func answersOf(v questions.Version) []answerOf {
	var list []answerOf
	done := map[int]bool{}
	for _, a := range v.Answers {
		if a.Match != "" && (a.Credit != 1 || done[a.Part]) {
			continue // a spelling that counts, too, or a known mistake
		}
		done[a.Part] = true
		list = append(list, answerOf{a.Part, a.Text, a.Match, a.Credit})
	}
	slices.SortFunc(list, func(a, b answerOf) int {
		return cmp.Or(cmp.Compare(a.part, b.part), cmp.Compare(a.text, b.text), cmp.Compare(a.credit, b.credit))
	})
	return list
}

// place says of each attempt how its learner does on the other questions.
func place(attempts []Attempt) []placed {
	type sum struct {
		credit float64
		n      int
	}
	sums := map[questions.LearnerID]sum{}
	for _, a := range attempts {
		s := sums[a.Learner]
		sums[a.Learner] = sum{s.credit + a.Credit, s.n + 1}
	}
	list := make([]placed, len(attempts))
	for i, a := range attempts {
		list[i].Attempt = a
		if s := sums[a.Learner]; s.n > enoughRest {
			list[i].rest, list[i].ranked = (s.credit-a.Credit)/float64(s.n-1), true
		}
	}
	return list
}

// fill says what the attempts say of the question.
func (i *Item) fill(list []placed, seen map[questions.Ref]questions.Version) {
	right := 0
	var credit, rest []float64
	var took []time.Duration
	for _, p := range list {
		i.Guess += p.Guess / float64(len(list))
		switch {
		case p.Right():
			right++
		case p.Sure:
			i.SureWrong++
		}
		if p.ranked {
			credit, rest = append(credit, p.Credit), append(rest, p.rest)
		}
		if p.Took > 0 {
			took = append(took, p.Took)
		}
	}
	i.First = share(right, len(list))
	i.Tells = correlate(credit, rest)
	i.Time = quartiles(took)
	i.Options = options(i.Version, list, seen)
	i.Misses = misses(i.Version, list)
}
