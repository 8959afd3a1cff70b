package xlsx

import (
	"archive/zip"
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"thaw/questions/format/bundle"
	"thaw/questions/format/safe"
	"thaw/questions/format/sheet"
)

// limits of a workbook's parts of text: its pictures are not opened. A hundred thousand
// cells take about four MB.
var limits = safe.Limits{Entries: 5_000, Each: 24 << 20, Whole: 24 << 20}

// Marks bound what the library keeps all of in memory: a "<" of the parts that are not
// rows stands for about a hundred bytes there.
const marks = 400_000

// Book is a workbook of which the rows can be read.
type Book struct {
	file   *excelize.File
	sheets []string // those that are shown
}

// Open opens a workbook. Unreadable where it is none, is locked, or holds too much.
func Open(in bundle.Input) (b *Book, err error) {
	defer mend(&err)
	if bytes.HasPrefix(in.Head(8), []byte("\xD0\xCF\x11\xE0")) {
		return nil, bundle.Bad("format.sheet_locked")
	}
	data, err := repacked(in)
	if err != nil {
		return nil, err
	}
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		UnzipSizeLimit: limits.Whole, UnzipXMLSizeLimit: limits.Whole, // so that it writes no temporary files
		ShortDatePattern: "yyyy-mm-dd", LongDatePattern: "yyyy-mm-dd", // a date that has one reading
	})
	if err != nil {
		return nil, bundle.Bad("format.sheet_broken")
	}
	b = &Book{file: f}
	for _, name := range f.GetSheetList() {
		if seen, err := f.GetSheetVisible(name); err == nil && seen {
			b.sheets = append(b.sheets, name)
		}
	}
	return b, nil
}

// mend makes an error of a panic: the library trusts its files in places, and a broken
// one must not end the program.
func mend(err *error) {
	if recover() != nil {
		*err = bundle.Bad("format.sheet_broken")
	}
}

// repacked is an archive of the parts that hold rows, unpacked and checked: what it says
// of its sizes is true, so that the library can believe it.
func repacked(in bundle.Input) ([]byte, error) {
	z, err := safe.Open(in, limits)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(z.Names(), workbook) {
		return nil, bundle.Bad("format.sheet_broken")
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	kept := 0
	for _, name := range z.Names() {
		if !needed(name) {
			continue
		}
		data, err := z.Read(name)
		if err != nil {
			return nil, err
		}
		if !strings.HasPrefix(name, "xl/worksheets/") {
			kept += bytes.Count(data, []byte("<"))
		}
		if kept > marks {
			return nil, bundle.Bad("format.sheet_texts")
		}
		if err := safe.XML(data, &struct{}{}); err != nil {
			return nil, err
		}
		part, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			return nil, err
		}
		if _, err := part.Write(data); err != nil {
			return nil, err
		}
	}
	err = w.Close()
	return out.Bytes(), err
}

func workbook(name string) bool { return strings.EqualFold(name, "xl/workbook.xml") }

// needed tells the parts that rows are made of.
func needed(name string) bool {
	switch strings.ToLower(path.Dir(name)) {
	case ".", "_rels", "xl", "xl/_rels", "xl/worksheets":
		return path.Ext(name) == ".xml" || path.Ext(name) == ".rels"
	}
	return false
}

// Rows are the rows of a sheet as they are shown, formulas as their results.
func (b *Book) Rows(name string) sheet.Rows {
	return func(yield func(sheet.Row, error) bool) {
		rows, err := b.rows(name)
		for n := 1; err == nil && rows.Next(); n++ {
			var cells []string
			if cells, err = b.cells(rows); err == nil && !yield(sheet.Row{Line: n, Cells: cells}, nil) {
				return
			}
		}
		if err == nil {
			err = rows.Error()
		}
		if err != nil {
			yield(sheet.Row{}, unreadable(err))
		}
	}
}

func (b *Book) rows(name string) (rows *excelize.Rows, err error) {
	defer mend(&err)
	return b.file.Rows(name)
}

func (b *Book) cells(rows *excelize.Rows) (cells []string, err error) {
	defer mend(&err)
	if cells, err = rows.Columns(); err != nil {
		return nil, err
	}
	if len(cells) > sheet.MaxColumns {
		return nil, bundle.Bad("format.sheet_wide", sheet.MaxColumns)
	}
	for i, c := range cells {
		cells[i] = lines.Replace(strings.ToValidUTF8(c, "\uFFFD"))
	}
	return cells, nil
}

// lines gives texts the line ends that we keep.
var lines = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", " ")

// First is the first sheet in which something stands, and those behind it.
func (b *Book) First() (name string, others []string) {
	for i, name := range b.sheets {
		if b.filled(name) {
			return name, slices.DeleteFunc(slices.Clone(b.sheets[i+1:]), func(n string) bool { return !b.filled(n) })
		}
	}
	return "", nil
}

// filled tells that a sheet has a row with something in it; one that is broken has, so
// that this is said.
func (b *Book) filled(name string) bool {
	for row, err := range b.Rows(name) {
		if err != nil || !sheet.Blank(row.Cells) {
			return true
		}
	}
	return false
}

func unreadable(err error) error {
	if _, ok := err.(bundle.Unreadable); ok { //nolint:errorlint // ours are not wrapped
		return err
	}
	return bundle.Bad("format.sheet_broken")
}
