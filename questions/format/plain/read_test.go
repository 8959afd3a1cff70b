package plain_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/format/plain"
	"thaw/questions/kind"
	"thaw/views/text"
)

// sketch is a question in short: its kind, its prompt and its answers.
func sketch(it bundle.Item) string {
	v := it.Version
	out := v.Kind + " " + v.Prompt
	for _, a := range v.Answers {
		out += fmt.Sprintf(" [%d %s", a.Part, a.Text)
		if a.Match != "" {
			out += " by " + a.Match
		}
		if a.Credit != 0 {
			out += fmt.Sprintf(" %g", a.Credit)
		}
		if a.Slack != 0 {
			out += fmt.Sprintf(" ±%g", a.Slack)
		}
		if a.Feedback != "" {
			out += " so " + a.Feedback
		}
		out += "]"
	}
	if v.Explain != "" {
		out += " why " + v.Explain
	}
	return out
}

// What a person types is the question that is meant.
func TestRead(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []string
	}{
		{"Where?\n* Moscow\n- Kiev >> No.\n-50% Russia\n> There.", []string{"choice Where? [1 Moscow 1] [1 Kiev so No.] [1 Russia 0.5] why There."}},
		{"Which?\n\n* a\n\n* b\n\n- c\n", []string{"several Which? [1 a 1] [1 b 1] [1 c]"}},
		{"Who? = Khrushchev | Nikita Khrushchev\n- Malenkov >> He fell.", []string{"text Who? [1 Khrushchev by term 1] [1 Nikita Khrushchev by term 1] [1 Malenkov by term so He fell.]"}},
		{"Who? = Khrushchev\nas: person", []string{"text Who? [1 Khrushchev by person 1]"}},
		{"1. Who? = A\n2. Where? = B\n3) Why?\n= C", []string{"text Who? [1 A by term 1]", "text Where? [1 B by term 1]", "text Why? [1 C by term 1]"}},
		{"When? = 25 February 1956\nWhen? = 1956\nWhen? = 25.2.1956", []string{"date When? [1 1956-02-25 by date 1]", "date When? [1 1956 by date 1]", "date When? [1 1956-02-25 by date 1]"}},
		{"How many? = 1436\nHow many? = 1,436 ± 10\nHow far? = 7.5 +- 0.1", []string{"number How many? [1 1436 by number 1]", "number How many? [1 1,436 by number 1 ±10]", "number How far? [1 7.5 by number 1 ±0.1]"}},
		{"It thawed. = true\nIt froze. = False\n- true >> It thawed.", []string{"truth It thawed. [1 true 1] [1 false]", "truth It froze. [1 true so It thawed.] [1 false 1]"}},
		{"Order:\n2. b >> 1956\n1. a >> March 1953\n3. c\n3. d", []string{"order Order: [1 a 1 so 1953-03] [2 b 1 so 1956] [3 c 1] [4 d 1 ±1]"}},
		{"Match:\nItaly -> Rome >> Eternal.\nJapan → Tokyo\n- Chat", []string{"match Match: [1 Italy] [1 Rome 1 so Eternal.] [2 Japan] [2 Tokyo 1] [0 Chat]"}},
		{"On {{25 February 1956}} in {{Moscow|Moskva}}.\n-2 Kiev >> No.\nIn {{}}.\n= Moscow", []string{
			"cloze On {{1}} in {{2}}. [1 1956-02-25 by date 1] [2 Moscow by term 1] [2 Moskva by term 1] [2 Kiev by term so No.]", "cloze In {{1}}. [1 Moscow by term 1]"}},
		{"a\tb\nc\td\t\n-ung\tnoun", []string{"flash a [1 b 1]", "flash c [1 d 1]", "flash -ung [1 noun 1]"}},
		{"the Thaw :: after 1953", []string{"flash the Thaw [1 after 1953 1]"}},
		{"der Tau ::: the dew", []string{"flash der Tau [1 the dew 1]", "flash the dew [1 der Tau 1]"}},
		{"If x = 3. What is 2x? = 6\nx = 2y. = true", []string{"number If x = 3. What is 2x? [1 6 by number 1]", "truth x = 2y. [1 true 1] [1 false]"}},
		{"? a = b\n= c", []string{"text a = b [1 c by term 1]"}},
		{"One\n\n  - two\n= three", []string{"text One\n\n- two [1 three by term 1]"}},
		{"Read\non: a\n= b", []string{"text Read\non: a [1 b by term 1]"}},
		{"   Who? = A\n   Where? = B", []string{"text Who? [1 A by term 1]", "text Where? [1 B by term 1]"}},
		{"// no\nWho? = A // so\n// no", []string{"text Who? [1 A // so by term 1]"}},
		{"#1 hit of 1956? = X\n#topic\nWho? = A", []string{"text #1 hit of 1956? [1 X by term 1]", "text Who? [1 A by term 1]"}},
		{"A text {{a}}.\nAnother {{b}}.", []string{"cloze A text {{1}}. [1 a by term 1]", "cloze Another {{1}}. [1 b by term 1]"}},
		{"What is $\\frac{a}{b}$? = $x$", []string{`text What is $\frac{a}{b}$? [1 $x$ by term 1]`}},
	} {
		b, err := plain.Read(context.Background(), bundle.Of("", []byte(c.in)))
		var got []string
		for _, it := range b.Items {
			got = append(got, sketch(it))
		}
		if err != nil || len(b.Problems) > 0 || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q:\n got %q %v %+v\nwant %q", c.in, got, err, b.Problems, c.want)
		}
	}
}

