package gift_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/format/foreign"
	"thaw/questions/format/formattest"
	"thaw/questions/format/gift"
	"thaw/questions/format/markup"
	"thaw/views/text"
)

type fataler interface{ Fatalf(string, ...any) }

func read(t fataler, file string) bundle.Bundle {
	b, err := gift.Read(context.Background(), bundle.Of("x.gift", []byte(file)))
	if err != nil {
		t.Fatalf("read: %v\n%s", err, file)
	}
	return b
}

func write(t fataler, b bundle.Bundle) (string, []bundle.Problem) {
	var out bytes.Buffer
	lost, err := gift.Write(context.Background(), &out, b, bundle.Options{})
	if err != nil {
		t.Fatalf("write: %v", err)
	}
	return out.String(), lost
}

func TestSamples(t *testing.T) {
	for _, c := range []struct {
		name  string
		total int
		kinds map[string]int
	}{
		{"gift-examples.txt", 43, map[string]int{questions.Choice: 16, questions.Several: 2, questions.Truth: 5, questions.Text: 9, questions.Number: 8, questions.Match: 3}},
		{"gift-categories.txt", 4, map[string]int{questions.Match: 1, questions.Choice: 1, questions.Text: 1, questions.Truth: 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			data, err := os.ReadFile(formattest.Shared(t, filepath.Join("formats", c.name)))
			if err != nil {
				t.Fatal(err)
			}
			in := bundle.Of(c.name, data)
			if gift.Sniff(in) < 90 {
				t.Errorf("sniffed as %d", gift.Sniff(in))
			}
			b := read(t, string(data))
			kinds := map[string]int{}
			for _, it := range b.Items {
				kinds[it.Version.Kind]++
			}
			if len(b.Items) != c.total || b.Total() != c.total || !reflect.DeepEqual(kinds, c.kinds) {
				t.Errorf("got %d items, %v, problems %+v", len(b.Items), kinds, b.Problems)
			}
			for _, it := range b.Items {
				if it.State == "draft" {
					t.Errorf("line %d is a draft: %+v", it.Line, it.Version)
				}
			}
		})
	}
}

// seen is what a learner meets of a version, so that two can be compared: what is not
// told apart here, or was told to be lost, is left out.
func seen(v questions.Version, lost []bundle.Problem) string {
	var b strings.Builder
	if lacks(lost, "gift.explain") {
		v.Explain = ""
	}
	fmt.Fprintf(&b, "%s %s/%s %s fixed=%v\n%s\n%s\n", v.Kind, v.Lang, v.Back, v.Level, v.Fixed, markup.ToHTML(v.Prompt), markup.ToHTML(v.Explain))
	known := map[string]bool{}
	for _, a := range v.Answers {
		if v.Kind == questions.Several && a.Credit < 1 {
			a.Credit = 0
		}
		switch {
		case a.Match == questions.MatchNumber && v.Kind != questions.Flash:
			a.Text = foreign.Digits(a.Text)
			if known[a.Text] {
				continue
			}
			known[a.Text] = true
		case v.Kind == questions.Match && (a.Part == 0 || a.Credit == 1):
			a.Text, a.Feedback = strings.Join(strings.Fields(markup.ToText(a.Text)), " "), ""
		case a.Match == "":
			a.Text = markup.ToHTML(a.Text)
		case lacks(lost, "gift.arrow"):
			a.Text = strings.ReplaceAll(a.Text, "->", "→")
		}
		fmt.Fprintf(&b, "%d %q %s %v ±%v: %s\n", a.Part, a.Text, a.Match, math.Round(a.Credit*1e4), a.Slack, markup.ToHTML(a.Feedback))
	}
	return b.String()
}

func lacks(lost []bundle.Problem, code string) bool {
	return slices.ContainsFunc(lost, func(p bundle.Problem) bool { return p.Reason.Code == code })
}

// left tells whether a question was left out as a whole.
func left(lost []bundle.Problem) bool { return lacks(lost, "gift.order") || lacks(lost, "gift.gaps") }

