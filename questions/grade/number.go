package grade

import (
	"math"
	"strings"

	"thaw/questions"
)

// nearby is how far from a number an answer may be to be almost right.
const nearby = 0.02

// NumberOf returns the number that a key or a tolerance is: digits with a point
// for decimals and any marks between the thousands, or words. Of several
// readings the English one counts.
func NumberOf(text string) (float64, bool) {
	readings := readNumbers(text)
	if len(readings) == 0 || len(readings[0]) != 1 {
		return 0, false
	}
	return readings[0][0], true
}

// NumberText writes a number for people: a key in digits gets a comma between
// the thousands, any other text stays as it is.
func NumberText(text string) string {
	plain, ok := plainDigits(strings.TrimSpace(text))
	if !ok {
		return text
	}
	sign := ""
	if strings.HasPrefix(plain, "-") {
		sign, plain = "-", plain[1:]
	}
	whole, decimals, pointed := strings.Cut(plain, ".")
	if pointed {
		decimals = "." + decimals
	}
	return sign + grouped(whole) + decimals
}

func grouped(whole string) string {
	var b strings.Builder
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteByte(whole[i])
	}
	return b.String()
}

// judgeNumber compares numbers. Within the key's slack is right, and up to two
// per cent of the key beyond it is almost right. A separator that may part
// thousands or decimals counts as whichever fits.
func judgeNumber(t task) verdict {
	if deny(splitWords(t.input), nil) {
		return verdict{match: wrong("reason.negated")}
	}
	readings := readNumbers(t.input)
	if len(readings) == 0 {
		return verdict{match: wrong("reason.not_a_number")}
	}
	best := judgeReading(t, readings[0])
	for _, numbers := range readings[1:] {
		if m := judgeReading(t, numbers); rank(m.verdict) < rank(best.verdict) {
			best = m
		}
	}
	if best.verdict != questions.Right {
		return otherNumber(t, readings, best)
	}
	if bounded(t.input) {
		return verdict{match: match{verdict: questions.Almost, reason: questions.Reason{Code: "reason.bound"}}}
	}
	return verdict{match: best}
}

// judgeReading judges one reading of an input. Several numbers, as the ends of a
// range, are right when they all are.
func judgeReading(t task, numbers []float64) match {
	best := judgeEach(t, numbers[0])
	for _, given := range numbers[1:] {
		if best.verdict != questions.Right || judgeEach(t, given).verdict != questions.Right {
			return wrong("reason.two_answers")
		}
	}
	return best
}

func judgeEach(t task, given float64) match {
	best := wrong("reason.wrong")
	for i, form := range t.forms {
		key, ok := NumberOf(form)
		if !ok {
			continue
		}
		if m := compareNumbers(key, given, t.key.Slack); i == 0 || rank(m.verdict) < rank(best.verdict) {
			best = m
		}
	}
	return best
}

func compareNumbers(key, given, slack float64) match {
	off := math.Abs(given - key)
	lost := 1e-9 * math.Max(math.Abs(given), math.Abs(key))
	if off <= slack+lost {
		return match{verdict: questions.Right}
	}
	side := "low"
	if given > key {
		side = "high"
	}
	if off <= slack+nearby*math.Abs(key)+lost {
		return match{verdict: questions.Almost, reason: questions.Reason{Code: "reason.number_near_" + side}}
	}
	if power := math.Log10(given / key); given/key > 0 && math.Abs(power-math.Round(power)) < 1e-9 {
		return wrong("reason.number_size")
	}
	return wrong("reason.number_" + side)
}

// otherNumber turns an answer down that is, or is nearer to, another number of
// the bank.
func otherNumber(t task, readings [][]float64, best match) verdict {
	key, _ := NumberOf(t.forms[0])
	for i, e := range t.lexicon.Entities {
		if t.own[i] || e.Kind != questions.MatchNumber {
			continue
		}
		other, ok := NumberOf(e.Name)
		if !ok || sameNumber(other, key) {
			continue
		}
		for _, numbers := range readings {
			if judgeReading(t, numbers).verdict != best.verdict {
				continue // not what was understood
			}
			near := best.verdict == questions.Almost && math.Abs(numbers[0]-other) < math.Abs(numbers[0]-key)
			if len(numbers) == 1 && (near || sameNumber(numbers[0], other)) {
				return verdict{match: wrong("reason.other_entity", NumberText(e.Name)), given: e.ID}
			}
		}
	}
	return verdict{match: best}
}

// sameNumber allows for what arithmetic loses.
func sameNumber(a, b float64) bool {
	return math.Abs(a-b) <= 1e-9*math.Max(math.Abs(a), math.Abs(b))
}

// bounded tells whether an answer names an end rather than a number: more than
// 90,000.
func bounded(input string) bool {
	for _, w := range splitWords(input) {
		if oneOf(w.text, bounds) {
			return true
		}
	}
	return false
}

var bounds = []string{"more", "less", "fewer", "over", "under", "above", "below", "least", "most", "exceeding", "mehr", "weniger", "uber", "unter", "plus", "moins", "bolee", "menee", "mas", "menos"}
