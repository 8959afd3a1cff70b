// Package csv reads and writes questions in text with separators: comma, semicolon, tab
// or bar, with headings or without, as a spreadsheet, Anki or Quizlet has written it.
//
// Fields are read as spreadsheets write them (RFC 4180), and where a file departs from
// that, nothing of it is lost: a quote that opens no whole field is a quote. The library's
// encoding/csv refuses or joins such rows, so the rows are read here.
package csv

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"slices"
	"strings"

	"thaw/questions/format/bundle"
	"thaw/questions/format/charset"
	"thaw/questions/format/sheet"
)

// Most is how large a file may be, in bytes: several times what sheet.MaxRows questions
// take.
const Most = 8 << 20

// Options say how a text is parted that a person has pasted. Where both separators are
// "", they are found out.
type Options struct {
	Column string // between the two sides of a card; "" is a tab
	Row    string // between cards; "" is the end of a line
	Swap   bool   // the first side is the back
}

// Sniff says how sure it is that a file has separators other than tabs.
func Sniff(in bundle.Input) int {
	if d, sure := sniff(in); d.separator != "\t" {
		return sure
	}
	return 0
}

// SniffTabs says how sure it is that a file is separated by tabs.
func SniffTabs(in bundle.Input) int {
	if d, sure := sniff(in); d.separator == "\t" {
		return sure
	}
	return 0
}

func sniff(in bundle.Input) (dialect, int) {
	head := in.Head(sample)
	if charset.Binary(head) || bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		return dialect{}, 0
	}
	for in.Size > sample && len(head) > 0 && head[len(head)-1] >= 0x80 { // a letter may be cut in two
		head = head[:len(head)-1]
	}
	text, _ := charset.Decode(head)
	if strings.HasPrefix(strings.TrimSpace(text), "<") || strings.HasPrefix(strings.TrimSpace(text), "{") {
		return dialect{}, 0
	}
	d := dialectOf(text)
	return d, d.sure
}

// Read reads a file whose separators, headings and encoding are found out.
func Read(ctx context.Context, in bundle.Input) (bundle.Bundle, error) {
	return ReadWith(ctx, in, Options{})
}

// ReadWith reads a text by separators that a person has chosen; it knows no quotes then,
// and what stands behind the first separator of a card is its other side. Errors are
// those of sheet.Read.
func ReadWith(ctx context.Context, in bundle.Input, o Options) (bundle.Bundle, error) {
	text, notes, err := charset.Text(in, Most)
	if err != nil {
		return bundle.Bundle{}, err
	}
	if o.Column != "" || o.Row != "" {
		b, err := sheet.Read(ctx, pasted(text, o), sheet.Options{Header: []string{"question", "answer"}, Swap: o.Swap})
		b.Notes = append(notes, b.Notes...)
		return b, err
	}
	d := dialectOf(text)
	s := d.scanner()
	options := d.options()
	options.Swap = o.Swap
	b, err := sheet.Read(ctx, s.rows, options)
	for _, line := range append(d.remarks, s.remarks...) {
		notes = append(notes, bundle.Problem{Line: line, Reason: bundle.Because("format.sheet_comment")})
	}
	b.Notes = append(notes, b.Notes...)
	return b, err
}

// pasted are the cards of a text without quotes.
func pasted(text string, o Options) sheet.Rows {
	column, between := o.Column, strings.ReplaceAll(o.Row, "\r\n", "\n")
	if column == "" {
		column = "\t"
	}
	if between == "" {
		between = "\n"
	}
	return func(yield func(sheet.Row, error) bool) {
		line := 1
		for card := range strings.SplitSeq(text, between) {
			begins := line + strings.Count(card[:len(card)-len(strings.TrimLeft(card, " \t\n"))], "\n")
			front, back, _ := strings.Cut(card, column)
			if !yield(sheet.Row{Line: begins, Cells: []string{front, back}}, nil) {
				return
			}
			line += strings.Count(card, "\n") + strings.Count(between, "\n")
		}
	}
}

// Write writes every kind of question under headings, with commas, as sheet.Table has
// them. A byte order mark tells spreadsheets that it is UTF-8.
func Write(ctx context.Context, w io.Writer, b bundle.Bundle, o bundle.Options) ([]bundle.Problem, error) {
	return write(ctx, w, b, o, ",")
}

// WriteTabs does the same with tabs.
func WriteTabs(ctx context.Context, w io.Writer, b bundle.Bundle, o bundle.Options) ([]bundle.Problem, error) {
	return write(ctx, w, b, o, "\t")
}

func write(ctx context.Context, w io.Writer, b bundle.Bundle, o bundle.Options, separator string) ([]bundle.Problem, error) {
	table, problems, err := sheet.Table(ctx, b, o)
	if err != nil {
		return nil, err
	}
	out := bufio.NewWriter(w)
	_, err = out.WriteString("\uFEFF")
	for _, row := range table {
		if err != nil {
			return nil, err
		}
		_, err = out.WriteString(record(row, separator))
	}
	if err != nil {
		return nil, err
	}
	return problems, out.Flush()
}

// record is a row as it stands in a file.
func record(row []string, separator string) string {
	row = slices.Clone(row)
	for i, cell := range row {
		if strings.ContainsAny(cell, "\"\n\r"+separator) || strings.HasPrefix(cell, "#") || cell != strings.TrimSpace(cell) {
			row[i] = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
		}
	}
	return strings.Join(row, separator) + "\r\n"
}
