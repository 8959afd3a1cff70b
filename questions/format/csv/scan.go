package csv

import (
	"strings"

	"thaw/questions/format/bundle"
	"thaw/questions/format/sheet"
)

// scanner reads rows of fields.
type scanner struct {
	text      string // what is left
	separator string
	line      int  // of what is left
	comments  bool // lines that begin with # are none
	remarks   []int
}

// rows yields each row with the line it begins at. A field in quotes may go over lines.
func (s *scanner) rows(yield func(sheet.Row, error) bool) {
	for s.text != "" {
		if s.text[0] == '\n' {
			s.text = s.text[1:]
			s.line++
			continue
		}
		if s.comments && s.text[0] == '#' {
			s.remarks = append(s.remarks, s.line)
			_, s.text, _ = strings.Cut(s.text, "\n")
			s.line++
			continue
		}
		row, err := s.row()
		if !yield(row, err) || err != nil {
			return
		}
	}
}

func (s *scanner) row() (sheet.Row, error) {
	row := sheet.Row{Line: s.line}
	for {
		cell, more := s.field()
		row.Cells = append(row.Cells, cell)
		if !more {
			return row, nil
		}
		if len(row.Cells) == sheet.MaxColumns {
			return row, bundle.Bad("format.sheet_wide", sheet.MaxColumns)
		}
	}
}

// field takes one field; more tells that the row goes on behind it.
func (s *scanner) field() (cell string, more bool) {
	if cell, length, ok := whole(s.text, s.separator); ok {
		s.line += strings.Count(s.text[:length], "\n")
		return cell, s.pass(length)
	}
	end := 0
	for end < len(s.text) && s.text[end] != '\n' && !strings.HasPrefix(s.text[end:], s.separator) {
		end++
	}
	cell = s.text[:end]
	return cell, s.pass(end)
}

// pass goes on behind a field and what ends it.
func (s *scanner) pass(length int) (more bool) {
	s.text = s.text[length:]
	if rest, ok := strings.CutPrefix(s.text, s.separator); ok {
		s.text = rest
		if rest == "" { // a separator at the end of the file has an empty field behind it
			s.text = "\n"
		}
		return true
	}
	if rest, ok := strings.CutPrefix(s.text, "\n"); ok {
		s.text = rest
		s.line++
	}
	return false
}

// whole reads a field in quotes that ends where a field may end; else what begins with a
// quote is text like any other. Blanks around the quotes do not count.
func whole(text, separator string) (cell string, length int, ok bool) {
	rest := strings.TrimLeft(text, " ")
	if !strings.HasPrefix(rest, `"`) || separator == " " && rest != text {
		return "", 0, false
	}
	rest = rest[1:]
	begin := rest
	for {
		at := strings.IndexByte(rest, '"')
		if at < 0 {
			return "", 0, false
		}
		if rest = rest[at+1:]; !strings.HasPrefix(rest, `"`) {
			break
		}
		rest = rest[1:]
	}
	cell = strings.ReplaceAll(begin[:len(begin)-len(rest)-1], `""`, `"`)
	if separator != " " {
		rest = strings.TrimLeft(rest, " ")
	}
	if rest == "" || rest[0] == '\n' || strings.HasPrefix(rest, separator) {
		return cell, len(text) - len(rest), true
	}
	return "", 0, false
}
