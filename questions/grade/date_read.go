package grade

import (
	"slices"
	"strings"
)

// readDates returns every date that a text may mean, none when it is no date.
// Two-digit years take the century of the key's year.
func readDates(text string, keyYear int) []date {
	items := scan(text)
	if notation := strings.Trim(text, " .?!"); strings.IndexByte(notation, '/') > 0 && ValidDate(notation) {
		return parseEDTF(notation)
	}
	if hasRole(items, unknown) || len(items) == 0 || len(items) > 24 {
		return nil
	}
	dates := readPoint(items, keyYear)
	for i := range items {
		if splits(items, i) {
			dates = append(dates, readSpan(items[:i], items[i+1:], keyYear)...)
		}
	}
	return dates
}

// splits tells whether the item may stand between the ends of a range. A tight
// dash does only behind a year, a month or a decade, or between two days.
func splits(items []item, i int) bool {
	it := items[i]
	if i == 0 || i == len(items)-1 {
		return false
	}
	switch it.role {
	case rangeWord:
		return true
	case andWord:
		return hasRole(items, betweenWord)
	case dash, slash:
		if it.spaced {
			return true
		}
		return marks(items) == 1 && (named(items[i-1]) || hasRole(items, monthName) || hasRole(items, hundred) || len(items) == 3 && shortYear(items[0]) && shortYear(items[2]))
	}
	return false
}

func marks(items []item) int {
	n := 0
	for _, it := range items {
		if it.role == dash || it.role == slash {
			n++
		}
	}
	return n
}

func named(it item) bool {
	return it.role == monthName || it.role == seasonName || it.role == decadeName || it.role == bc || it.role == number && (isYear(it) || it.plural)
}

// readSpan reads a range, whose ends may share a year, a month or a century.
func readSpan(left, right []item, keyYear int) []date {
	left = slices.DeleteFunc(slices.Clone(left), func(it item) bool { return it.role == betweenWord })
	dates := shortYears(left, right, keyYear)
	if n, ok := loneDay(left); ok {
		for _, to := range readPoint(right, keyYear) {
			if to.prec != day || to.noYear || to.noMonth {
				continue
			}
			if from, ok := dayDate(to.y, to.m, n); ok {
				dates = append(dates, spanDate(from, to))
			}
		}
	}
	if len(dates) > 0 {
		return dates
	}
	for _, from := range readPoint(left, keyYear) {
		base := keyYear
		if !from.noYear {
			base = from.y
		}
		for _, to := range readEnd(from, right, base) {
			if a, b, ok := share(from, to); ok {
				dates = append(dates, spanDate(a, b))
			}
		}
	}
	return dates
}

// readEnd reads the second end of a range. Behind a day of a month, a day and a
// year are of the same month: February 4–11, 1945.
func readEnd(from date, right []item, base int) []date {
	if from.noYear && from.d > 0 && len(right) == 2 && right[0].role == number && right[1].role == number && !isYear(right[0]) && isYear(right[1]) {
		return only(dayDate(right[1].value, from.m, right[0].value))
	}
	return readPoint(right, base)
}

// shortYears reads 14-18 as years.
func shortYears(left, right []item, keyYear int) []date {
	if len(left) != 1 || len(right) != 1 || !shortYear(left[0]) || !shortYear(right[0]) || right[0].value <= left[0].value {
		return nil
	}
	century := keyYear / 100 * 100
	from, okFrom := yearDate(century + left[0].value)
	to, okTo := yearDate(century + right[0].value)
	if !okFrom || !okTo || keyYear < 100 {
		return nil
	}
	return []date{spanDate(from, to)}
}

func shortYear(it item) bool {
	return it.role == number && it.digits == 2 && !it.ordinal && !it.plural && !it.roman
}

func loneDay(items []item) (int, bool) {
	if len(items) != 1 || items[0].role != number || items[0].digits > 2 || items[0].value > 31 || items[0].plural || items[0].short {
		return 0, false
	}
	return items[0].value, true
}

