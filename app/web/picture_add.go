package web

import (
	"strings"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/questions/kind"
)

// pictureAdd keeps a picture or a sound and shows the form again with it at the end of
// the question. Nothing else is stored.
func (s *Server) pictureAdd(c *Ctx, w bank.Work, k kind.Kind) error {
	data, err := c.file("picture")
	if err != nil {
		return err
	}
	markdown, err := s.Editor.AddPicture(c.Context(), c.Person, data, c.Form("alt"))
	if err == nil {
		c.form.Set("prompt", strings.TrimSpace(c.Form("prompt")+"\n\n"+markdown))
		c.form.Del("alt")
	}
	sh := filled(c, w, k)
	page, failed := s.editPage(c, sh)
	if failed != nil {
		return failed
	}
	page.Edit.Alt, page.Edit.Picture = c.field("alt", err), c.field("picture", err)
	switch {
	case fault.Is(err, fault.Invalid):
		page.Error = c.fault(err)
		return again(page, err)
	case fault.Is(err, fault.Denied):
		page.Error = c.fault(err)
		return again(page, err)
	case err != nil:
		return err
	}
	page.Added = true
	return look(page)
}
