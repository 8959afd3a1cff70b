package study_test

import (
	"reflect"
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"thaw/app/fsrs"
	"thaw/app/study"
	"thaw/questions"
)

// The questions of these tests: a name that is typed, and a choice.
var (
	who = study.Wording{Version: questions.Version{Ref: questions.Ref{Question: 1, Version: 1}, Kind: questions.Text, Prompt: "Who spoke?", Answers: []questions.Answer{
		{Part: 1, Fact: 7, Text: "Khrushchev", Match: questions.MatchPerson, Credit: 1, Entity: 1},
		{Part: 1, Fact: 7, Text: "Brezhnev", Match: questions.MatchPerson, Feedback: "He came later."}}},
		Lexicon: questions.Lexicon{Entities: []questions.Entity{{ID: 1, Kind: "person", Name: "Nikita Khrushchev"}, {ID: 2, Kind: "person", Name: "Joseph Stalin", Spellings: []string{"Stalin"}}}}}
	when = study.Wording{Version: questions.Version{Ref: questions.Ref{Question: 2, Version: 1}, Kind: questions.Choice, Prompt: "When?", Answers: []questions.Answer{
		{Part: 1, Fact: 8, Text: "1953", Credit: 1}, {Part: 1, Fact: 8, Text: "1956"}, {Part: 1, Fact: 8, Text: "1961"}}}}
	day = study.Wording{Version: questions.Version{Ref: questions.Ref{Question: 4, Version: 1}, Kind: questions.Date, Prompt: "On which day?", Answers: []questions.Answer{
		{Part: 1, Fact: 8, Text: "1956-02-25", Match: questions.MatchDate, Credit: 1}}}}
	gaps = study.Wording{Version: questions.Version{Ref: questions.Ref{Question: 3, Version: 1}, Kind: questions.Cloze, Prompt: "{{1}} spoke in {{2}}.", Answers: []questions.Answer{
		{Part: 1, Fact: 7, Text: "Khrushchev", Match: questions.MatchPerson, Credit: 1}, {Part: 2, Fact: 8, Text: "1956", Match: questions.MatchDate, Credit: 1}}}}
)

func event(w study.Wording, tried, given questions.Response) study.Event {
	return study.Event{Learner: 5, Seq: 1, At: monday, Zone: "UTC", What: study.Answer, Ref: w.Version.Ref, Tried: tried, Response: given}
}

func accept(w study.Wording, part int, texts ...string) study.Ruling {
	key, _ := w.Version.Key(part)
	return study.Ruling{ID: 1, Decision: study.Accept, Question: w.Version.Question, Until: 1, Part: part, Fact: key.Fact, Texts: texts}
}

func decision(d study.Decision, w study.Wording, texts ...string) study.Ruling {
	r := accept(w, 1, texts...)
	r.Decision = d
	return r
}

