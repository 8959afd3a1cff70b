package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"thaw/db/dbtest"
	"thaw/views/assets"
	"thaw/views/story"
)

// chromePath is where the machine's Chromium lies.
func chromePath(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			return found
		}
	}
	dbtest.Need(t, "Chromium")
	return ""
}

// chromium starts a browser with an empty profile.
func chromium(t *testing.T) context.Context {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromePath(t)), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("headless", "new"), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-dev-shm-usage", true), chromedp.WSURLReadTimeout(time.Minute))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, closeTab := chromedp.NewContext(allocator)
	t.Cleanup(closeTab)
	ctx, cancel := context.WithTimeout(ctx, 3*time.Minute)
	t.Cleanup(cancel)
	if err := chromedp.Run(ctx); err != nil {
		t.Fatalf("start Chromium: %v", err)
	}
	return ctx
}

// complaints collects what the browser's console says is wrong.
func complaints(ctx context.Context) func() []string {
	var lines []string
	chromedp.ListenTarget(ctx, func(event any) {
		switch e := event.(type) {
		case *log.EventEntryAdded:
			if e.Entry.Level == log.LevelError {
				lines = append(lines, e.Entry.Text)
			}
		case *runtime.EventExceptionThrown:
			lines = append(lines, e.ExceptionDetails.Error())
		}
	})
	return func() []string { return lines }
}

// appears waits until something can be seen.
func appears(selector string) chromedp.Action {
	return comesTrue(fmt.Sprintf(`[...document.querySelectorAll(%q)].some((e) => e.checkVisibility())`, selector))
}

// goes waits until something is there no more.
func goes(selector string) chromedp.Action {
	return comesTrue(fmt.Sprintf(`!document.querySelector(%q)`, selector))
}

// comesTrue asks a page anew until it says yes: a question that a change of pages
// overtakes is never answered, so none is waited for long.
func comesTrue(condition string) chromedp.Action {
	return chromedp.ActionFunc(func(ctx context.Context) error {
		for ctx.Err() == nil {
			var yes bool
			once, cancel := context.WithTimeout(ctx, time.Second)
			err := chromedp.Evaluate(condition, &yes).Do(once)
			cancel()
			if err == nil && yes {
				return nil
			}
			time.Sleep(20 * time.Millisecond)
		}
		return fmt.Errorf("%w: %s", ctx.Err(), condition)
	})
}

// look sets what the visitor's screen is like.
func look(width int64, scheme string) chromedp.Action {
	return chromedp.Tasks{chromedp.EmulateViewport(width, 800), prefers("prefers-color-scheme", scheme)}
}

// prefers sets what the visitor prefers beside calm pages.
func prefers(what, value string) chromedp.Action {
	return emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{
		{Name: what, Value: value}, {Name: "prefers-reduced-motion", Value: "reduce"}})
}

// shot keeps a picture in the folder that THAW_SHOTS names.
func shot(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	dir := os.Getenv("THAW_SHOTS")
	if dir == "" {
		return
	}
	var png []byte
	if err := chromedp.Run(ctx, chromedp.FullScreenshot(&png, 100)); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o600); err != nil {
		t.Fatal(err)
	}
}

// axe is the accessibility checker's script, from THAW_AXE or the folder into
// which CI installs it.
func axe(t *testing.T) string {
	t.Helper()
	for _, path := range []string{os.Getenv("THAW_AXE"), "../../.ci/node_modules/axe-core/axe.min.js"} {
		if script, err := os.ReadFile(path); err == nil { // #nosec G304 -- a test's own setting
			return string(script)
		}
	}
	dbtest.Need(t, "axe-core (THAW_AXE, or npm install in .ci)")
	return ""
}

