package markdown_test

import (
	"bytes"
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/format/formattest"
	"thaw/questions/format/markdown"
	"thaw/questions/format/plain"
	"thaw/views/text"
)

type fataler interface{ Fatalf(string, ...any) }

func read(t fataler, file string) bundle.Bundle {
	b, err := markdown.Read(context.Background(), bundle.Of("x.md", []byte(file)))
	if err != nil {
		t.Fatalf("read: %v\n%s", err, file)
	}
	return b
}

func write(t fataler, b bundle.Bundle) (string, []bundle.Problem) {
	var out bytes.Buffer
	lost, err := markdown.Write(context.Background(), &out, b, bundle.Options{})
	if err != nil {
		t.Fatalf("write: %v", err)
	}
	return out.String(), lost
}

// Every question that is fit to be asked goes out and comes in again equal, with its
// topic and its tags.
func TestEveryKindComesBack(t *testing.T) {
	for _, name := range formattest.Kinds() {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				sent := bundle.Bundle{Title: `The "thaw"`, Lang: rapid.SampledFrom([]string{"", "en"}).Draw(t, "lang")}
				for _, it := range rapid.SliceOfN(formattest.Items(name, questions.Flash), 1, 4).Draw(t, "items") {
					it.Version.Lang = rapid.SampledFrom([]string{"", "en", "de"}).Draw(t, "item's lang")
					it.Version.Level = rapid.SampledFrom([]string{"", "apply"}).Draw(t, "level")
					it.State = rapid.SampledFrom([]string{"", "draft", "retired"}).Draw(t, "state")
					sent.Items = append(sent.Items, it)
				}
				file, lost := write(t, sent)
				got := read(t, file)
				if len(lost) > 0 || len(got.Problems)+len(got.Notes) > 0 || len(got.Items) != len(sent.Items) || got.Lang != sent.Lang || got.Title != sent.Title {
					t.Fatalf("got %d items, lost %+v, %+v %+v, want %d of:\n%s", len(got.Items), lost, got.Problems, got.Notes, len(sent.Items), file)
				}
				for i, it := range got.Items {
					want := sent.Items[i]
					if !plain.Same(it.Version, want.Version) || it.State != want.State || !slices.Equal(it.Tags, want.Tags) || !slices.Equal(it.Topic, want.Topic) {
						t.Fatalf("got %+v\nwant %+v\nof:\n%s", it, want, file)
					}
				}
			})
		})
	}
}

// What needs no comment has none.
func TestWrite(t *testing.T) {
	in := "# Congresses\nWho? = Khrushchev\nthe Thaw :: after 1953\nOn {{25 February 1956}} in {{Moscow|Moskva}}.\n\nWhere?\n* Moscow\n- Kiev"
	b, err := plain.Read(context.Background(), bundle.Of("", []byte(in)))
	if err != nil {
		t.Fatal(err)
	}
	const want = `---

# Congresses

Q: Who?
A: Khrushchev
<!--thaw
= Khrushchev
-->

Q: the Thaw
A: after 1953

C: On [25 February 1956] in [Moscow].
<!--thaw
=2 Moskva
-->

Q: Where?

- Moscow
- Kiev
A: Moscow
<!--thaw
? Where?
* Moscow
- Kiev
-->

`
	if got, _ := write(t, b); got != want {
		t.Errorf("got:\n%s", got)
	}
}

// sketch is an item in short.
func sketch(it bundle.Item) string {
	out := fmt.Sprintf("%d %s %s", it.Line, it.Version.Kind, it.Version.Prompt)
	for _, a := range it.Version.Answers {
		out += " | " + a.Text
	}
	if len(it.Topic) > 0 {
		out += " @" + strings.Join(it.Topic, "/")
	}
	return out
}

