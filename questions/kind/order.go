package kind

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"thaw/questions"
	"thaw/questions/grade"
)

// order asks to put things in their right order. Each is a part, numbered as it
// stands rightly. Its feedback says when it was, in EDTF, if anything; things whose
// dates overlap may stand either way, and so may one with slack and the one
// before it. A response is the place given to each thing, from 1, for the things
// as they are shown, so it tells nothing about the key.
type order struct{}

var _ Kind = order{}

// Limits of how many things an order has.
const (
	MinItems = 3
	MaxItems = 8
)

func (order) Name() string { return questions.Order }

func (order) Check(v questions.Version) []questions.Problem {
	places := make([]place, len(v.Answers))
	for i := range v.Answers {
		places[i] = place{"option", i + 1, "when"}
	}
	found := append(checkKeyed(v), checkAnswers(v, places)...)
	found = append(found, checkLength(v, places, MaxOption)...)
	found = append(found, checkDrawn(v, places)...)
	if n := len(v.Answers); n < MinItems {
		found = append(found, problem("option", "problem.few_items", strconv.Itoa(MinItems)))
	} else if n > MaxItems {
		found = append(found, problem("option", "problem.many_items", strconv.Itoa(MaxItems)))
	}
	return append(append(found, checkDates(v)...), checkOrder(v)...)
}

// checkDates finds dates that are none, or that say another order.
func checkDates(v questions.Version) []questions.Problem {
	var found []questions.Problem
	for i, a := range v.Answers {
		when := place{"when", i + 1, "when"}
		if a.Feedback != "" && !grade.ValidDate(a.Feedback) {
			found = append(found, when.problem("problem.bad_date", a.Feedback))
		}
		for _, earlier := range v.Answers[:i] {
			if grade.Before(a.Feedback, earlier.Feedback) {
				found = append(found, when.problem("problem.too_early", grade.DateText(a.Feedback), earlier.Text))
				break
			}
		}
	}
	return found
}

// checkOrder finds parts that are no order, and an order that is right anyhow.
func checkOrder(v questions.Version) []questions.Problem {
	for i, a := range v.Answers {
		if a.Part != i+1 || a.Credit != 1 {
			return []questions.Problem{problem("option", "problem.parts")}
		}
	}
	free := free(v)
	for i := range free {
		if len(free) < MinItems || slices.Contains(free[i], false) {
			return nil
		}
	}
	return []questions.Problem{problem("option", "problem.any_order")}
}

// free tells of each two answers whether they may stand either way.
func free(v questions.Version) [][]bool {
	group := map[int]int{} // parts that are tied by slack, by the first of them
	for _, a := range rightly(v) {
		group[a.Part] = a.Part
		if first, ok := group[a.Part-1]; ok && a.Slack != 0 {
			group[a.Part] = first
		}
	}
	either := make([][]bool, len(v.Answers))
	for i, a := range v.Answers {
		either[i] = make([]bool, len(v.Answers))
		for j, b := range v.Answers {
			dated := grade.ValidDate(a.Feedback) && grade.ValidDate(b.Feedback)
			overlap := dated && !grade.Before(a.Feedback, b.Feedback) && !grade.Before(b.Feedback, a.Feedback)
			either[i][j] = i == j || overlap || group[a.Part] == group[b.Part]
		}
	}
	return either
}

// rightly returns the answers in the order of their parts.
func rightly(v questions.Version) []questions.Answer {
	list := slices.Clone(v.Answers)
	slices.SortStableFunc(list, func(a, b questions.Answer) int { return a.Part - b.Part })
	return list
}

// Grade marks each thing by the share of the others to which it stands rightly.
// Each wrong pair counts for both of its things, so the mean of the credits is 1
// less the share of inversions among all pairs (Kendall's distance).
func (order) Grade(v questions.Version, _ questions.Lexicon, r questions.Response) ([]questions.Mark, error) {
	places, err := permutation(r, len(v.Answers))
	if err != nil {
		return nil, err
	}
	either := free(v)
	marks := make([]questions.Mark, 0, len(v.Answers))
	for i, a := range v.Answers {
		right := 0
		for j, b := range v.Answers {
			if i != j && (either[i][j] || (places[i] < places[j]) == (a.Part < b.Part)) {
				right++
			}
		}
		marks = append(marks, itemMark(a, right, len(v.Answers)-1))
	}
	slices.SortStableFunc(marks, func(a, b questions.Mark) int { return a.Part - b.Part })
	return marks, nil
}

func itemMark(a questions.Answer, right, others int) questions.Mark {
	mark := questions.Mark{Part: a.Part, Fact: a.Fact, Canonical: a.Text, Credit: 1, Verdict: questions.Right}
	if right < others {
		mark.Credit, mark.Verdict = float64(right)/float64(others), questions.Wrong
		mark.Reason = questions.Reason{Code: "reason.item", Args: []string{strconv.Itoa(right), strconv.Itoa(others)}}
	}
	return mark
}

