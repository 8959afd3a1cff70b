package people

import (
	"crypto/rand"
	"math/big"
	"net/url"
	"strings"
	"unicode"
)

// The letters of a class's code: no vowels, so that no word comes out, and none
// that is taken for another or for a digit when it is read from a board.
const codeLetters = "BCDFGHJKLMNPQRSTVWXZ"

const codeLength = 6

// NewCode draws one of 64 million codes.
func NewCode() (string, error) {
	code := make([]byte, codeLength)
	for i := range code {
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(codeLetters))))
		if err != nil {
			return "", err
		}
		code[i] = codeLetters[n.Int64()]
	}
	return string(code), nil
}

// ReadCode takes a code as people type it, in any case, with blanks and hyphens
// anywhere; ok is false for what cannot be one.
func ReadCode(typed string) (code string, ok bool) {
	if plain, err := url.PathUnescape(typed); err == nil {
		typed = plain
	}
	if len(typed) > 60 {
		return "", false
	}
	code = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Dash, r) || r == '_' || r == '.' {
			return -1
		}
		return unicode.ToUpper(r)
	}, typed)
	foreign := strings.ContainsFunc(code, func(r rune) bool { return !strings.ContainsRune(codeLetters, r) })
	return code, len(code) == codeLength && !foreign
}

// SpellCode writes a code as it stands on the board.
func SpellCode(code string) string {
	if len(code) != codeLength {
		return code
	}
	return code[:codeLength/2] + " " + code[codeLength/2:]
}
