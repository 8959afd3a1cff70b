package bank

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/media"
)

func flashItem(id, front, back string) bundle.Item {
	return bundle.Item{ID: id, Version: questions.Version{Kind: questions.Flash, Prompt: front, Answers: []questions.Answer{{Part: 1, Text: back, Credit: 1}}}}
}

// became is the bank after an import: what the store makes of it.
func became(s Stock, in Intake) Stock {
	s.Bank.ID, s.Revision = 1, s.Revision+1
	topics, facts := map[string]questions.TopicID{"": 0}, map[string]questions.FactID{}
	for _, t := range s.Topics {
		topics[t.Slug] = t.ID
	}
	for _, t := range in.Bringing.Topics {
		t.ID, t.Parent = questions.TopicID(len(s.Topics)+1), topics[t.Under]
		topics[t.Slug] = t.ID
		s.Topics = append(s.Topics, t.Topic)
	}
	for _, f := range in.Bringing.Facts {
		f.ID, f.Bank, f.Topic = questions.FactID(len(s.Facts)+1), 1, topics[f.TopicSlug]
		facts[f.Slug] = f.ID
		s.Facts = append(s.Facts, f.Fact)
	}
	past := map[questions.QuestionID][]questions.Version{}
	for id, list := range s.Past {
		past[id] = slices.Clone(list)
	}
	s.Past, s.Questions = past, slices.Clone(s.Questions)
	for _, q := range in.Bringing.Questions {
		v := q.Version
		v.Answers = slices.Clone(v.Answers)
		for i, r := range q.Refs {
			if r.Fact != "" {
				v.Answers[i].Fact = facts[r.Fact]
			}
		}
		w := Written{Head: q.Head, Version: v}
		if at := slices.IndexFunc(s.Questions, func(o Written) bool { return o.ID == q.ID && q.ID != 0 }); at >= 0 {
			s.Past[q.ID] = append(s.Past[q.ID], s.Questions[at].Version)
			s.Questions[at] = w
			continue
		}
		w.ID, w.Topic = questions.QuestionID(len(s.Questions)+1), topics[q.TopicSlug]
		s.Questions = append(s.Questions, w)
	}
	return s
}

func fates(in Intake) (list []Fate) {
	for _, a := range in.Arrivals {
		list = append(list, a.Fate)
	}
	return list
}

func TestPlanDecidesItemByItem(t *testing.T) {
	empty := Stock{Bank: Bank{Lang: "en", Title: "Mine"}}
	had := became(empty, Plan(empty, bundle.Bundle{Items: []bundle.Item{
		flashItem("a", "When was the secret speech held in Moscow?", "1956"), flashItem("", "Who?", "Stalin"), flashItem("c", "Where?", "Gori"), flashItem("", "Why so?", "Because")}}, Wish{}))
	had.Past[had.Questions[2].ID] = []questions.Version{flashItem("", "Whence?", "Gori").Version}
	had.Questions[3].State = Retired
	for name, c := range map[string]struct {
		item bundle.Item
		want Fate
		twin bool
	}{
		"the same by its name":             {flashItem("a", "When was the secret speech held in Moscow?", "1956"), Duplicate, true},
		"the same in other type":           {flashItem("a", "WHEN was the *secret*  speech held in Moscow?", "1956"), Duplicate, true},
		"known and worded otherwise":       {flashItem("a", "When was it?", "1956"), Reworded, true},
		"known and explained now":          {explained(flashItem("a", "When was the secret speech held in Moscow?", "1956"), "Because."), Reworded, true},
		"the same by what it says":         {flashItem("", "Who?", "Stalin"), Duplicate, true},
		"the same under another name":      {flashItem("z", "Who?", "Stalin"), Duplicate, true},
		"an earlier wording":               {flashItem("c", "Whence?", "Gori"), Duplicate, true},
		"retired, by what it said":         {flashItem("", "Why so?", "Because"), Duplicate, true},
		"retired, under a name":            {flashItem("y", "Why so?", "Because"), Ready, false},
		"new":                              {flashItem("n", "What?", "Nothing"), Ready, false},
		"much alike":                       {flashItem("n", "When was the famous secret speech held in Moscow?", "1956"), Ready, true},
		"alike with another key":           {flashItem("n", "When was the famous secret speech held in Moscow?", "1957"), Ready, true},
		"alike by little, another key":     {flashItem("n", "When was the secret speech printed in Warsaw?", "1957"), Ready, false},
		"another accent":                   {flashItem("", "Who?", "Stálin"), Ready, false},
		"no kind of ours":                  {bundle.Item{Version: questions.Version{Kind: "essay", Prompt: "Write"}}, Refused, false},
		"known, and unfit now":             {bundle.Item{ID: "a", Version: questions.Version{Kind: questions.Flash, Prompt: "When was it?"}}, Refused, true},
		"of a name that is no slug":        {flashItem("{a} b", "What?", "Nothing"), Ready, false},
		"of no text at all, an empty card": {flashItem("e", "", ""), Ready, false},
	} {
		in := Plan(had, bundle.Bundle{Items: []bundle.Item{c.item}}, Wish{})
		a := in.Arrivals[0]
		if a.Fate != c.want || (a.Twin != nil) != c.twin {
			t.Errorf("%s: %s beside %+v, want %s", name, a.Fate, a.Twin, c.want)
		}
		if (a.Fate == Refused) != (a.Why.Code != "") || in.Imported+in.Reported+in.Duplicates != 1 {
			t.Errorf("%s: %+v", name, in.Numbers)
		}
	}
}

