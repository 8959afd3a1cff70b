package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"time"

	"thaw/views/text"
)

// door is one address at which one server answers after another: no visitor finds it shut.
type door struct {
	net.Listener
	came chan net.Conn
	shut chan struct{} // the address is given up
	err  error         // why, once shut
}

func openDoor(l net.Listener) *door {
	d := &door{Listener: l, came: make(chan net.Conn), shut: make(chan struct{})}
	go d.let()
	return d
}

// let takes connections in until the address is given up.
func (d *door) let() {
	defer close(d.shut)
	for {
		conn, err := d.Accept()
		if err == nil {
			d.came <- conn
			continue
		}
		var passing net.Error
		if !errors.As(err, &passing) || !passing.Timeout() {
			d.err = err
			return
		}
	}
}

// turn is one server's time at a door.
type turn struct {
	*door
	end, pause sync.Once
	over       chan struct{} // it has ended
	rests      chan struct{} // it takes nobody more in, and has not ended yet
}

func (d *door) turn() *turn {
	return &turn{door: d, over: make(chan struct{}), rests: make(chan struct{})}
}

// Accept implements net.Listener.
func (t *turn) Accept() (net.Conn, error) {
	came := t.came
	for {
		select {
		case <-t.rests:
			came = nil
		default:
		}
		select {
		case conn := <-came:
			return conn, nil
		case <-t.over:
			return nil, net.ErrClosed
		case <-t.shut:
			return nil, t.err
		case <-t.waking(came):
		}
	}
}

// waking tells that the turn begins to rest; not again, once it does.
func (t *turn) waking(came chan net.Conn) <-chan struct{} {
	if came == nil {
		return nil
	}
	return t.rests
}

// rest lets nobody more in, whoever is in stays.
func (t *turn) rest() { t.pause.Do(func() { close(t.rests) }) }

// Close ends the turn; the address stays.
func (t *turn) Close() error {
	t.end.Do(func() { close(t.over) })
	return nil
}

// away tells visitors to come again while no server answers. Whoever is in when it ends is
// still answered.
func (s serve) away(t *turn) (end func()) {
	server := &http.Server{Handler: http.HandlerFunc(sayAway), ReadTimeout: readAway, WriteTimeout: readAway}
	server.SetKeepAlivesEnabled(false)
	go func() {
		if s.TLSCert != "" {
			_ = server.ServeTLS(t, s.TLSCert, s.TLSKey) // ends with its turn
			return
		}
		_ = server.Serve(t)
	}()
	return func() {
		t.rest()
		go func() {
			ctx, cancel := context.WithTimeout(context.Background(), readAway)
			defer cancel()
			_ = server.Shutdown(ctx) // whoever says nothing is let go
		}()
	}
}

// readAway is how long somebody may take to ask for something meanwhile.
const readAway = 10 * time.Second

// awayWait is after how many seconds a browser asks again.
const awayWait = "2"

func sayAway(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Retry-After", awayWait)
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	if r.Method == http.MethodGet {
		h.Set("Refresh", awayWait)
	}
	w.WriteHeader(http.StatusServiceUnavailable)
	title := text.T("en", "backup.away_title")
	_, _ = w.Write([]byte(`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>` + title +
		`</title></head><body><main><h1>` + title + `</h1><p>` + text.T("en", "backup.away") + `</p></main></body></html>`)) // who has gone needs no answer
}
