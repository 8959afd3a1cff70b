package apkg

import (
	"context"
	"crypto/sha1" // #nosec G505 -- Anki's own check sum
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"html"
	"regexp"
	"strings"
	"time"

	"thaw/questions/format/bundle"
)

// schema is Anki's, number 11.
const schema = `
create table col (id integer primary key, crt integer not null, mod integer not null, scm integer not null, ver integer not null, dty integer not null,
	usn integer not null, ls integer not null, conf text not null, models text not null, decks text not null, dconf text not null, tags text not null);
create table notes (id integer primary key, guid text not null, mid integer not null, mod integer not null, usn integer not null, tags text not null,
	flds text not null, sfld integer not null, csum integer not null, flags integer not null, data text not null);
create table cards (id integer primary key, nid integer not null, did integer not null, ord integer not null, mod integer not null, usn integer not null,
	type integer not null, queue integer not null, due integer not null, ivl integer not null, factor integer not null, reps integer not null,
	lapses integer not null, left integer not null, odue integer not null, odid integer not null, flags integer not null, data text not null);
create table revlog (id integer primary key, cid integer not null, usn integer not null, ease integer not null, ivl integer not null,
	lastIvl integer not null, factor integer not null, time integer not null, type integer not null);
create table graves (usn integer not null, oid integer not null, type integer not null);
create index ix_notes_usn on notes (usn);
create index ix_cards_usn on cards (usn);
create index ix_revlog_usn on revlog (usn);
create index ix_cards_nid on cards (nid);
create index ix_cards_sched on cards (did, queue, due);
create index ix_revlog_cid on revlog (cid);
create index ix_notes_csum on notes (csum)`

// database writes the collection into an empty file.
func (p *pad) database(ctx context.Context, path string, o bundle.Options, now time.Time) error {
	db := sql.OpenDB(connector{path: path, query: "mode=rw", begin: "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF"})
	defer db.Close() //nolint:errcheck // a temporary file
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	w := filling{ctx: ctx, tx: tx, now: now, learned: o.Learned, begun: begun(p.sheets, now), decks: map[string]int64{defaultDeck: 1}, taken: map[int64]bool{}}
	w.do(schema)
	for i, s := range p.sheets {
		w.sheet(i, s, p.title)
	}
	w.collection(p.title)
	if w.err != nil {
		_ = tx.Rollback()
		return w.err
	}
	return tx.Commit()
}

// begun is the day from which days are counted: before all that was learned, at the hour
// at which Anki's day begins.
func begun(sheets []sheet, now time.Time) int64 {
	first := now
	for _, s := range sheets {
		for _, it := range s.cards {
			if l := it.Learned; l != nil && len(l.Reviews) > 0 && l.Reviews[0].At.Before(first) {
				first = l.Reviews[0].At
			}
		}
	}
	return max(first.Unix(), 2*day)/day*day - day + 4*60*60
}

// filling fills a collection. It keeps the first error.
type filling struct {
	ctx     context.Context
	tx      *sql.Tx
	now     time.Time
	learned bool
	begun   int64
	decks   map[string]int64 // by name
	taken   map[int64]bool   // the reviews' ids
	cards   int
	err     error
}

func (w *filling) do(statement string, args ...any) {
	if w.err == nil {
		_, w.err = w.tx.ExecContext(w.ctx, statement, args...)
	}
}

// sheet writes a note and its cards.
func (w *filling) sheet(i int, s sheet, title string) {
	id := w.now.UnixMilli() + int64(i)
	tags := strings.Join(tagged(s.cards[0].Tags), " ")
	if tags != "" {
		tags = " " + tags + " "
	}
	first := bared(s.fields[0])
	sum := sha1.Sum([]byte(first)) // #nosec G401 -- see above
	w.do(`insert into notes values (?, ?, ?, ?, -1, ?, ?, ?, ?, 0, ?)`, id, s.guid, s.of.ID, w.now.Unix(), tags,
		strings.Join(s.fields, "\x1f"), first, int64(binary.BigEndian.Uint32(sum[:])), s.data)
	for ord, it := range s.cards {
		w.card(id, ord, w.deck(deckOf(title, it.Topic)), it.Learned)
	}
}

// bared is the text of a field as Anki compares and sorts it: pictures by their names.
func bared(field string) string {
	field = pictured.ReplaceAllString(field, " $1 ")
	return strings.ReplaceAll(html.UnescapeString(tags.ReplaceAllString(field, "")), "\u00a0", " ")
}

var pictured = regexp.MustCompile(`<img src="([^"]*)"[^>]*>`)

// deck is the number of a deck, which is made where it is not there, with those around
// it.
func (w *filling) deck(path []string) int64 {
	id := int64(1)
	for i := range path {
		name := strings.Join(path[:i+1], "::")
		if w.decks[name] == 0 {
			w.decks[name] = 1_600_000_000_000 + int64(hash(strings.ToLower(name))%100_000_000_000) // #nosec G115 -- bounded
		}
		id = w.decks[name]
	}
	return id
}

// card writes a card, and where it is asked for, what is remembered of it.
func (w *filling) card(note int64, ord int, deck int64, l *bundle.Learned) {
	w.cards++
	id := w.now.UnixMilli() + int64(w.cards)
	m := memory{due: int64(w.cards)}
	if l != nil && w.learned {
		m = memoryOf(*l, w.begun, m.due)
		w.reviews(id, *l)
	}
	w.do(`insert into cards values (?, ?, ?, ?, ?, -1, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, ?)`,
		id, note, deck, ord, w.now.Unix(), m.kind, m.queue, m.due, m.interval, m.factor, m.reps, m.lapses, m.left, m.data)
}