func explained(it bundle.Item, why string) bundle.Item {
	it.Version.Explain = why
	return it
}

func TestRepeatsOfAFileAreTakenAndFlagged(t *testing.T) {
	it := flashItem("", "a", "b")
	named := flashItem("x", "c", "d")
	other := flashItem("x", "e", "f") // the name again, for something else
	b := bundle.Bundle{Items: []bundle.Item{it, it, named, other}}
	empty := Stock{Bank: Bank{Lang: "en"}}
	in := Plan(empty, b, Wish{})
	if in.Imported != 4 || in.Alike != 1 || in.Arrivals[1].Twin == nil || in.Arrivals[1].Twin.Question != 0 || in.Arrivals[1].Twin.Item != 0 {
		t.Fatalf("%+v", in.Numbers)
	}
	had := became(empty, in)
	if again := Plan(had, b, Wish{}); again.Duplicates != 4 {
		t.Errorf("again: %+v, %v", again.Numbers, fates(again))
	}
	if more := Plan(had, bundle.Bundle{Items: []bundle.Item{it, it, it}}, Wish{}); more.Duplicates != 3 {
		t.Errorf("three of what the bank has: %+v", more.Numbers)
	}
}

func TestUnfitItemsBecomeDrafts(t *testing.T) {
	empty := Stock{Bank: Bank{Lang: "en"}}
	retired, draft, none := flashItem("r", "a", "b"), flashItem("d", "c", "d"), flashItem("u", "e", "")
	retired.State, draft.State, none.State = "retired", "draft", "live"
	in := Plan(empty, bundle.Bundle{Items: []bundle.Item{retired, draft, none}}, Wish{})
	var states []State
	for _, q := range in.Bringing.Questions {
		states = append(states, q.State)
	}
	if !slices.Equal(states, []State{Retired, Draft, Draft}) || in.Drafts != 2 || len(in.Arrivals[2].Unfit) == 0 {
		t.Errorf("%v, %+v, %+v", states, in.Numbers, in.Arrivals[2])
	}
}

func TestWhatThereIsNoKindForIsKeptAsADraft(t *testing.T) {
	empty := Stock{Bank: Bank{Lang: "en"}}
	b := bundle.Bundle{Items: []bundle.Item{flashItem("a", "a", "b")}, Problems: []bundle.Problem{{Line: 2, Text: "Discuss *this*.", Kind: "essay"}, {Line: 3}}}
	in := Plan(empty, b, Wish{Keep: true, Untitled: "Rest"})
	if in.Total != 3 || in.Imported != 1 || in.Reported != 2 || in.Kept != 1 || in.Kinds[questions.Text] != 0 {
		t.Fatalf("%+v", in.Numbers)
	}
	q := in.Bringing.Questions[1]
	if q.State != Draft || q.Version.Prompt != `Discuss \*this\*.` || !reflect.DeepEqual(q.Tags, []string{"essay"}) {
		t.Errorf("kept is %+v", q)
	}
	if again := Plan(became(empty, in), b, Wish{Keep: true}); again.Kept != 0 || !again.Bringing.Empty() {
		t.Errorf("again: %+v", again.Numbers)
	}
}

