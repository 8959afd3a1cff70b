package report

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"thaw/app/bank"
	"thaw/app/fsrs"
	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/app/study"
	"thaw/questions"
)

// ClassStore is what reports about a class are drawn from. It tells nothing but
// what is about facts of the banks given to the class, from answers that pupils
// have given since they joined and that no undo voids.
type ClassStore interface {
	// Roll returns a class that the teacher has, with its pupils by name and what waits
	// for the teacher; fault.Missing for any other.
	Roll(ctx context.Context, teacher people.Person, class questions.ClassID) (Roll, error)
	// Firsts returns the first answer of each pupil to each question, and how many
	// more there were, by question, of pupils who are deleted.
	Firsts(ctx context.Context, class questions.ClassID) ([]First, map[questions.QuestionID]Remains, error)
	// Held returns the cards of the pupils that such answers alone have fed. Of facts that
	// were answered before the pupil joined, too, it returns the answers since instead: the
	// card says more than the class's teachers may see.
	Held(ctx context.Context, class questions.ClassID) ([]study.Card, []study.Past, error)
	// Told loads the answers of one pupil, and those finished sittings, newest first,
	// of whose forecast all may be told: begun since the pupil joined, and about facts
	// of the banks given that were not answered before.
	Told(ctx context.Context, m people.Member) ([]study.Past, []quiz.Sitting, error)
	// Mixed counts, since a time, the answers of pupils in which one name stood for
	// another.
	Mixed(ctx context.Context, class questions.ClassID, since time.Time) ([]Mixed, error)
	// Given lists the banks given to a class.
	Given(ctx context.Context, class questions.ClassID) ([]bank.Open, error)
}

// Roll is a class with who is in it.
type Roll struct {
	Class  people.Class
	Open   []bank.Open // the banks given
	Facts  int         // of them
	Pupils []people.Member
	Free   map[questions.LearnerID]bool // pupils whose seat nobody has come to yet

	Rights  int // rows of the teacher's inbox from this class: held for right
	Reports int // and said of questions
}

// First is the first answer of a pupil to a question, with what followed.
type First struct {
	Pupil    questions.LearnerID
	Question questions.QuestionID
	Kind     string
	Latest   int  // version of the question now
	Given    bool // the question stands in a bank given, and is live
	Version  int  // that was seen
	Right    bool // or right with a slip
	Sure     bool // the pupil said so before the verdict
	Order    []int
	Response questions.Response // of a choice that was not right
	Answers  int                // to the question, the first one included
	Last     fsrs.Day
}

// Remains are the first answers to a question of pupils of whom nothing else is
// kept.
type Remains struct{ Of, Right int }

// Class is what a teacher sees of a class.
type Class struct {
	Roll
	Pupils []Pupil
	Asked  []Asked // questions with answers, what needs attention first
	Today  fsrs.Day
	Active int // pupils with answers in the last seven days
	Topics []Fade
	Losing []Losing
	Needs  []Needy // pupils who need the teacher, the most urgent first
}

// Pupil is how one pupil does.
type Pupil struct {
	people.Member
	Answers int
	Last    fsrs.Day // of an answer; meaningless without any
	First   Share    // right at the first answer, by question
	Sure    Share    // wrong, of the first answers that the pupil was sure of
	Memory  []Memory // of the facts met
	Free    bool     // nobody has come to the seat yet
}

// Asked is how one question goes.
type Asked struct {
	Ref   questions.Ref // as it is now
	Kind  string
	First Share
	Miss  string // the wrong option that was chosen most often; "" where there is none
	MissN int
}

// activeDays is how many study days count as lately.
const activeDays = 7

// Class reports about a class that the teacher has.
func (r Reporter) Class(ctx context.Context, teacher people.Person, id questions.ClassID) (Class, error) {
	roll, err := r.Classes.Roll(ctx, teacher, id)
	c := Class{Roll: roll, Today: calendarOf(roll.Class.Zone).Day(r.Now())}
	if err != nil || len(roll.Pupils) == 0 {
		return c, err
	}
	firsts, left, err := r.Classes.Firsts(ctx, id)
	if err != nil {
		return c, err
	}
	cards, err := r.held(ctx, id)
	if err != nil {
		return c, err
	}
	banks, err := r.Shelf.All(ctx, roll.Open)
	if err != nil {
		return c, err
	}
	c.Topics, c.Losing = classTopics(banks, cards, r.Now()), losing(banks, cards, r.Now())
	c.Pupils = pupils(roll, firsts, known(cards, r.Now()))
	for _, p := range c.Pupils {
		if p.Answers > 0 && p.Last > c.Today-activeDays {
			c.Active++
		}
	}
	c.Needs = needs(c.Pupils, c.Today, r.Now())
	c.Asked, err = r.asked(ctx, firsts, left)
	return c, err
}

func calendarOf(zone string) fsrs.Calendar {
	return study.Calendar(people.Person{Zone: zone}.Location())
}

// held are the cards of the class, made of nothing but answers since joining: one that
// is older is lived again without what came before.
func (r Reporter) held(ctx context.Context, id questions.ClassID) ([]study.Card, error) {
	cards, past, err := r.Classes.Held(ctx, id)
	if err != nil || len(past) == 0 {
		return cards, err
	}
	_, again := study.Replay(past)
	return append(cards, again...), nil
}

