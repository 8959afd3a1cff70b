package web

import (
	"thaw/app/fault"
	"thaw/app/people"
	"thaw/views"
)

// classCode is the code alone, for the board.
func (s *Server) classCode(c *Ctx) (views.Page, error) {
	class, err := s.Classes.Store.Class(c.Context(), c.Person.ID, c.class())
	if err != nil {
		return nil, err
	}
	if !class.Used() {
		return c.Go(classPath(class.ID))
	}
	return views.ClassCode{Name: class.Name, Board: s.board(c, class), Back: classPath(class.ID)}, nil
}

func (s *Server) classSettingsPage(c *Ctx, err error) (views.Page, error) {
	class, loadErr := s.Classes.Store.Class(c.Context(), c.Person.ID, c.class())
	if loadErr != nil {
		return nil, loadErr
	}
	path := classPath(class.ID)
	p := views.ClassSettings{Class: class.Name, Back: path, Code: people.SpellCode(class.Code), Away: !class.Used(),
		Rename: views.Form{Action: path + "/name"}, Name: c.field("name", err), Give: views.Form{Action: path + "/banks"},
		Recode: views.Form{Action: path + "/code"}, Archive: views.Form{Action: path + "/archive"}, Log: path + "/log",
		Error: c.fault(err), Saved: c.Query("saved") == "1"}
	if err == nil {
		p.Name.Value = class.Name
	}
	if class.Banks == nil {
		class.Banks = append(class.Banks, 0) // none is ticked, as in a class that has none
	}
	p.Banks, loadErr = s.bankTicks(c, class.Banks, nil)
	return p, loadErr
}

// classSettings is what can be changed about a class.
func (s *Server) classSettings(c *Ctx) (views.Page, error) { return s.classSettingsPage(c, nil) }

// classRename gives a class another name.
func (s *Server) classRename(c *Ctx) (string, error) {
	err := s.Classes.Rename(c.Context(), c.Person, c.class(), c.Form("name"))
	if fault.Is(err, fault.Invalid) {
		return "", s.retry(c, s.classSettingsPage, err)
	}
	return s.settled(c), err
}

// settled leads back to the settings.
func (s *Server) settled(c *Ctx) string { return classPath(c.class()) + "/settings?saved=1" }

// classRecode gives a class another code.
func (s *Server) classRecode(c *Ctx) (string, error) {
	return s.settled(c), s.Classes.Recode(c.Context(), c.Person, c.class())
}

// classGive gives a class the banks that are ticked, and takes the others away.
func (s *Server) classGive(c *Ctx) (string, error) {
	return s.settled(c), s.Classes.Give(c.Context(), c.Person, c.class(), c.banks())
}

// classArchive puts a class away, or back into use.
func (s *Server) classArchive(c *Ctx) (string, error) {
	return classPath(c.class()), s.Classes.Archive(c.Context(), c.Person, c.class(), c.Form("away") == "1")
}
