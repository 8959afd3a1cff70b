package main

import (
	"context"
	"sync"
	"time"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/app/web"
	"thaw/db"
)

// order is a backup that is to be put back.
type order struct {
	name string // "": none
	by   people.Person
	end  func() // of telling visitors to come again
}

// carryOut puts the backup back, while nobody is served.
func (r order) carryOut(ctx context.Context, w Where, o out) web.Back {
	done, err := putBack(ctx, w, r.name, r.by, o)
	went := web.Back{At: time.Now(), Of: done.Backup.At, Before: db.BackupTime(done.Before), Done: done.Changed}
	if err != nil {
		o.log.Error("putting a backup back", "backup", r.name, "error", err)
		went.Err = err.Error()
	}
	return went
}

// orders are the backups of the database that is served, and the one that is to be put back.
type orders struct {
	db.Backups
	went  web.Back            // before this life
	begin func() (end func()) // ends this life; visitors are asked to come again until end

	mu    sync.Mutex
	taken order
}

var _ web.Backups = (*orders)(nil)

// PutBack implements web.Backups.
func (r *orders) PutBack(name string, by people.Person) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.taken.name != "" {
		return fault.New(fault.Conflict, "backup.under_way")
	}
	r.taken = order{name, by, r.begin()}
	return nil
}

// order is the backup that is to be put back, once this life has ended.
func (r *orders) order() order {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.taken
}

// State implements web.Backups.
func (r *orders) State(ctx context.Context) (web.BackupState, error) {
	failed := r.Failed()
	gone, err := r.LastGone(ctx)
	return web.BackupState{FailedAt: failed.At, Failed: failed.Err, UnderWay: r.order().name != "", Gone: gone, Back: r.went}, err
}