func TestAroundQuestions(t *testing.T) {
	const in = "lang: en\n# Congresses\n## 1956\nWho? = A\ntags: a, b\\, c\nlevel: apply\nstate: draft\n# Later\nQ?\n* a\n- b\nfixed: yes\nlang: de\n#\nR = b\nback: ru"
	b, err := plain.Read(context.Background(), bundle.Of("", []byte(in)))
	if err != nil || len(b.Items) != 3 || b.Lang != "en" {
		t.Fatalf("got %+v, %v", b, err)
	}
	one, two, three := b.Items[0], b.Items[1], b.Items[2]
	if !reflect.DeepEqual(one.Topic, []string{"Congresses", "1956"}) || !reflect.DeepEqual(one.Tags, []string{"a", "b, c"}) ||
		one.State != "draft" || one.Version.Level != "apply" || one.Version.Lang != "en" || one.Line != 4 {
		t.Errorf("the first: %+v", one)
	}
	if !reflect.DeepEqual(two.Topic, []string{"Later"}) || !two.Version.Fixed || two.Version.Lang != "de" {
		t.Errorf("the second: %+v", two)
	}
	if three.Topic != nil || three.Version.Back != "ru" {
		t.Errorf("the third: %+v", three)
	}
}

// What is wrong is said at its line, and the other questions are read.
func TestProblems(t *testing.T) {
	for _, c := range []struct {
		in   string
		line int
		code string
	}{
		{"Who?\n- a\n- b", 1, "no_right"},
		{"Who?\n* a\n* b", 1, "no_wrong"},
		{"Who?", 1, "unanswered"},
		{"Who?\n*a\n-b", 1, "sign"},
		{"* a\n- b", 1, "orphan"},
		{"Who? =", 1, "empty"},
		{"Who?\n* a\n-", 3, "empty"},
		{"Who?\n= a\n* b", 2, "mixed"},
		{"a\tb\tc", 1, "columns"},
		{"\tb", 1, "front"},
		{"a :: b\n:: c", 2, "one_back"},
		{"Match:\na -> b\nc ->", 3, "pair"},
		{"Who? = a\n\n  Where? = b", 1, "line"},
		{"In {{}}.", 1, "gap"},
		{"In {{a}}.\n=2 b", 2, "no_gap"},
		{"When? = soon\nas: date", 1, "date"},
		{"Order:\n1. a >> soon\n2. b\n3. c", 2, "date"},
		{"How many? = some\nas: number", 1, "number"},
		{"Who? = a\nas: thing", 2, "as"},
		{"Who? = a\nlevel: hard", 2, "property"},
		{"Who?\n* a\n-150% b", 3, "credit"},
	} {
		lines := strings.Count(c.in, "\n") + 1
		b, err := plain.Read(context.Background(), bundle.Of("", []byte("First? = a\n\n"+c.in+"\n\n? Last\n= z")))
		last := 1
		if c.code == "orphan" {
			last = 0
			b, err = plain.Read(context.Background(), bundle.Of("", []byte("# T\n\n"+c.in+"\n\n? Last\n= z\n\n? More\n= z")))
		}
		if err != nil || len(b.Items) != 2 || len(b.Problems) != 1 {
			t.Errorf("%q: got %d items, %v, %+v", c.in, len(b.Items), err, b.Problems)
			continue
		}
		p := b.Problems[0]
		if p.Line != c.line+2 || p.Reason.Code != "format.plain_"+c.code || p.Text != c.in || b.Items[last].Line != lines+4 {
			t.Errorf("%q: got line %d %s, text %q, want line %d %s", c.in, p.Line, p.Reason.Code, p.Text, c.line+2, c.code)
		}
		if !text.Has(p.Reason.Code) {
			t.Errorf("no text says %s", p.Reason.Code)
		}
	}
}

