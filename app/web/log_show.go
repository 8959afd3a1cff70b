package web

import (
	"net/url"
	"slices"
	"strconv"

	"thaw/app/people"
	"thaw/views"
)

// classLog is what was done in a class, for its teachers.
func (s *Server) classLog(c *Ctx) (views.Page, error) {
	page := c.housePage()
	class, list, more, err := s.Desk.Office.ClassLog(c.Context(), c.Person.ID, c.class(), page)
	if err != nil {
		return nil, err
	}
	path := classPath(class.ID)
	p := views.Log{Heading: c.Say("log.class"), Back: views.Link{Text: class.Name, URL: path}, Lead: c.Say("log.class_lead"), Rows: c.logRows(list, false)}
	p.Earlier, p.Later = pagesBeside(path+"/log?", page, more)
	return p, nil
}

// wholeLog is everything that is written down, for an administrator.
func (s *Server) wholeLog(c *Ctx) (views.Page, error) {
	search := people.LogSearch{Name: c.Query("q"), Page: c.housePage()}
	p := views.Log{Heading: c.Say("log.whole"), Back: views.Link{Text: c.Say("nav.people"), URL: "/people"}, Lead: c.Say("log.whole_lead"), Whole: true, Name: search.Name}
	if slices.Contains(people.Kinds(), c.Query("what")) {
		search.Kind = c.Query("what")
	}
	p.Kinds = append(p.Kinds, views.Option{Text: c.Say("log.any"), Chosen: search.Kind == ""})
	for _, kind := range people.Kinds() {
		p.Kinds = append(p.Kinds, views.Option{Value: kind, Text: c.Say("log.kind_" + kind), Chosen: kind == search.Kind})
	}
	list, more, err := s.Desk.Office.Log(c.Context(), search)
	p.Rows = c.logRows(list, true)
	p.Earlier, p.Later = pagesBeside("/people/log?"+url.Values{"q": {search.Name}, "what": {search.Kind}}.Encode()+"&", search.Page, more)
	return p, err
}

// pagesBeside are the pages before and after one of a list.
func pagesBeside(path string, page int, more bool) (earlier, later string) {
	if page > 1 {
		earlier = path + "page=" + strconv.Itoa(page-1)
	}
	if more {
		later = path + "page=" + strconv.Itoa(page+1)
	}
	return earlier, later
}

// logRows are lines as cells: when, who, what, and where it is not said, in which class.
func (c *Ctx) logRows(list []people.Line, whole bool) [][]string {
	rows := make([][]string, len(list))
	for i, l := range list {
		rows[i] = []string{c.moment(l.At), c.logActor(l), c.logWhat(l)}
		if whole {
			rows[i] = append(rows[i], l.Where)
		}
	}
	return rows
}

func (c *Ctx) logActor(l people.Line) string {
	switch {
	case l.Actor == 0:
		return c.Say("log.program")
	case l.Actor == c.Person.ID:
		return c.Say("log.you", l.By)
	case l.By == "":
		return c.Say("log.nameless")
	}
	return l.By
}

// logWhat says what was done, and to whom.
func (c *Ctx) logWhat(l people.Line) string {
	whom := l.Whom
	if whom == "" {
		whom = c.Say("log.nameless")
	}
	if l.Kind() == "role" {
		return c.Say("log.did_role", whom, c.Say("person.role_"+l.With()))
	}
	said := c.Say("log.did_"+l.Kind(), whom)
	if l.Reason != "" {
		said = c.Say("log.reason", said, l.Reason)
	}
	return said
}
