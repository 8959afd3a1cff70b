package web

import (
	"time"

	"thaw/app/people"
	"thaw/views"
)

// privacyShow says what is stored about whom, who sees it, how long, and how to get and
// delete it.
func (s *Server) privacyShow(c *Ctx) (views.Page, error) {
	p := views.Privacy{School: c.School.Name, Cookie: s.cookieName()}
	switch {
	case c.Person.Leaving():
	case c.Known():
		p.Mine = &views.Mine{Own: ownFiles, Seen: "/seen", Leave: leavePath}
	default:
		p.SignIn = "/sign-in?next=%2Fprivacy"
	}
	kept := people.Retained()
	for _, k := range []struct {
		key   string
		stays time.Duration
	}{{"guest", kept.Guest}, {"session", kept.Session}, {"guest_session", kept.GuestSession}, {"leaving", kept.Leaving}, {"links", kept.Links}, {"failures", kept.Failures}, {"log", kept.Log}} {
		p.Kept = append(p.Kept, views.Pair{Name: c.Say("privacy.long_" + k.key), Value: c.Say("privacy.days", int(k.stays.Hours()/24))})
	}
	p.Kept = append(p.Kept, views.Pair{Name: c.Say("privacy.long_account"), Value: c.Say("privacy.long_until")})
	return p, nil
}
