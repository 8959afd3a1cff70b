package csv_test

import (
	"bytes"
	"context"
	stdcsv "encoding/csv"
	"errors"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/format/csv"
	"thaw/questions/format/formattest"
)

func read(t *testing.T, text string) bundle.Bundle {
	t.Helper()
	b, err := csv.Read(context.Background(), bundle.Of("a.csv", []byte(text)))
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return b
}

// sample is a file that another program has written.
func sample(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(formattest.Shared(t, "formats/"+name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func why(err error) string {
	var u bundle.Unreadable
	errors.As(err, &u)
	return u.Reason.Code
}

// cards writes the flashcards of a bundle in one line.
func cards(b bundle.Bundle) string {
	var list []string
	for _, it := range b.Items {
		back := ""
		if key, ok := it.Version.Key(1); ok {
			back = key.Text
		}
		list = append(list, fmt.Sprintf("%d:%s=%s%v", it.Line, it.Version.Prompt, back, it.Tags))
	}
	return strings.Join(list, " ")
}

func codes(problems []bundle.Problem) string {
	var list []string
	for _, p := range problems {
		list = append(list, fmt.Sprintf("%d:%s", p.Line, strings.TrimPrefix(p.Reason.Code, "format.sheet_")))
	}
	return strings.Join(list, " ")
}

func TestAnkiSamples(t *testing.T) {
	b := read(t, string(sample(t, "anki-text-2fields.txt")))
	if len(b.Items) != 8 || codes(b.Problems) != "10:no_question" {
		t.Errorf("2fields: got %d items, %s; want 8, and the empty first field of line 10", len(b.Items), codes(b.Problems))
	}
	if got, want := codes(b.Notes), "1:comment 7:extra 8:problem.no_key 9:problem.no_key"; got != want {
		t.Errorf("2fields: notes: got %s, want %s", got, want)
	}
	b = read(t, string(sample(t, "anki-text-tags.txt")))
	if got, want := cards(b), "1:foo=bar[baz qux] 2:foo2=bar2[baz2]"; got != want {
		t.Errorf("tags: got %s, want %s", got, want)
	}
}

func TestSeparatorsAreFoundOut(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"comma", "a,b\nc,d\n", "1:a=b[] 2:c=d[]"},
		{"semicolon with commas inside", "a, b;c\nd;e, f\n", "1:a, b=c[] 2:d=e, f[]"},
		{"tab", "a\tb, c\nd\te", "1:a=b, c[] 2:d=e[]"},
		{"bar", "a|b\nc|d", "1:a=b[] 2:c=d[]"},
		{"sep=", "sep=;\na,b;c\n", "2:a,b=c[]"},
		{"byte order mark", "\uFEFFa,b\n", "1:a=b[]"},
		{"UTF-16", "\xFF\xFEa\x00\t\x00b\x00\n\x00", "1:a=b[]"},
		{"windows-1252", "caf\xE9,b\n", "1:café=b[]"},
		{"tags", "a;b;x, y\n", "1:a=b[x y]"},
		{"quotes", "\"a \"\"b\"\"\nc\",d\ne,f\n", "1:a \"b\"\n\nc=d[] 3:e=f[]"},
		{"blanks around quotes", `a, "b, c"`, "1:a=b, c[]"},
		{"a quote that is none", "a,\"b\" is c\nd,5\" long\n\"e,f\n", `1:a="b" is c[] 2:d=5" long[] 3:"e=f[]`},
		{"short row", "a,b\nc\nd,e", "1:a=b[] 2:c=[] 3:d=e[]"},
		{"empty field at the end", "a,b,\nc,d,", "1:a=b[] 2:c=d[]"},
		{"defused", "'=1+1,'-5\n''a'',b", "1:\\=1+1=\\-5[] 2:''a''=b[]"},
		{"headings", "Back,Front,Tags\nb,a,x\n", "2:a=b[x]"},
		{"German headings", "Rückseite;Vorderseite\nb;a\n", "2:a=b[]"},
		{"term and definition", "\n\nTerm\tDefinition\na\tb\n", "4:a=b[]"},
		{"Anki", "#separator:semicolon\n#html:true\n#tags:x\n#columns:Front;Back;Tags\n<b>a</b>;b<br>c;y\n# no card\n\"#d\";e\n", "5:**a**=b\n\nc[y x] 7:#d=e[x]"},
		{"Anki by number", "#separator:tab\n#guid column:1\n#tags column:4\nid1\ta\tb\tx y\n", "4:a=b[x y]"},
		{"a hash that is a heading", "#,Question,Answer\n1,a,b\n", "2:a=b[]"},
	} {
		if got := cards(read(t, c.in)); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestTypedRows(t *testing.T) {
	in := "Type,Question,Option 1,Option 2,Option 3,Correct,Feedback,Points\n" +
		"MC,Where?,Moscow,Kiev,,1,It was.,2\n" +
		"multiple answers,Which?,a,b,c,\"1, 3\",,\n" +
		"True/False,So?,,,,false,,\n" +
		"short answer,Who?,,,,Khrushchev|Chruschtschow,,\n" +
		"short answer,When?,,,,25 February 1956,,\n" +
		"short answer,How many?,,,,1436,,\n" +
		"matching,What?,a -> b,c → d,,,,\n" +
		"ordering,First?,a,b,c,,,\n" +
		"cloze,In {{Moscow}} in {{1956}}.,,,,,,\n" +
		"flashcard,Front,,,,Back; and more,,\n" +
		"essay,Why?,,,,,,\n" +
		",Guess?,Yes,No,,A,,\n" +
		"MC,No key,a,b,,,,\n" +
		"MC,Wrong key,a,b,,z,,\n" +
		",,a,b,,1,,\n"
	b := read(t, in)
	var got []string
	for _, it := range b.Items {
		text := fmt.Sprint(it.Line, it.State, " ", it.Version.Kind)
		for _, a := range it.Version.Answers {
			text += fmt.Sprintf(" %d%s/%s*%g", a.Part, a.Text, a.Match, a.Credit)
		}
		got = append(got, text)
	}
	want := []string{
		"2 choice 1Moscow/*1 1Kiev/*0", "3 several 1a/*1 1b/*0 1c/*1", "4 truth 1true/*0 1false/*1",
		"5 text 1Khrushchev/term*1 1Chruschtschow/term*1", "6 date 11956-02-25/date*1", "7 number 11436/number*1",
		"8 match 1a/*0 1b/*1 2c/*0 2d/*1", "9 order 1a/*1 2b/*1 3c/*1", "10 cloze 1Moscow/term*1 21956/date*1",
		"11 flash 1Back; and more/*1", "13 truth 1true/*1 1false/*0", "14draft choice 1a/*0 1b/*0", "15draft choice 1a/*0 1b/*0",
	}
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Fatalf("got %q\nwant %q", got, want)
		}
	}
	if got, want := codes(b.Problems), "12:type 16:no_question"; got != want {
		t.Errorf("problems: got %s, want %s", got, want)
	}
	if got, want := codes(b.Notes), "1:ignored 14:problem.no_key 15:correct"; got != want {
		t.Errorf("notes: got %s, want %s", got, want)
	}
	if p := b.Problems[0]; p.Kind != "essay" || p.Text != "essay\nWhy?" {
		t.Errorf("the essay: got %+v, want its kind and all its text", p)
	}
}

// Headings of options as people write them.
func TestHeadingsOfOptions(t *testing.T) {
	for _, in := range []string{
		"Question;Answer A;Answer B;Answer C;Correct Answer\nq;a;b;c;B\n", "Nr.;Frage;Antwort 1;Antwort 2;Antwort 3;Richtige Antwort\n1;q;a;b;c;b\n",
		",Question,Answer1,Answer2,Answer3,Answer4,Time,Correct\n1,q,a,b,c,,20,2\n", "b,c,a,key,stem\nb,c,a,2,q\n", "question|options|correct\nq|\"a\nb\nc\"|2\n",
	} {
		b := read(t, in)
		got := ""
		for _, a := range b.Items[0].Version.Answers {
			got += fmt.Sprintf("%s*%g ", a.Text, a.Credit)
		}
		if want := "a*0 b*1 c*0 "; got != want || b.Items[0].Version.Kind != questions.Choice || len(b.Problems) > 0 {
			t.Errorf("%q: got %s %s, %+v", in, b.Items[0].Version.Kind, got, b.Problems)
		}
	}
}

func TestPasted(t *testing.T) {
	for _, c := range []struct {
		name, in string
		o        csv.Options
		want     string
	}{
		{"Quizlet's own", "a\tb \"c\nd\te\n", csv.Options{}, "1:a=b \"c[] 2:d=e[]"},
		{"swapped", "a\tb\n", csv.Options{Swap: true}, "1:b=a[]"},
		{"chosen", "a - b - c;d - e\nf;g - h", csv.Options{Column: " - ", Row: ";"}, "1:a=b - c[] 1:d=e\n\nf[] 2:g=h[]"},
		{"chosen and swapped", "\"a\",b\nc", csv.Options{Column: ",", Swap: true}, `1:b="a"[]`},
		{"blank lines between", "a\tb\nc\n\nd\te", csv.Options{Row: "\n\n"}, "1:a=b\n\nc[] 4:d=e[]"},
	} {
		b, err := csv.ReadWith(context.Background(), bundle.Of("", []byte(c.in)), c.o)
		if got := cards(b); got != c.want || err != nil {
			t.Errorf("%s:\n got %s, %v\nwant %s", c.name, got, err, c.want)
		}
	}
}

func TestUnreadable(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"nothing", "\n \n", "format.sheet_empty"},
		{"one column", "a\nb\n", "format.sheet_one_column"},
		{"bytes", "a,b\x00c", "format.binary"},
		{"wide", strings.Repeat("a,", 2000), "format.sheet_wide"},
		{"long", strings.Repeat("a,b\n", 30_002), "format.many"},
		{"many answers", "question,a,b,c,d,e,f,g,h,i,correct\n" + strings.Repeat("q,1,2,3,4,5,6,7,8,9,1\n", 20_001), "format.many"},
	} {
		if _, err := csv.Read(context.Background(), bundle.Of("a.csv", []byte(c.in))); why(err) != c.want {
			t.Errorf("%s: got %v, want %s", c.name, err, c.want)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := csv.Read(ctx, bundle.Of("a.csv", []byte("a,b\n"))); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v", err)
	}
}

