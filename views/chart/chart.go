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

// Bars are answers per day, or minutes planned, oldest first.
type Bars struct {
	Lang, ID, Title string
	Days            []Day
	Planned         bool // minutes of days to come
}

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

// Point is a share with the interval that says how sure it is, all 0..1.
type Point struct {
	Label           string
	Rate, Low, High float64
	N               int
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

// at is where the nth of count points with a share of 0..1 lies.
func at(n, count int, share float64) (x, y float64) {
	if count < 2 {
		return width / 2, height * (1 - share)
	}
	return width * float64(n) / float64(count-1), height * (1 - share)
}

// route is an SVG path through the points' value.
func route(points []Point, value func(Point) float64) string {
	d := ""
	for i, p := range points {
		x, y := at(i, len(points), value(p))
		d += command(i == 0) + num(x) + " " + num(y)
	}
	return d
}

// area is an SVG path around the band of the points.
func area(points []Point) string {
	d := route(points, func(p Point) float64 { return p.High })
	for i := len(points) - 1; i >= 0; i-- {
		x, y := at(i, len(points), points[i].Low)
		d += "L" + num(x) + " " + num(y)
	}
	return d + "Z"
}

func command(first bool) string {
	if first {
		return "M"
	}
	return "L"
}

// spot is an SVG path that a round pen draws as a dot.
func spot(n, count int, share float64) string {
	x, y := at(n, count, share)
	return "M" + num(x) + " " + num(y) + "h0.01"
}

func num(x float64) string { return strconv.FormatFloat(math.Round(x*100)/100, 'f', -1, 64) }

func percent(share float64) int { return int(share*100 + 0.5) }

func (b Bars) say(key string, args ...any) string {
	if b.Planned {
		return text.T(b.Lang, "chart.plan."+key, args...)
	}
	return text.T(b.Lang, "chart.days."+key, args...)
}

func (b Bars) top() int {
	most := 0
	for _, d := range b.Days {
		most = max(most, d.N)
	}
	return ceiling(most)
}

func (b Bars) summary() string {
	total, active, best := 0, 0, Day{}
	for _, d := range b.Days {
		total += d.N
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
	if !b.Planned { // the latest first
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

func (l Line) summary() string {
	if len(l.Points) == 0 {
		return l.say("chart.line.none")
	}
	p := l.Points[len(l.Points)-1]
	return l.say("chart.line.summary", percent(p.Rate), percent(p.Low), percent(p.High), p.N, percent(l.Points[0].Rate))
}

func (l Line) columns() []ui.Column {
	return []ui.Column{{Text: l.say("chart.line.time")}, {Text: l.say("chart.line.rate"), Number: true},
		{Text: l.say("chart.line.band"), Number: true}, {Text: l.say("chart.line.count"), Number: true}}
}

func (l Line) table() [][]string {
	rows := make([][]string, len(l.Points))
	for i, p := range l.Points {
		rows[i] = []string{p.Label, l.percent(p.Rate), l.say("chart.line.range", percent(p.Low), percent(p.High)), strconv.Itoa(p.N)}
	}
	return rows
}

func today(d Day) string {
	if d.Today {
		return " is-today"
	}
	return ""
}
