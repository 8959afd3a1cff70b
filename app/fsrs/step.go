package fsrs

import "time"

// place says which step a card waits for next and for how long, or that it
// graduates to intervals of days. Again goes to the first step. Hard stays: for
// the length of the step, but on the first of several for the mean of the first
// two, and on an only step half as long again. Good goes on to the next step,
// Easy past all of them.
func place(steps []time.Duration, at int, r Rating) (step int, wait time.Duration, graduates bool) {
	last := len(steps) - 1
	at = min(max(at, 0), last)
	switch {
	case last < 0 || r == Easy || r == Good && at == last:
		return 0, 0, true
	case r == Again:
		return 0, steps[0], false
	case r == Good:
		return at + 1, steps[at+1], false
	case at > 0:
		return at, steps[at], false
	case last > 0:
		return 0, (steps[0] + steps[1]) / 2, false
	}
	return 0, steps[0] * 3 / 2, false
}
