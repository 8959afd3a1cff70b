package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"

	"thaw/app/fault"
)

// A writer commits waiting submissions together: each runs in a savepoint of
// its own, all share one commit, and each is told only after it. So one sync of
// the disk serves many answers, and a failed submission takes only itself back.
type writer struct {
	tx    *gorm.DB // over the pinned connection
	conn  *pinned
	queue chan *submission
	done  chan struct{}

	mu      sync.RWMutex
	stopped bool
	commits int // of groups, for tests
}

type submission struct {
	ctx context.Context // bounds the wait in the queue and nothing else
	run func(*gorm.DB) error
	err error
	out chan error
}

const (
	waiting   = 1024 // submissions in the queue; more are refused
	groupSize = 256
)

func startWriter(ctx context.Context, pool *sql.DB) (*writer, error) {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	p := &pinned{conn: conn, statements: map[string]*sql.Stmt{}}
	tx, err := gorm.Open(sqlite.Dialector{Conn: p}, settings())
	if err != nil {
		return nil, err
	}
	w := &writer{tx: tx, conn: p, queue: make(chan *submission, waiting), done: make(chan struct{})}
	go w.loop()
	return w, nil
}

// write queues a submission and waits for its commit. A full queue is
// fault.Limited; a context that ends while it waits takes it out of the queue.
func (w *writer) write(ctx context.Context, run func(*gorm.DB) error) error {
	s := &submission{ctx: ctx, run: run, out: make(chan error, 1)}
	if err := w.enqueue(s); err != nil {
		return err
	}
	return <-s.out
}

func (w *writer) enqueue(s *submission) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if w.stopped {
		return busy(errors.New("the writer has stopped"))
	}
	select {
	case w.queue <- s:
		return nil
	default:
		return busy(errors.New("the queue of the writer is full"))
	}
}

func busy(err error) error {
	return &fault.Fault{Kind: fault.Limited, Key: "fault.busy", Busy: true, Err: err}
}

// stop ends the writer after what waits has been written.
func (w *writer) stop() {
	w.mu.Lock()
	if !w.stopped {
		w.stopped = true
		close(w.queue)
	}
	w.mu.Unlock()
	<-w.done
}

func (w *writer) loop() {
	defer close(w.done)
	for first := range w.queue {
		group := w.gather(first)
		if len(group) == 0 {
			continue
		}
		if err := w.together(group); err != nil {
			w.apart(group)
		}
		for _, s := range group {
			s.out <- s.err
		}
	}
	w.conn.close()
}

// gather takes what waits, up to a group, and turns away whose time has run out.
func (w *writer) gather(first *submission) []*submission {
	group := make([]*submission, 0, groupSize)
	add := func(s *submission) {
		if err := s.ctx.Err(); err != nil {
			s.out <- busy(err)
			return
		}
		group = append(group, s)
	}
	add(first)
	for len(group) < groupSize {
		select {
		case s, ok := <-w.queue:
			if !ok {
				return group
			}
			add(s)
		default:
			return group
		}
	}
	return group
}

// together runs a group in one transaction. An error means that the
// transaction is gone and nothing of the group was stored.
func (w *writer) together(group []*submission) error {
	if err := w.exec("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	for _, s := range group {
		if err := w.savepoint(s); err != nil {
			w.abandon()
			return err
		}
	}
	if err := w.exec("COMMIT"); err != nil {
		w.abandon()
		return err
	}
	w.commits++
	return nil
}

// savepoint runs one submission; its own failure takes only it back.
func (w *writer) savepoint(s *submission) error {
	if err := w.exec("SAVEPOINT one"); err != nil {
		return err
	}
	if s.err = guarded(s.run, w.tx); s.err != nil {
		if err := w.exec("ROLLBACK TO one"); err != nil {
			return err
		}
	}
	return w.exec("RELEASE one")
}

// apart runs each submission in a transaction of its own, so that one that
// breaks the transaction cannot take the others with it.
func (w *writer) apart(group []*submission) {
	for _, s := range group {
		s.err = w.alone(s)
	}
}

func (w *writer) alone(s *submission) error {
	if err := w.exec("BEGIN IMMEDIATE"); err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	if err := guarded(s.run, w.tx); err != nil {
		w.abandon()
		return err
	}
	if err := w.exec("COMMIT"); err != nil {
		w.abandon()
		return fmt.Errorf("commit: %w", err)
	}
	w.commits++
	return nil
}

// abandon rolls back whatever is open; without an open transaction it is an
// error that says nothing.
func (w *writer) abandon() { _ = w.exec("ROLLBACK") }

func (w *writer) exec(statement string) error {
	_, err := w.conn.ExecContext(context.Background(), statement)
	return err
}

// guarded runs a submission and turns its panic into its error.
func guarded(run func(*gorm.DB) error, tx *gorm.DB) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic while writing: %v", p)
		}
	}()
	return run(tx.WithContext(context.Background()))
}

// pinned is GORM's view of the writing connection. It keeps every statement
// prepared; GORM's own cache prepares anew inside transactions.
type pinned struct {
	conn       *sql.Conn
	statements map[string]*sql.Stmt
}

var _ gorm.ConnPool = (*pinned)(nil)

// kept bounds the cache; statements are few, unless lists of varying length
// make many.
const kept = 512

func (p *pinned) statement(query string) (*sql.Stmt, error) {
	if s, ok := p.statements[query]; ok {
		return s, nil
	}
	if len(p.statements) >= kept {
		p.forget()
	}
	s, err := p.conn.PrepareContext(context.Background(), query)
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

func (p *pinned) close() {
	p.forget()
	_ = p.conn.Close()
}

// PrepareContext is part of gorm.ConnPool.
func (p *pinned) PrepareContext(ctx context.Context, query string) (*sql.Stmt, error) {
	return p.conn.PrepareContext(ctx, query)
}

// ExecContext runs a statement to its end, whatever becomes of the context.
func (p *pinned) ExecContext(_ context.Context, query string, args ...any) (sql.Result, error) {
	s, err := p.statement(query)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(context.Background(), args...)
}

// QueryContext queries to its end, whatever becomes of the context.
func (p *pinned) QueryContext(_ context.Context, query string, args ...any) (*sql.Rows, error) {
	s, err := p.statement(query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(context.Background(), args...)
}

// QueryRowContext queries one row to its end, whatever becomes of the context.
func (p *pinned) QueryRowContext(_ context.Context, query string, args ...any) *sql.Row {
	s, err := p.statement(query)
	if err != nil {
		return p.conn.QueryRowContext(context.Background(), query, args...)
	}
	return s.QueryRowContext(context.Background(), args...)
}