// share gives the end that lacks a year or month those of the other.
func share(from, to date) (date, date, bool) {
	if from.noYear && to.noMonth && from.prec == day {
		var ok bool
		if to, ok = dayDate(to.y, from.m, to.d); !ok {
			return from, to, false
		}
	}
	if from.noYear && to.noYear || from.noMonth || to.noMonth || to.bare || from.bare && to.prec != century {
		return from, to, false
	}
	from.bare = false
	ok := true
	if from.noYear {
		from, ok = withYear(from, to.y)
	}
	if to.noYear {
		to, ok = withYear(to, from.y)
	}
	return from, to, ok
}

func withYear(d date, y int) (date, bool) {
	switch {
	case d.prec == season:
		return seasonDates(y, d.season)[0], true
	case d.d > 0:
		return dayDate(y, d.m, d.d)
	}
	return monthDate(y, d.m)
}

// point is the material of one date, sorted by role.
type point struct {
	numbers   []item
	month     item
	season    item
	part      int
	bc, ad    bool
	century   bool
	decade    bool
	keyYear   int
	malformed bool
	mended    [2]string
}

func collect(items []item, keyYear int) point {
	p := point{keyYear: keyYear}
	for _, it := range items {
		if it.mended[0] != "" {
			p.mended = it.mended
		}
		switch it.role {
		case number:
			p.numbers = append(p.numbers, it)
		case monthName:
			p.malformed = p.malformed || p.month.role != unknown
			p.month = it
		case seasonName:
			p.malformed = p.malformed || p.season.role != unknown
			p.season = it
		case piece:
			p.malformed = p.malformed || p.part != 0
			p.part = it.value
		case bc:
			p.bc = true
		case ad:
			p.ad = true
		case hundred:
			p.century = true
		case decadeMark:
			p.decade = true
		case decadeName:
			p.numbers = append(p.numbers, item{role: number, value: it.value, digits: 2, plural: true})
		case rangeWord, andWord:
			p.malformed = true
		}
	}
	if !p.century {
		p.takeRomanMonth()
	}
	return p
}

// takeRomanMonth makes 25.II.1956 of a Roman number between two others.
func (p *point) takeRomanMonth() {
	for i, n := range p.numbers {
		if !n.roman || len(p.numbers) == 1 && p.month.role == unknown {
			continue // XII, a century
		}
		if p.month.role == unknown && n.value <= 12 && len(p.numbers) > 1 {
			p.month = item{role: monthName, value: n.value}
			p.numbers = append(append([]item{}, p.numbers[:i]...), p.numbers[i+1:]...)
			return
		}
		p.malformed = true
	}
}

// readPoint reads a date that is no range.
func readPoint(items []item, keyYear int) []date {
	p := collect(items, keyYear)
	if p.malformed || p.bc && p.ad || p.month.role != unknown && p.season.role != unknown {
		return nil
	}
	dates := p.read()
	for i := range dates {
		dates[i].era = p.bc || p.ad
		dates[i].mended = p.mended
		if p.part > 0 && !dates[i].noYear {
			dates[i] = partOf(dates[i], p.part)
		}
	}
	return dates
}

func (p point) read() []date {
	switch {
	case p.century:
		return p.readCentury()
	case p.season.role != unknown:
		return p.readSeason()
	case p.month.role != unknown:
		return p.readMonth()
	case len(p.numbers) == 1 && (p.numbers[0].plural || p.decade && p.numbers[0].value%10 == 0):
		return p.readDecade()
	}
	return p.readNumbers()
}

func (p point) readCentury() []date {
	if len(p.numbers) != 1 {
		return nil
	}
	n := p.numbers[0].value
	if p.bc {
		n = -n
	}
	return centuryDates(n)
}

