package quiz

import (
	"context"
	"fmt"
	"slices"
	"time"

	"thaw/app/fault"
	"thaw/app/fsrs"
	"thaw/app/people"
	"thaw/app/study"
	"thaw/questions"
)

// Paper is a sitting with all that is needed to judge what was given in it.
type Paper struct {
	Sitting   Sitting      // with its items
	Last      int64        // the learner's newest event
	Weights   fsrs.Weights // in force; zero: the default ones
	Adopted   int64        // by which event
	AdoptedOn fsrs.Day     // the study day of that event
	Judged    int64
	Ruled     map[questions.QuestionID]int64
	Rulings   map[questions.QuestionID][]study.Ruling
	Cards     []study.Card // all of the learner's
}

// HandedIn is a sitting that ends with all that was given in it, stored whole or not at
// all.
type HandedIn struct {
	Learner  questions.LearnerID
	Sitting  int
	Last     int64      // the learner's newest event; those of the answers are numbered on from it
	Answers  []Answered // in the order of their items
	Empty    []Item     // as they were: they close without credit and without an event
	Finished time.Time
}

// HandIn ends an exam, or any sitting whose time is over. One that is held back is only
// noted as handed in until its time has come; of any other, what was given is judged as if it
// had been answered one after another, and what was not is closed without credit; since
// what was not read says nothing of memory, no card is moved by it. One that is handed in
// already stays as it is. Errors: fault.Missing, fault.Conflict for a sitting that is not
// handed in.
func (h Host) HandIn(ctx context.Context, who people.Person, n int) error {
	return insist(func() error { return h.handIn(ctx, who, n) })
}

func (h Host) handIn(ctx context.Context, who people.Person, n int) error {
	p, err := h.Store.Paper(ctx, who.ID, n)
	now := h.Now().UTC().Truncate(time.Millisecond)
	switch {
	case err != nil || p.Sitting.Done():
		return err
	case p.Sitting.Mode != Exam && !p.Sitting.Over(now):
		return fault.New(fault.Conflict, "fault.no_hand_in")
	case now.Before(p.Sitting.Held):
		return h.Work.Hold(ctx, who.ID, n, p.Sitting.ended(now))
	}
	sheets, err := h.sheets(ctx, p.Sitting.Items)
	if err != nil {
		return err
	}
	return h.Store.HandIn(ctx, handIn(p, sheets, who, now))
}

// sheet is what an item asks, and the twins of its facts.
type sheet struct {
	wording study.Wording
	twins   []questions.FactID
}

// sheets loads those of a sitting's items, in their order.
func (h Host) sheets(ctx context.Context, items []Item) ([]sheet, error) {
	refs := make([]questions.Ref, len(items))
	for i, it := range items {
		refs[i] = it.Ref
	}
	if _, err := h.Shelf.Versions(ctx, refs); err != nil {
		return nil, err
	}
	list := make([]sheet, len(items))
	for i, it := range items {
		wording, err := h.wording(ctx, it)
		if err != nil {
			return nil, err
		}
		twins, err := h.otherTwins(ctx, it)
		if err != nil {
			return nil, err
		}
		list[i] = sheet{wording, twins}
	}
	return list, nil
}

// handIn judges a paper, each answer on the cards that those before it have left. It is
// pure.
func handIn(p Paper, sheets []sheet, who people.Person, now time.Time) HandedIn {
	in := HandedIn{Learner: who.ID, Sitting: p.Sitting.N, Last: p.Last, Finished: p.Sitting.ended(now)}
	cards := slices.Clone(p.Cards)
	for i, it := range p.Sitting.Items {
		if it.State == Closed {
			continue
		}
		a, ok := p.judge(it, sheets[i], who, cards, in.Finished)
		if !ok {
			in.Empty = append(in.Empty, it)
			continue
		}
		in.Answers = append(in.Answers, a)
		for _, c := range a.Cards {
			c.Seq = p.Last + int64(len(in.Answers))
			cards = put(cards, c)
		}
	}
	return in
}

