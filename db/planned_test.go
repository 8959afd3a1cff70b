package db

import (
	"testing"
	"time"

	"github.com/mattn/go-sqlite3"

	"thaw/app/quiz"
	"thaw/app/study"
)

// watched counts what SQLite looks at when it prepares statements, on the only
// reading connection and on the writing one.
func watched(t *testing.T, d *DB) *int {
	t.Helper()
	seen := new(int)
	see := func(int, string, string, string) int {
		*seen++
		return sqlite3.SQLITE_OK
	}
	d.pool.SetMaxOpenConns(1)
	conn, err := d.pool.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	err = conn.Raw(func(c any) error {
		c.(*sqlite3.SQLiteConn).RegisterAuthorizer(see)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	d.writer.conn.raw.RegisterAuthorizer(see)
	return seen
}

func TestStatementsOfEveryAnswerArePreparedOnce(t *testing.T) {
	d := openTest(t, Config{})
	seen := watched(t, d)
	// Nothing of it exists: only that the statements run counts, each time with
	// other values.
	run := func(n int) {
		hash := []byte{byte(n)}
		_, _, _ = People{d}.Session(t.Context(), hash, time.UnixMilli(int64(n)))
		_, _ = Quiz{d}.Turn(t.Context(), 7, n, n)
		_, _ = Quiz{d}.Sitting(t.Context(), 7, n)
		_, _ = Quiz{d}.Latest(t.Context(), 7, n)
		_, _ = Quiz{d}.Save(t.Context(), quiz.Answered{Event: study.Event{Learner: 7, Sitting: n, Pos: n}})
	}
	run(1)
	run(2)
	if *seen == 0 {
		t.Fatal("nothing was prepared: the test looks at the wrong connections")
	}
	before := *seen
	for n := 3; n < 6; n++ {
		run(n)
	}
	if *seen != before {
		t.Errorf("the same statements were prepared again, %d looks at the schema", *seen-before)
	}
}
