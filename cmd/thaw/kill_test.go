package main

import (
	"net/http"
	"syscall"
	"testing"
	"time"
)

// storming is how many guests answer at the same time.
const storming = 32

// Whoever was told that an answer is stored finds it, however often the program is killed
// in the midst of answers, and whoever got no reply and sends it again has it once.
func TestNoAnswerIsLostOrDoubledByKills(t *testing.T) {
	t.Parallel()
	data, crowd := t.TempDir(), newCrowd(storming)
	rounds, each := longer(10, 200), 500
	var back []time.Duration
	for range rounds {
		began := time.Now()
		p := start(t, data, behindProxy)
		crowd.at(p)
		crowd.greeted(t)
		back = append(back, time.Since(began))
		over := crowd.storm(t)
		crowd.until(t, each)
		p.kill(t)
		over()
	}
	in := opened(t, data)
	n := crowd.kept(t, in)
	sound(t, in)
	t.Logf("%d kills: %d answers acknowledged, %d stored, %d without a reply", rounds, len(crowd.taken), n, crowd.unheard)
	t.Logf("start to first 200: median %v, longest %v", quantile(back, .5), quantile(back, 1))
	t.Logf("an answer, median %v, p99 %v", quantile(crowd.took, .5), quantile(crowd.took, .99))
	if len(crowd.taken) < rounds*each || crowd.refused > 0 {
		t.Errorf("%d answers acknowledged, want %d; %d refused, want none", len(crowd.taken), rounds*each, crowd.refused)
	}
}

// greeted waits for the first page.
func (c *crowd) greeted(t *testing.T) {
	t.Helper()
	r, err := c.send(t.Context(), http.MethodGet, &guest{}, "/", nil)
	if err != nil || r.status != http.StatusOK {
		t.Fatalf("the first page answers %d, %v", r.status, err)
	}
}

// SIGTERM ends the program when all that it has begun is stored and said: what is stored is
// what was acknowledged, neither more nor less.
func TestWhatIsAcknowledgedIsWhatIsStoredAfterSIGTERM(t *testing.T) {
	t.Parallel()
	for range longer(2, 50) {
		data, crowd := t.TempDir(), newCrowd(storming)
		p := start(t, data, behindProxy)
		over := crowd.at(p).storm(t)
		crowd.until(t, 300)
		if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		if err := <-p.ended; err != nil {
			t.Errorf("ended with %v; log:\n%s", err, p.log)
		}
		p.ended = nil
		over()
		in := opened(t, data)
		n := crowd.kept(t, in)
		sound(t, in)
		t.Logf("%d answers acknowledged, %d stored, %d without a reply", len(crowd.taken), n, crowd.unheard)
		if n != len(crowd.taken) {
			t.Errorf("%d answers are stored and %d were acknowledged", n, len(crowd.taken))
		}
	}
}