func TestRead(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []string
	}{
		// hashcards
		{"Q: Who?\nA: Khrushchev\n\nQ: Why\n\nso?\nA:\n- one\n\n- two\n---\n# Deck\n\nC: In [Moscow] on [25 February 1956], ![map](m.png) [link](http://x.y).\n",
			[]string{"1 flash Who? | Khrushchev", "4 flash Why\n\nso? | - one\n\n- two", "14 cloze In {{1}} on {{2}}, ![map](m.png) [link](http://x.y). | Moscow | 1956-02-25 @Deck"}},
		{"---\nname = \"Deck\"\n---\n\nQ: a\nA: b", []string{"5 flash a | b"}},
		// Obsidian
		{"#flashcards/history/1956\n\nWho?::Khrushchev\nAnd `a::b`:::so\n\nWhat\nis it?\n?\nThis\nand that\n\nIt is ==Moscow== and ==a {b}==.\n", []string{
			"3 flash Who? | Khrushchev @history/1956", "4 flash And `a::b` | so @history/1956", "4 flash so | And `a::b` @history/1956", "6 flash What\nis it? | This\nand that @history/1956",
			"12 cloze It is {{1}} and {{2}}. | Moscow | a {b} @history/1956"}},
		{"# Notes\n\n## Part\n\n- front::back #flashcards/other\n- ![[a b.png]] [[Page|word]]::[[Other]] ^id-1\n", []string{
			"5 flash front | back @other", "6 flash ![](a%20b.png) word | Other @Notes/Part"}},
		{"#flashcards\n\na::b\n\n```\nstd::vector\n```\n", []string{"3 flash a | b"}},
		// headings
		{"# Title\n\nAbout it.\n\n## Part\n\n### Front\n\nBack\n\n```\n# no\n```\n\n### Other\nBack 2\n## Last\nBack 3", []string{
			"7 flash Front | Back\n\n```\n# no\n``` @Part", "15 flash Other | Back 2 @Part", "17 flash Last | Back 3"}},
	} {
		b := read(t, c.in)
		var got []string
		for _, it := range b.Items {
			got = append(got, sketch(it))
		}
		if !reflect.DeepEqual(got, c.want) || len(b.Problems) > 0 {
			t.Errorf("%q:\n got %q %+v\nwant %q", c.in, got, b.Problems, c.want)
		}
	}
}

