package web_test

import (
	"fmt"
	"strings"
	"testing"

	"thaw/app/people"
	"thaw/questions"
)

// crowd joins pupils to a class and stores first answers of theirs to questions that are
// picked from options. Of the questions but the first, the first half of the pupils has
// all right and the other half none. The first question is taken as first says: the place
// of an option, from 1, as it is stored.
func (c class) crowd(pupils int, versions []questions.Version, first func(pupil int) int) {
	s := c.teacher.site
	var events, marks []string
	for p := range pupils {
		s.people++
		who := people.Person{ID: questions.LearnerID(1000 + s.people), Role: people.Pupil, Lang: "en", Zone: "UTC", Created: s.now}
		if err := s.app.Desk.Store.AccountAdd(s.t.Context(), people.Account{Person: who}, "", nil); err != nil {
			s.t.Fatal(err)
		}
		name := fmt.Sprintf("One of many %d", s.people)
		if _, err := s.app.Classes.Members.Join(s.t.Context(), people.Joining{Class: c.id, Who: who, Name: name, Folded: people.Fold(name), At: s.now}); err != nil {
			s.t.Fatal(err)
		}
		for i, v := range versions {
			take := first(p)
			if i > 0 {
				take = option(v, p < pupils/2, p)
			}
			verdict := "wrong"
			if v.Answers[take-1].Credit == 1 {
				verdict = "right"
			}
			events = append(events, fmt.Sprintf(`(%d, %d, %d, 20514, 'UTC', 'answer', %d, %d, 1, '', '["%d"]', '', 6000, 1, 'seeded %d', 0, 0, 0)`, who.ID, i+1,
				s.now.UnixMilli()+int64(i), v.Question, v.Version, take, i))
			marks = append(marks, fmt.Sprintf(`(%d, %d, 1, %d, %g, '%s', '', '', 0, 0, 0, 0, 0, 1, 0.25)`, who.ID, i+1, v.Fact(), v.Answers[take-1].Credit, verdict))
		}
	}
	s.insert(`event (learner, seq, at, day, zone, what, question, version, lexicon, ord, response, tried, took, sure, token, sitting, pos, voids)`, events)
	s.insert(`mark (learner, seq, part, fact, credit, verdict, canonical, reason, given, self, recall, stability, elapsed, grader, guess)`, marks)
}

// option is the place, from 1, of the key, or of one of the wrong options in turn.
func option(v questions.Version, key bool, turn int) int {
	var places []int
	for i, a := range v.Answers {
		if a.Credit == 1 == key {
			places = append(places, i+1)
		}
	}
	return places[turn%len(places)]
}

func (s *site) insert(table string, rows []string) {
	s.t.Helper()
	for len(rows) > 0 {
		n := min(len(rows), 1000)
		if err := s.db.Exec(s.t.Context(), "INSERT INTO "+table+" VALUES "+strings.Join(rows[:n], ", ")); err != nil {
			s.t.Fatal(err)
		}
		rows = rows[n:]
	}
}

// choices are questions of the built-in bank that are a choice.
func (s *site) choices(n int) (list []questions.Version) {
	s.t.Helper()
	contents, err := s.app.Shelf.Bank(s.t.Context(), 1)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, q := range contents.Questions {
		if q.Kind != questions.Choice || len(list) == n {
			continue
		}
		v, err := s.app.Shelf.Version(s.t.Context(), questions.Ref{Question: q.ID, Version: q.Latest})
		if err != nil {
			s.t.Fatal(err)
		}
		list = append(list, v)
	}
	return list
}