// A field that swallowed half of the file, by a quote that was never closed, is reported,
// and so are tags that nobody can have meant.
func TestFarTooMuch(t *testing.T) {
	b := read(t, "a,b\n\""+strings.Repeat("c,d\n", 6_000)+"\",e\nf,g\n")
	if got, want := cards(b), "1:a=b[] 6003:f=g[]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := codes(b.Problems), "2:cell"; got != want || len(b.Problems[0].Text) > 21_000 {
		t.Errorf("got %s and %d letters, want %s and the beginning", got, len(b.Problems[0].Text), want)
	}
	b = read(t, "question,answer,tags\na,b,"+strings.Repeat("x;", 150)+"\n")
	if got, want := codes(b.Notes), "2:extra"; got != want || len(b.Items[0].Tags) != 100 {
		t.Errorf("got %s and %d tags, want %s and 100", got, len(b.Items[0].Tags), want)
	}
}

// Where the part of a file that is looked at ends within a letter, its headings are known
// all the same.
func TestSniffWithinALetter(t *testing.T) {
	for pad := range 2 {
		in := bundle.Of("", []byte("Rückseite;Vorderseite\n"+strings.Repeat("x", pad)+strings.Repeat("ä;ö\n", 20_000)))
		if got := csv.Sniff(in); got < 80 {
			t.Errorf("got %d, want it known by its headings", got)
		}
	}
}

