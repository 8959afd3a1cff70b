package people

import (
	"context"
	"time"

	"thaw/questions"
)

// Claimer brings along what a guest has learned.
type Claimer interface {
	// ClaimInto opens a person's way in and makes a guest's answers the person's,
	// in one transaction; the guest is gone then. A guest who is gone already, or
	// has become an account, brings nothing. fault.Conflict when the person has
	// some of the answers already.
	ClaimInto(ctx context.Context, guest questions.LearnerID, who Person, w Way) error
}

// Store is what this package needs kept. Errors are fault.Missing for what does
// not exist and fault.Conflict for a name or words already taken.
type Store interface {
	LeaveStore
	FeedStore
	// Session returns the person of a session that has not ended, in one query.
	Session(ctx context.Context, hash []byte, now time.Time) (Person, Session, error)
	// Enter opens a way in, in one transaction: fault.Conflict when its link has
	// been used, fault.Missing when there is no such link or person.
	Enter(ctx context.Context, w Way) error
	// SessionSeen moves a session's Seen and Ends, and stores whether to Keep it.
	SessionSeen(ctx context.Context, s Session) error
	// SessionClose ends one session; SessionCloseAll every session of a person.
	SessionClose(ctx context.Context, hash []byte) error
	SessionCloseAll(ctx context.Context, who questions.LearnerID) error

	// AccountNamed finds an account by its folded name; AccountOf by id;
	// AccountByWords by the keyed hash of its recovery words.
	AccountNamed(ctx context.Context, folded string) (Account, error)
	AccountOf(ctx context.Context, who questions.LearnerID) (Account, error)
	AccountByWords(ctx context.Context, hash []byte) (Account, error)
	// AccountAdd stores a new person with name, password and words.
	AccountAdd(ctx context.Context, a Account, folded string, words []byte) error
	// Claim gives a guest a name and a password: the same row is promoted, its
	// sessions end, and next (if it has a hash) is opened, all in one transaction.
	Claim(ctx context.Context, a Account, folded string, words []byte, next Session) error
	// SetPassword stores a password and ends all sessions but keep.
	SetPassword(ctx context.Context, who questions.LearnerID, password string, keep []byte) error
	// SetWords stores the keyed hash of new recovery words and their generation.
	SetWords(ctx context.Context, who questions.LearnerID, n int, hash []byte) error
	// SetNoted remembers that a guest has written the words down.
	SetNoted(ctx context.Context, who questions.LearnerID) error
	// SetPerson stores what a person sets about themselves: language, zone,
	// theme, text size, buttons, shortcuts, new facts a day and days off.
	SetPerson(ctx context.Context, p Person) error

	// Failures counts the failures of a door's key since the time.
	Failures(ctx context.Context, key string, since time.Time) (int, error)
	// Fail counts one more failure for each key.
	Fail(ctx context.Context, keys []string, now time.Time) error
	// Unfail forgets the failures of a key.
	Unfail(ctx context.Context, key string) error

	// LinkAdd stores a link; a new set-up link replaces the unused one before it.
	LinkAdd(ctx context.Context, l Link) error
	// Link finds a link by its hash, used or not.
	Link(ctx context.Context, hash []byte) (Link, error)

	// School returns the settings; SetUp stores them with the first
	// administrator and opens the way in by the set-up link, in one transaction.
	School(ctx context.Context) (School, error)
	SetUp(ctx context.Context, s School, admin Account, folded string, words []byte, w Way) error
	// Secret returns the installation's random key for signing and keyed hashes,
	// made at the first call.
	Secret(ctx context.Context) ([]byte, error)
	// Sweep deletes what is stale, at most so many of each kind in one short
	// transaction, and returns how many went; 0: nothing is left, or another
	// program is at it. Nobody goes who has come back, or sits in a class.
	Sweep(ctx context.Context, old Stale, most int) (n int, err error)
	// Audit appends one line: who did what to whom.
	Audit(ctx context.Context, act Act) error
}
