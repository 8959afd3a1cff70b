package ui

import "strconv"

// Icon names a picture of the sprite. It never stands without a text.
type Icon string

// The icons.
const (
	Check Icon = "check"
	Cross Icon = "cross"
	Half  Icon = "half"
	Back  Icon = "undo"
	Arrow Icon = "arrow"
	Info  Icon = "info"
	Book  Icon = "book"
)

func (i Icon) ref() string { return "#i-" + string(i) }

// logoX is where a segment of the logo stands.
func logoX(i int) string { return strconv.Itoa(i * 6) }

// signs are the icons of the verdicts, by the verdict's stored name.
var signs = map[string]Icon{"right": Check, "slip": Check, "almost": Half, "wrong": Cross}

// classOf is the class of a verdict; what has none is open.
func classOf(verdict string) string {
	if _, ok := signs[verdict]; !ok {
		return "is-open"
	}
	return "is-" + verdict
}
