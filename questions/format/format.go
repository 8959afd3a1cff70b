// Package format has the table of the formats in which questions come in and go out,
// and finds out which one a file has.
package format

import (
	"context"
	"io"

	"thaw/questions/format/bundle"
	"thaw/questions/format/csv"
	"thaw/questions/format/kahoot"
	"thaw/questions/format/moodle"
	"thaw/questions/format/native"
	"thaw/questions/format/plain"
	"thaw/questions/format/qti12"
	"thaw/questions/format/quizizz"
	"thaw/questions/format/xlsx"
)

// Format is one way to keep questions in a file.
type Format struct {
	Name  string // on the command line and in addresses. stored: never rename
	Ext   string // of a file that is written, with its dot
	Type  string // MIME, of a file that is written
	Sniff func(in bundle.Input) int
	Read  func(ctx context.Context, in bundle.Input) (bundle.Bundle, error)
	Write func(ctx context.Context, w io.Writer, b bundle.Bundle, o bundle.Options) ([]bundle.Problem, error)
}

// table lists every format. Of those that are as sure of a file, the first has it.
//
// Sniff says how sure a format is that a file is its own, by its content: 0 not at all,
// 10 it could be, 50 it looks like it, 100 nothing else is. Read returns an Unreadable
// where nothing can be read; what is wrong with single items stands in the bundle. Write
// returns what the format could not hold, item by item: nothing is left out in silence.
// Sniff, Read and Write of one format stand in a package of its own; either Read or
// Write may be nil.
var table = []Format{
	{"native", ".json", "application/json", native.Sniff, native.Read, native.Write},
	{"kahoot", ".xlsx", workbook, kahoot.Sniff, kahoot.Read, kahoot.Write},
	{"quizizz", ".xlsx", workbook, quizizz.Sniff, quizizz.Read, quizizz.Write},
	{"xlsx", ".xlsx", workbook, xlsx.Sniff, xlsx.Read, xlsx.Write},
	{"qti12", ".zip", "application/zip", qti12.Sniff, qti12.Read, qti12.Write},
	{"moodle", ".xml", "application/xml", moodle.Sniff, moodle.Read, moodle.Write},
	{"text", ".txt", "text/plain; charset=utf-8", plain.Sniff, plain.Read, plain.Write},
	{"tsv", ".tsv", "text/tab-separated-values; charset=utf-8", csv.SniffTabs, csv.Read, csv.WriteTabs},
	{"csv", ".csv", "text/csv; charset=utf-8", csv.Sniff, csv.Read, csv.Write},
}

// workbook is the type of Excel's files.
const workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// All returns every format.
func All() []Format { return append([]Format(nil), table...) }

// Of returns the format of a name.
func Of(name string) (Format, bool) {
	for _, f := range table {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}

// Detect returns the format that is surest of a file, by its content.
func Detect(in bundle.Input) (Format, bool) {
	best, sure := Format{}, 0
	for _, f := range table {
		if f.Read == nil || f.Sniff == nil {
			continue
		}
		if s := f.Sniff(in); s > sure {
			best, sure = f, s
		}
	}
	return best, sure > 0
}
