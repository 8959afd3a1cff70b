package web_test

import (
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"thaw/app/web"
)

// headers are what stands on every response, word for word.
var headers = map[string]string{
	"Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; " +
		"require-trusted-types-for 'script'; trusted-types default",
	"X-Content-Type-Options":       "nosniff",
	"Referrer-Policy":              "same-origin",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Permissions-Policy":           "camera=(), microphone=(), geolocation=()",
	"Cache-Control":                "no-store",
	"Strict-Transport-Security":    "",
	"Server":                       "",
	"Access-Control-Allow-Origin":  "",
	"X-Powered-By":                 "",
	"Access-Control-Allow-Headers": "",
}

// stamped fails for each header of a response that is not as it should be.
func stamped(t *testing.T, what string, res *http.Response, but ...string) {
	t.Helper()
	for name, want := range headers {
		for i := 0; i+1 < len(but); i += 2 {
			if but[i] == name {
				want = but[i+1]
			}
		}
		if got := strings.Join(res.Header.Values(name), " and "); got != want {
			t.Errorf("%s: %s is %q, want %q", what, name, got, want)
		}
	}
}

// TestHeadersStandOnEveryResponse of every route, by every method, for nobody and for
// somebody, on errors and on what is no address at all.
func TestHeadersStandOnEveryResponse(t *testing.T) {
	s := open(t)
	v := named(s, "Ada", "admin")
	cookie := v.cookie
	statuses := map[int]int{}
	for _, r := range s.server.Routes() {
		if strings.HasPrefix(r.Path, "/assets/") {
			continue
		}
		methods := []string{r.Method}
		if r.Method == "GET" {
			methods = []string{"GET", "HEAD"}
		}
		for _, method := range methods {
			for _, by := range []string{"", cookie} {
				if by != "" && (r.Path == "/sign-out" || r.Path == "/account/leave" && r.Method == "POST") {
					continue
				}
				res := (&visitor{site: s, cookie: by}).send(method, fill(r.Path), url.Values{})
				res.Body.Close()
				statuses[res.StatusCode]++
				stamped(t, method+" "+r.Path, res)
			}
		}
	}
	for _, want := range []int{200, 303, 403, 404, 422} {
		if statuses[want] == 0 {
			t.Errorf("no response had the status %d: %v", want, statuses)
		}
	}
	for _, c := range []struct {
		method, path string
		status       int
	}{
		{"GET", "/nothing", 404}, {"HEAD", "/nothing", 404}, {"PUT", "/", 405}, {"BREW", "/", 400}, {"GET", "/assets/none.css", 404}, {"GET", "/assets/../thaw.db", 404},
		{"GET", "/people/%2e%2e", 303},
	} {
		res := (&visitor{site: s}).send(c.method, c.path, nil, "Sec-Fetch-Site", "same-origin")
		res.Body.Close()
		if res.StatusCode != c.status {
			t.Errorf("%s %s: %d, want %d", c.method, c.path, res.StatusCode, c.status)
		}
		stamped(t, c.method+" "+c.path, res)
	}
}

// Assets alone may be kept, for ever: their name changes with what is in them.
func TestHeadersOfAssets(t *testing.T) {
	s := open(t)
	v := &visitor{site: s}
	seen := 0
	for _, asset := range regexp.MustCompile(`/assets/[^"]+\.\w+`).FindAllString(v.page("/read"), -1) {
		for _, method := range []string{"GET", "HEAD"} {
			res := v.send(method, asset, nil)
			res.Body.Close()
			seen++
			if res.StatusCode != 200 {
				t.Errorf("%s %s: %d", method, asset, res.StatusCode)
			}
			stamped(t, method+" "+asset, res, "Cache-Control", "public, max-age=31536000, immutable")
		}
	}
	if seen < 10 {
		t.Errorf("saw %d assets", seen)
	}
}

// TestCookies: out of reach of scripts and of other sites, and behind HTTPS bound to the
// host. A guest's goes with the browser; one that is kept has an end.
func TestCookies(t *testing.T) {
	for url, want := range map[string]struct{ name, secure, transport string }{
		"http://example.com":  {"thaw", "", ""},
		"https://example.com": {"__Host-thaw", "Secure", "max-age=31536000"},
	} {
		t.Run(url, func(t *testing.T) {
			s := open(t)
			var err error
			if s.server, err = s.app.Server(web.Config{URL: url, Log: s.server.Log}); err != nil {
				t.Fatal(err)
			}
			sets := func(v *visitor, path string, pairs ...string) (*http.Cookie, string) {
				t.Helper()
				res := v.posted(path, pairs...)
				defer res.Body.Close()
				raw := res.Header.Get("Set-Cookie")
				if len(res.Cookies()) != 1 {
					t.Fatalf("POST %s: %d, sets %q", path, res.StatusCode, raw)
				}
				stamped(t, "POST "+path, res, "Strict-Transport-Security", want.transport)
				c := res.Cookies()[0]
				if c.Name != want.name || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Secure != (want.secure != "") || c.Path != "/" || c.Domain != "" {
					t.Errorf("POST %s sets %q", path, raw)
				}
				return c, raw
			}
			v := &visitor{site: s}
			if c, raw := sets(v, "/", "token", token(v.page("/")), "answer", "1"); !c.Expires.IsZero() || c.MaxAge != 0 {
				t.Errorf("a guest's cookie stays when the browser is closed: %q", raw)
			}
			sets(v, "/sign-up", "name", "Ada", "password", "seven amber trams")
			v = &visitor{site: s}
			if c, raw := sets(v, "/sign-in", "name", "Ada", "password", "seven amber trams"); !c.Expires.IsZero() {
				t.Errorf("a cookie that nobody asked to keep stays: %q", raw)
			}
			v = &visitor{site: s}
			if c, raw := sets(v, "/sign-in", "name", "Ada", "password", "seven amber trams", "keep", "1"); c.Expires.Before(s.now) {
				t.Errorf("a cookie to be kept has no end: %q", raw)
			}
			if c, raw := sets(v, "/sign-out"); c.Value != "" || c.Expires.After(s.now) {
				t.Errorf("signing out leaves %q", raw)
			}
		})
	}
}

// posted sends a form and returns the response, its body read.
func (v *visitor) posted(path string, pairs ...string) *http.Response {
	v.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	res := v.send("POST", path, form)
	defer res.Body.Close()
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		v.t.Fatal(err)
	}
	return res
}
