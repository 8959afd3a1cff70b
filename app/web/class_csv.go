package web

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"time"

	"thaw/app/report"
)

// bom tells a spreadsheet that a file is UTF-8.
const bom = "\ufeff"

// classCSV is a row per pupil of a class: what stands in the table of the class's page.
func (s *Server) classCSV(c *Ctx) (file, error) {
	r, err := s.Reporter.Class(c.Context(), c.Person, c.class())
	if err != nil {
		return file{}, err
	}
	body := bytes.NewBufferString(bom)
	w := csv.NewWriter(body)
	rows := [][]string{{"name", "joined", "last_answer", "answers", "right_first", "first_answers", "facts_met", "facts_of_class", "known_tomorrow"}}
	for _, p := range r.Pupils {
		rows = append(rows, pupilCells(p, r.Facts))
	}
	err = w.WriteAll(rows)
	return file{ending: "csv", kind: "text/csv; charset=utf-8", body: body.Bytes(), name: r.Class.Name}, err
}

// pupilCells is a pupil as cells; known is the share of the facts met.
func pupilCells(p report.Pupil, facts int) []string {
	last, known := "", ""
	if p.Answers > 0 {
		last = p.Last.String()
	}
	k := p.Knows()
	if k.Met > 0 {
		known = strconv.FormatFloat(k.Mean/float64(k.Met), 'f', 3, 64)
	}
	return []string{defused(p.Name), p.Joined.UTC().Format(time.DateOnly), last, strconv.Itoa(p.Answers), strconv.Itoa(p.First.Hits), strconv.Itoa(p.First.Of),
		strconv.Itoa(k.Met), strconv.Itoa(facts), known}
}
