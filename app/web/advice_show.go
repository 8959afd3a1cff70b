package web

import (
	"slices"

	"thaw/app/bank"
	"thaw/questions"
	"thaw/questions/kind"
	"thaw/questions/lint"
	"thaw/views"
)

func advicePath(id questions.BankID) string { return bankPath(id) + "/advice" }

// adviceShow lists what could be better about a bank: first as a whole, then question
// by question.
func (s *Server) adviceShow(c *Ctx) (views.Page, error) {
	w, err := s.Editor.Store.Whole(c.Context(), c.Person.ID, c.bankID())
	if err != nil {
		return nil, err
	}
	by := map[questions.QuestionID][]lint.Problem{}
	for _, p := range lint.Check(w.Linted()) {
		by[p.Question] = append(by[p.Question], p)
	}
	p := views.AdviceList{Bank: views.Link{Text: w.Bank.Title, URL: bankPath(w.Bank.ID)}, Whole: advised(c, by[0], len(by[0]))}
	for _, v := range w.Questions {
		if found := by[v.Question]; len(found) > 0 {
			p.Questions = append(p.Questions, views.AdviceOf{Heading: short(bank.Plain(kind.Line(v))), Lang: v.Lang, URL: writtenPath(v.Question),
				Lines: advised(c, found, len(found))})
		}
	}
	p.More = max(len(p.Questions)-bank.PageSize, 0)
	p.Questions = p.Questions[:len(p.Questions)-p.More]
	return p, nil
}

// advised words at most so many problems, one of each rule.
func advised(c *Ctx, found []lint.Problem, most int) []views.Advice {
	var list []views.Advice
	said := map[int]bool{}
	for _, p := range found {
		if said[p.Rule.Number] || len(list) == most {
			continue
		}
		said[p.Rule.Number] = true
		list = append(list, views.Advice{Text: problemText(c, questions.Problem{Code: p.Reason.Code, Args: p.Reason.Args}), Why: c.Say(p.Rule.Advice())})
	}
	return list
}

// maxAdvice is how many lines of advice stand beside a question that is being written.
const maxAdvice = 3

// notYet is the id of a question that has none yet, for the linter.
const notYet questions.QuestionID = -1

// advice says what could be better about the question of a sheet, among the others of
// its bank. It never keeps it from being saved.
func advice(c *Ctx, sh sheet, others bank.Whole) []views.Advice {
	v := sh.form.Version
	if v.Question = sh.work.Question.ID; v.Question == 0 {
		v.Question = notYet
	}
	v.Answers = slices.Clone(v.Answers)
	for i, a := range v.Answers {
		if a.Fact == 0 && a.Part != 0 && !kind.Parted(v.Kind) {
			v.Answers[i].Fact = sh.form.Fact
		}
	}
	others.Questions = append(others.Questions, v)
	return advised(c, lint.CheckOne(others.Linted(), v.Question), maxAdvice)
}
