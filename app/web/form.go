package web

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"thaw/app/fault"
	"thaw/questions/format/bundle"
)

// uploadTime is how long a form with files may take to arrive.
const uploadTime = 2 * time.Minute

// readForm reads a form from the body, through the route's limit; files come along where
// the route has room for them.
func (c *Ctx) readForm(f *fiber.Ctx) error {
	kind, params, _ := mime.ParseMediaType(f.Get(fiber.HeaderContentType))
	if kind != "multipart/form-data" || room(f) == bodyLimit {
		return c.readFields(f)
	}
	if conn := f.Context().Conn(); conn != nil {
		_ = conn.SetReadDeadline(time.Now().Add(uploadTime)) // what fails here fails while reading
	}
	body := &bounding{Reader: bodyOf(f), left: int64(room(f))}
	sent, err := multipart.NewReader(body, params["boundary"]).ReadForm(inMemory)
	if body.left < 0 {
		return tooLarge(f)
	}
	if err != nil {
		f.Context().SetConnectionClose()
		return fault.Wrap(err, fault.Invalid, "fault.form")
	}
	c.form, c.sent = repaired(sent.Value), sent
	return nil
}

// inMemory is how much of the files of a form is held in memory; the rest waits on disk
// until it is answered.
const inMemory = 1 << 20

// bodyOf is the body as it comes.
func bodyOf(f *fiber.Ctx) io.Reader {
	if stream := f.Context().RequestBodyStream(); stream != nil {
		return stream
	}
	return bytes.NewReader(f.Request().Body())
}

// bounding ends with an error behind what may come.
type bounding struct {
	io.Reader
	left int64
}

// Read is part of io.Reader.
func (b *bounding) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return n, io.ErrUnexpectedEOF
	}
	return n, err
}

// done lets go of the files that came with a form.
func (c *Ctx) done() {
	if c.sent != nil {
		_ = c.sent.RemoveAll() // what stays is in the system's folder for what may go
	}
}

func (c *Ctx) readFields(f *fiber.Ctx) error {
	body, err := readBody(f)
	if err != nil {
		return err
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return fault.Wrap(err, fault.Invalid, "fault.form")
	}
	c.form = repaired(form)
	return nil
}

// repaired puts a sign in the place of what is no text.
func repaired(form url.Values) url.Values {
	for _, values := range form {
		for i, v := range values {
			if !utf8.ValidString(v) || strings.ContainsRune(v, 0) {
				values[i] = strings.ReplaceAll(strings.ToValidUTF8(v, "\uFFFD"), "\x00", "\uFFFD")
			}
		}
	}
	return form
}

// file is the first file of a field, nil where none was sent.
func (c *Ctx) file(name string) ([]byte, error) {
	in, end, err := c.input(name)
	if err != nil || in.Size == 0 {
		return nil, err
	}
	defer end()
	return io.ReadAll(io.NewSectionReader(in, 0, in.Size))
}

// input is the first file of a field, of size 0 where none was sent, and what ends its
// use.
func (c *Ctx) input(name string) (in bundle.Input, end func(), err error) {
	if c.sent == nil || len(c.sent.File[name]) == 0 || c.sent.File[name][0].Size == 0 {
		return in, func() {}, nil
	}
	head := c.sent.File[name][0]
	r, err := head.Open()
	if err != nil {
		return in, nil, err
	}
	return bundle.Input{Name: head.Filename, Size: head.Size, ReaderAt: r}, func() { _ = r.Close() }, nil
}
