package fsrs

import "time"

// Scheduler decides when a card comes back.
type Scheduler struct {
	Model      Model
	Retention  float64         // wanted recall when a card falls due, above 0, at most 1
	MaxDays    int             // longest interval in days, at least 1
	Learning   []time.Duration // steps of a new card, may be empty
	Relearning []time.Duration // steps after a lapse, may be empty
	Days       Calendar        // where study days begin
	Fuzz       bool            // spread intervals a little, the same at every replay
}

// Config returns the usual schedule of a model: retention 0.9, at most 36500
// days, learning steps of 1 and 10 minutes, one relearning step of 10 minutes,
// UTC days, no fuzz.
func Config(m Model) Scheduler {
	return Scheduler{
		Model:      m,
		Retention:  0.9,
		MaxDays:    MaxStability,
		Learning:   []time.Duration{time.Minute, 10 * time.Minute},
		Relearning: []time.Duration{10 * time.Minute},
	}
}

// Answer returns the card after a review at the time. The rating must be Valid.
//
// The memory moves by Model.Next over the study days since the last review; a
// clock that went back counts as the same day. A card between steps is due that
// long after now. Any other is due when the study day begins that lies its
// interval ahead. The intervals of the ratings keep an order (see Preview). The
// seed, which should differ between cards, and the number of repetitions decide
// the fuzz: the same arguments give the same card, bit for bit.
func (s *Scheduler) Answer(c Card, r Rating, now time.Time, seed uint64) Card {
	return s.Weigh(c, Evidence{Rating: r, Credit: 1}, now, seed)
}

// Evidence is what an answer says of a memory.
type Evidence struct {
	Rating
	Guess, Credit float64 // of Known
	Place         float64 // of the interval within its range (Range.Place); 0: by the seed
}

// Weigh returns the card after a review whose answer may have been a guess, as
// Answer does, the memory moving by Model.Weigh with the guess rate and the credit. With
// a place the card comes back on that day of its range, and the seed decides nothing.
func (s *Scheduler) Weigh(c Card, e Evidence, now time.Time, seed uint64) Card {
	t := s.turn(&c, now, s.depends(&c, e), e.Guess, e.Credit)
	switch {
	case e.Place > 0:
		s.order(c.Phase, &t.days)
		low, high := s.rangeOf(c.Phase, &t.days, e.Rating)
		t.days[e.Rating-1] = min(low+int(e.Place*float64(high-low+1)), high)
	case s.Fuzz:
		s.spread(&c, &t, seed)
	default:
		s.order(c.Phase, &t.days)
	}
	s.move(&c, e.Rating, &t)
	return c
}

// depends tells whether anything depends on what Again would lead to.
func (s *Scheduler) depends(c *Card, e Evidence) bool {
	return e.Guess > 0 || e.Credit < 1 || e.Rating == Again || len(s.steps(c.Phase, Again)) == 0
}

// Range is where a review lets a card come back.
type Range struct {
	Today     Day
	Own       int // days from today: the interval
	Low, High int // to which it may be moved: FuzzRange, between those of the other ratings
}

// Choice tells whether there is more than one day.
func (r Range) Choice() bool { return r.High > r.Low }

// Place returns the place within the range of a number of days, Low to High, by which
// Weigh finds it again: 0 to 1, both excluded.
func (r Range) Place(days int) float64 {
	return (float64(days-r.Low) + 0.5) / float64(r.High-r.Low+1)
}

// Range returns where a review lets a card come back; without a choice where a step
// follows and no interval.
func (s *Scheduler) Range(c Card, e Evidence, now time.Time) Range {
	t := s.turn(&c, now, s.depends(&c, e), e.Guess, e.Credit)
	if _, _, graduates := place(s.steps(c.Phase, e.Rating), c.Step, e.Rating); !graduates {
		return Range{Today: t.today}
	}
	s.order(c.Phase, &t.days)
	r := Range{Today: t.today, Own: t.days[e.Rating-1]}
	r.Low, r.High = s.rangeOf(c.Phase, &t.days, e.Rating)
	return r
}

// rangeOf is the range of a rating's interval. Where intervals keep an order, ranges do,
// too: between two ratings they end half-way between their intervals.
func (s *Scheduler) rangeOf(p Phase, days *[4]int, r Rating) (low, high int) {
	own := days[r-1]
	low, high = FuzzRange(own, s.MaxDays)
	first := Hard
	if len(s.steps(p, Again)) == 0 {
		first = Again
	} else if p != Reviewing {
		return low, high
	}
	if r > first {
		low = max(low, min((days[r-2]+own)/2+1, own))
	}
	if r >= first && r < Easy {
		high = min(high, max((own+days[r])/2, own))
	}
	return low, high
}

