package web

import "github.com/gofiber/fiber/v2"

// policy lets a page load only what is ours and run no script that stands in
// the page.
const policy = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; " +
	"require-trusted-types-for 'script'; trusted-types default"

// headers stand on every response, errors and assets included.
func (s *Server) headers(f *fiber.Ctx) error {
	f.Set("Content-Security-Policy", policy)
	f.Set("X-Content-Type-Options", "nosniff")
	f.Set("Referrer-Policy", "same-origin")
	f.Set("Cross-Origin-Opener-Policy", "same-origin")
	f.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
	f.Set("Cache-Control", "no-store")
	if s.secure() {
		f.Set("Strict-Transport-Security", "max-age=31536000")
	}
	return f.Next()
}