// TestAWrongKeyIsFoundUnderTheLens: who has all else right chooses an option that counts
// as wrong. The class's teachers are told, and nobody else.
func TestAWrongKeyIsFoundUnderTheLens(t *testing.T) {
	s := open(t)
	c, rival := newClass(s, "10b"), newClass(s, "11")
	list := s.choices(8)
	wrong := option(list[0], false, 0)
	taken := list[0].Answers[wrong-1].Text
	c.crowd(40, list, func(pupil int) int { // the strong take the wrong option, the weak take any
		if pupil < 20 {
			return wrong
		}
		return pupil%4 + 1
	})
	page, lens := c.path()+"/questions", "/questions/"+list[0].Question.String()+"/lens"
	suspicion := "Perhaps the key is wrong: strong pupils choose “" + taken + "”."
	shown := c.teacher.page(page)
	tells(t, shown, "the class's questions", "1 question looks faulty.", suspicion, "First answers of 40 pupils", "5 of 40 right the first time", "Discrimination")
	if !strings.Contains(shown, lens+"?class="+c.id.String()) {
		t.Error("the list does not lead to the question")
	}
	if !strings.Contains(c.teacher.page(c.path()), page) {
		t.Error("the class does not lead to its questions")
	}
	shown = c.teacher.page(lens + "?class=" + c.id.String())
	tells(t, shown, "the question", suspicion, "If “"+taken+"” is right, fix and regrade", "13 %", "of 40 pupils", "25 of 40, 63 %", "20 of 20, 100 %", "6.0 s", "Make it mine")
	if !strings.Contains(shown, page) || !strings.Contains(shown, `action="/banks/1/copy"`) || strings.Contains(shown, "/ruling") {
		t.Error("a teacher who may not change the bank copies it, and goes back to the class")
	}

	tells(t, rival.teacher.page(rival.path()+"/questions"), "another class's questions", "No question looks faulty so far.", "First answers of 0 pupils")
	tells(t, rival.teacher.page(lens), "the question for another teacher", "Nobody has answered it yet", "First answers of 0 pupils")
	saysNot(t, rival.teacher.page(lens), "the question for another teacher", suspicion, taken)
	for path, who := range map[string]*visitor{page: rival.teacher, page + "?": c.pupil, lens: c.pupil} {
		who.wantStatus(404, "GET", path)
	}
	named(s, "Loner", people.Teacher).wantStatus(404, "GET", lens)

	head := named(s, "Head", people.Admin)
	shown = head.page(lens)
	tells(t, shown, "the question for an administrator", suspicion, "of all classes", "Fix and regrade")
	if !strings.Contains(shown, `href="`+strings.TrimSuffix(lens, "lens")+`ruling"`) {
		t.Error("an administrator cannot fix the built-in question")
	}
	head.wantStatus(404, "GET", page)
}

// TestAnOwnQuestionIsRetiredFromTheLens, and its answers can still be looked at.
func TestAnOwnQuestionIsRetiredFromTheLens(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	to := c.teacher.post("/banks/1/copy", "title", "Mine", "token", token(c.teacher.page("/banks")))
	var own questions.BankID
	if _, err := fmt.Sscanf(to, "/banks/%d", &own); err != nil {
		t.Fatal(err)
	}
	c.teacher.wantStatus(303, "POST", c.path()+"/banks", "bank", fmt.Sprint(own))
	contents, err := s.app.Shelf.Bank(t.Context(), own)
	if err != nil {
		t.Fatal(err)
	}
	var list []questions.Version
	for _, q := range contents.Questions {
		v, err := s.app.Shelf.Version(t.Context(), questions.Ref{Question: q.ID, Version: q.Latest})
		if err != nil {
			t.Fatal(err)
		}
		if v.Kind == questions.Choice && len(list) < 8 {
			list = append(list, v)
		}
	}
	wrong := option(list[0], false, 0)
	c.crowd(12, list, func(int) int { return wrong })
	path := "/questions/" + list[0].Question.String()
	shown := c.teacher.page(path + "/lens")
	tells(t, shown, "the own question", "Harder than guessing: 0 of 12 right.", "too early: 12 of 30 pupils", list[0].Answers[wrong-1].Text, "Fix and regrade", "Edit", "Retire")
	c.teacher.post(path+"/state", "state", "retired")
	tells(t, c.teacher.page(path+"/lens"), "the retired question", "It is not asked any more.", "Harder than guessing: 0 of 12 right.")
	saysNot(t, c.teacher.page(c.path()+"/questions"), "the class's questions", "0 of 12 right", path+"/lens")
}

// TestTheLensTakesAtMostSixQueries, for three pupils and for three hundred.
func TestTheLensTakesAtMostSixQueries(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	list := s.choices(300)
	for _, pupils := range []int{3, 297} {
		c.crowd(pupils, list[:min(len(list), 40)], func(int) int { return 1 })
		for _, path := range []string{c.path() + "/questions", "/questions/" + list[0].Question.String() + "/lens"} {
			c.teacher.page(path)
			before := s.reads()
			c.teacher.page(path)
			if n := s.reads() - before; n > 6 || n == 0 {
				t.Errorf("GET %s takes %d queries, want 1 to 6", path, n)
			}
		}
	}
}
