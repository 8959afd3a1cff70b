package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// events are things in their right order; the last two have the same date.
var events = []string{"Stalin's death", "Beria's arrest", "The Secret Speech", "The revolt in Budapest", "The revolt in Poznań"}

// names are what each city was called before; the last one is left over.
var names = [][2]string{{"Volgograd", "Stalingrad"}, {"Donetsk", "Stalino"}, {"Dushanbe", "Stalinabad"}, {"", "Leningrad"}}

// arranging is a program with a teacher's bank of an order and a matching question,
// and a link by which the teacher signs in to a browser.
func arranging(t *testing.T) (p *program, link string) {
	t.Helper()
	data := t.TempDir()
	p = start(t, data)
	b := teaching(t, p, data, "Ms Byron")
	b.get("/banks")
	b.submit("title", "title", "The Thaw", "lang", "en")
	bank := b.page.path
	writes := func(kind, prompt string, fields url.Values) {
		b.get(bank + "/questions/new?kind=" + kind)
		f, err := b.page.form("prompt")
		if err != nil {
			t.Fatal(err)
		}
		for name, list := range fields {
			f.values[name] = list
		}
		for name, value := range map[string]string{"prompt": prompt, "explain": "It *was* so.", "lang": "en", "level": "remember", "new_topic": "Order and names", "state": "live"} {
			f.values.Set(name, value)
		}
		b.post(f.action, f.values)
		b.want(200, "Saved.")
	}
	var left, right []string
	for _, pair := range names {
		left, right = append(left, pair[0]), append(right, pair[1])
	}
	writes("order", "In which order did these happen?", url.Values{"option": events, "when": {"5 March 1953", "June 1953", "1956-02-25", "1956", "1956"}})
	writes("match", "Which name did each city bear before?", url.Values{"option": left, "belongs": right, "why": {"", "", "", "That is Saint Petersburg."}})
	out, log, code := once(t, "user", "link", "Ms Byron", "--data", data)
	if code != 0 {
		t.Fatalf("user link ends with %d: %s", code, log)
	}
	return p, linkPath.FindString(out)
}

// hand is a way to work the two widgets.
type hand struct {
	order func(ctx context.Context, want []string) error
	match func(ctx context.Context, want [][2]string) error
	send  chromedp.Action
}

