package kahoot_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"thaw/questions"
	"thaw/questions/format"
	"thaw/questions/format/bundle"
	"thaw/questions/format/formattest"
	"thaw/questions/format/kahoot"
	"thaw/questions/format/xlsx"
)

// form is a sheet as Kahoot has it, filled in.
func form(t testing.TB, rows ...[]any) []byte {
	t.Helper()
	table := [][]any{nil, {nil, "Quiz template"}, {nil, "Add questions"}, nil, nil, nil, nil,
		{nil, "Question - max 120 characters", "Answer 1 - max 75 characters", "Answer 2 - max 75 characters", "Answer 3 - max 75 characters", "Answer 4 - max 75 characters",
			"Time limit (sec)", "Correct answer(s) - choose at least one"}}
	var out bytes.Buffer
	if err := xlsx.WriteRows(&out, "Sheet1", 8, append(table, rows...)); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func codes(problems []bundle.Problem) string {
	var list []string
	for _, p := range problems {
		list = append(list, fmt.Sprintf("%d:%s", p.Line, strings.TrimPrefix(p.Reason.Code, "format.")))
	}
	return strings.Join(list, " ")
}

func said(b bundle.Bundle) string {
	var list []string
	for _, it := range b.Items {
		text := fmt.Sprint(it.Line, it.State, " ", it.Version.Kind, " ", it.Version.Prompt)
		for _, a := range it.Version.Answers {
			text += fmt.Sprintf(" %s*%g", a.Text, a.Credit)
		}
		list = append(list, text)
	}
	return strings.Join(list, "\n")
}

func TestRead(t *testing.T) {
	in := bundle.Of("quiz.xlsx", form(t,
		[]any{1, "Where?", "Moscow", "Kiev", nil, nil, 20, 1}, []any{2}, []any{3, nil, nil, nil, nil, nil, 30},
		[]any{4, "Which are even?", 2, 1, "4", "3", 20, "1,3"}, []any{5, "So?", "True", "False", nil, nil, 20, "2"},
		[]any{6, "Decimal?", "a", "b", "c", nil, 20, 1.2}, []any{7, "No key?", "a", "b", nil, nil, 20}, []any{8, nil, "a", "b", nil, nil, 20, 1}))
	if f, ok := format.Detect(in); !ok || f.Name != "kahoot" {
		t.Errorf("detected %s, want kahoot", f.Name)
	}
	b, err := kahoot.Read(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	want := "9 choice Where? Moscow*1 Kiev*0\n12 several Which are even? 2*1 1*0 4*1 3*0\n13 truth So? true*0 false*1\n" +
		"14 several Decimal? a*1 b*1 c*0\n15draft choice No key? a*0 b*0"
	if got := said(b); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got, want := codes(b.Problems), "16:sheet_no_question"; got != want {
		t.Errorf("problems: got %s, want %s", got, want)
	}
	if got, want := codes(b.Notes), "15:problem.no_key 12:sheet_any 14:sheet_any"; got != want {
		t.Errorf("notes: got %s, want %s", got, want)
	}
}

func TestOtherSheetsAreRefused(t *testing.T) {
	var out bytes.Buffer
	if err := xlsx.WriteRows(&out, "Sheet1", 1, [][]any{{"a", "b"}, {"question", "answer", "time", "correct"}}); err != nil {
		t.Fatal(err)
	}
	in := bundle.Of("a.xlsx", out.Bytes())
	if got := kahoot.Sniff(in); got != 0 {
		t.Errorf("sniffed %d, want 0", got)
	}
	if _, err := kahoot.Read(context.Background(), in); err == nil || !strings.Contains(err.Error(), "format.sheet_headings") {
		t.Errorf("got %v, want that the headings are missing", err)
	}
}

func choice(prompt string, options ...string) bundle.Item {
	v := questions.Version{Kind: questions.Choice, Prompt: prompt}
	for i, o := range options {
		v.Answers = append(v.Answers, questions.Answer{Part: 1, Text: o, Credit: float64(1 - min(i, 1))})
	}
	return bundle.Item{Version: v}
}

func TestWrite(t *testing.T) {
	items := []bundle.Item{
		choice("=1+1?", "'=2", "-5"), choice(strings.Repeat("x", 121), "a", "b"), choice("?", strings.Repeat("é", 76), "b"),
		choice("?", "a", "b", "c", "d", "e"), choice("**So**?", "a", "b"), {Version: questions.Version{Kind: questions.Flash, Prompt: "f"}},
		{Version: questions.Version{Kind: questions.Choice, Prompt: "no key", Answers: []questions.Answer{{Part: 1, Text: "a"}, {Part: 1, Text: "b"}}}},
		choice(strings.Repeat("é", 120), strings.Repeat("ü", 75), "b"),
	}
	items[0].Version.Prompt = `\=1+1?`
	items[0].Version.Answers[1].Text = `\-5`
	var out bytes.Buffer
	problems, err := kahoot.Write(context.Background(), &out, bundle.Bundle{Items: items}, bundle.Options{})
	want := "2:kahoot_question 3:kahoot_answer 4:kahoot_options 5:sheet_partly 6:sheet_kind 7:sheet_no_key"
	if got := codes(problems); got != want || err != nil {
		t.Errorf("got %s, %v; want %s", got, err, want)
	}
	f, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	var cells []string
	for _, cell := range []string{"B8", "A9", "B9", "C9", "D9", "G9", "H9"} {
		value, err := f.GetCellValue("Sheet1", cell)
		if err != nil {
			t.Fatal(err)
		}
		cells = append(cells, value)
	}
	if got, want := strings.Join(cells, "|"), "Question - max 120 characters|1|=1+1?|'=2|-5|20|1"; got != want {
		t.Errorf("cells: got %s, want %s", got, want)
	}
	if formula, err := f.GetCellFormula("Sheet1", "B9"); formula != "" || err != nil {
		t.Errorf("a text became the formula %s, %v", formula, err)
	}
}

func TestAHundredAreWritten(t *testing.T) {
	var items []bundle.Item
	for i := range 102 {
		items = append(items, choice(fmt.Sprint("Question ", i), "a", "b"))
	}
	var out bytes.Buffer
	problems, err := kahoot.Write(context.Background(), &out, bundle.Bundle{Items: items}, bundle.Options{})
	if got, want := codes(problems), "101:kahoot_full 102:kahoot_full"; got != want || err != nil {
		t.Errorf("got %s, %v; want %s", got, err, want)
	}
}

// What is written, and not said to be less than it was, is read again.
func TestWrittenIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items := rapid.SliceOfN(formattest.Items(), 1, 4).Draw(t, "items")
		var out bytes.Buffer
		problems, err := kahoot.Write(context.Background(), &out, bundle.Bundle{Items: items}, bundle.Options{})
		if err != nil {
			t.Fatal(err)
		}
		whole := len(items)
		left := 0
		for _, p := range problems {
			if p.Reason.Code != "format.sheet_partly" {
				left++
			}
			whole--
		}
		b, err := kahoot.Read(context.Background(), bundle.Of("", out.Bytes()))
		if len(items) == left {
			return
		}
		if err != nil || len(b.Items) != len(items)-left || len(b.Problems) > 0 {
			t.Fatalf("got %v, %d items and %+v; want %d", err, len(b.Items), b.Problems, len(items)-left)
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add(form(f, []any{1, "Where?", "Moscow", "Kiev", nil, nil, 20, 1}))
	f.Add(form(f))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := kahoot.Read(context.Background(), bundle.Of("a.xlsx", data))
		if err != nil {
			return
		}
		if _, err := kahoot.Write(context.Background(), &bytes.Buffer{}, b, bundle.Options{}); err != nil {
			t.Errorf("what was read cannot be written: %v", err)
		}
	})
}
