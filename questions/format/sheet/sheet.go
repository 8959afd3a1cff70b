// Package sheet reads and writes questions that stand in rows, one a row, whatever
// file the rows are in. A sheet has headings, in any order and in the words that people
// use for them, or none and then two columns of flashcards.
//
// The headings of a sheet that we write:
//
//	id           names the question for ever: written again, it is found again
//	type         a kind by its stored name: choice, several, truth, text, number, date,
//	             order, match, cloze, flash; or a word that other programs have for it
//	question     the prompt, a flashcard's front; the gaps of a cloze as {{1}}, {{2}}
//	option1 …    the options; the answers that are typed; what is put in order, rightly;
//	             the left sides; a flashcard's back
//	correct      numbers of the options that are right: 1, 3. Empty: of options that are
//	             picked none, of any other all
//	pair1 …      what belongs to option1 …
//	feedback1 …  what is said to option1 …; when a thing to put in order was
//	match        how what is typed is compared, once or for each option
//	slack        how far off a number may be; 1 for a thing that may stand before the last
//	credit       what each option is worth, where it is neither all nor nothing
//	part         the gap that each option belongs to
//	explanation, tags, topic, lang, answerlang, level, fixed, state, name, passage, twin,
//	mirrors      as in bundle.Item; lists with commas, topics with :: between them
//	markup       markdown, html or text: what the texts of the row are written in
package sheet

import (
	"context"
	"iter"

	"thaw/questions/format/bundle"
)

// Limits of a sheet, so that a small file cannot fill the memory.
const (
	MaxRows    = 30_000
	MaxAnswers = 6 * MaxRows
	MaxColumns = 1_000
	MaxCell    = 20_000 // bytes; several times what a question may have
	MaxTags    = 100    // of one question
)

// Row is a line of a sheet. Its cells are the reader's to keep.
type Row struct {
	Line  int // where it begins in the file, from 1
	Cells []string
}

// Rows are the rows of a sheet in their order; the error ends them.
type Rows = iter.Seq2[Row, error]

// Options say what a sheet does not say in its rows.
type Options struct {
	Header []string // roles of the columns, where no row of the sheet has headings
	Headed bool     // the first row is one of headings where it can be, though we do not know them
	Filled bool     // it is another program's form: no cell is defused, and what is correct are numbers
	Markup string   // of rows that do not say it: html, markdown, or text as it is written
	Swap   bool     // the first column is the back of a flashcard
	Tags   []string // of every question
	Topic  []string // of every question that has none
}

// Read makes questions of rows: each row that is not blank is an item or a problem.
// Unreadable where there are no two columns, or more than MaxRows rows.
func Read(ctx context.Context, rows Rows, o Options) (bundle.Bundle, error) {
	r := reader{options: o}
	if len(o.Header) > 0 {
		r.header = given(o.Header)
	}
	for row, err := range rows {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return bundle.Bundle{}, err
		}
		r.take(row)
		if r.bundle.Total() > MaxRows || r.answers > MaxAnswers {
			return bundle.Bundle{}, bundle.Bad("format.many", MaxRows)
		}
	}
	return r.end()
}

// peek is how many rows are looked at to find the headings.
const peek = 20

// reader collects what the rows say.
type reader struct {
	options Options
	header  *header
	first   []Row // those that were read before it is known where the headings are
	bundle  bundle.Bundle
	answers int  // of all questions
	tagged  bool // it was noted that texts look like HTML
}

func (r *reader) take(row Row) {
	if Blank(row.Cells) {
		return
	}
	if r.header != nil {
		r.row(row)
		return
	}
	if r.first = append(r.first, row); len(r.first) == peek {
		r.begin()
	}
}

// end returns what was read.
func (r *reader) end() (bundle.Bundle, error) {
	if r.header == nil && len(r.first) > 0 {
		r.begin()
	}
	if r.header == nil {
		return bundle.Bundle{}, bundle.Bad("format.sheet_empty")
	}
	if !r.header.has("answer") && !r.header.typed {
		return bundle.Bundle{}, bundle.Bad("format.sheet_one_column")
	}
	return r.bundle, nil
}

// begin finds the headings among the first rows and reads what stands below.
func (r *reader) begin() {
	h, at := headings(r.first)
	r.header = h
	if at < 0 && r.options.Headed && len(r.first) > 1 && heading(r.first[0].Cells) {
		at = 0
		r.note(r.first[0], "format.sheet_first", said(r.first[0].Cells))
	}
	if at > 0 {
		r.note(r.first[0], "format.sheet_above", at, r.first[at].Line)
	}
	rest := r.first
	if at >= 0 {
		rest = rest[at+1:]
		r.unused(r.first[at])
	}
	r.first = nil
	for _, row := range rest {
		r.row(row)
	}
}

// unused notes the columns that are not read.
func (r *reader) unused(row Row) {
	if len(r.header.unknown) > 0 {
		r.note(row, "format.sheet_columns", said(r.header.unknown))
	}
	if len(r.header.ignored) > 0 {
		r.note(row, "format.sheet_ignored", said(r.header.ignored))
	}
}

func (r *reader) note(row Row, code string, args ...any) {
	r.bundle.Notes = append(r.bundle.Notes, bundle.Problem{Line: row.Line, Item: beginning(row.Cells), Reason: bundle.Because(code, args...)})
}
