package bank

import (
	"errors"
	"strings"
	"testing"

	"thaw/app/fault"
	"thaw/questions"
)

const own, foreign = questions.BankID(1), questions.BankID(2)

// desk is the work on a question that is stored already, or on a new one.
func desk(v questions.Version, facts ...Fact) Work {
	w := Work{Bank: Bank{ID: own, Lang: "en"}, Revision: 5, Topics: Outline{{ID: 3, Title: "Speeches"}, {ID: 4, Title: "People"}}, Facts: facts,
		Passages: []questions.Passage{{ID: 9}}}
	if v.Kind != "" {
		w.Question = Written{Head: Head{ID: 7, Bank: own, Topic: 3, Kind: v.Kind, State: Live, Latest: 2}, Version: v}
	}
	return w
}

func typed(prompt, key string, fact questions.FactID) questions.Version {
	return questions.Version{Kind: questions.Text, Lang: "en", Level: "remember", Prompt: prompt,
		Answers: []questions.Answer{{Part: 1, Text: key, Match: questions.MatchPerson, Credit: 1, Fact: fact}}}
}

func flash(prompt, back string, fact questions.FactID) questions.Version {
	v := typed(prompt, back, fact)
	v.Kind, v.Answers[0].Match = questions.Flash, ""
	return v
}

func form(v questions.Version) Form {
	return Form{Base: 2, Topic: 3, State: Live, Version: v, Token: "a token"}
}

