package train

import (
	"math/rand/v2"

	"thaw/app/fsrs"
)

// hidden are the weights of a made-up learner, some way from the default ones;
// forgetful those of another, who forgets nearly all.
var hidden = fsrs.Weights{.6, 1.9, 4.1, 12.5, 6.9, .75, 2.6, .02, 1.45, .12, .95, 1.65, .09, .3, 1.9, .35, 2.4, .5, .15, .09, .22}

var forgetful = fsrs.Weights{.01, .02, .05, .1, 9, .75, 2.6, .02, .1, .12, .05, 1.65, .09, .3, 1.9, .35, 2.4, .5, .15, .09, .5}

// made is the log of a learner with known weights: cards begun over a year and
// reviewed near their due days.
func made(cards int, w fsrs.Weights, seed uint64) []Review {
	const day = 86_400_000
	m, rng := fsrs.New(w), rand.New(rand.NewPCG(seed, 1))
	var log []Review
	for card := range cards {
		at := int64(rng.IntN(365))*day + int64(rng.IntN(day/2))
		mem, days := fsrs.Memory{}, 0
		for range 1 + rng.IntN(14) {
			g := draw(rng, [4]float64{.25, .1, .5, .15})
			if mem.Seen() && days > 0 {
				g = fsrs.Again
				if rng.Float64() < m.Retrievability(mem, float64(days)) {
					g = 1 + draw(rng, [4]float64{.1, .8, .1, 0})
				}
			}
			log = append(log, Review{Card: int64(card), At: at, Days: int32(days), Rating: g})
			mem = m.Next(mem, days, g)
			days = max(1, m.Days(mem.Stability, .5+.42*rng.Float64(), 365))
			if g == fsrs.Again {
				days = 0
			}
			at += int64(days)*day + 600_000
		}
	}
	rng.Shuffle(len(log), func(i, j int) { log[i], log[j] = log[j], log[i] })
	return log
}

func draw(rng *rand.Rand, chances [4]float64) fsrs.Rating {
	x := rng.Float64()
	for i, c := range chances {
		if x -= c; x < 0 {
			return fsrs.Rating(i + 1)
		}
	}
	return fsrs.Good
}
