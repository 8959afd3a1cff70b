package quiz

import (
	"context"
	"errors"
	"slices"
	"time"

	"thaw/app/fault"
	"thaw/app/fsrs"
	"thaw/app/people"
	"thaw/app/study"
	"thaw/questions"
	"thaw/questions/kind"
)

// Submission is what a learner sent for one item, as it came.
type Submission struct {
	Sitting  int
	Pos      int
	Response questions.Response
	Token    string
	Took     time.Duration
}

// tries is how often an answer is decided again when a card moved on meanwhile.
const tries = 3

// longest is how much time one answer may claim to have taken.
const longest = 10 * time.Minute

// Answer takes a submission for an open item: the verdict is decided and stored
// with the cards it moves, or the first try is kept. A doubled submission
// returns the first result. Errors: fault.Missing, fault.Invalid for a response
// that the widget cannot give, fault.Conflict for a closed item.
func (h Host) Answer(ctx context.Context, who people.Person, sub Submission) error {
	if err := people.CheckToken(sub.Token); err != nil {
		return err
	}
	for range tries {
		err := h.answer(ctx, who, sub)
		if !errors.Is(err, ErrMoved) {
			return err
		}
	}
	return fault.New(fault.Conflict, "fault.moved")
}

func (h Host) answer(ctx context.Context, who people.Person, sub Submission) error {
	turn, err := h.Store.Turn(ctx, who.ID, sub.Sitting, sub.Pos)
	if err != nil {
		return err
	}
	if doubled(turn, sub.Token) {
		return nil
	}
	if turn.Item.State == Closed {
		return fault.New(fault.Conflict, "fault.closed")
	}
	version, lexicon, err := h.wording(ctx, turn.Item)
	if err != nil {
		return err
	}
	marks, open, err := grade(version, lexicon, turn.Item, sub.Response)
	if err != nil {
		return err
	}
	if open {
		item := turn.Item
		item.State, item.Tried, item.Token = Tried, sub.Response, sub.Token
		return h.Store.Try(ctx, who.ID, sub.Sitting, item)
	}
	decided, err := h.decided(ctx, who, turn, version, marks, h.event(who, turn.Item, sub))
	if err != nil {
		return err
	}
	_, err = h.Store.Save(ctx, decided)
	return err
}

// decided is what an answer comes to, its cards' intervals having their places where there
// is a choice of days: only then is there more to load.
func (h Host) decided(ctx context.Context, who people.Person, t Turn, v questions.Version, marks []questions.Mark, e study.Event) (Answered, error) {
	e = settled(t, v, e)
	list, ok := study.Placings(study.Model(t.Weights), e, marks, t.Cards)
	if ok {
		due, err := h.due(ctx, who, t.Item, list)
		if err != nil {
			return Answered{}, err
		}
		e.Places = study.Places(list, due, who)
	}
	return decide(t, v, marks, e), nil
}

// Preview returns the card after each of the four ratings of a flashcard, Again first, as
// Answer would leave it.
func (h Host) Preview(ctx context.Context, who people.Person, t Turn) (next [4]fsrs.Card, err error) {
	card := study.Card{Learner: who.ID}
	if len(t.Item.Facts) > 0 {
		card.Fact = t.Item.Facts[0]
	}
	if len(t.Cards) > 0 {
		card = t.Cards[0]
	}
	model, now := study.Model(t.Weights), h.Now().UTC().Truncate(time.Millisecond)
	list, ok := study.PlacingsOf(model, card, now, who.Location())
	if !ok {
		return study.Preview(model, card, now, who.Location(), nil), nil
	}
	due, err := h.due(ctx, who, t.Item, list)
	return study.Preview(model, card, now, who.Location(), study.Places(list, due, who)), err
}

// due loads what falls due around the days to choose from.
func (h Host) due(ctx context.Context, who people.Person, it Item, list []study.Placing) ([]study.Due, error) {
	kin, err := h.twins(ctx, it)
	if err != nil {
		return nil, err
	}
	var twins []questions.FactID
	for f := range kin {
		if !slices.Contains(it.Facts, f) {
			twins = append(twins, f)
		}
	}
	from, to := study.Window(list)
	return h.Store.Due(ctx, who.ID, from, to, twins)
}

// doubled tells whether the token's answer has been taken already.
func doubled(t Turn, token string) bool {
	if t.Item.State == Closed && t.Past.Token == token {
		return true
	}
	return t.Item.State != Open && t.Item.Token == token
}

func (h Host) wording(ctx context.Context, it Item) (questions.Version, questions.Lexicon, error) {
	v, err := h.Shelf.Version(ctx, it.Ref)
	if err != nil {
		return v, questions.Lexicon{}, err
	}
	l, err := h.Shelf.Lexicon(ctx, it.Bank, it.Lexicon)
	return v.In(it.Order), l, err
}

