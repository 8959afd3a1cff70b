package study

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/app/fsrs/plan"
	"thaw/questions"
)

// Exam is a date that a learner prepares for.
type Exam struct {
	Learner  questions.LearnerID
	N        int // counted per learner from 1
	Title    string
	At       time.Time           // when it begins
	Topics   []questions.TopicID // with their parts; none: all that the learner studies
	Later    Later               // what the learner wants of its facts afterwards
	Foretold Foretold            // the last forecast before it
	Result   Result
}

// Later says what becomes of an exam's facts once it is over. stored: never rename
type Later string

// Until the learner has said what is wanted, nothing is asked for. Keep goes on in the
// usual rhythm, Rest asks for nothing.
const (
	Unsaid Later = ""
	Keep   Later = "keep"
	Rest   Later = "rest"
)

// Foretold is a forecast that was made at a time.
type Foretold struct {
	plan.Forecast
	Made time.Time // zero: none was
}

// Result is how an exam went, as the learner tells it.
type Result struct {
	Told  bool    // said, if only that it is nobody's business
	Right float64 // points, 0 to Of
	Of    float64 // 0: rather not said
}

// MaxExams is how many exams a learner may have.
const MaxExams = 50

// maxTitle is how many letters the name of an exam may have.
const maxTitle = 80

// furthest is how far ahead an exam may lie.
const furthest = 3 * 366 * 24 * time.Hour

// Check says field by field what is wrong with a new date, as fault.Invalid; the topics
// are those that the learner studies.
func (e Exam) Check(now time.Time, topics map[questions.TopicID]bool) error {
	var wrong []fault.Field
	if t := strings.TrimSpace(e.Title); t == "" || utf8.RuneCountInString(t) > maxTitle {
		wrong = append(wrong, fault.Field{Name: "title", Key: "exam.title_bad", Args: []any{maxTitle}})
	}
	switch {
	case e.At.IsZero():
		wrong = append(wrong, fault.Field{Name: "date", Key: "exam.date_bad"})
	case !e.At.After(now):
		wrong = append(wrong, fault.Field{Name: "date", Key: "exam.date_past"})
	case e.At.Sub(now) > furthest:
		wrong = append(wrong, fault.Field{Name: "date", Key: "exam.date_far"})
	}
	if slices.ContainsFunc(e.Topics, func(t questions.TopicID) bool { return !topics[t] }) {
		wrong = append(wrong, fault.Field{Name: "topic", Key: "exam.topics_bad"})
	}
	return fault.Bad(wrong)
}

// Check says what is wrong with a result, as fault.Invalid.
func (r Result) Check() error {
	if r.Of > 0 && r.Right >= 0 && r.Right <= r.Of && r.Of <= 10000 {
		return nil
	}
	return fault.Bad([]fault.Field{{Name: "right", Key: "exam.result_bad"}})
}

// Share is the part of the points reached, 0 to 1.
func (r Result) Share() float64 { return r.Right / r.Of }

// Over tells whether the exam has begun.
func (e Exam) Over(now time.Time) bool { return !now.Before(e.At) }

// Facts lists the facts that the exam is about, each once, in the order of the banks.
func (e Exam) Facts(banks []bank.Contents) []questions.FactID {
	var facts []questions.FactID
	seen := map[questions.FactID]bool{}
	for _, b := range banks {
		topics := e.topics(b)
		for _, f := range b.Facts {
			if (len(e.Topics) == 0 || topics[f.Topic]) && !seen[f.ID] {
				seen[f.ID] = true
				facts = append(facts, f.ID)
			}
		}
	}
	return facts
}

// Held returns the cards of the exam's facts.
func (e Exam) Held(banks []bank.Contents, cards []Card) (held []Card) {
	about := map[questions.FactID]bool{}
	for _, f := range e.Facts(banks) {
		about[f] = true
	}
	for _, c := range cards {
		if about[c.Fact] {
			held = append(held, c)
		}
	}
	return held
}

// topics are the exam's topics in a bank, with all that are parts of them.
func (e Exam) topics(b bank.Contents) map[questions.TopicID]bool {
	topics := map[questions.TopicID]bool{}
	for _, t := range b.Topics {
		if !slices.Contains(e.Topics, t.ID) {
			continue
		}
		for id := range b.Under(t.ID) {
			topics[id] = true
		}
	}
	return topics
}

// Quiet lists the facts that are not asked for by themselves: those of exams that are
// over, until the learner wants them kept. Where several exams ask for a fact, the
// latest of them decides, and one that is still ahead wants it.
func Quiet(exams []Exam, banks []bank.Contents, now time.Time) map[questions.FactID]bool {
	exams = slices.Clone(exams)
	slices.SortStableFunc(exams, func(a, b Exam) int { return a.At.Compare(b.At) })
	quiet := map[questions.FactID]bool{}
	for _, e := range exams {
		hush := e.Over(now) && e.Later != Keep
		for _, f := range e.Facts(banks) {
			if hush {
				quiet[f] = true
			} else {
				delete(quiet, f)
			}
		}
	}
	return quiet
}

// Prices are what answers cost on the days from one on, while exams that a learner
// prepares for together fill them (plan.Together).
type Prices struct {
	Day   int64 // the first study day
	ByDay []float64
}

// from returns the prices from a day on, nil where none are known for it.
func (p Prices) from(day int64) []float64 {
	i := day - p.Day
	if p.Day == 0 || i < 0 || i >= int64(len(p.ByDay)) {
		return nil
	}
	return p.ByDay[i:]
}

// ExamStore keeps the exams of learners. Another learner's exam is fault.Missing like
// one that does not exist.
type ExamStore interface {
	// Exams lists a learner's exams, the earliest first, with the prices found last.
	Exams(ctx context.Context, who questions.LearnerID) ([]Exam, Prices, error)
	// AddExam stores a new exam and returns its number; with a token that has been
	// used, that of the exam stored with it. fault.Conflict beyond MaxExams.
	AddExam(ctx context.Context, e Exam, token string) (n int, err error)
	// SetExam stores what a learner says of an exam: all but the forecast, which goes
	// where the date has moved.
	SetExam(ctx context.Context, e Exam) error
	// DropExam removes an exam.
	DropExam(ctx context.Context, who questions.LearnerID, n int) error
	// Foretell stores the forecast of an exam whose date is still that.
	Foretell(ctx context.Context, e Exam) error
	// Preparing lists learners with an exam between the times.
	Preparing(ctx context.Context, from, to time.Time) ([]questions.LearnerID, error)
	// SetPrices stores the prices found.
	SetPrices(ctx context.Context, who questions.LearnerID, p Prices) error
}
