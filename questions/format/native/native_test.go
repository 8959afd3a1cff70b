package native_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"thaw/questions"
	"thaw/questions/format"
	"thaw/questions/format/bundle"
	"thaw/questions/format/formattest"
	"thaw/questions/format/native"
)

var ctx = context.Background()

// banks draws a bundle with everything that one can have.
func banks(t *rapid.T, slug string) bundle.Bundle {
	text := rapid.StringOfN(rapid.RuneFrom([]rune(`aß "\<>&{}[]:,Хש🧊`+"\n\t\u2028\x00")), 0, 12, -1)
	some := func(label string) string { return text.Draw(t, label) }
	b := bundle.Bundle{Slug: slug, Title: "T" + some("title"), Lang: "en", About: some("about"), Source: some("source")}
	for i := range rapid.IntRange(0, 3).Draw(t, "topics") {
		b.Topics = append(b.Topics, bundle.Topic{Slug: fmt.Sprint("t", i), Title: some("topic"), About: some("about"), Parent: rapid.SampledFrom([]string{"", "t0"}).Draw(t, "parent")})
		b.Facts = append(b.Facts, bundle.Fact{Slug: fmt.Sprint("f", i), Topic: "t0", Text: some("fact"), Lang: "de", Twin: some("twin"), Passage: "p", Happened: "1956-02-25"})
		b.Entities = append(b.Entities, questions.Entity{Slug: fmt.Sprint("e", i), Kind: "person", Name: some("name"), About: some("about"), Spellings: []string{some("spelling")}})
	}
	if rapid.Bool().Draw(t, "reading") {
		b.Sections = []bundle.Section{{Slug: "s", Title: some("section"), Passages: []questions.Passage{{Slug: "p", Section: "s", Text: some("passage")}}}}
		b.Media = []bundle.Media{{Name: "/media/x.png", Data: []byte(some("data") + "\xff\x00")}}
	}
	for i, it := range rapid.SliceOfN(formattest.Items(), 0, 4).Draw(t, "items") {
		it.Line, it.ID, it.Name, it.State = i+1, fmt.Sprint("q", i), some("name"), rapid.SampledFrom([]string{"", "draft", "live", "retired"}).Draw(t, "state")
		it.Passage, it.Twin, it.Mirrors = "p", some("twin"), "q0"
		it.Version.Level, it.Version.Back, it.Version.Quote = "apply", "ru", some("quote")
		if rapid.Bool().Draw(t, "refs") && len(it.Version.Answers) > 0 {
			it.Refs = make([]bundle.Ref, len(it.Version.Answers))
			it.Refs[0] = bundle.Ref{Fact: "f0", Entity: "e0"}
		}
		if rapid.Bool().Draw(t, "learned") {
			it.Learned = &bundle.Learned{Due: time.Date(2026, 1, 2, 3, 4, 5, 6e6, time.UTC), Interval: 3, Reps: 2, Lapses: 1, Suspended: true, Stability: 2.3065, Difficulty: 1. / 3,
				Reviews: []bundle.Review{{At: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Rating: 3, Took: 1234 * time.Millisecond}}}
		}
		b.Items = append(b.Items, it)
	}
	return b
}

func TestWhatIsWrittenIsReadAsItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := banks(t, "one")
		var out bytes.Buffer
		if lost, err := native.Write(ctx, &out, b, bundle.Options{Learned: true}); err != nil || len(lost) > 0 {
			t.Fatalf("writing: lost %v, %v", lost, err)
		}
		got, err := native.Read(ctx, bundle.Of("bank.json", out.Bytes()))
		if err != nil || !reflect.DeepEqual(got, b) {
			t.Fatalf("read %v:\n got %+v\nwant %+v\n%s", err, got, b, out.String())
		}
		if f, ok := format.Detect(bundle.Of("x", out.Bytes())); !ok || f.Name != "native" {
			t.Fatalf("it is taken for %q", f.Name)
		}
	})
}

func TestSeveralBanksStandInOneFile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := []bundle.Bundle{banks(t, "one"), banks(t, "two")}
		var out bytes.Buffer
		if err := native.WriteAll(ctx, &out, list, bundle.Options{Learned: true}); err != nil {
			t.Fatal(err)
		}
		got, err := native.ReadAll(ctx, bundle.Of("all.json", out.Bytes()))
		if err != nil || !reflect.DeepEqual(got, list) {
			t.Fatalf("read %v:\n got %+v\nwant %+v", err, got, list)
		}
		all, err := native.Read(ctx, bundle.Of("all.json", out.Bytes()))
		if err != nil || len(all.Items) != len(list[0].Items)+len(list[1].Items) {
			t.Fatalf("joined: %d items, %v", len(all.Items), err)
		}
		ids := map[string]bool{}
		for _, it := range all.Items {
			if ids[it.ID] || len(it.Topic) == 0 {
				t.Fatalf("two items are %q, or one has no topic", it.ID)
			}
			ids[it.ID] = true
		}
	})
}

func TestWhatWasLearnedIsWrittenWhenItIsAskedFor(t *testing.T) {
	b := bundle.Bundle{Items: []bundle.Item{{ID: "q", Learned: &bundle.Learned{Interval: 3}}}}
	var out bytes.Buffer
	if _, err := native.Write(ctx, &out, b, bundle.Options{}); err != nil || strings.Contains(out.String(), "learned") {
		t.Errorf("%v: %s", err, out.String())
	}
}

