//go:build unix

package dbtest

import (
	"errors"
	"os"
	"os/user"
	"strconv"
	"syscall"
)

// notRoot is how a PostgreSQL server, which refuses root, is run by root: as
// postgres or nobody, who is given the folder.
func notRoot(dir string) (*syscall.SysProcAttr, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		who, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err := strconv.ParseUint(who.Uid, 10, 32)
		if err != nil {
			return nil, err
		}
		gid, err := strconv.ParseUint(who.Gid, 10, 32)
		if err != nil {
			return nil, err
		}
		as := &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
		return as, errors.Join(os.Chown(dir, int(uid), int(gid)), os.Chmod(dir, 0o700)) // #nosec G302 -- a folder
	}
	return nil, errors.New("it refuses root, and there is no user postgres or nobody")
}
