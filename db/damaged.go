package db

import (
	"errors"
	"fmt"
	"path/filepath"
)

// damaged is a file that cannot be read as it should.
type damaged struct{ path, what string }

// Error is the text for the person.
func (e damaged) Error() string { return e.path + " is " + e.what + "; nothing was changed" }

func errDamaged(path string) error { return damaged{path, "damaged"} }

// pointed names the backup to put back where a file is damaged.
func (d *DB) pointed(err error) error {
	if !errors.As(err, new(damaged)) {
		return err
	}
	list, lookErr := listBackups(d.keeper.folder)
	if lookErr != nil || len(list) == 0 {
		return fmt.Errorf("%w; there is no backup in %s: name another file with --db, or put a backup back from elsewhere with thaw restore FILE", err, filepath.Clean(d.keeper.folder))
	}
	return fmt.Errorf("%w; put the newest backup back: thaw restore %s (in %s, of %s UTC)", err, list[0].Name, filepath.Clean(d.keeper.folder), list[0].At.Format("2 January 2006 15:04"))
}
