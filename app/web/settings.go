package web

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/views"
	"thaw/views/text"
)

// settingsShow is how a person likes Thaw to be.
func (s *Server) settingsShow(c *Ctx) (views.Page, error) {
	page, err := s.settingsPage(c, c.Person, strconv.Itoa(c.Person.NewADay), nil)
	page.Saved = c.Query("saved") == "1"
	return page, err
}

// settingsSave stores what a person sets about themselves, and nothing else that
// a form may hold.
func (s *Server) settingsSave(c *Ctx) (string, error) {
	p, wrong := readSettings(c, c.Person)
	if err := fault.Bad(wrong); err != nil {
		page, pageErr := s.settingsPage(c, p, c.Form("new_a_day"), err)
		if pageErr != nil {
			return "", pageErr
		}
		return "", again(page, err)
	}
	return "/settings?saved=1", s.Desk.Store.SetPerson(c.Context(), p)
}

// readSettings takes what can be chosen; what is not on a list stays as usual.
func readSettings(c *Ctx, p people.Person) (people.Person, []fault.Field) {
	var wrong []fault.Field
	p.Theme, p.Buttons, p.Size, p.KeysOff = "", 2, 100, c.Form("keys_off") == "1"
	p.DaysOff, p.EasyDays = c.week("off"), c.week("easy")
	p.MoreTime = 0
	if more, err := strconv.Atoi(c.Form("more_time")); err == nil && slices.Contains(people.MoreTimes[:], more) {
		p.MoreTime = more
	}
	if theme := c.Form("theme"); theme == "light" || theme == "dark" {
		p.Theme = theme
	}
	if c.Form("buttons") == "4" {
		p.Buttons = 4
	}
	if size, err := strconv.Atoi(c.Form("size")); err == nil && slices.Contains(people.Sizes[:], size) {
		p.Size = size
	}
	if p.DaysOff == people.Every {
		wrong = append(wrong, fault.Field{Name: "off", Key: "settings.off_bad"})
	}
	n, err := strconv.Atoi(strings.TrimSpace(c.Form("new_a_day")))
	if err != nil || n < 0 || n > people.MaxNew {
		wrong = append(wrong, fault.Field{Name: "new_a_day", Key: "settings.new_bad", Args: []any{people.MaxNew}})
	} else {
		p.NewADay = n
	}
	if p.Minutes, err = strconv.Atoi(strings.TrimSpace(c.Form("minutes"))); err != nil || p.Minutes < 1 || p.Minutes > people.MaxMinutes {
		wrong = append(wrong, fault.Field{Name: "minutes", Key: "settings.minutes_bad", Args: []any{people.MaxMinutes}})
	}
	zone := c.Form("zone")
	if _, err := time.LoadLocation(zone); err != nil || zone == "" || zone == "Local" {
		return p, append(wrong, fault.Field{Name: "zone", Key: "people.zone"})
	}
	p.Zone = zone
	return p, wrong
}

func (s *Server) settingsPage(c *Ctx, p people.Person, fresh string, err error) (views.Settings, error) {
	page := views.Settings{Ask: views.Form{Action: "/settings"}, Zones: zoneOptions(p.Zone), KeysOff: p.KeysOff,
		NewADay: c.field("new_a_day", err), Minutes: c.field("minutes", err), Zone: c.field("zone", err), WeekBad: c.field("off", err).Error,
		Links: []views.Link{{Text: c.Say("nav.account"), URL: "/account"}}}
	page.NewADay.Value = fresh
	if err == nil {
		page.Minutes.Value = strconv.Itoa(p.Minutes)
	}
	if !p.Known() {
		calendar, calendarErr := s.calendar(c)
		if calendarErr != nil {
			return page, calendarErr
		}
		page.Links = []views.Link{{Text: c.Say("nav.sign_up"), URL: "/sign-up"}}
		page.Guest = &views.SettingsGuest{Own: ownFiles, Calendar: calendar, Leave: leavePath}
		if !c.Session.Keep {
			page.Guest.Keep = &views.Form{Action: "/idle"}
		}
	}
	for _, theme := range []string{"system", "light", "dark"} {
		value := strings.TrimPrefix(theme, "system")
		page.Themes = append(page.Themes, views.Option{Value: value, Text: c.Say("settings.theme_" + theme), Chosen: p.Theme == value})
	}
	page.Sizes = numbers(c, "settings.size_", people.Sizes[:], p.Size)
	page.Buttons = numbers(c, "settings.buttons_", []int{2, 4}, p.Buttons)
	page.More = numbers(c, "settings.more_time_", people.MoreTimes[:3], p.MoreTime)
	page.More = append(page.More, views.Option{Value: strconv.Itoa(people.NoLimits), Text: c.Say("settings.more_time_off"), Chosen: p.MoreTime == people.NoLimits})
	page.Week, page.Easy = weekOptions(c, p.DaysOff), weekOptions(c, p.EasyDays)
	if err != nil {
		page.Error = c.fault(err)
	}
	return page, nil
}

// week are the days that a form has ticked.
func (c *Ctx) week(name string) (days people.Days) {
	for day := time.Sunday; day <= time.Saturday; day++ {
		if slices.Contains(c.Values(name), strconv.Itoa(int(day))) {
			days = days.With(day)
		}
	}
	return days
}

// weekOptions are the days of the week, Monday first.
func weekOptions(c *Ctx, chosen people.Days) []views.Option {
	options := make([]views.Option, 7)
	for i := range options {
		day := time.Weekday((i + 1) % 7)
		options[i] = views.Option{Value: strconv.Itoa(int(day)), Text: text.Weekday(c.Lang(), day), Chosen: chosen.Has(day)}
	}
	return options
}

// numbers are the options of a list of numbers.
func numbers(c *Ctx, key string, list []int, chosen int) []views.Option {
	options := make([]views.Option, len(list))
	for i, n := range list {
		value := strconv.Itoa(n)
		options[i] = views.Option{Value: value, Text: c.Say(key + value), Chosen: n == chosen}
	}
	return options
}
