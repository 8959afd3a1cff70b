package text

import (
	"math"
	"strings"
	"time"
)

// Date says a date as a person reads it. A day of 0 leaves the month, a month of
// 0 the year alone; the year 0 is 1 BC.
func Date(lang string, y, m, d int) string {
	year := T(lang, "date.year", y)
	if y < 1 {
		year = T(lang, "date.bc", 1-y)
	}
	switch {
	case m < 1 || m > 12:
		return year
	case d < 1:
		return T(lang, "date.my", month(lang, m), year)
	}
	return T(lang, "date.dmy", d, month(lang, m), year)
}

// Day says the day of a time in its own zone, without the year.
func Day(lang string, t time.Time) string {
	return T(lang, "date.day", Weekday(lang, t.Weekday()), t.Day(), month(lang, int(t.Month())))
}

// DayMonth says the day of a time in its own zone, without its weekday: "24 November".
func DayMonth(lang string, t time.Time) string {
	return T(lang, "date.dm", t.Day(), month(lang, int(t.Month())))
}

// When says how far away a time is: "in 10 minutes", "later today", "tomorrow",
// "in about 4 days". The number of study days between the two is given, because
// only the learner's calendar knows it. It takes the zone that On needs, so that
// the two can stand for each other.
func When(lang string, now, at time.Time, days int, _ *time.Location) string {
	switch {
	case !at.After(now):
		return T(lang, "when.now")
	case days <= 0:
		return soon(lang, at.Sub(now))
	case days == 1:
		return T(lang, "when.tomorrow")
	}
	return far(lang, days)
}

// On says on which day a time lies: "later today", "tomorrow", "Thursday",
// "24 November", with the year when it is another one.
func On(lang string, now, at time.Time, days int, zone *time.Location) string {
	local := at.In(zone)
	switch {
	case days <= 1:
		return When(lang, now, at, days, zone)
	case days < 7:
		return Weekday(lang, local.Weekday())
	case local.Year() == now.In(zone).Year():
		return DayMonth(lang, local)
	}
	return Date(lang, local.Year(), int(local.Month()), local.Day())
}

// soon says a time within the same study day.
func soon(lang string, d time.Duration) string {
	minutes := int(math.Ceil(d.Minutes()))
	if minutes < 90 {
		return T(lang, "when.minutes", minutes)
	}
	return T(lang, "when.today")
}

// far says a number of days, in the unit in which one would speak of it.
func far(lang string, days int) string {
	switch {
	case days < 14:
		return T(lang, "when.days", days)
	case days < 60:
		return T(lang, "when.weeks", rounded(days, 7))
	case days < 548:
		return T(lang, "when.months", rounded(days, 30.44))
	}
	return T(lang, "when.years", rounded(days, 365.25))
}

func rounded(days int, unit float64) int { return int(math.Round(float64(days) / unit)) }

func month(lang string, m int) string { return word(T(lang, "date.months"), m-1) }

// Month says the name of a month.
func Month(lang string, m time.Month) string { return month(lang, int(m)) }

// Weekday says the name of a day of the week.
func Weekday(lang string, d time.Weekday) string { return word(T(lang, "date.weekdays"), int(d)) }

// word is the nth of a list of words, from 0.
func word(list string, n int) string {
	words := strings.Fields(list)
	if n < 0 || n >= len(words) {
		return ""
	}
	return words[n]
}

// List joins items as in a sentence: "a, b and c".
func List(lang string, items []string) string {
	switch len(items) {
	case 0:
		return ""
	case 1:
		return items[0]
	}
	last := len(items) - 1
	return T(lang, "list.last", strings.Join(items[:last], T(lang, "list.comma")+" "), items[last])
}