// What nobody has written by hand is refused, however long it is.
func TestHuge(t *testing.T) {
	for _, line := range []string{"  x\n", "x\n", "1. x\n", "* x\n", "> x\n\n\n", "x = ", "= | -> >> ", "a -> b\n"} {
		in := "Q?\n" + strings.Repeat(line, 4<<20/len(line))
		b, err := plain.Read(context.Background(), bundle.Of("", []byte(in)))
		if err != nil || len(b.Items) > 1 || len(b.Problems) == 0 {
			t.Errorf("%q: got %d items, %d problems, %v", line, len(b.Items), len(b.Problems), err)
		}
	}
	for _, line := range []string{"a\tb\n", "a = b\n", "?\n"} {
		_, err := plain.Read(context.Background(), bundle.Of("", []byte(strings.Repeat(line, 60_000))))
		if bad := (bundle.Unreadable{}); !errors.As(err, &bad) || bad.Reason.Code != "format.many" {
			t.Errorf("%q: got %v", line, err)
		}
	}
}

// Each block knows its lines, so that a preview stands beside them.
func TestBlocksKnowTheirLines(t *testing.T) {
	got := ""
	for _, b := range plain.Blocks("# T\n\nWhere?\n* a\n\n- b\n> so\n\n  and so\n\n// no\nWho?\n\na ::: b\n\n") {
		got += fmt.Sprintf("%d-%d:%d ", b.First, b.Last, len(b.Items))
		if (b.Problem == nil) != (len(b.Items) > 0) {
			t.Errorf("%+v has both or neither", b)
		}
	}
	if want := "3-9:1 12-12:0 14-14:2 "; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// An unfinished draft is kept as it is.
func TestDraftNeedNotBeFinished(t *testing.T) {
	b, err := plain.Read(context.Background(), bundle.Of("", []byte("Who?\n- a\n- b\nstate: draft\n\nWhere?\nas: flash\nstate: draft")))
	if err != nil || len(b.Items) != 2 || len(b.Items[0].Version.Answers) != 2 || b.Items[1].Version.Kind != questions.Flash {
		t.Fatalf("got %+v, %v", b, err)
	}
	if again := write(t, b); strings.Count(again, "state: draft") != 2 {
		t.Errorf("written again:\n%s", again)
	}
}

// The example is read without a problem, and each of its questions is fit to be asked.
func TestExample(t *testing.T) {
	b, err := plain.Read(context.Background(), bundle.Of("", []byte(plain.Example())))
	if err != nil || len(b.Items) != 5 || len(b.Problems) > 0 {
		t.Fatalf("got %+v, %v", b, err)
	}
	for _, it := range b.Items {
		k, _ := kind.Of(it.Version.Kind)
		if found := k.Check(it.Version); len(found) > 0 {
			t.Errorf("%s: %+v", it.Version.Prompt, found)
		}
	}
	if got := write(t, b); got != plain.Example() {
		t.Errorf("written again:\n%s", got)
	}
}

func TestSniff(t *testing.T) {
	for in, want := range map[string]int{"Who? = A": 10, "a\tb": 10, "hello": 1, "PK\x03\x04\x00\x00": 0} {
		if got := plain.Sniff(bundle.Of("", []byte(in))); got != want {
			t.Errorf("%q: got %d, want %d", in, got, want)
		}
	}
}

// Nothing that is written is lost in silence: each line with something on it belongs to
// a block, or is a topic, a remark or the language. What is read can be written.
func FuzzRead(f *testing.F) {
	f.Add(plain.Example())
	f.Add("Match:\na -> b\nc -> d\n- e\n\nOrder:\n1. a\n2. b\n2. c\n\nIn {{a|b}} {{}}.\n=2 7 ± 1\n-2:50% 9\nas: term, number\ntags: a\\, b, c")
	f.Add("? # a\n:: b\n  \n  c\n\n#x\na\tb\n>> c\n\x00\xff")
	f.Fuzz(func(t *testing.T, in string) {
		b, err := plain.Read(context.Background(), bundle.Of("", []byte(in)))
		if err != nil {
			return
		}
		lines := 0
		for _, block := range plain.Blocks(in) {
			if block.First > block.Last || (block.Problem == nil) == (len(block.Items) == 0) {
				t.Fatalf("block %+v", block)
			}
			lines += max(len(block.Items), 1)
		}
		if lines != b.Total() {
			t.Fatalf("%d blocks, total %d", lines, b.Total())
		}
		var out strings.Builder
		problems, err := plain.Write(context.Background(), &out, b, bundle.Options{})
		if err != nil {
			t.Fatal(err)
		}
		again, err := plain.Read(context.Background(), bundle.Of("", []byte(out.String())))
		if err != nil || len(again.Items)+len(problems) != len(b.Items) || len(again.Problems) > 0 {
			t.Fatalf("%d items, %d written again, %d problems, %v:\n%s", len(b.Items), len(again.Items), len(problems), err, out.String())
		}
	})
}

// BenchmarkRead reads 10,000 questions.
func BenchmarkRead(b *testing.B) {
	in := bundle.Of("", []byte(strings.Repeat(plain.Example(), 2000)))
	b.ReportAllocs()
	for b.Loop() {
		if got, err := plain.Read(context.Background(), in); err != nil || len(got.Items) != 10_000 {
			b.Fatal(len(got.Items), err)
		}
	}
}
