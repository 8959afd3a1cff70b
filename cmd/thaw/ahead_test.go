package main

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/preload"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"

	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/questions"
)

// beforeDate answers questions until the next one of the quiz asks for a date, and returns
// the paths of both.
func (s *timed) beforeDate(t *testing.T, who people.Person) (verdict, question string) {
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
		all := sitting.Items
		at := slices.IndexFunc(all, func(item quiz.Item) bool {
			version, err := s.parts.Shelf.Version(t.Context(), item.Ref)
			return err == nil && version.Kind == questions.Date && item.Pos > 1
		})
		if at > 0 {
			sitting.Items = all[:at]
		}
		if err := s.answerAll(t, who, sitting); err != nil {
			t.Fatal(err)
		}
		if at > 0 {
			path := fmt.Sprintf("/sittings/%d/questions/", n)
			return path + fmt.Sprint(all[at-1].Pos), path + fmt.Sprint(all[at].Pos)
		}
	}
	t.Fatal("no quiz asks for a date")
	return "", ""
}

// unwatched opens a page in a tab that nobody listens to: in one that tests drive from the
// start a browser draws nothing ahead.
func unwatched(t *testing.T, ctx context.Context, url string) target.ID {
	t.Helper()
	id, err := target.CreateTarget(url).Do(cdp.WithExecutor(ctx, chromedp.FromContext(ctx).Browser))
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// The next question is fetched and drawn while the verdict is read, so that it is there
// even when the line is gone; its time, the focus and what is told begin when it is shown.
func TestNextQuestionIsThereAtOnce(t *testing.T) {
	ctx := chromium(t)
	s := serveTimed(t)
	do(t, ctx, look(390, "light"), chromedp.Navigate(s.url+"/"), see(".option"), keys("1"), keys(enter), see(".verdict"))
	verdict, question := s.beforeDate(t, s.guest(t, ctx))
	before := s.asked.Load()
	id := unwatched(t, ctx, s.url+verdict)
	for deadline := time.Now().Add(20 * time.Second); s.asked.Load() < before+2; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the question after a verdict is not fetched ahead")
		}
	}
	tab, done := chromedp.NewContext(ctx, chromedp.WithTargetID(id))
	t.Cleanup(done)
	said := complaints(tab)
	drawn := make(chan bool, 1)
	chromedp.ListenTarget(tab, func(event any) {
		if e, ok := event.(*preload.EventPrerenderStatusUpdated); ok && e.Status == preload.IngStatusReady {
			drawn <- true
		}
	})
	do(t, tab, preload.Enable(), waitFor(`document.activeElement.matches("[data-go]")`))
	select {
	case <-drawn:
	case <-time.After(20 * time.Second):
		t.Fatal("the question after a verdict is not drawn ahead")
	}
	do(t, tab, chromedp.Sleep(time.Second), // a verdict is read; what is drawn ahead loads meanwhile
		network.Enable(), network.EmulateNetworkConditions(true, 600, -1, -1), keys(enter),
		waitFor(`location.pathname === "`+question+`" && document.activeElement.id === "answer"`))
	if moved := jumps(t, tab); moved != "" {
		t.Errorf("the question jumps when it is shown: %s", moved)
	}
	var ahead float64
	do(t, tab, chromedp.Evaluate(`performance.getEntriesByType("navigation")[0].activationStart`, &ahead))
	if got := s.asked.Load() - before; got != 2 || ahead <= 0 {
		t.Errorf("%d pages were asked for, and the question was shown %.0f ms after it was begun; want 2, and later than it was begun", got, ahead)
	}
	do(t, tab, network.EmulateNetworkConditions(false, 600, -1, -1), keys("1"), chromedp.Evaluate(`addEventListener("submit", (event) => {
		sessionStorage.setItem("took", JSON.stringify([Number(event.target.took.value), performance.now() - performance.getEntriesByType("navigation")[0].activationStart, performance.now()]));
	})`, nil), keys(enter), see(".verdict, #answer-reason"))
	var took []float64
	do(t, tab, chromedp.Evaluate(`JSON.parse(sessionStorage.getItem("took"))`, &took))
	if took[0] <= 0 || took[0] > took[1]+1 {
		t.Errorf("the answer took %.0f ms, want at most the %.0f since the question was shown (%.0f since it was begun)", took[0], took[1], took[2])
	}
	if lines := said(); len(lines) > 0 {
		t.Errorf("the console complains: %q", lines)
	}
}
