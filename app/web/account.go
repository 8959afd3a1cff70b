package web

import (
	"strconv"
	"time"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/views"
)

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

func (s *Server) accountPage(c *Ctx, p people.Person, wrong *fault.Fault) views.Account {
	page := views.Account{Name: p.Name, Ask: views.Form{Action: "/account"}, Zones: zoneOptions(p.Zone),
		KeysOff: p.KeysOff, Saved: c.Query("saved") == "1",
		Password: "/password", Renew: views.Form{Action: "/words/renew"}, SignOut: views.Form{Action: "/sign-out"}}
	for _, theme := range []string{"", "light", "dark"} {
		key := "account.theme_" + theme
		if theme == "" {
			key = "account.theme_system"
		}
		page.Themes = append(page.Themes, views.Option{Value: theme, Text: c.Say(key), Chosen: p.Theme == theme})
	}
	for _, n := range []int{2, 4} {
		value := strconv.Itoa(n)
		page.Buttons = append(page.Buttons, views.Option{Value: value, Text: c.Say("account.buttons_" + value), Chosen: p.Buttons == n})
	}
	if wrong != nil {
		page.Error = c.fault(wrong)
		page.Zone = c.field("zone", wrong)
	}
	return page
}

func (s *Server) accountShow(c *Ctx) (views.Page, error) {
	return s.accountPage(c, c.Person, nil), nil
}

// accountSave stores what a person sets about themselves, and nothing else that
// a form may hold.
func (s *Server) accountSave(c *Ctx) (string, error) {
	p := c.Person
	p.Theme, p.Buttons, p.KeysOff = "", 2, c.Form("keys_off") == "1"
	if theme := c.Form("theme"); theme == "light" || theme == "dark" {
		p.Theme = theme
	}
	if c.Form("buttons") == "4" {
		p.Buttons = 4
	}
	zone := c.Form("zone")
	if _, err := time.LoadLocation(zone); err != nil || zone == "" || zone == "Local" {
		wrong := &fault.Fault{Kind: fault.Invalid, Key: "fault.fields", Fields: []fault.Field{{Name: "zone", Key: "people.zone"}}}
		return "", again(s.accountPage(c, p, wrong), wrong)
	}
	p.Zone = zone
	return "/account?saved=1", s.Desk.Store.SetPerson(c.Context(), p)
}
