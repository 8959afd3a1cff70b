package chart

import (
	"context"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
)

func TestCeiling(t *testing.T) {
	for n, want := range map[int]int{0: 5, 1: 5, 5: 5, 6: 6, 7: 8, 9: 10, 11: 15, 21: 25, 26: 30, 51: 60, 81: 100, 101: 150, 1000: 1000, 2400: 2500} {
		if got := ceiling(n); got != want {
			t.Errorf("ceiling(%d) = %d, want %d", n, got, want)
		}
	}
}

func TestBarsStandOnTheAxisInOrder(t *testing.T) {
	before := box{}
	for i, n := range []int{0, 1, 50, 100} {
		b := bar(i, 4, n, 100)
		if math.Abs(b.y+b.h-height) > 1e-9 {
			t.Errorf("bar %d ends at %g, want the axis %g", i, b.y+b.h, height)
		}
		if i > 0 && (b.x < before.x+before.w || b.h <= before.h) {
			t.Errorf("bar %d %+v does not stand right of and above %+v", i, b, before)
		}
		before = b
	}
	if before.x+before.w > width || before.h != height {
		t.Errorf("the last bar is %+v, want it inside and of full height", before)
	}
	if got := bar(0, 60, 1, 1000).h; got < 2 {
		t.Errorf("one answer among a thousand is %g high, want a sliver to see", got)
	}
}

func TestPartsFillTheWidth(t *testing.T) {
	for _, counts := range [][]int{{1}, {3, 1}, {0, 2, 0, 5, 1, 0, 9}} {
		end, previous := 0.0, 0.0
		for i, b := range parts(counts) {
			if (b.w > 0) != (counts[i] > 0) {
				t.Errorf("%v: part %d is %g wide", counts, i, b.w)
			}
			if b.w == 0 {
				continue
			}
			if b.x < previous {
				t.Errorf("%v: part %d overlaps the one before", counts, i)
			}
			previous, end = b.x+b.w, b.x+b.w
		}
		if math.Abs(end-width) > 1e-6 {
			t.Errorf("%v end at %g, want %g", counts, end, width)
		}
	}
	for _, b := range parts([]int{0, 0}) {
		if b != (box{}) {
			t.Errorf("nothing is drawn as %+v", b)
		}
	}
}

func TestBandsStandUnderTheirPoints(t *testing.T) {
	if got, want := band(1, 4, Point{Rate: .8, Low: .7, High: .9}), (box{312.5, 20, 125, 40}); math.Abs(got.y-want.y)+math.Abs(got.x-want.x)+math.Abs(got.w-want.w)+math.Abs(got.h-want.h) > 1e-9 {
		t.Errorf("the band is %+v, want %+v", got, want)
	}
	if got, want := spot(1, 4, .8), "M375 40h0.01"; got != want {
		t.Errorf("the point is %s, want %s", got, want)
	}
	if got, want := level(1, 4, .9), "M281.25 20h187.5"; got != want {
		t.Errorf("what was expected is %s, want %s", got, want)
	}
}

func TestACalendarHasAWeekAColumn(t *testing.T) {
	c := Calendar{Lang: "en", ID: "e", Title: "Days"}
	wednesday := time.Date(2026, 5, 27, 0, 0, 0, 0, time.UTC)
	for i := range 182 {
		c.Days = append(c.Days, Date{At: wednesday.AddDate(0, 0, i)})
	}
	if n := c.columns(); n != 27 {
		t.Errorf("%d columns for half a year from a Wednesday, want 27", n)
	}
	w, h := width/27, height/7
	for n, want := range map[int][2]float64{0: {0, 2 * h}, 4: {0, 6 * h}, 5: {w, 0}, 181: {26 * w, h}} {
		if b := c.cell(n); math.Abs(b.x-want[0])+math.Abs(b.y-want[1]) > 1e-9 || b.x+b.w > width || b.y+b.h > height {
			t.Errorf("day %d lies at %+v, want %v", n, b, want)
		}
	}
	said := func() (months string) {
		for _, m := range c.months() {
			months += m.said + " " + m.at + " "
		}
		return months
	}
	if got, want := said(), "June 3.7% August 33.33% October 66.67% "; got != want {
		t.Errorf("the months are %s, want %s", got, want)
	}
	if c.Days = c.Days[:163]; strings.Contains(said(), "October") {
		t.Error("a month is named at the right edge, where it does not fit")
	}
	for minutes, want := range map[int]int{0: 1, 4: 1, 5: 2, 9: 2, 10: 3, 19: 3, 20: 4, 90: 4} {
		if got := (Date{Minutes: minutes, Studied: true}).shade(); got != want {
			t.Errorf("%d minutes have the shade %d, want %d", minutes, got, want)
		}
	}
	if (Date{}).shade() != 0 {
		t.Error("a day without study has a shade")
	}
}

