package grade

// Begins is the first day of a date in the notation of the keys, counted from 1 January
// 1970, and its year; ok is false for what is no date. Years are astronomical: 0 is 1 BC.
func Begins(edtf string) (day, year int, ok bool) {
	dates := parseEDTF(edtf)
	if len(dates) == 0 {
		return 0, 0, false
	}
	first := dates[0]
	if first.from != nil {
		first.y = first.from.y
	}
	return first.lo, first.y, true
}

// Before tells whether one date, in the notation of the keys, is over when
// another begins. Where neither is before the other the two overlap; what is no
// date is before nothing.
func Before(one, other string) bool {
	first, second := parseEDTF(one), parseEDTF(other)
	for _, a := range first {
		for _, b := range second {
			if a.hi >= b.lo {
				return false
			}
		}
	}
	return len(first) > 0 && len(second) > 0
}