func TestRewordingKeepsWhatAFormatCannotSay(t *testing.T) {
	stored := questions.Version{Kind: questions.Text, Lang: "de", Level: "apply", Prompt: "Who?", Explain: "He did.", Passage: 5,
		Answers: []questions.Answer{{Part: 1, Fact: 7, Text: "Khrushchev", Match: questions.MatchPerson, Credit: 1, Feedback: "yes"}, {Part: 1, Fact: 7, Text: "Stalin", Match: questions.MatchPerson, Feedback: "dead"}}}
	s := Stock{Bank: Bank{ID: 1, Lang: "en"}, Facts: []Fact{{ID: 7, Bank: 1, Slug: "f", Text: FactText(stored), Lang: "de"}},
		Questions: []Written{{Head: Head{ID: 3, Bank: 1, Slug: "q", Kind: questions.Text, State: Live, Latest: 4}, Version: stored}}}
	it := bundle.Item{ID: "q", Version: questions.Version{Kind: questions.Text, Prompt: "Who was it?", Answers: []questions.Answer{
		{Part: 1, Text: "Khrushchev", Match: questions.MatchTerm, Credit: 1}, {Part: 1, Text: "Bulganin", Match: questions.MatchTerm, Credit: 1}}}}
	q := Plan(s, bundle.Bundle{Items: []bundle.Item{it}}, Wish{}).Bringing.Questions[0]
	v := q.Version
	if v.Explain != "He did." || v.Lang != "de" || v.Level != "apply" || v.Passage != 5 || v.Answers[0].Match != questions.MatchPerson || v.Answers[0].Feedback != "yes" ||
		v.Answers[1].Fact != 7 || q.Latest != 5 || q.State != Live {
		t.Errorf("it becomes %+v", q)
	}
	if len(q.Follow) != 1 || q.Follow[0].Text != "Who was it? Khrushchev" {
		t.Errorf("its fact becomes %+v", q.Follow)
	}
}

func TestTopicsAreFoundByTheirTitles(t *testing.T) {
	s := Stock{Bank: Bank{ID: 1}, Topics: Outline{{ID: 1, Slug: "w", Title: "War"}, {ID: 2, Slug: "c", Title: "Cold", Parent: 1}, {ID: 3, Slug: "x", Title: "Cold"}}}
	for _, c := range []struct {
		path []string
		want string
		made []string
	}{
		{[]string{"war"}, "w", nil}, {[]string{"War", "cold"}, "c", nil}, {[]string{"Cold"}, "c", nil},
		{[]string{"War", "Hot"}, "", []string{"w/Hot"}}, {[]string{"A", "B", "C", "D"}, "", []string{"/A", "A/B", "B/C / D"}},
		{nil, "", []string{"/Rest"}}, {[]string{" ", "\x00"}, "", []string{"/Rest"}}, {[]string{strings.Repeat("ä", 500)}, "", []string{"/" + strings.Repeat("ä", 119) + "…"}},
	} {
		o := newOutliner(s.Topics, nil)
		got := o.find(c.path, "Rest")
		titles := map[string]string{"": "", "w": "w"}
		var made []string
		for _, m := range o.made {
			titles[m.Slug] = m.Title
			made = append(made, titles[m.Under]+"/"+m.Title)
		}
		if c.want != "" && got != c.want || !slices.Equal(made, c.made) {
			t.Errorf("%q leads to %q making %q, want %q making %q", c.path, got, made, c.want, c.made)
		}
		if again := o.find(c.path, "Rest"); again != got {
			t.Errorf("%q leads to %q and then to %q", c.path, got, again)
		}
	}
}

