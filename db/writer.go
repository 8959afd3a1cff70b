package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/mattn/go-sqlite3"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
)

// limits of the writer
const (
	groupSize = 256
	queueSize = 4096
)

// errClosed says that the database was closed while something was to be written.
var errClosed = errors.New("the database is closed")

// submission is one function that waits for the writer.
type submission struct {
	count *atomic.Int64 // of the request's statements, if it counts them
	run   func(*gorm.DB) error
	taken atomic.Bool // by the writer, or given up by its caller
	err   error
	done  chan struct{}
}

// writer is the one connection that writes to SQLite, and the one goroutine that
// uses it. What waits together is committed together: each submission in a
// savepoint of its own, each told only after the commit, so that one sync of the
// disk serves many answers and a failed one takes only itself back.
type writer struct {
	db    *sql.DB
	conn  *pinned
	tx    *gorm.DB // over conn
	queue chan *submission
	ended chan struct{}
	log   *copier

	mu     sync.RWMutex // keeps closed and the closing of queue together
	closed bool

	commits atomic.Int64 // for tests
}

// startWriter pins the only connection of a handle and starts the goroutine, and
// the copier of the log on another handle.
func startWriter(ctx context.Context, over, beside *sql.DB, waiting int) (*writer, error) {
	conn, err := over.Conn(ctx)
	if err != nil {
		return nil, err
	}
	w := &writer{db: over, conn: &pinned{conn: conn, statements: map[string]*sql.Stmt{}}, ended: make(chan struct{})}
	err = conn.Raw(func(c any) error {
		var ok bool
		if w.conn.raw, ok = c.(*sqlite3.SQLiteConn); !ok {
			return fmt.Errorf("the writer's connection is a %T", c)
		}
		return nil
	})
	if err == nil {
		w.tx, err = gorm.Open(sqlite.Dialector{Conn: w.conn}, settings())
	}
	if err == nil {
		err = counting(w.tx)
	}
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	if waiting <= 0 {
		waiting = queueSize
	}
	w.queue = make(chan *submission, waiting)
	w.log = startCopier(beside)
	go w.work()
	return w, nil
}

// write puts a function into the queue and waits for its commit. A context that
// ends while the function waits takes it out; once it runs, its result is told.
func (w *writer) write(ctx context.Context, run func(*gorm.DB) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s := &submission{count: counter(ctx), run: run, done: make(chan struct{})}
	if err := w.enqueue(s); err != nil {
		return err
	}
	select {
	case <-s.done:
		return s.err
	case <-ctx.Done():
	}
	if s.taken.CompareAndSwap(false, true) {
		return ctx.Err()
	}
	<-s.done
	return s.err
}

func (w *writer) enqueue(s *submission) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if w.closed {
		return busy(errClosed)
	}
	select {
	case w.queue <- s:
		return nil
	default:
		return busy(errors.New("the writer's queue is full"))
	}
}

// work commits groups until the queue is closed and empty.
func (w *writer) work() {
	defer close(w.ended)
	group := make([]*submission, 0, groupSize)
	for s := range w.queue {
		group = w.gather(append(group[:0], s))
		if len(group) > 0 {
			w.serve(group)
			w.tidy(len(group))
		}
		clear(group)
	}
}

// tidy keeps the log short after n submissions.
func (w *writer) tidy(n int) {
	if w.log.wrote(n) {
		var busy, log, copied int
		_ = w.conn.QueryRowContext(context.Background(), copyLog).Scan(&busy, &log, &copied) // the next commit tells the error
	}
}

// gather takes what waits, without waiting for more, and leaves out what has
// been given up.
func (w *writer) gather(group []*submission) []*submission {
	if !group[0].taken.CompareAndSwap(false, true) {
		group = group[:0]
	}
	for len(group) < groupSize {
		select {
		case s, open := <-w.queue:
			if !open {
				return group
			}
			if s.taken.CompareAndSwap(false, true) {
				group = append(group, s)
			}
		default:
			return group
		}
	}
	return group
}

// serve writes a group and tells each submission how it went. If the common
// transaction is lost, each is written again by itself.
func (w *writer) serve(group []*submission) {
	if len(group) == 1 || w.together(group) != nil {
		w.apart(group)
	}
	for _, s := range group {
		close(s.done)
	}
}

// together writes a group in one transaction. An error says that nothing of it
// is stored; a submission's own error stands in it.
func (w *writer) together(group []*submission) error {
	if err := w.begin(); err != nil {
		return err
	}
	for _, s := range group {
		if err := w.inSavepoint(s); err != nil {
			return err
		}
	}
	return w.commit()
}

// inSavepoint runs one submission so that it can fail alone. An error says that
// the whole transaction cannot go on.
func (w *writer) inSavepoint(s *submission) error {
	if err := w.exec("SAVEPOINT one"); err != nil {
		return err
	}
	s.err = guarded(s.run, w.session(s))
	if w.conn.raw.AutoCommit() {
		return errors.Join(errGone, s.err)
	}
	if s.err != nil {
		if err := w.exec("ROLLBACK TO one"); err != nil {
			return err
		}
	}
	return w.exec("RELEASE one")
}

