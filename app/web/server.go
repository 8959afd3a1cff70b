// Package web is the browser's side: it turns requests into calls of the
// packages that decide, and their results into pages.
package web

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"

	"thaw/app/bank"
	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/app/repair"
	"thaw/app/report"
	"thaw/app/study"
)

// Config is what the program decides about its server.
type Config struct {
	URL       string   // the address that people type
	Phones    string   // an address that other devices reach; "" when the server listens on this computer only
	Cert, Key string   // files, to serve HTTPS
	Proxies   []string // addresses or networks whose forwarded address is believed
	Demo      bool
	Log       *slog.Logger
	Ready     func(context.Context) error                                // nil: always
	Away      func(error) bool                                           // tells whether an error says that the database cannot be used just now; nil: none does
	Condition func(context.Context) (Condition, error)                   // nil: not known
	Backups   Backups                                                    // nil: there are none
	Observe   func(method, route string, status int, took time.Duration) // nil: nobody counts
	Base      context.Context                                            // of every request; nil: the background
}

// Server answers browsers.
type Server struct {
	Config
	Desk     *people.Desk
	Classes  people.Classes
	Shelf    *bank.Shelf
	Editor   bank.Editor
	Importer bank.Importer
	Host     quiz.Host
	Coach    study.Coach
	Repairer repair.Desk
	Reporter report.Reporter
	Now      func() time.Time

	proxies []netip.Prefix
	school  atomic.Pointer[schoolSeen]
	strays  sync.Map // status to the page of what could not be read
	app     *fiber.App
}

// Limits of a request.
const (
	bodyLimit    = 64 << 10
	prefetch     = 4 << 10 // of a body, set aside for whoever announces as much, whether it comes or not
	readTime     = 10 * time.Second
	writeTime    = 30 * time.Second
	idleTime     = 60 * time.Second
	decisionTime = 10 * time.Second
)

// Open makes the server ready to serve.
func (s *Server) Open() error {
	for _, p := range s.Proxies {
		prefix, err := network(p)
		if err != nil {
			return fmt.Errorf("--trusted-proxies: %w", err)
		}
		s.proxies = append(s.proxies, prefix)
	}
	s.app = fiber.New(fiber.Config{
		Immutable:         true,     // lent strings would turn into other people's data
		StreamRequestBody: true,     // else an announced length is allocated before it comes
		BodyLimit:         prefetch, // beyond it a body is a stream, which bounded and readBody hold to its limit

		DisablePreParseMultipartForm: true, // else files of any size are stored before anybody asks
		ReadTimeout:                  readTime,
		WriteTimeout:                 writeTime,
		IdleTimeout:                  idleTime,
		DisableStartupMessage:        true,
		ServerHeader:                 "",
		ErrorHandler:                 s.fail,
	})
	s.app.Server().NoDefaultServerHeader = true
	s.app.Server().CloseOnShutdown = true // who goes on asks whoever answers next
	s.edge()
	s.app.Use(s.logged, s.recovered, s.sameOrigin)
	for _, r := range s.routes() {
		s.app.Add(r.Method, r.Path, bounded(r.room()), s.allowed(r.Access), r.Handler)
		if r.Method == fiber.MethodGet { // what watches a server asks by HEAD
			s.app.Add(fiber.MethodHead, r.Path, s.allowed(r.Access), r.Handler)
		}
	}
	s.app.Use(bounded(bodyLimit))
	return nil
}

func network(text string) (netip.Prefix, error) {
	text = strings.TrimSpace(text)
	if strings.Contains(text, "/") {
		return netip.ParsePrefix(text)
	}
	addr, err := netip.ParseAddr(text)
	if err != nil {
		return netip.Prefix{}, err
	}
	return addr.Prefix(addr.BitLen())
}

// Routes lists every route, for tests of who may what.
func (s *Server) Routes() []Route { return s.routes() }

// App is the fiber app, for tests.
func (s *Server) App() *fiber.App { return s.app }

// drain is how long a server that ends waits for what is under way.
const drain = 5 * time.Second

// Run answers until the context ends, then lets what is under way end first.
func (s *Server) Run(ctx context.Context, l net.Listener) error {
	ended := make(chan error, 1)
	go func() { ended <- s.serve(l) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	s.Log.Info("ending: answers under way are stored first")
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
	defer cancel()
	if err := s.app.ShutdownWithContext(last); !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	s.Log.Info("ended with connections open that sent nothing any more")
	return nil
}

func (s *Server) serve(l net.Listener) error {
	if s.Cert != "" {
		pair, err := tls.LoadX509KeyPair(s.Cert, s.Key)
		if err != nil {
			return fmt.Errorf("read the certificate: %w", err)
		}
		l = tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12})
	}
	return s.app.Listener(l)
}

// secure tells whether people reach the server by HTTPS.
func (s *Server) secure() bool { return strings.HasPrefix(s.URL, "https://") }

// schoolSeen is the school as it was a moment ago.
type schoolSeen struct {
	people.School
	at time.Time
}

// schoolFresh is how long the school's settings are trusted.
const schoolFresh = 2 * time.Second

func (s *Server) schoolNow(ctx context.Context) (people.School, error) {
	if seen := s.school.Load(); seen != nil && s.Now().Sub(seen.at) < schoolFresh {
		return seen.School, nil
	}
	school, err := s.Desk.Store.School(ctx)
	if err == nil {
		s.school.Store(&schoolSeen{school, s.Now()})
	}
	return school, err
}
