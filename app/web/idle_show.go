package web

import (
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"thaw/app/people"
	"thaw/views"
)

// kept leads whoever has one page alone there. What a paused guest's page still
// sends is taken: it is the guest who wrote it.
func (s *Server) kept(f *fiber.Ctx, c *Ctx) error {
	switch {
	case keptTo(c.Person, c.Path):
		return away{"/leaving"}
	case f.Method() == fiber.MethodPost || c.Path == "/idle" || c.Path == "/privacy" || !s.Desk.Paused(c.Person, c.Session):
		return nil
	}
	return away{"/idle?next=" + url.QueryEscape(onward(f.OriginalURL()))}
}

// idleShow asks who is there, and shows nothing of the guest.
func (s *Server) idleShow(c *Ctx) (views.Page, error) {
	next := onward(c.Query("next"))
	if !s.Desk.Paused(c.Person, c.Session) {
		return c.Go(next)
	}
	return views.Idle{GoOn: views.Form{Action: "/idle"}, Fresh: views.Form{Action: "/fresh"}, Next: next}, nil
}

// idleGoOn is the same guest, on a browser that may be theirs.
func (s *Server) idleGoOn(c *Ctx) (string, error) {
	next, keep := onward(c.Form("next")), c.Form("keep") == "1"
	if !c.guest() {
		return next, nil
	}
	session, err := s.Desk.GoOn(c.Context(), c.Person, c.Session, keep)
	if keep && err == nil {
		c.SignIn(people.Opened{Person: c.Person, Session: session, Cookie: c.cookie})
	}
	return next, err
}

// Where somebody may have wanted to go who is not known here.
var openPages = []string{"/join", "/sign-in", "/sign-up", "/recover", "/read", "/link", "/invite"}

// fresh ends a guest's session; whoever is there now goes where they wanted to.
func (s *Server) fresh(c *Ctx) (string, error) {
	to, err := s.signOut(c)
	next := onward(c.Form("next"))
	path, _, _ := strings.Cut(next, "?")
	if slices.ContainsFunc(openPages, func(p string) bool { return path == p || strings.HasPrefix(path, p+"/") }) {
		to = next
	}
	return to, err
}
