package ui

import (
	"strconv"
	"strings"
)

// Dot is one question of a sitting to look back at.
type Dot struct {
	Pos     int
	Verdict string // right, slip, almost, wrong; "" is open
	URL     string // "" leads nowhere
	Label   string // what it says: "Question 3: right"
}

// Figure is a number with what it counts, and how sure it is.
type Figure struct{ Value, Label, Note string }

// Column is a table's heading.
type Column struct {
	Text   string
	Number bool // figures, at the right
}

// piece is a stretch of a line, marked or not.
type piece struct {
	text   string
	strong bool
}

// split finds the part of a line that is to stand out: its last occurrence, for
// the key comes after what was said.
func split(line, part string) []piece {
	at := strings.LastIndex(line, part)
	if part == "" || at < 0 {
		return []piece{{line, false}}
	}
	return []piece{{line[:at], false}, {part, true}, {line[at+len(part):], false}}
}

func number(n int) string { return strconv.Itoa(n) }
