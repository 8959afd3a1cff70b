package people

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"time"

	"thaw/app/fault"
	"thaw/questions"
)

// How long a session lives without being used.
const (
	guestIdle   = 90 * 24 * time.Hour
	accountIdle = 30 * 24 * time.Hour
)

// newID is a random learner id of 63 bits.
func newID() (questions.LearnerID, error) {
	raw, err := random(8)
	if err != nil {
		return 0, err
	}
	return idFrom(raw), nil
}

// idFrom is the learner id of random bytes.
func idFrom(raw []byte) questions.LearnerID {
	return questions.LearnerID(binary.BigEndian.Uint64(raw) >> 1) // #nosec G115 -- 63 bits
}

func random(n int) ([]byte, error) {
	raw := make([]byte, n)
	_, err := rand.Read(raw)
	return raw, err
}

// session makes a session, not stored yet.
func (d *Desk) session(who Person, keep bool) (Opened, error) {
	raw, err := random(32)
	return d.opened(who, raw, keep), err
}

func (d *Desk) opened(who Person, raw []byte, keep bool) Opened {
	now := d.Now()
	cookie := base64.RawURLEncoding.EncodeToString(raw)
	return Opened{Person: who, Cookie: cookie, Session: Session{
		Hash: hashOf(cookie), Learner: who.ID, Created: now, Seen: now, Ends: now.Add(idle(who)), Keep: keep}}
}

func idle(who Person) time.Duration {
	if who.Known() {
		return accountIdle
	}
	return guestIdle
}

// hashOf is what is stored of a cookie's or a link's value.
func hashOf(value string) []byte {
	sum := sha256.Sum256([]byte(value))
	return sum[:]
}

// guestPause is how long a guest's browser does nothing until somebody else may
// sit there: a shared computer.
const guestPause = 20 * time.Minute

// mayWander tells whether a session's browser may be a shared one.
func mayWander(who Person, s Session) bool { return who.ID != 0 && !who.Known() && !s.Keep }

// Paused tells whether a guest has done nothing for so long that the browser may
// have changed hands; GoOn says that it has not.
func (d *Desk) Paused(who Person, s Session) bool {
	return mayWander(who, s) && d.Now().Sub(s.Seen) >= guestPause
}

// GoOn says that the same guest is still there, and whether the browser is the
// guest's own. It returns the session as it is now.
func (d *Desk) GoOn(ctx context.Context, who Person, s Session, keep bool) (Session, error) {
	now := d.Now()
	s.Seen, s.Ends, s.Keep = now, now.Add(idle(who)), s.Keep || keep
	return s, d.Store.SessionSeen(ctx, s)
}

// noting is how often at most it is written down that a session is in use.
func noting(who Person, s Session) time.Duration {
	if mayWander(who, s) {
		return time.Minute
	}
	return time.Hour
}

// Who returns whom a cookie's value stands for; the zero person for nobody. A
// session in use is kept alive; where that cannot be written down just now it is the next
// time: who only looks is not turned away for it.
func (d *Desk) Who(ctx context.Context, cookie string) (Person, Session, error) {
	if len(cookie) != 43 {
		return Person{}, Session{}, nil
	}
	now := d.Now()
	who, s, err := d.Store.Session(ctx, hashOf(cookie), now)
	if fault.Is(err, fault.Missing) {
		return Person{}, Session{}, nil
	}
	if err == nil && now.Sub(s.Seen) >= noting(who, s) && !d.Paused(who, s) {
		seen := s
		seen.Seen, seen.Ends = now, now.Add(idle(who))
		if err = d.Store.SessionSeen(ctx, seen); fault.Is(err, fault.Limited) {
			return who, s, nil
		}
		s = seen
	}
	return who, s, err
}

// SignOut ends the session.
func (d *Desk) SignOut(ctx context.Context, s Session) error {
	if len(s.Hash) == 0 {
		return nil
	}
	return d.Store.SessionClose(ctx, s.Hash)
}
