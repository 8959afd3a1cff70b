// Package bare writes answers' rows through SQLite's driver with nothing of ours
// in between: the most that this machine stores, to which benchmarks hold the
// program.
package bare

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"net/url"
	"path/filepath"

	_ "github.com/mattn/go-sqlite3" // the driver

	"thaw/app/quiz"
	"thaw/app/study"
)

// Group is how many answers one commit of the ceiling holds.
const Group = 32

// settings are those of the program's writer.
const settings = "_journal_mode=WAL&_synchronous=FULL&_busy_timeout=5000&_foreign_keys=1&_secure_delete=on&_cache_size=-65536"

// statement numbers one of the prepared statements.
type statement int

const (
	begin statement = iota
	commit
	addEvent
	addMark
	addCard
	closeItem
	countItem
	addTally
)

var queries = [...]string{
	begin:  `BEGIN IMMEDIATE`,
	commit: `COMMIT`,
	addEvent: `INSERT INTO event (learner, seq, at, day, zone, what, question, version, lexicon, ord, response, tried, took, sure, token, sitting, pos, voids)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
	addMark: `INSERT INTO mark (learner, seq, part, fact, credit, verdict, canonical, reason, given, guess, self, recall, stability, elapsed, grader)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
	addCard: `INSERT INTO card (learner, fact, stability, difficulty, phase, step, reps, lapses, last, due, seq)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
	closeItem: `UPDATE item SET state = ?, token = ?, seq = ?, credit = ?, verdict = ? WHERE learner = ? AND sitting = ? AND pos = ?`,
	countItem: `UPDATE sitting SET closed = closed + 1 WHERE learner = ? AND n = ?`,
	addTally: `INSERT INTO rollup (learner, day, answers, right_n, reviews, recalled, expected, took) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (learner, day) DO UPDATE SET answers = answers + excluded.answers, right_n = right_n + excluded.right_n, took = took + excluded.took`,
}

// Answer is what one answer writes, ready for the driver.
type Answer []write

type write struct {
	run  statement
	args []any
}

// Ready makes the rows of a decided answer to facts never seen. The learner has
// one sitting and answers it in order, so that the question's position is the
// event's number.
func Ready(a quiz.Answered) Answer {
	e, who, seq := a.Event, int64(a.Event.Learner), int64(a.Event.Pos)
	rows := Answer{{addEvent, []any{who, seq, e.At.UnixMilli(), int64(e.Day), e.Zone, string(e.What), int64(e.Ref.Question), e.Ref.Version,
		e.Lexicon, text(e.Order), text(e.Response), "", e.Took.Milliseconds(), 0, e.Token, e.Sitting, e.Pos, 0}}}
	for _, m := range a.Marks {
		rows = append(rows, mark(who, seq, m))
	}
	for _, c := range a.Cards {
		rows = append(rows, write{addCard, []any{who, int64(c.Fact), c.Stability, c.Difficulty, string(c.Phase), c.Step, c.Reps, c.Lapses,
			c.Last.UnixMilli(), c.Due.UnixMilli(), seq}})
	}
	t := a.Tally
	return append(rows,
		write{closeItem, []any{string(a.Item.State), a.Item.Token, seq, a.Item.Credit, string(a.Item.Verdict), who, e.Sitting, e.Pos}},
		write{countItem, []any{who, e.Sitting}},
		write{addTally, []any{who, int64(t.Day), t.Answers, t.Right, t.Reviews, t.Recalled, t.Expected, t.Took.Milliseconds()}})
}

func mark(who, seq int64, m study.Mark) write {
	reason := append([]string{m.Reason.Code}, m.Reason.Args...)
	return write{addMark, []any{who, seq, m.Part, int64(m.Fact), m.Credit, string(m.Verdict), m.Canonical, text(reason),
		int64(m.Given), m.Guess, m.Self, m.Recall, m.Stability, m.Elapsed, 1}}
}

// text is a list as the program stores it.
func text[T any](items []T) string {
	if len(items) == 0 {
		return ""
	}
	raw, _ := json.Marshal(items) // numbers and strings always marshal
	return string(raw)
}

// File is a database of the program, opened by the driver alone.
type File struct {
	over  *sql.DB
	conn  *sql.Conn
	stmts [len(queries)]*sql.Stmt
}

// Open opens a file that the program has made and has closed again.
func Open(ctx context.Context, path string) (*File, error) {
	over, err := sql.Open("sqlite3", "file:"+(&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()+"?"+settings)
	if err != nil {
		return nil, err
	}
	f := &File{over: over}
	if err := f.prepare(ctx); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// prepare prepares everything on one connection.
func (f *File) prepare(ctx context.Context) (err error) {
	if f.conn, err = f.over.Conn(ctx); err != nil {
		return err
	}
	if _, err = f.conn.ExecContext(ctx, "PRAGMA wal_autocheckpoint = 3000"); err != nil {
		return err
	}
	for i, query := range queries {
		if f.stmts[i], err = f.conn.PrepareContext(ctx, query); err != nil { //nolint:sqlclosecheck // Close closes them
			return err
		}
	}
	return nil
}

// Commit stores answers in one transaction. After an error the file is of no
// more use.
func (f *File) Commit(answers []Answer) error {
	if err := f.run(write{run: begin}); err != nil {
		return err
	}
	for _, a := range answers {
		for _, w := range a {
			if err := f.run(w); err != nil {
				return err
			}
		}
	}
	return f.run(write{run: commit})
}

func (f *File) run(w write) error {
	_, err := f.stmts[w.run].ExecContext(context.Background(), w.args...)
	return err
}

// Close closes the file.
func (f *File) Close() error {
	var errs []error
	for _, s := range f.stmts {
		if s != nil {
			errs = append(errs, s.Close())
		}
	}
	if f.conn != nil {
		errs = append(errs, f.conn.Close())
	}
	return errors.Join(append(errs, f.over.Close())...)
}
