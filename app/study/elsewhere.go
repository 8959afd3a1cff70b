package study

import (
	"fmt"
	"strconv"
	"time"

	"thaw/app/fsrs"
	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/grade"
)

// Elsewhere is what a learner remembers of a question that comes from another program.
type Elsewhere struct {
	Version questions.Version // as it is here
	Lexicon int
	bundle.Learned
}

// Brought are the events that follow from what was learned elsewhere, their marks as
// the memory that they meet has it, and what follows from them: to be stored whole.
type Brought struct {
	Past  []Past
	Cards []Card
	Cares []Care
	Days  []Tally // to be added
}

// Bring makes events of what was learned elsewhere: each review is an answer at its time,
// rated as it was; where no review is known, one event says what the memory was. Cards
// follow as from any other event. Past is the learner's until now; e is when and where it
// happens, and its token tells the events of one import from all others. The facts must
// be new to the learner.
func Bring(past []Past, e Event, list []Elsewhere) Brought {
	var b Brought
	facts := map[questions.FactID]bool{}
	seq := last(past)
	for _, l := range list {
		for _, p := range l.events(e) {
			seq++
			p.Seq, p.Token = seq, fmt.Sprintf("%s %d", e.Token, seq)
			b.Past = append(b.Past, p)
			for _, m := range p.Marks {
				facts[m.Fact] = true
			}
			if _, cared := caring(p.Event); p.What == Suspend {
				for _, f := range cared {
					b.Cares = append(b.Cares, Care{Fact: f, Suspended: true})
				}
			}
		}
	}
	lived, cards := Replay(append(append([]Past(nil), past...), b.Past...))
	marks := make(map[int64][]Mark, len(lived))
	for _, p := range lived {
		marks[p.Seq] = p.Marks
	}
	for i, p := range b.Past {
		b.Past[i].Marks = marks[p.Seq]
	}
	for _, c := range cards {
		if facts[c.Fact] {
			b.Cards = append(b.Cards, c)
		}
	}
	b.Days = Days(b.Past)
	return b
}

// events are those of one question.
func (l Elsewhere) events(e Event) (list []Past) {
	e.Ref, e.Lexicon = l.Version.Ref, l.Lexicon
	facts := l.Version.Facts()
	if len(facts) == 0 {
		return nil
	}
	for _, r := range l.Reviews {
		if r.Rating >= int(fsrs.Again) && r.Rating <= int(fsrs.Easy) && r.At.Before(e.At) && !r.At.IsZero() {
			list = append(list, l.answer(e, r))
		}
	}
	if len(list) == 0 && !l.Due.IsZero() {
		list = append(list, l.known(e))
	}
	if l.Suspended {
		e.What, e.Response = Suspend, Caring(true, facts)
		list = append(list, Past{Event: e})
	}
	return list
}

// at is the event at another time, in whole milliseconds as it will be read back.
func (e Event) at(t time.Time) Event {
	e.At = t.UTC().Truncate(time.Millisecond)
	e.Day = Calendar(e.zone()).Day(e.At)
	return e
}

// answer is a review: of a flashcard as its button was, of anything else as its key or as
// nothing.
func (l Elsewhere) answer(e Event, r bundle.Review) Past {
	p := Past{Event: e.at(r.At)}
	p.What, p.Took = Answer, min(max(r.Took, 0), time.Hour).Truncate(time.Millisecond)
	if l.Version.Kind == questions.Flash {
		p.Response = questions.Response{fsrs.Rating(r.Rating).String()} // #nosec G115 -- 1 to 4
	}
	for _, m := range l.marks() {
		m.Self, m.Credit, m.Verdict = r.Rating, 1, questions.Right
		given := m.Canonical
		if r.Rating == int(fsrs.Again) {
			m.Credit, m.Verdict, given = 0, questions.Wrong, ""
			m.Reason = questions.Reason{Code: "reason.forgot"}
		}
		if l.Version.Kind != questions.Flash {
			p.Response = append(p.Response, given)
		}
		p.Marks = append(p.Marks, Mark{Mark: m})
	}
	return p
}