func TestScheduled(t *testing.T) {
	b := read(t, "#flashcards\n\na:::b <!--SR:!2024-01-01,3,250!2024-02-01,14,270-->\n\nc\n?\nd\n<!--SR:!2024-03-01,1,230-->\n")
	if len(b.Items) != 3 || b.Items[0].Learned == nil || b.Items[1].Learned == nil || b.Items[2].Learned == nil {
		t.Fatalf("got %+v", b.Items)
	}
	if l := b.Items[1].Learned; l.Interval != 14 || !l.Due.Equal(time.Date(2024, 2, 1, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("got %+v", l)
	}
	if v := b.Items[2].Version; v.Answers[0].Text != "d" || b.Items[2].Learned.Interval != 1 || b.Items[1].Mirrors != b.Items[0].ID {
		t.Errorf("got %+v", b.Items[2])
	}
}

func TestProblems(t *testing.T) {
	for _, c := range []struct {
		in, code string
		line     int
	}{
		{"Q: a\nA: b\n\nQ: c\n\nQ: d\nA: e", "markdown.back", 4},
		{"Q: a\nA: b\n\nA: c\n\nQ: d\nA: e", "markdown.front", 4},
		{"Q: a\nA: b\n\nC: c\n\nQ: d\nA: e", "markdown.gap", 4},
		{"Q: a\nA: b\n\nQ: c\nA: d\n<!--thaw\nx = y\nz = q\n-->\n\nQ: d\nA: e", "markdown.comment", 4},
		{"#flashcards\na::b\n::c\nd::e", "markdown.front", 3},
		{"# a\nb\n# c\n# d\ne", "markdown.back", 3},
		{"Q: a\nA: b\n\nQ: c\nA: " + strings.Repeat("x\n", 40_000) + "\nQ: d\nA: e", "markdown.long", 4},
	} {
		b := read(t, c.in)
		if len(b.Items) != 2 || len(b.Problems) != 1 || b.Problems[0].Reason.Code != c.code || b.Problems[0].Line != c.line || b.Problems[0].Text == "" {
			t.Errorf("%.60q: got %d items, %.300v, want %s", c.in, len(b.Items), fmt.Sprintf("%+v", b.Problems), c.code)
		}
		if !text.Has(c.code) {
			t.Errorf("no text says %s", c.code)
		}
	}
}

// A list of cards may be as long as it likes, without an empty line in it.
func TestLongList(t *testing.T) {
	if b := read(t, "#flashcards\n\n"+strings.Repeat("front::back\n", 20_000)); len(b.Items) != 20_000 || b.Total() != 20_000 {
		t.Errorf("got %d items of %d", len(b.Items), b.Total())
	}
}

// What belongs to no card, and what was changed beside its comment, is said.
func TestNotes(t *testing.T) {
	codes := func(file string) string {
		var list []string
		for _, n := range read(t, file).Notes {
			list = append(list, n.Reason.Code)
		}
		return strings.Join(list, " ")
	}
	for in, want := range map[string]string{
		"Some words.\n\nQ: a\nA: b\n---\nmore\nand more":      "markdown.prose",
		"#flashcards\n\nprose\n\na::b\n\nmore":                "markdown.prose",
		"Q: Who?\nA: Malenkov\n<!--thaw\n= Khrushchev\n-->":   "markdown.beside",
		"Q: Who?\nA: Khrushchev\n<!--thaw\n= Khrushchev\n-->": "",
		"Q: ![x](m.png)\nA: b":                                "foreign.picture_missing",
	} {
		if got := codes(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestSniff(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     int
	}{
		{"x.txt", "Q: a\nA: b", 85}, {"x.txt", "C: a [b]", 80}, {"x.md", "#flashcards\na::b", 80}, {"x.md", "a::b", 60}, {"x.md", "# a\nb", 40},
		{"x.txt", "# a\nb = c", 5}, {"x.txt", "a :: b", 5}, {"x.txt", "hello", 0}, {"x.txt", "\x00", 0},
	} {
		if got := markdown.Sniff(bundle.Of(c.name, []byte(c.in))); got != c.want {
			t.Errorf("%s %q: got %d, want %d", c.name, c.in, got, c.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("Q: a\nA: b\n<!--thaw\n= b\nas: term\n-->\n---\n# T\n\nC: x [y] z\n", 0)
	f.Add("#flashcards/a/b\n\na::b\nc:::d <!--SR:!2024-01-01,3,250-->\n\ne\n??\nf\n\ng ==h== {{i}}\n", 1)
	f.Add("# a\nb\n## c\n\nd\n```\n# e\n", 2)
	f.Fuzz(func(t *testing.T, in string, dialect int) {
		as := []string{markdown.Hashcards, markdown.Obsidian, markdown.Headings}[max(dialect, -dialect, 0)%3]
		b, err := markdown.ReadAs(context.Background(), bundle.Of("", []byte(in)), as)
		if err != nil {
			return
		}
		file, lost := write(t, b)
		again, err := markdown.ReadAs(context.Background(), bundle.Of("", []byte(file)), markdown.Hashcards)
		if err != nil {
			again = bundle.Bundle{}
		}
		gone := 0
		for _, p := range lost {
			if p.Reason.Code == "markdown.left" {
				gone++
			}
		}
		if len(again.Items)+gone != len(b.Items) || len(again.Problems) > 0 {
			t.Fatalf("%d items, %d again, %d left out, %+v of\n%s", len(b.Items), len(again.Items), gone, again.Problems, file)
		}
	})
}

// BenchmarkRead reads 10,000 cards.
func BenchmarkRead(b *testing.B) {
	in := bundle.Of("x.md", []byte(strings.Repeat("Q: Who gave the speech?\nA: Khrushchev\n\n", 10_000)))
	b.ReportAllocs()
	for b.Loop() {
		if got, err := markdown.Read(context.Background(), in); err != nil || len(got.Items) != 10_000 {
			b.Fatal(len(got.Items), err)
		}
	}
}
