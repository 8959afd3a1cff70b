package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"text/tabwriter"
	"time"

	"thaw/app/people"
	"thaw/app/repair"
	"thaw/db"
)

// backupMake is `thaw backup`, also beside a server.
type backupMake struct {
	Output string `short:"o" help:"Write it to this file, which is not there yet, instead of among the backups." env:"THAW_OUTPUT" placeholder:"FILE" type:"path"`
}

// Run makes a backup and says where it is.
func (b backupMake) Run(ctx context.Context, w Where, o out) error {
	d, err := db.Open(ctx, db.Config{Dir: w.Data, Name: w.DB, Log: o.log, ReadOnly: true})
	if err != nil {
		return err
	}
	defer d.Close() //nolint:errcheck // only read
	backups := db.Backups{DB: d}
	var made repair.Backup
	if b.Output != "" {
		made, err = backups.Export(ctx, b.Output)
		made.Name = b.Output
	} else {
		made, err = backups.Make(ctx, repair.Asked)
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(o, "%s holds %s, checked.\n", made.Name, contents(made))
	return err
}

// contents says what is in a backup.
func contents(b repair.Backup) string {
	return fmt.Sprintf("%d people, %d answers and %d questions in %s", b.Rows["learner"], b.Rows["event"], b.Rows["question"], megabytes(b.Size))
}

func megabytes(n int64) string { return strconv.FormatInt((n+1<<20-1)>>20, 10) + " MB" }

// backupList is `thaw backup list`.
type backupList struct{}

// Run lists the backups, the newest first. The database may be gone.
func (backupList) Run(w Where, o out) error {
	list, err := db.ListBackups(db.Config{Dir: w.Data, Name: w.DB})
	if err != nil {
		return err
	}
	if len(list) == 0 {
		_, err := fmt.Fprintln(o, "There is no backup yet; thaw backup makes one.")
		return err
	}
	to := tabwriter.NewWriter(o, 0, 0, 2, ' ', 0)
	for _, b := range list {
		fmt.Fprintf(to, "%s\t%s UTC\t%s\tschema %d\t%s\n", b.Name, b.At.Format("2006-01-02 15:04"), b.Why, b.Schema, contents(b))
	}
	return to.Flush()
}

// restore is `thaw restore NAME|FILE`.
type restore struct {
	Backup string `arg:"" help:"A name that thaw backup list shows, or a file." placeholder:"NAME|FILE"`
}

// Run puts a backup in the place of the database.
func (r restore) Run(ctx context.Context, w Where, o out) error {
	done, err := putBack(ctx, w, r.Backup, people.Person{}, o)
	if done.Changed {
		fmt.Fprintf(o, "%s is back: %s.\n", filepath.Base(done.Backup.Name), contents(done.Backup))
	}
	if done.Before != "" && done.Changed {
		fmt.Fprintf(o, "What was there before is kept as the backup %s.\n", done.Before)
	}
	if done.Aside != "" && done.Changed {
		fmt.Fprintf(o, "The damaged file is kept as %s.\n", done.Aside)
	}
	if done.Forgot > 0 {
		fmt.Fprintf(o, "Deleted again, since that was asked for after the backup was made: %d.\n", done.Forgot)
	}
	return err
}

// putBack restores a backup and writes down who did; nobody: the command line. The program
// that serves next loads the built-in bank.
func putBack(ctx context.Context, w Where, name string, by people.Person, o out) (db.Restored, error) {
	c := db.Config{Dir: w.Data, Name: w.DB, Log: o.log}
	done, err := db.Restore(ctx, c, name)
	if !done.Changed {
		return done, err
	}
	o.log.Info("a backup was put back", "backup", done.Backup.Name, "kept", done.Before+done.Aside, "deleted again", done.Forgot)
	d, openErr := db.Open(ctx, c)
	if openErr != nil {
		return done, errors.Join(err, openErr)
	}
	act := people.Act{At: time.Now(), Actor: by.ID, What: people.ActRestore}
	return done, errors.Join(err, db.People{DB: d}.Audit(ctx, act), d.Close())
}
