// Package kahoot reads and writes the sheet from which Kahoot takes a quiz: an Excel
// workbook with a title, headings in row 8 and a question in each row below, with two to
// four answers. Its cells are texts, so none of them is defused: pupils would see the
// sign.
package kahoot

import (
	"context"
	"io"
	"strings"
	"unicode/utf8"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/format/markup"
	"thaw/questions/format/sheet"
	"thaw/questions/format/xlsx"
)

// Limits of the form, in letters and rows.
const (
	maxQuestion = 120
	maxAnswer   = 75
	maxRows     = 100
)

// peek is how many rows are looked at to find the headings.
const peek = 40

// Sniff says how sure it is that a file is such a sheet.
func Sniff(in bundle.Input) int {
	if !xlsx.Mentions(in, "question", "answer", "time", "correct") {
		return 0
	}
	book, err := xlsx.Open(in)
	if err != nil {
		return 0
	}
	first, _ := book.First()
	if _, at := headings(book.Rows(first)); at == 0 {
		return 0
	}
	return 85
}

// Read reads a sheet, wherever its headings stand. A question of which several answers
// are right becomes one in which all of them are to be picked, which is noted. Errors are
// those of xlsx.Open and sheet.Read.
func Read(ctx context.Context, in bundle.Input) (bundle.Bundle, error) {
	book, err := xlsx.Open(in)
	if err != nil {
		return bundle.Bundle{}, err
	}
	first, others := book.First()
	roles, at := headings(book.Rows(first))
	if at == 0 {
		return bundle.Bundle{}, bundle.Bad("format.sheet_headings", "Kahoot")
	}
	b, err := sheet.Read(ctx, below(book.Rows(first), roles, at), sheet.Options{Header: roles, Filled: true})
	b.Notes = append(b.Notes, xlsx.Unread(others)...)
	for _, it := range b.Items {
		if it.Version.Kind == questions.Several {
			b.Notes = append(b.Notes, sheet.Left(0, it, "format.sheet_any"))
		}
	}
	return b, err
}

// headings finds the row of headings and the role of each of its columns; 0 where there
// is none.
func headings(rows sheet.Rows) (roles []string, at int) {
	for row, err := range rows {
		if err != nil || row.Line > peek {
			return nil, 0
		}
		if roles, ok := rolesOf(row.Cells); ok {
			return roles, row.Line
		}
	}
	return nil, 0
}

// rolesOf reads headings by how they begin: "Answer 1 - max 75 characters".
func rolesOf(cells []string) (roles []string, ok bool) {
	count := map[string]int{}
	for _, cell := range cells {
		cell = strings.ToLower(strings.TrimSpace(cell))
		role := "ignored"
		switch {
		case strings.HasPrefix(cell, "question"):
			role = "question"
		case strings.HasPrefix(cell, "answer"):
			role = "option"
		case strings.HasPrefix(cell, "correct"):
			role = "correct"
		case strings.HasPrefix(cell, "time"):
			role = "time"
		}
		count[role]++
		roles = append(roles, role)
	}
	return roles, count["question"] == 1 && count["option"] >= 2 && count["correct"] == 1 && count["time"] == 1
}

// below are the rows under the headings that say more than their number and time.
func below(rows sheet.Rows, roles []string, at int) sheet.Rows {
	return func(yield func(sheet.Row, error) bool) {
		for row, err := range rows {
			if err == nil && (row.Line <= at || empty(row.Cells, roles)) {
				continue
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

func empty(cells, roles []string) bool {
	for i, cell := range cells {
		if strings.TrimSpace(cell) != "" && (i >= len(roles) || roles[i] != "ignored" && roles[i] != "time") {
			return false
		}
	}
	return true
}

// top is what stands above the questions.
var top = [][]any{
	nil, {nil, "Quiz"}, {nil, "Add at most 100 questions, with two to four answers each."},
	{nil, "A question has at most 120 characters, an answer at most 75."}, {nil, "The time limit is 5, 10, 20, 30, 60, 90, 120 or 240 seconds."},
	{nil, "Several answers can be correct: their numbers with commas."}, nil,
	{nil, "Question - max 120 characters", "Answer 1 - max 75 characters", "Answer 2 - max 75 characters", "Answer 3 - max 75 characters", "Answer 4 - max 75 characters",
		"Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs", "Correct answer(s) - choose at least one"},
}

// columns are the roles of what is written.
var columns = []string{"ignored", "question", "option", "option", "option", "option", "time", "correct"}

// seconds is the time limit that is written: Kahoot's own.
const seconds = 20

// Write writes the questions in which one or several of two to four options are right,
// and statements that are true or false. Nothing is shortened: what is too long is left
// out and returned.
func Write(ctx context.Context, w io.Writer, b bundle.Bundle, o bundle.Options) ([]bundle.Problem, error) {
	rows := append([][]any(nil), top...)
	problems := sheet.Lost(b, o)
	for i, it := range b.Items {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		row, why := rowOf(it.Version)
		if why == "" && len(rows)-len(top) == maxRows {
			why = "format.kahoot_full"
		}
		if why != "" {
			problems = append(problems, sheet.Left(i, it, why))
			continue
		}
		if !sheet.Back(it, columns, row) {
			problems = append(problems, sheet.Left(i, it, "format.sheet_partly"))
		}
		cells := xlsx.Values(row)
		cells[0], cells[6] = len(rows)-len(top)+1, seconds
		rows = append(rows, cells)
	}
	return problems, xlsx.WriteRows(w, "Sheet1", len(top), rows)
}

// rowOf is a question as a row, or why it has none.
func rowOf(v questions.Version) (row []string, why string) {
	if v.Kind != questions.Choice && v.Kind != questions.Several && v.Kind != questions.Truth {
		return nil, "format.sheet_kind"
	}
	options, correct := sheet.Picked(v)
	row = append(make([]string, 0, len(columns)), "", line(v.Prompt))
	switch {
	case len(options) < 2 || len(options) > 4:
		return nil, "format.kahoot_options"
	case correct == "":
		return nil, "format.sheet_no_key"
	case utf8.RuneCountInString(row[1]) > maxQuestion:
		return nil, "format.kahoot_question"
	}
	for _, option := range append(options, "", "")[:4] {
		if option = line(option); utf8.RuneCountInString(option) > maxAnswer {
			return nil, "format.kahoot_answer"
		}
		row = append(row, option)
	}
	return append(row, "", correct), ""
}

// line is a text without markup on one line.
func line(source string) string { return strings.Join(strings.Fields(markup.ToText(source)), " ") }