// permutation reads a response of n places, each given once.
func permutation(r questions.Response, n int) ([]int, error) {
	places, err := chosenPlaces(r, n, n)
	if err != nil {
		return nil, err
	}
	seen := make([]bool, n+1)
	for _, p := range places {
		if seen[p] {
			return nil, ErrUnfinished
		}
		seen[p] = true
	}
	return places, nil
}

// Guess is the chance that a thing stands rightly to all others when the order is
// drawn blindly, at its highest. With b things that belong before it and a behind
// it, b!a! of the (b+a+1)! orders of them have it between the two, which is 1 of
// b+a+1 for the first and the last and less for those between. Things that may
// stand either way leave fewer to be right about; the mean over the parts counts
// that.
func (order) Guess(v questions.Version) float64 {
	sum := 0.0
	for _, row := range free(v) {
		bound := 1
		for _, either := range row {
			if !either {
				bound++
			}
		}
		sum += 1 / float64(bound)
	}
	return sum / float64(max(len(v.Answers), 1))
}

func (order) Ask(a questions.Asked) templ.Component { return orderAsk(a) }

func (order) Show(a questions.Asked, r questions.Response, _ []questions.Mark) templ.Component {
	return orderShow(a, orderAfter(a, r))
}

func (order) Words(a questions.Asked, r questions.Response) Words {
	w := Words{Key: chain(rightly(a.Version))}
	if given, ok := arranged(a.Version, r); ok {
		w.Given = chain(given)
	}
	return w
}

func chain(list []questions.Answer) string {
	texts := make([]string, len(list))
	for i, a := range list {
		texts[i] = bare(a.Text)
	}
	return strings.Join(texts, " → ")
}

// arranged returns the answers as a response has put them.
func arranged(v questions.Version, r questions.Response) ([]questions.Answer, bool) {
	places, err := permutation(r, len(v.Answers))
	if err != nil {
		return nil, false
	}
	list := make([]questions.Answer, len(v.Answers))
	for i, p := range places {
		list[p-1] = v.Answers[i]
	}
	return list, true
}

// ordered is what an order's page shows after the verdict.
type ordered struct {
	given []shown // none: there was no answer
	key   []shown // none: what was given is right
}

func orderAfter(a questions.Asked, r questions.Response) ordered {
	var after ordered
	marks, _ := order{}.Grade(a.Version, questions.Lexicon{}, r)
	credit := map[int]float64{}
	for _, m := range marks {
		credit[m.Part] = m.Credit
	}
	given, _ := arranged(a.Version, r)
	wrong := len(given) == 0
	for _, option := range given {
		row := shown{Answer: option, class: "is-right", sign: "✓", word: say(a, "kind.right"), note: grade.DateText(option.Feedback)}
		if credit[option.Part] < 1 {
			row.class, row.sign, row.word = "is-wrong", say(a, "kind.not"), ""
			wrong = true
		}
		after.given = append(after.given, row)
	}
	for _, option := range rightly(a.Version) {
		if wrong {
			after.key = append(after.key, shown{Answer: option, class: "is-other", note: grade.DateText(option.Feedback)})
		}
	}
	return after
}

func (order) Edit(e questions.Editing) templ.Component { return orderEdit(e) }

func (order) Read(form url.Values) questions.Version {
	v := readCommon(form, questions.Order)
	for _, i := range itemRows(form) {
		a := questions.Answer{Part: len(v.Answers) + 1, Fact: rowFact(form, i), Text: oneLine(nth(form["option"], i)), Credit: 1}
		a.Feedback = grade.EDTF(oneLine(nth(form["when"], i)))
		if len(v.Answers) > 0 && slices.Contains(form["tie"], strconv.Itoa(i+1)) {
			a.Slack = 1
		}
		if a.Text != "" || a.Feedback != "" {
			v.Answers = append(v.Answers, a)
		}
	}
	return v
}

// itemRows lists the rows of a form by the places that their author gives them. One
// that is given the place of another pushes it on, or back if it comes from before.
func itemRows(form url.Values) []int {
	rows := make([]int, min(len(form["option"]), maxRows))
	places := make([]int, len(rows))
	for i := range rows {
		place, err := strconv.Atoi(nth(form["place"], i))
		if err != nil || place < 1 || place > maxRows {
			place = i + 1
		}
		rows[i], places[i] = i, 3*place+cmp.Compare(place, i+1)
	}
	slices.SortStableFunc(rows, func(a, b int) int { return cmp.Compare(places[a], places[b]) })
	return rows
}