func TestDirectionsOfACardAreTied(t *testing.T) {
	empty := Stock{Bank: Bank{Lang: "en"}}
	back, other := flashItem("b", "ice", "Eis"), flashItem("o", "snow and ice", "Eis")
	back.Mirrors, other.Mirrors = "a", "a"
	in := Plan(empty, bundle.Bundle{Items: []bundle.Item{other, back, flashItem("a", "Eis", "ice")}}, Wish{})
	qs := in.Bringing.Questions
	if qs[0].Mirrors != "" || qs[1].Mirrors != "a" || qs[2].Mirrors != "" {
		t.Errorf("mirrors: %q %q %q", qs[0].Mirrors, qs[1].Mirrors, qs[2].Mirrors)
	}
	if f := in.Bringing.Facts; f[1].Twin == "" || f[1].Twin != f[2].Twin || f[0].Twin != "" {
		t.Errorf("twins: %+v", f)
	}
	gap := bundle.Item{ID: "g1", Twin: "note", Version: flashItem("", "a …", "b").Version}
	second := gap
	second.ID, second.Version = "g2", flashItem("", "… b", "a").Version
	if f := Plan(empty, bundle.Bundle{Items: []bundle.Item{gap, second, flashItem("x", "y", "z")}}, Wish{}).Bringing.Facts; f[0].Twin == "" || f[0].Twin != f[1].Twin || f[2].Twin != "" {
		t.Errorf("of one note: %+v", f)
	}
}

func TestWhatWasThrownAwayComesBack(t *testing.T) {
	s := Stock{Thrown: map[string]bool{"a": true}}
	b := bundle.Bundle{Items: []bundle.Item{flashItem("a", "a", "b")}}
	in := Plan(s, b, Wish{})
	if in.Imported != 1 || in.Bringing.Questions[0].Slug != "a-2" {
		t.Fatalf("%+v, %+v", in.Numbers, in.Bringing.Questions)
	}
	if again := Plan(became(s, in), b, Wish{}); again.Duplicates != 1 {
		t.Errorf("again: %+v", again.Numbers)
	}
}

func TestWithoutLeavesItemsOut(t *testing.T) {
	in := Plan(Stock{}, bundle.Bundle{Items: []bundle.Item{flashItem("a", "a", "b"), flashItem("b", "c", "d")}}, Wish{Without: map[int]bool{1: true}})
	if in.Imported != 1 || in.Duplicates != 1 || len(in.Bringing.Questions) != 1 {
		t.Errorf("%+v", in.Numbers)
	}
}

func TestWhatIsAlikeStaysOutUntilItIsTakenAlong(t *testing.T) {
	first := flashItem("", "When was the famous secret speech held in Moscow?", "1956")
	second := flashItem("", "When was the famous secret speech given in Moscow?", "1956")
	named := second
	named.ID, named.Version.Prompt = "x", "When was this famous secret speech held in Moscow?"
	file := bundle.Bundle{Items: []bundle.Item{first, second, named}}
	for _, c := range []struct {
		name string
		wish Wish
		want []Fate
	}{
		{"nothing wished", Wish{}, []Fate{Ready, Ready, Ready}},
		{"apart", Wish{Apart: true}, []Fate{Ready, Apart, Ready}},
		{"taken along", Wish{Apart: true, Along: map[int]bool{1: true}}, []Fate{Ready, Ready, Ready}},
		{"left out", Wish{Without: map[int]bool{2: true}}, []Fate{Ready, Ready, Apart}},
	} {
		in := Plan(Stock{}, file, c.wish)
		if !slices.Equal(fates(in), c.want) || in.Imported+in.Duplicates != 3 || in.Apart != in.Duplicates {
			t.Errorf("%s: %v, %+v", c.name, fates(in), in.Numbers)
		}
	}
}

