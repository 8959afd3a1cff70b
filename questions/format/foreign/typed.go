package foreign

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"thaw/questions"
	"thaw/questions/format/markup"
	"thaw/questions/grade"
)

var (
	year   = regexp.MustCompile(`(^|\D)\d{4}(\D|$)`)
	digits = regexp.MustCompile(`^-?\d[\d., ]*$`)
)

// Guess says how an answer is likely to be compared that may be typed in any of these
// ways: as a date or a number where all of them are one beyond doubt, else as a term.
func Guess(texts []string) string {
	all := func(is func(string) bool) bool {
		return len(texts) > 0 && !slices.ContainsFunc(texts, func(s string) bool { return !is(s) })
	}
	switch {
	case all(isDate):
		return questions.MatchDate
	case all(isNumber):
		return questions.MatchNumber
	}
	return questions.MatchTerm
}

func isDate(s string) bool { return year.MatchString(s) && grade.ValidDate(grade.EDTF(s)) }

func isNumber(s string) bool {
	_, ok := grade.NumberOf(s)
	return ok && digits.MatchString(s)
}

// Rights are the texts of the answers that are wholly right.
func Rights(answers []questions.Answer) []string {
	var texts []string
	for _, a := range answers {
		if a.Credit == 1 {
			texts = append(texts, a.Text)
		}
	}
	return texts
}

// KindOf is the kind of question whose answers are compared in a way.
func KindOf(match string) string {
	switch match {
	case questions.MatchDate:
		return questions.Date
	case questions.MatchNumber:
		return questions.Number
	}
	return questions.Text
}

// Typed makes answers that are compared in a way of those of one part, as we keep them:
// a date once, however many forms of it are listed, and nothing twice that we cannot
// tell apart. What had to go, and meant something, is dropped: a text that is no date, a
// part credit near a number.
func Typed(match string, answers []questions.Answer) (kept []questions.Answer, dropped []questions.Answer) {
	s := shelf{match: match, folded: map[string]int{}, dates: map[string]int{}}
	var words []questions.Answer
	for _, right := range []bool{true, false} {
		for _, a := range answers {
			switch {
			case (a.Credit == 1) != right:
			case match == questions.MatchDate && !grade.ValidDate(grade.EDTF(a.Text)):
				words = append(words, a)
			default:
				s.put(a)
			}
		}
	}
	for _, a := range words {
		s.word(a)
	}
	return s.inOrder(answers), s.dropped
}

// shelf takes answers one after the other, the right ones first.
type shelf struct {
	match   string
	kept    []questions.Answer
	from    []questions.Answer // as they were
	dropped []questions.Answer
	folded  map[string]int // of those kept
	dates   map[string]int // of those kept, without how sure they are
	numbers []float64      // of those kept
}

// put keeps an answer, unless we cannot tell it from one that is kept.
func (s *shelf) put(a questions.Answer) {
	was := a
	a.Match = s.match
	if s.match == questions.MatchDate {
		a.Text = grade.EDTF(a.Text)
	}
	if i, ok := s.twin(a); ok {
		if kept := s.kept[i]; a.Credit != 1 && (a.Credit != kept.Credit || a.Feedback != kept.Feedback) {
			s.dropped = append(s.dropped, was)
		}
		return
	}
	s.kept, s.from = append(s.kept, a), append(s.from, was)
	s.folded[questions.Fold(a.Text)] = len(s.kept) - 1
	s.dates[sure(a.Text)] = len(s.kept) - 1
	if s.match == questions.MatchNumber {
		s.numbers = append(s.numbers, number(a.Text))
	}
}

// word keeps a text among dates that is none, where it can be foreseen as a wrong answer
// and is not just how one of the dates is written out.
func (s *shelf) word(a questions.Answer) {
	switch {
	case slices.ContainsFunc(s.kept, func(k questions.Answer) bool { return grade.DateText(k.Text) == a.Text }):
	case a.Credit == 1:
		s.dropped = append(s.dropped, a)
	default:
		s.put(a)
	}
}

