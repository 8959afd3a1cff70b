package web

import (
	"context"
	"errors"
	"fmt"
	"net/url"
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
	if err == nil {
		return fiber.StatusOK
	}
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
	if len(f.Route().Handlers) == 0 {
		return s.stray(f, err)
	}
	var on away
	if errors.As(err, &on) {
		return f.Redirect(on.to, fiber.StatusSeeOther)
	}
	err = s.awaited(err)
	code := status(err)
	var form shownAgain
	if errors.As(err, &form) {
		code = status(form.err)
	}
	if code >= fiber.StatusInternalServerError {
		s.Log.Error("request failed", "route", f.Route().Path, "error", err)
	}
	if code == fiber.StatusServiceUnavailable || code == fiber.StatusTooManyRequests {
		f.Set(fiber.HeaderRetryAfter, "5")
	}
	if errors.Is(err, errUnderWay) && f.Method() == fiber.MethodGet {
		f.Set("Refresh", "1") // it comes by itself
	}
	c := s.afterwards(f)
	page := form.page
	if page == nil {
		page = keeping(f, c, errorPage(c, code, err))
	}
	if err := s.draw(f, c, code, page); err != nil {
		s.Log.Error("page not drawn", "route", f.Route().Path, "error", err)
		f.Set(fiber.HeaderContentType, "text/plain; charset=utf-8")
		return f.Status(fiber.StatusInternalServerError).SendString("Thaw could not draw this page.")
	}
	return nil
}

// awaited turns what says that the database cannot be used just now into a fault: nobody
// is to blame, and it goes by.
func (s *Server) awaited(err error) error {
	var told *fault.Fault
	if s.Away == nil || errors.As(err, &told) || !s.Away(err) {
		return err
	}
	return &fault.Fault{Kind: fault.Limited, Key: "fault.busy", Busy: true, Err: err}
}

// keeping puts an answer on the page that says that it is not saved, where its question could
// not be shown again: with its token, so that it counts once however often it is sent.
func keeping(f *fiber.Ctx, c *Ctx, p views.Error) views.Error {
	if p.Status != fiber.StatusServiceUnavailable || f.Method() != fiber.MethodPost {
		return p
	}
	if c.form == nil && c.readForm(f) != nil || c.Form("token") == "" || c.Form("answer") == "" {
		return p
	}
	p.Again = views.Resend{Action: c.Path, Do: c.Say("away.again")}
	for _, name := range []string{"token", "answer", "took", "sure", "was"} {
		for _, value := range c.Values(name) {
			p.Again.Fields = append(p.Again.Fields, views.Sent{Name: name, Value: value})
		}
	}
	p.What, p.Kept, p.Do = c.Say("fault.not_saved"), "", ""
	return p
}

// afterwards is the request once it has failed: a page is drawn also when time
// has run out, and nobody is let in.
func (s *Server) afterwards(f *fiber.Ctx) *Ctx {
	c, err := s.read(f)
	if err != nil {
		c = &Ctx{Path: f.Path(), lang: strayLang, ctx: f.UserContext()}
	}
	c.ctx = context.WithoutCancel(c.ctx)
	c.opened, c.leaves = nil, false
	return c
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
	p.Links = waysOn(c, code)
	return p
}

// waysOn lead on from an error: back to the page where it was made, in by the
// door if that is what is missing, and home.
func waysOn(c *Ctx, code int) []views.Link {
	var links []views.Link
	if !c.Known() && code == fiber.StatusForbidden {
		links = append(links, views.Link{Text: c.Say("nav.sign_in"), URL: "/sign-in?next=" + url.QueryEscape(onward(c.came))})
	} else if c.came != "" {
		links = append(links, views.Link{Text: c.Say("error.back"), URL: c.came})
	}
	if c.Known() {
		return append(links, views.Link{Text: c.Say("nav.today"), URL: "/today"})
	}
	return append(links, views.Link{Text: c.Say("error.start"), URL: "/"})
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
