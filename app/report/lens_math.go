package report

import (
	"math"
	"slices"
	"time"
)

// Correlation is how two numbers go together.
type Correlation struct {
	N         int     // pairs
	R         float64 // -1..1
	Low, High float64 // 90 % interval
	Known     bool    // there are pairs enough, and both numbers vary
}

// correlate is the product-moment correlation of Pearson, which for right and wrong is the
// point-biserial one, with its 90 % interval by Fisher's z: artanh r is nearly normal, with
// the standard deviation 1/sqrt(n-3) (R. A. Fisher 1921). It wants at least 4 pairs.
func correlate(x, y []float64) Correlation {
	c := Correlation{N: len(x)}
	if c.N < 4 {
		return c
	}
	mx, my := average(x), average(y)
	var xx, yy, xy float64
	for i := range x {
		dx, dy := x[i]-mx, y[i]-my
		xx, yy, xy = xx+dx*dx, yy+dy*dy, xy+dx*dy
	}
	const flat = 1e-12 // rounding, not variance
	if xx < flat || yy < flat {
		return c
	}
	c.R, c.Known = max(-1, min(1, xy/math.Sqrt(xx*yy))), true
	half := z90 / math.Sqrt(float64(c.N-3))
	c.Low, c.High = math.Tanh(math.Atanh(c.R)-half), math.Tanh(math.Atanh(c.R)+half)
	return c
}

func average(list []float64) float64 {
	sum := 0.0
	for _, x := range list {
		sum += x
	}
	return sum / float64(len(list))
}

// Quartiles cut a number of times into four parts of the same size.
type Quartiles struct {
	N                  int
	Low, Median, Upper time.Duration
}

// quartiles interpolates between the two nearest times (type 7 of Hyndman & Fan 1996). It
// sorts the list.
func quartiles(list []time.Duration) Quartiles {
	if len(list) == 0 {
		return Quartiles{}
	}
	slices.Sort(list)
	at := func(share float64) time.Duration {
		place := share * float64(len(list)-1)
		i := int(place)
		if i+1 >= len(list) {
			return list[i]
		}
		return list[i] + time.Duration((place-float64(i))*float64(list[i+1]-list[i]))
	}
	return Quartiles{len(list), at(.25), at(.5), at(.75)}
}