func TestChartsSayWhatTheyShow(t *testing.T) {
	monday := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	days := []Day{{Label: "Monday 23 November", N: 3}, {Label: "Tuesday 24 November", N: 1, Today: true}}
	for name, c := range map[string]struct {
		drawn templ.Component
		want  []string
	}{
		"weeks": {Days(Bars{Lang: "en", ID: "a", Title: "Time", Days: days, Area: Weeks}),
			[]string{"4 minutes in 2 of 2 weeks. Most in Monday 23 November: 3.", "is-today", "<title>Tuesday 24 November: 1 minute</title>", "<th scope=\"row\">Monday 23 November</th>"}},
		"no minutes": {Days(Bars{Lang: "en", ID: "a", Title: "Time", Days: []Day{{Label: "x"}}, Area: Weeks}), []string{"Less than a minute in the last 1 week."}},
		"planned": {Days(Bars{Lang: "en", ID: "a", Title: "Plan", Days: days, Area: Plan, Wanted: 5}),
			[]string{"About 4 minutes on 2 of 2 days. Most on Monday 23 November: 3.", "Tuesday 24 November: 1 minute<", `class="mark" d="M0 0H1000"`}},
		"no days": {Days(Bars{Lang: "en", ID: "a", Area: Plan}), []string{"<figure"}},
		"thaw": {ThawBars(Stack{"en", "b", "Memory", []Row{{"Beria", [7]int{2, 1, 0, 0, 0, 0, 9}}}}),
			[]string{"12 facts: 9 well known, 1 nearly gone and 2 not seen yet.", `class="m6"`, `class="m0"`, "Beria"}},
		"no topics": {ThawBars(Stack{Lang: "en", ID: "b"}), []string{"0 facts"}},
		"rates": {Rates(Line{"en", "c", "Recall", []Point{{"May", .8, .7, .9, .9, 20, false}, {"June", .5, 0, 1, .9, 2, true}}}),
			[]string{"1 of 2 weeks had enough reviews to tell. The latest of them, May: 80\u00a0% remembered (70 to 90\u00a0%), 90\u00a0% expected.", `class="band"`, "70 to 90 %",
				"<title>May: 80\u00a0% remembered, 90\u00a0% expected</title>", "<td class=\"number\">too few</td>"}},
		"few rates": {Rates(Line{"en", "c", "Recall", []Point{{"June", .5, 0, 1, .9, 2, true}}}), []string{"Too few reviews in any week so far to tell"}},
		"dates": {Dates(Calendar{"en", "e", "Days", "On 1 of the last 2 days.", []Date{{monday, 0, false}, {monday.AddDate(0, 0, 1), 12, true}}, [][]string{{"this week", "1", "12", "40"}}}),
			[]string{"On 1 of the last 2 days.", `class="c0"`, `class="c3"`, "<title>Tuesday 24 November: 12 minutes</title>", "under 5 min", "20 and more", "<th scope=\"row\">this week</th>"}},
		"no dates": {Dates(Calendar{Lang: "en", ID: "e"}), []string{"<figure"}},
		"costs": {Costs(Cost{"en", "d", "Cost", []Price{{.7, 4.2, 300, false}, {.8, 5, 320, false}, {.9, 7.96, 350, true}, {.95, 14.6, 360, false}}, false}),
			[]string{"70 % wanted recall takes about 4.2 minutes a day, 95 % about 15 minutes a day. The line marks 90 %, by which your schedule goes: 8.0 minutes a day.",
				`class="mark" d="M800 200V93.87"`, "15 minutes a day<", `class="tick is-usual" x="80%"`, "<title>95 %: 15 minutes a day, 360 facts known</title>",
				"<th scope=\"row\">90 %, your schedule</th>", `x="0%" y="1.1em" text-anchor="start">70 %<`, `x="100%" y="1.1em" text-anchor="end">95 %<`}},
		"one cost": {Costs(Cost{"en", "d", "Cost", []Price{{.9, 0, 0, true}}, true}), []string{`M500 200h0.01`, "0.5 minutes a week<", "Minutes a week<"}},
		"no costs": {Costs(Cost{Lang: "en", ID: "d"}), []string{"Nothing to compare yet."}},
		"no rates": {Rates(Line{Lang: "en", ID: "c"}), []string{"Too few reviews"}},
	} {
		html := draw(t, c.drawn)
		for _, want := range c.want {
			if !strings.Contains(html, want) {
				t.Errorf("%s: no %q in\n%s", name, want, html)
			}
		}
		if strings.Contains(html, "style=") || strings.Contains(html, "NaN") {
			t.Errorf("%s has an inline style or no number:\n%s", name, html)
		}
	}
}

func draw(t *testing.T, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
