package chart

import (
	"context"
	"math"
	"strings"
	"testing"

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

func TestLineRuns(t *testing.T) {
	points := []Point{{Rate: 0, Low: 0, High: 0.5}, {Rate: 1, Low: 0.5, High: 1}}
	if got, want := route(points, func(p Point) float64 { return p.Rate }), "M0 200L1000 0"; got != want {
		t.Errorf("route = %s, want %s", got, want)
	}
	if got, want := area(points), "M0 100L1000 0L1000 100L0 200Z"; got != want {
		t.Errorf("area = %s, want %s", got, want)
	}
	if x, y := at(0, 1, 0.5); x != width/2 || y != height/2 {
		t.Errorf("a single point lies at %g, %g, want the middle", x, y)
	}
}

func TestChartsSayWhatTheyShow(t *testing.T) {
	days := []Day{{Label: "Monday 23 November", N: 3}, {Label: "Tuesday 24 November", N: 1, Today: true}}
	for name, c := range map[string]struct {
		drawn templ.Component
		want  []string
	}{
		"days": {Days(Bars{Lang: "en", ID: "a", Title: "Answers", Days: days}),
			[]string{"4 answers on 2 of 2 days. Most on Monday 23 November: 3.", "is-today", "<title>Tuesday 24 November: 1 answer</title>", "<th scope=\"row\">Monday 23 November</th>"}},
		"no answers": {Days(Bars{Lang: "en", ID: "a", Title: "Answers", Days: []Day{{Label: "x"}}}), []string{"No answers in the last 1 days."}},
		"planned":    {Days(Bars{Lang: "en", ID: "a", Title: "Plan", Days: days, Planned: true}), []string{"About 4 minutes on 2 of 2 days. Most on Monday 23 November: 3.", "Tuesday 24 November: 1 minute<"}},
		"no days":    {Days(Bars{Lang: "en", ID: "a"}), []string{"<figure"}},
		"thaw": {ThawBars(Stack{"en", "b", "Memory", []Row{{"Beria", [7]int{2, 1, 0, 0, 0, 0, 9}}}}),
			[]string{"12 facts: 9 well known, 1 nearly gone and 2 not seen yet.", `class="m6"`, `class="m0"`, "Beria"}},
		"no topics": {ThawBars(Stack{Lang: "en", ID: "b"}), []string{"0 facts"}},
		"rates": {Rates(Line{"en", "c", "Recall", []Point{{"May", 0.8, 0.7, 0.9, 20}, {"June", 0.9, 0.85, 0.94, 40}}}),
			[]string{"Latest: 90 % (85 to 94 %) from 40 answers. The first shown was 80 %.", "band", "85 to 94 %"}},
		"costs": {Costs(Cost{"en", "d", "Cost", []Price{{.7, 4.2, 300, false}, {.8, 5, 320, false}, {.9, 7.96, 350, true}, {.95, 14.6, 360, false}}, false}),
			[]string{"70 % wanted recall takes about 4.2 minutes a day, 95 % about 15 minutes a day. The line marks 90 %, by which your schedule goes: 8.0 minutes a day.",
				`class="mark" d="M800 200V93.87"`, "15 minutes a day<", `class="tick is-usual" x="80%"`, "<title>95 %: 15 minutes a day, 360 facts known</title>",
				"<th scope=\"row\">90 %, your schedule</th>", `x="0%" y="1.1em" text-anchor="start">70 %<`, `x="100%" y="1.1em" text-anchor="end">95 %<`}},
		"one cost": {Costs(Cost{"en", "d", "Cost", []Price{{.9, 0, 0, true}}, true}), []string{`M500 200h0.01`, "0.5 minutes a week<", "Minutes a week<"}},
		"no costs": {Costs(Cost{Lang: "en", ID: "d"}), []string{"Nothing to compare yet."}},
		"no rates": {Rates(Line{Lang: "en", ID: "c"}), []string{"Too few answers"}},
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
