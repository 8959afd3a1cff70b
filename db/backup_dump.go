package db

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"thaw/app/repair"
)

// errNoTool says that a program of PostgreSQL's is not on this computer.
var errNoTool = errors.New("is not on this computer: install PostgreSQL's client programs (postgresql-client) of the server's version or newer")

// tool finds a program of PostgreSQL's: the newest of a Debian's, else the one on the path.
func tool(name string) (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + name) // the pattern is a good one
	if len(found) > 0 {
		return slices.MaxFunc(found, func(a, b string) int { return toolVersion(a) - toolVersion(b) }), nil
	}
	path, err := exec.LookPath(name)
	if err != nil {
		return "", fmt.Errorf("%s %w", name, errNoTool)
	}
	return path, nil
}

func toolVersion(path string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
	return n
}

// command prepares a program of PostgreSQL's that meets the database at an address. The
// password is not among its arguments, which everybody on the computer may read.
func command(ctx context.Context, address, name string, args ...string) (*exec.Cmd, *bytes.Buffer, error) {
	path, err := tool(name)
	if err != nil {
		return nil, nil, err
	}
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, nil, errors.New("the address of the database cannot be read")
	}
	c := exec.CommandContext(ctx, path, args...) // #nosec G204 -- a program of the system's, with arguments of ours
	c.Env = append(os.Environ(), "PGPASSWORD="+config.Password, "PGAPPNAME=thaw-backup", "PGOPTIONS="+schemaOption(config))
	said := &bytes.Buffer{}
	c.Stderr = said
	return c, said, nil
}

// schemaOption looks for tables where the address says that they are.
func schemaOption(config *pgx.ConnConfig) string {
	if path := config.RuntimeParams["search_path"]; path != "" {
		return "-c search_path=" + strings.ReplaceAll(path, " ", `\ `)
	}
	return ""
}

// libpqWords are the parameters of an address that PostgreSQL's own programs know.
var libpqWords = []string{"host", "hostaddr", "port", "user", "dbname", "sslmode", "sslcert", "sslkey", "sslrootcert", "connect_timeout", "target_session_attrs", "passfile", "service"}

// plainAddress is an address as PostgreSQL's own programs take it, without the password.
func plainAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	if u.User != nil {
		u.User = url.User(u.User.Username())
	}
	words := u.Query()
	for key := range words {
		if !slices.Contains(libpqWords, key) {
			words.Del(key)
		}
	}
	u.RawQuery = words.Encode()
	return u.String()
}

// ran runs a program and says what it had to say when it fails.
func ran(c *exec.Cmd, said *bytes.Buffer) error {
	if err := c.Run(); err != nil {
		return fmt.Errorf("%s: %w: %s", filepath.Base(c.Path), err, strings.TrimSpace(said.String()))
	}
	return nil
}

// dump writes PostgreSQL's database to a file, of one moment, and reads it back: the rows in
// it are those of that moment.
func (s Backups) dump(ctx context.Context, to string) (repair.Backup, error) {
	if err := copied(strings.NewReader(""), to); err != nil { // with rights for its owner alone
		return repair.Backup{}, err
	}
	want, schema, err := s.dumpMoment(ctx, to)
	if err != nil {
		return repair.Backup{}, err
	}
	b := repair.Backup{Schema: schema}
	if b.Rows, err = dumpedRows(ctx, s.address, to); err != nil {
		return b, err
	}
	if !maps.Equal(b.Rows, want) {
		return b, fmt.Errorf("%w: %v, want %v", errCounts, b.Rows, want)
	}
	info, err := os.Stat(to)
	if err == nil {
		b.Size, err = info.Size(), synced(to)
	}
	return b, err
}

