package web

import (
	"bytes"
	"encoding/csv"
	"math"
	"slices"
	"strconv"

	"thaw/app/quiz"
	"thaw/views"
)

// gradebook loads a class's pupils with all that they have been given, the oldest first.
func (s *Server) gradebook(c *Ctx) ([]quiz.Assignment, book, error) {
	list, err := s.Host.Work.Assignments(c.Context(), c.Person.ID, c.class())
	if err != nil {
		return nil, book{}, err
	}
	slices.Reverse(list)
	k, err := s.book(c, list, 0)
	return list, k, err
}

// gradebookShow is a class by what it has been given.
func (s *Server) gradebookShow(c *Ctx) (views.Page, error) {
	list, k, err := s.gradebook(c)
	if err != nil {
		return nil, err
	}
	path := classPath(c.class())
	p := views.Gradebook{Class: c.Say("assign.list"), Back: assignsPath(c.class()), CSV: path + "/gradebook.csv", How: c.Say("assign.book_how")}
	if len(list) == 0 {
		p.How = c.Say("assign.none")
	}
	for _, a := range list {
		p.Heads = append(p.Heads, views.Link{Text: a.Title, URL: assignPath(a.Class, a.N)})
	}
	for _, t := range k.takers {
		row := views.TakerRow{Name: t.Name, URL: pupilPath(t.Member)}
		for _, a := range list {
			row.Cells = append(row.Cells, k.entry(a, t, c.now).short(c))
		}
		p.Rows = append(p.Rows, row)
	}
	return p, nil
}

// byteOrder tells a spreadsheet that a file is UTF-8.
const byteOrder = "\uFEFF"

// gradebookCSV is the same as a table: name, number, then for each assignment percent,
// points, of how many, and whether late; empty where there is nothing yet.
func (s *Server) gradebookCSV(c *Ctx) (file, error) {
	list, k, err := s.gradebook(c)
	if err != nil {
		return file{}, err
	}
	name := ""
	if len(list) > 0 {
		name = c.Say("assign.csv_file", list[0].Name)
	}
	head := []string{c.Say("assign.csv_name"), c.Say("assign.csv_n")}
	for _, a := range list {
		head = append(head, c.Say("assign.csv_head", a.Title), c.Say("assign.csv_points", a.Title), c.Say("assign.csv_of", a.Title), c.Say("assign.csv_late", a.Title))
	}
	rows := [][]string{head}
	for _, t := range k.takers {
		row := []string{t.Name, strconv.Itoa(t.N)}
		for _, a := range list {
			row = append(row, k.entry(a, t, c.now).figures(c)...)
		}
		rows = append(rows, row)
	}
	body := bytes.NewBufferString(byteOrder)
	w := csv.NewWriter(body)
	for _, row := range rows {
		for i, cell := range row {
			row[i] = defused(cell)
		}
	}
	err = w.WriteAll(rows)
	return file{ending: "csv", kind: "text/csv; charset=utf-8", body: body.Bytes(), name: name}, err
}

// figures are the entry in a file: percent, points, of how many, and whether late. Of work
// that is no quiz the points are facts, or days, and how many are wanted.
func (e entry) figures(c *Ctx) []string {
	share, ok := e.share()
	if !ok {
		return []string{"", "", "", ""}
	}
	got, of, late := e.stand.Score.Points, e.stand.Score.Of, ""
	if e.work.Kind != quiz.Sat {
		got, of = float64(e.practice.Got), e.practice.Goal
	}
	if e.stand.Late || e.practice.Late {
		late = c.Say("assign.csv_is_late")
	}
	return []string{strconv.FormatFloat(100*share, 'f', 1, 64), points(math.Round(100*got) / 100), strconv.Itoa(of), late}
}
