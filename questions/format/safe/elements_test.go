package safe_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"

	"thaw/questions/format/bundle"
	"thaw/questions/format/element"
	"thaw/questions/format/safe"
)

// seen lists what is handed on, with what it stands in.
func seen(doc io.Reader) (string, error) {
	var list []string
	err := safe.Elements(doc, []string{"q"}, func(n *element.Node, above []*element.Node) error {
		list = append(list, fmt.Sprintf("%d:%s/%s=%s", n.Line, above[len(above)-1].Attr("id"), n.Attr("xml:lang"), n.HTML()))
		return nil
	})
	return strings.Join(list, "|"), err
}

func TestElements(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"one by one", "<x id='1'>\n<q>a</q>\n<y><q/></y></x>", "2:1/=a|3:/="},
		{"outermost", "<x><q>a<q>b</q></q></x>", "1:/=a<q>b</q>"},
		{"language and prefix", "<x><a:q xmlns:a='urn:a' xml:lang='ru'>я</a:q></x>", "1:/ru=я"},
		{"markup that was not escaped", `<x><q>a <b c="&quot;">b</b> <i>c</i><br/></q></x>`, `1:/=a <b c="&#34;">b</b> <i>c</i><br>`},
		{"CDATA", "<x><q><![CDATA[<p>a]]]]><![CDATA[>&amp;</p>]]></q></x>", "1:/=<p>a]]>&amp;</p>"},
		{"entity of HTML", "<x><q>a&nbsp;&eacute;</q></x>", "1:/=a\u00a0é"},
		{"Latin-1", "<?xml version='1.0' encoding='ISO-8859-1'?><x><q>caf\xe9</q></x>", "1:/=café"},
	} {
		doc, guessed := safe.Document(bundle.Of("x.xml", []byte(c.in)))
		if got, err := seen(doc); got != c.want || err != nil || guessed {
			t.Errorf("%s: got %q, %v, guessed %v; want %q", c.name, got, err, guessed, c.want)
		}
	}
}

func TestElementsOfOtherEncodings(t *testing.T) {
	text := "<?xml version='1.0' encoding='UTF-16'?><x><q>я</q></x>"
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	doc, guessed := safe.Document(bundle.Of("x.xml", []byte(wide)))
	if got, err := seen(doc); got != "1:/=я" || err != nil || guessed {
		t.Errorf("UTF-16: got %q, %v, guessed %v", got, err, guessed)
	}
	long := strings.Repeat("é", 100_000)
	doc, guessed = safe.Document(bundle.Of("x.xml", []byte("\xEF\xBB\xBF<x><q>"+long+"</q></x>")))
	if got, err := seen(doc); got != "1:/="+long || err != nil || guessed {
		t.Errorf("UTF-8 with its mark: got %d bytes, %v, guessed %v", len(got), err, guessed)
	}
	doc, guessed = safe.Document(bundle.Of("x.xml", []byte("<x><q>caf\xe9</q></x>")))
	if got, err := seen(doc); got != "1:/=café" || err != nil || !guessed {
		t.Errorf("no UTF-8: got %q, %v, guessed %v; want a guess", got, err, guessed)
	}
}

// endless repeats a text for ever.
type endless string

func (e endless) Read(p []byte) (int, error) { return copy(p, string(e)), nil }

func TestElementsRefuses(t *testing.T) {
	for _, c := range []struct {
		name string
		doc  io.Reader
		want string
	}{
		{"entities", strings.NewReader(`<!DOCTYPE x [<!ENTITY a "b">]><x><q>&a;</q></x>`), "format.xml_doctype"},
		{"deep", strings.NewReader(strings.Repeat("<a>", 65)), "format.xml_deep"},
		{"deep within", strings.NewReader("<q>" + strings.Repeat("<a>", 65)), "format.xml_deep"},
		{"crossed", strings.NewReader("<x><q></x></q>"), "format.xml_broken"},
		{"open", strings.NewReader("<x><q>"), "format.xml_broken"},
		{"nothing", strings.NewReader(""), "format.xml_broken"},
		{"no XML", strings.NewReader("hello"), "format.xml_broken"},
		{"endless text", io.MultiReader(strings.NewReader("<x>"), endless("aaaaaaaa")), "format.xml_long"},
		{"endless comment", io.MultiReader(strings.NewReader("<x><!--"), endless("aaaaaaaa")), "format.xml_long"},
		{"endless question", io.MultiReader(strings.NewReader("<q>"), endless("<a/><a/>")), "format.xml_wide"},
	} {
		if _, err := seen(c.doc); why(err) != c.want {
			t.Errorf("%s: got %v, want %s", c.name, err, c.want)
		}
	}
}
