package web

import (
	"fmt"
	"strconv"

	"thaw/app/fault"
	"thaw/app/fsrs"
	"thaw/app/fsrs/sim"
	"thaw/app/report"
	"thaw/app/study"
	"thaw/views"
	"thaw/views/chart"
	"thaw/views/text"
)

// memoryShow says how the memory model was fitted to the person, and what another wanted
// recall would cost.
func (s *Server) memoryShow(c *Ctx) (views.Page, error) {
	fit, err := s.fitted(c)
	if err != nil {
		return nil, err
	}
	w, err := s.Reporter.Workload(c.Context(), c.Person)
	if err != nil {
		return nil, err
	}
	p := views.YourMemory{Fit: fit, Back: views.Link{Text: c.Say("nav.progress"), URL: "/progress"}}
	if len(w.Points) > 0 {
		p.Curve, p.Lines, p.Basis = costs(c, w), meaning(c, w), basis(c, w)
	}
	return p, nil
}

// costs draws minutes a day against wanted recall.
func costs(c *Ctx, w report.Workload) *chart.Cost {
	curve := &chart.Cost{Lang: c.Lang(), ID: "cost", Title: c.Say("memory.curve"), Weekly: w.Weekly()}
	for _, p := range w.Points {
		curve.Prices = append(curve.Prices, chart.Price{Recall: p.Retention, Minutes: minutesOf(w, p), Facts: rounded(p.Lately), Usual: p.Retention == report.Usual})
	}
	return curve
}

// Wanted recalls that the usual one is compared with in words.
const (
	looser  = 0.8
	tighter = 0.95
)

// minutesOf are those a day, or a week where they are few.
func minutesOf(w report.Workload, p sim.Point) float64 {
	if w.Weekly() {
		return 7 * p.MinutesADay
	}
	return p.MinutesADay
}

// meaning is what the curve says: what the usual recall takes and keeps, what others
// would, and where minutes rise steeply.
func meaning(c *Ctx, w report.Workload) []string {
	usual := w.At(report.Usual)
	known := rounded(usual.Lately)
	lines := []string{c.Say("memory.usual", rounded(100*report.Usual), minutes(c, w, usual), known, usual.Met),
		compared(c, w, "fewer", w.At(looser), -1) + " " + compared(c, w, "more", w.At(tighter), 1)}
	if steep, ok := w.Steep(); ok {
		lines = append(lines, c.Say("memory.steep", rounded(100*steep)))
	}
	return lines
}

// compared says what another recall takes, and how many facts fewer or more it keeps.
func compared(c *Ctx, w report.Workload, key string, p sim.Point, sign int) string {
	if n := sign * (rounded(p.Lately) - rounded(w.At(report.Usual).Lately)); n > 0 {
		return c.Say("memory."+key, rounded(100*p.Retention), minutes(c, w, p), n)
	}
	return c.Say("memory.no_"+key, rounded(100*p.Retention), minutes(c, w, p))
}

// minutes are in words.
func minutes(c *Ctx, w report.Workload, p sim.Point) string {
	key := "chart.cost.a_day"
	if w.Weekly() {
		key = "chart.cost.a_week"
	}
	return c.Say(key, text.Brief(c.Lang(), minutesOf(w, p)))
}

// basis is what the curve goes by, and what is not known of the person yet.
func basis(c *Ctx, w report.Workload) []string {
	key := "memory.own_none"
	switch {
	case w.Fitted && w.Timed:
		key = "memory.own"
	case w.Fitted:
		key = "memory.own_weights"
	case w.Timed:
		key = "memory.own_pace"
	}
	lines := []string{c.Say("memory.simulated", c.Person.NewADay) + " " + c.Say(key, rounded(w.Pace.Seconds()))}
	if w.Facts < w.All {
		lines = append(lines, c.Say("memory.capped", w.All, w.Facts))
	}
	return lines
}

// fitted says how the memory model was fitted to the person.
func (s *Server) fitted(c *Ctx) (views.Fit, error) {
	f, err := s.Reporter.Store.Fit(c.Context(), c.Person.ID)
	if fault.Is(err, fault.Missing) {
		return views.Fit{Line: c.Say("memory.none", study.FirstFit)}, nil
	}
	if err != nil {
		return views.Fit{}, err
	}
	line := "memory.kept"
	if f.Better {
		line = "memory.fitted"
	}
	loss := func(x float64) string { return fmt.Sprintf("%.3f", x) }
	shown := views.Fit{Line: c.Say(line, c.date(f.At), f.Reviews, f.Tested, loss(f.After), loss(f.Before))}
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
