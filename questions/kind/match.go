package kind

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"thaw/questions"
)

// match asks which of the things on the right belongs to each on the left. A part
// is a pair: its answer without credit is the left side, the one with credit what
// belongs to it. Answers of no part belong to nothing. The left sides are shown in
// the order of their parts, the right ones as the version is shown, equal texts
// once. A response is for each left side the place of a right one, from 1.
type match struct{}

var _ Kind = match{}

// Limits of what is to be matched.
const (
	MinPairs = 2
	MaxPairs = 8
	MaxExtra = 3 // things on the right that belong to nothing
)

func (match) Name() string { return questions.Match }

// Pair is a left side with what belongs to it; one without a left side belongs to
// nothing.
type Pair struct{ Left, Right questions.Answer }

// Pairs returns the pairs of a matching question in the order of their parts, and
// behind them what belongs to nothing.
func Pairs(v questions.Version) []Pair {
	var pairs, extra []Pair
	for _, a := range v.Answers {
		if a.Part != 0 && a.Credit != 1 {
			right, _ := v.Key(a.Part)
			pairs = append(pairs, Pair{a, right})
		}
		if a.Part == 0 {
			extra = append(extra, Pair{Right: a})
		}
	}
	slices.SortStableFunc(pairs, func(a, b Pair) int { return a.Left.Part - b.Left.Part })
	return append(pairs, extra...)
}

// lefts returns the pairs that have a left side.
func lefts(v questions.Version) []Pair {
	return slices.DeleteFunc(Pairs(v), func(p Pair) bool { return p.Left.Part == 0 })
}

// rights returns what can be chosen, in the order shown, each text once.
func rights(v questions.Version) []questions.Answer {
	var list []questions.Answer
	seen := map[string]bool{}
	for _, a := range v.Answers {
		if (a.Part == 0 || a.Credit == 1) && !seen[a.Text] {
			seen[a.Text] = true
			list = append(list, a)
		}
	}
	return list
}

func (match) Check(v questions.Version) []questions.Problem {
	places := pairPlaces(v)
	found := append(checkKeyed(v), checkLength(v, places, MaxOption)...)
	found = append(found, checkDrawn(v, places)...)
	found = append(found, checkSides(v, places)...)
	pairs, options := len(lefts(v)), len(rights(v))
	switch {
	case pairs < MinPairs:
		found = append(found, problem("option", "problem.few_pairs", strconv.Itoa(MinPairs)))
	case pairs > MaxPairs:
		found = append(found, problem("option", "problem.many_pairs", strconv.Itoa(MaxPairs)))
	case options < 2:
		found = append(found, problem("option", "problem.one_right"))
	}
	if extra := len(Pairs(v)) - pairs; extra > MaxExtra {
		found = append(found, problem("option", "problem.many_extra", strconv.Itoa(MaxExtra)))
	}
	return append(found, checkPairs(v)...)
}

// pairPlaces are the fields of the answers: a row for each left side, with what
// belongs to it, and then one for each thing that belongs to nothing.
func pairPlaces(v questions.Version) []place {
	row := map[int]int{} // by part
	pairs := Pairs(v)
	for i, p := range pairs {
		if p.Left.Part != 0 && row[p.Left.Part] == 0 {
			row[p.Left.Part] = i + 1
		}
	}
	extra := len(lefts(v))
	places := make([]place, len(v.Answers))
	for i, a := range v.Answers {
		switch {
		case a.Part == 0:
			extra++
			places[i] = place{"belongs", extra, "why"}
		case a.Credit == 1:
			places[i] = place{"belongs", max(row[a.Part], 1), "why"}
		default:
			places[i] = place{"option", row[a.Part], "why"}
		}
	}
	return places
}

// checkSides finds answers that are unfit: those of one side by those of the same
// side. One thing may belong to several, but then not to nothing as well.
func checkSides(v questions.Version, places []place) []questions.Problem {
	var found []questions.Problem
	left, right, extra := v, v, v
	var at [3][]place
	left.Answers, right.Answers, extra.Answers = nil, nil, nil
	for i, a := range v.Answers {
		switch {
		case a.Part == 0:
			extra.Answers, at[2] = append(extra.Answers, a), append(at[2], places[i])
		case a.Credit == 1:
			right.Answers, at[1] = append(right.Answers, a), append(at[1], places[i])
		default:
			left.Answers, at[0] = append(left.Answers, a), append(at[0], places[i])
		}
	}
	found = append(found, checkAnswers(left, at[0])...)
	for _, p := range checkAnswers(right, at[1]) {
		if p.Code != "problem.same_answers" {
			found = append(found, p)
		}
	}
	found = append(found, checkAnswers(extra, at[2])...)
	for i, a := range extra.Answers {
		if slices.ContainsFunc(right.Answers, func(b questions.Answer) bool { return b.Text == a.Text }) {
			found = append(found, at[2][i].problem("problem.same_answers", a.Text))
		}
	}
	return found
}

