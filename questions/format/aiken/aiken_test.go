package aiken_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"thaw/questions"
	"thaw/questions/format/aiken"
	"thaw/questions/format/bundle"
	"thaw/questions/format/formattest"
	"thaw/questions/format/markup"
	"thaw/views/text"
)

type fataler interface{ Fatalf(string, ...any) }

func read(t fataler, file string) bundle.Bundle {
	b, err := aiken.Read(context.Background(), bundle.Of("x.txt", []byte(file)))
	if err != nil {
		t.Fatalf("read: %v\n%s", err, file)
	}
	return b
}

func write(t fataler, b bundle.Bundle) (string, []bundle.Problem) {
	var out bytes.Buffer
	lost, err := aiken.Write(context.Background(), &out, b, bundle.Options{})
	if err != nil {
		t.Fatalf("write: %v", err)
	}
	return out.String(), lost
}

func TestSamples(t *testing.T) {
	for _, c := range []struct {
		name            string
		items, problems int
	}{{"aiken.txt", 2, 0}, {"aiken-errors.txt", 3, 4}} {
		t.Run(c.name, func(t *testing.T) {
			data, err := os.ReadFile(formattest.Shared(t, filepath.Join("formats", c.name)))
			if err != nil {
				t.Fatal(err)
			}
			b := read(t, string(data))
			if len(b.Items) != c.items || len(b.Problems) != c.problems || aiken.Sniff(bundle.Of("", data)) < 90 {
				t.Errorf("got %d items, problems %+v", len(b.Items), b.Problems)
			}
		})
	}
}

// sketch is a question in short: a right option has a star.
func sketch(it bundle.Item) string {
	out := it.Version.Kind + " " + it.Version.Prompt
	for _, a := range it.Version.Answers {
		out += " | " + a.Text + strings.Repeat("*", int(a.Credit))
	}
	return out
}

func TestRead(t *testing.T) {
	for in, want := range map[string]string{
		"Who?\nA) a\nB) b\nANSWER: B":                       "choice Who? | a | b*",
		"Who\nwas it?\nA. a\nB.b\nANSWER:A":                 "choice Who\n\nwas it? | a* | b",
		"Who?\n\nA) a\n\nB) b\n\nC) c\n\nANSWER: C":         "choice Who? | a | b | c*",
		"Who?\na) a\nb) b\nanswer: b":                       "choice Who? | a | b*",
		"Who?\nA) a\nB) b\nC) c\nANSWER: A, C":              "several Who? | a* | b | c*",
		"Who?\nA) a\nand more\nB) b\nor c\nANSWER: B":       "choice Who? | a and more | b or c*",
		"It thawed.\nA) True\nB) False\nANSWER: A":          "truth It thawed. | true* | false",
		"U.S. <b>?\r\nA) *\r\nB) e.g. x\rANSWER: B) e.g. x": `choice U.S. \<b>? | \* | e.g. x*`,
		"Answer the question: who?\nA) a\nB) b\nANSWER: A":  "choice Answer the question: who? | a* | b",
	} {
		b := read(t, in)
		if len(b.Items) != 1 || len(b.Problems) > 0 || sketch(b.Items[0]) != want {
			t.Errorf("%q:\n got %+v\nwant %s", in, b, want)
		}
	}
}

func TestProblems(t *testing.T) {
	for in, code := range map[string]string{
		"Who?\nA) a\nANSWER: A":               "aiken.few",
		"A) a":                                "aiken.no_question",
		"ANSWER: A":                           "aiken.no_question",
		"Who?\nA) a\nB) b":                    "aiken.no_answer",
		"Who?\nA) a\nB) b\nANSWER: C":         "aiken.letter",
		"Who?\nA) a\nB) b\nANSWER: a b c d e": "aiken.letter",
		"Who?\nA) a\nB) b\nANSWER: all":       "aiken.letter",
		"Who?\nA) a\nB)\nANSWER: A":           "aiken.empty",
	} {
		b := read(t, "First\nA) a\nB) b\nANSWER: A\n\n"+in+"\n\nLast\nA) a\nB) b\nANSWER: A")
		if len(b.Items) != 2 || len(b.Problems) != 1 || b.Problems[0].Reason.Code != code || b.Problems[0].Line != 6 || b.Problems[0].Text != in {
			t.Errorf("%q: got %d items, %+v, want %s", in, len(b.Items), b.Problems, code)
		}
		if !text.Has(code) {
			t.Errorf("no text says %s", code)
		}
	}
	// A question without a key is reported even where no empty line stands behind it.
	b := read(t, "Who?\nA) a\nB) b\nWhere?\nA) c\nB) d\nANSWER: B")
	if len(b.Items) != 1 || len(b.Problems) != 1 || b.Items[0].Line != 4 || sketch(b.Items[0]) != "choice Where? | c | d*" || b.Problems[0].Text != "Who?\nA) a\nB) b" {
		t.Errorf("got %+v", b)
	}
}

