package grade

import (
	"strconv"
	"strings"
	"time"

	"thaw/questions"
)

// judgeDate compares dates: each accepted one with each reading of the input;
// the best counts.
func judgeDate(t task) verdict {
	if deny(splitWords(t.input), nil) {
		return verdict{match: wrong("reason.negated")}
	}
	parts := splitAnswers(t.input, nil)
	best, read := judgeReadings(t, parts)
	if len(parts) > 1 && best.verdict != questions.Wrong {
		return verdict{match: wrong("reason.two_answers")}
	}
	if !read {
		return verdict{match: wrong("reason.not_a_date")}
	}
	if best.verdict == questions.Right || best.verdict == questions.Slip {
		return verdict{match: best}
	}
	return otherDate(t, askBack(t, best))
}

// askBack asks which of its two dates 3/4/1956 is, where the one is almost right
// and the other wrong. The second try decides.
func askBack(t task, best match) match {
	if best.reason.Code != "reason.right_month_wrong_day" {
		return best
	}
	for _, form := range t.forms {
		for _, key := range keyDates(form) {
			given := readDates(t.input, key.y)
			if len(given) != 2 || given[0].prec != day || given[1].prec != day {
				continue
			}
			a, b := compareDates(key, given[0]), compareDates(key, given[1])
			if a.verdict != b.verdict {
				return almost("reason.which_date", dayText(given[0]), dayText(given[1]))
			}
		}
	}
	return best
}

func dayText(d date) string { return strconv.Itoa(d.d) + " " + time.Month(d.m).String() }

// judgeReadings returns the best of all comparisons and whether the input could
// be read as a date at all.
func judgeReadings(t task, parts []string) (match, bool) {
	best, read := match{verdict: questions.Wrong, edits: 1 << 20}, false
	for _, form := range t.forms {
		if calendars[styleOf(form)+styleOf(t.input)] {
			best.reason.Code, read = "reason.other_calendar", true
			continue
		}
		for _, key := range keyDates(form) {
			for _, part := range parts {
				for _, given := range readDates(part, key.y) {
					read = true
					if m := compareDates(key, given); m.better(best) {
						best = m
					}
				}
			}
		}
	}
	return best, read
}

// calendars are the two that do not go together: old and new style.
var calendars = map[string]bool{"on": true, "no": true}

// styleOf returns o for a date that says it is old style, n for new style.
func styleOf(text string) string {
	folded := questions.Fold(text)
	for _, style := range []struct{ words, is string }{{"old style", "o"}, {"julian", "o"}, {"new style", "n"}, {"gregorian", "n"}} {
		if strings.Contains(folded, style.words) {
			return style.is
		}
	}
	return ""
}

// keyDates returns the readings of a key: EDTF, or else whatever people write.
func keyDates(text string) []date {
	if dates := parseEDTF(text); len(dates) > 0 {
		return dates
	}
	return readDates(text, 1950)
}

// otherDate turns an almost right answer down that is another date of the bank,
// unless it truly contains the key; and it names the date of a wrong one.
func otherDate(t task, best match) verdict {
	for i, e := range t.lexicon.Entities {
		if t.own[i] || e.Kind != questions.MatchDate {
			continue
		}
		if !isDate(t, e.Name, best) {
			continue
		}
		if best.edits > 0 && best.edits < 1<<20 {
			return verdict{match: best, given: e.ID}
		}
		return verdict{match: wrong("reason.other_entity", DateText(e.Name)), given: e.ID}
	}
	return verdict{match: best}
}

// isDate tells whether a reading of the input that is judged like the best one
// is another date.
func isDate(t task, name string, best match) bool {
	for _, form := range t.forms {
		for _, key := range keyDates(form) {
			for _, given := range readDates(t.input, key.y) {
				if compareDates(key, given).verdict == best.verdict && !key.within(given) && !eraMissing(key, given) && isOneOf(given, keyDates(name)) {
					return true
				}
			}
		}
	}
	return false
}

func isOneOf(given date, dates []date) bool {
	for _, d := range dates {
		if given.equals(d) {
			return true
		}
	}
	return false
}