// dumpMoment dumps one moment, in which it counts the rows as well.
func (s Backups) dumpMoment(ctx context.Context, to string) (rows map[string]int64, schema int64, err error) {
	tx, err := s.pool.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return nil, 0, err
	}
	defer tx.Rollback() //nolint:errcheck // it only reads
	rows = map[string]int64{}
	for _, table := range mainTables {
		var n int64
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM "+table).Scan(&n); err != nil {
			return nil, 0, err
		}
		rows[table] = n
	}
	var moment string
	if err := tx.QueryRowContext(ctx, "SELECT pg_export_snapshot(), (SELECT max(version_id) FROM goose_db_version WHERE is_applied)").Scan(&moment, &schema); err != nil {
		return nil, 0, err
	}
	c, said, err := command(ctx, s.address, "pg_dump", "--format=custom", "--no-password", "--snapshot="+moment, "--file="+to, "--dbname="+plainAddress(s.address))
	if err == nil {
		err = ran(c, said)
	}
	return rows, schema, err
}

// dumpedRows reads a dump whole and counts the rows of the main tables.
func dumpedRows(ctx context.Context, address, path string) (map[string]int64, error) {
	c, said, err := command(ctx, address, "pg_restore", "--data-only", "--file=-", path)
	if err != nil {
		return nil, err
	}
	rows := map[string]int64{}
	for _, table := range mainTables {
		rows[table] = 0
	}
	return rows, piped(c, said, func(from io.Reader) error { return countCopies(from, rows) })
}

// piped runs a program whose output is read meanwhile.
func piped(c *exec.Cmd, said *bytes.Buffer, read func(io.Reader) error) error {
	from, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		return err
	}
	readErr := read(from)
	_, _ = io.Copy(io.Discard, from) // else it would wait for ever
	if err := c.Wait(); err != nil {
		return fmt.Errorf("the copy cannot be read: %s: %w: %s", filepath.Base(c.Path), err, strings.TrimSpace(said.String()))
	}
	return readErr
}