func TestRulingsSayWhatAnAnswerIsWorth(t *testing.T) {
	one := func(text string) questions.Response { return questions.Response{text} }
	alias := accept(who, 1, "the corn man")
	later := decision(study.Rekey, who, "Stalin")
	later.ID = 2
	for _, c := range []struct {
		name    string
		wording study.Wording
		tried   questions.Response
		given   questions.Response
		rulings []study.Ruling
		verdict questions.Verdict
		self    int
	}{
		{"nothing ruled", who, nil, one("the corn man"), nil, questions.Wrong, 0},
		{"an alias", who, nil, one("The  CORN man"), []study.Ruling{alias}, questions.Right, 0},
		{"an alias, misspelled", who, nil, one("the korn man"), []study.Ruling{alias}, questions.Almost, 0},
		{"an alias at the first of two tries", who, one("the corn man"), one("Stalin"), []study.Ruling{alias}, questions.Right, 0},
		{"an alias at the second", who, one("Nikita"), one("the corn man"), []study.Ruling{alias}, questions.Right, 2},
		{"a known wrong answer", who, nil, one("Brezhnev"), []study.Ruling{accept(who, 1, "Brezhnev")}, questions.Right, 0},
		{"another name of the bank", who, nil, one("Stalin"), []study.Ruling{accept(who, 1, "Stalin")}, questions.Right, 0},
		{"what no rule of dates can read", day, nil, one("the day of the speech"), []study.Ruling{accept(day, 1, "The day of the speech")}, questions.Right, 0},
		{"of another question", who, nil, one("Stalin"), []study.Ruling{accept(when, 1, "Stalin")}, questions.Wrong, 0},
		{"another key", who, nil, one("Stalin"), []study.Ruling{later}, questions.Right, 0},
		{"the key until then", who, nil, one("Khrushchev"), []study.Ruling{later}, questions.Wrong, 0},
		{"an alias of the key until then", who, nil, one("the corn man"), []study.Ruling{alias, later}, questions.Wrong, 0},
		{"an alias after another key", who, nil, one("the corn man"), []study.Ruling{later, alias}, questions.Right, 0},
		{"an option", when, nil, one("2"), []study.Ruling{decision(study.Rekey, when, "1956")}, questions.Right, 0},
		{"an option that was right", when, nil, one("1"), []study.Ruling{decision(study.Rekey, when, "1956")}, questions.Wrong, 0},
		{"an option that was not there", when, nil, one("1"), []study.Ruling{decision(study.Rekey, when, "1964")}, questions.Right, 0},
		{"a point for everybody", when, nil, one("3"), []study.Ruling{decision(study.Point, when)}, questions.Right, 0},
		{"left out", when, nil, one("1"), []study.Ruling{decision(study.Leave, when)}, questions.Void, 0},
		{"mended after it was left out", when, nil, one("2"), []study.Ruling{decision(study.Leave, when), decision(study.Rekey, when, "1956")}, questions.Right, 0},
		{"accepted after it was left out", who, nil, one("the corn man"), []study.Ruling{decision(study.Leave, who), alias}, questions.Void, 0},
	} {
		graded, err := c.wording.Grade(c.tried, c.given)
		if err != nil {
			t.Fatal(err)
		}
		marks, _ := study.Judge(graded, c.wording, event(c.wording, c.tried, c.given), c.rulings)
		m := marks[0]
		if m.Verdict != c.verdict || m.Self != c.self {
			t.Errorf("%s: %s, self %d; want %s, %d", c.name, m.Verdict, m.Self, c.verdict, c.self)
		}
		if changed := !reflect.DeepEqual(m.Mark, graded[0]); changed != (m.Graded != nil) || changed && !reflect.DeepEqual(*m.Graded, graded[0]) {
			t.Errorf("%s: the grader's mark is kept as %+v, it was %+v", c.name, m.Graded, graded[0])
		}
	}
}

func TestARulingReachesTheVersionsAndAnswersThatItIsAbout(t *testing.T) {
	r := accept(who, 1, "the corn man")
	e := event(who, nil, questions.Response{"the corn man"})
	newer, since := e, r
	newer.Ref.Version, since.Since = 2, monday.Add(time.Second)
	all := r
	all.Until = 0
	if !r.Reaches(e) || r.Reaches(newer) || !all.Reaches(newer) || since.Reaches(e) {
		t.Error("a ruling reaches versions until its own, or all, and answers since its time")
	}
	given := questions.Response{"the corn man", "1956"}
	moved := gaps
	moved.Version.Answers = []questions.Answer{gaps.Version.Answers[1], gaps.Version.Answers[0]}
	moved.Version.Answers[0].Part, moved.Version.Answers[1].Part = 1, 2
	for i, c := range []struct {
		w    study.Wording
		give questions.Response
		part int
	}{{gaps, given, 1}, {moved, questions.Response{"1956", "the corn man"}, 2}} {
		graded, err := c.w.Grade(nil, c.give)
		if err != nil {
			t.Fatal(err)
		}
		marks, _ := study.Judge(graded, c.w, event(c.w, nil, c.give), []study.Ruling{accept(gaps, 1, "the corn man")})
		for _, m := range marks {
			if m.Verdict != questions.Right {
				t.Errorf("wording %d, part %d: %s, want the gap that asks for the same fact right", i, m.Part, m.Verdict)
			}
		}
	}
}

