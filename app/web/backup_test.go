package web_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/app/web"
	"thaw/db"
)

// stock are the backups of a site, which notes what is to be put back.
type stock struct {
	db.Backups
	state web.BackupState
	name  string
	by    people.Person
	full  bool // no backup can be made
}

func (k *stock) Take(ctx context.Context, why string) error {
	if k.full {
		k.state.FailedAt, k.state.Failed = time.Now(), "the disk is full"
		return errors.New(k.state.Failed)
	}
	return k.Backups.Take(ctx, why)
}

func (k *stock) PutBack(name string, by people.Person) error {
	if k.name != "" {
		return fault.New(fault.Conflict, "backup.under_way")
	}
	k.name, k.by = name, by
	return nil
}

func (k *stock) State(context.Context) (web.BackupState, error) { return k.state, nil }

// chief is an administrator with a password.
func chief(s *site) *visitor {
	s.t.Helper()
	v := named(s, "Chief", people.Admin)
	v.post("/password", "password", "nine amber trams")
	return v
}

func (s *site) stock() *stock { return s.server.Backups.(*stock) }

func (s *site) made() string {
	s.t.Helper()
	list, err := s.stock().List()
	if err != nil || len(list) == 0 {
		s.t.Fatal(err, "there is no backup")
	}
	return list[0].Name
}

func TestBackupsAreListedMadeAndSent(t *testing.T) {
	s := open(t)
	v := chief(s)
	tells(t, v.page("/people/backups"), "the page", "There is no backup yet")
	tells(t, v.page("/people/health"), "the page", "Last good backup", "none yet")
	if to := v.post("/people/backups"); to != "/people/backups?made=1" {
		t.Errorf("making one leads to %s", to)
	}
	tells(t, v.page("/people/backups?made=1"), "the page", "There is a backup of everything as it is now", "asked for", "1 person, 1 answer", "1 MB")
	if page := v.page("/people/health"); strings.Contains(page, "none yet") || strings.Contains(page, "could not") {
		t.Errorf("the health page does not know of the backup")
	}
	res := v.send("GET", "/people/backups/"+s.made()+"/file", nil)
	defer res.Body.Close()
	got, err := io.ReadAll(res.Body)
	want, readErr := os.ReadFile(filepath.Join(filepath.Dir(s.db.Path()), "backups", s.made()))
	if err := errors.Join(err, readErr); err != nil || string(got) != string(want) {
		t.Errorf("%d bytes were sent, want the backup's %d, %v", len(got), len(want), err)
	}
	if n, err := s.db.Number(t.Context(), "SELECT COUNT(*) FROM audit WHERE what = 'copy'"); err != nil || n != 1 {
		t.Errorf("%d lines of the audit say that a copy was taken, %v", n, err)
	}
	for _, name := range []string{"thaw.db", "..%2fthaw.db", s.made() + ".json", "thaw-20200101T000000Z-s1-asked.db"} {
		v.wantStatus(404, "GET", "/people/backups/"+name+"/file")
		v.wantStatus(404, "GET", "/people/backups/"+name)
	}
}

func TestABackupThatFailsSaysSo(t *testing.T) {
	s := open(t)
	v := chief(s)
	s.stock().full = true
	v.wantStatus(503, "POST", "/people/backups")
	tells(t, v.page("/people/backups"), "the page", "could not be made: the disk is full")
	tells(t, v.page("/people/health"), "the page", "Backup that failed", "the disk is full")
}

func TestABackupIsPutBackByWhoKnowsThePassword(t *testing.T) {
	s := open(t)
	v := chief(s)
	v.post("/people/backups")
	at := "/people/backups/" + s.made()
	tells(t, v.page(at), "the page", "Put the backup of 2", "1 person, 1 answer", "is made first")
	for _, password := range []string{"", "melted in the sun"} {
		if page := v.wantStatus(422, "POST", at, "password", password); !strings.Contains(page, "That is not your password. Nothing was put back.") {
			t.Errorf("with the password %q: %s", password, page)
		}
	}
	if s.stock().name != "" {
		t.Error("a backup is put back without the password")
	}
	v.post(at, "password", "nine amber trams")
	if k := s.stock(); k.name != s.made() || k.by.Name != "Chief" {
		t.Errorf("%q is put back by %q, want %q by Chief", k.name, k.by.Name, s.made())
	}
	v.wantStatus(409, "POST", at, "password", "nine amber trams")
	s.stock().state.UnderWay = true
	res := v.send("GET", "/people/backups", nil)
	res.Body.Close()
	if res.StatusCode != 503 || res.Header.Get("Retry-After") == "" || res.Header.Get("Refresh") == "" {
		t.Errorf("meanwhile the page answers %d, %v", res.StatusCode, res.Header)
	}
}

func TestADamagedBackupIsNotPutBack(t *testing.T) {
	s := open(t)
	v := chief(s)
	v.post("/people/backups")
	path := filepath.Join(filepath.Dir(s.db.Path()), "backups", s.made())
	if err := os.Truncate(path, 20000); err != nil {
		t.Fatal(err)
	}
	v.wantStatus(409, "POST", "/people/backups/"+s.made(), "password", "nine amber trams")
	if s.stock().name != "" {
		t.Error("it is put back")
	}
}

func TestThePageSaysHowItWentAndUntilWhenTheDeletedAreHeld(t *testing.T) {
	s := open(t)
	v := chief(s)
	v.post("/people/backups")
	at := time.Now()
	for _, c := range []struct {
		state web.BackupState
		want  string
	}{
		{web.BackupState{}, "Put back"},
		{web.BackupState{Gone: at.AddDate(-3, 0, 0)}, "Nobody who was deleted is left in any backup here"},
		{web.BackupState{Gone: at.Add(time.Hour)}, "who has been deleted goes about"},
		{web.BackupState{Back: web.Back{At: at, Of: at, Before: at, Done: true}}, "is kept as the backup of"},
		{web.BackupState{Back: web.Back{At: at, Of: at, Done: true}}, "The damaged file of before was kept"},
		{web.BackupState{Back: web.Back{At: at, Err: "no room"}}, "it failed: no room. Everything is as it was"},
		{web.BackupState{Back: web.Back{At: at, Err: "no audit", Done: true}}, "then this failed: no audit"},
	} {
		s.stock().state = c.state
		tells(t, v.page("/people/backups"), "the page", c.want)
	}
}