// countCopies counts the rows of a dump's text: a table's begin after COPY and end with a
// backslash and a dot, which no row is.
func countCopies(from io.Reader, rows map[string]int64) error {
	lines, table := bufio.NewReaderSize(from, 1<<16), ""
	for {
		line, more, err := lines.ReadLine()
		for skip := more; skip && err == nil; { // the rest of a long row
			_, skip, err = lines.ReadLine()
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		text := string(line)
		switch {
		case table == "" && strings.HasPrefix(text, "COPY "):
			name, _, _ := strings.Cut(strings.TrimPrefix(text, "COPY "), " ")
			table = name[strings.LastIndex(name, ".")+1:]
		case text == `\.`:
			table = ""
		case table != "":
			if _, ok := rows[table]; ok {
				rows[table]++
			}
		}
	}
}

// makeRoom is what makes room for a dump: all that Thaw has made in the schema goes, in the
// transaction in which the dump comes.
const makeRoom = `DO $$
DECLARE r record;
BEGIN
    FOR r IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
        EXECUTE format('DROP TABLE %I CASCADE', r.tablename);
    END LOOP;
    FOR r IN SELECT p.oid::regprocedure AS f FROM pg_proc p WHERE p.pronamespace = current_schema()::regnamespace
        AND p.prorettype = 'trigger'::regtype AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
        EXECUTE format('DROP FUNCTION %s CASCADE', r.f);
    END LOOP;
END $$;
`

// restoreDump puts a dump in the place of PostgreSQL's database, in one transaction.
func restoreDump(ctx context.Context, c Config, name string) (r Restored, err error) {
	from := findBackup(c.backups(), name)
	if r.Backup, err = fetchDump(ctx, c, from); err != nil {
		return r, err
	}
	if r.Before, err = secureDump(ctx, c); err != nil {
		return r, err
	}
	list, err := goneBeside(c.backups(), from)
	if err != nil {
		return r, err
	}
	if err := putDump(ctx, c.Name, from); err != nil {
		return r, fmt.Errorf("the backup cannot be put back, nothing was changed: %w", err)
	}
	r.Changed, c.Bare = true, true
	d, err := Open(ctx, c)
	if err != nil {
		return r, err
	}
	r.Forgot, err = forgetBack(ctx, d, list)
	return r, errors.Join(err, d.Close())
}

// fetchDump reads a dump whole before anything is changed.
func fetchDump(ctx context.Context, c Config, from string) (b repair.Backup, err error) {
	info, err := os.Stat(from)
	if err != nil {
		return b, fmt.Errorf("there is no backup at %s; thaw backup list names those there are: %w", from, err)
	}
	if said, ok := readBackup(filepath.Dir(from), filepath.Base(from)); ok {
		b = said
	}
	b.Name, b.Size = filepath.Base(from), info.Size()
	if b.Rows, err = dumpedRows(ctx, c.Name, from); err != nil {
		return b, fmt.Errorf("the backup %s is damaged or no dump, nothing was changed; take another: %w", from, err)
	}
	m, err := migrator(nil, postgresEngine)
	if err != nil {
		return b, nil //nolint:nilerr // the schema is asked again when it is opened
	}
	if sources := m.ListSources(); b.Schema > sources[len(sources)-1].Version {
		return b, fmt.Errorf("the backup is from a newer Thaw (schema %d); nothing was changed: upgrade Thaw", b.Schema)
	}
	return b, nil
}

// secureDump makes a backup of what is there, if nobody else uses it.
func secureDump(ctx context.Context, c Config) (name string, err error) {
	d := &DB{engine: postgresEngine, log: slog.New(slog.DiscardHandler), keeper: keeper{folder: c.backups()}, address: c.Name}
	config, err := pgx.ParseConfig(c.Name)
	if err != nil {
		return "", errors.New("the address of the database cannot be read")
	}
	d.pool = openPool(config)
	defer func() { err = errors.Join(err, d.close(false)) }()
	if err := d.alone(ctx); err != nil {
		return "", err
	}
	var schema int64
	if schema, err = schemaVersion(ctx, d.pool, postgresEngine); err != nil || schema == 0 {
		return "", err
	}
	list, err := goneOf(ctx, d.pool, postgresEngine)
	if err == nil {
		err = mergeGone(c.backups(), list)
	}
	if err != nil {
		return "", err
	}
	b, err := Backups{d}.save(ctx, c.backups(), repair.BeforeBack)
	return b.Name, err
}

// leaveTaking is how long PostgreSQL may take to notice that a Thaw has ended.
const leaveTaking = 2 * time.Second

// alone refuses while another Thaw uses the database.
func (d *DB) alone(ctx context.Context) error {
	for end := time.Now().Add(leaveTaking); ; time.Sleep(50 * time.Millisecond) {
		var others int64
		err := d.pool.QueryRowContext(ctx, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'thaw' AND pid <> pg_backend_pid()").Scan(&others)
		if err != nil || others == 0 {
			return err
		}
		if time.Now().After(end) {
			return errors.New("another Thaw uses the database; stop it first")
		}
	}
}

// putDump lets pg_restore write the dump as statements, and psql run them.
func putDump(ctx context.Context, address, from string) error {
	write, writeSaid, err := command(ctx, address, "pg_restore", "--no-owner", "--no-privileges", "--file=-", from)
	if err != nil {
		return err
	}
	run, runSaid, err := command(ctx, address, "psql", "--no-psqlrc", "--quiet", "--no-password", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output="+os.DevNull, "--dbname="+plainAddress(address))
	if err != nil {
		return err
	}
	to, err := run.StdinPipe()
	if err == nil {
		err = run.Start()
	}
	if err != nil {
		return err
	}
	_, err = io.WriteString(to, makeRoom)
	write.Stdout = to
	if err == nil {
		err = ran(write, writeSaid)
	}
	if err != nil {
		_ = run.Process.Kill() // what came so far is never committed
	}
	err = errors.Join(err, to.Close())
	if waitErr := run.Wait(); waitErr != nil {
		return fmt.Errorf("psql: %w: %s", errors.Join(waitErr, err), strings.TrimSpace(runSaid.String()))
	}
	return err
}