// course draws answers of one learner with rulings and what is taken back.
func course(t *rapid.T) (past []study.Past, rulings []study.Ruling) {
	said := []string{"Khrushchev", "Kruschev", "the corn man", "Stalin", "Brezhnev", "Nikita"}
	cards := map[questions.FactID]study.Card{}
	at := monday
	for seq := int64(1); seq <= int64(rapid.IntRange(5, 40).Draw(t, "events")); seq++ {
		at = at.Add(time.Duration(rapid.IntRange(1, 9000).Draw(t, "minutes")) * time.Minute)
		w, given := who, questions.Response{rapid.SampledFrom(said).Draw(t, "said")}
		var tried questions.Response
		switch rapid.IntRange(0, 4).Draw(t, "kind") {
		case 0:
			w, given = when, questions.Response{strconv.Itoa(rapid.IntRange(1, 3).Draw(t, "option"))}
		case 1:
			w, given = gaps, questions.Response{given[0], "1956"}
		case 2:
			tried = questions.Response{"Nikita"}
		}
		e := event(w, tried, given)
		e.Seq, e.At, e.Sitting, e.Day = seq, at, 1+int(seq)/10, study.Calendar(time.UTC).Day(at)
		before := seq > 1 && past[seq-2].What == study.Answer
		switch odd := rapid.IntRange(0, 9).Draw(t, "odd"); {
		case odd == 0 && before:
			e.What, e.Voids = study.Undo, seq-1
		case odd == 1 && before:
			e.What, e.About, e.Response = study.Trust, seq-1, questions.Response{"1"}
		case odd == 2:
			e.What = study.Practice
		case odd == 3:
			e.What, e.Response = study.Adopted, study.Words(fsrs.Default())
		}
		past = append(past, lived(t, w, e, cards))
	}
	for i := range rapid.IntRange(1, 5).Draw(t, "rulings") {
		r := rapid.SampledFrom([]study.Ruling{accept(who, 1, "the corn man"), accept(gaps, 1, "the corn man", "Stalin"), decision(study.Rekey, who, "Stalin"),
			decision(study.Rekey, when, "1956"), decision(study.Point, when), decision(study.Leave, who), accept(who, 1, "Brezhnev")}).Draw(t, "ruling")
		r.ID = questions.RulingID(i + 1)
		if rapid.Bool().Draw(t, "late") {
			r.Since = monday.AddDate(0, 0, 20)
		}
		rulings = append(rulings, r)
	}
	return past, rulings
}

// lived is an event with its marks, if it has any.
func lived(t *rapid.T, w study.Wording, e study.Event, cards map[questions.FactID]study.Card) study.Past {
	if e.What != study.Answer && e.What != study.Practice {
		return study.Past{Event: e}
	}
	marks, err := w.Grade(e.Tried, e.Response)
	if err != nil {
		t.Fatal(err)
	}
	p := study.Past{Event: e}
	for _, m := range marks {
		p.Marks = append(p.Marks, study.Mark{Mark: m})
	}
	return p
}

// by judges with some of the rulings.
func by(rulings []study.Ruling) study.Judging {
	all := map[questions.QuestionID]study.Wording{1: who, 2: when, 3: gaps}
	return func(e study.Event, graded []questions.Mark) ([]study.Mark, questions.RulingID) {
		return study.Judge(graded, all[e.Ref.Question], e, rulings)
	}
}

// stored is a past with all that is derived of it, as it is kept.
type stored struct {
	past  []study.Past
	cards map[questions.FactID]study.Card
	days  map[fsrs.Day]study.Tally
}

// keep stores what becomes of the past.
func (s *stored) keep(r study.Rejudged) {
	for _, p := range r.Marks {
		i := slices.IndexFunc(s.past, func(old study.Past) bool { return old.Seq == p.Seq })
		s.past[i] = p
	}
	for _, f := range r.Gone {
		delete(s.cards, f)
	}
	for _, c := range r.Cards {
		s.cards[c.Fact] = c
	}
	for _, d := range r.Days {
		s.days[d.Day] = d
	}
}

