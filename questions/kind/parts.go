package kind

import (
	"html"
	"net/url"
	"slices"
	"strconv"

	"github.com/microcosm-cc/bluemonday"

	"thaw/questions"
	"thaw/questions/grade"
)

// Arranged tells the kinds in which things are put where they belong.
func Arranged(kind string) bool { return kind == questions.Order || kind == questions.Match }

// Parted tells the kinds whose questions have several parts, each of which asks for a
// fact.
func Parted(kind string) bool { return Arranged(kind) || kind == questions.Cloze }

// Parts counts the parts of a question.
func Parts(v questions.Version) int {
	switch {
	case v.Kind == questions.Cloze:
		return len(gaps(v.Prompt))
	case !Arranged(v.Kind):
		return 1
	}
	n := 0
	for _, a := range v.Answers {
		n = max(n, a.Part)
	}
	return n
}

// Sum is what the marks of a response say together: their mean credit, the worst
// verdict, and of what is arranged how much is right. One mark stands for itself.
func Sum(v questions.Version, marks []questions.Mark) questions.Mark {
	if len(marks) == 1 {
		return marks[0]
	}
	var sum questions.Mark
	sum.Credit, sum.Verdict = questions.Worth(marks)
	right, all := Right(v, marks)
	if sum.Verdict != questions.Right && Arranged(v.Kind) {
		sum.Reason = questions.Reason{Code: "reason." + v.Kind + "_sum", Args: []string{strconv.Itoa(right), strconv.Itoa(all)}}
	}
	return sum
}

// Right counts what is right: the parts, or of an order the pairs of items.
func Right(v questions.Version, marks []questions.Mark) (right, all int) {
	if v.Kind == questions.Order {
		credit, _ := questions.Worth(marks)
		all = len(marks) * (len(marks) - 1) / 2
		return int(credit*float64(all) + .5), all
	}
	for _, m := range marks {
		if m.Credit == 1 {
			right++
		}
	}
	return right, len(marks)
}

// Asks is what a part of a question asks about, in a few words.
func Asks(v questions.Version, part int) string {
	key, _ := v.Key(part)
	for _, p := range lefts(v) {
		if p.Left.Part == part && v.Kind == questions.Match {
			return bare(p.Left.Text)
		}
	}
	if v.Kind == questions.Cloze {
		return grade.Canonical(key)
	}
	return bare(key.Text)
}

// Solution is the response that puts everything where it belongs, of a question of
// several parts in the order shown.
func Solution(v questions.Version) questions.Response {
	var r questions.Response
	switch v.Kind {
	case questions.Order:
		for _, a := range v.Answers {
			r = append(r, strconv.Itoa(a.Part))
		}
	case questions.Match:
		options := rights(v)
		for _, p := range lefts(v) {
			at := slices.IndexFunc(options, func(a questions.Answer) bool { return a.Text == p.Right.Text })
			r = append(r, strconv.Itoa(at+1))
		}
	}
	return r
}

// chosenPlaces reads a response of one place for each of n things, from 1 to
// limit. What is not said yet is ErrUnfinished.
func chosenPlaces(r questions.Response, n, limit int) ([]int, error) {
	if len(r) != n || n == 0 {
		return nil, ErrResponse
	}
	places := make([]int, n)
	for i, given := range r {
		place, err := strconv.Atoi(given)
		if given != "" && (err != nil || strconv.Itoa(place) != given || place < 1 || place > limit) {
			return nil, ErrResponse
		}
		places[i] = place
	}
	if slices.Contains(places, 0) {
		return nil, ErrUnfinished
	}
	return places, nil
}

// stands tells whether a place was given to the i-th thing before: in the answer
// that is shown again.
func stands(a questions.Asked, i int, place string) bool { return nth(a.Given, i) == place }

// rowFact is the fact that a row of a form asks for; 0: one of its own.
func rowFact(form url.Values, row int) questions.FactID {
	n, _ := strconv.ParseInt(nth(form["feed"], row), 10, 64)
	return questions.FactID(n)
}

var noMarkup = bluemonday.StrictPolicy()

// bare is a text without its markup, for where none can stand; formulas are
// said in a line of signs.
func bare(text string) string {
	return html.UnescapeString(noMarkup.Sanitize(string(inlined(spelled, text))))
}

// blanks are the places of a pattern that a script fills in.
var blanks = []any{"{1}", "{2}", "{3}"}

// pattern is a text whose blanks a script fills in.
func pattern(a questions.Asked, key string) string { return say(a, key, blanks...) }
