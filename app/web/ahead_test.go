package web_test

import (
	"reflect"
	"strings"
	"testing"

	"thaw/views/assets"
)

// A verdict says which page a browser may draw ahead, and only a verdict does: the next
// question, which being asked for changes nothing.
func TestVerdictsAloneAreReadAhead(t *testing.T) {
	s := open(t)
	v := guest(s)
	rules := func(path string) string {
		res := v.send("GET", path, nil)
		defer res.Body.Close()
		return strings.Trim(res.Header.Get("Speculation-Rules"), `"`)
	}
	at := rules("/sittings/1/questions/1")
	a, ok := assets.Open(at)
	if !ok || a.Type != "application/speculationrules+json" || !strings.Contains(string(a.Body), "/sittings/*/questions/*") {
		t.Errorf("the verdict names %q, which opens as %q: %s", at, a.Type, a.Body)
	}
	for _, path := range []string{"/", "/today", "/progress", "/sittings/1/questions/2", "/settings"} {
		if got := rules(path); got != "" {
			t.Errorf("%s names %s, want nothing read ahead", path, got)
		}
	}
	who := v.person()
	before, err := s.app.Host.Store.Sitting(t.Context(), who.ID, 1)
	if err != nil {
		t.Fatal(err)
	}
	res := v.send("GET", "/sittings/1/questions/2", nil, "Sec-Purpose", "prefetch;prerender")
	res.Body.Close()
	after, err := s.app.Host.Store.Sitting(t.Context(), who.ID, 1)
	if err != nil || !reflect.DeepEqual(before, after) || res.Header.Get("Cache-Control") != "no-store" || len(res.Cookies()) > 0 {
		t.Errorf("a question asked for ahead changes the sitting, from %+v to %+v, %v, or is kept: %v", before, after, err, res.Header)
	}
}
