package main

import (
	"context"
	"fmt"
	"time"
)

type migrate struct{}

// Run makes or upgrades the database and loads the built-in bank.
func (migrate) Run(ctx context.Context, w Where, o out) error {
	p, err := hold(ctx, w, time.Now, o.log)
	if err != nil {
		return err
	}
	defer p.db.Close() //nolint:errcheck // nothing is under way
	_, err = fmt.Fprintln(o, "The database is up to date.")
	return err
}
