package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/mattn/go-sqlite3"
	"gorm.io/gorm"

	"thaw/app/fault"
)

// errGone says that the transaction was rolled back underneath a submission.
var errGone = errors.New("the transaction is gone")

// missing is the answer to what does not exist, or is not yours.
func missing() error { return fault.New(fault.Missing, "fault.missing") }

// translate turns the errors that say "not now" into faults; others stay.
func translate(err error) error {
	var told *fault.Fault
	if err == nil || errors.As(err, &told) {
		return err
	}
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded), collided(err):
		return busy(err)
	case exhausted(err), lost(err):
		f := fault.Wrap(err, fault.Limited, "fault.not_saved")
		f.Busy = true
		return f
	}
	return err
}

func busy(err error) error {
	f := fault.Wrap(err, fault.Limited, "fault.busy")
	f.Busy = true
	return f
}

// collided tells whether transactions got into each other's way, so that the
// same one may succeed when it is run again.
func collided(err error) bool {
	var p *pgconn.PgError
	if errors.As(err, &p) {
		return p.Code == "40001" || p.Code == "40P01"
	}
	var s sqlite3.Error
	return errors.As(err, &s) && (s.Code == sqlite3.ErrBusy || s.Code == sqlite3.ErrLocked)
}

// exhausted tells whether the disk or the file takes no more writes.
func exhausted(err error) bool {
	var s sqlite3.Error
	if errors.As(err, &s) {
		switch s.Code {
		case sqlite3.ErrFull, sqlite3.ErrIoErr, sqlite3.ErrReadonly, sqlite3.ErrCorrupt, sqlite3.ErrCantOpen, sqlite3.ErrNomem:
			return true
		}
		return false
	}
	var p *pgconn.PgError
	if errors.As(err, &p) {
		for _, class := range []string{"53", "57", "58", "25006"} { // resources, operator, system; read-only
			if strings.HasPrefix(p.Code, class) {
				return true
			}
		}
		return false
	}
	return false
}

// lost tells whether there is no way to the server just now, or the way has ended in the
// midst of something; that may be stored or not.
func lost(err error) bool {
	var connect *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &connect) || errors.As(err, &network) || pgconn.Timeout(err) || pgconn.SafeToRetry(err) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) || errors.Is(err, driver.ErrBadConn)
}

// Away tells whether an error of any store says that the database cannot be used just now:
// what was asked for may go well in a moment.
func Away(err error) bool { return collided(err) || exhausted(err) || lost(err) }

// isUnique tells whether an index refuses a second row with the same value.
func isUnique(err error) bool {
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return true
	}
	var p *pgconn.PgError
	if errors.As(err, &p) {
		return p.Code == "23505"
	}
	var s sqlite3.Error
	return errors.As(err, &s) &&
		(s.ExtendedCode == sqlite3.ErrConstraintUnique || s.ExtendedCode == sqlite3.ErrConstraintPrimaryKey)
}

// isOrphan tells whether a row was refused because what it belongs to is gone.
func isOrphan(err error) bool {
	if errors.Is(err, gorm.ErrForeignKeyViolated) {
		return true
	}
	var p *pgconn.PgError
	if errors.As(err, &p) {
		return p.Code == "23503"
	}
	var s sqlite3.Error
	return errors.As(err, &s) && s.ExtendedCode == sqlite3.ErrConstraintForeignKey
}

// orphaned turns a row of somebody who is gone into what does not exist.
func orphaned(err error) error {
	if isOrphan(err) {
		return fault.Wrap(err, fault.Missing, "fault.missing")
	}
	return err
}

// taken turns a broken unique rule into a conflict.
func taken(err error, key string) error {
	if isUnique(err) {
		return fault.Wrap(err, fault.Conflict, key)
	}
	return err
}
