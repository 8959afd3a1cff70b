package moodle_test

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/format/foreign"
	"thaw/questions/format/formattest"
	"thaw/questions/format/markup"
	"thaw/questions/format/moodle"
)

// written is a bundle as a file, which is well-formed.
func written(t interface{ Fatalf(string, ...any) }, b bundle.Bundle) (string, []bundle.Problem) {
	var out bytes.Buffer
	lost, err := moodle.Write(context.Background(), &out, b, bundle.Options{})
	if err != nil {
		t.Fatalf("write: %v", err)
	}
	d := xml.NewDecoder(bytes.NewReader(out.Bytes()))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return out.String(), lost
		} else if err != nil {
			t.Fatalf("not well-formed: %v\n%s", err, out.String())
		}
	}
}

func read(t interface{ Fatalf(string, ...any) }, file string) bundle.Bundle {
	b, err := moodle.Read(context.Background(), bundle.Of("x.xml", []byte(file)))
	if err != nil {
		t.Fatalf("read: %v\n%s", err, file)
	}
	return b
}

// seen is what a learner meets of a version, so that two can be compared: numbers by
// what they are, credit as far as it counts.
func seen(v questions.Version, lost []bundle.Problem) string {
	var b strings.Builder
	known := map[string]bool{}
	fmt.Fprintf(&b, "%s %s/%s %s fixed=%v\n%s\n%s\n", v.Kind, v.Lang, v.Back, v.Level, v.Fixed, markup.ToHTML(v.Prompt), markup.ToHTML(v.Explain))
	for _, a := range v.Answers {
		if v.Kind == questions.Several && a.Credit < 1 || v.Kind == questions.Match && a.Credit < 1 {
			a.Credit = 0
		}
		switch {
		case a.Match == questions.MatchNumber:
			a.Text = foreign.Digits(a.Text)
			if again := fmt.Sprint(a.Part, a.Text); known[again] {
				continue // nobody gets to the second one
			} else {
				known[again] = true
			}
		case v.Kind == questions.Match && lacks(lost, "moodle.plain"):
			a.Text = markup.ToText(a.Text)
		case a.Match == "":
			a.Text = markup.ToHTML(a.Text)
		}
		if v.Kind == questions.Match && lacks(lost, "moodle.feedback") {
			a.Feedback = ""
		}
		fmt.Fprintf(&b, "%d %q %s %v ±%v: %s\n", a.Part, a.Text, a.Match, math.Round(a.Credit*1e4), a.Slack, markup.ToHTML(a.Feedback))
	}
	return b.String()
}

func lacks(lost []bundle.Problem, code string) bool {
	return slices.ContainsFunc(lost, func(p bundle.Problem) bool { return p.Reason.Code == code })
}

// What is written is read as the same questions, of every kind, whatever their texts.
func TestWrittenIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items := rapid.SliceOfN(formattest.Items(), 3, 3).Draw(t, "items")
		for i := range items {
			items[i].ID = rapid.SampledFrom([]string{"", "guid-1", "a b"}).Draw(t, "id")
			items[i].Name = rapid.SampledFrom([]string{"", "Speech <1>", "\"Speech\""}).Draw(t, "name")
			items[i].State = rapid.SampledFrom([]string{"", "draft", "retired"}).Draw(t, "state")
			items[i].Version.Lang = rapid.SampledFrom([]string{"", "ru", "pt-BR"}).Draw(t, "lang")
			items[i].Version.Back = rapid.SampledFrom([]string{"", "de"}).Draw(t, "back")
			items[i].Version.Level = rapid.SampledFrom([]string{"", "apply"}).Draw(t, "level")
		}
		file, lost := written(t, bundle.Bundle{Lang: "en", Items: items})
		back := read(t, file)
		if len(back.Items) != len(items) || back.Lang != "en" {
			t.Fatalf("got %d items in %q, %v; want %d in en\n%s", len(back.Items), back.Lang, back.Problems, len(items), file)
		}
		for i, it := range items {
			same(t, back.Items[i], it, of(lost, i+1), file)
		}
	})
}

// of is what was lost of one item.
func of(lost []bundle.Problem, line int) []bundle.Problem {
	return slices.DeleteFunc(slices.Clone(lost), func(p bundle.Problem) bool { return p.Line != line })
}

