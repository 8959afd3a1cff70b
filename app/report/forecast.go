package report

import "thaw/app/study"

// Minutes says how long n reviews take at the pace of the days given, at least
// one minute.
func Minutes(n int, days []study.Tally) int { return study.Minutes(float64(n), study.Pace(days)) }
