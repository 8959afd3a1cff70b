package kind

import (
	"regexp"
	"strconv"
	"strings"

	"thaw/questions"
	"thaw/questions/grade"
)

// MaxGaps is how many gaps a text may have.
const MaxGaps = 8

// gap finds the gaps of a prompt: whatever stands in double braces. Its author
// writes the answer there, "on {{25 February 1956}}"; stored is the number of its
// part, "on {{1}}", so that a prompt never tells the key, whoever shows it.
var gap = regexp.MustCompile(`\{\{([^{}]*)\}\}`)

// elided stands for a gap where nothing can be filled in.
const elided = "…"

// gaps returns what stands in the gaps of a prompt, of the first maxGapRows.
func gaps(prompt string) []string {
	var texts []string
	for _, found := range gap.FindAllStringSubmatch(prompt, maxGapRows) {
		texts = append(texts, oneLine(found[1]))
	}
	return texts
}

// refill puts another text into each gap. Gaps for which there is none stay.
func refill(prompt string, texts []string) string {
	n := 0
	return gap.ReplaceAllStringFunc(prompt, func(was string) string {
		if n++; n > len(texts) {
			return was
		}
		return texts[n-1]
	})
}

// Line is the prompt of a question, Markdown, for where it cannot be answered: a
// list, a report, a search. Its gaps are elided.
func Line(v questions.Version) string {
	if v.Kind != questions.Cloze {
		return v.Prompt
	}
	return gap.ReplaceAllLiteralString(v.Prompt, elided)
}

// Source is the prompt of a question as its author writes it: its gaps hold their
// answers.
func Source(v questions.Version) string {
	if v.Kind != questions.Cloze {
		return v.Prompt
	}
	texts := gapKeys(v)
	for i, text := range texts {
		texts[i] = "{{" + text + "}}"
	}
	return refill(v.Prompt, texts)
}

// gapKeys are the answers as they stand in the author's text, a date written out
// where that can be read back.
func gapKeys(v questions.Version) []string {
	texts := make([]string, len(gaps(v.Prompt)))
	for i := range texts {
		key, _ := v.Key(i + 1)
		texts[i] = key.Text
		if said := grade.DateText(key.Text); key.Match == questions.MatchDate && grade.EDTF(said) == key.Text {
			texts[i] = said
		}
		texts[i] = oneLine(strings.NewReplacer("{", "", "}", "").Replace(texts[i]))
	}
	return texts
}

// Part is one part of a question, counted from 1, as a question of its own: of a
// text with gaps the one gap, elided, while the others are filled.
func Part(v questions.Version, n int) questions.Version {
	if v.Kind != questions.Cloze {
		return v
	}
	texts := gapKeys(v)
	if n <= len(texts) {
		texts[n-1] = elided
	}
	part := v
	part.Prompt, part.Answers = refill(v.Prompt, texts), answersOf(v, n)
	part.Kind = typedBy(matchOf(part)).Name()
	return part
}

// answersOf are the answers of one part, as those of a question of its own.
func answersOf(v questions.Version, n int) []questions.Answer {
	var answers []questions.Answer
	for _, a := range v.Answers {
		if a.Part == n {
			a.Part = 1
			answers = append(answers, a)
		}
	}
	return answers
}

// typedBy is the kind of question that a single gap is.
func typedBy(match string) Kind {
	switch match {
	case questions.MatchDate:
		return date{}
	case questions.MatchNumber:
		return number{}
	}
	return text{}
}

// gapMatches are the ways to compare what is typed into a gap.
var gapMatches = [...]string{questions.MatchPerson, questions.MatchPlace, questions.MatchOrg, questions.MatchTitle, questions.MatchTerm,
	questions.MatchDate, questions.MatchNumber}

var (
	year   = regexp.MustCompile(`(^|\D)\d{4}(\D|$)`)
	digits = regexp.MustCompile(`^-?\d[\d., ]*$`)
)

// likelyMatch guesses how a new gap is compared; none where only its author knows.
func likelyMatch(key string) string {
	if year.MatchString(key) && grade.ValidDate(grade.EDTF(key)) {
		return questions.MatchDate
	}
	if _, ok := grade.NumberOf(key); ok && digits.MatchString(key) {
		return questions.MatchNumber
	}
	return ""
}

// gapName is the name of an editor's field of a gap, counted from 1.
func gapName(field string, n int) string { return field + "-" + strconv.Itoa(n) }
