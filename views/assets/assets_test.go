package assets

import (
	"bytes"
	"compress/gzip"
	"io"
	"regexp"
	"strings"
	"testing"
)

func TestEverythingOpensAtItsURL(t *testing.T) {
	for name, want := range map[string]string{
		"thaw.css": "text/css", "first.js": "text/javascript", "thaw.js": "text/javascript",
		"literata-latin.woff2": "font/woff2", "favicon.svg": "image/svg+xml", "LICENSE.txt": "text/plain",
	} {
		a, ok := Open(URL(name))
		if !ok || len(a.Body) == 0 {
			t.Errorf("%s does not open at %s", name, URL(name))
			continue
		}
		if !strings.HasPrefix(a.Type, want) || !strings.HasPrefix(a.ETag, `"`) {
			t.Errorf("%s has type %q and ETag %s, want %s", name, a.Type, a.ETag, want)
		}
		if a.Gzip != nil && !bytes.Equal(unzip(t, a.Gzip), a.Body) {
			t.Errorf("%s: its gzip does not unpack to its body", name)
		}
	}
	if _, ok := Open(Prefix + "thaw.css"); ok {
		t.Error("an asset opens without its hash, so an old one would be kept for ever")
	}
}

func TestSheetNamesOnlyWhatIsServed(t *testing.T) {
	css, _ := Open(URL("thaw.css"))
	refs := regexp.MustCompile(`url\(([^)]*)\)`).FindAllStringSubmatch(string(css.Body), -1)
	if len(refs) < 3 {
		t.Fatalf("%d references in the sheet, want the fonts", len(refs))
	}
	for _, ref := range refs {
		if _, ok := Open(strings.Trim(ref[1], `"`)); !ok {
			t.Errorf("the sheet names %s, which is not served", ref[1])
		}
	}
}

// TestBudget holds the weights that the landing page's 60 kB are made of.
func TestBudget(t *testing.T) {
	for _, c := range []struct {
		names []string
		max   int
	}{
		{[]string{"thaw.css"}, 10_000},
		{[]string{"first.js", "thaw.js"}, 11_000},
		{[]string{"arrange.js"}, 3_200}, // on pages of things to arrange alone
		{[]string{"timer.js"}, 1_000},   // where there is a time limit
		{[]string{"slips.css"}, 800},    // on the page of slips alone
		{[]string{"literata-latin.woff2"}, 30_000},
	} {
		sum := 0
		for _, name := range c.names {
			a, _ := Open(URL(name))
			sum += sent(a)
		}
		if sum == 0 || sum > c.max {
			t.Errorf("%v weigh %d bytes compressed, want at most %d", c.names, sum, c.max)
		}
		t.Logf("%v: %d bytes", c.names, sum)
	}
}

func sent(a Asset) int {
	if a.Gzip != nil {
		return len(a.Gzip)
	}
	return len(a.Body)
}

// TestScriptsKeepThePolicy holds what the Content Security Policy and Trusted
// Types rely on.
func TestScriptsKeepThePolicy(t *testing.T) {
	first, _ := Open(URL("first.js"))
	src := string(first.Body)
	if !strings.Contains(src, Worker) || strings.Contains(src, "createScript:") {
		t.Error("the default policy must let through our worker, and have no createScript")
	}
	for _, name := range []string{"first.js", "thaw.js", "edit.js", "arrange.js", "timer.js"} {
		a, _ := Open(URL(name))
		for _, never := range []string{"eval(", "new Function", "innerHTML", "document.write", ".style"} {
			if strings.Contains(string(a.Body), never) {
				t.Errorf("%s has %s", name, never)
			}
		}
	}
}

func unzip(t *testing.T, packed []byte) []byte {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return body
}
