//go:build unix

package main

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"thaw/db/dbtest"
)

// When PostgreSQL is killed in the midst of answers, what was acknowledged is there when it
// is back, whoever is told "not saved" and sends it again has it once, and the program goes
// on by itself.
func TestNoAnswerIsLostOrDoubledByKillsOfPostgres(t *testing.T) {
	cluster := dbtest.NewCluster(t)
	t.Setenv("THAW_DB", dbtest.NewDatabase(t, cluster.Address))
	data, crowd := t.TempDir(), newCrowd(16)
	p := start(t, data, behindProxy)
	crowd.at(p).away = true
	over := crowd.storm(t)
	var back []time.Duration
	for range longer(3, 50) {
		crowd.until(t, 150)
		before := crowd.refusals()
		cluster.Kill()
		for deadline := time.Now().Add(10 * time.Second); crowd.refusals() < before+20 && time.Now().Before(deadline); {
			time.Sleep(time.Millisecond)
		}
		cluster.Start()
		began := time.Now()
		crowd.until(t, 1)
		back = append(back, time.Since(began))
	}
	crowd.until(t, 150)
	over()
	p.stop(t)
	in := opened(t, data)
	n := crowd.kept(t, in)
	sound(t, in)
	t.Logf("%d kills of PostgreSQL: %d answers acknowledged, %d stored, %d not saved, %d without a reply; the first one after the start came within %v",
		len(back), len(crowd.taken), n, crowd.refused, crowd.unheard, quantile(back, 1))
	if crowd.refused == 0 || crowd.unheard > 0 {
		t.Errorf("%d answers not saved, want some; %d without a reply, want none", crowd.refused, crowd.unheard)
	}
}

// Pages that need a database that is away say so, with a way to go on.
func TestPagesWhilePostgresIsAway(t *testing.T) {
	cluster := dbtest.NewCluster(t)
	t.Setenv("THAW_DB", dbtest.NewDatabase(t, cluster.Address))
	p := start(t, t.TempDir())
	guest := p.browser(t)
	guest.get("/")
	guest.submit("answer", "answer", "1")
	verdict := guest.page.path
	cluster.Kill()
	for _, path := range []string{"/", "/today", verdict, "/progress", "/settings", "/readyz"} {
		for range 1000 { // the server's other processes take a moment to notice
			if guest.get(path); guest.page.status == http.StatusServiceUnavailable {
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
		guest.want(http.StatusServiceUnavailable, "in a moment")
		if guest.page.header.Get("Retry-After") == "" {
			t.Errorf("%s does not say when to come again", path)
		}
	}
	if guest.get("/healthz"); guest.page.status != http.StatusOK {
		t.Errorf("the program's own health: %d", guest.page.status)
	}
	cluster.Start()
	guest.get(verdict)
	guest.want(http.StatusOK)
	if strings.Contains(p.log.String(), "panic") {
		t.Errorf("log:\n%s", p.log)
	}
}
