package main

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3"
)

// inFile changes a database as another program does.
func inFile(t *testing.T, path, statement string) {
	t.Helper()
	over, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer over.Close()
	if _, err := over.ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}

// locked takes the database's write lock, as another program that does not let
// go of it.
func locked(t *testing.T, path string) (letGo func()) {
	t.Helper()
	over, err := sql.Open("sqlite3", "file:"+path+"?_txlock=immediate&_busy_timeout=5000")
	if err != nil {
		t.Fatal(err)
	}
	tx, err := over.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return func() {
		t.Helper()
		if err := tx.Rollback(); err != nil {
			t.Error(err)
		}
		over.Close()
	}
}

func TestAnswersThatCannotBeStoredStayOnThePage(t *testing.T) {
	t.Parallel() // SQLite waits five seconds for a lock
	data := t.TempDir()
	p := start(t, data)
	guest, newcomer := p.browser(t), p.browser(t)
	guest.get("/")
	guest.submit("answer", "answer", "1")
	guest.next()
	newcomer.get("/")

	letGo := locked(t, filepath.Join(data, "thaw.db"))
	for _, b := range []*browser{guest, newcomer} {
		b.submit("answer", "answer", "2")
		b.want(503, "Not saved yet", "Answer")
		if !strings.Contains(b.page.body, `value="2" checked`) {
			t.Errorf("%s: the answer is gone from the page:\n%s", b.page.path, b.page.body)
		}
		if b.page.header.Get("Set-Cookie") != "" {
			t.Errorf("%s: somebody is let in with an answer that is not stored", b.page.path)
		}
	}
	letGo()
	for _, b := range []*browser{guest, newcomer} {
		b.submit("answer", "answer", "2")
		b.want(200, "your answer")
	}
}

// Pages are shown also while nothing can be written, not even that somebody is here.
func TestPagesAreShownWhileNothingCanBeWritten(t *testing.T) {
	t.Parallel() // SQLite waits five seconds for a lock
	s := serveTimed(t)
	guest := newBrowser(t, s.url)
	guest.get("/")
	guest.submit("answer", "answer", "1")
	s.later(2 * time.Minute)
	letGo := locked(t, s.parts.db.Path())
	guest.get("/sittings/1/questions/1")
	letGo()
	guest.want(200, "your answer")
}