func (h Host) event(who people.Person, it Item, sub Submission) study.Event {
	now := h.Now().UTC().Truncate(time.Millisecond)
	zone := who.Location()
	return study.Event{
		Learner: who.ID, At: now, Day: study.Calendar(zone).Day(now), Zone: zone.String(),
		What: study.Answer, Ref: it.Ref, Lexicon: it.Lexicon, Order: it.Order,
		Response: sub.Response, Took: min(max(sub.Took, 0), longest),
		Token: sub.Token, Sitting: sub.Sitting, Pos: it.Pos,
	}
}

// grade marks a response. It stays open when a flashcard was turned, and once
// when the first try was almost right.
func grade(v questions.Version, l questions.Lexicon, it Item, r questions.Response) (marks []questions.Mark, open bool, err error) {
	k, ok := kind.Of(v.Kind)
	if !ok {
		return nil, false, fault.New(fault.Missing, "fault.missing")
	}
	marks, err = k.Grade(v, l, r)
	if err != nil {
		return nil, false, fault.Wrap(err, fault.Invalid, refusal(err))
	}
	for i, m := range marks {
		marks[i].Guess = k.Guess(v)
		if m.Given != 0 {
			key, _ := v.Key(m.Part)
			marks[i].Asked = l.Of(key)
		}
	}
	if len(marks) == 0 {
		return nil, it.State == Open, turnedTwice(it)
	}
	if it.State == Open && v.Kind == questions.Flash {
		return nil, false, fault.New(fault.Invalid, "fault.response") // rated before it was turned
	}
	if it.State == Open {
		return marks, almost(marks), nil
	}
	if first, err := k.Grade(v, l, it.Tried); err == nil && len(first) > 0 {
		return settle(first, marks), false, nil
	}
	return marks, false, nil
}

// refusal says why a response is not taken.
func refusal(err error) string {
	switch {
	case errors.Is(err, kind.ErrNothing):
		return "fault.nothing_marked"
	case errors.Is(err, kind.ErrUnfinished):
		return "fault.unfinished"
	}
	return "fault.response"
}

func turnedTwice(it Item) error {
	if it.State == Open {
		return nil
	}
	return fault.New(fault.Invalid, "fault.response")
}

// almost tells whether a first response deserves one more try: something is
// almost right and nothing is wrong.
func almost(marks []questions.Mark) bool {
	found := false
	for _, m := range marks {
		if m.Verdict == questions.Wrong {
			return false
		}
		found = found || m.Verdict == questions.Almost
	}
	return found
}

// settle marks the second of two tries: what the first had right stays as it was;
// of the rest, right is full credit, anything else half, and both are rated Hard.
func settle(first, second []questions.Mark) []questions.Mark {
	settled := make([]questions.Mark, len(second))
	for i, m := range second {
		if i < len(first) && (first[i].Verdict == questions.Right || first[i].Verdict == questions.Slip) {
			settled[i] = first[i]
			settled[i].Guess = m.Guess
			continue
		}
		m.Self = 2
		if m.Verdict == questions.Almost || m.Verdict == questions.Wrong {
			m.Credit, m.Verdict = 0.5, questions.Almost
		}
		settled[i] = m
	}
	return settled
}

// settled is the event as it will be stored, but for the place. Once settled it stays so.
func settled(t Turn, v questions.Version, e study.Event) study.Event {
	e = e.Follow(t.Cards)
	if t.Item.State == Tried && v.Kind != questions.Flash {
		e.Tried = t.Item.Tried
	}
	if !study.Evidence(v.Facts(), t.Cards, e.At) {
		e.What = study.Practice
	}
	e.Weights = t.Adopted
	return e
}

// decide turns marks into all that is stored. It is pure.
func decide(t Turn, v questions.Version, marks []questions.Mark, e study.Event) Answered {
	e = settled(t, v, e)
	cards, met := study.Apply(study.Model(t.Weights), e, marks, t.Cards)
	a := Answered{Event: e, Marks: met, Cards: cards, Item: t.Item, From: t.Item.State,
		Tally: study.Count(e, met)}
	a.Item.State, a.Item.Token = Closed, e.Token
	a.Item.Credit, a.Item.Verdict = questions.Worth(marks)
	if t.Sitting.Mode == Review && a.Item.Verdict == questions.Wrong && !t.Item.Again {
		a.Adds = []Item{{Ref: t.Item.Ref, Bank: t.Item.Bank, Lexicon: t.Item.Lexicon,
			Order: t.Item.Order, State: Open, Again: true, Facts: t.Item.Facts}}
	}
	if len(a.Adds) == 0 && t.Sitting.Closed+1 >= t.Sitting.Count {
		a.Finished = e.At
	}
	return a
}
