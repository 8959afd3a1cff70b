package apkg

import (
	"encoding/json"
	"math"
	"time"

	"thaw/questions/format/bundle"
)

// card is one way to ask for a note, with when it comes back. Of days and seconds see
// Anki's schema: queue -1 is suspended, 1 due at a second, 2 and 3 on a day.
type card struct {
	id, note            int64
	deck, from          int64 // from: the deck that it has left for a filtered one, or 0
	ord, kind, queue    int   // kind: 0 new, 1 learning, 2 review, 3 learning again
	due, fromDue        int64
	interval            int64 // days, or seconds where below 0
	reps, lapses        int
	stability, hardness float64
}

// home is the deck to which a card belongs, wherever it is just now.
func (c card) home() int64 {
	if c.from != 0 {
		return c.from
	}
	return c.deck
}

const (
	day     = 24 * 60 * 60 // seconds
	century = 36525        // days
)

// learned says what the memory of a card is; nil of a new one.
func (r *reader) learned(c card) *bundle.Learned {
	l := bundle.Learned{Reps: c.reps, Lapses: c.lapses, Suspended: c.queue == -1}
	for _, look := range r.reviews[c.id] {
		l.Reviews = append(l.Reviews, look.review())
	}
	delete(r.reviews, c.id)
	if c.kind != 0 {
		l.Due = r.due(c)
		l.Interval = int(min(max(c.interval, 0), 10*century))
		l.Stability, l.Difficulty = c.stability, c.hardness
	}
	if l.Due.IsZero() && len(l.Reviews) == 0 && !l.Suspended && l.Reps == 0 {
		return nil
	}
	return &l
}

// due is when a card comes back: a second, or a day counted from the collection's
// beginning. Zero where it is neither.
func (r *reader) due(c card) time.Time {
	due := c.due
	if c.from != 0 && c.fromDue != 0 {
		due = c.fromDue
	}
	if due > 1_000_000_000 {
		return at(due)
	}
	if due < -century || due > 10*century {
		return time.Time{}
	}
	return at(r.begun + due*day)
}

// at is a time in seconds; zero where it is none of ours.
func at(seconds int64) time.Time {
	if seconds <= 0 || seconds > 1<<34 {
		return time.Time{}
	}
	return time.Unix(seconds, 0).UTC()
}

// memory reads the state of FSRS out of a card's data.
func (c *card) memory(data []byte) {
	var state struct{ S, D float64 }
	if len(data) < 3 || json.Unmarshal(data, &state) != nil {
		return
	}
	if state.S > 0 && state.S <= 10*century && state.D >= 1 && state.D <= 10 {
		c.stability, c.hardness = state.S, state.D
	}
}

// look is a review, small: there can be a million of them.
type look struct {
	at     int64  // milliseconds
	took   uint32 // milliseconds
	rating uint8
}

func (l look) review() bundle.Review {
	return bundle.Review{At: time.UnixMilli(l.at).UTC(), Rating: int(l.rating), Took: time.Duration(l.took) * time.Millisecond}
}

// look reads a look back at a card; false where it is none: a card that was moved by
// hand, or looked at ahead of its time without a rating.
func (r *reader) look(id, rating, took, kind int64) (look, bool) {
	if id <= 0 || id > 1<<44 || rating < 1 || rating > 4 || kind >= 4 {
		return look{}, false
	}
	if r.three && (kind == 0 || kind == 2) && rating > 1 && rating < 4 {
		rating++ // good and easy were the second and third button
	}
	return look{id, uint32(min(max(took, 0), math.MaxInt32)), uint8(rating)}, true // #nosec G115 -- bounded
}
