package web

import (
	"thaw/app/bank"
	"thaw/questions"
	"thaw/questions/grade"
)

// alike says which answers of the bank's other questions a typed key cannot be
// told from: to keep them apart is the author's.
func (s *Server) alike(c *Ctx, w bank.Work, v questions.Version) ([]string, error) {
	if key, ok := v.Key(1); w.Bank.ID == 0 || !ok || key.Match == "" || key.Text == "" {
		return nil, nil
	}
	contents, err := s.Shelf.Bank(c.Context(), w.Bank.ID)
	if err != nil {
		return nil, err
	}
	itself := idOf[questions.QuestionID](c.Form("question")) // a preview alone loads no more than the bank
	var refs []questions.Ref
	for _, q := range contents.Questions {
		if q.ID != w.Question.ID && q.ID != itself {
			refs = append(refs, questions.Ref{Question: q.ID, Version: q.Latest})
		}
	}
	versions, err := s.Shelf.Versions(c.Context(), refs)
	if err != nil {
		return nil, err
	}
	var others [][]questions.Answer
	for _, ref := range refs {
		others = append(others, versions[ref].Answers)
	}
	var lines []string
	for _, found := range grade.Collisions(v.Answers, others, contents.Lexicon) {
		lines = append(lines, c.Say(alikeText(found), found.Text))
	}
	return lines, nil
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
