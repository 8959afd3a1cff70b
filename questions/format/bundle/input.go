package bundle

import (
	"bytes"
	"io"

	"thaw/questions"
)

// Input is a file to read: its name as it was sent and its bytes.
type Input struct {
	Name string
	Size int64
	io.ReaderAt
}

// Of is an input of bytes in memory.
func Of(name string, data []byte) Input {
	return Input{name, int64(len(data)), bytes.NewReader(data)}
}

// Head returns the first n bytes, or all where there are fewer.
func (in Input) Head(n int) []byte {
	head := make([]byte, min(int64(n), in.Size))
	got, _ := in.ReadAt(head, 0)
	return head[:got]
}

// All returns the whole file. An Unreadable when it has more than most bytes.
func (in Input) All(most int64) ([]byte, error) {
	if in.Size > most {
		return nil, Bad("format.large", most>>20)
	}
	data, err := io.ReadAll(io.LimitReader(io.NewSectionReader(in, 0, in.Size), most))
	if err != nil {
		return nil, err
	}
	return data, nil
}

// Unreadable is a file that cannot be read at all: nothing of it is taken.
type Unreadable struct{ Reason questions.Reason }

// Error is the text for the log.
func (u Unreadable) Error() string { return "unreadable file: " + u.Reason.Code }
