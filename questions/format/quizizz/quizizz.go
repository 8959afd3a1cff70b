// Package quizizz reads and writes the sheet from which Quizizz, now Wayground, takes a
// quiz: an Excel workbook with headings in the first row. Its cells are texts, so none of
// them is defused: pupils would see the sign.
package quizizz

import (
	"context"
	"io"
	"slices"
	"strings"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/format/markup"
	"thaw/questions/format/sheet"
	"thaw/questions/format/xlsx"
	"thaw/questions/grade"
)

// Sniff says how sure it is that a file is such a sheet.
func Sniff(in bundle.Input) int {
	if !xlsx.Mentions(in, "question", "type", "option", "correct") {
		return 0
	}
	book, err := xlsx.Open(in)
	if err != nil {
		return 0
	}
	first, _ := book.First()
	if headed, err := headed(book.Rows(first)); !headed || err != nil {
		return 0
	}
	return 85
}

// headed tells that the first row of a sheet that is not blank has the headings of the
// form.
func headed(rows sheet.Rows) (bool, error) {
	for row, err := range rows {
		if err != nil {
			return false, err
		}
		if sheet.Blank(row.Cells) {
			continue
		}
		found := 0
		for _, cell := range row.Cells {
			switch strings.ToLower(strings.TrimSpace(cell)) {
			case "question text", "question type":
				found++
			}
		}
		return found == 2 && sheet.IsHeader(row.Cells), nil
	}
	return false, nil
}

// Read reads a sheet, its columns in any order. A question without a correct answer
// becomes a draft, which is noted; polls, drawings and open questions are problems.
// Errors are those of xlsx.Open and sheet.Read.
func Read(ctx context.Context, in bundle.Input) (bundle.Bundle, error) {
	book, err := xlsx.Open(in)
	if err != nil {
		return bundle.Bundle{}, err
	}
	first, others := book.First()
	headed, err := headed(book.Rows(first))
	if err != nil {
		return bundle.Bundle{}, err
	}
	if !headed {
		return bundle.Bundle{}, bundle.Bad("format.sheet_headings", "Quizizz")
	}
	b, err := sheet.Read(ctx, book.Rows(first), sheet.Options{Filled: true})
	b.Notes = append(b.Notes, xlsx.Unread(others)...)
	return b, err
}

// headings are those of the form, and columns what they mean to package sheet.
var (
	headings = []any{"Question Text", "Question Type", "Option 1", "Option 2", "Option 3", "Option 4", "Option 5", "Correct Answer", "Time in seconds", "Image Link", "Answer explanation"}
	columns  = []string{"question", "type", "option", "option", "option", "option", "option", "correct", "ignored", "link", "explanation"}
)

// most is how many options a question has.
const most = 5

// seconds is the time limit that is written.
const seconds = 30

// Write writes the questions in which one or several of two to five options are right,
// statements that are true or false, and those whose answer is typed. Nothing is
// shortened: what does not fit is left out and returned.
func Write(ctx context.Context, w io.Writer, b bundle.Bundle, o bundle.Options) ([]bundle.Problem, error) {
	rows := [][]any{headings}
	problems := sheet.Lost(b, o)
	for i, it := range b.Items {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		row, why := rowOf(it.Version)
		if why != "" {
			problems = append(problems, sheet.Left(i, it, why, xlsx.MostLetters))
			continue
		}
		if !sheet.Back(it, columns, row) {
			problems = append(problems, sheet.Left(i, it, "format.sheet_partly"))
		}
		cells := xlsx.Values(row)
		cells[8] = seconds
		rows = append(rows, cells)
	}
	return problems, xlsx.WriteRows(w, "Sheet1", 1, rows)
}

// types are what the form calls the kinds that it holds.
var types = map[string]string{
	questions.Choice: "Multiple Choice", questions.Several: "Checkbox", questions.Truth: "Multiple Choice",
	questions.Text: "Fill-in-the-Blank", questions.Number: "Fill-in-the-Blank", questions.Date: "Fill-in-the-Blank",
}

// rowOf is a question as a row, or why it has none.
func rowOf(v questions.Version) (row []string, why string) {
	name := types[v.Kind]
	if name == "" {
		return nil, "format.sheet_kind"
	}
	options, correct := sheet.Picked(v)
	if name == "Fill-in-the-Blank" {
		options, correct = accepted(v), ""
	}
	row = []string{markup.ToText(v.Prompt), name}
	for _, option := range options {
		row = append(row, strings.Join(strings.Fields(markup.ToText(option)), " "))
	}
	switch {
	case len(options) > most || len(options) < 2 && correct != "":
		return nil, "format.quizizz_options"
	case correct == "" && name != "Fill-in-the-Blank" || len(options) == 0:
		return nil, "format.sheet_no_key"
	case slices.ContainsFunc(append(row, v.Explain), func(text string) bool { return len(text) > xlsx.MostLetters }):
		return nil, "format.sheet_long"
	}
	row = append(row, make([]string, most-len(options))...)
	return append(row, correct, "", "", markup.ToText(v.Explain)), ""
}

// accepted are the answers that are right, as a person types them; they know no markup.
func accepted(v questions.Version) []string {
	var list []string
	for _, a := range v.Answers {
		if a.Credit == 1 {
			list = append(list, markup.FromText(grade.DateText(a.Text)))
		}
	}
	return list
}
