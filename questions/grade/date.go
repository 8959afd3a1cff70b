package grade

import "time"

// precision says how much of a date is known.
type precision int

const (
	day precision = iota
	month
	season
	year
	span // from one date to another
	decade
	century
	portion // the early, middle or late part of something
)

// date is an interval of days with the precision it was written with.
type date struct {
	prec     precision
	y, m, d  int // as far as known; years are astronomical: 0 is 1 BC
	season   int // 1 spring to 4 winter
	part     int // 1 early, 2 middle, 3 late
	noYear   bool
	noMonth  bool // day and year only
	both     bool // of a winter: both of its years were named
	bare     bool // a century without the word: 12th
	era      bool // BC or AD was written
	reversed bool // a range written backwards
	lo, hi   int  // first and last day, counted from 1970
	from, to *date
	mended   [2]string // a month's name as it should be and as it was typed
}

func dayNumber(y, m, d int) int {
	return int(time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// validDay allows 29 February in every fourth year, as the Julian calendar does.
func validDay(y, m, d int) bool {
	if m < 1 || m > 12 || d < 1 || d > 31 {
		return false
	}
	if m == 2 {
		return d <= 28 || d == 29 && y%4 == 0
	}
	return d <= 30 || m != 4 && m != 6 && m != 9 && m != 11
}

func validYear(y int) bool { return y > -10000 && y <= 9999 }

func dayDate(y, m, d int) (date, bool) {
	n := dayNumber(y, m, d)
	return date{prec: day, y: y, m: m, d: d, lo: n, hi: n}, validDay(y, m, d) && validYear(y)
}

func monthDate(y, m int) (date, bool) {
	return date{prec: month, y: y, m: m, lo: dayNumber(y, m, 1), hi: dayNumber(y, m+1, 0)}, m >= 1 && m <= 12 && validYear(y)
}

func yearDate(y int) (date, bool) {
	return date{prec: year, y: y, lo: dayNumber(y, 1, 1), hi: dayNumber(y, 12, 31)}, validYear(y)
}

// seasonDates returns the readings of a season: a winter begins in the year's
// December or ends in its February.
func seasonDates(y, s int) []date {
	if !validYear(y) {
		return nil
	}
	first := 3 * s
	later := date{prec: season, y: y, season: s, lo: dayNumber(y, first, 1), hi: dayNumber(y, first+3, 0)}
	if s < 4 {
		return []date{later}
	}
	earlier := later
	earlier.lo, earlier.hi = dayNumber(y-1, 12, 1), dayNumber(y, 3, 0)
	return []date{later, earlier}
}

func decadeDate(first int) (date, bool) {
	return date{prec: decade, y: first, lo: dayNumber(first, 1, 1), hi: dayNumber(first+9, 12, 31)}, validYear(first)
}

// centuryDates returns the readings of a century: the 12th runs from 1101 to
// 1200, and to most people from 1100 to 1199. Before Christ n is negative.
func centuryDates(n int) []date {
	if n == 0 || n < -90 || n > 99 {
		return nil
	}
	first := (n-1)*100 + 1
	if n < 0 {
		first = n*100 + 1 // the first century BC: 100 BC to 1 BC
	}
	exact := date{prec: century, y: n, lo: dayNumber(first, 1, 1), hi: dayNumber(first+99, 12, 31)}
	usual := exact
	usual.lo, usual.hi = dayNumber(first-1, 1, 1), dayNumber(first+98, 12, 31)
	return []date{exact, usual}
}

// partOf returns the early (1), middle (2) or late (3) part of a date. The
// parts are drawn generously and overlap.
func partOf(whole date, part int) date {
	length := whole.hi - whole.lo + 1
	p := whole
	p.prec, p.part, p.from = portion, part, &whole
	switch part {
	case 1:
		p.hi = whole.lo + length/2 - 1
	case 2:
		p.lo, p.hi = whole.lo+length/4, whole.hi-length/4
	case 3:
		p.lo = whole.lo + length/2
	}
	return p
}

func spanDate(from, to date) date {
	s := date{prec: span, y: from.y, from: &from, to: &to, lo: from.lo, hi: to.hi, era: from.era || to.era}
	if to.hi < from.lo {
		s.from, s.to, s.lo, s.hi, s.reversed, s.y = &to, &from, to.lo, from.hi, true, to.y
	}
	return s
}

func (d date) within(other date) bool { return other.lo <= d.lo && d.hi <= other.hi }

func (d date) equals(other date) bool {
	if d.bare || other.bare || d.noYear || other.noYear || d.noMonth || other.noMonth {
		return false
	}
	if d.prec == season && other.prec == season && d.y != other.y && !d.both && !other.both {
		return false // the winter of two years
	}
	if d.prec == portion && other.prec == portion && d.part != other.part {
		return false
	}
	return d.lo == other.lo && d.hi == other.hi && !d.reversed && !other.reversed
}

// hasYear tells whether the date lies in one named year.
func (d date) hasYear() bool {
	return d.prec <= year && !d.noYear
}