// TestEveryItemIsCountedOnce holds imports to their promise, whatever the file: each item
// is imported, reported or a duplicate, and the same file again adds nothing.
func TestEveryItemIsCountedOnce(t *testing.T) {
	words := rapid.SampledFrom([]string{"a", "A", "b", "", "*a*", "a b c d e", "a b c d f", "c\x00", "ä"})
	ids := rapid.SampledFrom([]string{"", "", "x", "y", "Z ", "x"})
	item := rapid.Custom(func(t *rapid.T) bundle.Item {
		it := flashItem(ids.Draw(t, "id"), words.Draw(t, "front"), words.Draw(t, "back"))
		it.Version.Kind = rapid.SampledFrom([]string{questions.Flash, questions.Text, "essay", questions.Cloze}).Draw(t, "kind")
		it.Twin, it.Mirrors = words.Draw(t, "twin"), ids.Draw(t, "mirrors")
		it.Topic = []string{words.Draw(t, "topic"), words.Draw(t, "topic")}
		return it
	})
	rapid.Check(t, func(t *rapid.T) {
		s := Stock{Bank: Bank{Lang: "en"}}
		for range 3 {
			b := bundle.Bundle{Items: rapid.SliceOfN(item, 0, 8).Draw(t, "items"), Problems: make([]bundle.Problem, rapid.IntRange(0, 2).Draw(t, "problems"))}
			in := Plan(s, b, Wish{Keep: true})
			if in.Total != b.Total() || in.Imported+in.Reported+in.Duplicates != in.Total || len(in.Arrivals) != len(b.Items) {
				t.Fatalf("%+v of %d", in.Numbers, b.Total())
			}
			s = became(s, in)
			slugs := map[string]bool{}
			for _, q := range s.Questions {
				if slugs[q.Slug] {
					t.Fatalf("two questions are %q", q.Slug)
				}
				slugs[q.Slug] = true
			}
			if again := Plan(s, b, Wish{Keep: true}); again.Imported != 0 || len(again.Bringing.Questions) != 0 {
				t.Fatalf("the same file again: %+v, %v\n%+v", again.Numbers, fates(again), b.Items)
			}
		}
	})
}

func TestMediaAreNamedAsOurs(t *testing.T) {
	sound := []byte("RIFF\x24\x00\x00\x00WAVEfmt ")
	f, err := media.Clean(sound)
	if err != nil {
		t.Fatal(err)
	}
	it := flashItem("a", "![what](a%20b.wav) and ![x](gone.png) and ![y](https://e.org/z.png)", "![](e%CC%81.wav)")
	b := bundle.Bundle{Items: []bundle.Item{it}, Media: []bundle.Media{{Name: "a b.wav", Data: sound}, {Name: "é.wav", Data: sound}, {Name: "virus.exe", Data: []byte("MZ")}}}
	cleanMedia(&b)
	v := b.Items[0].Version
	if v.Prompt != "![what](/media/"+f.Name+") and ![x](gone.png) and ![y](https://e.org/z.png)" || v.Answers[0].Text != "![](/media/"+f.Name+")" {
		t.Errorf("it shows %q and %q", v.Prompt, v.Answers[0].Text)
	}
	if len(b.Media) != 1 || len(b.Notes) != 2 || b.Notes[0].Reason.Code != "import.media" || b.Notes[1].Reason.Args[0] != "gone.png" {
		t.Errorf("media %d, notes %+v", len(b.Media), b.Notes)
	}
	if names := outward(&b); !slices.Equal(names, []string{f.Name}) || b.Items[0].Version.Answers[0].Text != "![]("+f.Name+")" {
		t.Errorf("going out: %v, %q", names, b.Items[0].Version.Answers[0].Text)
	}
	cleanMedia(&b)
	if b.Items[0].Version.Answers[0].Text != "![](/media/"+f.Name+")" || len(b.Media) != 1 {
		t.Errorf("coming in again: %q", b.Items[0].Version.Answers[0].Text)
	}
}

func BenchmarkPlanTenThousand(b *testing.B) {
	file := bundle.Bundle{}
	for i := range 10_000 {
		file.Items = append(file.Items, flashItem(fmt.Sprint("c", i), fmt.Sprintf("What happened in the year %d at place %d?", i%700, i), fmt.Sprint("Event ", i/3)))
	}
	empty := Stock{Bank: Bank{Lang: "en"}}
	had := became(empty, Plan(empty, file, Wish{}))
	for i := range file.Items {
		file.Items[i].ID += "new"
		file.Items[i].Version.Prompt += " Really?"
	}
	for b.Loop() {
		Plan(had, file, Wish{})
	}
}
