//go:build linux || darwin

package db

import (
	"path/filepath"

	"golang.org/x/sys/unix"
)

// free is how many bytes of a file's disk nobody uses; -1: not known.
func free(path string) int64 {
	var s unix.Statfs_t
	if err := unix.Statfs(filepath.Dir(path), &s); err != nil {
		return -1
	}
	return int64(s.Bavail) * int64(s.Bsize) // #nosec G115 -- no disk has 2^63 bytes
}
