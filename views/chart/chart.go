// Package chart draws charts on the server, as SVG without inline styles: shapes
// get their colour by class, so that they follow the theme and print. Each has a
// title, a summary in words and a table. Words stand beside the SVG, not in it:
// the shapes stretch with the page, the letters keep their size.
package chart

import (
	"math"
	"slices"
	"strconv"

	"thaw/views/text"
	"thaw/views/ui"
)

// The shapes are drawn in a box of these units, stretched by the style sheet.
const (
	width  = 1000.0
	height = 200.0
)

// Day is one bar: what happened on a day.
type Day struct {
	Label string // Tuesday 24 November
	N     int
	Today bool
}

// Bars are minutes by day or by week, oldest first.
type Bars struct {
	Lang, ID, Title string
	Days            []Day
	Area            string // of the texts
	Wanted          int    // minutes a day that are wanted; 0: no line
}

// Areas of the texts of bars.
const (
	Plan  = "plan"  // minutes of days to come
	Weeks = "weeks" // minutes of weeks past
)

// Row is one topic with the number of its facts at each step of the scale; the
// first is never seen.
type Row struct {
	Title  string
	Counts [7]int
}

// Stack is a scale of memory, row by row.
type Stack struct {
	Lang, ID, Title string
	Rows            []Row
}

// Point is a share with the interval that says how sure it is, and what had been
// expected, all 0..1.
type Point struct {
	Label           string
	Rate, Low, High float64
	Expected        float64
	N               int
	Few             bool // too few to state a share
}

// Line is a share over time, oldest first.
type Line struct {
	Lang, ID, Title string
	Points          []Point
}

// box is a rectangle in units of the drawing.
type box struct{ x, y, w, h float64 }

// ceiling is the top of a scale for counts up to n: a round number close above
// it, and never under 5, so that one answer is not a tower.
func ceiling(n int) int {
	for unit := 1; ; unit *= 10 {
		for _, tenths := range []int{10, 15, 20, 25, 30, 40, 50, 60, 80} {
			if top := unit * tenths / 10; top >= max(n, 5) && top*10 == unit*tenths {
				return top
			}
		}
	}
}

// gap is the share of a bar's place that stays empty.
const gap = 0.25

// bar places the nth of count bars; what is not zero is at least a sliver.
func bar(n, count, value, top int) box {
	place := width / float64(count)
	h := height * float64(value) / float64(top)
	if value > 0 {
		h = max(h, 2)
	}
	return box{place * (float64(n) + gap/2), height - h, place * (1 - gap), h}
}

// parts cuts the whole width into pieces as large as the counts, with a gap of
// four units between those that are not empty.
func parts(counts []int) []box {
	const between = 4
	total, shown := 0, 0
	for _, c := range counts {
		total += c
		if c > 0 {
			shown++
		}
	}
	boxes := make([]box, len(counts))
	room := width - between*float64(max(shown-1, 0))
	x := 0.0
	for i, c := range counts {
		if c == 0 {
			continue
		}
		w := room * float64(c) / float64(total)
		boxes[i] = box{x, 0, w, height}
		x += w + between
	}
	return boxes
}

// band places the interval of the nth of count points.
func band(n, count int, p Point) box {
	place := width / float64(count)
	return box{place * (float64(n) + gap), height * (1 - p.High), place * (1 - 2*gap), height * (p.High - p.Low)}
}

// spot is an SVG path that a round pen draws as a dot, in the middle of the nth of count
// places.
func spot(n, count int, share float64) string {
	return "M" + num(width/float64(count)*(float64(n)+0.5)) + " " + num(height*(1-share)) + "h0.01"
}

// level is an SVG path across the place of the nth of count points.
func level(n, count int, share float64) string {
	place := width / float64(count)
	return "M" + num(place*(float64(n)+gap/2)) + " " + num(height*(1-share)) + "h" + num(place*(1-gap))
}

func num(x float64) string { return strconv.FormatFloat(math.Round(x*100)/100, 'f', -1, 64) }

func percent(share float64) int { return int(share*100 + 0.5) }

func (b Bars) say(key string, args ...any) string {
	return text.T(b.Lang, "chart."+b.Area+"."+key, args...)
}

func (b Bars) top() int {
	most := b.Wanted
	for _, d := range b.Days {
		most = max(most, d.N)
	}
	return ceiling(most)
}

// wanted is where the line of the minutes wanted lies.
func (b Bars) wanted() float64 { return height * (1 - float64(b.Wanted)/float64(b.top())) }

