package web

import (
	"thaw/app/fault"
	"thaw/views"
)

// backupAsk asks before a backup is put back.
func (s *Server) backupAsk(c *Ctx) (views.Page, error) { return s.backupAskPage(c, nil) }

func (s *Server) backupAskPage(c *Ctx, wrong error) (views.Page, error) {
	b, err := s.backup(c)
	if err != nil {
		return nil, err
	}
	asked, err := s.Desk.HasPassword(c.Context(), c.Person)
	p := views.PutBack{Heading: c.Say("backup.sure", c.moment(b.At)), What: c.Say("backup.sure_what", c.holds(b)),
		Ask: views.Form{Action: backupsPath + "/" + b.Name}, Stay: backupsPath}
	if asked {
		p.Password = &views.Field{Error: c.field("password", wrong).Error}
	}
	p.Error = c.fault(wrong)
	return p, err
}

// backupPutBack begins to put a backup back: the program does it once this answer is out.
func (s *Server) backupPutBack(c *Ctx) (string, error) {
	b, err := s.backup(c)
	if err != nil {
		return "", err
	}
	err = s.Desk.Confirm(c.Context(), c.Person, c.Form("password"), c.Address, "backup.password_wrong")
	if err == nil {
		if bad := s.Backups.Check(c.Context(), b.Name); bad != nil {
			err = fault.Wrap(bad, fault.Conflict, "backup.bad", bad.Error())
		}
	}
	if err == nil {
		err = s.Backups.PutBack(b.Name, c.Person)
	}
	if formal(err) {
		return "", s.retry(c, s.backupAskPage, err)
	}
	return backupsPath, err
}
