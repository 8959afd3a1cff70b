package plan

// Slot is a day on which a card may come back.
type Slot struct {
	Due   int     // cards that are due on it so far
	Share float64 // of a usual day's load that is wanted: 1, less on an easy day, 0 on a day off
	Twin  bool    // a twin of the card is due on it
}

// Margin is how many days around those to choose from say how the load goes.
const Margin = 7

// Place chooses the day on which a card comes back: a slot from low to high, both
// included, of consecutive days around them. Own is the one that its interval asks for.
//
// A day off is chosen only if there is no other, and a day with a twin only if there is
// none without that is not off. Of the rest it is the day with the least due, measured
// against its share and against the straight line that the loads of all slots lie around:
// what is due becomes less with the distance, since less has been placed there yet, and
// without the line each card would be pushed to the end of its range. Where the own day
// is hardly fuller than the best one, the card stays; of equal ones the nearest is taken.
func Place(slots []Slot, low, high, own int) int {
	base, slope := trend(slots)
	best, least := -1, 0.0
	rank := rankOf(slots[low : high+1])
	for i := low; i <= high; i++ {
		if slots[i].rank() != rank {
			continue
		}
		line := base + slope*float64(i)
		over := loadAt(slots, i) - line
		if i == own {
			over -= max(hardly*line, 0.5)
		}
		if best < 0 || over < least || (over == least && abs(i-own) < abs(best-own)) {
			best, least = i, over
		}
	}
	return best
}

// hardly is the part of a day's load that is not worth a move; half a card never is.
const hardly = 0.01

// loadAt is what waits on a day, in the terms of a usual one: what is due on it, and on
// the days off just before.
func loadAt(slots []Slot, i int) float64 {
	waits := slots[i].Due
	if slots[i].Share <= 0 {
		return float64(waits)
	}
	for j := i - 1; j >= 0 && slots[j].Share <= 0; j-- {
		waits += slots[j].Due
	}
	return float64(waits) / slots[i].Share
}

// rank orders days by what they are good for: 0 is best.
func (s Slot) rank() int {
	switch {
	case s.Share <= 0:
		return 2
	case s.Twin:
		return 1
	}
	return 0
}

func rankOf(slots []Slot) int {
	best := 2
	for _, s := range slots {
		best = min(best, s.rank())
	}
	return best
}

// trend is the straight line through the loads of the days that are not off, by least
// squares: at the first slot, and by slot.
func trend(slots []Slot) (base, slope float64) {
	var n, x, y, xx, xy float64
	for i, s := range slots {
		if s.Share <= 0 {
			continue
		}
		load := loadAt(slots, i)
		n, x, y = n+1, x+float64(i), y+load
		xx, xy = xx+float64(i*i), xy+float64(i)*load
	}
	if d := n*xx - x*x; d > 0 {
		slope = (n*xy - x*y) / d
	}
	if n > 0 {
		base = (y - slope*x) / n
	}
	return base, slope
}

func abs(x int) int { return max(x, -x) }