func write(t *testing.T, w Work, f Form) Change {
	t.Helper()
	c, err := Write(w, f)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestFactFollowsItsQuestion(t *testing.T) {
	v := typed("Who spoke?", "Khrushchev", 6)
	made := Fact{ID: 6, Bank: own, Topic: 3, Text: "Who spoke? Khrushchev", Lang: "en"}
	next := typed("Who gave it?", "Nikita Khrushchev", 0)
	f := form(next)
	f.Fact, f.Topic = 6, 4
	for name, c := range map[string]struct {
		fact Fact
		want *Fact
	}{
		"made of it":     {made, &Fact{ID: 6, Bank: own, Topic: 4, Text: "Who gave it? Nikita Khrushchev", Lang: "en"}},
		"made of others": {Fact{ID: 6, Bank: own, Topic: 4, Text: "He spoke.", Lang: "en"}, nil},
		"another bank's": {Fact{ID: 6, Bank: foreign, Topic: 3, Text: "Who spoke? Khrushchev"}, nil},
	} {
		p := write(t, desk(v, c.fact), f).Puts[0]
		if (p.Fact == nil) != (c.want == nil) || p.Fact != nil && *p.Fact != *c.want {
			t.Errorf("%s: the fact becomes %+v, want %+v", name, p.Fact, c.want)
		}
		if p.Latest != 3 || p.Topic != 4 || p.Version.Answers[0].Fact != 6 {
			t.Errorf("%s: the question becomes %+v", name, p)
		}
	}
	f.Fact = 0
	if p := write(t, desk(v, made), f).Puts[0]; p.Fact == nil || p.Fact.ID != 0 || p.Version.Answers[0].Fact != 0 {
		t.Errorf("a fact of its own is %+v, want a new one", p.Fact)
	}
}

func TestFactText(t *testing.T) {
	several := questions.Version{Kind: questions.Several, Prompt: "Which *two*?", Answers: []questions.Answer{{Part: 1, Text: "a", Credit: 1}, {Part: 1, Text: "b"}, {Part: 1, Text: "c", Credit: 1}}}
	date := questions.Version{Prompt: "When?", Answers: []questions.Answer{{Part: 1, Text: "1956-02-25", Match: questions.MatchDate, Credit: 1}}}
	long := questions.Version{Prompt: strings.Repeat("é", 400)}
	for want, v := range map[string]questions.Version{"Which two? a, c": several, "When? 25 February 1956": date, strings.Repeat("é", 299) + "…": long} {
		if got := FactText(v); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestWhatMayBeStored(t *testing.T) {
	good := typed("Who spoke?", "Khrushchev", 0)
	for name, c := range map[string]struct {
		spoil func(*Form)
		state State
		field string
	}{
		"fit":                       {func(*Form) {}, Live, ""},
		"no key":                    {func(f *Form) { f.Version.Answers = nil }, Live, "key"},
		"no key, as a draft":        {func(f *Form) { f.Version.Answers = nil }, Draft, ""},
		"an empty key, as a draft":  {func(f *Form) { f.Version.Answers[0].Text = "" }, Draft, ""},
		"no prompt, as a draft":     {func(f *Form) { f.Version.Prompt = "" }, Draft, "prompt"},
		"a long prompt, as a draft": {func(f *Form) { f.Version.Prompt = strings.Repeat("x", 3000) }, Draft, "prompt"},
		"no language":               {func(f *Form) { f.Version.Lang = "klingon?" }, Draft, "lang"},
		"no topic":                  {func(f *Form) { f.Topic = 99 }, Draft, "topic"},
		"a long topic":              {func(f *Form) { f.NewTopic = strings.Repeat("x", 200) }, Draft, "new_topic"},
		"another's fact":            {func(f *Form) { f.Fact = 99 }, Draft, "feeds"},
		"another's passage":         {func(f *Form) { f.Version.Passage = 99 }, Draft, "points"},
		"a kind that is none":       {func(f *Form) { f.Version.Kind = "riddle" }, Draft, "prompt"},
	} {
		f := form(good)
		f.Base = 0
		f.Version.Answers = append([]questions.Answer(nil), good.Answers...)
		f.State = c.state
		c.spoil(&f)
		_, err := Write(desk(questions.Version{}), f)
		var u Unfit
		switch errors.As(err, &u); {
		case c.field == "" && err != nil:
			t.Errorf("%s: %v %v, want it stored", name, err, u.Problems)
		case c.field != "" && (!fault.Is(err, fault.Invalid) || len(u.Problems) == 0 || u.Problems[0].Field != c.field):
			t.Errorf("%s: %v %v, want a problem at %s", name, err, u.Problems, c.field)
		}
	}
}

func TestTopicOfAQuestion(t *testing.T) {
	f := form(typed("Who spoke?", "Khrushchev", 0))
	f.Base, f.NewTopic = 0, " people "
	if c := write(t, desk(questions.Version{}), f); c.NewTopic != nil || c.Puts[0].Topic != 4 {
		t.Errorf("a topic that is there: %+v, want it taken", c)
	}
	f.NewTopic = "Camps"
	if c := write(t, desk(questions.Version{}), f); c.NewTopic == nil || c.NewTopic.Title != "Camps" || c.Puts[0].Topic != 0 {
		t.Errorf("a new topic: %+v, want it made", c)
	}
}

func TestConflict(t *testing.T) {
	v := typed("Who spoke?", "Khrushchev", 6)
	w := desk(v, Fact{ID: 6, Bank: own, Topic: 3})
	f := form(typed("Who else?", "Khrushchev", 0))
	f.Fact, f.Base = 6, 1
	if _, err := Write(w, f); !fault.Is(err, fault.Conflict) {
		t.Errorf("another wording from an older version: %v, want a conflict", err)
	}
	f.Version = typed("Who spoke?", "Khrushchev", 0)
	if c, err := Write(w, f); err != nil || len(c.Puts) != 0 {
		t.Errorf("the same wording from an older version: %v, %v, want nothing to do", c, err)
	}
}

func TestEntityStaysWithItsAnswer(t *testing.T) {
	v := typed("Who spoke?", "Khrushchev", 6)
	v.Answers[0].Entity = 12
	w := desk(v, Fact{ID: 6, Bank: own, Topic: 3})
	f := form(typed("Who gave it?", "Khrushchev", 0))
	f.Fact = 6
	if got := write(t, w, f).Puts[0].Version.Answers[0].Entity; got != 12 {
		t.Errorf("the entity becomes %d, want 12", got)
	}
	f.Version.Answers[0].Text = "Malenkov"
	if got := write(t, w, f).Puts[0].Version.Answers[0].Entity; got != 0 {
		t.Errorf("the entity of another answer is %d, want none", got)
	}
}

func TestReverseOfAFlashcard(t *testing.T) {
	front := flash("Secret Speech: when?", "1956", 6)
	f := form(front)
	f.Reversed, f.Fact = true, 6
	for name, c := range map[string]struct {
		fact Fact
		puts int
		twin bool
	}{
		"in no twin group": {Fact{ID: 6, Bank: own, Topic: 3}, 2, true},
		"in a twin group":  {Fact{ID: 6, Bank: own, Topic: 3, Twin: "pair"}, 1, true},
		"another bank's":   {Fact{ID: 6, Bank: foreign, Topic: 3}, 1, false},
	} {
		puts := write(t, desk(front, c.fact), f).Puts
		if len(puts) != c.puts {
			t.Fatalf("%s: %d puts, want %d", name, len(puts), c.puts)
		}
		back := puts[len(puts)-1]
		if back.ID != 0 || back.Reverses != 7 || back.State != Live || back.Topic != 3 || back.Latest != 1 || back.Fact == nil || back.Fact.ID != 0 {
			t.Errorf("%s: the other direction is %+v", name, back)
		}
		if back.Version.Prompt != "1956" || back.Version.Answers[0].Text != "Secret Speech: when?" || back.Version.Answers[0].Fact != 0 {
			t.Errorf("%s: its wording is %+v", name, back.Version)
		}
		if (back.Fact.Twin != "") != c.twin || c.puts == 2 && (puts[0].Fact.Twin != back.Fact.Twin || puts[0].Version != nil) {
			t.Errorf("%s: the twin groups are %q and %+v", name, back.Fact.Twin, puts[0].Fact)
		}
	}
	if c := write(t, desk(typed("Who?", "Stalin", 6), Fact{ID: 6, Bank: own, Topic: 3}), Form{Base: 2, Topic: 3, Fact: 6, State: Live, Reversed: true, Version: typed("Who?", "Stalin", 0)}); len(c.Puts) != 0 {
		t.Errorf("a question that is no flashcard is reversed: %+v", c.Puts)
	}
}

func TestSetStateTakesTheOtherDirectionAlong(t *testing.T) {
	front := flash("Secret Speech: when?", "1956", 6)
	for _, c := range []struct {
		from, back, to, want State
	}{
		{Live, Live, Retired, Retired}, {Live, Live, Draft, Draft}, {Retired, Retired, Live, Live},
		{Live, Retired, Draft, Retired}, {Draft, Retired, Live, Retired}, {Live, "", Retired, ""},
	} {
		w := desk(front)
		w.Question.State = c.from
		if c.back != "" {
			w.Back = Written{Head: Head{ID: 8, Reverses: 7, State: c.back, Latest: 1}, Version: Turned(front)}
		}
		change, err := SetState(w, c.to)
		if err != nil {
			t.Fatal(err)
		}
		got := c.back
		for _, p := range change.Puts {
			if p.ID == 8 {
				got = p.State
			} else if p.State != c.to {
				t.Errorf("%+v: the question is %s", c, p.State)
			}
		}
		if got != c.want {
			t.Errorf("%+v: the other direction is %q", c, got)
		}
	}
}

func TestTakeOfAnUpdate(t *testing.T) {
	mine, its := flash("When?", "1956", 6), flash("In which year?", "1956", 6)
	its.Ref = questions.Ref{Question: 70, Version: 4}
	w := desk(mine, Fact{ID: 6, Bank: foreign, Topic: 3, Twin: "pair"}, Fact{ID: 10, Bank: own, Topic: 3, Text: FactText(Turned(mine)), Lang: "en", Twin: "pair"})
	w.Question.Origin = questions.Ref{Question: 70, Version: 1}
	w.Back = Written{Head: Head{ID: 8, Bank: own, Topic: 3, Kind: questions.Flash, State: Live, Reverses: 7, Latest: 1}, Version: Turned(mine)}
	w.Back.Version.Answers[0].Fact = 10
	c := Take(w, Update{Mine: w.Question, Its: its})
	if len(c.Puts) != 2 || c.Puts[0].Latest != 3 || c.Puts[0].Origin.Version != 4 || c.Puts[1].Version.Answers[0].Text != "In which year?" {
		t.Errorf("taking it puts %+v", c.Puts)
	}
	c = Keep(w, Update{Mine: w.Question, Its: its})
	if len(c.Puts) != 1 || c.Puts[0].Version != nil || c.Puts[0].Origin.Version != 4 {
		t.Errorf("keeping mine puts %+v", c.Puts)
	}
}

// gapped is a text with two gaps that ask for two facts.
func gapped(prompt, who string, day string, facts ...questions.FactID) questions.Version {
	return questions.Version{Kind: questions.Cloze, Lang: "en", Level: "remember", Prompt: prompt, Answers: []questions.Answer{
		{Part: 1, Text: who, Match: questions.MatchPerson, Credit: 1, Fact: facts[0]}, {Part: 1, Text: "Chruschtschow", Match: questions.MatchPerson, Credit: 1, Fact: facts[0]},
		{Part: 2, Text: day, Match: questions.MatchDate, Credit: 1, Fact: facts[1]}}}
}

func TestEachGapHasItsOwnFact(t *testing.T) {
	const prompt = "The *speech* was given by {{1}} on {{2}}."
	f := form(gapped(prompt, "Khrushchev", "1956-02-25", 0, 0))
	f.Base = 0
	p := write(t, desk(questions.Version{}), f).Puts[0]
	if p.Fact != nil || len(p.Parts) != 2 || p.Parts[0].Slug == p.Parts[1].Slug || p.Parts[1].Part != 2 {
		t.Fatalf("a new text makes %+v and %+v, want a fact for each gap", p.Fact, p.Parts)
	}
	for i, want := range []string{"The speech was given by … on 25 February 1956. Khrushchev", "The speech was given by Khrushchev on …. 25 February 1956"} {
		if got := p.Parts[i].Text; got != want {
			t.Errorf("the fact of gap %d is %q, want %q", i+1, got, want)
		}
	}
}

func TestFactsFollowTheirGaps(t *testing.T) {
	const prompt = "The speech was given by {{1}} on {{2}}."
	was := gapped(prompt, "Khrushchev", "1956-02-25", 6, 7)
	made := Fact{ID: 6, Bank: own, Topic: 3, Text: "The speech was given by … on 25 February 1956. Khrushchev", Lang: "en"}
	worded := Fact{ID: 7, Bank: own, Topic: 3, Text: "It was in February.", Lang: "en"}
	f := form(gapped(prompt, "Nikita Khrushchev", "1956-02-25", 6, 7))
	p := write(t, desk(was, made, worded), f).Puts[0]
	if len(p.Parts) != 1 || p.Parts[0].ID != 6 || p.Parts[0].Text != "The speech was given by … on 25 February 1956. Nikita Khrushchev" {
		t.Errorf("the facts become %+v, want the first to follow its gap and the second as it was worded", p.Parts)
	}
	if facts := p.Version.Facts(); len(facts) != 2 || facts[0] != 6 || facts[1] != 7 {
		t.Errorf("the new wording asks for %v, want 6 and 7", facts)
	}
	f.Version = gapped(prompt, "Nikita Khrushchev", "1956-02-25", 6, 0)
	if p := write(t, desk(was, made, worded), f).Puts[0]; len(p.Parts) != 2 || p.Parts[1].ID != 0 || p.Version.Answers[2].Fact != 0 || p.Version.Answers[1].Fact != 6 {
		t.Errorf("a gap with a fact of its own makes %+v", p.Parts)
	}
	f.Version = gapped(prompt, "Khrushchev", "1956-02-25", 6, 7)
	if c := write(t, desk(was, made, worded), f); len(c.Puts) != 0 {
		t.Errorf("the same text again changes %+v", c.Puts)
	}
	f.Version = gapped(prompt, "Khrushchev", "1956-02-25", 6, 99)
	var u Unfit
	if _, err := Write(desk(was, made, worded), f); !errors.As(err, &u) || u.Problems[0].Field != "fact-2" {
		t.Errorf("another's fact: %v %v, want a problem at fact-2", err, u.Problems)
	}
}

func TestGapsWhereNothingCanBeFilledIn(t *testing.T) {
	v := gapped("The *speech* was given by {{1}} on {{2}}.", "Khrushchev", "1956-02-25", 6, 7)
	if got, want := Searchable(v, nil), "the speech was given by ... on ....\nkhrushchev\nchruschtschow\n1956-02-25\n25 february 1956\n"; got != want {
		t.Errorf("a search looks in %q, want %q", got, want)
	}
	if got, want := Lines(v, "", func(key string, _ ...any) string { return key })[0].Text, "The *speech* was given by {{Khrushchev}} on {{25 February 1956}}."; got != want {
		t.Errorf("a wording is shown as %q, want %q", got, want)
	}
}

func TestAnUnfinishedTextMayBeADraft(t *testing.T) {
	for _, v := range []questions.Version{gapped("By {{1}} on {{2}}.", "", "", 0, 0), {Kind: questions.Cloze, Prompt: "No gap yet."}} {
		if len(v.Answers) > 0 {
			v.Answers[0].Match, v.Answers[1].Match = "", ""
		}
		f := form(v)
		f.Base = 0
		if _, err := Write(desk(questions.Version{}), f); err == nil {
			t.Errorf("%q is stored live", v.Prompt)
		}
		f.State = Draft
		if _, err := Write(desk(questions.Version{}), f); err != nil {
			t.Errorf("%q as a draft: %v", v.Prompt, err)
		}
	}
}
