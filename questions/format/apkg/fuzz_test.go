package apkg

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/format/safe"
)

// small is a package of two questions.
func small(t testing.TB) []byte {
	b := bundle.Bundle{Title: "T", Media: []bundle.Media{{Name: "a.png", Data: []byte("x")}}, Items: []bundle.Item{
		{ID: "a", Topic: []string{"B"}, Version: questions.Version{Kind: questions.Flash, Prompt: "a ![](a.png)", Answers: []questions.Answer{{Part: 1, Text: "b", Credit: 1}}},
			Learned: &bundle.Learned{Due: time.Unix(1_700_000_000, 0), Interval: 3, Reviews: []bundle.Review{{At: time.Unix(1_690_000_000, 0), Rating: 3}}}},
		{ID: "b", Version: questions.Version{Kind: questions.Cloze, Prompt: "c {{1}}", Answers: []questions.Answer{{Part: 1, Text: "d", Match: questions.MatchTerm, Credit: 1}}}}}}
	var out bytes.Buffer
	if _, err := write(context.Background(), &out, b, bundle.Options{Learned: true}, time.Unix(1_700_000_000, 0)); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Whatever a package is, reading it never breaks, and what was read can be written.
func FuzzRead(f *testing.F) {
	data := small(f)
	f.Add(data)
	f.Add(data[:len(data)/2])
	f.Fuzz(func(t *testing.T, data []byte) { reads(t, bundle.Of("x.apkg", data)) })
}

// The same of its database, which is behind the check sums of an archive.
func FuzzCollection(f *testing.F) {
	seed := bundle.Of("x", small(f))
	z, err := safe.Open(seed, limits)
	if err != nil {
		f.Fatal(err)
	}
	database, err := z.Read("collection.anki2")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(database)
	f.Fuzz(func(t *testing.T, database []byte) {
		var out bytes.Buffer
		z := zip.NewWriter(&out)
		if err := errors.Join(zipBytes(z, "collection.anki2", database), z.Close()); err != nil {
			t.Fatal(err)
		}
		reads(t, bundle.Of("x.apkg", out.Bytes()))
	})
}

func reads(t *testing.T, in bundle.Input) {
	t.Helper()
	Sniff(in)
	b, err := Read(context.Background(), in)
	if err != nil {
		return
	}
	for i, it := range b.Items {
		if it.Line < 1 || it.Line > b.Total() || it.Version.Kind == "" {
			t.Errorf("item %d of %d: %+v", i, b.Total(), it)
		}
	}
	var out bytes.Buffer
	problems, err := Write(context.Background(), &out, b, bundle.Options{Learned: true})
	if err != nil {
		t.Fatal(err)
	}
	again, err := Read(context.Background(), bundle.Of("x.apkg", out.Bytes()))
	if err != nil || again.Total() != len(b.Items)-len(problems) {
		t.Errorf("written again, %d cards become %d, %v", len(b.Items)-len(problems), again.Total(), err)
	}
}

// A template is filled with what there is, and never longer than a card may be.
func FuzzTemplate(f *testing.F) {
	for _, s := range []string{"{{F}}", "{{#F}}{{text:F}}{{/F}}{{^F}}x{{/F}}", "{{=<% %>=}}<%F%>", "<!-- {{F}} -->{{{F}}}", "{{furigana:F}}{{kana:F}}{{hint:F}}{{type:F}}", "{{#F}}", "{{/F}}", "{{!x}}{{cloze:F}}"} {
		f.Add(s, " 漢字[かんじ] <b>x</b> {{c1::y::z}}")
	}
	f.Fuzz(func(t *testing.T, source, field string) {
		tmpl, err := parseTemplate(source)
		if err != nil {
			return
		}
		face := face{fields: map[string]string{"F": field}, cloze: shownText}
		if html, err := face.fill(tmpl); err == nil && len(html) > 2*maxNote+4*len(field) {
			t.Errorf("%d bytes of %d and %d", len(html), len(source), len(field))
		}
	})
}

// A text with deletions keeps its words, whatever its braces.
func FuzzCloze(f *testing.F) {
	for _, s := range []string{"{{c1::a}}", "{{c1::a {{c2::b::h}} c::hint}} d", "{{c1::a", "a}}", "{{c1,2::a}}", strings.Repeat("{{c1::", 20), "{{c999::x}}{{c0::y}}"} {
		f.Add(s, 1)
	}
	f.Fuzz(func(t *testing.T, text string, number int) {
		pieces := parseCloze(text)
		all := shown(pieces, 0, nil)
		if len(all) > len(text) || utf8.ValidString(text) && !utf8.ValidString(all) {
			t.Errorf("%q becomes %q", text, all)
		}
		hidden := shown(pieces, number, func(p piece) string { return p.deleted() })
		if hidden != all {
			t.Errorf("%q: got %q, want %q", text, hidden, all)
		}
		if !strings.Contains(text, "{{c") && all != text {
			t.Errorf("%q becomes %q", text, all)
		}
	})
}
