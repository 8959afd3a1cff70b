package study

import (
	"reflect"
	"slices"
	"strings"
	"time"

	"thaw/questions"
	"thaw/questions/grade"
)

// Decision is what a ruling decides. stored: never rename
type Decision string

// The decisions. Accept lets texts count beside the key; Rekey says what is right, the
// first text being the canonical one. Point and Leave retire a question: everybody gets
// the point, or it is left out of every result; either way it says nothing of memory.
const (
	Accept Decision = "accept"
	Rekey  Decision = "key"
	Point  Decision = "point"
	Leave  Decision = "leave"
)

// Retires tells whether the question is asked no more.
func (d Decision) Retires() bool { return d == Point || d == Leave }

// Ruling is a later decision about a question, as it reaches one learner.
type Ruling struct {
	ID       questions.RulingID
	At       time.Time
	Decision Decision
	Bank     questions.BankID
	Question questions.QuestionID
	Until    int       // the newest version that it is about; 0: every one
	Since    time.Time // of the answers that it is about; zero: all
	Part     int       // 0: all parts
	Fact     questions.FactID
	Entity   questions.EntityID // of Accept: the texts are spellings of this name, wherever it is asked for
	Texts    []string
}

// Reaches tells whether the ruling is about an answer.
func (r Ruling) Reaches(e Event) bool {
	return r.Question == e.Ref.Question && (r.Until == 0 || e.Ref.Version <= r.Until) && !e.At.Before(r.Since)
}

// says tells whether a text is one of the ruling's.
func (r Ruling) says(text string) bool {
	folded := questions.Fold(strings.TrimSpace(text))
	return slices.ContainsFunc(r.Texts, func(t string) bool { return questions.Fold(t) == folded })
}

// asks tells whether the ruling is about a part of a wording: the one that asks for the
// same fact, or the same name.
func (r Ruling) asks(w Wording, part int) bool {
	key, ok := w.Version.Key(part)
	switch {
	case !ok:
		return false
	case r.Part == 0:
		return true
	case r.Entity != 0:
		return w.Lexicon.Of(key) == r.Entity
	case r.Fact == 0 || key.Fact == r.Fact && part == r.Part:
		return part == r.Part
	}
	own, _ := w.Version.Key(r.Part)
	return own.Fact != r.Fact && key.Fact == r.Fact // it has moved
}

// amend is a wording as the ruling would have had it. One of whose options none is what is
// right asks something else.
func (r Ruling) amend(w Wording) Wording {
	options := func(a questions.Answer) bool { return a.Match == "" && r.asks(w, a.Part) }
	right := func(a questions.Answer) bool { return options(a) && r.says(a.Text) }
	if slices.ContainsFunc(w.Version.Answers, options) && !slices.ContainsFunc(w.Version.Answers, right) {
		return w
	}
	var answers []questions.Answer
	done := map[int]bool{}
	for _, a := range w.Version.Answers {
		if !r.asks(w, a.Part) {
			answers = append(answers, a)
			continue
		}
		if key, _ := w.Version.Key(a.Part); !done[a.Part] && key.Match != "" {
			done[a.Part] = true
			answers = append(answers, r.typed(w, key)...)
		}
		if a.Match == "" {
			answers = append(answers, r.option(a))
		}
	}
	w.Version.Answers = answers
	return w
}

// option is one to choose from as the ruling has it.
func (r Ruling) option(a questions.Answer) questions.Answer {
	switch {
	case r.Decision != Rekey:
	case r.says(a.Text):
		a.Credit, a.Feedback = 1, ""
	default:
		a.Credit = 0
	}
	return a
}

// typed are the answers of a typed part as the ruling has them: what it says counts, and
// is no known wrong answer any more.
func (r Ruling) typed(w Wording, key questions.Answer) []questions.Answer {
	var answers, more []questions.Answer
	for _, a := range w.Version.Answers {
		keep := !r.says(a.Text)
		if a.Credit == 1 {
			keep = r.Decision == Accept
		}
		if keep && a.Part == key.Part {
			answers = append(answers, a)
		}
	}
	for _, text := range r.Texts {
		if form, ok := grade.Form(key.Match, text); ok {
			a := questions.Answer{Part: key.Part, Fact: key.Fact, Text: form, Match: key.Match, Credit: 1, Slack: key.Slack}
			if e, found := w.Lexicon.Find(text); found && r.Decision == Rekey {
				a.Entity = e.ID
			}
			more = append(more, a)
		}
	}
	if r.Decision == Rekey {
		return append(more, answers...)
	}
	return append(answers, more...)
}