// TestWhatIsStoredIsTheFoldOfEventsAndRulings makes rulings one by one, takes some back in
// any order, and computes all afresh each time; without any it is what it was, to the bit.
func TestWhatIsStoredIsTheFoldOfEventsAndRulings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		past, rulings := course(t)
		first, cards := study.Replay(past)
		s := stored{past: slices.Clone(first), cards: study.ByFact(cards), days: map[fsrs.Day]study.Tally{}}
		for _, d := range study.Days(first) {
			s.days[d.Day] = d
		}
		var force []study.Ruling
		step := func() {
			s.keep(study.Rejudge(s.past, by(force), study.Event{}))
			fresh := make([]study.Past, len(past))
			for i, p := range past {
				marks, _ := by(force)(p.Event, p.Graded())
				fresh[i] = study.Past{Event: p.Event, Marks: marks}
				if len(marks) == 0 {
					fresh[i].Marks = nil
				}
			}
			fresh, cards := study.Replay(fresh)
			same(t, s, fresh, cards)
			if again := study.Rejudge(s.past, by(force), study.Event{}); !again.Empty() {
				t.Fatalf("judged twice it changes again: %+v", again)
			}
		}
		for _, r := range rulings {
			force = append(force, r)
			step()
		}
		for len(force) > 0 {
			i := rapid.IntRange(0, len(force)-1).Draw(t, "taken back")
			force = slices.Delete(slices.Clone(force), i, i+1)
			step()
		}
		same(t, s, first, cards)
	})
}

func same(t *rapid.T, s stored, past []study.Past, cards []study.Card) {
	if !reflect.DeepEqual(s.past, past) {
		t.Fatalf("marks\n got %+v\nwant %+v", s.past, past)
	}
	if want := study.ByFact(cards); !reflect.DeepEqual(s.cards, want) {
		t.Fatalf("cards\n got %+v\nwant %+v", s.cards, want)
	}
	days := study.Days(past)
	for _, d := range days {
		if s.days[d.Day] != d {
			t.Fatalf("day %+v, want %+v", s.days[d.Day], d)
		}
	}
	if len(days) != len(s.days) {
		t.Fatalf("%d days, want %d", len(s.days), len(days))
	}
}

// Whatever differs from the fold of events and rulings is named.
func TestWhatDiffersIsNamed(t *testing.T) {
	w := who
	var past []study.Past
	for i, said := range []string{"Khrushchev", "the corn man", "Stalin", "Khrushchev"} {
		e := event(w, nil, questions.Response{said})
		e.Seq, e.At = int64(i+1), monday.AddDate(0, 0, 3*i)
		e.Day = study.Calendar(time.UTC).Day(e.At)
		marks, err := w.Grade(nil, e.Response)
		if err != nil {
			t.Fatal(err)
		}
		past = append(past, study.Past{Event: e, Marks: []study.Mark{{Mark: marks[0]}}})
	}
	past, cards := study.Replay(past)
	days := study.Days(past)
	if found := study.Differs(past, cards, nil, days, by(nil)); len(found) > 0 {
		t.Errorf("of a past as it was lived: %q", found)
	}
	ruled := []study.Ruling{accept(w, 1, "the corn man")}
	ruled[0].At = monday.AddDate(0, 1, 0)
	if found := study.Differs(past, cards, nil, days, by(ruled)); len(found) != 5 {
		t.Errorf("before a ruling is carried out: %q, want three marks, the cards and the days named", found)
	}
	r := study.Rejudge(past, by(ruled), study.Event{})
	if len(r.Marks) != 3 || len(r.Cards) != 1 || len(r.Days) == 0 { // the answer, and those after it meet another memory
		t.Errorf("the ruling changes %d marks, %d cards, %d days", len(r.Marks), len(r.Cards), len(r.Days))
	}
	broken := slices.Clone(cards)
	broken[0].Stability++
	if found := study.Differs(past, broken, nil, days, by(nil)); len(found) != 1 {
		t.Errorf("with another stability: %q, want the cards named", found)
	}
}
