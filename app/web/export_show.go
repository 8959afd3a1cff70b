package web

import (
	"bytes"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/questions"
	"thaw/questions/format"
	"thaw/questions/format/bundle"
	"thaw/views"
)

// exportShow lists the formats that a bank can be taken along in; of the one that the
// address names, what it cannot hold.
func (s *Server) exportShow(c *Ctx) (views.Page, error) {
	d, err := s.Editor.Store.Desk(c.Context(), c.Person.ID, c.bankID())
	if err != nil {
		return nil, err
	}
	if d.Bank.BuiltIn {
		return nil, fault.New(fault.Missing, "fault.missing")
	}
	path := bankPath(d.Bank.ID) + "/export"
	p := views.Export{Bank: views.Link{Text: d.Bank.Title, URL: bankPath(d.Bank.ID)}}
	for _, f := range format.All() {
		if f.Write != nil {
			p.Formats = append(p.Formats, views.ExportFormat{Name: c.Say("import.format_" + f.Name), About: c.Say("export.about_" + f.Name),
				URL: path + "/" + f.Name, Check: path + "?check=" + f.Name, Learned: learnedURL(path, f.Name)})
		}
	}
	if f, ok := format.Of(c.Query("check")); ok && f.Write != nil {
		return p, s.exportLost(c, d.Bank, f, &p)
	}
	return p, nil
}

// learnedURL is where a file comes from that tells what its person remembers.
func learnedURL(path, name string) string {
	if name != "apkg" && name != "native" {
		return ""
	}
	return path + "/" + name + "?learned=1"
}

// exportLost says what a format cannot hold of a bank.
func (s *Server) exportLost(c *Ctx, b bank.Bank, f format.Format, p *views.Export) error {
	var body bytes.Buffer
	lost, err := s.Importer.Export(c.Context(), &body, c.Person, []questions.BankID{b.ID}, f.Name, false)
	if err != nil {
		return err
	}
	p.Checked = c.Say("export.fine", c.Say("import.format_"+f.Name))
	if len(lost) > 0 {
		p.Checked = c.Say("export.lost", c.Say("import.format_"+f.Name), len(lost))
	}
	for _, l := range lost {
		if len(p.Lost) < shownRows {
			p.Lost = append(p.Lost, lostRow(c, l))
		}
	}
	return nil
}

func lostRow(c *Ctx, l bundle.Problem) views.Row {
	return views.Row{Text: short(l.Item), Note: problemText(c, questions.Problem{Code: l.Reason.Code, Args: l.Reason.Args})}
}

// exportFile is a bank in a format. One's own memory of it comes along where it is asked
// for.
func (s *Server) exportFile(c *Ctx) (file, error) {
	d, err := s.Editor.Store.Desk(c.Context(), c.Person.ID, c.bankID())
	f, ok := format.Of(c.Param("format"))
	switch {
	case err != nil:
		return file{}, err
	case d.Bank.BuiltIn || !ok || f.Write == nil:
		return file{}, fault.New(fault.Missing, "fault.missing")
	}
	var body bytes.Buffer
	_, err = s.Importer.Export(c.Context(), &body, c.Person, []questions.BankID{d.Bank.ID}, f.Name, c.Query("learned") == "1")
	return file{ending: f.Ext[1:], kind: f.Type, body: body.Bytes(), name: d.Bank.Title}, err
}