// What is written is read as the same question, without its markup; what is lost is
// said.
func TestWrittenIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sent := bundle.Bundle{Items: rapid.SliceOfN(formattest.Items(), 1, 5).Draw(t, "items")}
		file, lost := write(t, sent)
		has := func(line int, code string) bool {
			return slices.ContainsFunc(lost, func(p bundle.Problem) bool { return p.Line == line && p.Reason.Code == "aiken."+code })
		}
		var want []string
		for i, it := range sent.Items {
			if has(i+1, "kind") || has(i+1, "unclear") {
				continue
			}
			bare := it
			bare.Version.Answers = slices.Clone(it.Version.Answers)
			if has(i+1, "plain") {
				bare.Version.Prompt = plain(bare.Version.Prompt)
			}
			for j := range bare.Version.Answers {
				if has(i+1, "plain") {
					bare.Version.Answers[j].Text = plain(bare.Version.Answers[j].Text)
				}
			}
			want = append(want, sketch(bare))
		}
		if len(want) == 0 {
			return
		}
		var got []string
		b := read(t, file)
		for _, it := range b.Items {
			got = append(got, sketch(it))
		}
		if !slices.Equal(got, want) || len(b.Problems) > 0 {
			t.Fatalf("got\n%q %+v\nwant\n%q\n%s", got, b.Problems, want, file)
		}
	})
}

// plain is a text in a line without its markup.
func plain(s string) string {
	return markup.FromText(strings.Join(strings.Fields(markup.ToText(s)), " "))
}

func TestKindsThatAreLeftOutAreSaid(t *testing.T) {
	for _, name := range formattest.Kinds() {
		_, lost := write(t, bundle.Bundle{Items: []bundle.Item{{Version: formattest.Versions(name).Example(1)}}})
		out := slices.ContainsFunc(lost, func(p bundle.Problem) bool { return p.Reason.Code == "aiken.kind" })
		if out == (name == questions.Choice || name == questions.Truth) {
			t.Errorf("%s: %+v", name, lost)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("Who?\nA) a\nB) b\nANSWER: B\n\nWhere?\na. x\ny\nb. z\nanswer: a, b\nA) q\n\nANSWER: 7\n\nx")
	f.Fuzz(func(t *testing.T, in string) {
		b, err := aiken.Read(context.Background(), bundle.Of("", []byte(in)))
		if err != nil {
			return
		}
		file, lost := write(t, b)
		gone := 0
		for _, p := range lost {
			if slices.Contains([]string{"aiken.kind", "aiken.unfinished", "aiken.unclear"}, p.Reason.Code) {
				gone++
			}
		}
		again, err := aiken.Read(context.Background(), bundle.Of("", []byte(file)))
		if err != nil {
			again = bundle.Bundle{}
		}
		if len(again.Items)+gone != len(b.Items) || len(again.Problems) > 0 {
			t.Fatalf("%d items, %d again, %d left out, %+v of\n%s", len(b.Items), len(again.Items), gone, again.Problems, file)
		}
	})
}

// BenchmarkRead reads 10,000 questions.
func BenchmarkRead(b *testing.B) {
	in := bundle.Of("", []byte(strings.Repeat("Who gave the speech?\nA) Malenkov\nB) Khrushchev\nC) Beria\nANSWER: B\n\n", 10_000)))
	b.ReportAllocs()
	for b.Loop() {
		if got, err := aiken.Read(context.Background(), in); err != nil || len(got.Items) != 10_000 {
			b.Fatal(len(got.Items), err)
		}
	}
}
