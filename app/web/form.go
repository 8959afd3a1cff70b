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
	body, err := readBody(f)
	if err != nil {
		return err
	}
	sent, err := multipart.NewReader(bytes.NewReader(body), params["boundary"]).ReadForm(int64(room(f)))
	if err != nil {
		return fault.Wrap(err, fault.Invalid, "fault.form")
	}
	c.form, c.files = repaired(sent.Value), sent.File
	return nil
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
	if len(c.files[name]) == 0 || c.files[name][0].Size == 0 {
		return nil, nil
	}
	r, err := c.files[name][0].Open()
	if err != nil {
		return nil, err
	}
	defer r.Close() //nolint:errcheck // read only
	return io.ReadAll(r)
}
