package web

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/gofiber/fiber/v2"

	"thaw/app/study"
	"thaw/questions"
	"thaw/views"
)

// ownFiles are where a person's data can be taken along.
var ownFiles = views.Own{JSON: "/account/data.json", CSV: "/account/data.csv"}

// file is a download, made whole before any of it is sent.
type file struct {
	ending string // of its name
	kind   string // media type
	body   []byte
	name   string // without the ending; "": the program's
}

// file sends a download.
func (s *Server) file(makes func(*Ctx) (file, error)) fiber.Handler {
	return func(f *fiber.Ctx) error {
		c, err := s.read(f)
		if err != nil {
			return err
		}
		made, err := makes(c)
		if err != nil {
			return err
		}
		s.cookies(f, c)
		f.Set(fiber.HeaderContentType, made.kind)
		f.Set(fiber.HeaderContentDisposition, attachment(made))
		return f.Send(squeezed(f, made.body))
	}
}

// attachment names a download: in letters that every program knows and, where that is not
// all of it, in full (RFC 6266).
func attachment(f file) string {
	name := strings.Map(func(r rune) rune {
		if r < ' ' || unicode.In(r, unicode.C) || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, strings.TrimLeft(cmp.Or(f.name, "thaw"), ". ")) + "." + f.ending
	plain := strings.Map(func(r rune) rune {
		if r > '~' || r == '%' {
			return '-'
		}
		return r
	}, name)
	header := `attachment; filename="` + plain + `"`
	if plain != name {
		header += `; filename*=UTF-8''` + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
	}
	return header
}

// ownJSON is everything that is kept about a person (report.Own).
func (s *Server) ownJSON(c *Ctx) (file, error) {
	classes, looks, err := s.Classes.Members.SeenBy(c.Context(), c.Person.ID)
	if err != nil {
		return file{}, err
	}
	own, err := s.Reporter.Own(c.Context(), c.Person, classes, looks, c.Say)
	if err != nil {
		return file{}, err
	}
	body, err := json.Marshal(own)
	return file{ending: "json", kind: "application/json", body: body}, err
}

// ownCSV is a row per question that a person answered and did not take back.
func (s *Server) ownCSV(c *Ctx) (file, error) {
	past, sat, err := s.Reporter.Past(c.Context(), c.Person.ID, c.Say)
	if err != nil {
		return file{}, err
	}
	var body bytes.Buffer
	w := csv.NewWriter(&body)
	rows := [][]string{{"time", "day", "bank", "topic", "question", "given", "verdict", "credit", "seconds"}}
	undone := map[int64]bool{}
	for _, p := range past {
		undone[p.Voids] = true
	}
	for _, p := range past {
		if (p.What == study.Answer || p.What == study.Practice) && !undone[p.Seq] {
			q := sat.Asked[p.Ref]
			rows = append(rows, answerRow(p, sat.Said(p.Event), q.Bank, q.Topic, q.Text))
		}
	}
	err = w.WriteAll(rows)
	return file{ending: "csv", kind: "text/csv; charset=utf-8", body: body.Bytes()}, err
}

// answerRow is an answer as cells: where its question stands, what it says, and what
// was given.
func answerRow(p study.Past, given string, where ...string) []string {
	credit, verdict := questions.Worth(study.Plain(p.Marks))
	row := append([]string{p.At.UTC().Format(time.RFC3339), p.Day.String()}, where...)
	row = append(row, given, string(verdict),
		strconv.FormatFloat(credit, 'g', 4, 64), strconv.FormatFloat(p.Took.Seconds(), 'f', 1, 64))
	for i, cell := range row {
		row[i] = defused(cell)
	}
	return row
}

// defused keeps a spreadsheet from taking a cell for a formula.
func defused(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
