package quiz

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/app/people"
	"thaw/questions"
)

// Work is what an assignment asks of a pupil. stored: never rename
type Work string

// A quiz is sat. Reach wants four in five of some facts answered right, days every fact
// right on ThreeDays different days, and minutes some minutes of study on some days. A date
// stands among the exams of each pupil, who prepares for it.
const (
	Sat     Work = "quiz"
	Reach   Work = "reach"
	OnDays  Work = "days"
	Minutes Work = "minutes"
	OnDate  Work = "exam"
)

// Works are the kinds of work, in the order in which they are offered.
var Works = [...]Work{Sat, Reach, OnDays, Minutes, OnDate}

// Reveal is when a quiz that is assigned shows what is right. stored: never rename
type Reveal string

// At once is the tutor's way; the other two are exams.
const (
	AtOnce   Reveal = ""
	AtHandIn Reveal = "end"
	AfterDue Reveal = "due"
)

// Reveals are those to choose from.
var Reveals = [...]Reveal{AtOnce, AtHandIn, AfterDue}

// Counts is which of several tries counts. stored: never rename
type Counts string

// The best try counts unless it is said otherwise.
const (
	Best Counts = "best"
	Last Counts = "last"
	Mean Counts = "mean"
)

// Countings are those to choose from.
var Countings = [...]Counts{Best, Last, Mean}

// Bounds of an assignment.
const (
	maxAssigned = 100 // questions of a quiz
	MaxTries    = 5
	MaxWorkDays = 60
	mostMinutes = 240
	maxTitle    = 80
)

// Assignment is work given to a class.
type Assignment struct {
	Class     questions.ClassID
	N         int // counted per class from 1
	Kind      Work
	Title     string
	Topics    []questions.TopicID    // with their parts; none: all that the class has
	Tags      []string               // of these topics what has any of the tags; none: all
	Questions []questions.QuestionID // picked by hand, in place of topics and tags; none: not
	Draw      int                    // how many are asked of a quiz; 0: all
	Shuffle   bool                   // each pupil has an order of questions of their own
	Mix       bool                   // and of options
	Reveal    Reveal
	Minutes   int // the time limit of a quiz, 0: none; or those of a day
	Days      int // of minutes: on how many days
	Tries     int // 0: any number
	Counts    Counts
	Opens     time.Time // zero: at once
	Due       time.Time // zero: never
	Late      bool      // it is taken after it is due, and marked so
	Made      time.Time

	Name  string             // of the class
	Zone  string             // of the class, IANA
	Banks []questions.BankID // of the class
	Begun int                // sittings begun; only where a method says so
}

// Mode is how a sitting of it runs.
func (a Assignment) Mode() Mode {
	if a.Reveal == AtOnce {
		return Tutor
	}
	return Exam
}

// Location is the time zone of the class.
func (a Assignment) Location() *time.Location { return people.Zone(a.Zone) }

// checked is the assignment with blanks folded and what does not belong to its kind left
// out; fault.Invalid, field by field, for what cannot be.
func (a Assignment) checked(banks []bank.Contents) (Assignment, error) {
	a.Title = strings.Join(strings.Fields(a.Title), " ")
	a = a.only()
	wrong := a.wrongWhen()
	bad := func(is bool, name, key string, args ...any) {
		if is {
			wrong = append(wrong, fault.Field{Name: name, Key: key, Args: args})
		}
	}
	letters := utf8.RuneCountInString(a.Title)
	bad(letters == 0 || letters > maxTitle, "title", "assign.title_bad", maxTitle)
	bad(!slices.Contains(Works[:], a.Kind), "kind", "assign.kind_bad")
	bad(!slices.Contains(Reveals[:], a.Reveal), "reveal", "assign.reveal_bad")
	bad(a.Reveal == AfterDue && a.Due.IsZero(), "due", "assign.due_needed")
	bad(a.Kind == OnDate && a.Due.IsZero(), "due", "assign.date_needed")
	bad(a.Draw < 0 || a.Draw > maxAssigned, "draw", "assign.draw_bad", maxAssigned)
	bad(a.Tries < 0 || a.Tries > MaxTries || !slices.Contains(Countings[:], a.Counts), "tries", "assign.tries_bad", MaxTries)
	bad(a.Minutes < 0 || a.Minutes > mostMinutes || a.Kind == Minutes && a.Minutes == 0, "minutes", "assign.minutes_bad", mostMinutes)
	bad(a.Kind == Minutes && (a.Days < 1 || a.Days > MaxWorkDays), "days", "assign.days_bad", MaxWorkDays)
	bad(a.Kind != Minutes && len(a.pool(banks)) == 0, "topic", "assign.nothing")
	return a, fault.Bad(wrong)
}

// only keeps what belongs to the kind of work.
func (a Assignment) only() Assignment {
	if a.Counts == "" {
		a.Counts = Best
	}
	a.Tags = bank.CleanTags(a.Tags)
	if len(a.Questions) > 0 {
		a.Topics, a.Tags = nil, nil
	}
	if a.Kind != Sat {
		a.Draw, a.Shuffle, a.Mix, a.Reveal, a.Tries, a.Counts = 0, false, false, AtOnce, 0, Best
	}
	if a.Kind != Minutes {
		a.Days = 0
	}
	if a.Kind == Minutes {
		a.Topics, a.Tags, a.Questions = nil, nil, nil
	}
	if a.Kind != Sat && a.Kind != Minutes {
		a.Minutes = 0
	}
	if a.Kind == OnDate {
		a.Tags, a.Questions, a.Late = nil, nil, false
	}
	return a
}

