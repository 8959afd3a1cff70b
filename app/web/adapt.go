package web

import (
	"bytes"
	"errors"

	"github.com/gofiber/fiber/v2"

	"thaw/views"
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
func (a shownAgain) Error() string { return "form shown again" }

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
		if c.form, err = readForm(f); err != nil {
			return err
		}
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
	var body bytes.Buffer
	ctx := views.With(c.ctx, s.frame(c))
	if err := views.Draw(page).Render(ctx, &body); err != nil {
		return err
	}
	s.cookies(f, c)
	f.Set(fiber.HeaderContentType, "text/html; charset=utf-8")
	return f.Status(status).Send(body.Bytes())
}

// passing tells the errors that are ways on from those that went wrong.
func (s *Server) passing(f *fiber.Ctx, err error) (bool, error) {
	var on away
	if errors.As(err, &on) {
		return true, f.Redirect(on.to, fiber.StatusSeeOther)
	}
	var form shownAgain
	if errors.As(err, &form) {
		c, readErr := s.read(f)
		if readErr != nil {
			return false, readErr
		}
		return true, s.draw(f, c, status(form.err), form.page)
	}
	return false, nil
}
