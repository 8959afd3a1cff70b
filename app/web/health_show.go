package web

import (
	"strconv"
	"time"

	"thaw/app/jobs"
	"thaw/app/study"
	"thaw/views"
	"thaw/views/text"
)

// Condition is how the program and its database are. Nothing of it is secret.
type Condition struct {
	Version       string
	Engine        string // of the database, with its version
	Size          int64  // of it, bytes
	Free          int64  // bytes of its disk that nobody uses; -1: not known
	Waiting, Room int    // what waits to be written, and how much may; no Room: nothing waits
	Jobs          []jobs.Ran
}

// healthShow tells an administrator how this Thaw is.
func (s *Server) healthShow(c *Ctx) (views.Page, error) {
	h := Condition{Free: -1}
	if s.Condition != nil {
		var err error
		if h, err = s.Condition(c.Context()); err != nil {
			return nil, err
		}
	}
	today := study.Calendar(c.Person.Location()).Day(c.now)
	learners, answers, err := s.Desk.Office.AnswersOn(c.Context(), today)
	if err != nil {
		return nil, err
	}
	queue := c.Say("health.queue_none")
	if h.Room > 0 {
		queue = c.Say("health.queue_of", h.Waiting, h.Room)
	}
	line := func(key, value string) views.Pair { return views.Pair{Name: c.Say("health." + key), Value: value} }
	p := views.Health{Lines: []views.Pair{line("today", c.Say("health.today_of", learners, answers)), line("version", c.known(h.Version)),
		line("engine", c.known(h.Engine)), line("size", c.bytes(h.Size)), line("free", c.bytes(h.Free)), line("queue", queue)}}
	if err := s.backupLines(c, &p, line); err != nil {
		return nil, err
	}
	for _, j := range h.Jobs {
		p.Jobs = append(p.Jobs, jobCells(c, j))
	}
	return p, nil
}

// backupLines say which backup is the last good one, and whether a later one failed.
func (s *Server) backupLines(c *Ctx, p *views.Health, line func(key, value string) views.Pair) error {
	if s.Backups == nil {
		return nil
	}
	list, err := s.Backups.List()
	if err != nil {
		return err
	}
	last := c.Say("health.backup_none")
	if len(list) > 0 {
		last = c.moment(list[0].At)
	}
	p.Lines = append(p.Lines, line("backup", last))
	state, err := s.Backups.State(c.Context())
	if state.Failed != "" {
		p.Lines = append(p.Lines, line("backup_failed", c.Say("health.backup_failed_on", c.moment(state.FailedAt), state.Failed)))
	}
	return err
}

func jobCells(c *Ctx, j jobs.Ran) []string {
	if j.At.IsZero() {
		return []string{j.Name, c.Say("health.ran_never"), "", ""}
	}
	went := j.Err
	if went == "" {
		went = c.Say("health.fine")
	}
	return []string{j.Name, c.moment(j.At), c.Say("health.seconds", text.Hundredths(c.Lang(), j.Took.Round(10*time.Millisecond).Seconds())), went}
}

func (c *Ctx) known(value string) string {
	if value == "" {
		return c.Say("health.unknown")
	}
	return value
}

// bytes says a size in megabytes.
func (c *Ctx) bytes(n int64) string {
	if n <= 0 {
		return c.Say("health.unknown")
	}
	return c.Say("health.megabytes", strconv.FormatInt((n+1<<20-1)>>20, 10))
}
