package web

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"github.com/gofiber/fiber/v2"

	"thaw/app/fault"
	"thaw/views"
	"thaw/views/text"
)

// statuses is the one table from a fault to a status.
var statuses = map[fault.Kind]int{
	fault.Invalid:  fiber.StatusUnprocessableEntity,
	fault.Missing:  fiber.StatusNotFound,
	fault.Denied:   fiber.StatusForbidden,
	fault.Conflict: fiber.StatusConflict,
	fault.Limited:  fiber.StatusTooManyRequests,
}

// status is what an error answers with; what nobody foresaw is 500.
func status(err error) int {
	var f *fault.Fault
	if errors.As(err, &f) {
		if f.Busy {
			return fiber.StatusServiceUnavailable
		}
		return statuses[f.Kind]
	}
	var e *fiber.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return fiber.StatusInternalServerError
}

// fail shows every error: a way on, a form again, or a page that says what
// happened, what was kept and what to do.
func (s *Server) fail(f *fiber.Ctx, err error) error {
	f.Response().ResetBody()
	if c, ok := f.Locals(ctxKey).(*Ctx); ok {
		c.ctx = context.WithoutCancel(c.ctx) // the page is drawn also when time has run out
	}
	if done, err := s.passing(f, err); done {
		return err
	}
	code := status(err)
	if code >= fiber.StatusInternalServerError {
		s.Log.Error("request failed", "route", f.Route().Path, "error", err)
	}
	if code == fiber.StatusServiceUnavailable || code == fiber.StatusTooManyRequests {
		f.Set(fiber.HeaderRetryAfter, "5")
	}
	c, readErr := s.read(f)
	if readErr != nil {
		c = &Ctx{ctx: f.UserContext(), Path: f.Path(), lang: "en", now: s.Now()}
	}
	if err := s.draw(f, c, code, errorPage(c, code, err)); err != nil {
		f.Set(fiber.HeaderContentType, "text/plain; charset=utf-8")
		return f.Status(fiber.StatusInternalServerError).SendString("Thaw could not draw this page.")
	}
	return nil
}

// errorPage says what happened, in the reader's language. A fault has its own
// text; every status has what was kept and what to do.
func errorPage(c *Ctx, code int, err error) views.Error {
	key := fmt.Sprintf("error.%d", code)
	if !text.Has(key + ".heading") {
		key = "error.500"
		if code < fiber.StatusInternalServerError {
			key = "error.400"
		}
	}
	p := views.Error{Status: code, Heading: c.Say(key + ".heading"), What: c.Say(key + ".what"),
		Kept: c.Say(key + ".kept"), Do: c.Say(key + ".do")}
	var f *fault.Fault
	if errors.As(err, &f) {
		p.What = c.Say(f.Key, f.Args...)
	}
	if c.Known() {
		p.Links = []views.Link{{Text: c.Say("nav.today"), URL: "/today"}}
	} else {
		p.Links = []views.Link{{Text: c.Say("error.start"), URL: "/"}}
	}
	return p
}

// recovered turns a panic into an error, with where it happened for the log.
func (s *Server) recovered(f *fiber.Ctx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			s.Log.Error("panic", "route", f.Route().Path, "panic", p, "stack", string(debug.Stack()))
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return f.Next()
}
