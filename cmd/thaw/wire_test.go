package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// raw sends bytes as they are, closes its half of the connection and returns
// what comes back, nil if nothing does.
func (p *program) raw(t *testing.T, bytes string) *reply {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(p.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(conn, bytes) // the server may hang up before the end
	_ = conn.(*net.TCPConn).CloseWrite()
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return nil
	}
	defer res.Body.Close()
	_, _ = io.Copy(io.Discard, res.Body)
	return &reply{res.StatusCode, res.Header}
}

// reply is what a server says, without its body.
type reply struct {
	status int
	header http.Header
}

const formHead = "Host: localhost\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n"

func TestTheServerOutlivesWhatIsNoRequest(t *testing.T) {
	p := start(t, t.TempDir())
	for name, bytes := range map[string]string{
		"nothing":            "",
		"half a head":        "GET / HTTP/1.1\r\nHost: x\r\n",
		"no HTTP":            "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
		"no such method":     "BREW / HTTP/1.1\r\nHost: x\r\n\r\n",
		"a head too large":   "GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + strings.Repeat("a", 1<<16) + "\r\n\r\n",
		"half a body":        "POST /sign-in HTTP/1.1\r\n" + formHead + "Content-Length: 60000\r\n\r\nname=",
		"a body of no size":  "POST /sign-in HTTP/1.1\r\n" + formHead + "Content-Length: many\r\n\r\nname=",
		"a chunk of no size": "POST /sign-in HTTP/1.1\r\n" + formHead + "Transfer-Encoding: chunked\r\n\r\nmany\r\n",
		"half a chunk":       "POST /sign-in HTTP/1.1\r\n" + formHead + "Transfer-Encoding: chunked\r\n\r\n10\r\nname",
	} {
		res := p.raw(t, bytes)
		if res != nil && (res.status < 400 || res.status > 499) {
			t.Errorf("%s: %d, want that it is the sender's fault", name, res.status)
		}
		if res != nil && !strings.Contains(res.header.Get("Content-Security-Policy"), "trusted-types default") {
			t.Errorf("%s: the answer lacks the headers: %v", name, res.header)
		}
		b := newBrowser(t, p.url)
		if b.get("/healthz"); b.page.status != 200 {
			t.Fatalf("after %s the server answers %d", name, b.page.status)
		}
	}
}

func TestBodiesWithoutALength(t *testing.T) {
	p := start(t, t.TempDir())
	chunked := func(path, site string, chunks ...string) string {
		var b strings.Builder
		fmt.Fprintf(&b, "POST %s HTTP/1.1\r\n%sTransfer-Encoding: chunked\r\n\r\n", path, strings.Replace(formHead, "same-origin", site, 1))
		for _, c := range append(chunks, "") {
			fmt.Fprintf(&b, "%x\r\n%s\r\n", len(c), c)
		}
		return b.String()
	}
	large := make([]string, 100)
	for i := range large {
		large[i] = strings.Repeat("x", 64<<10)
	}
	for name, c := range map[string]struct {
		bytes  string
		status int
	}{
		"a form in two parts":   {chunked("/sign-in", "same-origin", "name=Ada&", "password=wrong"), 422},
		"too large":             {chunked("/sign-in", "same-origin", large...), 413},
		"too large, of another": {chunked("/sign-in", "cross-site", large...), 403},
		"too large for nobody":  {chunked("/nowhere", "same-origin", large...), 404},
		"an announced gigabyte": {"POST /sign-in HTTP/1.1\r\n" + formHead + "Content-Length: 1073741824\r\n\r\n" + large[0] + large[1], 413},
	} {
		res := p.raw(t, c.bytes)
		if res == nil || res.status != c.status {
			t.Errorf("%s: %v, want %d", name, res, c.status)
		}
	}
}
