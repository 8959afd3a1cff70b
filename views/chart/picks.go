package chart

import (
	"thaw/views/text"
	"thaw/views/ui"
)

// Picks is how often each option of a question was taken.
type Picks struct {
	Lang, ID, Title string
	Options         []Pick
}

// Pick is one option.
type Pick struct {
	Text         string
	Key          bool
	All          Part // of those who saw it
	Upper, Lower Part // of each half, by how they do elsewhere
	Note         string
}

// Part is how many of all.
type Part struct{ N, Of int }

func (p Part) share() float64 { return float64(p.N) / float64(max(p.Of, 1)) }

func (p Picks) say(key string, args ...any) string {
	return text.T(p.Lang, "chart.picks."+key, args...)
}

// name is an option in words: the key says that it is one.
func (p Picks) name(o Pick) string {
	if o.Key {
		return p.say("key", o.Text)
	}
	return o.Text
}

// said is a part in words: "12 of 20, 60 %".
func (p Picks) said(n Part) string {
	if n.Of == 0 {
		return p.say("none")
	}
	return p.say("part", n.N, n.Of, percent(n.share()))
}

// bars are the two halves of an option, the upper one above.
func (o Pick) bars() [2]box {
	return [2]box{{0, 0, width * o.Upper.share(), 90}, {0, 110, width * o.Lower.share(), 90}}
}

// summary says which option was taken most.
func (p Picks) summary() string {
	best := Pick{}
	for i, o := range p.Options {
		if i == 0 || o.All.share() > best.All.share() {
			best = o
		}
	}
	if best.All.Of == 0 {
		return p.say("none")
	}
	return p.say("summary", p.name(best), best.All.N, best.All.Of)
}

func (p Picks) columns() []ui.Column {
	columns := []ui.Column{{Text: p.say("option")}}
	for _, name := range []string{"all", "upper", "lower"} {
		columns = append(columns, ui.Column{Text: p.say(name), Number: true})
	}
	return append(columns, ui.Column{Text: p.say("note")})
}

func (p Picks) table() [][]string {
	rows := make([][]string, len(p.Options))
	for i, o := range p.Options {
		rows[i] = []string{p.name(o), p.said(o.All), p.said(o.Upper), p.said(o.Lower), o.Note}
	}
	return rows
}

// half says how the bar of one half reads.
func (p Picks) half(i int, o Pick) string {
	if i == 0 {
		return p.say("upper") + ": " + p.said(o.Upper)
	}
	return p.say("lower") + ": " + p.said(o.Lower)
}

// barClass is the class of one half's bar.
func barClass(i int) string { return [...]string{"bar is-today", "bar"}[i] }