func TestSniff(t *testing.T) {
	for _, c := range []struct {
		in               string
		commas, tabs, to int // at least, and at most of the other
	}{
		{"#separator:tab\na\tb\n", 0, 95, 0},
		{"type,question,option1,option2,correct\n", 80, 0, 0},
		{"a\tb\nc\td\n", 0, 40, 0},
		{"Hello, this is a letter.\n\nIt has no columns.\nNone, really, none.\n", 0, 0, 15},
		{"<quiz>a,b</quiz>", 0, 0, 0},
		{"PK\x03\x04\x00\x00", 0, 0, 0},
	} {
		in := bundle.Of("", []byte(c.in))
		commas, tabs := csv.Sniff(in), csv.SniffTabs(in)
		if commas < c.commas || tabs < c.tabs || c.commas == 0 && commas > c.to || c.tabs == 0 && tabs > c.to {
			t.Errorf("%q: got %d with commas and %d with tabs, want at least %d and %d", c.in, commas, tabs, c.commas, c.tabs)
		}
	}
}

// What is written is read again, whatever the texts.
func TestWrittenIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items := rapid.SliceOfN(formattest.Items(), 1, 4).Draw(t, "items")
		var out bytes.Buffer
		write := rapid.SampledFrom([]func(context.Context, *bytes.Buffer) ([]bundle.Problem, error){
			func(ctx context.Context, w *bytes.Buffer) ([]bundle.Problem, error) {
				return csv.Write(ctx, w, bundle.Bundle{Items: items}, bundle.Options{})
			},
			func(ctx context.Context, w *bytes.Buffer) ([]bundle.Problem, error) {
				return csv.WriteTabs(ctx, w, bundle.Bundle{Items: items}, bundle.Options{})
			},
		}).Draw(t, "format")
		problems, err := write(context.Background(), &out)
		if err != nil || len(problems) > 0 {
			t.Fatalf("got %v, %+v; want everything written:\n%s", err, problems, out.String())
		}
		again, err := csv.Read(context.Background(), bundle.Of("", out.Bytes()))
		if err != nil || len(again.Items) != len(items) || len(again.Problems)+len(again.Notes) > 0 {
			t.Fatalf("read again: %v, %+v", err, again)
		}
		for i, it := range again.Items {
			it.Line = items[i].Line
			if len(it.Tags) == 0 {
				it.Tags = nil
			}
			if !reflect.DeepEqual(it, items[i]) {
				t.Fatalf("got  %+v\nwant %+v\n%s", it, items[i], out.String())
			}
		}
	})
}

