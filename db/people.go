package db

import (
	"context"
	"crypto/rand"
	"time"

	"gorm.io/gorm"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/questions"
)

// People keeps persons and their ways in.
type People struct{ *DB }

var _ people.Store = People{}

type learnerRow struct {
	ID        int64
	Name      string
	Folded    *string
	Role      string
	Password  string
	Words     []byte
	WordsN    int
	Noted     int64
	Lang      string
	Zone      string
	Theme     string
	Buttons   int
	KeysOff   int64
	TextSize  int
	NewADay   int
	DaysOff   int64
	DaysEasy  int64
	Minutes   int
	MoreTime  int
	Weights   string
	Adopted   int64
	AdoptedOn int64 `gorm:"->"` // of that event
	Exams     int   `gorm:"->"` // counted
	Inbox     int   `gorm:"-"`  // of a session
	Disabled  int64
	Created   int64
	Goes      int64
	FeedN     int
	Fed       int `gorm:"->"` // has a calendar link
	PinN      int // of a learner with a seat
	PinAt     int64
}

func (learnerRow) TableName() string { return "learner" }

const learnerColumns = `l.id, l.name, l.role, l.password, l.words_n, l.noted, l.lang, l.zone, l.theme, l.buttons, l.keys_off, l.text_size, l.new_a_day, l.days_off, l.days_easy, l.minutes, l.more_time, l.weights, l.adopted, ` + adoptedOn + ` AS adopted_on, (SELECT COUNT(*) FROM exam x WHERE x.learner = l.id) AS exams, l.disabled, l.created, l.goes, l.feed_n, ` + fed + ` AS fed`

// fed tells whether a learner has a calendar link.
const fed = `CASE WHEN l.feed IS NULL THEN 0 ELSE 1 END`

// adoptedOn is the study day on which the weights in force were adopted.
const adoptedOn = `COALESCE((SELECT e.day FROM event e WHERE e.learner = l.id AND e.seq = l.adopted), 0)`

func learnerOf(a people.Account, folded string, words []byte) learnerRow {
	row := learnerRow{ID: int64(a.ID), Name: a.Name, Role: string(a.Role), Password: a.Password,
		Words: words, WordsN: a.WordsN, Noted: bit(a.Noted), Lang: a.Lang, Zone: a.Zone,
		Theme: a.Theme, Buttons: a.Buttons, KeysOff: bit(a.KeysOff), TextSize: a.Size, NewADay: a.NewADay, DaysOff: int64(a.DaysOff), DaysEasy: int64(a.EasyDays), Minutes: a.Minutes, MoreTime: a.MoreTime,
		Disabled: bit(a.Off), Created: ms(a.Created)}
	if folded != "" {
		row.Folded = &folded
	}
	return row
}

func (r learnerRow) person() people.Person {
	return people.Person{ID: questions.LearnerID(r.ID), Name: r.Name, Role: people.Role(r.Role),
		Lang: r.Lang, Zone: r.Zone, Theme: r.Theme, Buttons: r.Buttons, KeysOff: r.KeysOff != 0,
		Size: r.TextSize, NewADay: r.NewADay, DaysOff: people.Days(r.DaysOff), EasyDays: people.Days(r.DaysEasy), Minutes: r.Minutes, MoreTime: r.MoreTime, // #nosec G115 -- seven bits each
		Weights: weightsOf(r.Weights), Adopted: r.Adopted, AdoptedOn: day(r.AdoptedOn), Exams: r.Exams, Inbox: r.Inbox,
		Created: at(r.Created), WordsN: r.WordsN, Noted: r.Noted != 0, FeedN: r.FeedN, Feed: r.Fed != 0, Goes: at(r.Goes)}
}

func (r learnerRow) account() people.Account {
	return people.Account{Person: r.person(), Password: r.Password, Off: r.Disabled != 0}
}

type sessionRow struct {
	Hash    []byte
	Learner int64
	Created int64
	Seen    int64
	Ends    int64
	Keep    int64
}

func (r sessionRow) session() people.Session {
	return people.Session{Hash: r.Hash, Learner: questions.LearnerID(r.Learner), Created: at(r.Created),
		Seen: at(r.Seen), Ends: at(r.Ends), Keep: r.Keep != 0}
}

