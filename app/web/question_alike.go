package web

import (
	"thaw/app/bank"
	"thaw/questions"
	"thaw/questions/grade"
)

// others are the live questions of the bank beside the one of a sheet. Where nothing
// was sent, and no typed key is to be told from theirs, they are not loaded.
func (s *Server) others(c *Ctx, sh sheet) (bank.Whole, error) {
	w := sh.work
	if key, ok := sh.form.Version.Key(1); w.Bank.ID == 0 || sh.sent == nil && (!ok || key.Match == "") {
		return bank.Whole{Lexicon: w.Lexicon, Facts: w.Facts}, nil
	}
	contents, err := s.Shelf.Bank(c.Context(), w.Bank.ID)
	if err != nil {
		return bank.Whole{}, err
	}
	itself := idOf[questions.QuestionID](c.Form("question")) // a preview alone loads no more than the bank
	var refs []questions.Ref
	for _, q := range contents.Questions {
		if q.ID != w.Question.ID && q.ID != itself {
			refs = append(refs, questions.Ref{Question: q.ID, Version: q.Latest})
		}
	}
	versions, err := s.Shelf.Versions(c.Context(), refs)
	all := bank.Whole{Bank: contents.Bank, Facts: contents.Facts, Lexicon: contents.Lexicon}
	for _, ref := range refs {
		all.Questions = append(all.Questions, versions[ref])
	}
	return all, err
}

// alike says which answers of the bank's other questions a typed key cannot be
// told from: to keep them apart is the author's.
func alike(c *Ctx, v questions.Version, beside bank.Whole) []string {
	if key, ok := v.Key(1); !ok || key.Match == "" || key.Text == "" {
		return nil
	}
	var others [][]questions.Answer
	for _, other := range beside.Questions {
		others = append(others, other.Answers)
	}
	var lines []string
	for _, found := range grade.Collisions(v.Answers, others, beside.Lexicon) {
		lines = append(lines, c.Say(alikeText(found), found.Text))
	}
	return lines
}

func alikeText(c grade.Collision) string {
	if c.Takes && c.Taken {
		return "edit.alike_both"
	}
	if c.Takes {
		return "edit.alike_takes"
	}
	return "edit.alike_taken"
}
