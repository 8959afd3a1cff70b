package db

import (
	"context"
	"os"
)

// Health is how a database is. It holds no address and no secret.
type Health struct {
	Engine  string // with its version
	Size    int64  // bytes
	Free    int64  // bytes of the disk that nobody uses; -1: not known
	Waiting int    // submissions before the writer
	Room    int    // that may wait; 0: each is written on its own
}

// Health looks at the database.
func (d *DB) Health(ctx context.Context) (Health, error) {
	if d.engine == postgresEngine {
		h := Health{Free: -1}
		var version string
		err := d.pool.QueryRowContext(ctx, "SELECT current_setting('server_version'), pg_database_size(current_database())").Scan(&version, &h.Size)
		h.Engine = "PostgreSQL " + version
		return h, err
	}
	h := Health{Free: free(d.path)}
	var version string
	err := d.pool.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&version)
	h.Engine = "SQLite " + version
	for _, file := range []string{d.path, d.path + "-wal"} {
		if info, err := os.Stat(file); err == nil {
			h.Size += info.Size()
		}
	}
	if d.writer != nil {
		h.Waiting, h.Room = len(d.writer.queue), cap(d.writer.queue)
	}
	return h, err
}
