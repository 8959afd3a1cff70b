package repair

import (
	"slices"
	"strconv"
	"time"
)

// Backup is a copy of the whole database, checked when it was made.
type Backup struct {
	Name   string // of its file
	At     time.Time
	Why    string
	Schema int64            // of the database in it
	Size   int64            // bytes
	Rows   map[string]int64 // counted in it, by table; nil: not known
}

// Why a backup is made. stored: never rename
const (
	Hourly       = "hourly"    // something has changed since the last one
	Asked        = "asked"     // somebody wants one
	BeforeSchema = "migration" // the schema is about to change
	BeforeBack   = "restore"   // another backup is about to be put in its place
	BeforeDoctor = "doctor"    // damage is about to be repaired
	BeforeImport = "import"    // much is about to come in
	BeforeDelete = "delete"    // much is about to go
)

// kept is how many backups stay of each span of time: the newest of each day, week
// and month that has one. All of the last day stay.
var kept = []struct {
	most int
	span func(time.Time) string
}{
	{12, func(t time.Time) string { return t.Format(time.DateOnly) }},
	{10, func(t time.Time) string {
		year, week := t.ISOWeek()
		return strconv.Itoa(year) + "/" + strconv.Itoa(week)
	}},
	{9, func(t time.Time) string { return t.Format("2006-01") }},
}

// Thin returns the backups that are no longer kept. Spans are those of UTC, and only
// those that have a backup count, so that a Thaw that rests keeps its last ones.
func Thin(list []Backup, now time.Time) (gone []Backup) {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b Backup) int { return b.At.Compare(a.At) })
	stays := make([]bool, len(list))
	for i, b := range list {
		stays[i] = now.Sub(b.At) < 24*time.Hour
	}
	for _, k := range kept {
		seen := map[string]bool{}
		for i, b := range list {
			span := k.span(b.At.UTC())
			if !seen[span] && len(seen) < k.most {
				seen[span], stays[i] = true, true
			}
		}
	}
	for i, b := range list {
		if !stays[i] {
			gone = append(gone, b)
		}
	}
	return gone
}

// HeldUntil is when the last of the backups made before a time goes, a backup being
// made on each day from now on; zero where there is none any more.
func HeldUntil(list []Backup, before, now time.Time) time.Time {
	at := now
	for held(list, before) {
		at = at.AddDate(0, 0, 1)
		list = append(slices.Clone(list), Backup{At: at})
		for _, g := range Thin(list, at) {
			list = slices.DeleteFunc(list, func(b Backup) bool { return b.At.Equal(g.At) && b.Name == g.Name })
		}
	}
	if at.Equal(now) {
		return time.Time{}
	}
	return at
}

func held(list []Backup, before time.Time) bool {
	return slices.ContainsFunc(list, func(b Backup) bool { return b.At.Before(before) })
}
