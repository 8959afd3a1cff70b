package qti12_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/format/formattest"
	"thaw/questions/format/qti12"
)

func mixed(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/mixed.xml")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// The forms that questions have in QTI 1.2, most of them without Canvas's word for them,
// in a sample of our own.
func TestReadMixed(t *testing.T) {
	in := bundle.Of("mixed.xml", mixed(t))
	if got := qti12.Sniff(in); got != 100 {
		t.Errorf("Sniff: got %d, want 100", got)
	}
	b, err := qti12.Read(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	formattest.Golden(t, "mixed.golden", formattest.Dump(b))
}

// What Canvas itself has exported is read, all but the essay. Its question with computed
// numbers asks with the first of them.
func TestReadCanvas(t *testing.T) {
	data, err := os.ReadFile(formattest.Shared(t, "formats/qti12-canvas-simple.xml"))
	if err != nil {
		t.Fatal(err)
	}
	in := bundle.Of("qti12-canvas-simple.xml", data)
	b, err := qti12.Read(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for _, it := range b.Items {
		if it.State != "" {
			t.Errorf("%s is a %s, want all of them finished", it.Name, it.State)
		}
		kinds = append(kinds, it.Version.Kind)
	}
	want := []string{questions.Choice, questions.Truth, questions.Text, questions.Cloze, questions.Several, questions.Cloze, questions.Match, questions.Number, questions.Number}
	if fmt.Sprint(kinds) != fmt.Sprint(want) || b.Total() != 10 {
		t.Errorf("got %v of %d, want %v of 10", kinds, b.Total(), want)
	}
	if len(b.Problems) != 1 || b.Problems[0].Kind != "essay" || !strings.HasPrefix(b.Problems[0].Text, "Question 10, Essay") {
		t.Errorf("got %+v reported, want the essay with its text", b.Problems)
	}
	if got := qti12.Sniff(in); got != 100 {
		t.Errorf("Sniff: got %d, want 100", got)
	}
}

// packed makes an archive of names and contents.
func packed(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		e, err := w.Create(files[i])
		if err == nil {
			_, err = e.Write([]byte(files[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// listed is a manifest as Canvas writes it, as far as it tells what it is.
const listed = `<manifest><resources><resource type="imsqti_xmlv1p2"/></resources></manifest>`

func quiz(title, prompt string) string {
	return `<questestinterop><assessment ident="x" title="` + title + `"><section ident="root_section"><item ident="i-` + title + `"><presentation><material><mattext texttype="text/html">` + prompt +
		`</mattext></material><response_str ident="r"><render_fib/></response_str></presentation><resprocessing><respcondition><conditionvar><varequal respident="r">a</varequal></conditionvar><setvar>100</setvar></respcondition></resprocessing></item></section></assessment></questestinterop>`
}

// A package is read with the pictures that its questions show, wherever they lie; of a
// quiz that is there twice the one that says more counts; several quizzes are topics.
func TestReadPackage(t *testing.T) {
	picture := `&lt;img src="$IMS-CC-FILEBASE$/Uploaded%20Media/a%20map.png?canvas_=1" alt="A map"&gt; &lt;img src="https://example.org/b.png"&gt; &lt;img src="gone.png"&gt;`
	data := packed(t, "imsmanifest.xml", listed, "g1/assessment_qti.xml", quiz("One", "poor"), "non_cc_assessments/g1.xml.qti", quiz("One", "One? "+picture),
		"g2/g2.xml", quiz("Two", "Two?"), "g2/assessment_meta.xml", "<quiz/>", "web_resources/Uploaded Media/a map.png", "png", "unused.png", "x")
	in := bundle.Of("x.zip", data)
	if got := qti12.Sniff(in); got != 90 {
		t.Errorf("Sniff: got %d, want 90", got)
	}
	want := `text line 1, id i-One, topic One
    One? ![A map](a-map.png) ![](https://example.org/b.png) ![](gone.png)
  1 100% a (term)
text line 2, id i-Two, topic Two
    Two?
  1 100% a (term)
media a-map.png, 3 bytes
note line 1, "One? A map": foreign.picture_missing | gone.png
`
	if got := formattest.Dump(read(t, data)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Pictures and sounds go along in a package, each once, and come back.
func TestWriteMedia(t *testing.T) {
	v := questions.Version{Kind: questions.Choice, Prompt: "![A map](a%20map's.png) and ![](tone.mp3)", Answers: []questions.Answer{
		{Part: 1, Text: "![](a%20map's.png)", Credit: 1}, {Part: 1, Text: "![](elsewhere.png)"}}}
	in := bundle.Bundle{Items: []bundle.Item{{Version: v}}, Media: []bundle.Media{{Name: "a map's.png", Data: []byte("png")}, {Name: "tone.mp3", Data: []byte("mp3")}, {Name: "unused.png", Data: []byte("x")}}}
	file, _ := written(t, in)
	files := unpacked(t, file)
	if files["web_resources/a map's.png"] != "png" || files["web_resources/tone.mp3"] != "mp3" || files["web_resources/unused.png"] != "" {
		t.Errorf("got %v, want the two files that are shown", files)
	}
	if m := files["imsmanifest.xml"]; strings.Count(m, `type="webcontent"`) != 2 || !strings.Contains(m, `<file href="web_resources/a map's.png"/>`) {
		t.Errorf("the manifest does not list the files:\n%s", m)
	}
	b := read(t, file)
	if got, want := b.Items[0].Version.Prompt, "![A map](a-map-s.png) and ![](tone.mp3)"; got != want || len(b.Media) != 2 {
		t.Errorf("got %q and %d files, want %q and 2", got, len(b.Media), want)
	}
}

// A package has the shape that Canvas gives it.
func TestWriteShape(t *testing.T) {
	v := questions.Version{Kind: questions.Truth, Prompt: "It was secret.", Answers: []questions.Answer{{Part: 1, Text: "true", Credit: 1}, {Part: 1, Text: "false"}}}
	file, lost := written(t, bundle.Bundle{Title: "Quiz", Items: []bundle.Item{{ID: "q1", Name: "Secret", Version: v}}})
	if len(lost) > 0 {
		t.Errorf("got %v lost, want nothing", lost)
	}
	if got := qti12.Sniff(bundle.Of("x.zip", file)); got != 90 {
		t.Errorf("Sniff: got %d, want 90", got)
	}
	var all strings.Builder
	r, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	files := unpacked(t, file)
	for _, f := range r.File {
		fmt.Fprintf(&all, "=== %s\n%s", f.Name, files[f.Name])
	}
	formattest.Golden(t, "shape.golden", all.String())
}

func TestSniffLeavesOthersAlone(t *testing.T) {
	for _, file := range []string{"", "<quiz><question/></quiz>", "PK\x03\x04broken", string(packed(t, "a.txt", "x")), string(packed(t, "imsmanifest.xml", `<manifest><resource type="imsqti_item_xmlv2p1"/></manifest>`))} {
		if got := qti12.Sniff(bundle.Of("x", []byte(file))); got != 0 {
			t.Errorf("%.20q: got %d, want 0", file, got)
		}
	}
}

func why(err error) string {
	var u bundle.Unreadable
	errors.As(err, &u)
	return u.Reason.Code
}

func TestReadRefusesFiles(t *testing.T) {
	bomb := strings.Repeat("<!-- 0000000000000000000000000000000000000000 -->", 1<<20)
	for _, c := range []struct {
		name string
		file []byte
		want string
	}{
		{"nothing", nil, "format.xml_broken"},
		{"no XML", []byte("hello"), "format.xml_broken"},
		{"no questions", []byte("<questestinterop/>"), "qti.none"},
		{"entities", []byte(`<!DOCTYPE q [<!ENTITY a "b">]><questestinterop/>`), "format.xml_doctype"},
		{"deep", []byte("<questestinterop><item>" + strings.Repeat("<and>", 70)), "format.xml_deep"},
		{"a question of many parts", []byte("<questestinterop><item>" + strings.Repeat("<a/>", 60_000) + "</item></questestinterop>"), "format.xml_wide"},
		{"many questions", []byte("<questestinterop>" + strings.Repeat("<item/>", 50_001) + "</questestinterop>"), "foreign.many"},
		{"large", []byte(strings.Repeat(" ", qti12.Most+1)), "format.large"},
		{"no archive", []byte("PK\x03\x04 nothing"), "format.zip_broken"},
		{"climbs out", packed(t, "imsmanifest.xml", listed, "../a.xml", quiz("a", "b")), "format.zip_escapes"},
		{"empty archive", packed(t, "imsmanifest.xml", listed), "qti.none"},
		{"bomb", packed(t, "imsmanifest.xml", listed, "a.xml", "<questestinterop>"+bomb+"</questestinterop>"), "format.zip_large"},
		{"broken inside", packed(t, "imsmanifest.xml", listed, "a.xml", quiz("a", "b"), "b.xml", "<questestinterop><item>"), "format.xml_broken"},
		{"entities inside", packed(t, "imsmanifest.xml", listed, "a.xml", `<!DOCTYPE q><questestinterop/>`), "format.xml_doctype"},
	} {
		b, err := qti12.Read(context.Background(), bundle.Of("x", c.file))
		if why(err) != c.want || b.Total() != 0 {
			t.Errorf("%s: got %v and %d items, want %s and none", c.name, err, b.Total(), c.want)
		}
	}
}

// What is far too much for a question is reported, not worked on.
func TestReadRefusesQuestions(t *testing.T) {
	for _, c := range []struct{ name, inside, want string }{
		{"options", `<presentation><response_lid ident="r">` + strings.Repeat("<response_label/>", 2001) + "</response_lid></presentation>", "qti.wide"},
		{"conditions", `<presentation><response_lid ident="r"/></presentation>` + strings.Repeat("<varequal/>", 2001), "qti.wide"},
		{"text", `<presentation><material><mattext texttype="text/html">` + strings.Repeat("&lt;b>", 100_000) + `</mattext></material><response_lid ident="r"/></presentation>`, "qti.long"},
	} {
		b, err := qti12.Read(context.Background(), bundle.Of("x.xml", []byte("<questestinterop><item>"+c.inside+"</item></questestinterop>")))
		if err != nil || len(b.Problems) != 1 || len(b.Items) != 0 || b.Problems[0].Reason.Code != c.want {
			t.Errorf("%s: got %v, %d items, %.300v; want one problem, %s", c.name, err, len(b.Items), b.Problems, c.want)
		}
	}
}

func TestReadStopsWhenAsked(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := qti12.Read(ctx, bundle.Of("x.xml", []byte(quiz("a", "b")))); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want that it was stopped", err)
	}
}

// Whatever a file holds, what is read of it counts and can be written.
func FuzzRead(f *testing.F) {
	parts := strings.SplitAfter(string(mixed(f)), "</item>")
	for _, part := range parts[:len(parts)-1] {
		f.Add([]byte("<questestinterop>" + part[strings.Index(part, "<item"):] + "</questestinterop>"))
	}
	f.Add(packed(f, "imsmanifest.xml", listed, "a.xml", quiz("a", "b")))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := qti12.Read(context.Background(), bundle.Of("x", data))
		if err != nil {
			if why(err) == "" {
				t.Fatalf("got %v, want an Unreadable", err)
			}
			return
		}
		if b.Total() == 0 {
			t.Fatal("got nothing, want an Unreadable")
		}
		file, lost := written(t, b)
		kept := len(b.Items)
		for i := range b.Items {
			if gone(of(lost, i+1)) {
				kept--
			}
		}
		if kept > 0 {
			if again := read(t, file); again.Total() != kept {
				t.Fatalf("%d items were written, %d read again", kept, again.Total())
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	_, body, _ := strings.Cut(string(mixed(b)), `<section ident="s1" title="People">`)
	body, _, _ = strings.Cut(body, "</section>")
	file := bundle.Of("x.xml", []byte("<questestinterop>"+strings.Repeat(body, 10_000/4)+"</questestinterop>"))
	for b.Loop() {
		got, err := qti12.Read(context.Background(), file)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(got.Total()), "questions")
	}
}
