package web

import (
	"errors"
	"slices"

	"github.com/a-h/templ"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/app/quiz"
	"thaw/app/study"
	"thaw/questions"
	"thaw/questions/kind"
	"thaw/views"
)

// questionPreview shows a question as pupils see it, and how an answer to it is
// judged. It stores nothing. A script asks for the preview alone; without one
// the whole editor comes back.
func (s *Server) questionPreview(c *Ctx) (string, error) {
	sh, err := s.sheetOf(c)
	if err != nil {
		return "", err
	}
	preview, err := s.preview(c, sh, c.Values("answer"))
	if err != nil {
		return "", err
	}
	if c.Form("part") == "1" {
		preview.Hidden = nil // the script sends the form along
		return "", look(views.Previewed{Preview: preview})
	}
	if sh.work.Bank.ID == 0 {
		p, err := s.teachPage(c, sh)
		p.Edit.Preview = preview
		return "", errors.Join(err, look(p))
	}
	p, err := s.editPage(c, sh)
	p.Edit.Preview = preview
	return "", errors.Join(err, look(p))
}

// sheetOf is the sheet that a preview is asked for: of a question, of a new one in
// a bank, or of one that somebody who looks around writes.
func (s *Server) sheetOf(c *Ctx) (sheet, error) {
	w, err := s.previewed(c)
	if err != nil {
		return sheet{}, err
	}
	if _, sent := c.form["prompt"]; !sent && w.Question.ID != 0 {
		return stored(w), nil
	}
	name := c.Form("kind")
	if w.Question.ID != 0 {
		name = w.Question.Kind
	}
	k, err := kindOf(name)
	if err != nil {
		return sheet{}, err
	}
	return filled(c, w, k), nil
}

// previewed is what a preview's page needs to know of the bank; the preview alone,
// which comes with every pause in writing, needs no more than whose it is.
func (s *Server) previewed(c *Ctx) (bank.Work, error) {
	at := bank.Place{Question: idOf[questions.QuestionID](c.Form("question")), Bank: idOf[questions.BankID](c.Form("bank"))}
	if at.Question == 0 && at.Bank == 0 {
		return bank.Work{}, nil
	}
	if !c.Known() {
		return bank.Work{}, fault.New(fault.Denied, "fault.signed_out")
	}
	if _, sent := c.form["prompt"]; !sent || c.Form("part") != "1" || at.Bank == 0 {
		return s.Editor.Store.Work(c.Context(), c.Person.ID, at)
	}
	contents, err := s.Shelf.Bank(c.Context(), at.Bank)
	if err == nil && contents.Bank.Owner != c.Person.ID {
		err = fault.New(fault.Missing, "fault.missing")
	}
	return bank.Work{Bank: contents.Bank}, err
}

// preview draws the question of a sheet; with a response, how it is judged.
func (s *Server) preview(c *Ctx, sh sheet, response questions.Response) (views.Preview, error) {
	v := sh.form.Version
	k, err := kindOf(v.Kind)
	if err != nil {
		return views.Preview{}, err
	}
	p := views.Preview{Try: views.Form{Action: "/preview"}, Hidden: sh.kept(), Lang: v.Lang,
		Empty: v.Prompt == "" && !slices.ContainsFunc(v.Answers, func(a questions.Answer) bool { return a.Text != "" && v.Kind != questions.Truth })}
	if p.Empty {
		return p, nil
	}
	for _, problem := range bank.Problems(v) {
		if text := problemText(c, problem); !slices.Contains(p.Missing, text) {
			p.Missing = append(p.Missing, text)
		}
	}
	others, err := s.others(c, sh)
	if err != nil {
		return p, err
	}
	p.Alike = alike(c, v, others)
	if len(p.Missing) == 0 {
		p.Advice = advice(c, sh, others)
	}
	if len(response) == 0 {
		p.Widget = k.Ask(s.trying(c, v, bank.Contents{}).asked())
		return p, nil
	}
	lexicon, err := s.lexicon(c, sh.work.Bank.ID)
	if err != nil {
		return p, err
	}
	p.Widget, p.Tried = s.trying(c, v, bank.Contents{Lexicon: lexicon}).judged(k, response)
	return p, nil
}

// kept are the fields that a try takes along, so that it needs no script.
func (sh sheet) kept() []views.Pair {
	if sh.sent == nil && sh.work.Question.ID != 0 {
		return []views.Pair{{Name: "question", Value: sh.work.Question.ID.String()}}
	}
	var list []views.Pair
	for name, values := range sh.sent {
		if name == "answer" || name == "do" || name == "suggest" || name == "part" || name == "state" || name == "alt" || name == "picture" {
			continue
		}
		for _, value := range values {
			list = append(list, views.Pair{Name: name, Value: value})
		}
	}
	slices.SortStableFunc(list, func(a, b views.Pair) int { return cmpText(a.Name, b.Name) })
	return list
}

// lexicon are the names of the bank that a typed answer is judged with.
func (s *Server) lexicon(c *Ctx, id questions.BankID) (questions.Lexicon, error) {
	if id == 0 {
		return questions.Lexicon{}, nil
	}
	contents, err := s.Shelf.Bank(c.Context(), id)
	return contents.Lexicon, err
}

// trying is a version as a sitting would show it.
func (s *Server) trying(c *Ctx, v questions.Version, contents bank.Contents) shown {
	person := c.Person
	person.Lang = c.Lang()
	return shown{version: quiz.Mixed(v), contents: contents, person: person, now: s.Now(),
		back: study.Preview(study.Model(person.Weights), study.Card{}, s.Now(), person.Location(), nil)}
}

// judged draws the question after a response, and says how it was. A response
// that is none leaves the question open, a turned flashcard shows its back.
func (s shown) judged(k kind.Kind, r questions.Response) (templ.Component, *views.Tried) {
	asked := s.asked()
	marks, err := k.Grade(s.version, s.contents.Lexicon, r)
	if err != nil || len(marks) == 0 {
		if err == nil {
			asked.Tried = r
		}
		asked.Given = r
		return k.Ask(asked), nil
	}
	words := k.Words(s.asked(), r)
	sum := kind.Sum(s.version, marks)
	t := &views.Tried{Verdict: string(sum.Verdict), Notes: words.Notes}
	t.Line, t.Canonical = s.line(marks, words)
	if sum.Verdict != questions.Right {
		t.Reason = s.reason(sum)
	}
	if s.version.Explain != "" {
		t.Why = kind.Markup(s.version.Explain)
	}
	return k.Show(asked, r, marks), t
}
