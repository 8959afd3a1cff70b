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
	Sure     bool // the learner said so with it
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
	return insist(func() error { return h.answer(ctx, who, sub) })
}

// insist decides again what has moved on meanwhile, a few times; then it is fault.Conflict.
func insist(decide func() error) error {
	for range tries {
		if err := decide(); !errors.Is(err, ErrMoved) {
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
	if err := h.answerable(ctx, who, turn); err != nil {
		return err
	}
	wording, err := h.wording(ctx, turn.Item)
	if err != nil {
		return err
	}
	event := settled(turn, wording.Version, h.event(who, turn.Item, sub))
	marks, open, err := grade(wording, turn, sub.Response, event.At)
	if err != nil {
		return err
	}
	if open {
		item := turn.Item
		item.State, item.Tried, item.Token = Tried, sub.Response, sub.Token
		return h.Store.Try(ctx, who.ID, sub.Sitting, item)
	}
	decided, err := h.decided(ctx, who, turn, wording.Version, marks, event)
	if err != nil {
		return err
	}
	_, err = h.Store.Save(ctx, decided)
	return err
}

// answerable tells whether an item takes an answer whose verdict follows at once. A
// sitting whose time is over is closed.
func (h Host) answerable(ctx context.Context, who people.Person, t Turn) error {
	switch {
	case t.Sitting.Mode == Exam:
		return fault.New(fault.Missing, "fault.missing")
	case t.Item.State == Closed:
		return fault.New(fault.Conflict, "fault.closed")
	case t.Sitting.Late(h.Now()):
		return errors.Join(h.HandIn(ctx, who, t.Sitting.N), fault.New(fault.Conflict, "fault.time_over"))
	}
	return nil
}

// decided is what an answer comes to, its cards' intervals having their places where there
// is a choice of days: only then is there more to load.
func (h Host) decided(ctx context.Context, who people.Person, t Turn, v questions.Version, marks []study.Mark, e study.Event) (Answered, error) {
	e = settled(t, v, e)
	list, ok := study.Placings(study.Model(t.Weights), e, study.Plain(marks), t.Cards)
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
	twins, err := h.otherTwins(ctx, it)
	if err != nil {
		return nil, err
	}
	from, to := study.Window(list)
	return h.Store.Due(ctx, who.ID, from, to, twins)
}

// otherTwins lists the twins of an item's facts that it does not ask for.
func (h Host) otherTwins(ctx context.Context, it Item) (twins []questions.FactID, err error) {
	kin, err := h.twins(ctx, it)
	for f := range kin {
		if !slices.Contains(it.Facts, f) {
			twins = append(twins, f)
		}
	}
	return twins, err
}

// doubled tells whether the token's answer has been taken already.
func doubled(t Turn, token string) bool {
	if t.Item.State == Closed && t.Past.Token == token {
		return true
	}
	return t.Item.State != Open && t.Item.Token == token
}

// wording is that of an item, its version as it is stored.
func (h Host) wording(ctx context.Context, it Item) (w study.Wording, err error) {
	if w.Version, err = h.Shelf.Version(ctx, it.Ref); err != nil {
		return w, err
	}
	w.Lexicon, err = h.Shelf.Lexicon(ctx, it.Bank, it.Lexicon)
	return w, err
}

func (h Host) event(who people.Person, it Item, sub Submission) study.Event {
	e := eventAt(who, it, h.Now().UTC().Truncate(time.Millisecond))
	e.Response, e.Took = sub.Response, min(max(sub.Took, 0), longest)
	e.Token, e.Sitting, e.Sure = sub.Token, sub.Sitting, sub.Sure
	return e
}

// eventAt is an answer to an item at a time, but for what was given.
func eventAt(who people.Person, it Item, now time.Time) study.Event {
	zone := who.Location()
	return study.Event{Learner: who.ID, At: now, Day: study.Calendar(zone).Day(now), Zone: zone.String(),
		What: study.Answer, Ref: it.Ref, Lexicon: it.Lexicon, Order: it.Order, Pos: it.Pos}
}

// grade marks a response, by the rulings that reach it. It stays open when a flashcard was
// turned, and once when the first try was almost right.
func grade(w study.Wording, t Turn, r questions.Response, now time.Time) (marks []study.Mark, open bool, err error) {
	shown, it := w, t.Item
	shown.Version = w.Version.In(it.Order)
	var tried questions.Response
	if it.State == Tried {
		tried = it.Tried
	}
	graded, err := shown.Grade(tried, r)
	switch {
	case errors.Is(err, study.ErrKind):
		return nil, false, fault.Wrap(err, fault.Missing, "fault.missing")
	case err != nil:
		return nil, false, fault.Wrap(err, fault.Invalid, refusal(err))
	case len(graded) == 0:
		return nil, it.State == Open, turnedTwice(it)
	case it.State == Open && w.Version.Kind == questions.Flash:
		return nil, false, fault.New(fault.Invalid, "fault.response") // rated before it was turned
	}
	marks, _ = study.Judge(graded, w, study.Event{At: now, Ref: it.Ref, Order: it.Order, Tried: tried, Response: r}, t.Rulings)
	return marks, it.State == Open && almost(marks), nil
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
func almost(marks []study.Mark) bool {
	found := false
	for _, m := range marks {
		if m.Verdict == questions.Wrong {
			return false
		}
		found = found || m.Verdict == questions.Almost
	}
	return found
}

// settled is the event as it will be stored, but for the place. Once settled it stays so.
func settled(t Turn, v questions.Version, e study.Event) study.Event {
	e = e.Follow(t.Cards)
	if t.Item.State == Tried && v.Kind != questions.Flash {
		e.Tried = t.Item.Tried
	}
	if !study.Evidence(v.Facts(), t.Cards, e.At) || t.Sitting.Mode == Cram && early(t.Cards, e.At) {
		e.What = study.Practice
	}
	e.Weights = t.Adopted
	return e
}

// early tells whether one of the cards is not due yet.
func early(cards []study.Card, now time.Time) bool {
	return slices.ContainsFunc(cards, func(c study.Card) bool { return c.Seen() && !c.IsDue(now) })
}

// Repeats tells whether an item that was wrong is asked again in its sitting: once in a
// review, until it is right in a cram.
func Repeats(m Mode, it Item) bool { return m == Cram || m == Review && !it.Again }

// decide turns marks into all that is stored. It is pure.
func decide(t Turn, v questions.Version, marks []study.Mark, e study.Event) Answered {
	e = settled(t, v, e)
	cards, met := study.Apply(study.Model(t.Weights), e, study.Plain(marks), t.Cards)
	for i, m := range marks {
		met[i].Graded = m.Graded
	}
	a := Answered{Event: e, Marks: met, Cards: cards, Item: t.Item, From: t.Item.State, Stand: t.Stand,
		Tally: study.Count(e, met)}
	a.Item.State, a.Item.Token = Closed, e.Token
	a.Item.Credit, a.Item.Verdict = questions.Worth(study.Plain(marks))
	if a.Item.Verdict == questions.Wrong && Repeats(t.Sitting.Mode, t.Item) {
		a.Adds = []Item{{Ref: t.Item.Ref, Bank: t.Item.Bank, Lexicon: t.Item.Lexicon,
			Order: t.Item.Order, State: Open, Again: true, Facts: t.Item.Facts}}
	}
	if len(a.Adds) == 0 && t.Sitting.Closed+1 >= t.Sitting.Count {
		a.Finished = e.At
	}
	return a
}
