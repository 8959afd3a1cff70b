package web

import (
	"bytes"
	"fmt"
	"strconv"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"thaw/views"
	"thaw/views/assets"
)

// away leads to another page instead of showing one.
type away struct{ to string }

// Error makes away an error that handlers return.
func (a away) Error() string { return "goes on at " + a.to }

// shownAgain shows a form once more, with its input kept and what is wrong.
type shownAgain struct {
	page views.Page
	err  error
}

// Error is the text for the log.
func (a shownAgain) Error() string { return fmt.Sprintf("form shown again: %v", a.err) }

// Unwrap returns what was wrong.
func (a shownAgain) Unwrap() error { return a.err }

// again shows a form once more.
func again(page views.Page, err error) error { return shownAgain{page, err} }

// look shows a page in answer to a post that has stored nothing and done nothing
// wrong: a preview, one more row.
func look(page views.Page) error { return shownAgain{page: page} }

// get shows a page.
func (s *Server) get(show func(*Ctx) (views.Page, error)) fiber.Handler {
	return func(f *fiber.Ctx) error {
		c, err := s.read(f)
		if err != nil {
			return err
		}
		page, err := show(c)
		if err != nil {
			return err
		}
		return s.draw(f, c, fiber.StatusOK, page)
	}
}

// post does something and leads on.
func (s *Server) post(do func(*Ctx) (to string, err error)) fiber.Handler {
	return func(f *fiber.Ctx) error {
		c, err := s.read(f)
		if err != nil {
			return err
		}
		if err := c.readForm(f); err != nil {
			return err
		}
		defer c.done()
		to, err := do(c)
		if err != nil {
			return err
		}
		s.cookies(f, c)
		return f.Redirect(to, fiber.StatusSeeOther)
	}
}

// draw renders a whole page before any of it is sent, so that one that fails
// leaves nothing half written.
func (s *Server) draw(f *fiber.Ctx, c *Ctx, status int, page views.Page) error {
	body, err := s.drawn(c, page)
	if err != nil {
		return err
	}
	s.cookies(f, c)
	if _, ok := page.(views.Verdict); ok {
		f.Set("Speculation-Rules", ahead())
	}
	if r, ok := page.(interface{ Refresh() int }); ok && r.Refresh() > 0 {
		f.Set("Refresh", strconv.Itoa(r.Refresh()))
	}
	f.Set(fiber.HeaderContentType, "text/html; charset=utf-8")
	return f.Status(status).Send(squeezed(f, body))
}

// drawn is a page as it is sent.
func (s *Server) drawn(c *Ctx, page views.Page) ([]byte, error) {
	var body bytes.Buffer
	err := views.Draw(page).Render(views.With(c.ctx, s.frame(c)), &body)
	return body.Bytes(), err
}

// ahead names the rules by which a browser fetches the next question, and draws it unseen,
// while a verdict is read: asking for a question changes nothing, and its time counts from
// when it is shown. What was fetched is used once, by that link, and goes with its page.
func ahead() string { return strconv.Quote(assets.URL("speculation.json")) }

// onePacket is what leaves in one piece anyhow: to compress less gains nothing.
const onePacket = 1400

// squeezed compresses a page for a browser that takes it so.
func squeezed(f *fiber.Ctx, body []byte) []byte {
	f.Vary(fiber.HeaderAcceptEncoding)
	if len(body) < onePacket || !gzips(f) {
		return body
	}
	f.Set(fiber.HeaderContentEncoding, "gzip")
	return fasthttp.AppendGzipBytesLevel(nil, body, fasthttp.CompressBestSpeed)
}

// gzips tells whether the browser takes gzip.
func gzips(f *fiber.Ctx) bool {
	return f.Get(fiber.HeaderAcceptEncoding) != "" && f.AcceptsEncodings("gzip") == "gzip"
}