// marks are those of the parts, one for each.
func (l Elsewhere) marks() (list []questions.Mark) {
	seen := map[int]bool{}
	for _, a := range l.Version.Answers {
		if a.Fact != 0 && a.Credit == 1 && !seen[a.Part] {
			seen[a.Part] = true
			list = append(list, questions.Mark{Part: a.Part, Fact: a.Fact, Canonical: grade.Canonical(a)})
		}
	}
	return list
}

// The difficulty of a memory of which no more is known than when it is due: the middle.
const middling = 5

// known says what the memory was when it was met last.
func (l Elsewhere) known(e Event) Past {
	met := l.Due.AddDate(0, 0, -max(l.Interval, 1))
	if !met.Before(e.At) {
		met = e.At.Add(-time.Millisecond)
	}
	m := fsrs.Memory{Stability: l.Stability, Difficulty: l.Difficulty}
	if !m.Seen() {
		m = fsrs.Memory{Stability: float64(max(l.Interval, 1)), Difficulty: middling}
	}
	m.Stability = min(max(m.Stability, fsrs.MinStability), fsrs.MaxStability)
	m.Difficulty = min(max(m.Difficulty, fsrs.MinDifficulty), fsrs.MaxDifficulty)
	p := Past{Event: e.at(met)}
	p.What = Known
	p.Response = questions.Response{strconv.FormatFloat(m.Stability, 'g', -1, 64), strconv.FormatFloat(m.Difficulty, 'g', -1, 64),
		strconv.Itoa(max(l.Reps, 1)), strconv.Itoa(max(l.Lapses, 0)), strconv.FormatInt(l.Due.UnixMilli(), 10)}
	for _, mark := range l.marks() {
		mark.Credit, mark.Verdict = 1, questions.Right
		p.Marks = append(p.Marks, Mark{Mark: mark})
	}
	return p
}

// recalled are the cards of a Known event: what was known elsewhere, taken as it was.
func (e Event) recalled(m fsrs.Model, marks []questions.Mark) (cards []Card) {
	if len(e.Response) != 5 {
		return nil
	}
	var c fsrs.Card // what is read was written by us
	c.Stability, _ = strconv.ParseFloat(e.Response[0], 64)
	c.Difficulty, _ = strconv.ParseFloat(e.Response[1], 64)
	c.Reps, _ = strconv.Atoi(e.Response[2])
	c.Lapses, _ = strconv.Atoi(e.Response[3])
	due, _ := strconv.ParseInt(e.Response[4], 10, 64)
	c.Phase, c.Last, c.Due = fsrs.Reviewing, e.At, time.UnixMilli(due).UTC()
	seen := map[questions.FactID]bool{}
	for _, mark := range marks {
		if !seen[mark.Fact] {
			seen[mark.Fact] = true
			cards = append(cards, Card{Learner: e.Learner, Fact: mark.Fact, Card: c, Decay: m.Weights()[20]})
		}
	}
	return cards
}

// LearnedOf is what a learner's past and cards tell of facts, as another program takes it,
// by fact.
func LearnedOf(past []Past, cards []Card, cares []Care) map[questions.FactID]bundle.Learned {
	list := map[questions.FactID]bundle.Learned{}
	for _, c := range cards {
		list[c.Fact] = bundle.Learned{Due: c.Due, Interval: int(c.Due.Sub(c.Last).Hours()/24 + .5), Reps: c.Reps, Lapses: c.Lapses,
			Stability: c.Stability, Difficulty: c.Difficulty}
	}
	past = inTime(past)
	lived := newLife(past)
	for _, p := range past {
		if p.What != Answer || !lived.feeds(p) {
			continue
		}
		marks := lived.believed(p)
		for i, m := range marks {
			if l, ok := list[m.Fact]; ok && counts(marks, i) {
				l.Reviews = append(l.Reviews, bundle.Review{At: p.At, Rating: int(Rate(m)), Took: p.Took})
				list[m.Fact] = l
			}
		}
	}
	for _, c := range cares {
		if l := list[c.Fact]; c.Suspended {
			l.Suspended = true
			list[c.Fact] = l
		}
	}
	return list
}
