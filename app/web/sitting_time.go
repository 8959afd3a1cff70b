package web

import (
	"math"
	"strconv"
	"time"

	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/views"
	"thaw/views/text"
)

// timer is the time left of a sitting, on a page that cannot stay when it is over; nil
// without a limit.
func timer(p people.Person, now time.Time, s quiz.Sitting) *views.Timer {
	if !s.Limited() || s.Done() {
		return nil
	}
	left := s.Left(now)
	if s.Minutes == 0 && left > time.Hour {
		return nil // due on another day, or later today
	}
	t := &views.Timer{Left: text.T(p.Lang, "timer.soon"), Seconds: int(math.Ceil(left.Seconds())), Warn: left <= quiz.WarnAhead,
		Ends: strconv.FormatInt(s.Ends.UnixMilli(), 10), Fixed: s.Assignment > 0, Over: true}
	if left >= time.Minute {
		t.Left = text.T(p.Lang, "timer.minutes", wholeMinutes(left))
	}
	if all := wholeMinutes(s.Ends.Sub(s.Started)); s.Minutes > 0 && all > s.Minutes {
		t.Limit = text.T(p.Lang, "timer.limit", all, s.Minutes, all-s.Minutes)
	}
	return t
}

// besides is the timer of a page that is no form: it asks for more time by one of its own,
// and stays when it is over.
func besides(p people.Person, now time.Time, s quiz.Sitting) *views.Timer {
	t := timer(p, now, s)
	if t == nil || s.Over(now) {
		return nil
	}
	t.Extend, t.Over = sittingPath(s.N)+"/extend", false
	return t
}

func wholeMinutes(d time.Duration) int { return int(math.Ceil(d.Minutes())) }

// sittingExtend takes more time.
func (s *Server) sittingExtend(c *Ctx) (string, error) {
	n := c.Int("n")
	if err := s.Host.Extend(c.Context(), c.Person, n, endsOf(c)); err != nil {
		return "", s.overtaken(c, n, 0, err)
	}
	if c.came != "" {
		return c.came, nil
	}
	return sittingPath(n), nil
}

// endsOf is the end that a form wants to move.
func endsOf(c *Ctx) time.Time {
	ms, err := strconv.ParseInt(c.Form("ends"), 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// extendAsked takes more time on the page of a question, which comes again with what is
// marked there.
func (s *Server) extendAsked(c *Ctx, n, pos int) error {
	if err := s.Host.Extend(c.Context(), c.Person, n, endsOf(c)); err != nil {
		return s.overtaken(c, n, pos, err)
	}
	turn, err := s.Host.Store.Turn(c.Context(), c.Person.ID, n, pos)
	if err != nil {
		return err
	}
	if turn.Item.State == quiz.Closed {
		return away{itemPath(n, pos)}
	}
	item, err := s.shown(c, turn)
	if err != nil {
		return err
	}
	return look(held(c, item))
}