func of(lost []bundle.Problem, line int) []bundle.Problem {
	return slices.DeleteFunc(slices.Clone(lost), func(p bundle.Problem) bool { return p.Line != line })
}

// items draws items with all that stands around a question.
func items(t *rapid.T) []bundle.Item {
	list := rapid.SliceOfN(formattest.Items(), 1, 4).Draw(t, "items")
	for i := range list {
		list[i].ID = rapid.SampledFrom([]string{"", "guid]1", `a\`}).Draw(t, "id")
		list[i].Name = rapid.SampledFrom([]string{"", "Speech :: {1}", "::"}).Draw(t, "name")
		list[i].State = rapid.SampledFrom([]string{"", "draft", "retired"}).Draw(t, "state")
		list[i].Version.Lang = rapid.SampledFrom([]string{"", "ru"}).Draw(t, "lang")
		list[i].Version.Back = rapid.SampledFrom([]string{"", "de"}).Draw(t, "back")
		list[i].Version.Level = rapid.SampledFrom([]string{"", "apply"}).Draw(t, "level")
	}
	return list
}

// What is written is read as the same questions, whatever their texts; what is not is
// said.
func TestWrittenIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sent := items(t)
		file, lost := write(t, bundle.Bundle{Lang: "en", Items: sent})
		var want []bundle.Item
		var missed [][]bundle.Problem
		for i, it := range sent {
			if own := of(lost, i+1); !left(own) {
				want, missed = append(want, it), append(missed, own)
			}
		}
		if len(want) == 0 {
			return
		}
		b := read(t, file)
		if len(b.Items) != len(want) || len(b.Problems) > 0 || b.Lang != "en" {
			t.Fatalf("got %d items, %+v, want %d\n%s", len(b.Items), b.Problems, len(want), file)
		}
		for i, it := range want {
			got := b.Items[i]
			if a, b := seen(got.Version, missed[i]), seen(it.Version, missed[i]); a != b {
				t.Fatalf("got\n%s\nwant\n%s\n%s", a, b, file)
			}
			if got.ID != it.ID || got.Name != it.Name || got.State != it.State || !slices.Equal(got.Tags, it.Tags) || !slices.Equal(got.Topic, it.Topic) {
				t.Fatalf("got %+v\nwant %+v\n%s", got, it, file)
			}
		}
	})
}

// The reference grammar reads all that is written, and sees as many questions.
func TestReferenceGrammar(t *testing.T) {
	check := checker(t)
	dir := t.TempDir()
	for i := range 20 {
		var sent bundle.Bundle
		for j := range 10 {
			sent.Items = append(sent.Items, formattest.Items().Example(10*i+j))
		}
		file, lost := write(t, sent)
		want := 0
		for j := range sent.Items {
			if !left(of(lost, j+1)) {
				want++
			}
		}
		name := filepath.Join(dir, fmt.Sprintf("%d.gift", i))
		if err := os.WriteFile(name, []byte(file), 0o600); err != nil {
			t.Fatal(err)
		}
		var got struct {
			Count int
			Error string
			At    any
		}
		if err := json.Unmarshal(check(name), &got); err != nil || got.Error != "" || got.Count != want {
			t.Fatalf("got %+v, %v, want %d questions of\n%s", got, err, want, file)
		}
	}
}

// checker runs the shared checker, which needs node and the package gift-pegjs.
func checker(t *testing.T) func(file string) []byte {
	script := formattest.Shared(t, filepath.Join("tools", "gift_check.mjs"))
	node, err := exec.LookPath("node")
	root, missing := filepath.Abs("../../../.ci")
	if err == nil && missing == nil {
		_, err = os.Stat(filepath.Join(root, "node_modules", "gift-pegjs"))
	}
	if err != nil {
		if os.Getenv("THAW_TEST_REQUIRE") == "all" {
			t.Fatalf("the reference grammar of GIFT is required: node, and npm's gift-pegjs in .ci/node_modules")
		}
		t.Skip("no node, or no gift-pegjs in .ci/node_modules: the reference grammar of GIFT is not asked")
	}
	return func(file string) []byte {
		ask := exec.CommandContext(context.Background(), node, script, file, "--brief")
		ask.Env = append(os.Environ(), "NPM_ROOT="+filepath.Join(root, "package.json"))
		out, err := ask.Output()
		if exit := (&exec.ExitError{}); err != nil && !errors.As(err, &exit) {
			t.Fatal(err)
		}
		return out
	}
}

// sketch is a question in short.
func sketch(it bundle.Item) string {
	out := it.Version.Kind + " " + it.Version.Prompt
	for _, a := range it.Version.Answers {
		out += fmt.Sprintf(" [%d %s %s %.3g ±%g %s]", a.Part, a.Text, a.Match, a.Credit, a.Slack, a.Feedback)
	}
	return out + " " + it.Version.Explain
}

func TestRead(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Who?{~a#no =b#yes ~%33.33333%c####all}", "choice Who? [1 a  0 ±0 no] [1 b  1 ±0 ] [1 c  0.333 ±0 ] all\n\nyes"},
		{"Who?{~%50%a ~%50%b ~%-100%c}", "several Who? [1 a  1 ±0 ] [1 b  1 ±0 ] [1 c  0 ±0 ] "},
		{"A {=b =%50%c} d", `text A \_\_\_\_\_ d [1 b term 1 ±0 ] [1 c term 0.5 ±0 ] `},
		{"When?{=25 February 1956}", "date When? [1 1956-02-25 date 1 ±0 ] "},
		{"It {TRUE#no#yes}", "truth It [1 true  1 ±0 ] [1 false  0 ±0 no] yes"},
		{"N?{#3.141..3.142}", "number N? [1 3.1415 number 1 ±0.0005 ] "},
		{"N?{#\n=5:1#ok\n=%50%9:0#near\n~#else}", "number N? [1 5 number 1 ±1 ] [1 9 number 0.5 ±0 near] ok"},
		{"M{=a->b\n= c -> d\n= -> e}", "match M [1 a  0 ±0 ] [1 b  1 ±0 ] [2 c  0 ±0 ] [2 d  1 ±0 ] [0 e  0 ±0 ] "},
		{`[html]<b>x</b> \\(\\frac\{1\}\{2\}\\) \= \:{=a}`, `text **x** $\frac{1}{2}$ = : [1 a term 1 ±0 ] `},
		{"[markdown]**x**{=a*}", "text **x** [1 a term 1 ±0 ] "},
		{"one\ntwo\\nthree $$x$${=a}", "text one two\n\nthree $$x$$ [1 a term 1 ±0 ] "},
		{"::Name::[plain]*x*{=[plain][html]a}", `text \*x\* [1 [html]a term 1 ±0 ] `},
		{"[x] who{=a}", `text [x] who [1 a term 1 ±0 ] `},
	} {
		b := read(t, c.in)
		if len(b.Items) != 1 || sketch(b.Items[0]) != c.want {
			t.Errorf("%q:\n got %+v %+v\nwant %s", c.in, sketch(append(b.Items, bundle.Item{})[0]), b.Problems, c.want)
		}
	}
}

func TestAroundQuestions(t *testing.T) {
	b := read(t, "\uFEFF// [id:x\\]1] [tag:one]\n$CATEGORY: $course$/top/A//B/C\n\n// [id:7] [tag:one] [tag:two]\n::Name\\: x::Who?{=a}\r\n \r\n$CATEGORY: Default for Y\nWhere?{=a\n// no\n=b}\n")
	if len(b.Items) != 2 {
		t.Fatalf("got %+v", b)
	}
	one, two := b.Items[0], b.Items[1]
	if one.ID != "7" || one.Name != "Name: x" || !slices.Equal(one.Tags, []string{"one", "two"}) || !slices.Equal(one.Topic, []string{"A/B", "C"}) || one.Line != 5 {
		t.Errorf("the first: %+v", one)
	}
	if len(two.Topic) != 0 || two.Line != 8 || len(two.Version.Answers) != 2 {
		t.Errorf("the second: %+v", two)
	}
}

func TestProblems(t *testing.T) {
	for in, code := range map[string]string{
		"Just a text": "gift.description", "Why?{}": "gift.essay", "Why?{####so}": "gift.essay", "a{=b}\nc{=d}": "gift.two", "a {=b": "gift.open",
		"N?{#many}": "gift.number", "M{=a->b =c}": "gift.number", "M{=a->b =}": "", "M{=a->}": "gift.pair",
	} {
		if in == "M{=a->b =c}" {
			code = "gift.pair"
		}
		b := read(t, "First{=a}\n\n"+in+"\n\nLast{=b}")
		if code == "" {
			continue
		}
		if len(b.Items) != 2 || len(b.Problems) != 1 || b.Problems[0].Reason.Code != code || b.Problems[0].Line != 3 || b.Problems[0].Text != in {
			t.Errorf("%q: got %d items, %+v, want %s", in, len(b.Items), b.Problems, code)
		}
		if !text.Has(code) {
			t.Errorf("no text says %s", code)
		}
	}
	if _, err := gift.Read(context.Background(), bundle.Of("", []byte("// nothing\n"))); err == nil {
		t.Error("a file without questions is read")
	}
}

// A picture goes out as data and comes in as a file.
func TestPictures(t *testing.T) {
	sent := read(t, "Who?{=a}")
	sent.Media = []bundle.Media{{Name: "map.png", Data: []byte("\x89PNG=:#{}~")}}
	sent.Items[0].Version.Prompt = "![A map](map.png)"
	file, lost := write(t, sent)
	got := read(t, file)
	if len(lost) > 0 || len(got.Media) != 1 || !bytes.Equal(got.Media[0].Data, sent.Media[0].Data) || got.Items[0].Version.Prompt != "![A map]("+got.Media[0].Name+")" {
		t.Errorf("got %+v, %+v of\n%s", got, lost, file)
	}
}

func TestWindows1252(t *testing.T) {
	b := read(t, "Wer\x3f{=M\xfcller}")
	if len(b.Notes) != 1 || b.Items[0].Version.Answers[0].Text != "Müller" {
		t.Errorf("got %+v", b)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("$CATEGORY: a/b\n\n// [tag:x]\n::n::[html]Who <b>x</b>?{~%50%a#f =b ~c####g}\n\nN{#1:2}\n\nM{=a->b =c->d}\n\nT{T}\n\nx {=a\\=} y")
	f.Add("a{}\n\n{#1..2}\n\n// [tag:thaw:flash]\na{####b}\n\n// [tag:thaw:cloze]\na {=b} c")
	f.Fuzz(func(t *testing.T, in string) {
		b, err := gift.Read(context.Background(), bundle.Of("", []byte(in)))
		if err != nil {
			return
		}
		file, lost := write(t, b)
		again, err := gift.Read(context.Background(), bundle.Of("", []byte(file)))
		if err != nil {
			again = bundle.Bundle{}
		}
		gone := 0
		for _, p := range lost {
			if p.Reason.Code == "gift.gaps" || p.Reason.Code == "gift.empty" || p.Reason.Code == "gift.order" {
				gone++
			}
		}
		if again.Total()+gone != len(b.Items) {
			t.Fatalf("%d items, %d again, %d left out of\n%s", len(b.Items), again.Total(), gone, file)
		}
	})
}

// BenchmarkRead reads 10,000 questions.
func BenchmarkRead(b *testing.B) {
	in := bundle.Of("", []byte(strings.Repeat("::Speech::[html]<p>Who gave <b>the speech</b>?</p>{~Malenkov#He fell. =Khrushchev ~Beria####In 1956.}\n\n", 10_000)))
	b.ReportAllocs()
	for b.Loop() {
		if got, err := gift.Read(context.Background(), in); err != nil || len(got.Items) != 10_000 {
			b.Fatal(len(got.Items), err)
		}
	}
}
