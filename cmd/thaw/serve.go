package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"

	"thaw/app/jobs"
	"thaw/app/web"
	"thaw/db"
)

// serve is `thaw serve`, the default.
type serve struct {
	Addr           string   `help:"Where to listen." default:"127.0.0.1:8080" env:"THAW_ADDR" placeholder:"HOST:PORT"`
	PublicURL      string   `help:"The address that people type; taken from --addr where it is not set." env:"THAW_PUBLIC_URL" placeholder:"URL"`
	TLSCert        string   `help:"Certificate file, to serve HTTPS." env:"THAW_TLS_CERT" placeholder:"FILE" type:"existingfile"`
	TLSKey         string   `help:"Key file of the certificate." env:"THAW_TLS_KEY" placeholder:"FILE" type:"existingfile"`
	TrustedProxies []string `help:"Proxies whose forwarded address is believed." env:"THAW_TRUSTED_PROXIES" placeholder:"ADDRESS"`
	MetricsAddr    string   `help:"Where to serve Prometheus metrics; off by default." env:"THAW_METRICS_ADDR" placeholder:"HOST:PORT"`
	Demo           bool     `help:"Show a class with 60 made-up days in a scratch database." env:"THAW_DEMO"`
}

// Run serves until the context ends, then lets what is under way end first.
func (s serve) Run(ctx context.Context, w Where, o out) (err error) {
	if (s.TLSCert == "") != (s.TLSKey == "") {
		return errors.New("--tls-cert and --tls-key go together: give both, or none")
	}
	if u, err := url.Parse(s.PublicURL); s.PublicURL != "" && (err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https")) {
		return fmt.Errorf("--public-url %s is no address: it begins with http:// or https://", s.PublicURL)
	}
	if s.TLSCert != "" {
		if _, err := tls.LoadX509KeyPair(s.TLSCert, s.TLSKey); err != nil {
			return fmt.Errorf("--tls-cert %s and --tls-key %s cannot be used: %w", s.TLSCert, s.TLSKey, err)
		}
	}
	if s.Demo {
		var gone func()
		if w, gone, err = scratch(); err != nil {
			return err
		}
		defer gone()
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", s.Addr)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: another program may hold it, choose another with --addr: %w", s.Addr, err)
	}
	defer context.AfterFunc(ctx, func() { _ = listener.Close() })() // nobody is let in any more
	return s.lives(ctx, w, openDoor(listener), o)
}

// lives serves until the context ends. When a backup is to be put back, one life ends as at
// any stop, with all that was answered stored, and the next begins on the restored state;
// visitors in between are asked to come again.
func (s serve) lives(ctx context.Context, w Where, d *door, o out) error {
	observe, err := s.measure(ctx, o)
	if err != nil {
		return err
	}
	l := life{turn: d.turn(), observe: observe, begun: func() {}}
	for {
		next, err := s.live(ctx, w, l, o)
		if err != nil || next.name == "" {
			return err
		}
		l.went = next.carryOut(ctx, w, o)
		l.turn, l.begun = d.turn(), next.end
	}
}

// life is what one life of the server begins with.
type life struct {
	turn    *turn
	observe func(method, route string, status int, took time.Duration)
	went    web.Back // the backup put back before it
	begun   func()   // called when it answers
}

// lastWords is how long whoever has come in may take to ask for something before a life ends.
const lastWords = 300 * time.Millisecond