// sure is a date without the signs of doubt behind it.
func sure(edtf string) string { return strings.TrimRight(edtf, "~?%") }

// number is what a text says, or not a number.
func number(text string) float64 {
	if n, ok := grade.NumberOf(text); ok {
		return n
	}
	return math.NaN()
}

// twin finds the answer that is the same to us. Of a date, the one that says more of how
// sure it is stays.
func (s *shelf) twin(a questions.Answer) (int, bool) {
	if i, ok := s.folded[questions.Fold(a.Text)]; ok {
		return i, true
	}
	switch s.match {
	case questions.MatchDate:
		i, ok := s.dates[sure(a.Text)]
		if ok && s.kept[i].Text == sure(a.Text) && s.kept[i].Credit == a.Credit {
			s.kept[i].Text = a.Text
		}
		return i, ok
	case questions.MatchNumber:
		n := number(a.Text)
		for i, k := range s.numbers {
			if key := s.kept[i]; n == k || a.Credit != 1 && key.Credit == 1 && math.Abs(n-k) <= key.Slack {
				return i, true
			}
		}
	}
	return 0, false
}

// inOrder returns what is kept in the order in which it was listed.
func (s *shelf) inOrder(list []questions.Answer) []questions.Answer {
	var sorted []questions.Answer
	taken := make([]bool, len(s.kept))
	for _, a := range list {
		for i, from := range s.from {
			if !taken[i] && from == a {
				taken[i] = true
				sorted = append(sorted, s.kept[i])
				break
			}
		}
	}
	return sorted
}

// Digits is a number as programs read it: without thousands, with a point.
func Digits(text string) string {
	n, ok := grade.NumberOf(text)
	if !ok {
		return text
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

// Forms lists how an answer may be typed where texts are compared letter by letter: a
// date as people write it, first in words, and as its notation; a number with and without
// its thousands. Each of them is read as the answer again.
func Forms(a questions.Answer) []string {
	var forms []string
	add := func(form string) {
		if form != "" && !slices.Contains(forms, form) {
			forms = append(forms, form)
		}
	}
	switch a.Match {
	case questions.MatchDate:
		add(grade.DateText(a.Text))
		for _, form := range dateForms(a.Text) {
			if grade.EDTF(form) == sure(a.Text) {
				add(form)
			}
		}
		add(sure(a.Text))
		add(a.Text)
	case questions.MatchNumber:
		add(Digits(a.Text))
		add(grade.NumberText(Digits(a.Text)))
	default:
		add(a.Text)
	}
	return forms
}

// dateForms are the forms in which a day or a month is typed, whatever they are read as.
func dateForms(edtf string) []string {
	edtf = sure(edtf)
	if day, err := time.Parse(time.DateOnly, edtf); err == nil {
		var forms []string
		for _, layout := range []string{"2 January 2006", "January 2, 2006", "2 Jan 2006", "Jan 2, 2006", "2.1.2006", "02.01.2006", "1/2/2006", "2/1/2006"} {
			forms = append(forms, day.Format(layout))
		}
		return forms
	}
	if month, err := time.Parse("2006-01", edtf); err == nil {
		return []string{month.Format("January 2006"), month.Format("Jan 2006")}
	}
	return []string{grade.DateText(edtf), strings.ReplaceAll(grade.DateText(edtf), "–", "-")}
}

// mostTyped is how long the back of a flashcard may be that people are asked to type.
const mostTyped = 60

// PlainBack tells whether the back of a flashcard is a few words without markup, which
// can be typed where there are no flashcards.
func PlainBack(back string) bool {
	said := markup.ToText(back)
	return said != "" && utf8.RuneCountInString(said) <= mostTyped && !strings.Contains(said, "\n") && markup.FromText(said) == back
}
