package web

import (
	"io"
	"net/http/httptest"
	"net/netip"
	"testing"

	"github.com/gofiber/fiber/v2"
)

// Only a trusted proxy may say for whom it asks; a request of the test comes from
// 0.0.0.0.
func TestForwardedAddressesCountFromTrustedProxiesAlone(t *testing.T) {
	for _, c := range []struct{ proxies, forwarded, want string }{
		{"", "1.2.3.4", "0.0.0.0"},
		{"10.0.0.0/8", "1.2.3.4", "0.0.0.0"},
		{"0.0.0.0", "1.2.3.4", "1.2.3.4"},
		{"0.0.0.0", "6.6.6.6, 1.2.3.4", "1.2.3.4"},
		{"0.0.0.0/1", "1.2.3.4, 100.1.1.1", "1.2.3.4"},
		{"0.0.0.0/1", "200.1.1.1, 100.1.1.1", "200.1.1.1"},
		{"0.0.0.0", "::ffff:1.2.3.4", "1.2.3.4"},
		{"0.0.0.0", "2001:db8::1", "2001:db8::1"},
		{"0.0.0.0", "nonsense", "0.0.0.0"},
		{"0.0.0.0", "", "0.0.0.0"},
	} {
		s := &Server{}
		if c.proxies != "" {
			prefix, err := network(c.proxies)
			if err != nil {
				t.Fatal(err)
			}
			s.proxies = []netip.Prefix{prefix}
		}
		app := fiber.New(fiber.Config{DisableStartupMessage: true})
		app.Get("/", func(f *fiber.Ctx) error { return f.SendString(s.address(f)) })
		req := httptest.NewRequest("GET", "/", nil)
		req.Header.Set("X-Forwarded-For", c.forwarded)
		res, err := app.Test(req, -1)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil || string(got) != c.want {
			t.Errorf("proxies %q, forwarded %q: %s, %v; want %s", c.proxies, c.forwarded, got, err, c.want)
		}
	}
}
