// Package app wires what happens when somebody does something: it joins the
// stores with the packages that decide.
package app

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"log/slog"
	mrand "math/rand/v2"
	"time"

	"thaw/app/bank"
	"thaw/app/jobs"
	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/app/repair"
	"thaw/app/report"
	"thaw/app/study"
	"thaw/app/web"
	"thaw/questions"
	"thaw/questions/builtin"
)

// Stores are what the app needs kept.
type Stores struct {
	People people.Store
	Office people.OfficeStore
	Class  ClassStore
	Bank   bank.FullStore
	Quiz   quiz.Store
	Work   quiz.AssignStore
	Report report.Store
	Fit    study.FitStore
	Exam   study.CoachStore
	Repair repair.Store
	Backup Backups // nil: none are made
}

// Backups keeps copies of the database.
type Backups interface {
	// Hourly makes one where something was written since the last one, and not just now.
	Hourly(ctx context.Context) error
}

// ClassStore keeps classes, who is in them and what reports about them are
// drawn from.
type ClassStore interface {
	people.ClassStore
	people.MemberStore
	people.RosterStore
	people.SeatStore
	people.StaffStore
	report.ClassStore
	report.LensStore
}

// App is everything joined.
type App struct {
	Desk     *people.Desk
	Classes  people.Classes
	Shelf    *bank.Shelf
	Editor   bank.Editor
	Host     quiz.Host
	Reporter report.Reporter
	Fitter   study.Fitter
	Coach    study.Coach
	Repairer repair.Desk

	backups Backups
	now     func() time.Time
}

// New joins the stores with the clock and loads the built-in bank, if what is
// stored differs from it.
func New(ctx context.Context, s Stores, now func() time.Time, log *slog.Logger) (*App, error) {
	if err := install(ctx, s.Bank, log); err != nil {
		return nil, fmt.Errorf("load the built-in bank: %w", err)
	}
	shelf := bank.NewShelf(s.Bank, now)
	coach := study.Coach{Store: s.Exam, Shelf: shelf, Queues: &study.Queues{}, Who: person(s.People), Now: now}
	host := quiz.Host{Store: s.Quiz, Work: s.Work, Coach: coach, Shelf: shelf, Now: now, Rand: source}
	repairer := repair.Desk{Store: s.Repair, Shelf: shelf, Now: now}
	desk := &people.Desk{Store: s.People, Office: s.Office, Claimer: claimer{host, repairer}, Now: now}
	return &App{
		Desk:     desk,
		Classes:  people.Classes{Desk: desk, Store: s.Class, Members: s.Class, List: s.Class, Seats: s.Class, Staff: s.Class},
		Shelf:    shelf,
		Editor:   bank.Editor{Store: s.Bank, Now: now},
		Host:     host,
		Reporter: report.Reporter{Store: s.Report, Coach: coach, Classes: s.Class, Lens: s.Class, Shelf: shelf, Now: now},
		Fitter:   study.Fitter{Store: s.Fit, Now: now},
		Coach:    coach,
		Repairer: repairer,
		backups:  s.Backup,
		now:      now,
	}, nil
}

func install(ctx context.Context, store bank.Store, log *slog.Logger) error {
	b, err := builtin.Load()
	if err != nil {
		return err
	}
	data := bank.FromBuiltin(b)
	installed, err := store.Installed(ctx, data.Bank.Slug)
	if err != nil || installed == data.Hash {
		return err
	}
	log.Info("loading the built-in bank", "bank", data.Bank.Slug, "questions", len(data.Questions))
	return store.Install(ctx, data)
}

// person loads somebody by id.
func person(store people.Store) func(context.Context, questions.LearnerID) (people.Person, error) {
	return func(ctx context.Context, id questions.LearnerID) (people.Person, error) {
		a, err := store.AccountOf(ctx, id)
		return a.Person, err
	}
}

// claimer brings a guest's answers along, and judges them by what holds in the account.
type claimer struct {
	quiz.Host
	repairer repair.Desk
}

// ClaimInto implements people.Claimer. What cannot be judged now is judged by the job.
func (c claimer) ClaimInto(ctx context.Context, guest questions.LearnerID, who people.Person, w people.Way) error {
	err := c.Host.ClaimInto(ctx, guest, who, w)
	if err == nil {
		_ = c.repairer.Catch(ctx, who.ID)
	}
	return err
}

// source is a fresh source of randomness.
func source() *mrand.Rand {
	var seed [16]byte
	_, _ = rand.Read(seed[:])                                                                                  // never fails
	return mrand.New(mrand.NewPCG(binary.LittleEndian.Uint64(seed[:8]), binary.LittleEndian.Uint64(seed[8:]))) // #nosec G404 -- seeded from crypto/rand
}

// Jobs lists what Thaw does by itself. A backup comes before what deletes.
func (a *App) Jobs() []jobs.Job {
	list := []jobs.Job{
		{Name: "sweep", Every: time.Hour, Run: a.Desk.Sweep},
		{Name: "forget", Every: time.Hour, Run: a.Desk.Forget},
		{Name: "bin", Every: time.Hour, Run: a.Editor.EmptyBin},
		{Name: "fit", Every: time.Hour, Run: a.Fitter.Run},
		{Name: "exams", Every: time.Hour, Run: a.Coach.Run},
		{Name: "assignments", Every: time.Minute, Run: a.Host.Close},
		{Name: "repair", Every: time.Minute, Run: a.Repairer.Run},
	}
	if a.backups == nil {
		return list
	}
	return append([]jobs.Job{{Name: "backup", Every: time.Hour, Run: a.backups.Hourly}}, list...)
}

// Server makes the browser's side, ready to serve.
func (a *App) Server(config web.Config) (*web.Server, error) {
	s := &web.Server{Config: config, Desk: a.Desk, Classes: a.Classes, Shelf: a.Shelf, Editor: a.Editor, Host: a.Host, Coach: a.Coach, Repairer: a.Repairer, Reporter: a.Reporter, Now: a.now}
	return s, s.Open()
}
