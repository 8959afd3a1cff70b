package main

import (
	"bufio"
	"context"
	"net"
	"strconv"
	"time"

	"github.com/valyala/fasthttp"
)

// browser is one connection, as lean as it can be: it shares the cores with
// the server that it measures.
type browser struct {
	net.Conn
	in  *bufio.Reader
	out []byte
	got fasthttp.Response
}

// patience is how long a reply may take before its connection counts as lost.
const patience = 20 * time.Second

// dial connects n browsers.
func dial(ctx context.Context, address string, n int) ([]*browser, error) {
	var all []*browser
	for range n {
		conn, err := new(net.Dialer).DialContext(ctx, "tcp", address)
		if err != nil {
			hangUp(all)
			return nil, err
		}
		all = append(all, &browser{Conn: conn, in: bufio.NewReader(conn)})
	}
	return all, nil
}

func hangUp(all []*browser) {
	for _, b := range all {
		_ = b.Close() // what matters has been read
	}
}

// send posts an answer and returns the status.
func (b *browser) send(a answer) (int, error) {
	form := a.form()
	b.out = append(b.out[:0], "POST /sittings/1/questions/"...)
	b.out = strconv.AppendInt(b.out, int64(a.pos), 10)
	b.out = append(b.out, " HTTP/1.1\r\nHost: thaw\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nCookie: thaw="...)
	b.out = append(b.out, a.cookie...)
	b.out = append(b.out, "\r\nContent-Length: "...)
	b.out = strconv.AppendInt(b.out, int64(len(form)), 10)
	b.out = append(b.out, "\r\n\r\n"...)
	b.out = append(b.out, form...)
	if err := b.SetDeadline(time.Now().Add(patience)); err != nil {
		return 0, err
	}
	if _, err := b.Write(b.out); err != nil {
		return 0, err
	}
	if err := b.got.Read(b.in); err != nil {
		return 0, err
	}
	return b.got.StatusCode(), nil
}