func (p point) readSeason() []date {
	if len(p.numbers) == 0 {
		return []date{{prec: season, season: p.season.value, noYear: true}}
	}
	first := p.year(p.numbers[0])
	if len(p.numbers) > 2 || len(p.numbers) == 2 && p.numbers[1].value%100 != (p.numbers[0].value+1)%100 {
		return nil
	}
	dates := seasonDates(first, p.season.value)
	if len(p.numbers) == 2 && len(dates) > 0 {
		dates[0].both = true
		return dates[:1]
	}
	return dates
}

func (p point) readMonth() []date {
	m := p.month.value
	switch len(p.numbers) {
	case 0:
		return []date{{prec: month, m: m, noYear: true}}
	case 1:
		return p.readMonthAnd(p.numbers[0])
	case 2:
		d, y := p.numbers[0], p.numbers[1]
		if isYear(d) && !isYear(y) {
			d, y = y, d
		}
		if isYear(d) || y.ordinal {
			return nil
		}
		return only(dayDate(p.year(y), m, d.value))
	}
	return nil
}

// readMonthAnd reads a month with one number: a year, or a day without one.
func (p point) readMonthAnd(n item) []date {
	var dates []date
	if !n.ordinal {
		dates = only(monthDate(p.year(n), p.month.value))
	}
	if !isYear(n) && validDay(4, p.month.value, n.value) {
		dates = append(dates, date{prec: day, m: p.month.value, d: n.value, noYear: true})
	}
	return dates
}

// isYear tells a number that can only be a year.
func isYear(n item) bool { return n.digits > 2 || n.short || n.value > 31 || n.value == 0 }

// year gives a number its century and era.
func (p point) year(n item) int {
	if p.bc {
		return 1 - n.value
	}
	if n.digits > 2 || p.ad || p.keyYear < 100 {
		return n.value
	}
	return p.keyYear/100*100 + n.value
}

func (p point) readDecade() []date {
	n := p.numbers[0]
	if n.value%10 != 0 {
		return nil
	}
	first := p.year(n)
	if p.bc {
		first -= 9 // the 40s BC are 49 to 40 BC
	}
	dates := only(decadeDate(first))
	if n.digits > 2 && n.value%100 == 0 && n.plural {
		dates = append(dates, centuryDates(n.value/100+1)...)
	}
	return dates
}

func (p point) readNumbers() []date {
	n := p.numbers
	switch len(n) {
	case 1:
		if n[0].ordinal {
			return bareCentury(n[0].value)
		}
		return only(yearDate(p.year(n[0])))
	case 2:
		return p.readTwo(n[0], n[1])
	case 3:
		return p.readThree(n[0], n[1], n[2])
	}
	return nil
}

// bareCentury reads an ordinal that stands alone.
func bareCentury(n int) []date {
	dates := centuryDates(n)
	for i := range dates {
		dates[i].bare = true
	}
	return dates
}

// readTwo reads a month and a year, or a day and a month, or a day and a year.
func (p point) readTwo(a, b item) []date {
	if isYear(a) && !isYear(b) {
		a, b = b, a
	}
	if isYear(a) || a.plural || b.plural {
		return nil
	}
	if !isYear(b) {
		return append(dayOnly(a.value, b.value), dayOnly(b.value, a.value)...)
	}
	if dates := only(monthDate(p.year(b), a.value)); dates != nil {
		return dates
	}
	return []date{{prec: day, y: p.year(b), d: a.value, noMonth: true}}
}

func dayOnly(d, m int) []date {
	if !validDay(4, m, d) {
		return nil
	}
	return []date{{prec: day, m: m, d: d, noYear: true}}
}

// readThree reads 1956-02-25, 25/02/1956 and 02/25/1956; both of the last count
// where they fit.
func (p point) readThree(a, b, c item) []date {
	if a.digits > 2 {
		return only(dayDate(a.value, b.value, c.value))
	}
	if isYear(a) {
		return only(dayDate(p.year(a), b.value, c.value))
	}
	y := p.year(c)
	dates := only(dayDate(y, b.value, a.value))
	if a.value == b.value {
		return dates
	}
	return append(dates, only(dayDate(y, a.value, b.value))...)
}
