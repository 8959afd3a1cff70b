package views

import "github.com/a-h/templ"

// Form is a form that posts; its token makes a doubled submit harmless.
type Form struct{ Action, Token string }

// Field is an input's value shown again, with what is wrong with it.
type Field struct{ Value, Error string }

// Option is one choice of a list.
type Option struct {
	Value, Text string
	Chosen      bool
}

func (o Option) isChosen() bool { return o.Chosen }

// Passage is the stretch of the reading text that stands behind a question.
type Passage struct {
	Section, URL string
	Text         templ.Component
}

// Memory is a fact's place on the scale before and after an answer, 0 to 6.
type Memory struct {
	Of            string // what of the question it is about; "" where it is the whole
	Before, After int
}

// Dot is one question of a sitting to look back at.
type Dot struct {
	Pos     int
	Verdict string
	URL     string
	Label   string
}

// Link is somewhere to go.
type Link struct{ Text, URL string }

// Row is one line of a list.
type Row struct{ Text, Note, URL string }

// TopicThaw counts a topic's facts at each step of the scale; the first is
// never seen.
type TopicThaw struct {
	Title  string
	Counts [7]int
	Facts  int
}
