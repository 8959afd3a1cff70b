package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"thaw/app/web"
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
	defer listener.Close() //nolint:errcheck // closed by the server
	p, err := hold(ctx, w, time.Now, o.log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.db.Close()) }()
	if s.Demo {
		o.log.Info("making a class with 60 days of study")
		if err := simulate(ctx, p, time.Now()); err != nil {
			return err
		}
	}
	return s.serve(ctx, p, listener, o)
}

func (s serve) serve(ctx context.Context, p *parts, listener net.Listener, o out) error {
	observe, err := s.measure(ctx, o)
	if err != nil {
		return err
	}
	server, err := p.Server(web.Config{
		URL: s.address(listener.Addr()), Cert: s.TLSCert, Key: s.TLSKey, Proxies: s.TrustedProxies,
		Demo: s.Demo, Log: o.log, Ready: p.db.Ready, Observe: observe,
	})
	if err != nil {
		return err
	}
	if err := s.greet(ctx, p, server.URL, o); err != nil {
		return err
	}
	return server.Run(ctx, listener)
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

// greet prints the set-up link until it has been used, and then the address.
func (s serve) greet(ctx context.Context, p *parts, url string, o out) error {
	if s.Demo {
		fmt.Fprintf(o, "A class with 60 made-up days. Sign in as %s, password: %s\n", demoNames[0], demoPassword)
	} else if token, err := p.Desk.SetupLink(ctx); err != nil {
		return err
	} else if token != "" {
		fmt.Fprintf(o, "Set Thaw up with this link, good once: %s/setup/%s\n", url, token)
	}
	_, err := fmt.Fprintf(o, "Thaw is at %s\n", url)
	return err
}