// known is the memory of each pupil, by tomorrow.
func known(cards []study.Card, now time.Time) map[questions.LearnerID][]Memory {
	tomorrow := now.Add(24 * time.Hour)
	known := map[questions.LearnerID][]Memory{}
	for _, c := range cards {
		known[c.Learner] = append(known[c.Learner], Memory{c.Fact, c.Seen(), c.Recall(tomorrow), c.Stability})
	}
	return known
}

// pupils sums up by pupil. It is pure.
func pupils(roll Roll, firsts []First, known map[questions.LearnerID][]Memory) []Pupil {
	type sum struct {
		answers, right, of int
		sure, sureWrong    int
		last               fsrs.Day
	}
	sums := map[questions.LearnerID]sum{}
	for _, f := range firsts {
		s := sums[f.Pupil]
		s.answers, s.of, s.last = s.answers+f.Answers, s.of+1, max(s.last, f.Last)
		if f.Right {
			s.right++
		}
		if f.Sure {
			s.sure++
		}
		if f.Sure && !f.Right {
			s.sureWrong++
		}
		sums[f.Pupil] = s
	}
	list := make([]Pupil, len(roll.Pupils))
	for i, m := range roll.Pupils {
		s := sums[m.Learner]
		list[i] = Pupil{Member: m, Answers: s.answers, Last: s.last, First: share(s.right, s.of), Sure: share(s.sureWrong, s.sure),
			Memory: known[m.Learner], Free: roll.Free[m.Learner]}
	}
	return list
}

// asked sums up by question: first those of which the interval is surest that
// they go wrong, at the end those with too few answers. What is left of pupils who
// are deleted counts where others have answered, too.
func (r Reporter) asked(ctx context.Context, firsts []First, left map[questions.QuestionID]Remains) ([]Asked, error) {
	byQuestion := map[questions.QuestionID][]First{}
	var refs []questions.Ref
	for _, f := range firsts {
		if !f.Given {
			continue
		}
		if byQuestion[f.Question] == nil {
			refs = append(refs, questions.Ref{Question: f.Question, Version: f.Latest})
		}
		byQuestion[f.Question] = append(byQuestion[f.Question], f)
		if f.Version != f.Latest && f.Kind == questions.Choice {
			refs = append(refs, questions.Ref{Question: f.Question, Version: f.Version})
		}
	}
	versions, err := r.Shelf.Versions(ctx, refs)
	if err != nil {
		return nil, err
	}
	list := make([]Asked, 0, len(byQuestion))
	for id, answers := range byQuestion {
		list = append(list, ask(id, answers, left[id], versions))
	}
	slices.SortFunc(list, func(a, b Asked) int {
		return cmp.Or(a.First.Compare(b.First), cmp.Compare(a.Ref.Question, b.Ref.Question))
	})
	return list, nil
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

func ask(id questions.QuestionID, answers []First, left Remains, versions map[questions.Ref]questions.Version) Asked {
	a := Asked{Ref: questions.Ref{Question: id, Version: answers[0].Latest}, Kind: answers[0].Kind}
	right := left.Right
	misses := map[string]int{}
	for _, f := range answers {
		if f.Right {
			right++
		} else if option := chosen(f, versions[questions.Ref{Question: id, Version: f.Version}]); option != "" {
			misses[option]++
		}
	}
	a.First = share(right, len(answers)+left.Of)
	for option, n := range misses {
		if n > a.MissN || (n == a.MissN && option < a.Miss) {
			a.Miss, a.MissN = option, n
		}
	}
	return a
}

// chosen is the option that an answer picked, where there are options.
func chosen(f First, v questions.Version) string {
	if f.Kind != questions.Choice || len(f.Response) != 1 {
		return ""
	}
	for i, option := range v.In(f.Order).Answers {
		if strconv.Itoa(i+1) == f.Response[0] && option.Credit < 1 {
			return option.Text
		}
	}
	return ""
}

// OfPupil is the report of a pupil as the class's teachers may see it: what the
// pupil's own would be, had it begun when the pupil joined and were there no
// other banks than the class's.
func (r Reporter) OfPupil(ctx context.Context, m people.Member, who people.Person) (Progress, error) {
	open, err := r.Classes.Given(ctx, m.Class)
	if err != nil {
		return Progress{}, err
	}
	banks, err := r.Shelf.All(ctx, open)
	if err != nil {
		return Progress{}, err
	}
	past, sittings, err := r.Classes.Told(ctx, m)
	if err != nil {
		return Progress{}, err
	}
	now := r.Now()
	mixed := mixedIn(past, banks, now.Add(-MixupsSince))
	past, cards := study.Replay(past)
	today := study.Calendar(who.Location()).Day(now)
	o := progress(study.Preparing{Now: now, Who: who, Banks: banks, Cards: cards, Queues: r.Coach.Queues}, since(study.Days(past), today-HalfYear+1), mixed)
	o.Foresight = Foresee(sittings[:min(len(sittings), Lookback)])
	return o, nil
}
