package main

import (
	"errors"
	"strings"

	"thaw/app/fault"
	"thaw/views/text"
)

// readable says a fault in words: on the console as on a page.
func readable(err error) error {
	var f *fault.Fault
	if !errors.As(err, &f) {
		return err
	}
	said := []string{text.T("en", f.Key, f.Args...)}
	for _, field := range f.Fields {
		said = append(said, text.T("en", field.Key, field.Args...))
	}
	return errors.New(strings.Join(said, " "))
}
