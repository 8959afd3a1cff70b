package lint

import (
	"cmp"
	"math"
	"slices"

	"thaw/questions"
	"thaw/questions/grade"
)

// Rule 1: no wrong answer holds the key or stands in it, is taken for it by the
// grader, or stands there twice.
func oneAnswer(l *linter, q item) {
	seen := map[string]bool{}
	for _, w := range q.wrong {
		text := bare(w.Text)
		if seen[text] {
			l.say(q, "lint.twice", w.Text)
		}
		seen[text] = true
		for _, key := range q.keys {
			l.besideKey(q, w, key)
		}
	}
}

func (l *linter) besideKey(q item, w, key questions.Answer) {
	text, right := bare(w.Text), bare(key.Text)
	switch {
	case q.picked() && (holds(text, right) || holds(right, text)):
		l.say(q, "lint.holds_key", w.Text, key.Text)
	case l.accepts(q, key, w):
		l.say(q, "lint.accepted", w.Text, key.Text)
	}
}

// accepts tells whether the grader takes a wrong answer for the key: typed, or if the
// options were typed.
func (l *linter) accepts(q item, key, w questions.Answer) bool {
	if !q.picked() && key.Match == "" {
		return false
	}
	if key.Match == "" {
		key.Match = l.matchOf(key)
	}
	return key.Match != "" && grade.Typed([]questions.Answer{key}, l.bank.Lexicon, grade.Canonical(w)).Credit == 1
}

// matchOf says how an option would be compared if it were typed.
func (l *linter) matchOf(a questions.Answer) string {
	if v, ok := valueOf(a); ok {
		if v.date != "" {
			return questions.MatchDate
		}
		return questions.MatchNumber
	}
	if e, ok := l.entity(a); ok && e.Kind != "event" {
		return e.Kind
	}
	return ""
}

// Rule 3: three or four options and one key; of several there may be more of both.
func options(l *linter, q item) {
	if n := len(q.Answers); q.Kind == questions.Choice && (n < 3 || n > 4) {
		l.say(q, "lint.options", count(n))
	}
	if q.Kind == questions.Choice && len(q.keys) > 1 {
		l.say(q, "lint.keys", count(len(q.keys)))
	}
}

// Lengths of options that tell them apart, in characters: the longest beside the
// shortest, and a key beside the longest wrong one. Names are as long as they are.
const (
	longTimes, longMore = 2.2, 15
	keyTimes, keyMore   = 1.4, 10
)

// Rule 4: options are of one form: dates of one precision, numbers, names of one sort,
// texts alike in length.
func oneForm(l *linter, q item) {
	if !q.picked() {
		return
	}
	forms, kinds, lengths := map[string]bool{}, map[string]bool{}, []int{}
	values := 0
	for _, a := range q.Answers {
		v, valued := valueOf(a)
		e, named := l.entity(a)
		switch {
		case valued:
			values++
			forms[v.form()] = true
		case named:
			kinds[sort(e)] = true
		case a.Text != "":
			lengths = append(lengths, length(a.Text))
		}
	}
	switch {
	case len(forms) > 1 || values > 0 && values < len(q.Answers):
		l.say(q, "lint.precision")
	case len(kinds) > 1:
		l.say(q, "lint.entities")
	case len(lengths) > 1 && far(slices.Max(lengths), slices.Min(lengths), longTimes, longMore):
		l.say(q, "lint.lengths", count(slices.Min(lengths)), count(slices.Max(lengths)))
	}
}

// sort is what entities among options share: they are persons, places or things. What
// is an organisation, a document, an event or a term is often a matter of view.
func sort(e questions.Entity) string {
	if e.Kind == questions.MatchPerson || e.Kind == questions.MatchPlace {
		return e.Kind
	}
	return ""
}

// far tells whether a length exceeds another both by a factor and by a number of
// characters.
func far(long, short int, times float64, more int) bool {
	return long >= short+more && float64(long) >= times*float64(short)
}

// era is how far the dates of wrong options may lie from the key's, in years.
const era = 15

// Rule 5: the dates of wrong options are of one era with the key. Whether other
// options are plausible is seen by a person.
func oneEra(l *linter, q item) {
	if !q.picked() || len(q.keys) == 0 {
		return
	}
	key, ok := valueOf(q.keys[0])
	if !ok || key.date == "" {
		return
	}
	for _, w := range q.wrong {
		if v, ok := valueOf(w); ok && v.date != "" && math.Abs(v.n-key.n) > era {
			l.say(q, "lint.era", w.Text, count(era), q.keys[0].Text)
		}
	}
}

// longest returns the lengths of the longest key and of the longest wrong option.
func (q item) longest() (key, wrong int) {
	for _, a := range q.keys {
		key = max(key, length(a.Text))
	}
	for _, a := range q.wrong {
		wrong = max(wrong, length(a.Text))
	}
	return key, wrong
}

// Rule 6, of one question: the key is not far longer than every other option, unless
// it is a name.
func lengthCue(l *linter, q item) {
	if !q.picked() || len(q.wrong) == 0 || len(q.keys) == 0 {
		return
	}
	if _, named := l.entity(q.keys[0]); named {
		return
	}
	if key, wrong := q.longest(); far(key, wrong, keyTimes, keyMore) {
		l.say(q, "lint.long_key")
	}
}

// Rule 10, of one question: dates and numbers stand in their order and stay there;
// everything else is shuffled.
func ascending(l *linter, q item) {
	if q.Kind != questions.Choice {
		return
	}
	values, ok := valuesOf(q.Answers)
	switch {
	case ok && !q.Fixed:
		l.say(q, "lint.not_fixed")
	case !ok && q.Fixed:
		l.say(q, "lint.fixed")
	case ok:
		for i := 1; i < len(values); i++ {
			if !values[i-1].before(values[i]) {
				l.say(q, "lint.not_ascending", cmp.Or(q.Answers[i].Text, "–"))
				return
			}
		}
	}
}
