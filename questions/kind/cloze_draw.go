package kind

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"thaw/questions"
)

// gapBefore is a gap that is to be filled.
type gapBefore struct {
	id      string
	label   string
	value   string
	digits  bool // a number is asked for
	settled bool // the first try was right here
	focus   bool
	reason  string // why the first try was almost right here
}

func gapsBefore(a questions.Asked) []gapBefore {
	list := make([]gapBefore, len(gaps(a.Version.Prompt)))
	focused := false
	for i := range list {
		g := gapBefore{id: gapName("answer", i+1), label: say(a, "kind.gap", i+1, len(list)), value: cap200(nth(a.Tried, i))}
		g.digits = matchOf(questions.Version{Answers: answersOf(a.Version, i+1)}) == questions.MatchNumber
		if len(a.Tried) == len(list) && i < len(a.First) {
			g.settled = full(a.First[i])
			if !g.settled {
				g.reason = because(a, a.First[i].Reason)
			}
		}
		if given := nth(a.Given, i); given != "" && !g.settled {
			g.value = cap200(given)
		}
		g.focus = !g.settled && !focused
		focused = focused || g.focus
		list[i] = g
	}
	return list
}

// full tells whether a mark is as good as there is.
func full(m questions.Mark) bool {
	return m.Verdict == questions.Right || m.Verdict == questions.Slip
}

// open counts the gaps that the second try asks for.
func open(list []gapBefore) int {
	n := 0
	for _, g := range list {
		if !g.settled {
			n++
		}
	}
	return n
}

// gapAfter is a gap after the verdict.
type gapAfter struct {
	typed
	reason string // why it is not right, where the text itself does not say it
}

// hard is a blank at which no line ends, so that a sign stays with its text.
const hard = "\u00a0"

// said is what was given, before the key where that follows.
func (g gapAfter) said() string {
	if g.key != "" && g.given != "" {
		return hard + g.given + ":"
	}
	return hard + g.given
}

func gapsAfter(a questions.Asked, r questions.Response, marks []questions.Mark) []gapAfter {
	list := make([]gapAfter, len(gaps(a.Version.Prompt)))
	for i := range list {
		var own []questions.Mark
		if i < len(marks) {
			own = marks[i : i+1]
		}
		given := strings.TrimSpace(nth(r, i))
		list[i].typed = typedAfter(a, questions.Response{given}, own)
		if len(own) > 0 && own[0].Verdict == questions.Right {
			list[i].key = ""
		}
		if given == "" {
			list[i].sign, list[i].given = say(a, "kind.gap_empty"), ""
		}
		if len(own) > 0 && own[0].Verdict != questions.Right && !slices.Contains(plainReasons[:], own[0].Reason.Code) {
			list[i].reason = say(a, "kind.gap_reason", i+1, because(a, own[0].Reason))
		}
	}
	return list
}

// plainReasons say no more than a gap does that is marked as wrong.
var plainReasons = [...]string{"", "reason.empty", "reason.wrong"}

// filled is a text with its gaps drawn. A gap has no blanks around it but those of
// the text.
func filled(text []safeHTML, drawn []templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		for i, html := range text {
			if err := sanitised(html).Render(ctx, w); err != nil {
				return err
			}
			if i >= len(drawn) || i+1 == len(text) {
				continue
			}
			if err := tightly(drawn[i]).Render(ctx, w); err != nil {
				return err
			}
		}
		return nil
	})
}

// tightly draws without the blanks that a template leaves at its ends.
func tightly(c templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		var b bytes.Buffer
		if err := c.Render(ctx, &b); err != nil {
			return err
		}
		_, err := w.Write(bytes.TrimSpace(b.Bytes()))
		return err
	})
}

func gapsAsk(a questions.Asked, list []gapBefore) []templ.Component {
	drawn := make([]templ.Component, len(list))
	for i, g := range list {
		drawn[i] = gapAsk(a, g)
	}
	return drawn
}

func gapsShow(a questions.Asked, list []gapAfter) []templ.Component {
	drawn := make([]templ.Component, len(list))
	for i, g := range list {
		drawn[i] = gapShow(a, g)
	}
	return drawn
}

// spoken is the text with its gaps by name, for those who hear it.
func spoken(a questions.Asked) string {
	names := make([]string, len(gaps(a.Version.Prompt)))
	for i := range names {
		names[i] = "(" + say(a, "kind.gap_name", i+1) + ")"
	}
	return refill(a.Version.Prompt, names)
}
