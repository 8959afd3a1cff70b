package web

import (
	"context"
	"log/slog"
	"time"

	"github.com/gofiber/fiber/v2"
)

// logged gives a request its deadline, shows its error, and writes one line: the
// route's pattern, never its values.
func (s *Server) logged(f *fiber.Ctx) error {
	begun := time.Now()
	base := s.Base
	if base == nil {
		base = context.Background()
	}
	ctx, cancel := context.WithTimeout(base, decisionTime)
	defer cancel()
	f.SetUserContext(ctx)
	err := f.Next()
	if err != nil {
		err = s.fail(f, err)
	}
	took, route := time.Since(begun), pattern(f)
	if s.Observe != nil {
		s.Observe(f.Method(), route, f.Response().StatusCode(), took)
	}
	s.Log.LogAttrs(f.UserContext(), slog.LevelInfo, "request",
		slog.String("method", f.Method()), slog.String("route", route),
		slog.Int("status", f.Response().StatusCode()), slog.Duration("took", took),
		slog.Int("bytes", len(f.Response().Body())))
	return err
}

// pattern is the route's; an address that is none has a name of its own.
func pattern(f *fiber.Ctx) string {
	if p := f.Route().Path; p != "/" || f.Path() == "/" {
		return p
	}
	return "unknown"
}
