package xlsx_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/format/formattest"
	"thaw/questions/format/xlsx"
)

func read(t *testing.T, data []byte) bundle.Bundle {
	t.Helper()
	b, err := xlsx.Read(context.Background(), bundle.Of("a.xlsx", data))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func why(err error) string {
	var u bundle.Unreadable
	errors.As(err, &u)
	return u.Reason.Code
}

// cards writes the flashcards of a bundle in one line.
func cards(b bundle.Bundle) string {
	var list []string
	for _, it := range b.Items {
		key, _ := it.Version.Key(1)
		list = append(list, fmt.Sprintf("%d:%s=%s%v", it.Line, it.Version.Prompt, key.Text, it.Tags))
	}
	return strings.Join(list, " ")
}

// book makes a workbook of cells in its sheets.
func book(t testing.TB, sheets map[string]map[string]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	for name, cells := range sheets {
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for cell, value := range cells {
			if err := f.SetCellValue(name, cell, value); err != nil {
				t.Fatal(err)
			}
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestSample(t *testing.T) {
	data, err := os.ReadFile(formattest.Shared(t, "formats/cards.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	b := read(t, data)
	if len(b.Items) != 3 || b.Total() != 3 || len(b.Notes) != 1 || b.Notes[0].Reason.Code != "format.sheet_first" {
		t.Errorf("got %d items, %+v and %+v; want 3, and the headings said", len(b.Items), b.Problems, b.Notes)
	}
}

func TestHeadingsAreNotTakenFromCards(t *testing.T) {
	for _, c := range []struct{ a1, want string }{
		{"Land", "2:c=d[]"},
		{"Who?", "1:Who?=b[] 2:c=d[]"},
		{"in 1956", "1:in 1956=b[] 2:c=d[]"},
	} {
		if got := cards(read(t, book(t, map[string]map[string]any{"Sheet1": {"A1": c.a1, "B1": "b", "A2": "c", "B2": "d"}}))); got != c.want {
			t.Errorf("%s: got %s, want %s", c.a1, got, c.want)
		}
	}
}

func TestRead(t *testing.T) {
	b := read(t, book(t, map[string]map[string]any{"Cards": {
		"A2": "Tags", "B2": "Term", "C2": "Definition",
		"A4": "x, y", "B4": "pi", "C4": 3.14, "B5": "two\nlines", "C5": true, "C6": "alone",
	}}))
	if got, want := cards(b), "4:pi=3.14[x y] 5:two\n\nlines=TRUE[]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if len(b.Problems) != 1 || b.Problems[0].Line != 6 || b.Problems[0].Reason.Code != "format.sheet_no_question" {
		t.Errorf("got %+v, want the row without a question", b.Problems)
	}
}

// A date is read as one that has one reading, however the cell shows it.
func TestDates(t *testing.T) {
	f := excelize.NewFile()
	style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	for cell, value := range map[string]any{"A1": "type", "B1": "question", "C1": "correct", "A2": "date", "B2": "When?", "C2": 20510} {
		if err := f.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SetCellStyle("Sheet1", "C2", "C2", style); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	if got, want := cards(read(t, out.Bytes())), "2:When?=1956-02-25[]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestOtherSheetsAreNamed(t *testing.T) {
	b := read(t, book(t, map[string]map[string]any{"Sheet1": {"A1": "a", "B1": "b"}, "More": {"A1": "c"}}))
	if len(b.Notes) != 1 || b.Notes[0].Reason.Code != "format.sheet_others" || b.Notes[0].Reason.Args[0] != "More" {
		t.Errorf("got %+v, want the sheet that was not read", b.Notes)
	}
}

// What is written is read again, whatever the texts.
func TestWrittenIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items := rapid.SliceOfN(formattest.Items(), 1, 4).Draw(t, "items")
		if rapid.Bool().Draw(t, "escape") {
			items[0].Version.Explain += "_x0041_ & <b>"
		}
		var out bytes.Buffer
		problems, err := xlsx.Write(context.Background(), &out, bundle.Bundle{Items: items}, bundle.Options{})
		if err != nil || len(problems) > 0 {
			t.Fatalf("got %v, %+v; want everything written", err, problems)
		}
		again, err := xlsx.Read(context.Background(), bundle.Of("", out.Bytes()))
		if err != nil || len(again.Items) != len(items) || len(again.Problems)+len(again.Notes) > 0 {
			t.Fatalf("read again: %v, %+v", err, again)
		}
		for i, it := range again.Items {
			it.Line = items[i].Line
			if len(it.Tags) == 0 {
				it.Tags = nil
			}
			if !reflect.DeepEqual(it, items[i]) {
				t.Fatalf("got  %+v\nwant %+v", it, items[i])
			}
		}
	})
}

func TestLongTextsAreLeftOut(t *testing.T) {
	v := questions.Version{Kind: questions.Flash, Prompt: strings.Repeat("a", 40_000), Answers: []questions.Answer{{Part: 1, Text: "b", Credit: 1}}}
	short := v
	short.Prompt = "a"
	var out bytes.Buffer
	problems, err := xlsx.Write(context.Background(), &out, bundle.Bundle{Items: []bundle.Item{{Version: v}, {Version: short}}}, bundle.Options{})
	if err != nil || len(problems) != 1 || problems[0].Reason.Code != "format.sheet_long" || problems[0].Line != 1 {
		t.Errorf("got %+v, %v; want the long one reported", problems, err)
	}
	if got, want := cards(read(t, out.Bytes())), "2:a=b[]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// parts makes an archive.
func parts(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, text := range files {
		e, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := e.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// with is a small workbook with some of its parts replaced.
func with(t testing.TB, replaced map[string]string) []byte {
	t.Helper()
	whole := book(t, map[string]map[string]any{"Sheet1": {"A1": "a", "B1": "b"}})
	z, err := zip.NewReader(bytes.NewReader(whole), int64(len(whole)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if _, err := b.ReadFrom(r); err != nil {
			t.Fatal(err)
		}
		files[f.Name] = b.String()
	}
	for name, text := range replaced {
		files[name] = text
	}
	return parts(t, files)
}

func hostile(t testing.TB) map[string][]byte {
	t.Helper()
	const sst, rows = `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`, `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`
	sheet := func(inside string) map[string]string {
		return map[string]string{"xl/worksheets/sheet1.xml": rows + inside + "</sheetData></worksheet>"}
	}
	return map[string][]byte{
		"format.sheet_locked": []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
		"format.zip_broken":   []byte("PK\x03\x04 nothing"),
		"format.sheet_broken": parts(t, map[string]string{"a.txt": "x"}),
		"format.sheet_texts":  with(t, map[string]string{"xl/sharedStrings.xml": sst + strings.Repeat("<si><t/></si>", 140_000) + "</sst>"}),
		"format.zip_large":    with(t, sheet(strings.Repeat("<row/>", 5_000_000))),
		"format.xml_doctype":  with(t, map[string]string{"xl/worksheets/sheet1.xml": "<!DOCTYPE x>" + rows}),
		"format.sheet_wide":   with(t, sheet(strings.Repeat(`<row><c r="XFD1" t="str"><v>x</v></c></row>`, 10))),
		"format.many":         with(t, sheet(strings.Repeat(`<row><c t="str"><v>x</v></c><c t="str"><v>y</v></c></row>`, 31_000))),
		"format.sheet_empty":  with(t, sheet(strings.Repeat("<row/>", 200_000))),
	}
}

func TestHostile(t *testing.T) {
	for want, data := range hostile(t) {
		if _, err := xlsx.Read(context.Background(), bundle.Of("a.xlsx", data)); why(err) != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func TestSniff(t *testing.T) {
	if got := xlsx.Sniff(bundle.Of("", with(t, nil))); got < 50 {
		t.Errorf("a workbook: got %d", got)
	}
	if got := xlsx.Sniff(bundle.Of("", parts(t, map[string]string{"a": "b"}))); got != 0 {
		t.Errorf("another archive: got %d", got)
	}
}
