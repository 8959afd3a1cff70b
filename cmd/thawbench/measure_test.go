package main

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"
)

// TestMain lets the test binary be the program: the server under load is a child
// started from it.
func TestMain(m *testing.M) {
	if os.Getenv("THAW_MAIN") != "" {
		main()
	}
	os.Exit(m.Run())
}

func TestEveryAcknowledgedAnswerIsStored(t *testing.T) {
	t.Setenv("THAW_MAIN", "1")
	f, err := measure{Rounds: 1, Seconds: .25, Clients: 16}.measure(t.Context(), t.TempDir(), quiet())
	if err != nil {
		t.Fatal(err)
	}
	if f.failed > 0 {
		t.Errorf("%d answers failed; the first without a reply: %v", f.failed, f.why)
	}
	for i, all := range f.endings {
		for _, e := range all {
			if e.acknowledged == 0 || e.stored < e.acknowledged {
				t.Errorf("%v: %d acknowledged, %d stored", signals[i], e.acknowledged, e.stored)
			}
		}
	}
	for _, e := range f.endings[0] {
		if e.stored != e.acknowledged {
			t.Errorf("after SIGTERM %d are stored, and %d acknowledged", e.stored, e.acknowledged)
		}
	}
	if len(f.endings[0]) != 1 || len(f.endings[1]) != 1 {
		t.Errorf("the server ended %d times in order and %d times without, want once each", len(f.endings[0]), len(f.endings[1]))
	}
	for what, rate := range map[string]float64{"program": f.ours[0], "driver": f.ceiling[0], "one transaction each": f.apart[0]} {
		if rate < 1 {
			t.Errorf("%s: %g answers a second", what, rate)
		}
	}
}

// round is a made-up round in which everything is just good enough.
func round() *found {
	f := &found{measure: measure{Rounds: 1, Seconds: 3, Clients: 64},
		ours: []float64{5500}, ceiling: []float64{10000}, apart: []float64{1500}, ofCeiling: []float64{.55}, timesOver: []float64{3.5}}
	for i, p99 := range []float64{10, 15} {
		f.steady[i].median, f.steady[i].p99 = []float64{1}, []float64{p99}
	}
	f.endings[0] = []ending{{100, 100}}
	f.endings[1] = []ending{{100, 101}}
	return f
}

// missed lists the rows that are not good enough.
func missed(f *found) string {
	var all []string
	for _, r := range f.rows() {
		if !r.reached {
			all = append(all, r.what)
		}
	}
	return strings.Join(all, ", ")
}

func TestRowsHoldTheTargets(t *testing.T) {
	if got := missed(round()); got != "" {
		t.Errorf("everything is just good enough, and missed is %s", got)
	}
	for want, spoil := range map[string]func(*found){
		"answers / the driver's ceiling":        func(f *found) { f.ofCeiling[0] = .54 },
		"answers / one transaction per request": func(f *found) { f.timesOver[0] = 3.4 },
		"99th percentile at 500/s, ms":          func(f *found) { f.steady[0].p99[0] = 10.1 },
		"99th percentile at 1500/s, ms":         func(f *found) { f.steady[1].p99[0] = 15.1 },
		"median at 500/s, ms":                   func(f *found) { f.steady[0].median[0] = 1.1 },
		"failures":                              func(f *found) { f.failed = 1 },
		"stored / acknowledged, SIGTERM":        func(f *found) { f.endings[0][0].stored = 101 },
		"stored / acknowledged, SIGKILL":        func(f *found) { f.endings[1][0].stored = 99 },
	} {
		f := round()
		spoil(f)
		if got := missed(f); got != want {
			t.Errorf("missed is %q, want %q", got, want)
		}
	}
}

func TestLostAnswersAreAnError(t *testing.T) {
	f := round()
	if err := f.lost(); err != nil {
		t.Errorf("all are stored: %v", err)
	}
	f.endings[1] = append(f.endings[1], ending{acknowledged: 100, stored: 99})
	if f.lost() == nil {
		t.Error("one is lost, and that is no error")
	}
}

func TestTableSaysWhatIsReached(t *testing.T) {
	f := round()
	f.failed, f.why = 2, errors.New("connection reset")
	var out strings.Builder
	if err := f.print(&out); err != nil {
		t.Fatal(err)
	}
	for want, n := range map[string]int{" cores, ": 1, "reached\n": 8, "MISSED\n": 1, "connection reset": 1, "100 / 100": 1, "5500 through": 1} {
		if got := strings.Count(out.String(), want); got != n {
			t.Errorf("%q stands %d times in the table, want %d:\n%s", want, got, n, out.String())
		}
	}
}

func TestMedianOfRounds(t *testing.T) {
	if got := median([]float64{9, 1, 5}); got != 5 {
		t.Errorf("median of 9, 1 and 5 is %g", got)
	}
	l := load{took: make([]time.Duration, 200)}
	for i := range l.took {
		l.took[i] = time.Duration(200-i) * time.Millisecond
	}
	if half, most := l.quantile(.5), l.quantile(.99); half != 101 || most != 199 {
		t.Errorf("of 1 to 200 ms half is within %g and 99 of 100 within %g", half, most)
	}
}
