package web

import (
	"io"
	"net/netip"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"thaw/app/fault"
	"thaw/app/people"
)

// sameOrigin refuses unsafe requests that a page of ours has not sent.
func (s *Server) sameOrigin(f *fiber.Ctx) error {
	switch f.Method() {
	case fiber.MethodGet, fiber.MethodHead, fiber.MethodOptions:
		return f.Next()
	}
	switch f.Get("Sec-Fetch-Site") {
	case "same-origin", "none":
		return f.Next()
	case "":
		if origin, err := url.Parse(f.Get("Origin")); err == nil && origin.Host != "" && origin.Host == string(f.Request().Host()) {
			return f.Next()
		}
	}
	return fault.New(fault.Denied, "fault.origin")
}

// roomKey holds how large a request's body may be among fiber's locals.
const roomKey = "room"

// bounded refuses a body that is too large before it is read.
func bounded(most int) fiber.Handler {
	return func(f *fiber.Ctx) error {
		f.Locals(roomKey, most)
		if f.Request().Header.ContentLength() > most {
			return tooLarge(f)
		}
		return f.Next()
	}
}

// room is how large the body of a request may be.
func room(f *fiber.Ctx) int {
	if most, ok := f.Locals(roomKey).(int); ok {
		return most
	}
	return bodyLimit
}

// heardOut is how much of a body that is too large is still read.
const heardOut = 1 << 20

// tooLarge hears a body out before it is refused: a connection closed with
// something unread is reset, and the sender would not see why.
func tooLarge(f *fiber.Ctx) error {
	f.Context().SetConnectionClose()
	if stream := f.Context().RequestBodyStream(); stream != nil {
		_, _ = io.CopyN(io.Discard, stream, heardOut) // it is refused in any case
	}
	return fiber.ErrRequestEntityTooLarge
}

// readBody reads the body, also one whose length is not announced, through the
// limit.
func readBody(f *fiber.Ctx) ([]byte, error) {
	stream := f.Context().RequestBodyStream()
	if stream == nil {
		return f.Request().Body(), nil
	}
	most := room(f)
	body, err := io.ReadAll(io.LimitReader(stream, int64(most)+1))
	if err != nil {
		f.Context().SetConnectionClose()
		return nil, fault.Wrap(err, fault.Invalid, "fault.form")
	}
	if len(body) > most {
		return nil, tooLarge(f)
	}
	return body, nil
}

// address is the client's; a forwarded one counts only from a trusted proxy.
func (s *Server) address(f *fiber.Ctx) string {
	addr, ok := netip.AddrFromSlice(f.Context().RemoteIP())
	if !ok {
		return ""
	}
	addr = addr.Unmap()
	if !s.trusted(addr) {
		return addr.String()
	}
	hops := strings.Split(f.Get("X-Forwarded-For"), ",")
	for i := len(hops) - 1; i >= 0; i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		if addr = hop.Unmap(); !s.trusted(addr) {
			break
		}
	}
	return addr.String()
}

func (s *Server) trusted(addr netip.Addr) bool {
	for _, p := range s.proxies {
		if p.Contains(addr) {
			return true
		}
	}
	return false
}

// allowed lets through whom the route is for. Nobody is led to the door; with
// a post there is nothing to go on with. Who is known and may not meets what
// does not exist.
func (s *Server) allowed(access Access) fiber.Handler {
	if access == nobodySet {
		panic("a route without access")
	}
	return func(f *fiber.Ctx) error {
		if access == anyone {
			return f.Next()
		}
		c, err := s.read(f)
		switch {
		case err != nil:
			return err
		case may(c.Person, access):
			return f.Next()
		case access >= teacher && c.Person.Known():
			return fault.New(fault.Missing, "fault.missing")
		case f.Method() == fiber.MethodPost:
			return fault.New(fault.Denied, "fault.signed_out")
		}
		return away{"/sign-in?next=" + url.QueryEscape(c.Path)}
	}
}

// may tells whether a person has an access.
func may(p people.Person, access Access) bool {
	switch access {
	case anyone:
		return true
	case known:
		return p.ID != 0
	case named:
		return p.Known()
	case teacher:
		return p.Teaches()
	case admin:
		return p.Role == people.Admin
	}
	return false
}
