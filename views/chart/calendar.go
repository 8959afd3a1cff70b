package chart

import (
	"slices"
	"strconv"
	"time"

	"thaw/views/text"
	"thaw/views/ui"
)

// Calendar is the minutes of study of each day, by weeks that begin on Monday.
type Calendar struct {
	Lang, ID, Title string
	Summary         string
	Days            []Date // one after the other, the oldest first
	Weeks           [][]string
}

// Date is one day of a calendar.
type Date struct {
	At      time.Time // midnight of the date
	Minutes int
	Studied bool // if only for seconds
}

// steps are the minutes from which a day is drawn darker.
var steps = [...]int{5, 10, 20}

// shade is how dark a day is drawn: 0 without study, 1 to 4.
func (d Date) shade() int {
	if !d.Studied {
		return 0
	}
	n := 1
	for _, least := range steps {
		if d.Minutes >= least {
			n++
		}
	}
	return n
}

// class is that of a day's shade.
func (d Date) class() string { return "c" + strconv.Itoa(d.shade()) }

// row is the day's place in its week, Monday being 0.
func (d Date) row() int { return int(d.At.Weekday()+6) % 7 }

// columns are how many weeks the days lie in.
func (c Calendar) columns() int { return (c.Days[0].row() + len(c.Days) + 6) / 7 }

// cell places the nth day.
func (c Calendar) cell(n int) box {
	const air = 0.15 // of a cell stays empty
	w, h := width/float64(c.columns()), height/7
	at := c.Days[0].row() + n
	return box{w * float64(at/7), h * float64(at%7), w * (1 - air), h * (1 - air)}
}

// months label the weeks in which a month begins, but for those that would not fit on a
// phone.
func (c Calendar) months() []tick {
	const least = 7 // weeks between two labels, and before the right edge
	var list []tick
	last := -least
	for n, d := range c.Days {
		week := (c.Days[0].row() + n) / 7
		if d.At.Day() != 1 || week-last < least || c.columns()-week < least {
			continue
		}
		last = week
		list = append(list, tick{text.Month(c.Lang, d.At.Month()), num(100*float64(week)/float64(c.columns())) + "%", "start", "tick"})
	}
	return list
}

func (c Calendar) say(key string, args ...any) string {
	return text.T(c.Lang, "chart.calendar."+key, args...)
}

// studied tells whether there is anything to draw.
func (c Calendar) studied() bool {
	return slices.ContainsFunc(c.Days, func(d Date) bool { return d.Studied })
}

// one is a day of study in words.
func (c Calendar) one(d Date) string {
	return c.say("one", text.Day(c.Lang, d.At), max(d.Minutes, 1))
}

// keys are the shades of study with their words, the lightest first.
func (c Calendar) keys() []string {
	said := []string{c.say("under", steps[0])}
	for i, least := range steps {
		if i+1 < len(steps) {
			said = append(said, c.say("from_to", least, steps[i+1]))
			continue
		}
		said = append(said, c.say("from", least))
	}
	return said
}

func (c Calendar) heads() []ui.Column {
	return []ui.Column{{Text: c.say("week")}, {Text: c.say("days"), Number: true}, {Text: c.say("minutes"), Number: true}, {Text: c.say("answers"), Number: true}}
}
