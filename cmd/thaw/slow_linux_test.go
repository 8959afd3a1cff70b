package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"runtime/debug"
	"strings"
	"sync"
	"testing"
	"time"
)

// most is how much memory the program may take under slow connections, in KiB. The race
// detector takes several times as much by itself.
const most = 300 << 10

// Thousands who send a byte now and then, and thousands who announce what never comes, keep
// nobody from answering, and take little memory.
func TestTheSlowKeepNobodyFromAnswering(t *testing.T) {
	t.Parallel()
	data, crowd := t.TempDir(), newCrowd(8)
	p := start(t, data, behindProxy)
	crowd.at(p)
	drips, announced := longer(300, 10_000), longer(100, 2_000)
	ctx, end := context.WithCancel(t.Context())
	defer end()
	var group sync.WaitGroup
	crawl := func(n int, request string) {
		for range n {
			group.Go(func() { drip(ctx, p.url, request) })
			time.Sleep(100 * time.Microsecond) // the queue of those who come has an end
		}
	}
	crawl(drips, "GET / HTTP/1.1\r\nHost: here\r\nX-Slow: ")
	crawl(announced, "POST /sign-in HTTP/1.1\r\n"+formHead+"Content-Length: 1048576\r\n\r\nname=")
	crowd.answer(ctx, longer(200, 20_000))
	memory := resident(t, p)
	end()
	group.Wait()
	p.stop(t)
	in := opened(t, data)
	n := crowd.kept(t, in)
	sound(t, in)
	t.Logf("beside %d slow connections and %d that announce a MiB: %d answers, median %v, p99 %v; resident memory %d MiB", drips, announced,
		n, quantile(crowd.took, .5), quantile(crowd.took, .99), memory>>10)
	if crowd.refused+crowd.unheard > 0 || n != len(crowd.taken) {
		t.Errorf("%d answers refused and %d without a reply, want none; %d stored and %d acknowledged", crowd.refused, crowd.unheard, n, len(crowd.taken))
	}
	if memory > most && !racing() {
		t.Errorf("the program takes %d KiB, want at most %d", memory, most)
	}
}

// drip sends the beginning of a request, and then a byte a second; whoever is shown the door
// comes again.
func drip(ctx context.Context, base, request string) {
	for ctx.Err() == nil {
		conn, err := new(net.Dialer).DialContext(ctx, "tcp", strings.TrimPrefix(base, "http://"))
		if err != nil {
			continue
		}
		_, err = conn.Write([]byte(request))
		for err == nil && ctx.Err() == nil {
			select {
			case <-ctx.Done():
			case <-time.After(time.Second):
				_, err = conn.Write([]byte("x"))
			}
		}
		_ = conn.Close()
	}
}

// resident is how much memory a program takes, in KiB.
func resident(t *testing.T, p *program) (n int) {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	need(t, err)
	_, line, _ := strings.Cut(string(status), "VmRSS:")
	if _, err := fmt.Sscan(line, &n); err != nil {
		t.Fatalf("no VmRSS in\n%s", status)
	}
	return n
}

// racing tells whether this program, and so its children, have the race detector.
func racing() bool {
	info, _ := debug.ReadBuildInfo()
	for _, s := range info.Settings {
		if s.Key == "-race" && s.Value == "true" {
			return true
		}
	}
	return false
}
