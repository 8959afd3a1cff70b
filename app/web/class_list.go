package web

import (
	"slices"
	"strconv"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/questions"
	"thaw/views"
)

func classPath(id questions.ClassID) string { return "/classes/" + id.String() }

// class is the number of the class in the path.
func (c *Ctx) class() questions.ClassID { return questions.ClassID(c.Int("n")) }

func (s *Server) classesPage(c *Ctx, err error) (views.Page, error) {
	list, listErr := s.Classes.Store.Classes(c.Context(), c.Person.ID)
	if listErr != nil {
		return nil, listErr
	}
	p := views.Classes{Ask: views.Form{Action: "/classes", Token: newToken()}, Name: c.field("name", err), Error: c.fault(err)}
	for _, class := range list {
		if class.Used() {
			p.List = append(p.List, views.Row{Text: class.Name, URL: classPath(class.ID),
				Note: c.Say("class.row", class.Pupils, people.SpellCode(class.Code))})
			continue
		}
		p.Away = append(p.Away, views.Row{Text: class.Name, URL: classPath(class.ID), Note: c.Say("class.row_away", class.Pupils)})
	}
	p.Banks, listErr = s.bankTicks(c, nil, err)
	return p, listErr
}

// bankTicks offers the banks that a teacher may give: the own ones, the built-in
// ones and those a class has. Those a class has are ticked, of a new class the
// built-in ones, and of a form shown again what was ticked. A page that leads here to give
// a bank names it.
func (s *Server) bankTicks(c *Ctx, has []questions.BankID, err error) ([]views.Option, error) {
	banks, loadErr := s.Shelf.For(c.Context(), c.Person.ID)
	if loadErr != nil {
		return nil, loadErr
	}
	var list []views.Option
	for _, b := range banks {
		mine := b.Bank.BuiltIn || b.Bank.Owner == c.Person.ID
		if !mine && !slices.Contains(has, b.Bank.ID) {
			continue
		}
		value := strconv.FormatInt(int64(b.Bank.ID), 10)
		on := slices.Contains(has, b.Bank.ID)
		switch {
		case err != nil:
			on = slices.Contains(c.Values("bank"), value)
		case mine && c.Query("bank") == value: // another page led here to give it
			on = true
		case has == nil:
			on = b.Bank.BuiltIn && c.Query("bank") == ""
		}
		list = append(list, views.Option{Value: value, Text: b.Bank.Title, Chosen: on})
	}
	return list, nil
}

// banks are those that a form has ticked; what is no number is a bank of nobody.
func (c *Ctx) banks() []questions.BankID {
	banks := make([]questions.BankID, 0, len(c.Values("bank")))
	for _, value := range c.Values("bank") {
		id, err := strconv.ParseInt(value, 10, 64)
		if err != nil {
			id = -1
		}
		banks = append(banks, questions.BankID(id))
	}
	return banks
}

// classesShow lists a teacher's classes.
func (s *Server) classesShow(c *Ctx) (views.Page, error) { return s.classesPage(c, nil) }

// classMake makes a class and shows its code.
func (s *Server) classMake(c *Ctx) (string, error) {
	id, err := s.Classes.Make(c.Context(), c.Person, c.Form("name"), c.banks(), c.Form("token"))
	if fault.Is(err, fault.Invalid) {
		return "", s.retry(c, s.classesPage, err)
	}
	return classPath(id), err
}
