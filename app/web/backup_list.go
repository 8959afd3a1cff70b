package web

import (
	"context"
	"errors"
	"os"
	"time"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/app/repair"
	"thaw/views"
)

const backupsPath = "/people/backups"

// Backups are copies of everything, and the way back to one.
type Backups interface {
	// List lists those there are, the newest first.
	List() ([]repair.Backup, error)
	// Take makes one, unless nothing has changed since the last.
	Take(ctx context.Context, why string) error
	// Open opens one for reading; fs.ErrNotExist.
	Open(name string) (*os.File, error)
	// Check says what is wrong with one that is to be put back.
	Check(ctx context.Context, name string) error
	// PutBack begins to put one in the place of everything, as soon as what is under way has
	// ended, and returns at once; fault.Conflict while another is put back.
	PutBack(name string, by people.Person) error
	// State says how they stand.
	State(ctx context.Context) (BackupState, error)
}

// BackupState is how backups stand.
type BackupState struct {
	FailedAt time.Time // of the last backup, if it could not be made; zero: it could
	Failed   string    // why
	UnderWay bool      // one is about to be put back
	Gone     time.Time // when somebody was deleted last; zero: nobody was
	Back     Back      // the last one put back since the program started
}

// Back is how a backup was put back; the zero one is none.
type Back struct {
	At     time.Time
	Of     time.Time // when the backup was made
	Before time.Time // of the backup of what was there; zero: a damaged file was kept aside
	Err    string    // "": all went well
	Done   bool      // the backup is in its place
}

// errUnderWay says that there is nothing to look at until a backup has been put back.
var errUnderWay = errors.New("a backup is being put back")

// backupsShow lists the backups.
func (s *Server) backupsShow(c *Ctx) (views.Page, error) { return s.backupsPage(c, nil) }

func (s *Server) backupsPage(c *Ctx, wrong error) (views.Page, error) {
	list, err := s.backups()
	if err != nil {
		return nil, err
	}
	state, err := s.Backups.State(c.Context())
	if err != nil {
		return nil, err
	}
	if state.UnderWay {
		return nil, &fault.Fault{Kind: fault.Limited, Key: "backup.under_way", Busy: true, Err: errUnderWay}
	}
	p := views.Backups{Take: views.Form{Action: backupsPath}, Made: c.Query("made") == "1", Held: c.held(list, state.Gone), Went: c.went(state.Back)}
	switch {
	case state.Failed != "": // which says why, too
		p.Failed = c.Say("backup.failed", c.moment(state.FailedAt), state.Failed)
	case wrong != nil:
		p.Failed = c.fault(wrong)
	}
	for _, b := range list {
		at := backupsPath + "/" + b.Name
		p.List = append(p.List, views.BackupRow{When: c.moment(b.At), Why: c.whyBackup(b.Why), Size: c.bytes(b.Size), Holds: c.holds(b), Get: at + "/file", Back: at})
	}
	return p, nil
}

// backups lists what there is, where this server has any.
func (s *Server) backups() ([]repair.Backup, error) {
	if s.Backups == nil {
		return nil, fault.New(fault.Missing, "fault.missing")
	}
	return s.Backups.List()
}

// whyBackup says why a backup was made; what no text stands for, as it is.
func (c *Ctx) whyBackup(why string) string {
	switch why {
	case repair.Hourly, repair.Asked, repair.BeforeSchema, repair.BeforeBack, repair.BeforeDoctor, repair.BeforeImport, repair.BeforeDelete:
		return c.Say("backup.why_" + why)
	}
	return why
}

func (c *Ctx) holds(b repair.Backup) string {
	if b.Rows == nil {
		return c.Say("health.unknown")
	}
	return c.Say("backup.holds_of", b.Rows["learner"], b.Rows["event"])
}

// held says until when there are backups with the deleted in them.
func (c *Ctx) held(list []repair.Backup, gone time.Time) string {
	if gone.IsZero() {
		return ""
	}
	until := repair.HeldUntil(list, gone, c.now)
	if until.IsZero() {
		return c.Say("backup.unheld")
	}
	return c.Say("backup.held", c.date(until))
}

// went says how the last putting back went.
func (c *Ctx) went(b Back) string {
	switch {
	case b.At.IsZero():
		return ""
	case b.Err != "" && b.Done:
		return c.Say("backup.went_half", c.moment(b.At), b.Err)
	case b.Err != "":
		return c.Say("backup.went_wrong", c.moment(b.At), b.Err)
	case b.Before.IsZero():
		return c.Say("backup.went_back_aside", c.moment(b.Of), c.moment(b.At))
	}
	return c.Say("backup.went_back", c.moment(b.Of), c.moment(b.At), c.moment(b.Before))
}

// backup is the one that the path names.
func (s *Server) backup(c *Ctx) (repair.Backup, error) {
	list, err := s.backups()
	if err != nil {
		return repair.Backup{}, err
	}
	for _, b := range list {
		if b.Name == c.Param("name") {
			return b, nil
		}
	}
	return repair.Backup{}, fault.New(fault.Missing, "fault.missing")
}
