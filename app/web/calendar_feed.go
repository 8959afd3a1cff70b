package web

import (
	"crypto/sha256"
	"fmt"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/gofiber/fiber/v2"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/app/report"
	"thaw/views/text"
)

// feedEvery is how often a calendar program looks again.
const feedEvery = "PT6H"

// calendarFeed is what a calendar program fetches by a person's link. It asks for
// no cookie; whatever is not in use answers alike.
func (s *Server) calendarFeed(f *fiber.Ctx) error {
	token := f.Params("token")
	who, err := s.Desk.FeedOf(f.UserContext(), token, s.address(f))
	switch {
	case fault.Is(err, fault.Missing):
		return feedRefused(f, fiber.StatusNotFound, "This calendar link is not in use.")
	case fault.Is(err, fault.Limited):
		return feedRefused(f, fiber.StatusTooManyRequests, "Too many calendar links were tried from here. Please wait a minute.")
	case err != nil:
		return err
	}
	list, err := s.Reporter.Useful(f.UserContext(), who)
	if err != nil {
		return err
	}
	f.Set(fiber.HeaderContentType, "text/calendar; charset=utf-8")
	f.Set(fiber.HeaderCacheControl, "private, max-age=3600")
	return f.SendString(feed(who, token, list, s.Now()))
}

func feedRefused(f *fiber.Ctx, status int, what string) error {
	f.Set(fiber.HeaderContentType, "text/plain; charset=utf-8")
	return f.Status(status).SendString(what + "\n")
}

// feed is useful times as a calendar (RFC 5545). An event has the same name each
// time its day is told, so that a calendar program moves it. What is studied is
// nobody's business who looks over a shoulder.
func feed(who people.Person, token string, list []report.Useful, now time.Time) string {
	name := sha256.Sum256([]byte(token)) // unlike anybody else's in the same program
	c := ics.NewCalendarFor("Thaw")
	c.SetXWRCalName(text.T(who.Lang, "calendar.name"))
	c.SetRefreshInterval(feedEvery, ics.WithValue("DURATION"))
	c.SetXPublishedTTL(feedEvery)
	for _, u := range list {
		e := c.AddEvent(fmt.Sprintf("%s-%x@thaw", u.Day, name[:8]))
		e.SetDtStampTime(now)
		e.SetStartAt(u.At)
		e.SetEndAt(u.At.Add(time.Duration(u.Minutes) * time.Minute))
		e.SetSummary(text.T(who.Lang, "calendar.event", u.Minutes))
		e.SetTimeTransparency(ics.TransparencyTransparent)
	}
	return c.Serialize(ics.WithNewLineWindows)
}