// Session implements people.Store. Every request asks it.
func (s People) Session(ctx context.Context, hash []byte, now time.Time) (people.Person, people.Session, error) {
	var l learnerRow
	var made sessionRow
	err := straight(s.reader(ctx)).row(`SELECT l.id, l.name, l.role, l.words_n, l.noted, l.lang, l.zone, l.theme, l.buttons, l.keys_off, l.text_size, l.new_a_day, l.days_off, l.days_easy, l.minutes, l.more_time, l.weights, l.adopted, `+adoptedOn+`, (SELECT COUNT(*) FROM exam x WHERE x.learner = l.id), `+rowsWaiting+`, l.created, l.goes, l.feed_n, `+fed+`,
			s.hash, s.learner, s.created, s.seen, s.ends, s.keep
		FROM session s JOIN learner l ON l.id = s.learner
		WHERE s.hash = ? AND s.ends > ? AND l.disabled = 0`, []any{hash, ms(now)},
		&l.ID, &l.Name, &l.Role, &l.WordsN, &l.Noted, &l.Lang, &l.Zone, &l.Theme, &l.Buttons, &l.KeysOff, &l.TextSize, &l.NewADay, &l.DaysOff, &l.DaysEasy, &l.Minutes, &l.MoreTime, &l.Weights, &l.Adopted, &l.AdoptedOn, &l.Exams, &l.Inbox, &l.Created, &l.Goes, &l.FeedN, &l.Fed,
		&made.Hash, &made.Learner, &made.Created, &made.Seen, &made.Ends, &made.Keep)
	return l.person(), made.session(), err
}

// Enter implements people.Store.
func (s People) Enter(ctx context.Context, w people.Way) error {
	return s.write(ctx, func(tx *gorm.DB) error { return enter(tx, w) })
}

// enter uses the link of a way in up, if it has one, and opens its session.
func enter(tx *gorm.DB, w people.Way) error {
	if len(w.Link) > 0 {
		if err := useLink(tx, w.Link, w.Session.Created); err != nil {
			return err
		}
	}
	return change(tx, w)
}

// change opens the session of a way in, in place of the old one.
func change(tx *gorm.DB, w people.Way) error {
	if len(w.Old) > 0 {
		if err := closeSession(tx, w.Old); err != nil {
			return err
		}
	}
	return orphaned(openSession(tx, w.Session))
}

func openSession(tx *gorm.DB, s people.Session) error {
	return tx.Exec(`INSERT INTO session (hash, learner, created, seen, ends, keep) VALUES (?, ?, ?, ?, ?, ?)`,
		blob(s.Hash), int64(s.Learner), ms(s.Created), ms(s.Seen), ms(s.Ends), bit(s.Keep)).Error
}

// SessionSeen implements people.Store.
func (s People) SessionSeen(ctx context.Context, next people.Session) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		return tx.Exec(`UPDATE session SET seen = ?, ends = ?, keep = ? WHERE hash = ?`, ms(next.Seen), ms(next.Ends), bit(next.Keep), next.Hash).Error
	})
}

// SessionClose implements people.Store.
func (s People) SessionClose(ctx context.Context, hash []byte) error {
	return s.write(ctx, func(tx *gorm.DB) error { return closeSession(tx, hash) })
}

func closeSession(tx *gorm.DB, hash []byte) error {
	return tx.Exec(`DELETE FROM session WHERE hash = ?`, hash).Error
}

// SessionCloseAll implements people.Store.
func (s People) SessionCloseAll(ctx context.Context, who questions.LearnerID) error {
	return s.write(ctx, func(tx *gorm.DB) error { return closeSessions(tx, who, nil) })
}

func closeSessions(tx *gorm.DB, who questions.LearnerID, keep []byte) error {
	if len(keep) == 0 {
		return tx.Exec(`DELETE FROM session WHERE learner = ?`, int64(who)).Error
	}
	return tx.Exec(`DELETE FROM session WHERE learner = ? AND hash <> ?`, int64(who), keep).Error
}

// AccountNamed implements people.Store.
func (s People) AccountNamed(ctx context.Context, folded string) (people.Account, error) {
	return s.account(ctx, `l.folded = ?`, folded)
}

// AccountOf implements people.Store.
func (s People) AccountOf(ctx context.Context, who questions.LearnerID) (people.Account, error) {
	return s.account(ctx, `l.id = ?`, int64(who))
}

