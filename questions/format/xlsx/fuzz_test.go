package xlsx_test

import (
	"bytes"
	"context"
	"testing"

	"thaw/questions/format/bundle"
	"thaw/questions/format/xlsx"
)

// FuzzRead changes the rows and texts of a workbook, within the archive.
func FuzzRead(f *testing.F) {
	f.Add(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>b</t></is></c></row>`, `<si><t>a</t></si>`)
	f.Add(`<row r="9"><c r="C9"><v>0.5</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row>`, `<si><r><t>a</t></r><r><t>b</t></r></si>`)
	f.Add(`<row><c s="1"><v>45000</v></c><c s="99" t="s"><v>7</v></c><c r="XFD1"><f>1+1</f><v>2</v></c></row>`, ``)
	f.Fuzz(func(t *testing.T, rows, texts string) {
		in := bundle.Of("a.xlsx", with(t, map[string]string{
			"xl/worksheets/sheet1.xml": `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`,
			"xl/sharedStrings.xml":     `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` + texts + `</sst>`,
		}))
		b, err := xlsx.Read(context.Background(), in)
		if err != nil {
			if why(err) == "" {
				t.Errorf("got %v, want an Unreadable", err)
			}
			return
		}
		if _, err := xlsx.Write(context.Background(), &bytes.Buffer{}, b, bundle.Options{}); err != nil {
			t.Errorf("what was read cannot be written: %v", err)
		}
	})
}
