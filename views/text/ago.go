package text

import "time"

// Ago says on which day a time was: "today", "yesterday", "Tuesday", "24
// November", with the year when it is another one. The number of study days
// since is given, because only a calendar knows it.
func Ago(lang string, now, at time.Time, days int, zone *time.Location) string {
	local := at.In(zone)
	switch {
	case days <= 0:
		return T(lang, "ago.today")
	case days == 1:
		return T(lang, "ago.yesterday")
	case days < 7:
		return Weekday(lang, local.Weekday())
	case local.Year() == now.In(zone).Year():
		return T(lang, "date.dm", local.Day(), month(lang, int(local.Month())))
	}
	return Date(lang, local.Year(), int(local.Month()), local.Day())
}