// AccountByWords implements people.Store.
func (s People) AccountByWords(ctx context.Context, hash []byte) (people.Account, error) {
	return s.account(ctx, `l.words = ?`, hash)
}

func (s People) account(ctx context.Context, where string, arg any) (people.Account, error) {
	var row learnerRow
	err := one(s.reader(ctx).Raw(`SELECT `+learnerColumns+` FROM learner l WHERE `+where, arg), &row)
	return row.account(), err
}

// AccountAdd implements people.Store.
func (s People) AccountAdd(ctx context.Context, a people.Account, folded string, words []byte) error {
	return s.write(ctx, func(tx *gorm.DB) error { return addLearner(tx, a, folded, words) })
}

func addLearner(tx *gorm.DB, a people.Account, folded string, words []byte) error {
	row := learnerOf(a, folded, words)
	return taken(tx.Create(&row).Error, "fault.name_taken")
}

// Claim implements people.Store.
func (s People) Claim(ctx context.Context, a people.Account, folded string, words []byte, next people.Session) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := claim(tx, a, folded, words); err != nil || len(next.Hash) == 0 {
			return err
		}
		return openSession(tx, next)
	})
}

// claim promotes a guest's row; its sessions end.
func claim(tx *gorm.DB, a people.Account, folded string, words []byte) error {
	done := tx.Exec(`UPDATE learner SET name = ?, folded = ?, role = ?, password = ?, words = ?, words_n = ?, noted = 0
		WHERE id = ? AND folded IS NULL`, a.Name, folded, string(a.Role), a.Password, words, a.WordsN, int64(a.ID))
	if done.Error != nil {
		return taken(done.Error, "fault.name_taken")
	}
	if done.RowsAffected == 0 {
		return missing()
	}
	return closeSessions(tx, a.ID, nil)
}

// SetPassword implements people.Store.
func (s People) SetPassword(ctx context.Context, who questions.LearnerID, password string, keep []byte) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := changed(tx.Exec(`UPDATE learner SET password = ? WHERE id = ?`, password, int64(who))); err != nil {
			return err
		}
		return closeSessions(tx, who, keep)
	})
}

// changed turns an update that met no row into fault.Missing.
func changed(done *gorm.DB) error {
	if done.Error == nil && done.RowsAffected == 0 {
		return missing()
	}
	return done.Error
}

// SetWords implements people.Store.
func (s People) SetWords(ctx context.Context, who questions.LearnerID, n int, hash []byte) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		done := tx.Exec(`UPDATE learner SET words = ?, words_n = ?, noted = 0 WHERE id = ?`, hash, n, int64(who))
		if done.Error != nil {
			return taken(done.Error, "fault.words_taken")
		}
		return changed(done)
	})
}

// SetNoted implements people.Store.
func (s People) SetNoted(ctx context.Context, who questions.LearnerID) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		return changed(tx.Exec(`UPDATE learner SET noted = 1 WHERE id = ?`, int64(who)))
	})
}

// SetPerson implements people.Store.
func (s People) SetPerson(ctx context.Context, p people.Person) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		return changed(tx.Exec(`UPDATE learner SET lang = ?, zone = ?, theme = ?, buttons = ?, keys_off = ?,
			text_size = ?, new_a_day = ?, days_off = ?, days_easy = ?, minutes = ?, more_time = ? WHERE id = ?`, p.Lang, p.Zone, p.Theme, p.Buttons, bit(p.KeysOff),
			p.Size, p.NewADay, int64(p.DaysOff), int64(p.EasyDays), p.Minutes, p.MoreTime, int64(p.ID)))
	})
}

func minute(t time.Time) int64 { return t.Unix() / 60 }

// Failures implements people.Store.
func (s People) Failures(ctx context.Context, key string, since time.Time) (int, error) {
	var n int
	err := s.reader(ctx).Raw(`SELECT COALESCE(SUM(n), 0) FROM failure WHERE key = ? AND minute >= ?`, key, minute(since)).Scan(&n).Error
	return n, err
}

