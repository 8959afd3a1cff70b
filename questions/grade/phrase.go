package grade

import (
	"slices"
	"strings"

	"thaw/questions"
)

// match is how one form of a key and an input agree.
type match struct {
	verdict questions.Verdict
	edits   int
	reason  questions.Reason
	part    bool // the input is only a part of the form
	whole   bool // it is just as it is listed
}

// better tells whether m is to be preferred to other.
func (m match) better(other match) bool {
	if a, b := rank(m.verdict), rank(other.verdict); a != b {
		return a < b
	}
	return m.edits < other.edits
}

func rank(v questions.Verdict) int {
	switch v {
	case questions.Right:
		return 0
	case questions.Slip:
		return 1
	case questions.Almost:
		return 2
	}
	return 3
}

func wrong(code string, args ...string) match {
	return match{verdict: questions.Wrong, reason: questions.Reason{Code: code, Args: args}}
}

func almost(code string, args ...string) match {
	return match{verdict: questions.Almost, reason: questions.Reason{Code: code, Args: args}}
}

// small words say nothing about an answer of several words.
var small = map[string]bool{
	"the": true, "a": true, "an": true, "of": true, "and": true, "in": true, "on": true, "at": true, "its": true, "to": true,
	"for": true, "by": true, "no": true, "nr": true, "s": true,
	"der": true, "die": true, "das": true, "des": true, "dem": true, "den": true, "von": true, "und": true, "zur": true, "zum": true,
	"le": true, "la": true, "les": true, "l": true, "d": true, "du": true, "de": true, "et": true,
	"el": true, "los": true, "las": true, "del": true, "y": true, "i": true, "v": true, "o": true,
}

// content drops the small words, unless nothing else is there.
func content(words []word) []word {
	kept := make([]word, 0, len(words))
	for i, w := range words {
		if numbered(words, i) {
			w.num = true
		}
		if !small[w.text] || w.num {
			kept = append(kept, w)
		}
	}
	if len(kept) == 0 {
		return words
	}
	return kept
}

// numbered tells an I or V that counts a ruler or a war from one that says
// "and" or "in": a word that says something stands before it, none behind it.
func numbered(words []word, i int) bool {
	if text := words[i].text; text != "i" && text != "v" || i == 0 || small[words[i-1].text] {
		return false
	}
	return i == len(words)-1 || words[i+1].text == "of" || words[i+1].text == "von" || words[i+1].text == "the"
}

// joinLetters makes one word of letters that stand alone: C. P. S. U.
func joinLetters(words []word) []word {
	if !hasLetters(words) {
		return words
	}
	joined := make([]word, 0, len(words))
	run := 0
	for _, w := range words {
		if len(w.text) != 1 || w.num {
			run = 0
			joined = append(joined, w)
			continue
		}
		run++
		if run == 1 {
			joined = append(joined, w)
			continue
		}
		joined[len(joined)-1].text += w.text
		joined[len(joined)-1].raw += w.raw
		joined[len(joined)-1].key = ""
		joined[len(joined)-1].abbr = true
	}
	return joined
}

func hasLetters(words []word) bool {
	for i := 1; i < len(words); i++ {
		if len(words[i].text) == 1 && len(words[i-1].text) == 1 {
			return true
		}
	}
	return false
}

func glue(words []word) word {
	var b strings.Builder
	var whole word
	for _, w := range words {
		b.WriteString(w.text)
		whole.raw += " " + w.raw
		whole.num = whole.num || w.num
	}
	whole.text, whole.raw = b.String(), strings.TrimSpace(whole.raw)
	return whole
}

// judgePhrase compares two answers of any number of words: word by word, in any
// order, without the small words.
func judgePhrase(key, given []word) match {
	key, given = joinLetters(key), joinLetters(given)
	best := judgeWords(content(key), content(given))
	if best.verdict == questions.Right || len(key) == len(given) {
		return best
	}
	whole := judgeGlued(key, given)
	if best.part && best.edits > 0 && whole.verdict != questions.Right {
		return best // a short word that is missing is no slip
	}
	if whole.better(best) {
		return whole
	}
	return best
}

// judgeGlued compares two answers as if written in one word: "Stalin Allee".
func judgeGlued(key, given []word) match {
	if d := letterCount(key) - letterCount(given); d > 7 || d < -7 || (d > 3 || d < -3) && !hasH(key) && !hasH(given) {
		return wrong("reason.wrong") // as lengthApart says of the whole
	}
	k, g := glue(key), glue(given)
	how, edits := compare(k, g)
	if how == same {
		return match{verdict: questions.Right}
	}
	if how == slip {
		return match{verdict: questions.Slip, edits: edits, reason: spelled(k, g)}
	}
	return wrong("reason.wrong")
}

func hasH(words []word) bool {
	return slices.ContainsFunc(words, func(w word) bool { return strings.IndexByte(w.text, 'h') >= 0 })
}

func letterCount(words []word) int {
	n := 0
	for _, w := range words {
		n += len(w.text)
	}
	return n
}

func spelled(key, given word) questions.Reason {
	return questions.Reason{Code: "reason.spelled", Args: []string{key.raw, given.raw}}
}

// judgeWords pairs the words given with those of the key.
func judgeWords(key, given []word) match {
	if len(given) == 0 || len(given) > 2*len(key)+2 {
		return wrong("reason.wrong")
	}
	used := make([]bool, len(key))
	total := match{verdict: questions.Right}
	found := 0
	for _, w := range given {
		i, how, edits := pick(key, used, w)
		if how == far && repeats(key, w) {
			continue
		}
		if how == far {
			return wrong("reason.wrong")
		}
		used[i] = true
		found++
		total = total.and(how, edits, key[i], w)
	}
	if found == len(key) {
		return total
	}
	if total.verdict == questions.Almost {
		return wrong("reason.wrong")
	}
	return match{verdict: questions.Almost, edits: total.edits + len(key) - found, part: true, reason: questions.Reason{Code: "reason.part_missing"}}
}

// repeats tells whether a word only says again what the key has.
func repeats(key []word, w word) bool {
	for _, k := range key {
		if k.text == w.text {
			return true
		}
	}
	return false
}

// pick returns the unused word of the key that agrees best with w.
func pick(key []word, used []bool, w word) (at int, how closeness, edits int) {
	how = far
	for i, k := range key {
		if used[i] {
			continue
		}
		if h, e := compare(k, w); h < how || h == how && how != far && e < edits {
			at, how, edits = i, h, e
		}
	}
	return at, how, edits
}

// and adds one more pair of words to what was found so far.
func (m match) and(how closeness, edits int, key, given word) match {
	m.edits += edits
	if how == slip && m.verdict == questions.Right {
		m.verdict, m.reason = questions.Slip, spelled(key, given)
	}
	if how == near {
		m.verdict, m.reason = questions.Almost, questions.Reason{Code: "reason.spelling", Args: []string{given.raw}}
	}
	return m
}
