package safe

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"thaw/questions/format/bundle"
	"thaw/questions/format/element"
)

// Limits of what is held of a document at a time.
const (
	longest = 16 << 20 // bytes of one text or tag
	widest  = 50_000   // elements and texts within one that is handed on
)

// Document is a file of XML as it is read: in UTF-8, whatever its byte order mark says.
// One that is neither UTF-8 nor says what it is is read as windows-1252, which is a
// guess.
func Document(in bundle.Input) (doc io.Reader, guessed bool) {
	whole := func() io.Reader { return io.NewSectionReader(in, 0, in.Size) }
	if declares(in.Head(200)) || valid(whole()) {
		return transform.NewReader(whole(), unicode.BOMOverride(transform.Nop)), false
	}
	return charmap.Windows1252.NewDecoder().Reader(whole()), true
}

// declares tells whether a document says that it is in another encoding than UTF-8.
func declares(head []byte) bool {
	if len(head) > 1 && (head[0] == 0xFE && head[1] == 0xFF || head[0] == 0xFF && head[1] == 0xFE) {
		return true
	}
	first, _, ok := strings.Cut(strings.ToLower(string(head)), "?>")
	return ok && strings.Contains(first, "encoding") && !strings.Contains(first, "utf-8")
}

// valid tells whether all of it is UTF-8.
func valid(r io.Reader) bool {
	chunk := make([]byte, 64<<10)
	kept := 0
	for {
		n, err := io.ReadFull(r, chunk[kept:])
		n += kept
		if err != nil {
			return utf8.Valid(chunk[:n])
		}
		whole := n
		for whole > n-utf8.UTFMax && !utf8.RuneStart(chunk[whole-1]) {
			whole--
		}
		if !utf8.Valid(chunk[:whole-1]) {
			return false
		}
		kept = copy(chunk, chunk[whole-1:n])
	}
}

// Elements reads a document element by element: each is handed those of some names with
// all that stands inside, one after the other, and what they stand in, without the
// rest of it. Of those that stand in each other, the outer is handed on. Errors as XML;
// also where a text is longer, or an element holds more, than anybody's question.
func Elements(doc io.Reader, names []string, each func(n *element.Node, above []*element.Node) error) error {
	source := &counted{r: doc}
	d := xml.NewDecoder(source)
	d.Entity = xml.HTMLEntity
	d.CharsetReader = known
	w := &walk{names: names, each: each}
	for {
		source.n = 0
		token, err := d.Token()
		if errors.Is(err, io.EOF) && w.any {
			return nil
		}
		if err != nil {
			return refused(err)
		}
		line, _ := d.InputPos()
		if err := w.take(token, line); err != nil {
			return err
		}
	}
}

// known decodes what a document says that it is in; UTF-16 is UTF-8 by then.
func known(label string, r io.Reader) (io.Reader, error) {
	if strings.HasPrefix(strings.ToLower(label), "utf-16") {
		return r, nil
	}
	return charset.NewReaderLabel(label, r)
}

func refused(err error) error {
	if errors.Is(err, errLong) {
		return bundle.Bad("format.xml_long", longest>>20)
	}
	return broken(err)
}

var errLong = errors.New("a text of the document is too long")

// counted ends a document that goes on for too long within one token.
type counted struct {
	r io.Reader
	n int
}

// Read is for the decoder.
func (c *counted) Read(p []byte) (int, error) {
	if c.n > longest {
		return 0, errLong
	}
	n, err := c.r.Read(p)
	c.n += n
	return n, err
}

// walk is the way through a document: what is open, and from held on, what is kept.
type walk struct {
	names []string
	each  func(n *element.Node, above []*element.Node) error
	open  []*element.Node
	held  int // how many were open when what is kept began, from 1; 0: nothing is kept
	count int
	any   bool
}

func (w *walk) take(token xml.Token, line int) error {
	switch t := token.(type) {
	case xml.Directive:
		return bundle.Bad("format.xml_doctype")
	case xml.StartElement:
		return w.begin(t, line)
	case xml.EndElement:
		return w.end()
	case xml.CharData:
		if text := string(t); w.held > 0 && (strings.TrimSpace(text) != "" || !strings.Contains(text, "\n")) {
			return w.keep(&element.Node{Text: text, Line: line})
		}
	}
	return nil
}

// keep puts a node into the one that is open.
func (w *walk) keep(n *element.Node) error {
	if w.count++; w.count > widest {
		return bundle.Bad("format.xml_wide", n.Line)
	}
	w.open[len(w.open)-1].Add(n)
	return nil
}

func (w *walk) begin(t xml.StartElement, line int) error {
	w.any = true
	if len(w.open) >= deepest {
		return bundle.Bad("format.xml_deep", deepest)
	}
	n := &element.Node{Name: t.Name.Local, Line: line}
	for _, a := range t.Attr {
		name := a.Name.Local
		if a.Name.Space == "http://www.w3.org/XML/1998/namespace" || a.Name.Space == "xml" {
			name = "xml:" + name
		}
		n.Attrs = append(n.Attrs, element.Attr{Name: name, Value: a.Value})
	}
	if w.held > 0 {
		if err := w.keep(n); err != nil {
			return err
		}
	}
	w.open = append(w.open, n)
	if w.held == 0 && slices.Contains(w.names, n.Name) {
		w.held, w.count = len(w.open), 0
	}
	return nil
}

func (w *walk) end() error {
	last := len(w.open) - 1
	n := w.open[last]
	w.open = w.open[:last]
	if w.held != last+1 {
		return nil
	}
	w.held = 0
	return w.each(n, w.open)
}