func TestWhatASheetCannotHold(t *testing.T) {
	v := questions.Version{Kind: questions.Flash, Prompt: "![a map](map.png)", Answers: []questions.Answer{{Part: 1, Text: "Moscow", Credit: 1, Slack: 2, Match: "term"}}}
	b := bundle.Bundle{Items: []bundle.Item{{Version: v, Learned: &bundle.Learned{}}}, Sections: []bundle.Section{{}}, Entities: []questions.Entity{{}}}
	problems, err := csv.Write(context.Background(), &bytes.Buffer{}, b, bundle.Options{Learned: true})
	if got, want := codes(problems), "0:no_reading 0:no_names 0:no_memory 1:no_picture 1:changed"; got != want || err != nil {
		t.Errorf("got %s, %v; want %s", got, err, want)
	}
}

func TestCellsAreDefused(t *testing.T) {
	var out bytes.Buffer
	for _, prompt := range []string{"=1+1", "+1", "-1", "@a", "'=1"} {
		v := questions.Version{Kind: questions.Flash, Prompt: prompt, Answers: []questions.Answer{{Part: 1, Text: "b", Credit: 1}}}
		out.Reset()
		if _, err := csv.Write(context.Background(), &out, bundle.Bundle{Items: []bundle.Item{{Version: v}}}, bundle.Options{}); err != nil {
			t.Fatal(err)
		}
		if want := ",'" + prompt + ","; !strings.Contains(out.String(), want) {
			t.Errorf("%s: got %s, want %s in it", prompt, out.String(), want)
		}
		if got := read(t, out.String()).Items[0].Version.Prompt; got != prompt {
			t.Errorf("read again: got %s, want %s", got, prompt)
		}
	}
}

// Every row that is not blank is an item or a problem, at the line at which it begins,
// as another writer of CSV has written it.
func TestEveryRowIsAccountedFor(t *testing.T) {
	cell := rapid.OneOf(rapid.SampledFrom([]string{"", " ", "a", "\"", "\"b\"", "c\nd", "#e", "=f", "g;h", "i\tj", "'", ","}), rapid.String())
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, 1, 4), 1, 8).Draw(t, "rows")
		var out bytes.Buffer
		w := stdcsv.NewWriter(&out)
		if err := w.Write([]string{"question", "answer"}); err != nil {
			t.Fatal(err)
		}
		var want []int
		line := 2
		for _, row := range rows {
			w.Flush()
			before := out.Len()
			for i, c := range row {
				row[i] = strings.NewReplacer("\r", "", "\x00", "").Replace(c)
			}
			if err := w.Write(row); err != nil {
				t.Fatal(err)
			}
			w.Flush()
			if strings.TrimSpace(strings.Join(row, "")) != "" {
				want = append(want, line)
			}
			line += strings.Count(out.String()[before:], "\n")
		}
		b, err := csv.Read(context.Background(), bundle.Of("", out.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		var got []int
		for _, it := range b.Items {
			got = append(got, it.Line)
		}
		for _, p := range b.Problems {
			got = append(got, p.Line)
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Fatalf("items and problems at %v, want %v:\n%s", got, want, out.String())
		}
	})
}
