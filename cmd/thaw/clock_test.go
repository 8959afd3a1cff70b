package main

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"time"
)

// wanderer is somebody with an account whose server's clock jumps.
type wanderer struct {
	*browser
	site   *timed
	rng    *rand.Rand
	closed int       // questions whose verdict was shown
	latest time.Time // that the clock has shown
}

const wandererPassword = "seven amber trams"

func newWanderer(t *testing.T, seed uint64) *wanderer {
	t.Helper()
	s := serveTimed(t)
	w := &wanderer{browser: newBrowser(t, s.url), site: s, rng: rand.New(rand.NewPCG(seed, 1956))} // #nosec G404 -- only jumps
	w.get("/")
	w.submit("answer", "answer", "1")
	w.want(http.StatusOK)
	w.closed++
	w.get("/sign-up")
	w.submit("password", "name", "Ada", "password", wandererPassword)
	w.want(http.StatusOK)
	return w
}

// jump moves the clock: mostly on by what a question takes, now and then by hours or weeks,
// there or back, and by no time at all.
func (w *wanderer) jump() {
	hours := time.Duration(w.rng.IntN(12)) * time.Hour
	days := time.Duration(w.rng.IntN(25)) * 24 * time.Hour
	by := []time.Duration{0, time.Millisecond, 20 * time.Second, 40 * time.Second, 2 * time.Minute, -time.Second, -time.Minute, hours, -hours, days, -days}
	w.site.later(by[w.rng.IntN(len(by))])
	if now := w.site.now(); now.After(w.latest) {
		w.latest = now
	}
}

// move goes to live in another zone.
func (w *wanderer) move() {
	zones := []string{"Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns"}
	w.post("/settings", map[string][]string{"zone": {zones[w.rng.IntN(len(zones))]}, "new_a_day": {"10"}, "minutes": {"10"}})
	w.signIn("/settings")
	w.want(http.StatusOK)
}

// signIn comes back where a way in has ended meanwhile.
func (w *wanderer) signIn(then string) {
	if !strings.HasPrefix(w.page.path, "/sign-in") && w.page.status != http.StatusForbidden {
		return
	}
	w.get("/sign-in")
	w.submit("password", "name", "Ada", "password", wandererPassword)
	w.want(http.StatusOK)
	w.get(then)
}

// quiz answers all questions of a quiz or review, the clock jumping between any two steps.
func (w *wanderer) quiz(path string) {
	w.jump()
	form := map[string][]string{"token": {token()}, "topic": {"0"}, "n": {"10"}, "minutes": {"5"}}
	if w.post(path, form); w.page.status == http.StatusForbidden {
		w.signIn("/today")
		w.post(path, form)
	}
	for range 300 {
		at := w.page.path
		w.jump()
		w.get(at)
		if w.signIn(at); !strings.Contains(at, "/questions/") {
			return
		}
		f, err := w.page.form("answer")
		if err != nil {
			w.closed++
			w.next()
			continue
		}
		w.jump()
		switch f.inputs["answer"] {
		case "radio", "checkbox":
			f.values.Set("answer", fmt.Sprint(1+w.rng.IntN(2)))
		case "submit":
			f.values.Set("answer", "good")
			if strings.Contains(w.page.body, `value="show"`) {
				f.values.Set("answer", "show")
			}
		default:
			f.values["answer"] = blanks(w.page.body, "25 February 1956")
		}
		if w.post(f.action, f.values); w.page.status == http.StatusForbidden {
			w.signIn(at)
			w.post(f.action, f.values)
		}
		w.want(http.StatusOK)
	}
	w.t.Fatalf("%s: the sitting does not end", w.page.path)
}

// insane are cards that no answers make, at the latest time that the clock has shown.
const insane = `SELECT * FROM card WHERE due < last OR due > last + 36500 * CAST(86400000 AS BIGINT) OR last > %d
	OR stability < 0.001 OR stability > 36500 OR difficulty < 1 OR difficulty > 10`

// A clock that is set, there and back, and people who move to other zones, lose no answer and
// double none; what follows from answers is still their fold, and due days can be waited for.
func TestTheClockMayJump(t *testing.T) {
	t.Parallel()
	for seed := range longer(1, 100) {
		w := newWanderer(t, uint64(seed))
		for i := range longer(6, 30) {
			w.quiz([]string{"/sittings", "/reviews"}[i%2])
			if i%3 == 0 {
				w.move()
			}
		}
		for _, path := range []string{"/today", "/progress"} {
			w.get(path)
			w.signIn(path)
			w.want(http.StatusOK)
		}
		n, err := w.site.parts.db.Number(t.Context(), "SELECT COUNT(*) FROM event WHERE what IN ('answer', 'practice')")
		if err != nil || n != int64(w.closed) {
			t.Errorf("seed %d: %d verdicts were shown, and %d answers are stored, %v", seed, w.closed, n, err)
		}
		// Answers to one card keep their order: each is a millisecond later at least.
		cards, err := w.site.parts.db.Rows(t.Context(), fmt.Sprintf(insane, w.latest.Add(time.Second).UnixMilli()))
		if err != nil || len(cards) > 0 {
			t.Errorf("seed %d: by %v these cards make no sense: %v, %v", seed, w.latest, cards, err)
		}
		sound(t, w.site.parts)
		t.Logf("seed %d: %d answers", seed, w.closed)
	}
}
