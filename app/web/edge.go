package web

import (
	"context"
	"runtime/debug"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"thaw/views/text"
)

// edge stands around everything, also around what never becomes a request: each
// response gets the headers, and no panic ends the program.
func (s *Server) edge() {
	server := s.app.Server()
	handle, refuse := server.Handler, server.ErrorHandler
	server.Handler = func(c *fasthttp.RequestCtx) {
		defer s.caught(c)
		s.stamp(&c.Response.Header)
		handle(c)
	}
	server.ErrorHandler = func(c *fasthttp.RequestCtx, err error) {
		defer s.caught(c)
		s.stamp(&c.Response.Header)
		refuse(c, err)
	}
}

// caught answers in plain text when even the error page could not be drawn.
func (s *Server) caught(c *fasthttp.RequestCtx) {
	p := recover()
	if p == nil {
		return
	}
	s.Log.Error("panic at the edge", "panic", p, "stack", string(debug.Stack()))
	c.Response.ResetBody()
	c.SetStatusCode(fiber.StatusInternalServerError)
	c.SetContentType("text/plain; charset=utf-8")
	c.SetBodyString(text.T(strayLang, "error.500.what") + " " + text.T(strayLang, "error.500.kept"))
}

// strayLang is the language for whom nothing is known of.
const strayLang = "en"

// stray answers what could not be read as a request: nothing of it is looked at
// or logged, since nobody knows what it is. The page is drawn once for each status:
// thousands who send nothing in time are all told so in the same moment.
func (s *Server) stray(f *fiber.Ctx, err error) error {
	code := status(err)
	s.Log.Info("request", "method", "none", "route", "unreadable", "status", code)
	body, ok := s.strays.Load(code)
	if !ok {
		c := &Ctx{ctx: context.Background(), lang: strayLang}
		if body, err = s.drawn(c, errorPage(c, code, nil)); err != nil {
			return err
		}
		s.strays.Store(code, body)
	}
	f.Set(fiber.HeaderContentType, "text/html; charset=utf-8")
	f.Response().SetBodyRaw(body.([]byte)) //nolint:forcetypeassert // nothing else is stored, and nobody changes it
	f.Status(code)
	return nil
}
