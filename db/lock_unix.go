//go:build unix

package db

import (
	"os"

	"golang.org/x/sys/unix"
)

// tryLock locks a file at once or fails; closing it, or dying, unlocks it.
func tryLock(f *os.File) error {
	return unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB) // #nosec G115 -- a file descriptor
}
