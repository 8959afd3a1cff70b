// Package charset makes text of a file's bytes, whatever program has written it.
package charset

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// Decode makes UTF-8 text with plain line ends of bytes: by their byte order mark,
// else as UTF-8 where they are that, else as windows-1252, which is a guess. A NUL in
// the text becomes a blank.
func Decode(data []byte) (text string, guessed bool) {
	switch {
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		text = strings.ToValidUTF8(string(data[3:]), "\uFFFD")
	case bytes.HasPrefix(data, []byte("\xFE\xFF")), bytes.HasPrefix(data, []byte("\xFF\xFE")):
		text = by(unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM), data)
	case utf8.Valid(data):
		text = string(data)
	default:
		text, guessed = by(charmap.Windows1252, data), true
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", " ").Replace(text), guessed
}

// by decodes; what fits no character becomes the sign for that.
func by(e encoding.Encoding, data []byte) string {
	text, err := e.NewDecoder().Bytes(data)
	if err != nil {
		return strings.ToValidUTF8(string(data), "\uFFFD")
	}
	return string(text)
}
