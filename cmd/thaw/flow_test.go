package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/app/web"
	"thaw/questions"
	"thaw/questions/kind"
)

// timed is the program's server in this process, with a clock that tests move.
type timed struct {
	url   string
	parts *parts
	clock atomic.Int64 // Unix milliseconds
	asked atomic.Int64 // how often a question's page was asked for
	setup string       // path of the set-up link
}

func (s *timed) now() time.Time { return time.UnixMilli(s.clock.Load()).UTC() }

func (s *timed) later(d time.Duration) { s.clock.Add(d.Milliseconds()) }

func (s *timed) observe(method, route string, _ int, _ time.Duration) {
	if method == "GET" && route == "/sittings/:n/questions/:pos" {
		s.asked.Add(1)
	}
}

func serveTimed(t *testing.T) *timed {
	t.Helper()
	s := &timed{}
	s.clock.Store(time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC).UnixMilli())
	quiet := slog.New(slog.DiscardHandler)
	p, err := open(t.Context(), Where{Data: t.TempDir(), DB: "thaw.db"}, s.now, quiet)
	if err != nil {
		t.Fatal(err)
	}
	s.parts = p
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.url = "http://" + l.Addr().String()
	server, err := p.Server(web.Config{URL: s.url, Log: quiet, Observe: s.observe})
	if err != nil {
		t.Fatal(err)
	}
	token, err := p.Desk.SetupLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.setup = "/setup/" + token
	ctx, end := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- server.Run(ctx, l) }()
	t.Cleanup(func() {
		end()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if err := p.db.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// do runs actions of the browser.
func do(t *testing.T, ctx context.Context, actions ...chromedp.Action) {
	t.Helper()
	if err := chromedp.Run(ctx, actions...); err != nil {
		var where, text string
		_ = chromedp.Run(ctx, chromedp.Evaluate("location.href", &where), chromedp.Evaluate("document.body.innerText", &text))
		t.Fatalf("%v\nat %s:\n%s", err, where, text)
	}
}

func has(t *testing.T, ctx context.Context, selector string) (found bool) {
	t.Helper()
	do(t, ctx, chromedp.Evaluate(fmt.Sprintf("!!document.querySelector(%q)", selector), &found))
	return found
}

// see waits until a selector finds something. It asks the page itself: what
// chromedp keeps of a page is lost once a dialog has been open.
func see(selector string) chromedp.Action {
	return waitFor(fmt.Sprintf("document.readyState === 'complete' && !!document.querySelector(%q)", selector))
}

// waitFor waits until an expression is true, also across pages.
func waitFor(expression string) chromedp.Action {
	return chromedp.ActionFunc(func(ctx context.Context) error {
		ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
		defer cancel()
		for {
			var yes bool
			if err := chromedp.Evaluate(expression, &yes).Do(ctx); err == nil && yes {
				return nil
			}
			select {
			case <-ctx.Done():
				return fmt.Errorf("never true: %s", expression)
			case <-time.After(20 * time.Millisecond):
			}
		}
	})
}

// examine runs axe over the page that is open, wide and light, narrow and dark,
// and wants that it does not scroll sideways.
func examine(t *testing.T, ctx context.Context, script, what string) {
	t.Helper()
	do(t, ctx, chromedp.Evaluate(script+"; 0", nil))
	for _, view := range []struct {
		width  int64
		scheme string
	}{{320, "dark"}, {1200, "light"}} {
		inspectOn(t, ctx, fmt.Sprintf("%s at %d px", what, view.width), look(view.width, view.scheme), "")
		shot(t, ctx, fmt.Sprintf("real-%s-%d", strings.ReplaceAll(what, " ", "-"), view.width))
	}
	do(t, ctx, look(390, "light"))
}

// The stories show pages with sample data; this is the real thing, from the
// set-up to the review of a flashcard, by keyboard.
func TestFromTheSetUpToTheReviewByKeyboard(t *testing.T) {
	script := axe(t)
	ctx := chromium(t)
	said := complaints(ctx)
	s := serveTimed(t)
	do(t, ctx, look(390, "light"), emulation.SetTimezoneOverride("America/Chicago"), chromedp.Navigate(s.url+s.setup), see("#school"))
	examine(t, ctx, script, "set-up")
	var zone string
	do(t, ctx, chromedp.Value("#zone", &zone, chromedp.ByQuery))
	if zone != "America/Chicago" {
		t.Errorf("the set-up proposes the zone %q, want the browser's", zone)
	}

	do(t, ctx, chromedp.Navigate(s.url+"/"), see(".option"))
	examine(t, ctx, script, "landing")
	do(t, ctx, keys("1"), keys(enter), see(".verdict"))
	examine(t, ctx, script, "first verdict")
	for i := 2; i <= 10; i++ {
		do(t, ctx, keys(enter), see(fmt.Sprintf(`form[action$="/questions/%d"]`, i)))
		answerByKeys(t, ctx)
	}
	do(t, ctx, keys(enter), see(".dots"))
	examine(t, ctx, script, "result")

	s.later(3 * 24 * time.Hour)
	do(t, ctx, chromedp.Navigate(s.url+"/today"), see(`form[action="/idle"]`))
	examine(t, ctx, script, "after a pause")
	if err := tabUntil(ctx, `e.matches('form[action="/idle"] button.primary')`); err != nil {
		t.Fatal(err)
	}
	do(t, ctx, keys(enter), see(`form[action="/reviews"]`))
	examine(t, ctx, script, "today")
	do(t, ctx, chromedp.Navigate(s.url+"/progress"), see(".fade td.number"))
	examine(t, ctx, script, "progress")
	do(t, ctx, chromedp.Navigate(s.url+"/today"), see(`form[action="/reviews"]`), keys(enter), see("form.ask"))

	for range 40 {
		if has(t, ctx, ".flash") {
			break
		}
		if has(t, ctx, ".verdict-line") {
			do(t, ctx, keys(enter), see("form.ask"))
			continue
		}
		answerByKeys(t, ctx)
	}
	examine(t, ctx, script, "flashcard")
	do(t, ctx, keys("?"), see("dialog[open]"))
	examine(t, ctx, script, "keys")
	do(t, ctx, chromedp.KeyEvent("\x1b"), waitFor(`document.activeElement === document.body`))
	do(t, ctx, keys(" "), see(".flash.is-turned .back"))
	examine(t, ctx, script, "turned flashcard")
	do(t, ctx, keys("2"), see(".verdict.is-right"))
	examine(t, ctx, script, "verdict of a flashcard")
	do(t, ctx, keys("u"), see(".flash:not(.is-turned)"))
	do(t, ctx, keys(" "), see(".flash.is-turned"), keys("1"), see(".verdict.is-wrong"))
	if lines := said(); len(lines) > 0 {
		t.Errorf("the console complains:\n%s", strings.Join(lines, "\n"))
	}
}

// guest is whom the browser's cookie stands for.
func (s *timed) guest(t *testing.T, ctx context.Context) people.Person {
	t.Helper()
	var who people.Person
	do(t, ctx, chromedp.ActionFunc(func(ctx context.Context) error {
		cookies, err := network.GetCookies().Do(ctx)
		if err != nil || len(cookies) != 1 {
			return fmt.Errorf("%d cookies, want one: %w", len(cookies), err)
		}
		var session people.Session
		if who, session, err = s.parts.Desk.Who(ctx, cookies[0].Value); err != nil {
			return err
		}
		_, err = s.parts.Desk.GoOn(ctx, who, session, true)
		return err
	}))
	return who
}

// date begins quizzes until one asks for a date that has a month, and returns
// the question's path and the year.
func (s *timed) date(t *testing.T, who people.Person) (path, year string) {
	t.Helper()
	for i := range 50 {
		s.later(25 * time.Hour)
		n, err := s.parts.Host.Quiz(t.Context(), who, 0, fmt.Sprintf("token-of-the-quiz-%02d", i))
		if err != nil {
			t.Fatal(err)
		}
		sitting, err := s.parts.Host.Store.Sitting(t.Context(), who.ID, n)
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range sitting.Items {
			version, err := s.parts.Shelf.Version(t.Context(), item.Ref)
			if err != nil {
				t.Fatal(err)
			}
			if key, _ := version.Key(1); version.Kind == questions.Date && len(key.Text) > 4 {
				return fmt.Sprintf("/sittings/%d/questions/%d", n, item.Pos), key.Text[:4]
			}
		}
		if err := s.answerAll(t, who, sitting); err != nil {
			t.Fatal(err)
		}
	}
	t.Fatal("no quiz asks for a date")
	return "", ""
}

// answerAll answers what is picked and put in place of a quiz right, so that the next one asks for
// something else.
func (s *timed) answerAll(t *testing.T, who people.Person, sitting quiz.Sitting) error {
	t.Helper()
	for _, item := range sitting.Items {
		version, err := s.parts.Shelf.Version(t.Context(), item.Ref)
		if err != nil {
			return err
		}
		answer := kind.Solution(version.In(item.Order))
		for i, a := range version.In(item.Order).Answers {
			if !kind.Arranged(version.Kind) && a.Match == "" && a.Credit == 1 {
				answer = append(answer, strconv.Itoa(i+1))
			}
		}
		if kind.Arranged(version.Kind) {
			answer = kind.Solution(version.In(item.Order))
		}
		if answer == nil {
			answer = slices.Repeat(questions.Response{"no idea"}, kind.Parts(version))
		}
		err = s.parts.Host.Answer(t.Context(), who, quiz.Submission{Sitting: sitting.N, Pos: item.Pos,
			Response: answer, Token: fmt.Sprintf("token-of-%04d-answer-%03d", sitting.N, item.Pos)})
		if err != nil {
			return err
		}
	}
	return nil
}

func TestSecondTryByKeyboard(t *testing.T) {
	script := axe(t)
	ctx := chromium(t)
	s := serveTimed(t)
	do(t, ctx, look(390, "light"), chromedp.Navigate(s.url+"/"), see(".option"), keys("1"), keys(enter), see(".verdict"))
	path, year := s.date(t, s.guest(t, ctx))
	do(t, ctx, chromedp.Navigate(s.url+path), waitFor(`document.activeElement.id === "answer"`))
	examine(t, ctx, script, "typed question")
	do(t, ctx, keys(year), keys(enter), see("#answer-reason"), waitFor(`document.activeElement.id === "answer"`))
	examine(t, ctx, script, "second try")
	var value string
	do(t, ctx, waitFor(`document.querySelector("#status").textContent.includes("One more try")`), chromedp.Evaluate(`document.querySelector("#answer").value`, &value))
	if value != year {
		t.Errorf("the field holds %q, want the first try %s", value, year)
	}
	do(t, ctx, keys(enter), see(".verdict-line"))
	examine(t, ctx, script, "almost")
}
