package sheet

import "regexp"

// formula is what a program that opens the sheet would take for one, or what we have
// defused before.
var formula = regexp.MustCompile(`^'*[=+\-@\t\r]`)

// Defuse puts ' before a cell that a program would take for a formula, so that it is
// shown and not run.
func Defuse(cell string) string {
	if formula.MatchString(cell) {
		return "'" + cell
	}
	return cell
}

// fuse takes away what Defuse has put there.
func fuse(cell string) string {
	if len(cell) > 1 && cell[0] == '\'' && formula.MatchString(cell) {
		return cell[1:]
	}
	return cell
}
