package bundle

import (
	"fmt"

	"thaw/questions"
)

// Because is a reason of the text catalogue, its arguments in words.
func Because(code string, args ...any) questions.Reason {
	r := questions.Reason{Code: code}
	for _, a := range args {
		r.Args = append(r.Args, fmt.Sprint(a))
	}
	return r
}

// Bad is the error of a file that cannot be read at all.
func Bad(code string, args ...any) error { return Unreadable{Because(code, args...)} }
