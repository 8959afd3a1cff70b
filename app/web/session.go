package web

import (
	"time"

	"github.com/gofiber/fiber/v2"
)

// cookieName is the one cookie's. Behind HTTPS its prefix binds it to the host.
func (s *Server) cookieName() string {
	if s.secure() {
		return "__Host-thaw"
	}
	return "thaw"
}

// cookies hands a way in to the browser, or takes it back.
func (s *Server) cookies(f *fiber.Ctx, c *Ctx) {
	cookie := &fiber.Cookie{Name: s.cookieName(), Path: "/", HTTPOnly: true, Secure: s.secure(), SameSite: fiber.CookieSameSiteLaxMode}
	switch {
	case c.opened != nil:
		cookie.Value = c.opened.Cookie
		if c.opened.Session.Keep {
			cookie.Expires = c.opened.Session.Ends
		} else {
			cookie.SessionOnly = true
		}
	case c.leaves:
		cookie.Expires = time.Unix(0, 0)
	default:
		return
	}
	f.Cookie(cookie)
}
