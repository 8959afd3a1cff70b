package jobs

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func TestPlanTakesTheOneThatIsNext(t *testing.T) {
	p := begin([]Job{{Name: "hourly", Every: time.Hour}, {Name: "daily", Every: 24 * time.Hour}, {Name: "hasty"}}, noon)
	for _, c := range []struct {
		name string
		at   time.Duration // since noon
		took time.Duration
	}{
		{"hourly", gap, time.Minute},
		{"daily", 2 * gap, 3 * time.Hour}, // planned for before the first had ended, so at once
		{"hasty", 3 * gap, 0},
		{"hasty", 4 * gap, 2 * time.Hour}, // an interval of nothing is still a pause
		{"hourly", gap + time.Minute + time.Hour, time.Second},
	} {
		job, at := p.next()
		if got := p.jobs[job].Name; got != c.name || !at.Equal(noon.Add(c.at)) {
			t.Errorf("next is %s at %v, want %s at %v", got, at.Sub(noon), c.name, c.at)
		}
		p.ran(job, at.Add(c.took))
	}
	if _, at := begin(nil, noon).next(); at.Before(noon.AddDate(50, 0, 0)) {
		t.Errorf("without jobs one runs at %v", at)
	}
}

// bench runs a runner in a bubble with a clock of its own and records what runs.
type bench struct {
	began time.Time
	log   strings.Builder
	ran   []string
	now   int // running at this moment
	most  int
}

func (b *bench) job(name string, every, takes time.Duration, fails error) Job {
	return Job{Name: name, Every: every, Run: func(context.Context) error {
		b.ran = append(b.ran, name+" "+time.Since(b.began).String())
		b.now++
		b.most = max(b.most, b.now)
		time.Sleep(takes)
		b.now--
		if fails != nil && fails.Error() == "panic" {
			panic(fails)
		}
		return fails
	}}
}

// run lets the jobs run for a while and waits for the end.
func (b *bench) run(t *testing.T, while time.Duration, jobs ...Job) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		b.began = time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), while)
		defer cancel()
		Runner{Jobs: jobs, Now: time.Now, Log: slog.New(slog.NewTextHandler(&b.log, nil))}.Run(ctx)
		if b.now != 0 {
			t.Error("the runner ended before its job")
		}
	})
}

func TestJobsRunAfterTheStartAndThenAtTheirIntervals(t *testing.T) {
	b := &bench{}
	b.run(t, 3*time.Hour+time.Minute, b.job("sweep", time.Hour, 0, nil), b.job("look", 90*time.Minute, 0, nil))
	want := []string{"sweep 2s", "look 4s", "sweep 1h0m2s", "look 1h30m4s", "sweep 2h0m2s", "sweep 3h0m2s", "look 3h0m4s"}
	if !slices.Equal(b.ran, want) {
		t.Errorf("ran %q, want %q", b.ran, want)
	}
	if b.log.Len() != 0 {
		t.Errorf("the log says %s", &b.log)
	}
}

func TestASlowJobKeepsTheOthersWaitingAndNeverRunsTwice(t *testing.T) {
	b := &bench{}
	b.run(t, 4*time.Hour, b.job("slow", time.Minute, 90*time.Minute, nil), b.job("quick", time.Hour, 0, nil))
	want := []string{"slow 2s", "quick 1h30m2s", "slow 1h31m2s", "quick 3h1m2s", "slow 3h2m2s"}
	if !slices.Equal(b.ran, want) || b.most != 1 {
		t.Errorf("ran %q, at most %d at once; want %q, one", b.ran, b.most, want)
	}
}

func TestFailuresAndPanicsAreLoggedAndTheRestGoesOn(t *testing.T) {
	b := &bench{}
	b.run(t, time.Hour+time.Minute, b.job("broken", time.Hour, 0, errors.New("no disk")),
		b.job("worse", time.Hour, 0, errors.New("panic")), b.job("fine", time.Hour, 0, nil))
	if len(b.ran) != 6 {
		t.Errorf("ran %q, want each of three twice", b.ran)
	}
	log := b.log.String()
	for _, want := range []string{"job=broken", "no disk", "job=worse", "panic: panic", "jobs_test.go"} {
		if strings.Count(log, want) < 2 {
			t.Errorf("the log does not say %q twice:\n%s", want, log)
		}
	}
	if strings.Contains(log, "job=fine") {
		t.Errorf("the log speaks of the job that went well:\n%s", log)
	}
}

func TestTheRecordSaysHowEachJobLastWent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		r := Runner{Now: time.Now, Log: slog.New(slog.DiscardHandler), Record: &Record{}, Jobs: []Job{
			{Name: "fine", Every: 2 * time.Hour, Run: func(context.Context) error { time.Sleep(time.Minute); return nil }},
			{Name: "broken", Every: 2 * time.Hour, Run: func(context.Context) error { panic("no disk") }},
			{Name: "late", Every: time.Hour, Run: func(context.Context) error { return nil }}}}
		early := r.Record.Of(r.Jobs)
		r.Run(ctx)
		got := r.Record.Of(r.Jobs)
		want := []Ran{{"fine", began.Add(gap + time.Minute), time.Minute, ""}, {"broken", began.Add(gap + time.Minute), 0, "panic: no disk"}, {Name: "late", At: began.Add(gap + time.Minute)}}
		if !slices.Equal(got, want) || !slices.Equal(early, []Ran{{Name: "fine"}, {Name: "broken"}, {Name: "late"}}) {
			t.Errorf("the record says %+v, and %+v before; want %+v", got, early, want)
		}
	})
}

func TestTheEndStopsTheJobUnderWayAndIsNoFailure(t *testing.T) {
	b := &bench{}
	stopped := false
	b.run(t, time.Minute, Job{Name: "endless", Every: time.Hour, Run: func(ctx context.Context) error {
		<-ctx.Done()
		time.Sleep(time.Second) // what it has begun it ends
		stopped = true
		return ctx.Err()
	}})
	if !stopped || b.log.Len() != 0 {
		t.Errorf("stopped %v, the log says %q; want that it was waited for, and nothing", stopped, &b.log)
	}
	none := &bench{}
	none.run(t, time.Hour)
	if len(none.ran) != 0 {
		t.Errorf("ran %q without jobs", none.ran)
	}
}
