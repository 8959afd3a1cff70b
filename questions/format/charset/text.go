package charset

import (
	"bytes"

	"thaw/questions/format/bundle"
)

// Text is a file as text, with a note where its encoding had to be guessed. An
// Unreadable where it has more than most bytes or is no text.
func Text(in bundle.Input, most int64) (string, []bundle.Problem, error) {
	data, err := in.All(most)
	if err != nil {
		return "", nil, err
	}
	if Binary(data) {
		return "", nil, bundle.Bad("format.binary")
	}
	text, guessed := Decode(data)
	if guessed {
		return text, []bundle.Problem{{Reason: bundle.Because("format.guessed")}}, nil
	}
	return text, nil, nil
}

// Binary tells that bytes are no text: there is a NUL among their first, and they do
// not begin like UTF-16.
func Binary(data []byte) bool {
	wide := bytes.HasPrefix(data, []byte("\xFE\xFF")) || bytes.HasPrefix(data, []byte("\xFF\xFE"))
	return !wide && bytes.IndexByte(data[:min(len(data), 4096)], 0) >= 0
}
