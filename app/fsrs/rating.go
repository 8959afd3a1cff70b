package fsrs

// Rating is how well a fact was recalled, the G of the formulas: 1 to 4.
type Rating uint8

// The ratings. Again is a lapse; the other three are successes.
const (
	Again Rating = 1 + iota
	Hard
	Good
	Easy
)

// Valid tells whether the rating is one of the four. The zero Rating is not.
func (r Rating) Valid() bool { return r >= Again && r <= Easy }

// String returns the rating's name in lower case, "none" if it is not Valid.
func (r Rating) String() string {
	if !r.Valid() {
		return "none"
	}
	return [...]string{"again", "hard", "good", "easy"}[r-1]
}
