package db

import (
	"errors"
	"fmt"
	"os"
	"strings"
)

// inUse stands in the lock file while the database is served.
const inUse = "in use\n"

// fileLock is held by the one server of a SQLite file.
type fileLock struct{ file *os.File }

// lockFile takes the lock beside a database. Unclean is true when its last
// holder did not release it in order.
func lockFile(path string) (l *fileLock, unclean bool, err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600) // #nosec G304 -- the operator's own choice
	if err != nil {
		return nil, false, fmt.Errorf("the lock cannot be made: %w; check the folder or choose another with --data", err)
	}
	if err := tryLock(f); err != nil {
		err = fmt.Errorf("another Thaw is serving %s; stop it first: %w", strings.TrimSuffix(path, ".lock"), err)
		return nil, false, errors.Join(err, f.Close())
	}
	said := make([]byte, len(inUse))
	n, _ := f.ReadAt(said, 0) // an empty file says that the last stop was clean
	if _, err := f.WriteAt([]byte(inUse), 0); err != nil {
		return nil, false, errors.Join(fmt.Errorf("the lock cannot be written: %w; make room on its disk, or check who owns it", err), f.Close())
	}
	return &fileLock{f}, n > 0, nil
}

// release gives the lock free; clean notes that everything was closed in order.
// The file stays: removing it would let two programs lock two files.
func (l *fileLock) release(clean bool) error {
	if l == nil {
		return nil
	}
	var err error
	if clean {
		err = l.file.Truncate(0)
	}
	return errors.Join(err, l.file.Close())
}