// compareDates judges one reading of an input against one of a key.
func compareDates(key, given date) match {
	if given.bare {
		return compareBare(key, given)
	}
	if given.noYear {
		return compareYearless(key, given)
	}
	if given.noMonth {
		return compareMonthless(key, given)
	}
	if key.equals(given) {
		return agreed(given)
	}
	if m, done := compareSpans(key, given); done {
		return m
	}
	if m, done := compareSizes(key, given); done {
		return m
	}
	if key.prec == day && given.prec == day && key.y == given.y && key.m == given.m {
		return almost("reason.right_month_wrong_day", strconv.Itoa(given.d))
	}
	if eraMissing(key, given) {
		return almost("reason.era_missing")
	}
	return differ(key, given)
}

// agreed is right, with a misspelt month's name to mend.
func agreed(given date) match {
	if given.mended[0] == "" {
		return match{verdict: questions.Right}
	}
	return match{verdict: questions.Slip, edits: 1, reason: questions.Reason{Code: "reason.spelled", Args: given.mended[:]}}
}

// compareSpans judges the ends of two ranges.
func compareSpans(key, given date) (match, bool) {
	if key.prec != span || given.prec != span {
		return match{}, false
	}
	if given.reversed && key.lo == given.lo && key.hi == given.hi {
		return almost("reason.reversed"), true
	}
	if key.from.equals(*given.from) || key.to.equals(*given.to) {
		return almost("reason.one_end_right"), true
	}
	return match{}, false
}

// compareSizes judges a date that is finer or coarser than the key, and true.
func compareSizes(key, given date) (match, bool) {
	if given.reversed || key.prec == season && given.prec == season || wider(key, given) {
		return match{}, false
	}
	if given.within(key) && key.prec <= year && given.prec != century {
		return agreed(given), true
	}
	if given.within(key) {
		return almost("reason.only_a_part"), true
	}
	if key.within(given) || given.prec == year && key.prec == season && given.y == key.y {
		return coarse(key, given), true
	}
	return match{}, false
}

// wider tells a range that goes beyond a range at both ends.
func wider(key, given date) bool {
	return key.prec == span && given.prec == span && given.lo < key.lo && given.hi > key.hi
}

// coarse says what a true answer still lacks.
func coarse(key, given date) match {
	if given.prec == month && key.prec == day {
		return almost("reason.day_missing")
	}
	if given.prec == year && key.prec <= season {
		return almost("reason.only_the_year")
	}
	return almost("reason.too_coarse")
}

func compareBare(key, given date) match {
	if key.prec == century && key.y == given.y {
		return almost("reason.century_missing")
	}
	return wrong("reason.not_a_date")
}

func compareYearless(key, given date) match {
	if key.noYear && key.m == given.m && key.d == given.d {
		return agreed(given)
	}
	fits := key.prec == season && given.season == key.season
	if given.m > 0 && key.m == given.m && key.prec <= month {
		fits = given.d == 0 || key.prec == month || given.d == key.d
	}
	if fits {
		return almost("reason.year_missing")
	}
	return wrong("reason.wrong")
}

func compareMonthless(key, given date) match {
	if key.prec == day && key.y == given.y && key.d == given.d {
		return almost("reason.month_missing")
	}
	if key.hasYear() && key.y != given.y {
		return yearOff(key, given)
	}
	return wrong("reason.wrong")
}

// eraMissing tells that only "BC" was left out.
func eraMissing(key, given date) bool {
	if given.era || given.prec != key.prec {
		return false
	}
	if key.prec == century {
		return key.y < 0 && given.y == -key.y
	}
	return key.prec <= year && key.y <= 0 && given.y == 1-key.y && given.m == key.m && given.d == key.d
}

// differ says in what a wrong date differs.
func differ(key, given date) match {
	if !key.hasYear() || !given.hasYear() {
		return wrong("reason.wrong")
	}
	if key.y != given.y {
		return yearOff(key, given)
	}
	if given.prec == season {
		return wrong("reason.right_year_wrong_season")
	}
	if given.m > 0 {
		return wrong("reason.right_year_wrong_month", time.Month(given.m).String())
	}
	return wrong("reason.wrong")
}

func yearOff(key, given date) match {
	if key.y+given.y == 1 && given.era {
		return wrong("reason.wrong_era")
	}
	off := key.y - given.y
	if off < 0 {
		off = -off
	}
	m := wrong("reason.year_off", strconv.Itoa(off))
	if off == 1 {
		m = wrong("reason.one_year_off")
	}
	m.edits = off
	return m
}
