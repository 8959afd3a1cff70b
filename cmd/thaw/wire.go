package main

import (
	"context"
	"log/slog"
	"os"
	"time"
	_ "time/tzdata" // zones also where the system has none

	"thaw/app"
	"thaw/db"
)

// parts are the open database and the app on it.
type parts struct {
	*app.App
	db     *db.DB
	people db.People
}

// open opens the database, brings it up to date and joins the app on it.
func open(ctx context.Context, w Where, now func() time.Time, log *slog.Logger) (*parts, error) {
	return join(ctx, db.Config{Dir: w.Data, Name: w.DB, Log: log}, now, log)
}

// hold opens it for this program alone: a second server is refused.
func hold(ctx context.Context, w Where, now func() time.Time, log *slog.Logger) (*parts, error) {
	return join(ctx, db.Config{Dir: w.Data, Name: w.DB, Log: log, Exclusive: true}, now, log)
}

func join(ctx context.Context, c db.Config, now func() time.Time, log *slog.Logger) (*parts, error) {
	d, err := db.Open(ctx, c)
	if err != nil {
		return nil, err
	}
	a, err := app.New(ctx, app.Stores{People: db.People{DB: d}, Office: db.People{DB: d}, Class: db.Class{DB: d},
		Bank: db.Bank{DB: d}, Quiz: db.Quiz{DB: d}, Work: db.Work{DB: d}, Report: db.Study{DB: d}, Fit: db.Study{DB: d}, Exam: db.Study{DB: d}, Repair: db.Repair{DB: d}, Backup: db.Backups{DB: d}}, now, log)
	if err != nil {
		d.Close() //nolint:errcheck,gosec // the first error says what happened
		return nil, err
	}
	return &parts{App: a, db: d, people: db.People{DB: d}}, nil
}

// scratch is a data folder that goes when the program ends.
func scratch() (Where, func(), error) {
	dir, err := os.MkdirTemp("", "thaw-demo-")
	return Where{Data: dir, DB: "thaw.db"}, func() { _ = os.RemoveAll(dir) }, err
}
