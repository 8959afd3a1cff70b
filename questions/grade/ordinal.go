package grade

import (
	"slices"
	"strconv"

	"thaw/questions"
)

// judgeOrdinal compares ordinals: 20th, 20., XX, twentieth, zwanzigster. They are
// right or wrong; words beside one are the key's (Congress), or none that mean
// another thing (century).
func judgeOrdinal(t task) verdict {
	given := withoutFillers(splitWords(t.input))
	forms := formsOf(t.forms, false)
	if deny(given, forms) {
		return verdict{match: wrong("reason.negated")}
	}
	if m, done := judgeWhole(forms, given); done {
		return verdict{match: m}
	}
	number, others := readOrdinal(given)
	if len(number) == 0 {
		if m := judgeForms(t, forms, given); rank(m.verdict) <= rank(questions.Slip) {
			return verdict{match: m}
		}
		return verdict{match: wrong("reason.not_a_number")}
	}
	if len(number) > 1 {
		return verdict{match: wrong("reason.two_answers")}
	}
	best := compareOrdinals(t, number[0])
	if rank(best.verdict) <= rank(questions.Slip) && foreign(forms, others) {
		return verdict{match: wrong("reason.wrong")}
	}
	return otherOrdinal(t, number[0], best)
}

// counted is an ordinal that was read. A misspelt one has the words that it may
// be, mostly one: sixteeth is sixteenth or sixtieth.
type counted struct {
	value   int
	written string
	maybe   []string
}

// is tells how well the ordinal is a number.
func (c counted) is(n int) match {
	if len(c.maybe) == 0 && c.value == n {
		return match{verdict: questions.Right}
	}
	for _, name := range c.maybe {
		if ordinals[name] == n {
			return match{verdict: questions.Slip, edits: 1, reason: questions.Reason{Code: "reason.spelled", Args: []string{name, c.written}}}
		}
	}
	return wrong("reason.wrong")
}

// readOrdinal returns the different ordinals of a text and its other words.
func readOrdinal(words []word) (numbers []counted, others []word) {
	for i := 0; i < len(words); i++ {
		n, ok := countedWord(words[i], len(words) == 1)
		if !ok {
			others = append(others, words[i])
			continue
		}
		if i+1 < len(words) && n.value >= 20 && n.value%10 == 0 {
			if unit, ok := countedWord(words[i+1], false); ok && unit.value < 10 && !words[i+1].num && len(unit.maybe) == 0 {
				n = counted{value: n.value + unit.value}
				i++
			}
		}
		if !slices.ContainsFunc(numbers, func(c counted) bool { return c.value == n.value }) {
			numbers = append(numbers, n)
		}
	}
	return numbers, others
}

// countedWord reads one word as an ordinal or a number. A single Roman letter
// counts only when it stands alone.
func countedWord(w word, alone bool) (counted, bool) {
	if n, ok := figuresOf(w.text); ok {
		return counted{value: n}, true
	}
	if len(w.text) > 1 || alone {
		if n := w.value(); n > 0 {
			return counted{value: n}, true
		}
		if n, ok := romanOf(w.text); ok {
			return counted{value: n}, true
		}
	}
	if n, _, ok := otherNumberWord(w.text); ok {
		return counted{value: n}, true
	}
	return misspeltOrdinal(w)
}

// figuresOf reads figures with any ending: 20, 20th, 20e.
func figuresOf(s string) (int, bool) {
	n := run(s, isDigit)
	if n == 0 || n > 6 || len(s) > n+4 || run(s[n:], isWordByte) < len(s)-n {
		return 0, false
	}
	value, err := strconv.Atoi(s[:n])
	return value, err == nil
}

// romanOf reads a Roman number, also with an ending: XXth, XXe.
func romanOf(s string) (int, bool) {
	for _, end := range []string{"", "th", "e", "eme", "st", "nd", "rd"} {
		if len(s) <= len(end)+1 || s[len(s)-len(end):] != end {
			continue
		}
		if n, ok := roman(s[:len(s)-len(end)]); ok {
			return int(n), true
		}
	}
	return 0, false
}

// misspeltOrdinal finds the ordinals that a word most nearly spells.
func misspeltOrdinal(w word) (counted, bool) {
	found := counted{written: w.raw}
	least := 99
	for name, value := range ordinals {
		how, edits := compare(word{text: name}, w)
		if how > slip || edits > least {
			continue
		}
		if edits < least {
			found.maybe = nil
		}
		least, found.value, found.maybe = edits, value, append(found.maybe, name)
	}
	slices.Sort(found.maybe)
	if len(found.maybe) > 1 {
		found.value = 0
	}
	return found, len(found.maybe) > 0
}

func compareOrdinals(t task, given counted) match {
	best := wrong("reason.wrong")
	for _, form := range t.forms {
		key, _ := readOrdinal(splitWords(form))
		if len(key) != 1 {
			continue
		}
		if m := given.is(key[0].value); m.verdict != questions.Wrong {
			return m
		}
		if given.value > 0 {
			best = wrong("reason.ordinal_low")
		}
		if given.value > key[0].value {
			best = wrong("reason.ordinal_high")
		}
	}
	return best
}

// foreign tells that words beside an ordinal say another thing than the key's.
// Where the key has words, they are among them or have its noun (Congress);
// where it has none, only those of time are foreign.
func foreign(forms []form, others []word) bool {
	others = slices.DeleteFunc(slices.Clone(others), func(w word) bool { return small[w.text] || oneOf(w.text, countWords) })
	known := false
	for _, f := range forms {
		_, nouns := readOrdinal(f.words)
		known = known || len(nouns) > 0
		if len(others) > 0 && len(nouns) > 0 && (says(others, nouns[len(nouns)-1]) || !slices.ContainsFunc(others, func(w word) bool { return !says(nouns, w) })) {
			return false
		}
	}
	if known {
		return len(others) > 0
	}
	return slices.ContainsFunc(others, func(w word) bool {
		role := dateWords[w.text].role
		return role == hundred || role == monthName || role == decadeMark
	})
}

// says tells whether a word stands among others, in some spelling.
func says(words []word, w word) bool {
	return slices.ContainsFunc(words, func(o word) bool { how, _ := compare(o, w); return how <= near })
}

// countWords stand beside a number and say only that it is one.
var countWords = []string{"number", "nummer", "numero", "nomer", "no", "nr", "one"}

// otherOrdinal names the ordinal of the bank that was given instead.
func otherOrdinal(t task, given counted, best match) verdict {
	if rank(best.verdict) <= rank(questions.Slip) {
		return verdict{match: best}
	}
	for i, e := range t.lexicon.Entities {
		if t.own[i] || e.Kind != questions.MatchOrdinal {
			continue
		}
		if other, _ := readOrdinal(splitWords(e.Name)); len(other) == 1 && other[0].value == given.value {
			return verdict{match: wrong("reason.other_entity", e.Name), given: e.ID}
		}
	}
	return verdict{match: best}
}