// checkPairs finds parts that are no pairs.
func checkPairs(v questions.Version) []questions.Problem {
	pairs := lefts(v)
	sides := 0
	for i, p := range pairs {
		if p.Left.Part != i+1 || p.Right.Part != i+1 || p.Left.Fact != p.Right.Fact {
			return []questions.Problem{problem("option", "problem.parts")}
		}
	}
	for _, a := range v.Answers {
		if a.Part != 0 && a.Credit == 1 {
			sides++
		}
	}
	if sides != len(pairs) {
		return []questions.Problem{problem("option", "problem.parts")}
	}
	return nil
}

func (match) Grade(v questions.Version, _ questions.Lexicon, r questions.Response) ([]questions.Mark, error) {
	pairs, options := lefts(v), rights(v)
	places, err := chosenPlaces(r, len(pairs), len(options))
	if err != nil {
		return nil, err
	}
	marks := make([]questions.Mark, len(pairs))
	for i, p := range pairs {
		given := options[places[i]-1]
		mark := questions.Mark{Part: p.Left.Part, Fact: p.Left.Fact, Canonical: p.Right.Text, Credit: 1, Verdict: questions.Right}
		if given.Text != p.Right.Text {
			mark.Credit, mark.Verdict, mark.Given = 0, questions.Wrong, given.Entity
			mark.Reason = questions.Reason{Code: "reason.chosen", Args: []string{given.Text}}
		}
		marks[i] = mark
	}
	return marks, nil
}

// Guess is the chance of hitting on what belongs to a left side among all that
// can be chosen.
func (match) Guess(v questions.Version) float64 {
	if n := len(rights(v)); n > 0 {
		return 1 / float64(n)
	}
	return 0
}

func (match) Ask(a questions.Asked) templ.Component {
	return matchAsk(a, lefts(a.Version), rights(a.Version))
}

func (match) Show(a questions.Asked, r questions.Response, _ []questions.Mark) templ.Component {
	return matchShow(a, matchAfter(a, r))
}

// joined is a pair after the verdict.
type joined struct {
	Pair
	given string // what was put there instead; empty when it is right
	class string
}

func matchAfter(a questions.Asked, r questions.Response) []joined {
	pairs, options := lefts(a.Version), rights(a.Version)
	places, err := chosenPlaces(r, len(pairs), len(options))
	rows := make([]joined, len(pairs))
	for i, p := range pairs {
		rows[i] = joined{Pair: p, class: "is-right"}
		if err != nil {
			rows[i].class = "is-other"
		} else if given := options[places[i]-1].Text; given != p.Right.Text {
			rows[i].class, rows[i].given = "is-wrong", given
		}
	}
	return rows
}

func (match) Words(a questions.Asked, r questions.Response) Words {
	pairs, options := lefts(a.Version), rights(a.Version)
	places, err := chosenPlaces(r, len(pairs), len(options))
	var w Words
	var keys, given []string
	for i, p := range pairs {
		keys = append(keys, bare(p.Left.Text)+": "+bare(p.Right.Text))
		if err != nil {
			continue
		}
		option := options[places[i]-1]
		given = append(given, bare(p.Left.Text)+": "+bare(option.Text))
		if why := bare(option.Feedback); option.Text != p.Right.Text && why != "" && !slices.Contains(w.Notes, why) {
			w.Notes = append(w.Notes, why)
		}
	}
	w.Key, w.Given = strings.Join(keys, "; "), strings.Join(given, "; ")
	return w
}

func (match) Edit(e questions.Editing) templ.Component { return matchEdit(e) }

func (match) Read(form url.Values) questions.Version {
	v := readCommon(form, questions.Match)
	var extra []questions.Answer
	part := 0
	for i, text := range form["option"] {
		if i >= maxRows {
			break
		}
		left := questions.Answer{Text: oneLine(text)}
		right := questions.Answer{Text: oneLine(nth(form["belongs"], i)), Feedback: oneLine(nth(form["why"], i))}
		switch {
		case left.Text != "":
			part++
			left.Part, left.Fact = part, rowFact(form, i)
			right.Part, right.Fact, right.Credit = part, left.Fact, 1
			v.Answers = append(v.Answers, left, right)
		case right.Text != "" || right.Feedback != "":
			extra = append(extra, right)
		}
	}
	v.Answers = append(v.Answers, extra...)
	return v
}

// pairRows are the rows of an editor, empty ones behind the pairs.
func pairRows(e questions.Editing) []Pair {
	rows := Pairs(e.Version)
	for len(rows) < min(max(4, e.Rows), maxRows) {
		rows = append(rows, Pair{})
	}
	return rows
}