// memory is what Anki keeps of a card's memory.
type memory struct {
	kind, queue, interval, factor, reps, lapses, left int
	due                                               int64
	data                                              string
}

// memoryOf is the memory of a card in Anki's terms; a new one has its place in the row.
func memoryOf(l bundle.Learned, begun, place int64) memory {
	m := memory{due: place, reps: l.Reps, lapses: l.Lapses, data: state(l)}
	switch {
	case l.Due.IsZero():
	case l.Interval >= 1:
		m.kind, m.queue, m.interval, m.factor, m.reps = 2, 2, l.Interval, 2500, max(l.Reps, 1)
		m.due = floor(l.Due.Unix()-begun, day)
	default:
		m.kind, m.queue, m.left, m.due = 1, 1, 1001, l.Due.Unix()
	}
	if l.Suspended {
		m.queue = -1
	}
	return m
}

// floor divides downwards.
func floor(a, b int64) int64 {
	if a < 0 {
		return -((b - 1 - a) / b)
	}
	return a / b
}

// state is the memory as FSRS has it in Anki, JSON; "" where it is not known.
func state(l bundle.Learned) string {
	if !(l.Stability > 0) || !(l.Difficulty >= 1) {
		return ""
	}
	kept := map[string]any{"s": l.Stability, "d": l.Difficulty}
	if n := len(l.Reviews); n > 0 {
		kept["lrt"] = l.Reviews[n-1].At.Unix()
	} else if !l.Due.IsZero() {
		kept["lrt"] = l.Due.AddDate(0, 0, -l.Interval).Unix()
	}
	text, _ := json.Marshal(kept) // infinite: no memory is
	return string(text)
}

// reviews writes the log of a card. The intervals are those that followed.
func (w *filling) reviews(card int64, l bundle.Learned) {
	last := int64(0)
	for i, r := range l.Reviews {
		next := l.Due
		if i+1 < len(l.Reviews) {
			next = l.Reviews[i+1].At
		}
		id := r.At.UnixMilli()
		for w.taken[id] {
			id++
		}
		w.taken[id] = true
		interval, kind, factor := wait(next.Sub(r.At)), 1, 2500
		if i+1 == len(l.Reviews) && l.Interval > 0 {
			interval = int64(l.Interval)
		}
		if last <= 0 {
			kind, factor = 0, 0
		}
		w.do(`insert into revlog values (?, ?, -1, ?, ?, ?, ?, ?, ?)`, id, card, r.Rating, interval, last, factor, r.Took.Milliseconds(), kind)
		last = interval
	}
}

// wait is an interval as Anki keeps it: days, or seconds below zero where it is no day.
func wait(d time.Duration) int64 {
	if d >= 12*time.Hour {
		return max(int64(d.Hours()+12)/24, 1)
	}
	return -max(int64(d.Seconds()), 1)
}

// collection writes what is said beside the notes and cards.
func (w *filling) collection(title string) {
	types, decks := map[string]any{}, map[string]any{}
	for _, m := range models {
		types[m.json()["id"].(string)] = m.json()
	}
	for name, id := range w.decks {
		decks[fmt.Sprint(id)] = map[string]any{"id": id, "name": name, "mod": w.now.Unix(), "usn": -1, "conf": 1, "dyn": 0, "desc": "", "collapsed": false,
			"extendNew": 10, "extendRev": 50, "newToday": zero, "revToday": zero, "lrnToday": zero, "timeToday": zero}
	}
	conf := map[string]any{"schedVer": 2, "activeDecks": []int{1}, "curDeck": 1, "newSpread": 0, "collapseTime": 1200, "timeLim": 0, "estTimes": true,
		"dueCounts": true, "curModel": basic.json()["id"], "nextPos": w.cards + 1, "sortType": "noteFld", "sortBackwards": false, "addToCur": true,
		"dayLearnFirst": false, "newBury": true, "thaw": map[string]any{"title": title}}
	w.do(`insert into col values (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, '{}')`, w.begun, w.now.UnixMilli(), w.now.UnixMilli(),
		w.text(conf), w.text(types), w.text(decks), dconf)
}

// text is JSON.
func (w *filling) text(v any) string {
	text, err := json.Marshal(v)
	if w.err == nil {
		w.err = err
	}
	return string(text)
}

// zero counts nothing, on no day.
var zero = [...]int{0, 0}

// dconf are the settings of new decks: Anki's own.
const dconf = `{"1": {"id": 1, "name": "Default", "mod": 0, "usn": 0, "maxTaken": 60, "timer": 0, "autoplay": true, "replayq": true,
"new": {"delays": [1, 10], "ints": [1, 4, 7], "initialFactor": 2500, "separate": true, "order": 1, "perDay": 20, "bury": false},
"lapse": {"delays": [10], "mult": 0, "minInt": 1, "leechFails": 8, "leechAction": 0},
"rev": {"perDay": 200, "ease4": 1.3, "fuzz": 0.05, "minSpace": 1, "ivlFct": 1, "maxIvl": 36500, "bury": false, "hardFactor": 1.2}}}`
