// Package fault holds the few kinds of error that a person meets. Each carries
// a text for the person (a key of the text catalogue) and wraps what the log
// should say.
package fault

import "errors"

// Kind says what an error means; app/web turns it into a status in one table.
type Kind string

// The kinds.
const (
	Invalid  Kind = "invalid"  // the input cannot be taken as it is: 422
	Missing  Kind = "missing"  // there is no such thing, or it is not yours: 404
	Denied   Kind = "denied"   // you are known, and may not: 403
	Conflict Kind = "conflict" // it has changed meanwhile: 409
	Limited  Kind = "limited"  // too often, too much, or too busy: 429 or 503
)

// Field is one form field with what is wrong with it.
type Field struct {
	Name string
	Key  string // of the text catalogue
	Args []any
}

// Fault is an error with a text for the person.
type Fault struct {
	Kind   Kind
	Key    string // of the text catalogue: what happened, what was kept, what to do
	Args   []any
	Fields []Field // of Invalid: what is wrong, field by field
	Busy   bool    // of Limited: the server is the cause (503), not the person (429)
	Err    error   // for the log; may be nil
}

// New returns a fault with a text for the person.
func New(kind Kind, key string, args ...any) *Fault {
	return &Fault{Kind: kind, Key: key, Args: args}
}

// Wrap returns a fault that also keeps the error for the log.
func Wrap(err error, kind Kind, key string, args ...any) *Fault {
	return &Fault{Kind: kind, Key: key, Args: args, Err: err}
}

// Error is the text for the log.
func (f *Fault) Error() string {
	if f.Err != nil {
		return string(f.Kind) + " " + f.Key + ": " + f.Err.Error()
	}
	return string(f.Kind) + " " + f.Key
}

// Unwrap returns the error kept for the log.
func (f *Fault) Unwrap() error { return f.Err }

// Is tells whether err is, or wraps, a fault of the kind.
func Is(err error, kind Kind) bool {
	var f *Fault
	return errors.As(err, &f) && f.Kind == kind
}

// Bad collects field errors: with none it returns nil.
func Bad(fields []Field) error {
	if len(fields) == 0 {
		return nil
	}
	return &Fault{Kind: Invalid, Key: "fault.fields", Fields: fields}
}
