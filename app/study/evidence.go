package study

import "time"

// seen is how long after an answer the key is taken to be fresh in mind.
const seen = 30 * time.Minute

// Evidence tells whether an answer given now says anything about memory. It
// does not while the key was seen a moment ago: the fact was answered within
// half an hour and is not due again (a learning step that has run out counts).
func Evidence(cards []Card, now time.Time) bool {
	for _, c := range cards {
		if c.Seen() && !c.IsDue(now) && now.Sub(c.Last) < seen {
			return false
		}
	}
	return true
}
