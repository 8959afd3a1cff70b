package kind

import (
	"math"
	"net/url"
	"strconv"

	"github.com/a-h/templ"

	"thaw/questions"
)

// several asks to pick every option that is right. A response holds the places
// of the options, from 1, in the order shown. One that marks nothing cannot be
// told from a slip of the hand, so it is no answer and the question stays open.
//
// Exactly the right ones are right. Else, of k right and w wrong options, picking r
// of the one sort and x of the other is worth
//
//	max(0, r/k - x/w), at most 1/2
//
// and the page says "r of k found, x too many". What is nearly right (picks.almost)
// opens one more try.
type several struct{}

var _ Kind = several{}

func (several) Name() string { return questions.Several }

func (several) Check(v questions.Version) []questions.Problem {
	found := checkOptions(v)
	if len(v.Answers) > 1 && keys(v) == len(v.Answers) {
		found = append(found, problem("key", "problem.all_keys"))
	}
	return found
}

// picks counts what was picked against what is right.
type picks struct {
	right, keys  int // of the keys, and how many there are
	extra, wrong int // of the wrong options, and how many there are
}

func count(v questions.Version, picked []int) picks {
	p := picks{keys: keys(v)}
	p.wrong = len(v.Answers) - p.keys
	for _, i := range picked {
		if v.Answers[i].Credit == 1 {
			p.right++
		} else {
			p.extra++
		}
	}
	return p
}

// share is the part of the keys that was picked less the part of the wrong
// options that was, 0 to 1: each mark, and each option left out, counts for what
// it is. Picking everything is worth nothing, and picking blindly is worth nothing
// on average, before what lies below 0 is cut off. (The rule "false" of R/exams'
// exams_eval.)
func (p picks) share() float64 {
	if p.keys == 0 {
		return 0
	}
	share := float64(p.right) / float64(p.keys)
	if p.wrong > 0 {
		share -= float64(p.extra) / float64(p.wrong)
	}
	return max(share, 0)
}

// almost follows the rule for sets: one missing or one wrong of three, so at
// least two of the right ones, and nobody gets there by picking everything. The
// second try that it opens tells how many, not which, so the learner has to
// think each option over again, and it is rated Hard at best.
func (p picks) almost() bool {
	return p.right >= 2 && p.keys-p.right <= 1 && p.extra <= 1 && p.share() > 0
}

func (several) Grade(v questions.Version, _ questions.Lexicon, r questions.Response) ([]questions.Mark, error) {
	if len(r) == 0 {
		return nil, ErrNothing
	}
	picked, ok := picked(v, r)
	if !ok {
		return nil, ErrResponse
	}
	key, _ := v.Key(1)
	p := count(v, picked)
	mark := questions.Mark{Part: 1, Fact: key.Fact, Canonical: optionWords(v, nil).Key}
	mark.Verdict, mark.Credit = p.verdict()
	mark.Reason = p.reason(mark.Verdict)
	for _, i := range picked {
		if option := v.Answers[i]; option.Credit != 1 && mark.Given == 0 {
			mark.Given = option.Entity
		}
	}
	return []questions.Mark{mark}, nil
}

// verdict says what the picks are worth. What is wrong is never worth more than what
// is almost right and stays so at the second try, one half.
func (p picks) verdict() (questions.Verdict, float64) {
	switch {
	case p.keys > 0 && p.right == p.keys && p.extra == 0:
		return questions.Right, 1
	case p.almost():
		return questions.Almost, .5
	}
	return questions.Wrong, min(p.share(), .5)
}

func (p picks) reason(v questions.Verdict) questions.Reason {
	switch {
	case v == questions.Right:
		return questions.Reason{}
	case v == questions.Wrong && p.extra == 0:
		return questions.Reason{Code: "reason.found", Args: []string{strconv.Itoa(p.right), strconv.Itoa(p.keys)}}
	case v == questions.Wrong:
		return questions.Reason{Code: "reason.found_extra", Args: []string{strconv.Itoa(p.right), strconv.Itoa(p.keys), strconv.Itoa(p.extra)}}
	case p.extra == 0:
		return questions.Reason{Code: "reason.one_missing"}
	case p.right == p.keys:
		return questions.Reason{Code: "reason.one_extra"}
	}
	return questions.Reason{Code: "reason.one_swapped"}
}

// Guess is the chance of picking just the right ones when each is tossed for.
func (several) Guess(v questions.Version) float64 {
	if len(v.Answers) == 0 {
		return 0
	}
	return 1 / (math.Pow(2, float64(len(v.Answers))) - 1)
}

func (several) Ask(a questions.Asked) templ.Component {
	return optionsAsk(a, "checkbox", say(a, "kind.several_hint"))
}

func (several) Show(a questions.Asked, r questions.Response, _ []questions.Mark) templ.Component {
	return optionsShow(a, optionsAfter(a, r))
}

func (several) Words(a questions.Asked, r questions.Response) Words { return optionWords(a.Version, r) }

func (several) Edit(e questions.Editing) templ.Component {
	return optionsEdit(e, "checkbox", "kind.edit.several_hint")
}

func (several) Read(form url.Values) questions.Version {
	v := readCommon(form, questions.Several)
	v.Fixed = form.Get("fixed") != ""
	v.Answers = readOptions(form, form["key"], "")
	return v
}