func (b Bars) total() (total int) {
	for _, d := range b.Days {
		total += d.N
	}
	return total
}

func (b Bars) summary() string {
	total, active, best := b.total(), 0, Day{}
	for _, d := range b.Days {
		if d.N > 0 {
			active++
		}
		if d.N > best.N {
			best = d
		}
	}
	if total == 0 {
		return b.say("none", len(b.Days))
	}
	return b.say("summary", total, active, len(b.Days), best.Label, best.N)
}

func (b Bars) table() [][]string {
	rows := make([][]string, 0, len(b.Days))
	for _, d := range b.Days {
		rows = append(rows, []string{d.Label, strconv.Itoa(d.N)})
	}
	if b.Area == Weeks { // the latest first
		slices.Reverse(rows)
	}
	return rows
}

// name is that of a day below the bars: today, where it is.
func (b Bars) name(d Day) string {
	if d.Today {
		return b.say("today")
	}
	return d.Label
}

func (s Stack) say(key string, args ...any) string { return text.T(s.Lang, key, args...) }

func (r Row) facts() int {
	total := 0
	for _, c := range r.Counts {
		total += c
	}
	return total
}

// ordered are the counts in the order of steps.
func (r Row) ordered() []int {
	var counts []int
	for _, step := range ui.BestFirst() {
		counts = append(counts, r.Counts[step])
	}
	return counts
}

// said is a row in words: "12 well known, 3 shaky and 5 not seen yet".
func (s Stack) said(r Row) string {
	var said []string
	for _, step := range ui.BestFirst() {
		if n := r.Counts[step]; n > 0 {
			said = append(said, s.say("chart.thaw.part", n, step.Word(s.Lang)))
		}
	}
	return text.List(s.Lang, said)
}

func (s Stack) summary() string {
	var all Row
	for _, r := range s.Rows {
		for i, c := range r.Counts {
			all.Counts[i] += c
		}
	}
	if all.facts() == 0 {
		return s.say("thaw.facts", 0)
	}
	return s.say("chart.thaw.summary", all.facts(), s.said(all))
}

func (s Stack) columns() []ui.Column {
	columns := []ui.Column{{Text: s.say("chart.thaw.topic")}}
	for _, step := range ui.BestFirst() {
		columns = append(columns, ui.Column{Text: step.Word(s.Lang), Number: true})
	}
	return append(columns, ui.Column{Text: s.say("chart.thaw.facts"), Number: true})
}

func (s Stack) table() [][]string {
	rows := make([][]string, len(s.Rows))
	for i, r := range s.Rows {
		rows[i] = []string{r.Title}
		for _, c := range r.ordered() {
			rows[i] = append(rows[i], strconv.Itoa(c))
		}
		rows[i] = append(rows[i], strconv.Itoa(r.facts()))
	}
	return rows
}

func (l Line) say(key string, args ...any) string { return text.T(l.Lang, key, args...) }

func (l Line) percent(share float64) string { return l.say("chart.percent", percent(share)) }

// sure tells whether any share can be stated.
func (l Line) sure() bool {
	return slices.ContainsFunc(l.Points, func(p Point) bool { return !p.Few })
}

func (l Line) summary() string {
	if !l.sure() {
		return l.say("chart.line.none")
	}
	enough, latest := 0, Point{}
	for _, p := range l.Points {
		if !p.Few {
			enough, latest = enough+1, p
		}
	}
	return l.say("chart.line.summary", enough, len(l.Points), latest.Label, percent(latest.Rate), percent(latest.Low), percent(latest.High), percent(latest.Expected))
}

func (l Line) columns() []ui.Column {
	columns := []ui.Column{{Text: l.say("chart.line.time")}}
	for _, name := range []string{"rate", "band", "expected", "count"} {
		columns = append(columns, ui.Column{Text: l.say("chart.line." + name), Number: true})
	}
	return columns
}

func (l Line) table() [][]string {
	rows := make([][]string, len(l.Points))
	for i, p := range l.Points {
		few := l.say("chart.line.few")
		rows[i] = []string{p.Label, few, few, few, strconv.Itoa(p.N)}
		if !p.Few {
			rows[i] = []string{p.Label, l.percent(p.Rate), l.say("chart.line.range", percent(p.Low), percent(p.High)), l.percent(p.Expected), strconv.Itoa(p.N)}
		}
	}
	slices.Reverse(rows)
	return rows
}

func today(d Day) string {
	if d.Today {
		return " is-today"
	}
	return ""
}
