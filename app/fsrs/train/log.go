package train

import (
	"cmp"
	"math"
	"slices"

	"thaw/app/fsrs"
)

// log is reviews arranged for walking: card after card, each in the order of time.
type log struct {
	cards  []span
	days   []float32 // since the review before it; 0 in a card's first review
	rating []fsrs.Rating
	weight []float32 // v of an item, 0 of what is none
	luck   []int32   // which of the lucks; nil where no answer can be luck
	lucks  []luck    // the first is none
	items  int
}

// span is where the reviews of a card stand.
type span struct{ from, to int32 }

func (s span) len() int { return int(s.to - s.from) }

// ByCard is the order of reviews by card and time. Rows that agree in card and
// time stand by what they say, so that the order in which they came is of no matter.
func ByCard(a, b Review) int {
	switch {
	case a.Card != b.Card:
		return cmp.Compare(a.Card, b.Card)
	case a.At != b.At:
		return cmp.Compare(a.At, b.At)
	}
	return cmp.Or(cmp.Compare(a.Days, b.Days), cmp.Compare(a.Rating, b.Rating), cmp.Compare(a.Guess, b.Guess), cmp.Compare(a.Lost, b.Lost))
}

// arrange makes a log of reviews in any order. It leaves the reviews as they are.
func arrange(reviews []Review) log {
	if !slices.IsSortedFunc(reviews, ByCard) {
		reviews = slices.Clone(reviews)
		slices.SortFunc(reviews, ByCard)
	}
	l := log{days: make([]float32, len(reviews)), rating: make([]fsrs.Rating, len(reviews)), weight: make([]float32, len(reviews))}
	for i, r := range reviews {
		l.rating[i] = r.Rating
		if i == 0 || r.Card != reviews[i-1].Card {
			l.cards = append(l.cards, span{int32(i), int32(i)}) // #nosec G115 -- fewer than 2^31 reviews
		} else if r.Days > 0 {
			l.days[i] = float32(r.Days)
			l.items++
		}
		l.cards[len(l.cards)-1].to = int32(i + 1) // #nosec G115 -- fewer than 2^31 reviews
	}
	l.weigh(reviews)
	l.noteLuck(reviews)
	return l
}

// weigh gives each item its weight by its place in time among all items.
func (l *log) weigh(reviews []Review) {
	for place, at := range l.byTime(reviews) {
		share := float64(place) / float64(l.items)
		l.weight[uint32(at)] = float32(0.25 + 0.75*share*share*share) // #nosec G115 -- the lower half
	}
}

// byTime returns the items in the order of time, to the minute, and card, each as its
// minute in the upper half and its index in the lower: by a radix sort, for a log has
// hundreds of thousands of them.
func (l *log) byTime(reviews []Review) []uint64 {
	from, to := make([]uint64, 0, l.items), make([]uint64, l.items)
	low, high := int64(math.MaxInt64), int64(math.MinInt64)
	for i, days := range l.days {
		if days > 0 {
			low, high = min(low, reviews[i].At), max(high, reviews[i].At)
		}
	}
	if l.items == 0 {
		return from
	}
	length := uint64(high - low)                   // #nosec G115 -- high >= low
	minute := max(60_000, length/math.MaxUint32+1) // of times that are thousands of years apart, longer
	for i, days := range l.days {
		if days > 0 {
			from = append(from, uint64(reviews[i].At-low)/minute<<32|uint64(i)) // #nosec G115 -- At >= low
		}
	}
	const digit = 11
	for shift := 32; length/minute>>(shift-32) > 0; shift += digit {
		var count [1 << digit]int32
		for _, at := range from {
			count[at>>shift&(1<<digit-1)]++
		}
		sum := int32(0)
		for k, n := range count {
			count[k], sum = sum, sum+n
		}
		for _, at := range from {
			k := at >> shift & (1<<digit - 1)
			to[count[k]] = at
			count[k]++
		}
		from, to = to, from
	}
	return from
}