func same(t *rapid.T, got, it bundle.Item, lost []bundle.Problem, file string) {
	if want := seen(it.Version, lost); seen(got.Version, lost) != want {
		t.Fatalf("got\n%s\nwant\n%s\n%s", seen(got.Version, lost), want, file)
	}
	rest := func(it bundle.Item) string {
		return fmt.Sprintf("id %q, topic %q, tags %q, state %q", it.ID, it.Topic, it.Tags, it.State)
	}
	if rest(got) != rest(it) || it.Name != "" && got.Name != it.Name {
		t.Fatalf("got %s, name %q; want %s, name %q", rest(got), got.Name, rest(it), it.Name)
	}
}

// Pictures and sounds go along with the text that shows them, and come back.
func TestWriteMedia(t *testing.T) {
	v := questions.Version{Kind: questions.Choice, Prompt: "![A map](a%20map.png) and ![](tone.mp3)", Answers: []questions.Answer{
		{Part: 1, Text: "![](a%20map.png)", Credit: 1}, {Part: 1, Text: "![](elsewhere.png)"}}}
	in := bundle.Bundle{Items: []bundle.Item{{Version: v}}, Media: []bundle.Media{{Name: "a map.png", Data: []byte("png")}, {Name: "tone.mp3", Data: []byte("mp3")}}}
	file, _ := written(t, in)
	for _, want := range []string{`<img src="@@PLUGINFILE@@/a%20map.png" alt="A map">`, `<audio controls src="@@PLUGINFILE@@/tone.mp3"`, `<file name="a map.png" path="/" encoding="base64">cG5n</file>`} {
		if !strings.Contains(file, want) {
			t.Errorf("the file lacks %s\n%s", want, file)
		}
	}
	b := read(t, file)
	if got, want := b.Items[0].Version.Prompt, "![A map](a-map.png) and ![](tone.mp3)"; got != want || len(b.Media) != 2 || string(b.Media[0].Data) != "png" {
		t.Errorf("got %q and %d files, want %q and 2", got, len(b.Media), want)
	}
}

// A date is typed in Moodle in any of the forms that people write; what Moodle cannot hold
// is said.
func TestWriteSays(t *testing.T) {
	date := questions.Version{Kind: questions.Date, Prompt: "When?", Answers: []questions.Answer{{Part: 1, Text: "1956-02-25", Match: questions.MatchDate, Credit: 1}}}
	file, lost := written(t, bundle.Bundle{Items: []bundle.Item{{Version: date}}})
	for _, form := range []string{"25 February 1956", "February 25, 1956", "25 Feb 1956", "25.2.1956", "1956-02-25"} {
		if !strings.Contains(file, "<text>"+form+"</text>") {
			t.Errorf("the file lacks the form %s\n%s", form, file)
		}
	}
	if len(lost) > 0 || strings.Contains(file, "thaw:") {
		t.Errorf("got %v lost, want nothing, and no tag where none is needed\n%s", lost, file)
	}
	pair := questions.Version{Kind: questions.Match, Prompt: "Pair.", Answers: []questions.Answer{{Part: 1, Text: "a"}, {Part: 1, Text: "**b**", Credit: 1, Feedback: "no"}, {Part: 2, Text: "c"}, {Part: 2, Text: "d", Credit: 1}}}
	credit := questions.Version{Kind: questions.Choice, Prompt: "Pick.", Answers: []questions.Answer{{Part: 1, Text: "a", Credit: 1}, {Part: 1, Text: "b", Credit: .37}}}
	_, lost = written(t, bundle.Bundle{Items: []bundle.Item{{Version: pair}, {Version: credit}, {Version: questions.Version{Kind: "riddle"}}, {Version: questions.Version{Kind: questions.Truth, Prompt: "?"}}}})
	var got []string
	for _, p := range lost {
		got = append(got, fmt.Sprint(p.Line, " ", p.Reason.Code))
	}
	if want := "1 moodle.plain, 1 moodle.feedback, 2 moodle.credit, 3 moodle.kind, 4 moodle.unfinished"; strings.Join(got, ", ") != want {
		t.Errorf("got %s; want %s", strings.Join(got, ", "), want)
	}
}
