package ui

import (
	"strings"

	"github.com/a-h/templ"
)

// Input is one labelled field of a form.
type Input struct {
	Name, Label string
	ID          string // "" is the name
	Type        string // "" is text
	Value       string
	Hint        string // a line under the label
	Error       string // what is wrong with the value, and what to do
	Complete    string // autocomplete: username, current-password, new-password, one-time-code ...
	Lang        string // of the value
	Max         int    // characters, 0: no limit
	Optional    bool
	Focus       bool // takes the focus when the page comes
	Zone        bool // a choice of time zones that begins with the device's
	Upper       bool // codes: capitals, no spell check
	Digits      bool // a phone shows its keys for numbers
}

func (in Input) id() string {
	if in.ID == "" {
		return in.Name
	}
	return in.ID
}

func (in Input) kind() string {
	if in.Type == "" {
		return "text"
	}
	return in.Type
}

// describedBy names the lines that a field is described by.
func (in Input) describedBy() string {
	var ids []string
	if in.Hint != "" {
		ids = append(ids, in.id()+"-hint")
	}
	if in.Error != "" {
		ids = append(ids, in.id()+"-error")
	}
	return strings.Join(ids, " ")
}

// Option is one thing to choose.
type Option struct {
	Value, Text string
	Chosen      bool
	State       string // after the verdict: right, wrong, other; "" while open
	Note        string // after the verdict: "your answer"
}

// describe ties a field to its hint and its error.
func describe(in Input) templ.OrderedAttributes {
	var attrs templ.OrderedAttributes
	if by := in.describedBy(); by != "" {
		attrs = append(attrs, templ.KV[string, any]("aria-describedby", by))
	}
	if in.Error != "" {
		attrs = append(attrs, templ.KV[string, any]("aria-invalid", "true"))
	}
	return attrs
}

// secret makes a field one for a password.
func secret(in Input) Input {
	in.Type, in.Value = "password", ""
	if in.Complete == "" {
		in.Complete = "current-password"
	}
	return in
}
