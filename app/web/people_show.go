package web

import (
	"encoding/base64"
	"net/url"
	"strconv"
	"time"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/app/study"
	"thaw/views"
	"thaw/views/text"
)

// peopleShow lists everybody with an account, and the invitations that are open.
func (s *Server) peopleShow(c *Ctx) (views.Page, error) {
	search := people.Search{Name: c.Query("q"), Order: people.ByName, Page: c.housePage()}
	p := views.People{SignUp: []views.Option{{Value: "anybody", Text: c.Say("signup.anybody"), Chosen: !c.School.Invited},
		{Value: "invited", Text: c.Say("signup.invited"), Chosen: c.School.Invited}}, Name: search.Name, Invite: views.Form{Action: "/people/invite", Token: newToken()}, Revoke: "/people/revoke",
		Roles: roleOptions(c, "invite.role_", people.Teacher, people.Teacher, people.Admin)}
	for _, o := range people.Orders() {
		if string(o) == c.Query("sort") {
			search.Order = o
		}
	}
	for _, o := range people.Orders() {
		p.Orders = append(p.Orders, views.Option{Value: string(o), Text: c.Say("person.order_" + string(o)), Chosen: o == search.Order})
	}
	list, all, err := s.Desk.Office.People(c.Context(), search)
	if err != nil {
		return nil, err
	}
	for _, who := range list {
		row := views.PersonRow{Name: who.Name, URL: personPath(who.Person), Role: c.Say("person.role_" + string(who.Role)),
			Since: c.date(who.Created), Seen: c.seen(who.Seen), Off: who.Off}
		if who.Leaving() {
			row.Leaving = c.Say("person.leaving", c.date(who.Goes))
		}
		p.List = append(p.List, row)
	}
	found(c, &p, search, all)
	crowd, err := s.Desk.Office.Crowd(c.Context())
	if err != nil {
		return nil, err
	}
	p.Line = c.Say("person.line", crowd.Accounts, crowd.Classes, crowd.Pupils, crowd.Guests)
	p.Open, err = s.openInvitations(c)
	return p, err
}

// found says how many a search has found, and leads to the pages beside.
func found(c *Ctx, p *views.People, search people.Search, all int) {
	first := people.PageSize*(search.Page-1) + 1
	switch {
	case len(p.List) == 0:
		p.Found = c.Say("person.found_none")
	case all > people.PageSize:
		p.Found = c.Say("person.found_part", first, first+len(p.List)-1, all)
	default:
		p.Found = c.Say("person.found", all)
	}
	page := func(n int) string {
		return "/people?" + url.Values{"q": {search.Name}, "sort": {string(search.Order)}, "page": {strconv.Itoa(n)}}.Encode()
	}
	if search.Page > 1 {
		p.Earlier = page(search.Page - 1)
	}
	if first+len(p.List)-1 < all {
		p.Later = page(search.Page + 1)
	}
}

func roleOptions(c *Ctx, key string, chosen people.Role, roles ...people.Role) []views.Option {
	list := make([]views.Option, len(roles))
	for i, r := range roles {
		list[i] = views.Option{Value: string(r), Text: c.Say(key + string(r)), Chosen: r == chosen}
	}
	return list
}

func (s *Server) openInvitations(c *Ctx) ([]views.InviteRow, error) {
	open, err := s.Desk.Invitations(c.Context(), c.Person)
	rows := make([]views.InviteRow, len(open))
	for i, o := range open {
		rows[i] = views.InviteRow{What: c.Say("invite.open", c.Say("invite.role_"+string(o.Role)), o.MakerName, c.date(o.Ends)),
			Hash: base64.RawURLEncoding.EncodeToString(o.Hash)}
		if o.Value != "" {
			rows[i].Link = s.site(c) + "/invite/" + o.Value
		}
	}
	return rows, err
}

// peopleInvite makes an invitation.
func (s *Server) peopleInvite(c *Ctx) (string, error) {
	return "/people", s.Desk.Invite(c.Context(), c.Person, people.Role(c.Form("role")), c.Form("token"))
}

// peopleRevoke takes an invitation back.
func (s *Server) peopleRevoke(c *Ctx) (string, error) {
	hash, err := base64.RawURLEncoding.DecodeString(c.Form("link"))
	if err != nil || len(hash) == 0 {
		return "", fault.New(fault.Missing, "fault.missing")
	}
	return "/people", s.Desk.Revoke(c.Context(), c.Person, hash)
}

// date is a day in the reader's zone.
func (c *Ctx) date(t time.Time) string {
	local := t.In(c.Person.Location())
	return text.Date(c.Lang(), local.Year(), int(local.Month()), local.Day())
}

// moment is a day and the time of day.
func (c *Ctx) moment(t time.Time) string {
	return c.Say("date.moment", c.date(t), t.In(c.Person.Location()).Format("15:04"))
}

// ago says on which day a time was.
func (c *Ctx) ago(t time.Time) string {
	days := study.Calendar(c.Person.Location())
	return text.Ago(c.Lang(), c.now, t, int(days.Day(c.now)-days.Day(t)), c.Person.Location())
}

// seen says when somebody was last here.
func (c *Ctx) seen(t time.Time) string {
	if t.IsZero() {
		return c.Say("person.seen_never")
	}
	return c.ago(t)
}