// live opens everything and serves for one life. What it returns with a name is to be put
// back now.
func (s serve) live(ctx context.Context, w Where, l life, o out) (next order, err error) {
	p, err := hold(ctx, w, time.Now, o.log)
	if err != nil {
		return next, err
	}
	defer func() { err = errors.Join(err, p.db.Close()) }()
	if s.Demo && l.went.At.IsZero() {
		o.log.Info("making a class with 60 days of study")
		if err := simulate(ctx, p, time.Now()); err != nil {
			return next, err
		}
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	r := &orders{Backups: db.Backups{DB: p.db}, went: l.went, begin: func() func() {
		l.turn.rest()
		time.AfterFunc(lastWords, stop) // who has just come in is still heard
		return s.away(l.turn.turn())
	}}
	err = s.serve(ctx, p, l, r, o)
	return r.order(), err
}

func (s serve) serve(ctx context.Context, p *parts, l life, r *orders, o out) error {
	runner := jobs.Runner{Jobs: p.Jobs(), Now: time.Now, Log: o.log, Record: &jobs.Record{}}
	server, err := p.Server(web.Config{
		URL: s.address(l.turn.Addr()), Phones: s.phones(l.turn.Addr()), Cert: s.TLSCert, Key: s.TLSKey, Proxies: s.TrustedProxies,
		Demo: s.Demo, Log: o.log, Ready: p.db.Ready, Away: db.Away, Observe: l.observe, Condition: p.condition(runner), Backups: r,
	})
	if err != nil {
		return err
	}
	defer work(ctx, runner)()
	if err := s.greet(ctx, p, server.URL, server.Phones, o); err != nil {
		return err
	}
	l.begun()
	return server.Run(ctx, l.turn)
}

// condition says how the program, its jobs and its database are.
func (p *parts) condition(r jobs.Runner) func(context.Context) (web.Condition, error) {
	return func(ctx context.Context) (web.Condition, error) {
		h, err := p.db.Health(ctx)
		return web.Condition{Version: release(), Engine: h.Engine, Size: h.Size, Free: h.Free, Waiting: h.Waiting, Room: h.Room, Jobs: r.Record.Of(r.Jobs)}, err
	}
}

// work runs the jobs beside the server; what it returns ends them and waits.
func work(ctx context.Context, r jobs.Runner) (end func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		r.Run(ctx)
	}()
	return func() {
		cancel()
		<-done
	}
}

// address is what people type.
func (s serve) address(addr net.Addr) string {
	if s.PublicURL != "" {
		return strings.TrimSuffix(s.PublicURL, "/")
	}
	scheme := "http"
	if s.TLSCert != "" {
		scheme = "https"
	}
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return scheme + "://" + addr.String()
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return scheme + "://" + net.JoinHostPort(host, port)
}

// phones is the address for other devices, "" when there is none.
func (s serve) phones(addr net.Addr) string {
	if s.PublicURL != "" {
		return s.address(addr)
	}
	at, ok := addr.(*net.TCPAddr)
	if !ok || at.IP.IsLoopback() {
		return ""
	}
	if at.IP.IsUnspecified() {
		at = &net.TCPAddr{IP: ownIP(), Port: at.Port}
	}
	if at.IP == nil {
		return ""
	}
	return s.address(at)
}

// ownIP is this computer's IPv4 address in the network, a private one if there
// is one.
func ownIP() net.IP {
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		return nil
	}
	var own net.IP
	for _, a := range addresses {
		n, ok := a.(*net.IPNet)
		if !ok || n.IP.To4() == nil || !n.IP.IsGlobalUnicast() {
			continue
		}
		if n.IP.IsPrivate() {
			return n.IP
		}
		own = n.IP
	}
	return own
}

// greet prints the set-up link until it has been used, and then the address.
func (s serve) greet(ctx context.Context, p *parts, url, phones string, o out) error {
	if s.Demo {
		fmt.Fprintf(o, "A class with 60 made-up days. Sign in as %s, a pupil, or as %s, the teacher; password: %s\n", demoNames[0], demoTeacher, demoPassword)
	} else if token, err := p.Desk.SetupLink(ctx); err != nil {
		return err
	} else if token != "" {
		fmt.Fprintf(o, "Set Thaw up with this link, good once: %s/setup/%s\n", url, token)
	}
	also := ""
	if phones != "" && phones != url {
		also = ", for phones in the same network at " + phones
	}
	_, err := fmt.Fprintf(o, "Thaw is at %s%s\n", url, also)
	return err
}
