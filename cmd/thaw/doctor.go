package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"thaw/app/bank"
	"thaw/app/repair"
	"thaw/db"
)

// doctor is `thaw doctor`.
type doctor struct {
	Repair bool `help:"Repair what can be repaired, after a backup. Without it nothing is changed." env:"THAW_REPAIR"`
	JSON   bool `name:"json" help:"Print one JSON object." env:"THAW_JSON"`
}

// diagnosis is what the doctor prints as JSON.
type diagnosis struct {
	Checked []string       `json:"checked"` // the classes of damage that were looked for
	Found   []repair.Found `json:"found"`
	Backup  string         `json:"backup,omitempty"` // made before the repair
	Left    []repair.Found `json:"left,omitempty"`   // after the repair
}

// Run looks for damage, and repairs it where that is wanted. The error says that there is
// some, or still some.
func (c doctor) Run(ctx context.Context, w Where, o out) error {
	d, err := db.Open(ctx, db.Config{Dir: w.Data, Name: w.DB, Log: o.log, Exclusive: true, ReadOnly: !c.Repair})
	if err != nil {
		return err
	}
	defer d.Close() //nolint:errcheck // what was repaired is committed
	store := db.Repair{DB: d}
	doc := repair.Doctor{Desk: repair.Desk{Store: store, Shelf: bank.NewShelf(db.Bank{DB: d}, time.Now), Now: time.Now}, Store: store}
	r := diagnosis{Checked: doc.Names(), Found: []repair.Found{}}
	if c.Repair {
		err = r.mend(ctx, doc, db.Backups{DB: d})
	} else {
		r.Found, err = doc.Examine(ctx)
	}
	if err := errors.Join(err, c.say(o, r)); err != nil {
		return err
	}
	return r.verdict(c.Repair)
}

// mend repairs after a backup, if there is something to repair, and looks again.
func (r *diagnosis) mend(ctx context.Context, doc repair.Doctor, backups db.Backups) (err error) {
	if r.Found, err = doc.Examine(ctx); err != nil || len(r.Found) == 0 {
		return err
	}
	if fatal(r.Found) {
		r.Left = r.Found
		return nil
	}
	b, err := backups.Make(ctx, repair.BeforeDoctor)
	if err != nil {
		return fmt.Errorf("nothing was repaired, since a backup comes first: %w", err)
	}
	r.Backup = b.Name
	if _, err := doc.Repair(ctx); err != nil {
		return err
	}
	r.Left, err = doc.Examine(ctx)
	return err
}

// fatal tells whether nothing of what was found can be repaired.
func fatal(found []repair.Found) bool {
	for _, f := range found {
		if !f.Lost {
			return false
		}
	}
	return true
}

func (c doctor) say(o out, r diagnosis) error {
	if c.JSON {
		e := json.NewEncoder(o)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(r)
	}
	tell(o, "", r.Found)
	if r.Backup != "" {
		fmt.Fprintf(o, "Made the backup %s first, then repaired.\n", r.Backup)
	}
	tell(o, "Still there: ", r.Left)
	_, err := fmt.Fprintf(o, "Looked for %d kinds of damage.\n", len(r.Checked))
	return err
}

func tell(o out, before string, found []repair.Found) {
	for _, f := range found {
		more := ""
		if f.N > len(f.Examples) {
			more = ", …"
		}
		lost := ""
		if f.Lost {
			lost = " (only a backup has it: thaw restore)"
		}
		fmt.Fprintf(o, "%s%s: %d%s: %s%s\n", before, f.Check, f.N, lost, strings.Join(f.Examples, ", "), more)
	}
}

// verdict is an error where something is, or stays, damaged.
func (r diagnosis) verdict(repaired bool) error {
	switch {
	case !repaired && len(r.Found) > 0:
		return fmt.Errorf("%d kinds of damage; thaw doctor --repair repairs what can be, after a backup", len(r.Found))
	case repaired && len(r.Left) > 0:
		return fmt.Errorf("%d kinds of damage are left", len(r.Left))
	}
	return nil
}
