package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"runtime/pprof"
	"time"
	_ "time/tzdata" // zones also where the system has none

	"thaw/app"
	"thaw/app/web"
	"thaw/db"
)

// serve is the server under load: the program's own, without its command line.
type serve struct {
	File    string `arg:"" help:"Database to serve."`
	Apart   bool   `help:"One transaction per request."`
	Profile string `help:"Where to write a CPU profile."`
}

// Run prints the address and serves until SIGTERM.
func (s serve) Run(ctx context.Context, stdout io.Writer) (err error) {
	stop, err := profile(s.Profile)
	if err != nil {
		return err
	}
	defer stop()
	d, err := db.Open(ctx, db.Config{Name: s.File, Exclusive: true, Apart: s.Apart})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	a, err := join(ctx, d, log)
	if err != nil {
		return err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server, err := a.Server(web.Config{URL: "http://" + listener.Addr().String(), Log: log, Ready: d.Ready})
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintln(stdout, listener.Addr()); err != nil {
		return err
	}
	return server.Run(ctx, listener)
}

func join(ctx context.Context, d *db.DB, log *slog.Logger) (*app.App, error) {
	return app.New(ctx, app.Stores{People: db.People{DB: d}, Office: db.People{DB: d}, Class: db.Class{DB: d},
		Bank: db.Bank{DB: d}, Quiz: db.Quiz{DB: d}, Work: db.Work{DB: d}, Report: db.Study{DB: d}, Fit: db.Study{DB: d}, Exam: db.Study{DB: d}}, time.Now, log)
}

// profile writes a CPU profile to a file until it is stopped.
func profile(name string) (stop func(), err error) {
	if name == "" {
		return func() {}, nil
	}
	f, err := os.Create(name) // #nosec G304 -- the operator's own choice
	if err != nil {
		return nil, err
	}
	return func() { pprof.StopCPUProfile(); _ = f.Close() }, pprof.StartCPUProfile(f)
}
