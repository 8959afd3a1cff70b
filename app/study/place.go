package study

import (
	"time"

	"thaw/app/fsrs"
	"thaw/app/fsrs/plan"
	"thaw/app/people"
	"thaw/questions"
)

// Due is how many cards of a learner fall due at a time, and whether a twin of the one to
// place is among them.
type Due struct {
	At   time.Time
	N    int
	Twin bool
}

// Placing is a card that may come back on more than one day.
type Placing struct {
	fsrs.Range
	Days     fsrs.Calendar
	From, To time.Time // what falls due between them is to be known, From included
}

// Placings finds what is to be placed of an answer, by part: cards that it moves and that
// have a choice of days, the others being zero. ok is false where none has.
func Placings(model fsrs.Model, e Event, marks []questions.Mark, cards []Card) (list []Placing, ok bool) {
	if e.What != Answer {
		return nil, false
	}
	for _, m := range marks {
		list = append(list, make([]Placing, max(part(m)+1-len(list), 0))...)
	}
	s := Scheduler(model, e.zone())
	for i, m := range marks {
		card := find(cards, e.Learner, m.Fact)
		if !counts(marks, i) || several(marks) && card.fresh(e.At) {
			continue
		}
		r := s.Range(card.Card, evidence(m, 0), e.At)
		if r.Choice() {
			list[part(m)], ok = placing(s.Days, r), true
		}
	}
	return list, ok
}

// PlacingsOf finds what is to be placed after each of the four ratings, Again first, where
// a card rates itself; those without a choice are zero.
func PlacingsOf(m fsrs.Model, c Card, now time.Time, zone *time.Location) (list []Placing, ok bool) {
	s := Scheduler(m, zone)
	list = make([]Placing, 4)
	for i := range list {
		r := s.Range(c.Card, fsrs.Evidence{Rating: fsrs.Again + fsrs.Rating(i), Credit: 1}, now) // #nosec G115 -- 0 to 3
		if r.Choice() {
			list[i], ok = placing(s.Days, r), true
		}
	}
	return list, ok
}

func placing(days fsrs.Calendar, r fsrs.Range) Placing {
	first, last := max(r.Low-plan.Margin, 1), r.High+plan.Margin
	return Placing{Range: r, Days: days, From: days.Begin(r.Today + fsrs.Day(first)), To: days.Begin(r.Today + fsrs.Day(last+1))} // #nosec G115 -- at most MaxDays
}

// Window is from when until when the cards due are to be known to place all of a list.
func Window(list []Placing) (from, to time.Time) {
	for _, p := range list {
		if !p.Choice() {
			continue
		}
		if to.IsZero() || p.From.Before(from) {
			from = p.From
		}
		if p.To.After(to) {
			to = p.To
		}
	}
	return from, to
}

// Places chooses the place of each of a list, 0 where there is no choice.
func Places(list []Placing, due []Due, who people.Person) []float64 {
	places := make([]float64, len(list))
	for i, p := range list {
		if p.Choice() {
			places[i] = p.Place(due, who)
		}
	}
	return places
}

// Place chooses the place of the card: days off are kept free, easy days lighter, twins
// apart, and the days even (plan.Place).
func (p Placing) Place(due []Due, who people.Person) float64 {
	first := max(p.Low-plan.Margin, 1)
	slots := make([]plan.Slot, p.High+plan.Margin-first+1)
	for i := range slots {
		slots[i].Share = shareOf(who, p.Today+fsrs.Day(first+i)) // #nosec G115 -- at most MaxDays
	}
	for _, d := range due {
		if i := int(p.Days.Day(d.At)-p.Today) - first; i >= 0 && i < len(slots) {
			slots[i].Due += d.N
			slots[i].Twin = slots[i].Twin || d.Twin
		}
	}
	return p.Range.Place(first + plan.Place(slots, p.Low-first, p.High-first, p.Own-first))
}

// easy is the share of a usual day's load that an easy day takes.
const easy = 0.5

func shareOf(who people.Person, day fsrs.Day) float64 {
	weekday := day.Date().Weekday()
	switch {
	case who.DaysOff.Has(weekday):
		return 0
	case who.EasyDays.Has(weekday):
		return easy
	}
	return 1
}