// Preview returns the card after each of the four ratings, Again first, as
// Answer would. In the phase Reviewing, Good is due a day or more after Hard,
// and Easy after Good. Where no step follows Again, that holds in every phase,
// and Hard is due a day or more after Again. Only MaxDays makes days equal.
func (s *Scheduler) Preview(c Card, now time.Time, seed uint64) [4]Card {
	t := s.turn(&c, now, true, 0, 1)
	if s.Fuzz {
		s.spread(&c, &t, seed)
	} else {
		s.order(c.Phase, &t.days)
	}
	next := [4]Card{c, c, c, c}
	for r := Again; r <= Easy; r++ {
		s.move(&next[r-1], r, &t)
	}
	return next
}

// Recall returns the chance, 0 to 1, that the card is recalled at a time: now, or on
// a date ahead. Fractions of a day count; 0 for a card never seen.
func (s *Scheduler) Recall(c Card, at time.Time) float64 {
	return s.Model.Retrievability(c.Memory, at.Sub(c.Last).Hours()/24)
}

// turn is what a review can lead to, by rating.
type turn struct {
	now    time.Time
	today  Day
	memory [4]Memory
	days   [4]int // interval, for a rating that leads to one, not in order yet
}

// turn computes all outcomes at once, since each interval depends on the others;
// that of Again only where it is asked for.
func (s *Scheduler) turn(c *Card, now time.Time, again bool, guess, credit float64) turn {
	now = now.UTC() // without a monotonic reading: as it will be read back
	t := turn{now: now, today: s.Days.Day(now)}
	days := s.elapsed(c, t.today)
	t.memory = s.Model.each(c.Memory, days, again)
	if p := s.Model.known(c.Memory, days, guess, credit); p < 1 {
		for i := range t.memory[1:] {
			t.memory[i+1] = s.Model.blend(t.memory[i+1], t.memory[0], p)
		}
	}
	reach := s.Model.reach(s.Retention)
	for i, mem := range t.memory {
		t.days[i] = whole(mem.Stability*reach, s.MaxDays)
	}
	return t
}

// spread moves the intervals by the seed, and keeps their order.
func (s *Scheduler) spread(c *Card, t *turn, seed uint64) {
	seed = scatter(seed) + uint64(c.Reps) // #nosec G115 -- a count
	for i, days := range t.days {
		t.days[i] = Fuzz(days, s.MaxDays, seed)
	}
	s.order(c.Phase, &t.days)
}

func (s *Scheduler) elapsed(c *Card, today Day) int {
	if c.Last.IsZero() {
		return 0
	}
	return max(0, int(today-s.Days.Day(c.Last)))
}

// order keeps the intervals in the order that Preview promises. That Hard
// starts at no more days than Good, and Good at no more than Easy, is in the
// model (w15 <= 1 <= w16), and one seed fuzzes them all by the same share.
func (s *Scheduler) order(p Phase, days *[4]int) {
	again, hard, good, easy := &days[0], &days[1], &days[2], &days[3]
	switch {
	case len(s.steps(p, Again)) == 0:
		*hard = max(*hard, min(*again+1, s.MaxDays))
		*good = max(*good, min(*hard+1, s.MaxDays))
	case p == Reviewing:
		*good = max(*good, min(*hard+1, s.MaxDays))
	default:
		return
	}
	*easy = max(*easy, min(*good+1, s.MaxDays))
}

// steps are those that a card of the phase goes through after the rating.
func (s *Scheduler) steps(p Phase, r Rating) []time.Duration {
	switch {
	case p == Unseen || p == Learning:
		return s.Learning
	case p == Relearning || r == Again:
		return s.Relearning
	}
	return nil
}

// move makes the card what the rating leaves of it.
func (s *Scheduler) move(c *Card, r Rating, t *turn) {
	step, wait, graduates := place(s.steps(c.Phase, r), c.Step, r)
	if c.Phase == Reviewing && r == Again {
		c.Lapses++
	}
	c.Memory = t.memory[r-1]
	c.Reps++
	c.Last = t.now
	c.Step = step
	if graduates {
		c.Phase = Reviewing
		c.Due = s.Days.Begin(t.today + Day(t.days[r-1])) // #nosec G115 -- at most MaxDays
		return
	}
	c.Phase = waiting(c.Phase)
	c.Due = t.now.Add(wait)
}

// waiting is the phase of a card that waits for a step.
func waiting(p Phase) Phase {
	if p == Unseen || p == Learning {
		return Learning
	}
	return Relearning
}