// Amended is a wording as the rulings would have had it, in their order.
func Amended(w Wording, rulings []Ruling) Wording {
	for _, r := range rulings {
		if !r.Decision.Retires() {
			w = r.amend(w)
		}
	}
	return w
}

// Judge is the one place that says what an answer is worth: what the grader said of it
// when it was given, and then what the rulings say that reach it, in their order. shown is
// the version that was seen, as it is stored. It returns the marks, each with what the
// grader said where that is another, and the last ruling made since that changed one. It is
// pure.
func Judge(graded []questions.Mark, shown Wording, e Event, rulings []Ruling) ([]Mark, questions.RulingID) {
	marks := make([]Mark, len(graded))
	for i, m := range graded {
		marks[i].Mark = m
	}
	var last questions.RulingID
	for i, r := range rulings {
		if !r.Reaches(e) {
			continue
		}
		now := r.ruled(graded, shown, e, rulings[:i+1])
		for j := range marks {
			if !reflect.DeepEqual(marks[j].Mark, now[j]) {
				if marks[j].Mark = now[j]; r.At.After(e.At) {
					last = r.ID
				}
			}
		}
	}
	for j := range marks {
		if was := graded[j]; !reflect.DeepEqual(marks[j].Mark, was) {
			marks[j].Graded = &was
		}
	}
	return marks, last
}

// ruled is what an answer is worth by the last of some rulings after the others.
func (r Ruling) ruled(graded []questions.Mark, shown Wording, e Event, all []Ruling) []questions.Mark {
	if r.Decision.Retires() {
		return given(graded, r.Decision)
	}
	var reach []Ruling
	retired := Decision("")
	for _, r := range all {
		if !r.Reaches(e) {
			continue
		}
		reach = append(reach, r)
		if r.Decision != Accept {
			retired = r.Decision
		}
	}
	if retired.Retires() {
		return given(graded, retired)
	}
	return regrade(graded, shown, e, reach)
}

// given are the marks of a question that is retired.
func given(graded []questions.Mark, d Decision) []questions.Mark {
	marks := slices.Clone(graded)
	for i, m := range marks {
		marks[i] = questions.Mark{Part: m.Part, Fact: m.Fact, Canonical: m.Canonical, Guess: 1, Credit: 1, Verdict: questions.Right,
			Reason: questions.Reason{Code: "reason.point"}}
		if d == Leave {
			marks[i].Credit, marks[i].Verdict, marks[i].Reason.Code = 0, questions.Void, "reason.left_out"
		}
	}
	return marks
}

// regrade grades again with the wording amended. Only what the rulings change is changed:
// where grading says today what it says without them, what was said then stays.
func regrade(graded []questions.Mark, shown Wording, e Event, rulings []Ruling) []questions.Mark {
	before, after := shown, Amended(shown, rulings)
	before.Version, after.Version = before.Version.In(e.Order), after.Version.In(e.Order)
	was, err := before.Grade(e.Tried, e.Response)
	now, err2 := after.Grade(e.Tried, e.Response)
	if err != nil || err2 != nil || len(was) != len(graded) || len(now) != len(graded) {
		return graded
	}
	marks := slices.Clone(graded)
	for i, m := range now {
		if accepted(shown, e, rulings, &m) || !reflect.DeepEqual(m, was[i]) {
			marks[i] = m
		}
	}
	return marks
}

// accepted makes a mark right whose text a ruling names: no rule of grading stands
// against that. Right at the second of two tries stays worth less for memory.
func accepted(shown Wording, e Event, rulings []Ruling, m *questions.Mark) bool {
	for _, r := range slices.Backward(rulings) {
		if m.Verdict.Fine() || !r.asks(shown, m.Part) {
			continue
		}
		first, last := r.says(said(e.Tried, m.Part)), r.says(said(e.Response, m.Part))
		key, _ := shown.Version.Key(m.Part)
		if key.Match != "" && (first || last) {
			m.Verdict, m.Credit, m.Reason, m.Given, m.Asked = questions.Right, 1, questions.Reason{}, 0, 0
			if first {
				m.Self = 0
			}
			return true
		}
		if r.Decision == Rekey {
			return false
		}
	}
	return false
}

// said is what a response holds for a typed part.
func said(r questions.Response, part int) string {
	if part < 1 || part > len(r) {
		return ""
	}
	return r[part-1]
}

// Said is what was typed for a part of an answer, at the last try.
func (e Event) Said(part int) string { return strings.TrimSpace(said(e.Response, part)) }
