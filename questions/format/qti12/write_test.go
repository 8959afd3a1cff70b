package qti12_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/format/element"
	"thaw/questions/format/foreign"
	"thaw/questions/format/formattest"
	"thaw/questions/format/markup"
	"thaw/questions/format/qti12"
	"thaw/questions/format/safe"
)

type failer interface{ Fatalf(string, ...any) }

// written is a bundle as a package.
func written(t failer, b bundle.Bundle) ([]byte, []bundle.Problem) {
	var out bytes.Buffer
	lost, err := qti12.Write(context.Background(), &out, b, bundle.Options{})
	if err != nil {
		t.Fatalf("write: %v", err)
	}
	return out.Bytes(), lost
}

func read(t failer, file []byte) bundle.Bundle {
	b, err := qti12.Read(context.Background(), bundle.Of("x.zip", file))
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	return b
}

// unpacked are the files of a package. Each that is XML is well-formed.
func unpacked(t failer, file []byte) map[string]string {
	r, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatalf("zip: %v", err)
	}
	files := map[string]string{}
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatalf("zip: %v", err)
		}
		var b strings.Builder
		if _, err := io.Copy(&b, in); err != nil {
			t.Fatalf("zip: %v", err)
		}
		files[f.Name] = b.String()
		if strings.HasSuffix(f.Name, ".xml") {
			if err := safe.Elements(strings.NewReader(b.String()), nil, nil); err != nil {
				t.Fatalf("%s is not well-formed: %v\n%s", f.Name, err, b.String())
			}
		}
	}
	return files
}

// items are the questions of a package as they stand in its XML.
func items(t failer, file []byte) ([]*element.Node, string) {
	for name, text := range unpacked(t, file) {
		if strings.HasSuffix(name, ".xml") && strings.Contains(text, "<questestinterop") {
			var list []*element.Node
			err := safe.Elements(strings.NewReader(text), []string{"item"}, func(n *element.Node, _ []*element.Node) error {
				list = append(list, n)
				return nil
			})
			if err != nil {
				t.Fatalf("%v", err)
			}
			return list, text
		}
	}
	t.Fatalf("the package has no quiz")
	return nil, ""
}

// seen is what a learner meets of a version, less what was said to be lost of it.
func seen(v questions.Version, lost []bundle.Problem) string {
	has := func(code string) bool {
		return slices.ContainsFunc(lost, func(p bundle.Problem) bool { return p.Reason.Code == code })
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s/%s %s fixed=%v\n%s\n%s\n", v.Kind, v.Lang, v.Back, v.Level, v.Fixed, markup.ToHTML(v.Prompt), markup.ToHTML(v.Explain))
	for _, a := range v.Answers {
		if has("qti.foreseen") && a.Match != "" && a.Credit < 1 {
			continue
		}
		if v.Kind == questions.Match || v.Kind == questions.Several || has("qti.credit") {
			a.Credit = math.Floor(a.Credit)
		}
		switch {
		case a.Match == questions.MatchNumber:
			a.Text = foreign.Digits(a.Text)
		case v.Kind == questions.Match && has("qti.plain"):
			a.Text = markup.ToText(a.Text)
		case a.Match == "":
			a.Text = markup.ToHTML(a.Text)
		}
		if has("qti.pair_feedback") {
			a.Feedback = ""
		}
		fmt.Fprintf(&b, "%d %q %s %v ±%v: %s\n", a.Part, a.Text, a.Match, math.Round(a.Credit*1e4), a.Slack, markup.ToHTML(a.Feedback))
	}
	return b.String()
}

// of is what was lost of one item.
func of(lost []bundle.Problem, line int) []bundle.Problem {
	return slices.DeleteFunc(slices.Clone(lost), func(p bundle.Problem) bool { return p.Line != line })
}

// gone tells whether an item was not written at all.
func gone(lost []bundle.Problem) bool {
	return slices.ContainsFunc(lost, func(p bundle.Problem) bool {
		return p.Reason.Code == "qti.flash" || p.Reason.Code == "qti.kind" || p.Reason.Code == "qti.unfinished"
	})
}

// What is written is read as the same questions, of every kind, whatever their texts;
// and whoever judges it by its conditions gives all the points to the right answer, and
// fewer to a wrong one.
func TestWrittenIsReadAndScores(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(formattest.Items(), 3, 3).Draw(t, "items")
		for i := range list {
			list[i].State = rapid.SampledFrom([]string{"", "draft", "retired"}).Draw(t, "state")
			list[i].Version.Lang = rapid.SampledFrom([]string{"", "ru"}).Draw(t, "lang")
			list[i].Version.Back = rapid.SampledFrom([]string{"", "de"}).Draw(t, "back")
			list[i].Version.Level = rapid.SampledFrom([]string{"", "apply"}).Draw(t, "level")
		}
		file, lost := written(t, bundle.Bundle{Title: "Quiz & <more>", Items: list})
		nodes, text := items(t, file)
		var kept []bundle.Item
		var why [][]bundle.Problem
		for i, it := range list {
			if l := of(lost, i+1); !gone(l) {
				kept, why = append(kept, it), append(why, l)
			}
		}
		if len(nodes) != len(kept) {
			t.Fatalf("got %d items in the file, want %d", len(nodes), len(kept))
		}
		if len(kept) == 0 {
			return
		}
		back := read(t, file)
		if len(back.Items) != len(kept) || back.Title != "Quiz & <more>" {
			t.Fatalf("got %d items of %q, %v; want %d\n%s", len(back.Items), back.Title, back.Problems, len(kept), text)
		}
		for i, it := range kept {
			same(t, back.Items[i], it, why[i], text)
			judged(t, nodes[i], it.Version, text)
		}
	})
}

func same(t *rapid.T, got, it bundle.Item, lost []bundle.Problem, text string) {
	if want := seen(it.Version, lost); seen(got.Version, lost) != want {
		t.Fatalf("got\n%s\nwant\n%s\n%s", seen(got.Version, lost), want, text)
	}
	rest := func(it bundle.Item) string {
		return fmt.Sprintf("topic %q, tags %q, state %q", it.Topic, it.Tags, it.State)
	}
	if rest(got) != rest(it) {
		t.Fatalf("got %s; want %s", rest(got), rest(it))
	}
}