// Fail implements people.Store. What is older than two days is forgotten.
func (s People) Fail(ctx context.Context, keys []string, now time.Time) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		for _, key := range keys {
			err := tx.Exec(`INSERT INTO failure (key, minute, n) VALUES (?, ?, 1)
				ON CONFLICT (key, minute) DO UPDATE SET n = failure.n + 1`, key, minute(now)).Error
			if err != nil {
				return err
			}
			if err = tx.Exec(`DELETE FROM failure WHERE key = ? AND minute < ?`, key, minute(now.AddDate(0, 0, -2))).Error; err != nil {
				return err
			}
		}
		return nil
	})
}

// Unfail implements people.Store.
func (s People) Unfail(ctx context.Context, key string) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		return tx.Exec(`DELETE FROM failure WHERE key = ?`, key).Error
	})
}

// LinkAdd implements people.Store.
func (s People) LinkAdd(ctx context.Context, l people.Link) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if l.What == "setup" {
			if err := tx.Exec(`DELETE FROM link WHERE what = 'setup' AND used = 0`).Error; err != nil {
				return err
			}
		}
		return addLink(tx, l)
	})
}

// Link implements people.Store.
func (s People) Link(ctx context.Context, hash []byte) (people.Link, error) {
	var row linkRow
	err := one(s.reader(ctx).Raw(`SELECT `+linkColumns+` FROM link k WHERE k.hash = ?`, hash), &row)
	return row.link(), err
}

func useLink(tx *gorm.DB, hash []byte, now time.Time) error {
	done := tx.Exec(`UPDATE link SET used = ? WHERE hash = ? AND used = 0 AND (ends = 0 OR ends > ?)`, ms(now), hash, ms(now))
	if done.Error != nil || done.RowsAffected > 0 {
		return done.Error
	}
	var used int64
	if err := one(tx.Raw(`SELECT used FROM link WHERE hash = ?`, hash), &used); err != nil {
		return err
	}
	return fault.New(fault.Conflict, "fault.link_used")
}

// School implements people.Store.
func (s People) School(ctx context.Context) (people.School, error) {
	var row struct {
		Name, Lang, Zone, URL string
		Ready, Invited        int64
	}
	err := s.reader(ctx).Raw(`SELECT name, lang, zone, url, ready, invited FROM school WHERE one = 1`).Scan(&row).Error
	return people.School{Name: row.Name, Lang: row.Lang, Zone: row.Zone, URL: row.URL, Ready: row.Ready != 0, Invited: row.Invited != 0}, err
}

// SetUp implements people.Store.
func (s People) SetUp(ctx context.Context, school people.School, admin people.Account, folded string, words []byte, w people.Way) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := useLink(tx, w.Link, w.Session.Created); err != nil {
			return err
		}
		err := tx.Exec(`INSERT INTO school (one, name, lang, zone, url, ready) VALUES (1, ?, ?, ?, ?, 1)
			ON CONFLICT (one) DO UPDATE SET name = excluded.name, lang = excluded.lang, zone = excluded.zone, url = excluded.url, ready = 1`,
			school.Name, school.Lang, school.Zone, school.URL).Error
		if err != nil {
			return err
		}
		if err := addLearner(tx, admin, folded, words); err != nil {
			return err
		}
		// What was brought in before there was anybody is theirs.
		if err := tx.Exec(`UPDATE bank SET owner = ? WHERE owner = 0 AND built_in = 0 AND emptied = 0`, int64(admin.ID)).Error; err != nil {
			return err
		}
		return change(tx, w)
	})
}

// Secret implements people.Store.
func (s People) Secret(ctx context.Context) ([]byte, error) {
	var value []byte
	read := func(g *gorm.DB) error {
		return g.Raw(`SELECT value FROM secret WHERE name = 'key'`).Row().Scan(&value)
	}
	if err := read(s.reader(ctx)); err == nil {
		return value, nil
	}
	fresh := make([]byte, 32)
	if _, err := rand.Read(fresh); err != nil {
		return nil, err
	}
	err := s.write(ctx, func(tx *gorm.DB) error {
		if err := tx.Exec(`INSERT INTO secret (name, value) VALUES ('key', ?) ON CONFLICT (name) DO NOTHING`, fresh).Error; err != nil {
			return err
		}
		return read(tx)
	})
	return value, err
}

// Audit implements people.Store.
func (s People) Audit(ctx context.Context, act people.Act) error {
	return s.write(ctx, func(tx *gorm.DB) error { return audit(tx, act) })
}
