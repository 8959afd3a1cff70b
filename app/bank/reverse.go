package bank

import "thaw/questions"

// reverse decides what becomes of a flashcard's other direction: a question with
// a fact of its own, in one twin group with the first, that is worded anew
// whenever the first is. Where it is not wanted any more it is retired.
func reverse(w Work, f Form, v questions.Version, front *Put) Put {
	back := Put{Head: w.Back.Head}
	if !f.Reversed || v.Kind != questions.Flash {
		if back.ID != 0 {
			back.State = Retired
		}
		return back
	}
	twin := pair(w, f, v, front)
	if back.ID == 0 {
		back.Head = Head{Slug: slug("r", f.Token), Kind: questions.Flash, Bank: w.Bank.ID, Reverses: front.ID}
	}
	back.Topic, back.State = front.Topic, front.State
	turned := Turned(v)
	other := f
	other.Fact, other.Token = w.Back.Version.Fact(), f.Token+" turned"
	back.Fact, turned = ask(w, w.Back, other, turned, front.Topic)
	back.Fact = inGroup(w, back.Fact, other.Fact, twin)
	if !sameWording(turned, w.Back.Version) {
		back.Version = &turned
		back.Latest++
	}
	return back
}

// Turned is a flashcard's wording the other way round.
func Turned(v questions.Version) questions.Version {
	key, _ := v.Key(1)
	v.Ref = questions.Ref{}
	v.Answers = []questions.Answer{{Part: 1, Text: v.Prompt, Credit: 1}}
	v.Prompt = key.Text
	if v.Back != "" {
		v.Lang, v.Back = v.Back, v.Lang
	}
	return v
}

// pair is the twin group of a flashcard's fact. A fact of the bank's own that is
// in none gets one; another bank's fact stays as it is.
func pair(w Work, f Form, v questions.Version, front *Put) string {
	if front.Fact == nil {
		fact, _ := w.Fact(v.Fact())
		if fact.Twin != "" || fact.Bank != w.Bank.ID {
			return fact.Twin
		}
		front.Fact = &fact
	}
	if front.Fact.Twin == "" {
		front.Fact.Twin = slug("twin", f.Token)
	}
	return front.Fact.Twin
}

// inGroup puts the fact of the other direction into the twin group.
func inGroup(w Work, changed *Fact, id questions.FactID, twin string) *Fact {
	if changed == nil {
		fact, ok := w.Fact(id)
		if !ok || fact.Bank != w.Bank.ID || fact.Twin == twin {
			return nil
		}
		changed = &fact
	}
	changed.Twin = twin
	return changed
}
