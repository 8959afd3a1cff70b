package web

import (
	"fmt"
	"strconv"

	"thaw/app/fault"
	"thaw/app/fsrs"
	"thaw/app/study"
	"thaw/views"
)

// fitted says how the memory model was fitted to the person.
func (s *Server) fitted(c *Ctx) (*views.Fit, error) {
	f, err := s.Reporter.Store.Fit(c.Context(), c.Person.ID)
	if fault.Is(err, fault.Missing) {
		return &views.Fit{Line: c.Say("memory.none", study.FirstFit)}, nil
	}
	if err != nil {
		return nil, err
	}
	line := "memory.kept"
	if f.Better {
		line = "memory.fitted"
	}
	loss := func(x float64) string { return fmt.Sprintf("%.3f", x) }
	shown := &views.Fit{Line: c.Say(line, c.date(f.At), f.Reviews, f.Tested, loss(f.After), loss(f.Before))}
	if !f.Better {
		return shown, nil
	}
	for i := range times {
		shown.Columns = append(shown.Columns, c.Say("memory.time_"+strconv.Itoa(i+1)))
	}
	shown.Rows = [][]string{comeback(c, "memory.before", f.Was), comeback(c, "memory.now", c.Person.Weights)}
	return shown, nil
}

// times is how often the table lets a fact come back.
const times = 4

// comeback is after how many days a fact that is always right comes back.
func comeback(c *Ctx, name string, w fsrs.Weights) []string {
	m := study.Model(w)
	usual := study.Scheduler(m, nil)
	row := []string{c.Say(name)}
	var mem fsrs.Memory
	days := 0
	for range times {
		mem = m.Next(mem, days, fsrs.Good)
		days = m.Days(mem.Stability, usual.Retention, usual.MaxDays)
		row = append(row, c.Say("memory.days", days))
	}
	return row
}