// apart writes each submission in a transaction of its own. When not even a
// transaction can be begun, because another program holds the file or the disk
// is gone, nobody waits for the rest to find out.
func (w *writer) apart(group []*submission) {
	for i, s := range group {
		if err := w.begin(); err != nil {
			for _, s := range group[i:] {
				s.err = err
			}
			return
		}
		s.err = w.alone(s)
	}
}

// alone runs a submission in the transaction begun.
func (w *writer) alone(s *submission) error {
	err := guarded(s.run, w.session(s))
	if err == nil {
		err = w.commit()
	}
	if err != nil {
		return errors.Join(err, w.rollback())
	}
	return nil
}

// begin opens a fresh transaction, whatever was left open.
func (w *writer) begin() error {
	if err := w.rollback(); err != nil {
		return err
	}
	err := w.exec("BEGIN IMMEDIATE")
	w.conn.within = err == nil
	return err
}

// rollback ends the transaction, if one is still open.
func (w *writer) rollback() error {
	w.conn.within = false
	if w.conn.raw.AutoCommit() {
		return nil
	}
	return w.exec("ROLLBACK")
}

func (w *writer) commit() error {
	if w.conn.raw.AutoCommit() {
		return errGone
	}
	err := w.exec("COMMIT")
	w.conn.within = false
	if err != nil {
		return err
	}
	w.commits.Add(1)
	return nil
}

// exec runs a statement that steers the transaction, under no request's context.
func (w *writer) exec(query string) error {
	_, err := w.conn.ExecContext(context.Background(), query)
	return err
}

// session is what a submission writes through: it cannot be cancelled, since
// that would roll back the whole group.
func (w *writer) session(s *submission) *gorm.DB {
	ctx := context.Background()
	if s.count != nil {
		ctx = context.WithValue(ctx, countKey{}, s.count)
	}
	return w.tx.WithContext(ctx)
}

// guarded runs a submission and turns its panic into its error.
func guarded(run func(*gorm.DB) error, tx *gorm.DB) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic while writing: %v", p)
		}
	}()
	return run(tx)
}

// close refuses new submissions, commits those that wait and closes the
// connection, which checkpoints the log and removes it.
func (w *writer) close() error {
	w.mu.Lock()
	w.closed = true
	close(w.queue)
	w.mu.Unlock()
	<-w.ended
	return errors.Join(w.log.close(), w.conn.close(), w.db.Close())
}

// pinned is GORM's view of the writing connection. It keeps every statement
// prepared; GORM's own cache prepares anew inside transactions.
// While a transaction should be open and is not, because SQLite has rolled it
// back after an error, it refuses to run anything outside of it.
type pinned struct {
	conn       *sql.Conn
	raw        *sqlite3.SQLiteConn // of conn
	within     bool
	statements map[string]*sql.Stmt
}

var _ gorm.ConnPool = (*pinned)(nil)

// kept bounds the cache; statements are few, unless lists of varying length
// make many.
const kept = 512

func (p *pinned) statement(query string) (*sql.Stmt, error) {
	if p.within && p.raw.AutoCommit() {
		return nil, errGone
	}
	if s, ok := p.statements[query]; ok {
		return s, nil
	}
	if len(p.statements) >= kept {
		p.forget()
	}
	s, err := p.conn.PrepareContext(context.Background(), planned(query))
	if err != nil {
		return nil, err
	}
	p.statements[query] = s
	return s, nil
}

func (p *pinned) forget() {
	for query, s := range p.statements {
		_ = s.Close()
		delete(p.statements, query)
	}
}

func (p *pinned) close() error {
	p.forget()
	return p.conn.Close()
}

// PrepareContext is part of gorm.ConnPool.
func (p *pinned) PrepareContext(ctx context.Context, query string) (*sql.Stmt, error) {
	return p.conn.PrepareContext(ctx, query)
}

// ExecContext runs a statement to its end, whatever becomes of the context.
func (p *pinned) ExecContext(_ context.Context, query string, args ...any) (sql.Result, error) {
	s, err := p.statement(query) //nolint:sqlclosecheck // kept prepared until forget
	if err != nil {
		return nil, err
	}
	return s.ExecContext(context.Background(), args...)
}

// QueryContext queries to its end, whatever becomes of the context.
func (p *pinned) QueryContext(_ context.Context, query string, args ...any) (*sql.Rows, error) {
	s, err := p.statement(query) //nolint:sqlclosecheck // kept prepared until forget
	if err != nil {
		return nil, err
	}
	return s.QueryContext(context.Background(), args...)
}

// QueryRowContext queries one row to its end, whatever becomes of the context.
func (p *pinned) QueryRowContext(_ context.Context, query string, args ...any) *sql.Row {
	s, err := p.statement(query) //nolint:sqlclosecheck // kept prepared until forget
	if err != nil {
		ended, end := context.WithCancel(context.Background())
		end()
		return p.conn.QueryRowContext(ended, query, args...) // the one way to a row that only holds an error
	}
	return s.QueryRowContext(context.Background(), args...)
}
