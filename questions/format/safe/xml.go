package safe

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"

	"golang.org/x/net/html/charset"

	"thaw/questions/format/bundle"
)

// deepest is how far elements may nest.
const deepest = 64

// XML reads a document into v as encoding/xml does. Unreadable where it is no XML, has
// a document type (and with it entities), or nests too deep; nothing outside is asked
// for.
func XML(data []byte, v any) error {
	if err := plain(data); err != nil {
		return err
	}
	if err := decoder(data).Decode(v); err != nil {
		return broken(err)
	}
	return nil
}

// plain walks through the document once, without keeping any of it.
func plain(data []byte) error {
	d, depth := decoder(data), 0
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return broken(err)
		}
		switch token.(type) {
		case xml.Directive:
			return bundle.Bad("format.xml_doctype")
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
		if depth > deepest {
			return bundle.Bad("format.xml_deep", deepest)
		}
	}
}

func decoder(data []byte) *xml.Decoder {
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))))
	d.CharsetReader = charset.NewReaderLabel
	return d
}

func broken(err error) error {
	line := 0
	if syntax := (&xml.SyntaxError{}); errors.As(err, &syntax) {
		line = syntax.Line
	}
	return bundle.Bad("format.xml_broken", line)
}
