package lint

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"thaw/questions"
	"thaw/questions/grade"
)

// maxBack is how many words the back of a flashcard may have.
const maxBack = 6

var (
	yesNo    = regexp.MustCompile(`(?i)^(yes|no|true|false)\b`)
	asksYes  = regexp.MustCompile(`(?i)^(is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b`)
	openList = regexp.MustCompile(`(?i)\b(name|list|give|mention) (some|any|a few|examples|two|three|four|five|several)\b|\b(what|who|which) (are|were) some\b|^list\b`)
	twofold  = regexp.MustCompile(`(?i)^(who|what|which|when|where|why|how|(in|on|at) which)\b.* and (when|where|why|how)\b`)
	several  = regexp.MustCompile(`[/;]`)
)

// Rule 16, of one flashcard: it asks one question that has one short answer. Whether a
// fact is used in both directions, so that it needs a card for each, is not seen here.
func flashcards(l *linter, q item) {
	if q.Kind != questions.Flash || len(q.keys) == 0 {
		return
	}
	back := strings.TrimSpace(q.keys[0].Text)
	if n := words(back); n > maxBack && q.spaced {
		l.say(q, "lint.back_long", count(n), count(maxBack))
	}
	if several.MatchString(back) {
		l.say(q, "lint.back_several", back)
	}
	if strings.Count(q.stem, "?") > 1 || q.english && twofold.MatchString(q.stem) {
		l.say(q, "lint.two_questions")
	}
	if q.english && (yesNo.MatchString(back) || asksYes.MatchString(q.stem)) {
		l.say(q, "lint.yes_no")
	}
	if q.english && openList.MatchString(q.stem) {
		l.say(q, "lint.open_list")
	}
}

// Rule 16, of the bank: days that look alike, as 25 February and 25 October 1956, are
// held against each other somewhere: both stand among the options, or one is explained
// by the other.
func lookalikes(l *linter) {
	days := map[string]item{}
	for _, q := range l.items {
		for _, a := range q.keys {
			if day, ok := dayOf(a); ok && q.Kind == questions.Flash {
				days[day] = q
			}
		}
	}
	sorted := slices.Sorted(maps.Keys(days))
	for i, day := range sorted {
		for _, other := range sorted[i+1:] {
			if alike(day, other) && !l.contrasted(day, other) {
				l.say(days[day], "lint.lookalike", grade.DateText(day), grade.DateText(other))
			}
		}
	}
}

// alike tells whether two days differ in the day, the month or the year alone.
func alike(a, b string) bool {
	differ := 0
	for _, part := range [][2]int{{0, 4}, {5, 7}, {8, 10}} {
		if a[part[0]:part[1]] != b[part[0]:part[1]] {
			differ++
		}
	}
	return differ == 1
}

// contrasted tells whether a question speaks of both days.
func (l *linter) contrasted(a, b string) bool {
	for _, q := range l.items {
		if says(q, a) && says(q, b) {
			return true
		}
	}
	return false
}

func says(q item, day string) bool {
	text := bare(grade.DateText(day))
	for _, a := range q.Answers {
		if holds(bare(grade.Canonical(a)), text) {
			return true
		}
	}
	return holds(bare(q.stem), text) || holds(bare(q.Explain), text)
}
