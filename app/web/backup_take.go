package web

import (
	"thaw/app/fault"
	"thaw/app/repair"
)

// backupTake makes a backup now.
func (s *Server) backupTake(c *Ctx) (string, error) {
	if _, err := s.backups(); err != nil {
		return "", err
	}
	if err := s.Backups.Take(c.Context(), repair.Asked); err != nil {
		failed := &fault.Fault{Kind: fault.Limited, Key: "backup.failed_now", Busy: true, Err: err}
		return "", s.retry(c, s.backupsPage, failed)
	}
	return backupsPath + "?made=1", nil
}
