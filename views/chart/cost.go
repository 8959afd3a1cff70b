package chart

import (
	"strconv"

	"thaw/views/text"
	"thaw/views/ui"
)

// Cost is what wanted recalls cost, by rising recall.
type Cost struct {
	Lang, ID, Title string
	Prices          []Price
	Weekly          bool // the minutes are those of a week
}

// Price is what one wanted recall takes and brings.
type Price struct {
	Recall  float64 // wanted, above 0, below 1
	Minutes float64 // a day, or a week
	Facts   int     // known
	Usual   bool    // it is the one in force
}

// tick is a label under the axis: what it says, where, and how it is set to that place.
type tick struct{ said, at, anchor, class string }

func (c Cost) say(key string, args ...any) string { return text.T(c.Lang, "chart.cost."+key, args...) }

func (c Cost) percent(p Price) string { return text.T(c.Lang, "chart.percent", percent(p.Recall)) }

// minutes are in words: "12 minutes a day".
func (c Cost) minutes(x float64) string {
	if c.Weekly {
		return c.say("a_week", text.Brief(c.Lang, x))
	}
	return c.say("a_day", text.Brief(c.Lang, x))
}

// top is the top of the scale: a round number of minutes, half a minute at least.
func (c Cost) top() float64 {
	most := 0.0
	for _, p := range c.Prices {
		most = max(most, p.Minutes)
	}
	return float64(ceiling(int(most*10+1))) / 10
}

// place is where a price lies.
func (c Cost) place(p Price) (x, y float64) {
	return c.share(p) * width, height * (1 - p.Minutes/c.top())
}

// share is how far along the axis a price lies, 0 to 1.
func (c Cost) share(p Price) float64 {
	low, high := c.Prices[0].Recall, c.Prices[len(c.Prices)-1].Recall
	if high <= low {
		return 0.5
	}
	return (p.Recall - low) / (high - low)
}

// route is an SVG path through the prices.
func (c Cost) route() string {
	d := ""
	for i, p := range c.Prices {
		x, y := c.place(p)
		d += command(i == 0) + num(x) + " " + num(y)
	}
	return d
}

func command(first bool) string {
	if first {
		return "M"
	}
	return "L"
}

// spot is an SVG path that a round pen draws as a dot.
func (c Cost) spot(p Price) string {
	x, y := c.place(p)
	return "M" + num(x) + " " + num(y) + "h0.01"
}

// upright is an SVG path from the axis up to a price.
func (c Cost) upright(p Price) string {
	x, y := c.place(p)
	return "M" + num(x) + " " + num(height) + "V" + num(y)
}

// ticks label the first and the last price, the usual one and whole tens.
func (c Cost) ticks() []tick {
	var list []tick
	for i, p := range c.Prices {
		t := tick{c.percent(p), num(100*c.share(p)) + "%", "middle", "tick"}
		switch {
		case i == 0:
			t.anchor = "start"
		case i == len(c.Prices)-1:
			t.anchor = "end"
		case p.Usual:
			t.class = "tick is-usual"
		case percent(p.Recall)%10 != 0:
			continue
		}
		list = append(list, t)
	}
	return list
}

func (c Cost) summary() string {
	if len(c.Prices) == 0 {
		return c.say("none")
	}
	first, last := c.Prices[0], c.Prices[len(c.Prices)-1]
	said := c.say("summary", percent(first.Recall), c.minutes(first.Minutes), percent(last.Recall), c.minutes(last.Minutes))
	for _, p := range c.Prices {
		if p.Usual {
			said += " " + c.say("marked", percent(p.Recall), c.minutes(p.Minutes))
		}
	}
	return said
}

// unit heads the column of minutes.
func (c Cost) unit() string {
	if c.Weekly {
		return c.say("weekly")
	}
	return c.say("daily")
}

func (c Cost) columns() []ui.Column {
	return []ui.Column{{Text: c.say("recall")}, {Text: c.unit(), Number: true}, {Text: c.say("facts"), Number: true}}
}

func (c Cost) table() [][]string {
	rows := make([][]string, len(c.Prices))
	for i, p := range c.Prices {
		rows[i] = []string{c.percent(p), text.Brief(c.Lang, p.Minutes), strconv.Itoa(p.Facts)}
		if p.Usual {
			rows[i][0] = c.say("usual", percent(p.Recall))
		}
	}
	return rows
}