// arrange takes a quiz of the two questions in a browser by a hand, and returns
// what the verdicts say.
func arrange(t *testing.T, ctx context.Context, p *program, link string, h hand, shots string) (said []string) {
	t.Helper()
	do(t, ctx, chromedp.Navigate(p.url+link), chromedp.Click("main button", chromedp.ByQuery), appears("#password"),
		chromedp.Navigate(p.url+"/today"), appears("select[name=topic]"),
		chromedp.SendKeys("select[name=topic]", "Order", chromedp.ByQuery), chromedp.Click(`//form[@action="/sittings"]//button`, chromedp.BySearch))
	for range 2 {
		var kind, line string
		var overflow int64
		do(t, ctx, appears("form.ask fieldset[data-arrange]"), chromedp.AttributeValue("fieldset[data-arrange]", "data-arrange", &kind, nil, chromedp.ByQuery),
			chromedp.Evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth", &overflow))
		if overflow > 0 {
			t.Errorf("%s scrolls sideways by %d px", kind, overflow)
		}
		var err error
		if kind == "order" {
			err = h.order(ctx, events)
		} else {
			err = h.match(ctx, names[:3])
		}
		if err != nil {
			shot(t, ctx, "arrange-stuck")
			t.Fatalf("%s: %v", kind, err)
		}
		shot(t, ctx, "arrange-"+shots+"-"+kind)
		do(t, ctx, h.send, appears(".ask.is-closed"), chromedp.Text("section.verdict", &line, chromedp.ByQuery))
		shot(t, ctx, "arranged-"+shots+"-"+kind)
		said = append(said, kind+": "+strings.Join(strings.Fields(line), " "))
		do(t, ctx, chromedp.Click("a[data-go]", chromedp.ByQuery), goes(".is-closed"))
	}
	return said
}

// solved demands that both verdicts are right.
func solved(t *testing.T, said []string) {
	t.Helper()
	slices.Sort(said)
	if len(said) != 2 || !strings.HasPrefix(said[0], "match: Yes, all of that belongs together.") || !strings.HasPrefix(said[1], "order: Yes, that is the order.") {
		t.Errorf("the verdicts say %q, want both right", said)
	}
}

// textsOf returns the texts that a selector finds, in the order of the page.
func textsOf(ctx context.Context, selector string) (texts []string, err error) {
	err = chromedp.Run(ctx, chromedp.Evaluate(fmt.Sprintf(`[...document.querySelectorAll(%q)].map(e => e.textContent.trim())`, selector), &texts))
	return texts, err
}

// numbered returns the place of a text among those of the page, from 1.
func numbered(ctx context.Context, selector, text string) (int, error) {
	texts, err := textsOf(ctx, selector)
	at := slices.Index(texts, text)
	if err == nil && at < 0 {
		err = fmt.Errorf("%q is not among %q", text, texts)
	}
	return at + 1, err
}

const (
	rowTexts  = ".arrange-list > li > label"
	chipTexts = ".arrange-options .arrange-text"
)

// tabUntil presses Tab until a condition on the element with the focus holds.
func tabUntil(ctx context.Context, condition string) error {
	var there bool
	for range 60 {
		if err := chromedp.Run(ctx, chromedp.Evaluate("(e => "+condition+")(document.activeElement)", &there)); err != nil || there {
			return err
		}
		if err := chromedp.Run(ctx, chromedp.KeyEvent("\t")); err != nil {
			return err
		}
	}
	return fmt.Errorf("Tab does not reach %s", condition)
}

// keyboard moves things by their buttons and picks from the lists by number.
func keyboard(t *testing.T) hand {
	send := chromedp.ActionFunc(func(ctx context.Context) error {
		if err := tabUntil(ctx, `e.matches("form.ask button.primary")`); err != nil {
			return err
		}
		return chromedp.Run(ctx, keys(enter))
	})
	return hand{send: send,
		order: func(ctx context.Context, want []string) error {
			for i, text := range want {
				at, err := numbered(ctx, rowTexts, text)
				if err != nil {
					return err
				}
				if at == i+1 {
					continue
				}
				if err := tabUntil(ctx, fmt.Sprintf(`e.getAttribute("aria-label") === %q`, fmt.Sprintf("Move up: %s, now %d of %d", text, at, len(want)))); err != nil {
					return err
				}
				press := keys(enter)
				if i%2 == 1 {
					press = chromedp.KeyEvent(kb.ArrowUp)
				}
				for range at - i - 1 {
					if err := chromedp.Run(ctx, press); err != nil {
						return err
					}
				}
				var focus, heard string
				if err := chromedp.Run(ctx, chromedp.Evaluate(`document.activeElement.closest("li")?.querySelector("label").textContent.trim() ?? ""`, &focus), chromedp.Text("#status", &heard, chromedp.ByQuery)); err != nil {
					return err
				}
				if want := fmt.Sprintf("%s, now %d of %d", text, i+1, len(want)); focus != text || heard != want {
					t.Errorf("after moving %q the focus is on %q and %q is announced, want %q", text, focus, heard, want)
				}
			}
			return nil
		},
		match: func(ctx context.Context, want [][2]string) error {
			for i, pair := range want {
				n, err := numbered(ctx, chipTexts, pair[1])
				if err == nil {
					err = tabUntil(ctx, fmt.Sprintf(`e.id === "answer-%d"`, i+1))
				}
				if err == nil {
					err = chromedp.Run(ctx, keys(strconv.Itoa(n)))
				}
				if err != nil {
					return err
				}
			}
			return nil
		}}
}

// pointing works with taps, or with a pointer that drags.
func pointing(tap func(from, to string) chromedp.Action) hand {
	return hand{send: chromedp.Click("form.ask button.primary", chromedp.ByQuery),
		order: func(ctx context.Context, want []string) error {
			for i, text := range want {
				at, err := numbered(ctx, rowTexts, text)
				if err != nil {
					return err
				}
				if at == i+1 {
					continue
				}
				row := ".arrange-list > li:nth-child(%d) .arrange-grip"
				if err := chromedp.Run(ctx, tap(fmt.Sprintf(row, at), fmt.Sprintf(row, i+1))); err != nil {
					return err
				}
				now, err := numbered(ctx, rowTexts, text)
				if err != nil || now != i+1 {
					return errors.Join(err, fmt.Errorf("%q is at %d, want %d", text, now, i+1))
				}
			}
			return nil
		},
		match: func(ctx context.Context, want [][2]string) error {
			for i, pair := range want {
				n, err := numbered(ctx, chipTexts, pair[1])
				if err == nil {
					err = chromedp.Run(ctx, tap(fmt.Sprintf(".arrange-options > li:nth-child(%d) .key", n), fmt.Sprintf(".arrange-list > li:nth-child(%d) > label", i+1)))
				}
				if err != nil {
					return err
				}
			}
			return nil
		}}
}

func tapped(from, to string) chromedp.Action {
	return chromedp.Tasks{chromedp.Click(from, chromedp.ByQuery), chromedp.Click(to, chromedp.ByQuery)}
}

// dragged moves the mouse with its button down, in steps as a hand does.
func dragged(from, to string) chromedp.Action {
	return along(from, to, func(ctx context.Context, at phase, x, y float64) error {
		how := map[phase]input.MouseType{begins: input.MousePressed, moves: input.MouseMoved, ends: input.MouseReleased}[at]
		return chromedp.MouseEvent(how, x, y, chromedp.ButtonLeft, chromedp.ClickCount(1)).Do(ctx)
	})
}

// touched moves a finger on the screen.
func touched(from, to string) chromedp.Action {
	return along(from, to, func(ctx context.Context, at phase, x, y float64) error {
		how := map[phase]input.TouchType{begins: input.TouchStart, moves: input.TouchMove, ends: input.TouchEnd}[at]
		points := []*input.TouchPoint{{X: x, Y: y}}
		if at == ends {
			points = []*input.TouchPoint{}
		}
		return input.DispatchTouchEvent(how, points).Do(ctx)
	})
}

// phase is what a pointer does on its way.
type phase int

const (
	begins phase = iota
	moves
	ends
)

// along leads a pointer from the middle of one thing to that of another, in steps, and
// waits at the window's edge until the page has brought the other one.
func along(from, to string, step func(ctx context.Context, at phase, x, y float64) error) chromedp.Action {
	return chromedp.ActionFunc(func(ctx context.Context) error {
		var path, there [4]float64 // the middles of both, and how far in the window the second is: -1 above, 0, 1 below
		where := fmt.Sprintf(`(() => { const at = s => { const b = document.querySelector(s).getBoundingClientRect(); return [b.left + b.width / 2, b.top + b.height / 2]; };
			const [x, y] = at(%q); return [x, y, y < 45 ? -1 : y > innerHeight - 45 ? 1 : 0, innerHeight]; })()`, to)
		middle := strings.Replace(where, fmt.Sprintf("at(%q)", to), fmt.Sprintf("at(%q)", from), 1)
		err := chromedp.Run(ctx, chromedp.ScrollIntoView(from, chromedp.ByQuery), chromedp.Evaluate(middle, &path), chromedp.Evaluate(where, &there))
		if err == nil {
			err = step(ctx, begins, path[0], path[1])
		}
		x, y := path[0], path[1]
		for tries := 0; err == nil && there[2] != 0 && tries < 100; tries++ {
			x, y = there[0], map[float64]float64{-1: 10, 1: there[3] - 10}[there[2]]
			err = errors.Join(step(ctx, moves, x, y), chromedp.Run(ctx, chromedp.Sleep(20*time.Millisecond), chromedp.Evaluate(where, &there)))
		}
		if err == nil && y != path[1] { // away from the edge, so that the page stands still
			y = there[3] / 2
			err = errors.Join(step(ctx, moves, x, y), chromedp.Run(ctx, chromedp.Sleep(40*time.Millisecond), chromedp.Evaluate(where, &there)))
		}
		const steps = 30
		for i := 1; i <= steps && err == nil; i++ {
			part := float64(i) / steps
			err = step(ctx, moves, x+part*(there[0]-x), y+part*(there[1]-y))
		}
		if err != nil {
			return err
		}
		return step(ctx, ends, there[0], there[1])
	})
}

// plain chooses from the lists alone, first with a mistake in the order.
func plain(t *testing.T) hand {
	choose := func(ctx context.Context, row int, value int) error {
		return chromedp.Run(ctx, chromedp.SendKeys("#answer-"+strconv.Itoa(row), strconv.Itoa(value), chromedp.ByQuery))
	}
	return hand{send: chromedp.Click("form.ask button.primary", chromedp.ByQuery),
		order: func(ctx context.Context, want []string) error {
			texts, err := textsOf(ctx, rowTexts)
			for i, text := range texts {
				if err == nil {
					err = choose(ctx, i+1, slices.Index(want, text)+1)
				}
			}
			if err != nil {
				return err
			}
			first := slices.Index(want, texts[0]) + 1
			var said, kept string
			err = chromedp.Run(ctx, chromedp.SendKeys("#answer-1", strconv.Itoa(first%len(want)+1), chromedp.ByQuery), chromedp.Click("form.ask button.primary", chromedp.ByQuery),
				appears(".notice.is-error"), chromedp.Text(".notice.is-error", &said, chromedp.ByQuery), chromedp.Value("#answer-2", &kept, chromedp.ByQuery))
			if err != nil {
				return err
			}
			if !strings.Contains(said, "two things share one") || kept != strconv.Itoa(slices.Index(want, texts[1])+1) {
				t.Errorf("two in one place: the page says %q and keeps %q", said, kept)
			}
			return choose(ctx, 1, first)
		},
		match: func(ctx context.Context, want [][2]string) error {
			for i, pair := range want {
				n, err := numbered(ctx, chipTexts, pair[1])
				if err == nil {
					err = choose(ctx, i+1, n)
				}
				if err != nil {
					return err
				}
			}
			return nil
		}}
}

func TestOrderAndMatchByKeyboardAlone(t *testing.T) {
	p, link := arranging(t)
	ctx := chromium(t)
	said := complaints(ctx)
	do(t, ctx, look(320, "light"))
	solved(t, arrange(t, ctx, p, link, keyboard(t), "keys"))
	if lines := said(); len(lines) > 0 {
		t.Errorf("the console complains:\n%s", strings.Join(lines, "\n"))
	}
}

func TestOrderAndMatchByTap(t *testing.T) {
	p, link := arranging(t)
	ctx := chromium(t)
	do(t, ctx, look(320, "dark"))
	solved(t, arrange(t, ctx, p, link, pointing(tapped), "tap"))
}

func TestOrderAndMatchByDragging(t *testing.T) {
	p, link := arranging(t)
	ctx := chromium(t)
	do(t, ctx, look(700, "light"))
	solved(t, arrange(t, ctx, p, link, pointing(dragged), "drag"))
}

// A finger drags as the mouse does, and the page does not scroll away under it.
func TestOrderAndMatchByTouch(t *testing.T) {
	p, link := arranging(t)
	ctx := chromium(t)
	do(t, ctx, look(320, "dark"))
	solved(t, arrange(t, ctx, p, link, pointing(touched), "touch"))
}

func TestOrderAndMatchWithoutScript(t *testing.T) {
	p, link := arranging(t)
	ctx := chromium(t)
	do(t, ctx, emulation.SetScriptExecutionDisabled(true), look(320, "dark"))
	solved(t, arrange(t, ctx, p, link, plain(t), "plain"))
}

// What is partly right says how much of it is, and both orders.
func TestPartlyRightOrderAndMatch(t *testing.T) {
	p, link := arranging(t)
	ctx := chromium(t)
	do(t, ctx, look(390, "light"))
	h := pointing(tapped)
	swapped := func(ctx context.Context, want []string) error {
		return pointing(tapped).order(ctx, []string{want[1], want[0], want[2], want[4], want[3]})
	}
	said := arrange(t, ctx, p, link, hand{order: swapped, send: h.send, match: func(ctx context.Context, want [][2]string) error {
		return h.match(ctx, [][2]string{want[0], {want[1][0], "Leningrad"}, want[2]})
	}}, "partly")
	slices.Sort(said)
	if len(said) != 2 || !strings.Contains(said[0], "2 of 3 belong together.") || !strings.Contains(said[0], "That is Saint Petersburg.") || !strings.Contains(said[1], "9 of 10 pairs stand rightly") {
		t.Errorf("the verdicts say %q", said)
	}
}

// The preview beside the editor can be arranged like the question itself.
func TestAnOrderIsTriedWhileItIsWritten(t *testing.T) {
	data := t.TempDir()
	p := start(t, data)
	b := teaching(t, p, data, "Ms Byron")
	b.get("/banks")
	b.submit("title", "title", "The Thaw", "lang", "en")
	bank := b.page.path
	out, _, _ := once(t, "user", "link", "Ms Byron", "--data", data)
	ctx := chromium(t)
	said := complaints(ctx)
	do(t, ctx, look(1200, "light"), chromedp.Navigate(p.url+linkPath.FindString(out)), chromedp.Click("main button", chromedp.ByQuery), appears("#password"),
		chromedp.Navigate(p.url+bank+"/questions/new?kind=order"), appears("#prompt"), write("prompt", "Which came first?"))
	for i, text := range events {
		if i == 4 {
			do(t, ctx, chromedp.Click(`button[name="do"][value="more"]`, chromedp.ByQuery), see("#option-5"))
		}
		do(t, ctx, write("option-"+strconv.Itoa(i+1), text), shows(text))
	}
	do(t, ctx, waitFor(`document.querySelectorAll("#preview .arrange-move").length === 10 && !document.querySelector(".missing")`))
	first, err := textsOf(ctx, "#preview "+rowTexts)
	if err != nil || slices.Equal(first, events) {
		t.Errorf("the preview shows %q (%v), want it shuffled", first, err)
	}
	if err := pointing(tapped).order(ctx, events); err != nil {
		t.Fatal(err)
	}
	shot(t, ctx, "order-writing")
	do(t, ctx, chromedp.Click("#preview button.primary", chromedp.ByQuery), shows("Yes, that is the order."))
	shot(t, ctx, "order-tried")
	do(t, ctx, chromedp.Click(`button[name="state"].primary`, chromedp.ByQuery), see(".notice"))
	if lines := said(); len(lines) > 0 {
		t.Errorf("the console complains:\n%s", strings.Join(lines, "\n"))
	}
}
