package element_test

import (
	"encoding/xml"
	"strings"
	"testing"

	"thaw/questions/format/element"
)

// What is printed is well-formed and says the same, whatever the text.
func TestPrint(t *testing.T) {
	for _, text := range []string{"plain", "a < b & c > d", `<p title="x">a]]>b]]]]>c</p>`, "<![CDATA[<b>]]>", "line\nline\ttab", "шаг 👩‍🏫", "", "&amp;"} {
		for _, cdata := range []bool{true, false} {
			var b strings.Builder
			n := element.New("q", element.Attr{Name: "xml:lang", Value: text}, element.New("text", text), (*element.Node)(nil), element.New("empty"))
			if err := element.Print(&b, n, 1, cdata); err != nil {
				t.Fatal(err)
			}
			var got struct {
				Lang string `xml:"lang,attr"`
				Text string `xml:"text"`
			}
			if err := xml.Unmarshal([]byte(b.String()), &got); err != nil || got.Text != text || got.Lang != text {
				t.Errorf("%q: got %q, attribute %q, %v\n%s", text, got.Text, got.Lang, err, b.String())
			}
		}
	}
}

func TestPrintLeavesOutWhatIsNoXML(t *testing.T) {
	var b strings.Builder
	if err := element.Print(&b, element.New("a", "x\x00\x0b\ufffe\xffy"), 0, true); err != nil {
		t.Fatal(err)
	}
	if got, want := b.String(), "<a>x\uFFFDy</a>\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestReadingATree(t *testing.T) {
	n := element.New("a", element.New("b", "one"), element.New("c", element.New("b", "two")), " own ")
	if got := n.At("c", "b").Says() + n.At("b").Says() + n.At("x", "y").Says() + n.Own(); got != "twooneown" {
		t.Errorf("got %q, want twooneown", got)
	}
	if got := len(n.Find("b")); got != 2 {
		t.Errorf("Find: got %d, want 2", got)
	}
	if got, want := n.HTML(), "<b>one</b><c><b>two</b></c> own"; got != want {
		t.Errorf("HTML: got %q, want %q", got, want)
	}
}