func TestReadRefusesWholly(t *testing.T) {
	for name, c := range map[string]struct{ file, want string }{
		"nothing":            {``, "native.other"},
		"another's":          {`{"cards": []}`, "native.other"},
		"a list":             {`[1]`, "native.other"},
		"no edition":         {`{"thaw": "x"}`, "native.other"},
		"a newer one":        {`{"thaw": 2, "questions": []}`, "native.newer"},
		"one that breaks":    {"{\"thaw\": 1,\n\"questions\": [\n{\"kind\": \"flash\"},\n{\"ki", "native.broken"},
		"one that goes on":   {`{"thaw": 1} {"thaw": 1}`, "native.broken"},
		"a topic of another": {`{"thaw": 1, "topics": [7]}`, "native.broken"},
		"a huge entry":       {`{"thaw": 1, "questions": [{"prompt": "` + strings.Repeat("a", 2<<20) + `"}]}`, "native.entry_large"},
		"a huge key":         {`{"thaw": 1, "` + strings.Repeat("a", 2<<20) + `": 1}`, "native.entry_large"},
		"too many":           {`{"thaw": 1, "questions": [` + strings.Repeat("{},", 100_001) + `{}]}`, "native.many"},
	} {
		_, err := native.Read(ctx, bundle.Of("x", []byte(c.file)))
		var bad bundle.Unreadable
		if !errors.As(err, &bad) || bad.Reason.Code != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
		if c.want == "native.broken" && name == "one that breaks" && !reflect.DeepEqual(bad.Reason.Args, []string{"4"}) {
			t.Errorf("%s: the line is %v, want 4", name, bad.Reason.Args)
		}
	}
}

func TestAnEntryThatIsNoQuestionIsReported(t *testing.T) {
	b, err := native.Read(ctx, bundle.Of("x", []byte("\xEF\xBB\xBF{\"thaw\": 1, \"later\": {\"a\": [1]}, \"questions\": [{\"kind\": \"flash\", \"prompt\": \"a\"}, {\"kind\": 7}, \"no\"]}")))
	if err != nil || b.Total() != 3 || len(b.Items) != 1 || len(b.Problems) != 2 || len(b.Notes) != 1 {
		t.Fatalf("%+v, %v", b, err)
	}
	p := b.Problems[0]
	if p.Line != 2 || p.Text != `{"kind": 7}` || p.Reason.Code != "native.question" || b.Notes[0].Reason.Args[0] != "later" {
		t.Errorf("the problem is %+v, the note %+v", p, b.Notes[0])
	}
}

func TestAHostileFileCostsLittle(t *testing.T) {
	for name, file := range map[string]string{
		"answers":  `{"thaw": 1, "questions": [{"answers": [` + strings.Repeat("{},", 20<<20) + `{}]}]}`,
		"entries":  `{"thaw": 1, "topics": [` + strings.Repeat("{},", 20<<20) + `{}]}`,
		"brackets": `{"thaw": 1, "x": ` + strings.Repeat("[", 60<<20),
	} {
		in := bundle.Of("x", []byte(file))
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		_, err := native.Read(ctx, in)
		runtime.ReadMemStats(&after)
		if err == nil {
			t.Errorf("%s are taken", name)
		}
		if took := after.TotalAlloc - before.TotalAlloc; took > 100<<20 {
			t.Errorf("%s: %d MiB were allocated in all, want at most 100", name, took>>20)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"thaw": 1, "slug": "s", "topics": [{"slug": "t", "title": "T"}], "questions": [{"id": "q", "topic": ["T"], "kind": "choice", "prompt": "P", "answers": [{"part": 1, "text": "a", "credit": 1, "fact": "f"}]}, 7]}`))
	f.Add([]byte(`{"thaw": 1, "banks": [{"slug": "a", "questions": [{"id": "q"}]}, {"slug": "b", "questions": [{"id": "q", "mirrors": "q"}]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := native.Read(ctx, bundle.Of("x", data))
		if err != nil {
			return
		}
		var out bytes.Buffer
		if _, err := native.Write(ctx, &out, b, bundle.Options{Learned: true}); err != nil {
			t.Fatal(err)
		}
		again, err := native.Read(ctx, bundle.Of("x", out.Bytes()))
		if err != nil || len(again.Items) != len(b.Items) {
			t.Fatalf("what was read cannot be read again: %d of %d items, %v", len(again.Items), len(b.Items), err)
		}
	})
}

func BenchmarkTenThousandQuestions(b *testing.B) {
	one := bundle.Item{Topic: []string{"Congresses"}, Version: questions.Version{Kind: questions.Choice, Prompt: strings.Repeat("When was the speech? ", 5),
		Answers: []questions.Answer{{Part: 1, Text: "1953"}, {Part: 1, Text: "1956", Credit: 1}, {Part: 1, Text: "1961"}}}}
	all := bundle.Bundle{}
	for i := range 10_000 {
		one.ID = fmt.Sprint("q", i)
		all.Items = append(all.Items, one)
	}
	var out bytes.Buffer
	if _, err := native.Write(ctx, &out, all, bundle.Options{}); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := native.Read(ctx, bundle.Of("x", out.Bytes())); err != nil {
			b.Fatal(err)
		}
	}
}