// wrongWhen says what is wrong with the times.
func (a Assignment) wrongWhen() []fault.Field {
	if !a.Due.IsZero() && !a.Due.After(a.Opens) {
		return []fault.Field{{Name: "due", Key: "assign.due_bad"}}
	}
	return nil
}

// pool lists the questions that an assignment is about: those picked by hand in their
// order, or those of its topics and tags, from the banks of the class. Flashcards rate themselves,
// and are left out.
func (a Assignment) pool(banks []bank.Contents) []candidate {
	var all []candidate
	tagged := bank.AnyOf(a.Tags)
	for _, c := range a.of(banks) {
		within := map[questions.TopicID]bool{}
		for _, t := range a.Topics {
			for id := range c.Under(t) {
				within[id] = true
			}
		}
		for _, q := range candidates(c, 0, nil) {
			if (len(a.Topics) == 0 || within[q.question.Topic]) && tagged.Has(q.question.Tags) {
				all = append(all, q)
			}
		}
	}
	if len(a.Questions) == 0 {
		return all
	}
	place := func(c candidate) int { return slices.Index(a.Questions, c.question.ID) }
	all = slices.DeleteFunc(all, func(c candidate) bool { return place(c) < 0 })
	slices.SortStableFunc(all, func(x, y candidate) int { return place(x) - place(y) })
	return all
}

// of keeps the banks of the class, each topic in the bank that has it.
func (a Assignment) of(banks []bank.Contents) []bank.Contents {
	return slices.DeleteFunc(slices.Clone(banks), func(c bank.Contents) bool { return !slices.Contains(a.Banks, c.Bank.ID) })
}

// Asks counts the questions of a quiz.
func (a Assignment) Asks(banks []bank.Contents) int {
	n := min(len(a.pool(banks)), maxAssigned)
	if a.Draw > 0 {
		n = min(n, a.Draw)
	}
	return n
}

// Facts lists the facts that an assignment is about, each once.
func (a Assignment) Facts(banks []bank.Contents) []questions.FactID {
	var facts []questions.FactID
	seen := map[questions.FactID]bool{}
	for _, c := range a.pool(banks) {
		for _, f := range c.question.Facts {
			if !seen[f] {
				seen[f] = true
				facts = append(facts, f)
			}
		}
	}
	return facts
}

// AssignStore keeps what is given to classes to do. To whoever does not teach the class,
// and to a pupil of another, it is fault.Missing like what does not exist.
type AssignStore interface {
	// Assignments lists what a class has been given, the newest first, with how many
	// sittings were begun.
	Assignments(ctx context.Context, teacher questions.LearnerID, class questions.ClassID) ([]Assignment, error)
	// Assignment returns one of them.
	Assignment(ctx context.Context, teacher questions.LearnerID, class questions.ClassID, n int) (Assignment, error)
	// Earlier lists what a teacher's classes have been given, archived ones too, the newest
	// first and at most so many.
	Earlier(ctx context.Context, teacher questions.LearnerID, most int) ([]Assignment, error)
	// Assign stores a new one and returns its number; the same token stores it once.
	Assign(ctx context.Context, teacher questions.LearnerID, a Assignment, token string) (n int, err error)
	// Reassign stores it as changed: whole until somebody has begun, then its title and
	// its times alone.
	Reassign(ctx context.Context, teacher questions.LearnerID, a Assignment) error
	// Unassign takes it back; what was answered stays.
	Unassign(ctx context.Context, teacher questions.LearnerID, class questions.ClassID, n int, now time.Time) error
	// Homework lists what a pupil has been given by classes in use, what is due first
	// before what never is, each with the pupil's tries.
	Homework(ctx context.Context, who questions.LearnerID) ([]Homework, error)
	// Desk is Homework and, in the same query, the newest sittings as Store.Latest has them.
	Desk(ctx context.Context, who questions.LearnerID, latest int) ([]Homework, []Sitting, error)
	// Taken lists the pupils of a class by name, each with their tries at what the class
	// has been given since they joined; n is one assignment, 0 all of them.
	Taken(ctx context.Context, teacher questions.LearnerID, class questions.ClassID, n int) ([]Taker, error)
	// Ended lists sittings of assignments that are to be closed or judged by now, most of
	// them at once.
	Ended(ctx context.Context, now time.Time, most int) ([]Sitting, error)
	// Hold notes when an exam was handed in that is judged later; one that is handed in
	// already stays as it is.
	Hold(ctx context.Context, who questions.LearnerID, n int, at time.Time) error
	// Studied lists the answers since a time, and since they joined, of the pupils of a
	// class to what its banks ask, pupil by pupil.
	Studied(ctx context.Context, class questions.ClassID, since time.Time) ([]Studied, error)
}

// Homework is an assignment as one of its pupils has it.
type Homework struct {
	Assignment
	Extra  people.Extra // time where it is limited
	Joined time.Time    // the class; nothing before counts
	Mine   []Try        // the pupil's
	Done   []Studied    // of work that is no quiz: what was answered since the first of it opened
}

// Taker is a pupil with tries at assignments.
type Taker struct {
	people.Member
	Tries []Try
}

// Try is one sitting of an assignment.
type Try struct {
	Assignment int
	Sitting    int
	Started    time.Time
	Handed     time.Time // zero: not handed in, or judged at once
	Finished   time.Time // zero: not judged yet
	Ends       time.Time
	Points     float64 // of those that count
	Of         int
	Given      int // answered so far
	Count      int
	Took       time.Duration // to answer; only of Taken for one assignment
}

// Studied is one mark of an answer.
type Studied struct {
	Pupil questions.LearnerID
	Seq   int64
	At    time.Time
	Day   int64 // study day
	Took  time.Duration
	Fact  questions.FactID
	Right bool // and evidence: not just after its key was seen
}
