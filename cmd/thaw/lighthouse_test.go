package main

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"thaw/db/dbtest"
)

// lighthouse is the path of Lighthouse, which looks at pages as a phone shows them, from
// THAW_LIGHTHOUSE or the folder into which CI installs it.
func lighthouse(t *testing.T) string {
	t.Helper()
	if _, err := exec.LookPath("node"); err != nil {
		dbtest.Need(t, "Node, to run Lighthouse")
	}
	for _, path := range []string{os.Getenv("THAW_LIGHTHOUSE"), "../../.ci/node_modules/lighthouse/cli/index.js"} {
		if _, err := os.Stat(path); path != "" && err == nil { // #nosec G703 -- a test's own setting
			return path
		}
	}
	dbtest.Need(t, "Lighthouse (THAW_LIGHTHOUSE, or npm install in .ci)")
	return ""
}

// audited is what Lighthouse says of a page.
type audited struct {
	RuntimeError struct{ Message string } // the browser gave up: the machine is too busy
	Categories   map[string]struct{ Score float64 }
	Audits       map[string]struct {
		Title        string
		Score        *float64
		NumericValue float64
		Details      struct{ Items json.RawMessage }
	}
}

// items counts the rows of an audit's table.
func (a audited) items(id string) int {
	var rows []json.RawMessage
	if json.Unmarshal(a.Audits[id].Details.Items, &rows) != nil {
		return 0
	}
	return len(rows)
}

// short are the audits of the categories that are asserted which find something.
func (a audited) short() string {
	var found []string
	for id, audit := range a.Audits {
		if audit.Score != nil && *audit.Score < 1 {
			found = append(found, id+" ("+audit.Title+")")
		}
	}
	return strings.Join(found, ", ")
}

// audit runs Lighthouse over a page as a slow phone on a slow line, with a visitor's cookie.
func audit(ctx context.Context, script, chrome, dir, address, cookie string) (a audited, err error) {
	headers, out := filepath.Join(dir, "headers.json"), filepath.Join(dir, "report.json")
	if err := os.WriteFile(headers, []byte(`{"Cookie":"`+cookie+`"}`), 0o600); err != nil {
		return a, err
	}
	cmd := exec.CommandContext(ctx, "node", script, address, "--quiet", "--output=json", "--output-path="+out, "--only-categories=performance,accessibility,best-practices", // #nosec G204 -- a test's own
		"--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage", "--extra-headers="+headers)
	cmd.Env = append(os.Environ(), "CHROME_PATH="+chrome, "HOME="+dir)
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return a, err
	}
	raw, err := os.ReadFile(out) // #nosec G304 -- written a moment ago
	if err != nil {
		return a, err
	}
	if err := json.Unmarshal(raw, &a); err != nil {
		return a, err
	}
	if a.RuntimeError.Message != "" {
		return a, errors.New(a.RuntimeError.Message)
	}
	return a, nil
}

// budgets are what a page may cost at most: bytes as they are sent, and requests; the
// document itself and its icon are among them.
var budgets = []struct {
	page            string
	bytes, requests float64
}{{"landing", 60_000, 6}, {"question", 60_000, 8}, {"today", 60_000, 6}, {"progress", 80_000, 6}}

// TestLighthouse wants everything that Lighthouse can say for certain about the pages that
// pupils see most: full marks for accessibility and best practices, nothing that jumps,
// few bytes and few requests. How fast a page is depends on what else the machine does: that
// is printed with -v.
func TestLighthouse(t *testing.T) {
	script, chrome := lighthouse(t), chromePath(t)
	p := start(t, t.TempDir(), "--demo")
	b := p.browser(t)
	b.get("/sign-in")
	b.submit("password", "name", demoNames[0], "password", demoPassword)
	b.get("/today")
	b.press("/sittings")
	at := map[string]string{"landing": "/", "question": b.page.path, "today": "/today", "progress": "/progress"}
	home, err := url.Parse(p.url)
	if err != nil {
		t.Fatal(err)
	}
	cookie := b.client.Jar.Cookies(home)[0]
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	defer cancel()
	found := make([]audited, len(budgets))
	errs := make([]error, len(budgets))
	again := make([]func(), len(budgets))
	var wait sync.WaitGroup
	for i, page := range budgets {
		dir, with := t.TempDir(), cookie.Name+"="+cookie.Value
		if page.page == "landing" {
			with = "a=b"
		}
		again[i] = func() { found[i], errs[i] = audit(ctx, script, chrome, dir, p.url+at[page.page], with) }
		wait.Go(again[i])
	}
	wait.Wait()
	for i, page := range budgets {
		if errs[i] != nil { // alone, what was too much at once is not
			again[i]()
		}
		a := found[i]
		if errs[i] != nil {
			t.Fatalf("%s: %v", page.page, errs[i])
		}
		bytes, requests := a.Audits["total-byte-weight"].NumericValue, float64(a.items("network-requests"))
		t.Logf("%s: performance %.0f with all pages at once; %.0f bytes in %.0f requests, %d of them hold up drawing; first paint %.0f ms, largest %.0f ms, blocked %.0f ms", page.page,
			100*a.Categories["performance"].Score, bytes, requests, a.items("render-blocking-resources"),
			a.Audits["first-contentful-paint"].NumericValue, a.Audits["largest-contentful-paint"].NumericValue, a.Audits["total-blocking-time"].NumericValue)
		if a.Categories["accessibility"].Score != 1 || a.Categories["best-practices"].Score != 1 {
			t.Errorf("%s: accessibility %v, best practices %v, want 1: %s", page.page, a.Categories["accessibility"].Score, a.Categories["best-practices"].Score, a.short())
		}
		if shift := a.Audits["cumulative-layout-shift"].NumericValue; shift > 0 {
			t.Errorf("%s jumps while it loads, by %v", page.page, shift)
		}
		if bytes == 0 || requests == 0 || bytes > page.bytes || requests > page.requests {
			t.Errorf("%s takes %.0f bytes in %.0f requests, want at most %.0f in %.0f", page.page, bytes, requests, page.bytes, page.requests)
		}
	}
}
