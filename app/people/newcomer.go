package people

import (
	"strings"

	"thaw/app/fault"
)

// Newcomer is a guest who comes into being with the first thing that they do.
type Newcomer struct {
	Person  Person
	Session Session
	Words   []byte // keyed hash of the recovery words
}

// CheckToken refuses a form's token that no page of ours has sent.
func CheckToken(token string) error {
	if n := len(token); n < 16 || n > 64 {
		return fault.New(fault.Invalid, "fault.token")
	}
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
	if strings.ContainsFunc(token, func(r rune) bool { return !strings.ContainsRune(letters, r) }) {
		return fault.New(fault.Invalid, "fault.token")
	}
	return nil
}
