package moodle_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/format/formattest"
	"thaw/questions/format/moodle"
)

// Every type of question, and the liberties that files take, in a sample of our own.
func TestReadMixed(t *testing.T) {
	data, err := os.ReadFile("testdata/mixed.xml")
	if err != nil {
		t.Fatal(err)
	}
	in := bundle.Of("mixed.xml", data)
	if got := moodle.Sniff(in); got != 100 {
		t.Errorf("Sniff: got %d, want 100", got)
	}
	formattest.Golden(t, "mixed.golden", formattest.Dump(read(t, string(data))))
}

// What Moodle itself has exported is read, all of it.
func TestReadMoodleExamples(t *testing.T) {
	data, err := os.ReadFile(formattest.Shared(t, "formats/moodle-examples.xml"))
	if err != nil {
		t.Fatal(err)
	}
	in := bundle.Of("moodle-examples.xml", data)
	b, err := moodle.Read(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]int{}
	for _, it := range b.Items {
		if it.State != "" {
			t.Errorf("line %d is a %s, want all of them finished", it.Line, it.State)
		}
		kinds[it.Version.Kind]++
	}
	want := map[string]int{questions.Choice: 16, questions.Several: 2, questions.Truth: 5, questions.Text: 9, questions.Number: 8, questions.Match: 3}
	if len(b.Items) != 43 || b.Total() != 43 || fmt.Sprint(kinds) != fmt.Sprint(want) {
		t.Errorf("got %d of %d, %v; want 43 of 43, %v", len(b.Items), b.Total(), kinds, want)
	}
	if got := moodle.Sniff(in); got != 100 {
		t.Errorf("Sniff: got %d, want 100", got)
	}
}

func TestSniffLeavesOthersAlone(t *testing.T) {
	for _, file := range []string{"", "a,b\n", "::q:: a {=b}", `<questestinterop><item/></questestinterop>`, "PK\x03\x04", `<quiz identifier="g1"><title>Canvas</title></quiz>`} {
		if got := moodle.Sniff(bundle.Of("x", []byte(file))); got != 0 {
			t.Errorf("%q: got %d, want 0", file, got)
		}
	}
}

func question(kind, inside string) string {
	return `<question type="` + kind + `"><questiontext><text>q</text></questiontext>` + inside + `</question>`
}

func why(err error) string {
	var u bundle.Unreadable
	errors.As(err, &u)
	return u.Reason.Code
}

func TestReadRefusesFiles(t *testing.T) {
	for _, c := range []struct{ name, file, want string }{
		{"nothing", "", "format.xml_broken"},
		{"no XML", "hello", "format.xml_broken"},
		{"cut off", "<quiz>" + question("essay", ""), "format.xml_broken"},
		{"entities", `<!DOCTYPE q [<!ENTITY a "b">]><quiz/>`, "format.xml_doctype"},
		{"no questions", `<quiz><question type="category"><category><text>a</text></category></question></quiz>`, "moodle.none"},
		{"deep", "<quiz>" + strings.Repeat("<a>", 70), "format.xml_deep"},
		{"a question of many parts", "<quiz>" + question("essay", strings.Repeat("<a/>", 60_000)) + "</quiz>", "format.xml_wide"},
		{"many questions", "<quiz>" + strings.Repeat(`<question type="x"/>`, 50_001) + "</quiz>", "foreign.many"},
		{"much text", "<quiz>" + strings.Repeat(question("essay", "<generalfeedback><text>"+strings.Repeat("a", 50_000)+"</text></generalfeedback>"), 340) + "</quiz>", "foreign.text"},
		{"large", strings.Repeat(" ", moodle.Most+1), "format.large"},
	} {
		b, err := moodle.Read(context.Background(), bundle.Of("x.xml", []byte(c.file)))
		if why(err) != c.want || b.Total() != 0 {
			t.Errorf("%s: got %v and %d items, want %s and none", c.name, err, b.Total(), c.want)
		}
	}
}

// What is far too much for a question is reported, not worked on.
func TestReadRefusesQuestions(t *testing.T) {
	for _, c := range []struct{ name, question, want string }{
		{"answers", question("shortanswer", strings.Repeat(`<answer fraction="100"><text>a</text></answer>`, 501)), "moodle.wide"},
		{"gaps", `<question type="cloze"><questiontext><text>` + strings.Repeat("{1:SA:=a} ", 200) + `</text></questiontext></question>`, "moodle.wide"},
		{"entries of a gap", `<question type="cloze"><questiontext><text>{1:SA:` + strings.Repeat("=a~", 600) + `}</text></questiontext></question>`, "moodle.wide"},
		{"open gaps", `<question type="cloze"><questiontext><text>` + strings.Repeat("{1:SA:", 5_000) + `</text></questiontext></question>`, "moodle.no_gap"},
		{"places", `<question type="gapselect"><questiontext><text>` + strings.Repeat("[[1]]", 200) + `</text></questiontext><selectoption><text>a</text></selectoption></question>`, "moodle.wide"},
		{"text", question("truefalse", "<generalfeedback><text>"+strings.Repeat("&lt;b>", 100_000)+"</text></generalfeedback>"), "moodle.long"},
		{"answer", question("shortanswer", `<answer fraction="100"><text>`+strings.Repeat("25 February ", 1000)+"</text></answer>"), "moodle.long"},
		{"gap", `<question type="cloze"><questiontext><text>{1:SA:=` + strings.Repeat("1956 ", 20_000) + `}</text></questiontext></question>`, "moodle.long"},
	} {
		b := read(t, "<quiz>"+c.question+"</quiz>")
		if len(b.Problems) != 1 || len(b.Items) != 0 || b.Problems[0].Reason.Code != c.want {
			t.Errorf("%s: got %d items, %.300v; want one problem, %s", c.name, len(b.Items), b.Problems, c.want)
		}
	}
}

func TestReadStopsWhenAsked(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := moodle.Read(ctx, bundle.Of("x.xml", []byte("<quiz>"+question("essay", "")+"</quiz>"))); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want that it was stopped", err)
	}
}

// Whatever a file holds, what is read of it counts and can be written.
func FuzzRead(f *testing.F) {
	data, err := os.ReadFile("testdata/mixed.xml")
	if err != nil {
		f.Fatal(err)
	}
	parts := strings.SplitAfter(string(data), "</question>")
	for _, part := range parts[:len(parts)-1] {
		f.Add(part[strings.Index(part, "<question"):])
	}
	f.Fuzz(func(t *testing.T, inside string) {
		b, err := moodle.Read(context.Background(), bundle.Of("x.xml", []byte("<quiz>"+inside+"</quiz>")))
		if err != nil {
			if why(err) == "" {
				t.Fatalf("got %v, want an Unreadable", err)
			}
			return
		}
		if b.Total() == 0 {
			t.Fatal("got nothing, want an Unreadable")
		}
		file, _ := written(t, b)
		if len(b.Items) > 0 {
			if again := read(t, file); again.Total() != len(b.Items) {
				t.Fatalf("%d items were written, %d read again", len(b.Items), again.Total())
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	data, err := os.ReadFile("testdata/mixed.xml")
	if err != nil {
		b.Fatal(err)
	}
	_, body, _ := strings.Cut(string(data), "<quiz>")
	body = strings.TrimSuffix(strings.TrimSpace(body), "</quiz>")
	file := bundle.Of("x.xml", []byte("<quiz>"+strings.Repeat(body, 10_000/20)+"</quiz>"))
	for b.Loop() {
		got, err := moodle.Read(context.Background(), file)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(got.Total()), "questions")
	}
}
