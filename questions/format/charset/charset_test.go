package charset_test

import (
	"testing"

	"thaw/questions/format/charset"
)

func TestDecode(t *testing.T) {
	for _, c := range []struct {
		name, in, want string
		guessed        bool
	}{
		{"plain", "a\nb", "a\nb", false},
		{"Windows line ends", "a\r\nb\rc", "a\nb\nc", false},
		{"UTF-8 with its mark", "\xEF\xBB\xBFä", "ä", false},
		{"UTF-16, little end first", "\xFF\xFEa\x00\xE4\x00\n\x00", "aä\n", false},
		{"UTF-16, big end first", "\xFE\xFF\x00a\x04\x16", "aЖ", false},
		{"windows-1252", "caf\xE9 \x96 \x80", "café – €", true},
		{"NUL", "a\x00b", "a b", false},
		{"empty", "", "", false},
	} {
		got, guessed := charset.Decode([]byte(c.in))
		if got != c.want || guessed != c.guessed {
			t.Errorf("%s: got %q, %v; want %q, %v", c.name, got, guessed, c.want, c.guessed)
		}
	}
}
