package quizizz_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"thaw/questions"
	"thaw/questions/format"
	"thaw/questions/format/bundle"
	"thaw/questions/format/formattest"
	"thaw/questions/format/quizizz"
	"thaw/questions/format/xlsx"
)

func form(t testing.TB, rows ...[]any) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := xlsx.WriteRows(&out, "Sheet1", 1, rows); err != nil {
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
		[]any{"question type", "Question Text", "Option 1", "Option 2", "Option 3", "Option 4", "Option 5", "Correct Answer", "Time in seconds", "Image Link", "Answer explanation"},
		[]any{"Multiple Choice", "Where?", "Moscow", "Kiev", nil, nil, nil, 1, 30, nil, "It was."},
		[]any{"Checkbox", "Which?", "a", "b", "1,3", nil, nil, "1,3", 30},
		[]any{"Fill-in-the-Blank", "Who?", "Khrushchev", "Chruschtschow", nil, nil, nil, nil, 30},
		[]any{"Poll", "Your favourite?", "a", "b"}, []any{"Open-Ended", "Why?"}, []any{"Draw", "A map"},
		[]any{"Multiple Choice", "No key?", "a", "b"}, []any{"Multiple Choice", "No options?"},
		[]any{"Multiple Choice", "Picture?", "a", "b", nil, nil, nil, "2", 30, "https://example.org/a.png"}))
	if f, ok := format.Detect(in); !ok || f.Name != "quizizz" {
		t.Errorf("detected %s, want quizizz", f.Name)
	}
	b, err := quizizz.Read(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	want := "2 choice Where? Moscow*1 Kiev*0\n3 several Which? a*1 b*0 1,3*1\n4 text Who? Khrushchev*1 Chruschtschow*1\n" +
		"8draft choice No key? a*0 b*0\n9draft choice No options?\n10 choice Picture? a*0 b*1"
	if got := said(b); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got, want := codes(b.Problems), "5:sheet_type 6:sheet_type 7:sheet_type"; got != want {
		t.Errorf("problems: got %s, want %s", got, want)
	}
	if got, want := codes(b.Notes), "1:sheet_ignored 8:problem.no_key 9:problem.no_key 10:sheet_link"; got != want {
		t.Errorf("notes: got %s, want %s", got, want)
	}
	if got := b.Items[0].Version.Explain; got != "It was." {
		t.Errorf("explanation: got %q", got)
	}
}

// Sixty questions of which none has a key are drafts, each with what it lacks.
func TestDrafts(t *testing.T) {
	rows := [][]any{{"Question Text", "Question Type", "Option 1", "Option 2", "Correct Answer", "Time in seconds"}}
	for i := range 60 {
		rows = append(rows, []any{fmt.Sprint("Question ", i), "Multiple Choice", "a", "b", nil, 20})
	}
	b, err := quizizz.Read(context.Background(), bundle.Of("", form(t, rows...)))
	if err != nil || len(b.Items) != 60 || len(b.Notes) != 61 || b.Items[59].State != "draft" {
		t.Errorf("got %d items, %d notes, %v; want 60 drafts with a note each", len(b.Items), len(b.Notes), err)
	}
}

func TestWrite(t *testing.T) {
	answer := func(text string, credit float64, match string) questions.Answer {
		return questions.Answer{Part: 1, Text: text, Credit: credit, Match: match}
	}
	six := questions.Version{Kind: questions.Choice, Prompt: "six", Answers: []questions.Answer{answer("0", 1, "")}}
	for i := range 5 {
		six.Answers = append(six.Answers, answer(fmt.Sprint(i+1), 0, ""))
	}
	items := []bundle.Item{
		{Version: questions.Version{Kind: questions.Date, Prompt: "When?", Answers: []questions.Answer{answer("1956-02-25", 1, questions.MatchDate)}}},
		{Version: questions.Version{Kind: questions.Number, Prompt: "How many?", Answers: []questions.Answer{answer("-5", 1, questions.MatchNumber)}}},
		{Version: questions.Version{Kind: questions.Text, Prompt: "Who?", Answers: []questions.Answer{answer("K.", 1, questions.MatchTerm), answer("M.", 0, questions.MatchTerm)}}},
		{Version: six}, {Version: questions.Version{Kind: questions.Order, Prompt: "order"}},
	}
	var out bytes.Buffer
	problems, err := quizizz.Write(context.Background(), &out, bundle.Bundle{Items: items}, bundle.Options{})
	if got, want := codes(problems), "3:sheet_partly 4:quizizz_options 5:sheet_kind"; got != want || err != nil {
		t.Errorf("got %s, %v; want %s", got, err, want)
	}
	b, err := quizizz.Read(context.Background(), bundle.Of("", out.Bytes()))
	if got, want := said(b), "2 date When? 1956-02-25*1\n3 number How many? -5*1\n4 text Who? K.*1"; got != want || err != nil {
		t.Errorf("got %s, %v; want %s", got, err, want)
	}
}

// What is written is read again; what is less than it was is said.
func TestWrittenIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items := rapid.SliceOfN(formattest.Items(), 1, 4).Draw(t, "items")
		var out bytes.Buffer
		problems, err := quizizz.Write(context.Background(), &out, bundle.Bundle{Items: items}, bundle.Options{})
		if err != nil {
			t.Fatal(err)
		}
		left := map[int]bool{}
		partly := map[int]bool{}
		for _, p := range problems {
			if p.Reason.Code == "format.sheet_partly" {
				partly[p.Line] = true
			} else {
				left[p.Line] = true
			}
		}
		b, err := quizizz.Read(context.Background(), bundle.Of("", out.Bytes()))
		if len(items) == len(left) {
			return
		}
		if err != nil || len(b.Items) != len(items)-len(left) || len(b.Problems) > 0 {
			t.Fatalf("got %v, %d items and %+v; want %d", err, len(b.Items), b.Problems, len(items)-len(left))
		}
		n := 0
		for i, it := range items {
			if left[i+1] {
				continue
			}
			if again := b.Items[n]; !partly[i+1] && fmt.Sprint(again.Version) != fmt.Sprint(it.Version) {
				t.Fatalf("got %+v, want %+v", again.Version, it.Version)
			}
			n++
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add(form(f, []any{"Question Text", "Question Type", "Option 1", "Option 2", "Correct Answer"}, []any{"Where?", "Multiple Choice", "Moscow", "Kiev", 1}))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := quizizz.Read(context.Background(), bundle.Of("a.xlsx", data))
		if err != nil {
			return
		}
		if _, err := quizizz.Write(context.Background(), &bytes.Buffer{}, b, bundle.Options{}); err != nil {
			t.Errorf("what was read cannot be written: %v", err)
		}
	})
}