// ended is when a sitting that is handed in now came to its end.
func (s Sitting) ended(now time.Time) time.Time {
	switch {
	case s.Waits():
		return s.Handed
	case s.Over(now):
		return s.Ends
	}
	return now
}

// put replaces the card of a fact, or adds it.
func put(cards []study.Card, c study.Card) []study.Card {
	i := slices.IndexFunc(cards, func(have study.Card) bool { return have.Fact == c.Fact })
	if i < 0 {
		return append(cards, c)
	}
	cards[i] = c
	return cards
}

// judge decides an item by what was given, as Answer would have done then; ok is false
// where nothing was. What was given was fit to be graded when it was taken.
func (p Paper) judge(it Item, on sheet, who people.Person, cards []study.Card, ends time.Time) (a Answered, ok bool) {
	response, ok := it.stands(on.wording.Version)
	if !ok {
		return a, false
	}
	t := p.turn(it, cards)
	e := eventAt(who, t.Item, p.when(it, who, ends))
	e.Sitting, e.Response, e.Took = p.Sitting.N, response, it.Took
	e.Token = fmt.Sprintf("%s-%d-%d", it.Token, p.Sitting.N, it.Pos) // however often a form repeats one
	e = settled(t, on.wording.Version, e)
	marks, _, err := grade(on.wording, t, response, e.At)
	if err != nil || len(marks) == 0 {
		return a, false
	}
	list, choice := study.Placings(study.Model(p.Weights), e, study.Plain(marks), t.Cards)
	if choice {
		e.Places = study.Places(list, dueAmong(cards, list, on.twins), who)
	}
	a = decide(t, on.wording.Version, marks, e)
	a.From, a.Item.Given, a.Item.Token, a.Adds = it.State, it.Given, it.Token, nil
	return a, true
}

// stands is the response of an item that counts when time is over: what was given, or a
// first try that was almost right.
func (it Item) stands(v questions.Version) (questions.Response, bool) {
	switch {
	case it.State == Given:
		return it.Given, true
	case it.State == Tried && v.Kind != questions.Flash:
		return it.Tried, true
	}
	return nil, false
}

// turn is one of an item that has its one answer.
func (p Paper) turn(it Item, cards []study.Card) Turn {
	t := Turn{Sitting: p.Sitting, Item: it, Weights: p.Weights, Adopted: p.Adopted,
		Stand: study.Stand{Judged: p.Judged, Ruled: p.Ruled[it.Ref.Question]}, Rulings: p.Rulings[it.Ref.Question]}
	t.Item.State, t.Item.Tried = Open, nil
	for _, c := range cards {
		if slices.Contains(it.Facts, c.Fact) {
			t.Cards = append(t.Cards, c)
		}
	}
	return t
}

// when is the time of an answer: that at which it was given, unless other weights have been
// adopted since, which hold from then on.
func (p Paper) when(it Item, who people.Person, ends time.Time) time.Time {
	if it.At.IsZero() || p.Adopted != 0 && study.Calendar(who.Location()).Day(it.At) <= p.AdoptedOn {
		return ends
	}
	return it.At
}

// dueAmong counts the cards that fall due around the days to choose from, as Store.Due
// does.
func dueAmong(cards []study.Card, list []study.Placing, twins []questions.FactID) []study.Due {
	from, to := study.Window(list)
	by := map[time.Time]study.Due{}
	for _, c := range cards {
		if c.Due.Before(from) || !c.Due.Before(to) {
			continue
		}
		d := by[c.Due]
		by[c.Due] = study.Due{At: c.Due, N: d.N + 1, Twin: d.Twin || slices.Contains(twins, c.Fact)}
	}
	due := make([]study.Due, 0, len(by))
	for _, d := range by {
		due = append(due, d)
	}
	slices.SortFunc(due, func(a, b study.Due) int { return a.At.Compare(b.At) })
	return due
}
