// Package xlsx reads and writes questions in the first sheet of an Excel workbook, in
// the rows that package sheet knows. Sheets are made with headings, so the first row is
// taken for them whatever they are called, and that is said.
package xlsx

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"thaw/questions/format/bundle"
	"thaw/questions/format/safe"
	"thaw/questions/format/sheet"
)

// Sniff says how sure it is that a file is a workbook.
func Sniff(in bundle.Input) int {
	if !bytes.HasPrefix(in.Head(4), []byte("PK\x03\x04")) {
		return 0
	}
	z, err := safe.Open(in, limits)
	if err != nil || !z.Has("xl/workbook.xml") {
		return 0
	}
	return 70
}

// Mentions tells, without opening all of it, whether a workbook has all these words in
// small letters at the beginning of its texts or rows.
func Mentions(in bundle.Input, words ...string) bool {
	if Sniff(in) == 0 {
		return false
	}
	z, err := safe.Open(in, limits)
	if err != nil {
		return false
	}
	var texts []byte
	for _, name := range z.Names() {
		small := strings.ToLower(name)
		if small != "xl/sharedstrings.xml" && !strings.HasPrefix(small, "xl/worksheets/") {
			continue
		}
		data, err := z.Read(name)
		if err != nil {
			return false
		}
		texts = append(texts, bytes.ToLower(data[:min(len(data), 64<<10)])...)
	}
	return !slices.ContainsFunc(words, func(word string) bool { return !bytes.Contains(texts, []byte(word)) })
}

// Read reads the first sheet in which something stands. Errors are those of Open and of
// sheet.Read.
func Read(ctx context.Context, in bundle.Input) (bundle.Bundle, error) {
	book, err := Open(in)
	if err != nil {
		return bundle.Bundle{}, err
	}
	first, others := book.First()
	if first == "" {
		return bundle.Bundle{}, bundle.Bad("format.sheet_empty")
	}
	b, err := sheet.Read(ctx, book.Rows(first), sheet.Options{Headed: true})
	b.Notes = append(b.Notes, Unread(others)...)
	return b, err
}

// Unread notes the sheets that were not read, if any.
func Unread(names []string) []bundle.Problem {
	if len(names) == 0 {
		return nil
	}
	return []bundle.Problem{{Reason: bundle.Because("format.sheet_others", strings.Join(names, ", "))}}
}

// MostLetters is how long a cell may be in Excel.
const MostLetters = 32_767

// Write writes every kind of question under headings, as sheet.Table has them.
func Write(ctx context.Context, w io.Writer, b bundle.Bundle, o bundle.Options) ([]bundle.Problem, error) {
	b, long := fitting(b)
	table, problems, err := sheet.Table(ctx, b, o)
	if err != nil {
		return nil, err
	}
	rows := make([][]any, len(table))
	for i, row := range table {
		rows[i] = Values(row)
	}
	return append(long, problems...), WriteRows(w, "Questions", 1, rows)
}

// fitting leaves out the items of which a text is longer than a cell can be.
func fitting(b bundle.Bundle) (bundle.Bundle, []bundle.Problem) {
	var long []bundle.Problem
	items := b.Items
	b.Items = nil
	for i, it := range items {
		if it.Line == 0 {
			it.Line = i + 1
		}
		if longest(it) > MostLetters-1 {
			long = append(long, sheet.Left(i, it, "format.sheet_long", MostLetters-1))
			continue
		}
		b.Items = append(b.Items, it)
	}
	return b, long
}

// longest is how long the longest text of an item is, as Excel counts: in UTF-16.
func longest(it bundle.Item) int {
	texts := []string{it.Version.Prompt, it.Version.Explain, strings.Join(it.Tags, ", "), strings.Join(it.Topic, "::")}
	for _, a := range it.Version.Answers {
		texts = append(texts, a.Text, a.Feedback)
	}
	most := 0
	for _, text := range texts {
		n := utf8.RuneCountInString(text)
		for _, r := range text {
			if r > 0xFFFF {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}

// WriteRows writes a workbook of one sheet. Texts stay texts, which no program runs as
// formulas; "" and nil are empty cells. The rows down to the headings, counted from 1, stay
// in sight.
func WriteRows(w io.Writer, name string, headings int, rows [][]any) error {
	f := excelize.NewFile()
	if err := f.SetSheetName("Sheet1", name); err != nil {
		return err
	}
	out, err := f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	if err := styled(out, headings); err != nil {
		return err
	}
	for i, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			return err
		}
		if err := out.SetRow(cell, row); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return f.Write(w)
}

// styled makes the columns wide enough to read and keeps the headings in sight.
func styled(out *excelize.StreamWriter, headings int) error {
	if err := out.SetColWidth(1, 3, 16); err != nil {
		return err
	}
	if err := out.SetColWidth(4, 20, 24); err != nil {
		return err
	}
	below, err := excelize.CoordinatesToCellName(1, headings+1)
	if err != nil {
		return err
	}
	return out.SetPanes(&excelize.Panes{Freeze: true, YSplit: headings, TopLeftCell: below, ActivePane: "bottomLeft"})
}

// Values are texts as cells.
func Values(row []string) []any {
	list := make([]any, len(row))
	for i, cell := range row {
		if cell != "" {
			list[i] = cell
		}
	}
	return list
}
