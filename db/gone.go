package db

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"thaw/app/people"
	"thaw/questions"
)

// goneFile lies beside the backups and holds the random ids of the deleted, each with when:
// a backup of before, put back, does not bring them back.
const goneFile = "deleted"

// keepGone adds the ids of the deleted to those beside the backups.
func (d *DB) keepGone(ctx context.Context) error {
	if d.keeper.folder == "" {
		return nil
	}
	list, err := (People{d}).Gone(ctx)
	if err != nil {
		return err
	}
	return mergeGone(d.keeper.folder, list)
}

func mergeGone(folder string, list []people.Gone) error {
	beside, err := readGone(folder)
	if err != nil {
		return err
	}
	all := together(beside, list)
	if len(all) == len(beside) {
		return nil
	}
	if err := makeFolder(folder); err != nil {
		return err
	}
	var text bytes.Buffer
	for _, g := range all {
		fmt.Fprintf(&text, "%d %d\n", g.ID, ms(g.At))
	}
	if err := writeWhole(filepath.Join(folder, goneFile), text.Bytes()); err != nil {
		return fmt.Errorf("keeping the ids of the deleted beside the backups: %w", err)
	}
	return syncFolder(folder)
}

func scanGone(rows *sql.Rows) (g people.Gone, err error) {
	var when int64
	err = rows.Scan(&g.ID, &when)
	g.At = at(when)
	return g, err
}

// together are two lists as one, each id once.
func together(lists ...[]people.Gone) (all []people.Gone) {
	seen := map[questions.LearnerID]bool{}
	for _, g := range slices.Concat(lists...) {
		if !seen[g.ID] {
			seen[g.ID] = true
			all = append(all, g)
		}
	}
	return all
}

// goneBeside are the ids that lie beside the backups, and beside the one that is put back.
func goneBeside(folder, from string) ([]people.Gone, error) {
	ours, err := readGone(folder)
	if err != nil {
		return nil, err
	}
	theirs, err := readGone(filepath.Dir(from))
	return together(ours, theirs), err
}

// readGone reads the ids beside the backups; none where there is no file.
func readGone(folder string) (list []people.Gone, err error) {
	raw, err := os.ReadFile(filepath.Join(folder, goneFile)) // #nosec G304 -- a file of ours
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the ids of the deleted: %w", err)
	}
	for line := range bytes.Lines(raw) {
		id, when, _ := bytes.Cut(bytes.TrimSpace(line), []byte(" "))
		n, errID := strconv.ParseInt(string(id), 10, 64)
		at0, errAt := strconv.ParseInt(string(when), 10, 64)
		if err := errors.Join(errID, errAt); err != nil {
			return nil, fmt.Errorf("%s is damaged: %w; mend or move it away", filepath.Join(folder, goneFile), err)
		}
		list = append(list, people.Gone{ID: questions.LearnerID(n), At: at(at0)})
	}
	return list, nil
}
