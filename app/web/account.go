package web

import "thaw/views"

// zones are offered in lists; a person's own is added where it is another.
var zones = [...]string{"UTC", "Europe/London", "Europe/Lisbon", "Europe/Berlin", "Europe/Paris", "Europe/Madrid", "Europe/Rome",
	"Europe/Warsaw", "Europe/Prague", "Europe/Budapest", "Europe/Vienna", "Europe/Zurich", "Europe/Amsterdam", "Europe/Stockholm",
	"Europe/Helsinki", "Europe/Athens", "Europe/Bucharest", "Europe/Kyiv", "Europe/Istanbul", "Europe/Moscow", "Asia/Yerevan",
	"Asia/Tbilisi", "Asia/Almaty", "Asia/Tehran", "Asia/Dubai", "Asia/Karachi", "Asia/Kolkata", "Asia/Dhaka", "Asia/Bangkok",
	"Asia/Jakarta", "Asia/Shanghai", "Asia/Singapore", "Asia/Manila", "Asia/Seoul", "Asia/Tokyo", "Australia/Perth",
	"Australia/Sydney", "Pacific/Auckland", "Africa/Cairo", "Africa/Lagos", "Africa/Nairobi", "Africa/Johannesburg",
	"America/Sao_Paulo", "America/Argentina/Buenos_Aires", "America/Bogota", "America/Mexico_City", "America/New_York",
	"America/Toronto", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu"}

func zoneOptions(chosen string) []views.Option {
	list := make([]views.Option, 0, len(zones)+1)
	found := false
	for _, z := range zones {
		found = found || z == chosen
		list = append(list, views.Option{Value: z, Text: z, Chosen: z == chosen})
	}
	if !found && chosen != "" {
		list = append([]views.Option{{Value: chosen, Text: chosen, Chosen: true}}, list...)
	}
	return list
}

// accountShow is a person's name, classes and ways in.
func (s *Server) accountShow(c *Ctx) (views.Page, error) {
	p := views.Account{Name: c.Person.Name, Settings: "/settings", Seen: "/seen", Join: "/join", Password: "/password",
		Renew: views.Form{Action: "/words/renew"}, SignOut: views.Form{Action: "/sign-out"}, Own: ownFiles, Leave: leavePath}
	if !c.Person.Teaches() {
		p.Banks = "/banks"
	}
	var err error
	if p.Calendar, err = s.calendar(c); err != nil {
		return nil, err
	}
	list, err := s.Classes.Members.Memberships(c.Context(), c.Person.ID)
	for _, m := range list {
		p.Classes = append(p.Classes, views.Row{Text: m.Title, Note: c.Say("seen.as", m.Name, c.date(m.Joined)), URL: "/seen"})
	}
	return p, err
}
