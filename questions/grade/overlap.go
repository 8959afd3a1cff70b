package grade

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
