package repair

import (
	"slices"
	"testing"
	"time"
)

var evening = time.Date(2026, 11, 27, 22, 30, 0, 0, time.UTC)

// hourly are the backups of a Thaw that has made one in each hour of so many days, and
// thinned them each time.
func hourly(days int) (list []Backup) {
	for h := days * 24; h >= 0; h-- {
		now := evening.Add(-time.Duration(h) * time.Hour)
		list = append(list, Backup{At: now})
		gone := Thin(list, now)
		list = slices.DeleteFunc(list, func(b Backup) bool {
			return slices.ContainsFunc(gone, func(g Backup) bool { return g.At.Equal(b.At) })
		})
	}
	return list
}

func TestThin(t *testing.T) {
	at := func(texts ...string) (list []Backup) {
		for _, text := range texts {
			when, err := time.Parse("2006-01-02 15", text)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, Backup{Name: text, At: when})
		}
		return list
	}
	for _, c := range []struct {
		name string
		list []Backup
		gone []string
	}{
		{"none", nil, nil},
		{"all of the last day", at("2026-11-27 22", "2026-11-27 21", "2026-11-27 21", "2026-11-26 23"), nil},
		{"the newest of each day before", at("2026-11-27 22", "2026-11-25 01", "2026-11-25 23", "2026-11-25 12"), []string{"2026-11-25 12", "2026-11-25 01"}},
		{"an old one alone", at("2019-01-01 00"), nil},
		{"the last of a Thaw that rests", at("2019-01-01 00", "2019-01-01 05", "2018-12-31 05"), []string{"2019-01-01 00"}},
	} {
		var gone []string
		for _, b := range Thin(c.list, evening) {
			gone = append(gone, b.Name)
		}
		if !slices.Equal(gone, c.gone) {
			t.Errorf("%s: %q go, want %q", c.name, gone, c.gone)
		}
	}
}

func TestThinLeavesDaysWeeksAndMonths(t *testing.T) {
	list := hourly(400)
	var day, days, weeks, months int
	for _, b := range list {
		switch age := evening.Sub(b.At); {
		case age < 24*time.Hour:
			day++
		case age < 12*24*time.Hour:
			days++
		case age < 10*7*24*time.Hour:
			weeks++
		default:
			months++
		}
	}
	if day != 24 || days != 11 || weeks < 8 || weeks > 10 || months < 6 || months > 7 {
		t.Errorf("%d of the last day, %d daily, %d weekly, %d monthly; want 24, 11, about 9, about 7", day, days, weeks, months)
	}
	if oldest := list[0].At; evening.Sub(oldest) < 240*24*time.Hour {
		t.Errorf("the oldest is of %v, want about nine months back", oldest)
	}
}

func TestHeldUntil(t *testing.T) {
	list := hourly(100)
	if got := HeldUntil(list, evening.AddDate(-1, 0, 0), evening); !got.IsZero() {
		t.Errorf("before the first backup: held until %v, want not at all", got)
	}
	got := HeldUntil(list, evening, evening)
	if months := got.Sub(evening).Hours() / 24 / 30.4; months < 6.5 || months > 9.5 {
		t.Errorf("who went just now is held until %v, want seven to nine months", got)
	}
	if early := HeldUntil(list, evening.AddDate(0, 0, -20), evening); early.After(got) {
		t.Errorf("who went before is held until %v, later than %v", early, got)
	}
}
