package repair

import (
	"testing"
	"time"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/app/people"
	"thaw/app/study"
	"thaw/questions"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func waiting(who questions.LearnerID, given string, hours int) Waiting {
	return Waiting{Contest: study.Contest{Learner: who, Part: 1, Why: study.WasRight, Ref: questions.Ref{Question: 1, Version: 1}, Given: given, At: noon.Add(time.Duration(hours) * time.Hour)}}
}

// Alike answers stand together, what most learners say first, then the newest.
func TestContestsAreGroupedByWhatTheySay(t *testing.T) {
	report := waiting(9, "", 40)
	report.Part, report.Why, report.Words, report.Ref.Version = 0, study.Unclear, "who?", 2
	list := rows([]Waiting{report, waiting(1, "Chruschtschow", 30), waiting(1, "chruschtschow", 9), waiting(2, "CHRUSCHTSCHOW", 8), waiting(3, "Хрущёв", 7), waiting(1, "CHRUSCHTSCHOW", 6)})
	if len(list) != 3 || list[0].Folded != "chruschtschow" || list[1].Why != study.Unclear || list[2].Given[0] != "Хрущёв" {
		t.Fatalf("rows %+v, want Chruschtschow, the report, Хрущёв", list)
	}
	first := list[0]
	if first.Learners != 2 || first.Attempts != 4 || len(first.Given) != 3 || first.Given[0] != "CHRUSCHTSCHOW" || !first.Last.Equal(noon.Add(30*time.Hour)) {
		t.Errorf("the first row is %+v, want 2 learners, 4 attempts, the most frequent spelling first", first)
	}
	if r := list[1]; r.Ref.Version != 2 || len(r.Words) != 1 || len(r.Given) != 0 {
		t.Errorf("the report is %+v", r)
	}
}

// speech is a question as its editor, who also has a class, may rule on it.
func speech() Subject {
	return Subject{Edits: true, Classes: []people.Class{{ID: 5}}, Revision: 3, Bank: bank.Bank{ID: 2}, Head: bank.Head{ID: 7, Latest: 4},
		Version: questions.Version{Ref: questions.Ref{Question: 7, Version: 4}, Kind: questions.Text, Prompt: "Who spoke?", Lang: "en", Level: "remember", Answers: []questions.Answer{
			{Part: 1, Fact: 1, Text: "Khrushchev", Match: questions.MatchPerson, Credit: 1, Entity: 1}}},
		Lexicon: questions.Lexicon{Revision: 2, Entities: []questions.Entity{{ID: 1, Kind: "person", Name: "Nikita Khrushchev"}, {ID: 2, Kind: "person", Name: "Joseph Stalin"}}}}
}

func TestARulingMakesWhatFits(t *testing.T) {
	s := speech()
	accept := Proposal{Question: 7, Decision: study.Accept, Part: 1, Texts: []string{" the  corn man ", "The corn man"}}
	m := s.decide(accept.tidy(), nil)
	if m.Version == nil || len(m.Version.Answers) != 2 || m.Version.Answers[1].Text != "the corn man" || m.Reached[0].Until != 4 || m.Lexicon != nil {
		t.Errorf("accepted: %+v, want a new wording with one answer more, and the versions until then", m)
	}
	name := accept
	name.Name = true
	m = s.decide(name.tidy(), []questions.QuestionID{7, 8})
	if m.Version != nil || m.Lexicon == nil || len(m.Lexicon.Entities[0].Spellings) != 1 || len(m.Reached) != 2 || m.Reached[0].Until != 0 || m.Entity != 1 {
		t.Errorf("accepted as a spelling: %+v, want new names, for both questions that ask for it", m)
	}
	if len(s.Lexicon.Entities[0].Spellings) != 0 {
		t.Error("the names that there were have changed")
	}
	class := accept
	class.Classes = []questions.ClassID{5}
	if m = s.decide(class.tidy(), nil); m.Version != nil || m.Reached[0].Until != 0 {
		t.Errorf("accepted for a class: %+v, want no new wording, and every version", m)
	}
	s.Bank.BuiltIn = true
	if m = s.decide(accept.tidy(), nil); m.Version == nil || m.Reached[0].Until != 0 {
		t.Errorf("accepted in the built-in bank: %+v, want that it holds for later releases, too", m)
	}
}

func TestWhatMayBeRuled(t *testing.T) {
	teacher := speech()
	teacher.Edits = false
	flash := speech()
	flash.Version.Kind, flash.Version.Answers[0].Match = questions.Flash, ""
	for _, c := range []struct {
		name    string
		subject Subject
		p       Proposal
		want    fault.Kind // "": it may be ruled
	}{
		{"an editor accepts", speech(), Proposal{Decision: study.Accept, Texts: []string{"x"}}, ""},
		{"an editor accepts nothing", speech(), Proposal{Decision: study.Accept, Texts: []string{" "}}, fault.Invalid},
		{"an editor accepts another's name", speech(), Proposal{Decision: study.Accept, Texts: []string{"joseph stalin"}, Name: true}, fault.Invalid},
		{"an editor retires for a class", speech(), Proposal{Decision: study.Leave, Classes: []questions.ClassID{5}}, fault.Missing},
		{"an editor rules for another's class", speech(), Proposal{Decision: study.Accept, Texts: []string{"x"}, Classes: []questions.ClassID{5, 6}}, fault.Missing},
		{"an editor changes the key", speech(), Proposal{Decision: study.Rekey, Texts: []string{"Stalin"}}, ""},
		{"of a flashcard", flash, Proposal{Decision: study.Rekey, Texts: []string{"Stalin"}}, fault.Missing},
		{"a flashcard is retired", flash, Proposal{Decision: study.Point}, ""},
		{"a teacher accepts for the class", teacher, Proposal{Decision: study.Accept, Texts: []string{"x"}, Classes: []questions.ClassID{5}}, ""},
		{"a teacher accepts for everybody", teacher, Proposal{Decision: study.Accept, Texts: []string{"x"}}, fault.Missing},
		{"a teacher changes the key", teacher, Proposal{Decision: study.Rekey, Texts: []string{"x"}, Classes: []questions.ClassID{5}}, fault.Missing},
		{"nothing is decided", speech(), Proposal{Texts: []string{"x"}}, fault.Missing},
	} {
		err := c.subject.check(c.p.tidy())
		if c.want == "" && err != nil || c.want != "" && !fault.Is(err, c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}
