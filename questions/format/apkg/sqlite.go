package apkg

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/mattn/go-sqlite3"

	"thaw/questions/format/bundle"
)

// temporary makes a file that only we can read, fills it and returns its path.
func temporary(fill func(*os.File) error) (string, error) {
	f, err := os.CreateTemp("", "thaw-apkg-*")
	if err != nil {
		return "", fmt.Errorf("making a temporary file: %w", err)
	}
	err = fill(f)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		remove(f.Name())
	}
	return f.Name(), err
}

// remove takes a temporary file away.
func remove(path string) { _ = os.Remove(path) }

// connector opens one SQLite file, with what Anki expects of SQLite.
type connector struct {
	path   string
	query  string // options in the address
	limits map[int]int
	begin  string // statements to begin with
}

var _ driver.Connector = connector{}

// Driver is part of driver.Connector.
func (c connector) Driver() driver.Driver { return &sqlite3.SQLiteDriver{ConnectHook: c.hook} }

// Connect is part of driver.Connector.
func (c connector) Connect(context.Context) (driver.Conn, error) {
	return c.Driver().Open((&url.URL{Scheme: "file", Path: c.path, RawQuery: c.query}).String())
}

// hook prepares a connection: Anki's names are compared by a collation of its own.
func (c connector) hook(conn *sqlite3.SQLiteConn) error {
	err := conn.RegisterCollation("unicase", func(a, b string) int {
		return strings.Compare(strings.ToLower(a), strings.ToLower(b))
	})
	if err != nil {
		return err
	}
	for limit, n := range c.limits {
		conn.SetLimit(limit, n)
	}
	_, err = conn.Exec(c.begin, nil)
	return err
}

// strangers are the limits for a file that somebody sent.
var strangers = map[int]int{
	sqlite3.SQLITE_LIMIT_LENGTH:        maxList + 4096,
	sqlite3.SQLITE_LIMIT_SQL_LENGTH:    64 << 10,
	sqlite3.SQLITE_LIMIT_COLUMN:        100,
	sqlite3.SQLITE_LIMIT_EXPR_DEPTH:    50,
	sqlite3.SQLITE_LIMIT_VDBE_OP:       25_000,
	sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
	sqlite3.SQLITE_LIMIT_ATTACHED:      0,
}

// patience is how long a statement may work without a row of a result. A table may be
// large, but no step of a plain one is long: only a database made to be endless has such.
const patience = 3 * time.Second

// store is a collection's database.
type store struct {
	ctx context.Context
	db  *sql.DB
}

// open opens a stranger's database, read only. It is Unreadable where it holds anything
// but plain tables: what a view or a computed column does can be endless.
func open(ctx context.Context, path string) (*store, error) {
	if err := checkSchema(path); err != nil {
		return nil, err
	}
	s := &store{ctx: ctx, db: sql.OpenDB(connector{path: path, query: "mode=ro&immutable=1", limits: strangers,
		begin: "PRAGMA trusted_schema=OFF; PRAGMA query_only=ON; PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0; PRAGMA cache_size=-8192"})}
	s.db.SetMaxOpenConns(1)
	if err := s.plain(); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func (s *store) close() { _ = s.db.Close() }

// plain refuses a database with anything else than tables and their indexes in it.
func (s *store) plain() error {
	odd := 0
	err := s.each(func(row scan) error { return row(&odd) },
		`select count(*) from sqlite_master where type not in ('table', 'index') or rootpage = 0
		or sql not like 'create table %' and sql not like 'create index %' and sql not like 'create unique index %'`)
	if err == nil && odd == 0 {
		err = s.each(func(row scan) error { return row(&odd) },
			`select count(*) from sqlite_master m, pragma_table_xinfo(m.name) c where m.type = 'table' and c.hidden <> 0`)
	}
	if err == nil && odd > 0 {
		return bundle.Bad("format.apkg_odd")
	}
	return err
}

// scan takes the columns of a row.
type scan func(to ...any) error

// each calls see with the rows of a query. It is Unreadable where the database is broken
// or lets wait.
func (s *store) each(see func(scan) error, query string, args ...any) error {
	ctx, cancel := context.WithCancel(s.ctx)
	defer cancel()
	clock := time.AfterFunc(patience, cancel)
	defer clock.Stop()
	rows, err := s.db.QueryContext(ctx, query, args...)
	if err != nil {
		return s.broken(err)
	}
	defer rows.Close() //nolint:errcheck // read only
	for rows.Next() {
		clock.Stop()
		if err := see(rows.Scan); err != nil {
			return s.broken(err)
		}
		clock.Reset(patience)
	}
	return s.broken(rows.Err())
}

// broken is the error for the person of what the database says.
func (s *store) broken(err error) error {
	var bad bundle.Unreadable
	if err == nil || s.ctx.Err() != nil || errors.As(err, &bad) {
		return errors.Join(s.ctx.Err(), err)
	}
	return bundle.Bad("format.apkg_broken")
}

// The schema of a collection has some thirty entries.
const (
	maxSchema = 400 // tables and indexes
	maxPages  = 200 // on which they are described
)

// checkSchema looks into a database before SQLite does, which would read a schema of
// millions of tables into memory. The layout is that of SQLite's file format, 1.6: a
// tree of pages, the first of which begins behind the header of 100 bytes.
func checkSchema(path string) error {
	f, err := os.Open(path) // #nosec G304 -- our own temporary file
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // read only
	head := make([]byte, 100)
	if _, err := io.ReadFull(f, head); err != nil || !strings.HasPrefix(string(head), "SQLite format 3\x00") {
		return bundle.Bad("format.apkg_broken")
	}
	t := tree{file: f, size: int64(binary.BigEndian.Uint16(head[16:]))}
	if t.size == 1 {
		t.size = 64 << 10
	}
	if t.size < 512 || !t.walk(1) {
		return bundle.Bad("format.apkg_broken")
	}
	return nil
}

// tree counts the pages and cells of a tree of pages.
type tree struct {
	file         io.ReaderAt
	size         int64 // of a page
	pages, cells int
}

// walk counts a page and those below it; false where it is none, or where there are more
// than there may be.
func (t *tree) walk(number uint32) bool {
	page := make([]byte, t.size)
	if t.pages++; t.pages > maxPages || number == 0 {
		return false
	}
	if _, err := t.file.ReadAt(page, int64(number-1)*t.size); err != nil {
		return false
	}
	head := 0
	if number == 1 {
		head = 100
	}
	cells := int(binary.BigEndian.Uint16(page[head+3:]))
	t.cells += cells
	if t.cells > maxSchema || page[head] != 5 && page[head] != 13 {
		return false
	}
	return page[head] == 13 || t.below(page, head, cells)
}

// below walks the pages that an inner page points to.
func (t *tree) below(page []byte, head, cells int) bool {
	for i := range cells {
		at := head + 12 + 2*i
		if at+2 > len(page) {
			return false
		}
		cell := int(binary.BigEndian.Uint16(page[at:]))
		if cell+4 > len(page) || !t.walk(binary.BigEndian.Uint32(page[cell:])) {
			return false
		}
	}
	return t.walk(binary.BigEndian.Uint32(page[head+8:]))
}
