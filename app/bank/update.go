package bank

import "thaw/questions"

// Updates are what the originals of a bank's questions have newer.
type Updates struct {
	Bank Bank
	List []Update
	More int // beyond those listed
}

// Update is a copied question whose original has a newer wording.
type Update struct {
	Mine Written
	Its  questions.Version // the original's newest wording, with the passages and entities of the copy's bank
}

// Take decides that the original's wording is taken over.
func Take(w Work, u Update) Change {
	p := Put{Head: w.Question.Head}
	p.Origin = questions.Ref{Question: p.Origin.Question, Version: u.Its.Version}
	v := u.Its
	v.Ref = questions.Ref{}
	if !sameWording(v, w.Question.Version) {
		p.Version = &v
		p.Latest++
	}
	back := reverse(w, Form{Reversed: w.Reversed(), Token: w.Question.Slug}, v, &p)
	c := Change{Bank: w.Bank.ID, Revision: w.Revision, Puts: []Put{p}}
	c.put(w.Back.Head, back)
	return c
}

// Keep decides that the copy stays as it is, and that the wording is not offered
// again.
func Keep(w Work, u Update) Change {
	p := Put{Head: w.Question.Head}
	p.Origin = questions.Ref{Question: p.Origin.Question, Version: u.Its.Version}
	return Change{Bank: w.Bank.ID, Revision: w.Revision, Puts: []Put{p}}
}
