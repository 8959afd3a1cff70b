package apkg

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
)

// errMany is what is said of a list that is longer than it may be.
var errMany = errors.New("too many entries")

// entries goes through a JSON object, one entry at a time, so that a large one takes no
// more memory than what is kept of it.
func entries(object []byte, most int, see func(key string, d *json.Decoder) error) error {
	d := json.NewDecoder(bytes.NewReader(object))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return errors.Join(err, errors.ErrUnsupported)
	}
	for n := 0; d.More(); n++ {
		key, err := d.Token()
		if err != nil {
			return err
		}
		if n >= most {
			return errMany
		}
		name, _ := key.(string)
		var odd *json.UnmarshalTypeError
		if err := see(name, d); err != nil && !errors.As(err, &odd) {
			return err
		}
	}
	return nil
}

// few is a JSON list of which no more than some are kept.
type few[T any] []T

// UnmarshalJSON is part of json.Unmarshaler.
func (f *few[T]) UnmarshalJSON(list []byte) error {
	d := json.NewDecoder(bytes.NewReader(list))
	if t, err := d.Token(); err != nil || t != json.Delim('[') {
		return err
	}
	for d.More() && len(*f) < 500 {
		var one T
		if err := d.Decode(&one); err != nil {
			return err
		}
		*f = append(*f, one)
	}
	return nil
}

// whole is a number that stands as a number or as a text, or 0.
type whole int64

// UnmarshalJSON is part of json.Unmarshaler.
func (n *whole) UnmarshalJSON(text []byte) error {
	if i, err := strconv.ParseInt(strings.Trim(string(text), `"`), 10, 64); err == nil {
		*n = whole(i)
	}
	return nil
}

// number reads an id that stands as text; 0 where it is none.
func number(text string) int64 {
	n, _ := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	return n
}
