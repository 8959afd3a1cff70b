package study

import (
	"time"

	"thaw/questions"
)

// seen is how long after an answer the key is taken to be fresh in mind.
const seen = 30 * time.Minute

// Evidence tells whether an answer given now says anything about memory: whether of any
// of its facts the key was not seen a moment ago. A question without facts says what it
// says of none.
func Evidence(facts []questions.FactID, cards []Card, now time.Time) bool {
	for _, fact := range facts {
		if !find(cards, 0, fact).fresh(now) {
			return true
		}
	}
	return len(facts) == 0
}

// fresh tells whether the key was seen a moment ago: the fact was answered within half
// an hour and is not due again (a learning step that has run out counts).
func (c Card) fresh(now time.Time) bool {
	return c.Seen() && !c.IsDue(now) && now.Sub(c.Last) < seen
}