// stories serves stories as the program would, headers included.
func stories(t *testing.T, all []story.Story) string {
	t.Helper()
	pages := map[string]story.Story{}
	for _, s := range all {
		pages["/"+s.Name] = s
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "+
			"frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types default")
		if a, ok := assets.Open(r.URL.Path); ok {
			w.Header().Set("Content-Type", a.Type)
			_, _ = w.Write(a.Body)
			return
		}
		s, ok := pages[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if err := s.Render(r.Context()).Render(r.Context(), w); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}

type finding struct {
	ID    string
	Help  string
	Nodes []struct{ HTML string }
}

// violations runs axe, whose script the page that is open has, over it: some rules, a JSON
// list, or all.
func violations(ctx context.Context, rules string) ([]finding, error) {
	var raw string
	only := ""
	if rules != "" {
		only = `, runOnly: {type: "rule", values: ` + rules + `}`
	}
	err := chromedp.Run(ctx, chromedp.Evaluate(`axe.run(document, {resultTypes: ["violations"]`+only+`}).then(r => JSON.stringify(r.violations.map(v => ({id: v.id, help: v.help, nodes: v.nodes.map(n => ({html: n.html}))}))))`,
		&raw, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
	if err != nil {
		return nil, err
	}
	var found []finding
	return found, json.Unmarshal([]byte(raw), &found)
}

// TestStoriesInTheBrowser looks at them in two browsers side by side.
func TestStoriesInTheBrowser(t *testing.T) {
	all := story.All()
	for part, some := range [][]story.Story{all[:len(all)/2], all[len(all)/2:]} {
		t.Run(fmt.Sprint("part ", part+1), func(t *testing.T) {
			t.Parallel()
			inspect(t, some)
		})
	}
}

// Rules of axe that say something else of the same page in other colours, and in another
// size.
const (
	ofColours = `["color-contrast", "link-in-text-block"]`
	ofSizes   = `["target-size", "scrollable-region-focusable"]`
)

// screens are the ways in which every story is looked at: by all rules where a page is
// another one, else by those that its colours or its size may break. Zoomed is a window of
// 1280 at 200 %.
var screens = []struct {
	name  string
	looks chromedp.Action
	rules string // "": all
}{
	{"light", look(1200, "light"), ""},
	{"dark", look(1200, "dark"), ofColours},
	{"forced", prefers("forced-colors", "active"), ofColours},
	{"zoomed", chromedp.Tasks{chromedp.EmulateViewport(640, 400, chromedp.EmulateScale(2)), prefers("prefers-color-scheme", "light")}, ofSizes},
	{"narrow", look(320, "light"), ""},
}

// inspect looks at every story in every way: nothing scrolls sideways, axe finds nothing,
// the console is silent.
func inspect(t *testing.T, all []story.Story) {
	t.Helper()
	script := axe(t)
	ctx := chromium(t)
	said := complaints(ctx)
	base := stories(t, all)
	for _, s := range all {
		t.Run(s.Name, func(t *testing.T) {
			err := chromedp.Run(ctx, screens[0].looks, chromedp.Navigate(base+"/"+s.Name), appears("h1"), chromedp.Evaluate(script+"; 0", nil))
			if err != nil {
				t.Fatal(err)
			}
			for _, screen := range screens {
				inspectOn(t, ctx, screen.name, screen.looks, screen.rules)
				shot(t, ctx, "story-"+s.Name+"-"+screen.name)
			}
		})
	}
	if lines := said(); len(lines) > 0 {
		t.Errorf("the console complains:\n%s", strings.Join(lines, "\n"))
	}
}

// inspectOn looks at the page that is open in one way.
func inspectOn(t *testing.T, ctx context.Context, name string, looks chromedp.Action, rules string) {
	t.Helper()
	var overflow int64
	err := chromedp.Run(ctx, looks, chromedp.Evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth", &overflow))
	if err != nil {
		t.Fatal(err)
	}
	if overflow > 0 {
		t.Errorf("%s: scrolls sideways by %d px", name, overflow)
	}
	found, err := violations(ctx, rules)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		t.Errorf("%s: axe: %s (%s): %v", name, f.ID, f.Help, f.Nodes)
	}
}

// keys types as a person does, one key after the other.
func keys(text string) chromedp.Action {
	var tasks chromedp.Tasks
	for _, r := range text {
		tasks = append(tasks, chromedp.KeyEvent(string(r)))
	}
	return tasks
}

const enter = "\r"

func TestGuestTakesAQuizByKeyboardAlone(t *testing.T) {
	p := start(t, t.TempDir())
	ctx := chromium(t)
	said := complaints(ctx)
	err := chromedp.Run(ctx, look(390, "light"), chromedp.Navigate(p.url+"/"), appears(".option"), keys("1"), keys(enter),
		appears(".verdict"))
	if err != nil {
		t.Fatal(err)
	}
	shot(t, ctx, "flow-first-verdict")
	for i := 2; i <= 10; i++ {
		var focus string
		err := chromedp.Run(ctx, chromedp.Evaluate("document.activeElement.textContent", &focus), keys(enter),
			chromedp.WaitVisible(fmt.Sprintf(`//form[contains(@action, "/questions/%d")]`, i), chromedp.BySearch))
		if err != nil {
			t.Fatalf("question %d: %v (focus was on %q)", i, err, focus)
		}
		if strings.TrimSpace(focus) != "Next" {
			t.Errorf("after the verdict the focus is on %q, want Next", focus)
		}
		answerByKeys(t, ctx)
	}
	var line string
	if err := chromedp.Run(ctx, keys(enter), appears(".dots"), chromedp.Text("h1", &line, chromedp.ByQuery)); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(line, "of 10") {
		t.Errorf("the result is %q, want … of 10", line)
	}
	shot(t, ctx, "flow-result")
	if lines := said(); len(lines) > 0 {
		t.Errorf("the console complains:\n%s", strings.Join(lines, "\n"))
	}
}

// answerByKeys answers the open question, and once more if it was almost right.
func answerByKeys(t *testing.T, ctx context.Context) {
	t.Helper()
	for range 2 {
		var open bool
		var what string
		var blanks int
		err := chromedp.Run(ctx, chromedp.Evaluate(`document.querySelector("[data-arrange]")?.dataset.arrange ?? (document.querySelector("input#answer") ? "typed" : "")`, &what),
			chromedp.Evaluate(`document.querySelectorAll("[data-gap], [data-arrange=match] select").length`, &blanks))
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case what == "order":
			err = errors.Join(tabUntil(ctx, `e.matches("form.ask button.primary")`), chromedp.Run(ctx, keys(enter)))
		case what == "match":
			for i := range blanks {
				err = errors.Join(err, chromedp.Run(ctx, tabTo("answer-"+strconv.Itoa(i+1)), keys("1")))
			}
			err = errors.Join(err, tabUntil(ctx, `e.matches("form.ask button.primary")`), chromedp.Run(ctx, keys(enter)))
		case blanks > 0:
			for range blanks {
				err = errors.Join(err, chromedp.Run(ctx, keys("26 June 1953"), keys(enter)))
			}
		case what == "typed":
			err = chromedp.Run(ctx, chromedp.Focus("input#answer", chromedp.ByQuery), keys("26 June 1953"), keys(enter))
		default:
			err = chromedp.Run(ctx, keys("2"), keys(enter))
		}
		if err == nil {
			err = chromedp.Run(ctx, goes(`form[data-sent]`), appears(".verdict, #answer-reason"),
				chromedp.Evaluate(`!document.querySelector(".verdict")`, &open))
		}
		if err != nil {
			t.Fatal(err)
		}
		if !open {
			return
		}
	}
}

func TestWithoutScriptByClickAlone(t *testing.T) {
	p := start(t, t.TempDir())
	ctx := chromium(t)
	var where string
	err := chromedp.Run(ctx, emulation.SetScriptExecutionDisabled(true), look(320, "dark"), chromedp.Navigate(p.url+"/"),
		chromedp.Click(".option:nth-of-type(2)", chromedp.ByQuery), chromedp.Click("button.primary", chromedp.ByQuery), appears(".verdict"),
		chromedp.Click(`a.primary`, chromedp.ByQuery), appears("form.ask"), chromedp.Location(&where))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(where, "/sittings/1/questions/2") {
		t.Errorf("clicking on leads to %s, want the second question", where)
	}
	shot(t, ctx, "flow-without-script")
}
