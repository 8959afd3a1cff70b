package lint

import (
	"maps"
	"slices"
	"strings"

	"thaw/questions"
	"thaw/questions/grade"
)

// Inventory lists the items of a text that may be asked, by their ids. What a text
// has beside, as in its notes, is never an answer.
type Inventory map[string]Item

// Item is an item of an inventory: a date (D01), a person (P01), an event (E01) ...
type Item struct {
	Core  bool     // every good bank asks for it
	Dates []string // of a date on which sources differ: each of them, in EDTF
}

// Core returns the ids of the core items in their order.
func (n Inventory) Core() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(n)), func(id string) bool { return !n[id].Core })
}

// Covered returns the ids of the core items that both a quiz question and a flashcard
// ask for.
func (b Bank) Covered() []string {
	_, cards, kinds := b.asked()
	return slices.DeleteFunc(b.Inventory.Core(), func(id string) bool { return !cards[id] || len(kinds[id]) == 0 })
}

// asked says which items are asked at all, which on a flashcard, and which by quiz
// questions of which kinds.
func (b Bank) asked() (all, cards map[string]bool, kinds map[string]map[string]bool) {
	all, cards, kinds = map[string]bool{}, map[string]bool{}, map[string]map[string]bool{}
	for _, q := range b.Questions {
		for _, id := range q.Inventory {
			all[id] = true
			if q.Kind == questions.Flash {
				cards[id] = true
				continue
			}
			if kinds[id] == nil {
				kinds[id] = map[string]bool{}
			}
			kinds[id][q.Kind] = true
		}
	}
	return all, cards, kinds
}

// Rule 12, of one question: it asks for what the inventory holds worth asking.
func known(l *linter, q item) {
	for _, id := range q.Inventory {
		if _, ok := l.bank.Inventory[id]; !ok && len(l.bank.Inventory) > 0 {
			l.say(q, "lint.not_worth", id)
		}
	}
}

// twoKinds is the share of core dates, persons and events that quiz questions of two
// kinds ask for, in percent.
const twoKinds = 90

// Rule 12, of the bank: every core item is asked in a quiz and on a flashcard, and
// nearly all dates, persons and events in two ways.
func covered(l *linter) {
	if l.bank.Part {
		return
	}
	_, cards, kinds := l.bank.asked()
	var once []string
	all := 0
	for _, id := range l.bank.Inventory.Core() {
		if len(kinds[id]) == 0 {
			l.sayBank("lint.core_quiz", id)
		}
		if !cards[id] {
			l.sayBank("lint.core_card", id)
		}
		if strings.IndexAny(id, "DPE") == 0 {
			if all++; len(kinds[id]) < 2 {
				once = append(once, id)
			}
		}
	}
	if 100*len(once) > (100-twoKinds)*all {
		l.sayBank("lint.core_kinds", count(twoKinds), strings.Join(once, ", "))
	}
}

// Rule 13: where sources differ on a day, each of their days counts where it is typed,
// and none of them stands as a wrong option. The other doubts of an inventory are a
// matter of wording, which a person reads.
func doubtful(l *linter, q item) {
	for _, id := range q.Inventory {
		days := l.bank.Inventory[id].Dates
		for _, a := range q.keys {
			if day, ok := dayOf(a); ok && slices.Contains(days, day) && !q.fair(a.Part, days) {
				l.say(q, "lint.doubtful", grade.DateText(day), strings.Join(days, ", "))
				return
			}
		}
	}
}

// fair tells whether a part of the question takes each of some days, where it is typed,
// or does not offer them as wrong. Who turns a card compares, and reads the explanation.
func (q item) fair(part int, days []string) bool {
	names := func(list []questions.Answer, day string) bool {
		return slices.ContainsFunc(list, func(a questions.Answer) bool {
			is, ok := dayOf(a)
			return ok && a.Part == part && is == day
		})
	}
	typed := q.is(questions.Date, questions.Cloze)
	return !slices.ContainsFunc(days, func(day string) bool { return typed && !names(q.keys, day) || names(q.wrong, day) })
}
