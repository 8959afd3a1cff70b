package builtin

import (
	"cmp"

	"thaw/questions"
	"thaw/questions/grade"
)

// Ref says by their slugs which fact an answer asks for and which entity it names.
type Ref struct{ Fact, Entity string }

// Version is a question as the program asks it, with what each of its answers refers
// to.
func (q Question) Version(lang string) (questions.Version, []Ref) {
	w := wording{Version: questions.Version{Kind: q.Kind, Lang: lang, Prompt: q.Prompt, Explain: q.Explain, Level: q.Level,
		Fixed: q.Fixed || q.Kind == Truth}}
	switch q.Kind {
	case Order:
		w.order(q)
	case Match:
		w.match(q)
	case Choice, Several, Truth:
		for _, o := range q.Options() {
			a := questions.Answer{Part: 1, Text: o.Text, Feedback: o.Why}
			if o.Key {
				a.Credit = 1
			}
			w.add(a, q.Fact, "")
		}
	case Cloze:
		for i, gap := range q.Gaps {
			w.gap(i+1, gap, cmp.Or(gap.Fact, q.Fact))
		}
	default:
		w.typed(q)
	}
	return w.Version, w.refs
}

// wording is a version in the making.
type wording struct {
	questions.Version
	refs []Ref
}

func (w *wording) add(a questions.Answer, fact, entity string) {
	w.Answers = append(w.Answers, a)
	w.refs = append(w.refs, Ref{fact, entity})
}

func (w *wording) order(q Question) {
	for i, it := range q.Items {
		a := questions.Answer{Part: i + 1, Text: it.Text, Credit: 1, Feedback: it.When}
		if it.Tie && i > 0 {
			a.Slack = 1
		}
		w.add(a, it.Fact, "")
	}
}

func (w *wording) match(q Question) {
	for i, it := range q.Items {
		w.add(questions.Answer{Part: i + 1, Text: it.Text}, it.Fact, "")
		w.add(questions.Answer{Part: i + 1, Text: it.Belongs, Credit: 1, Feedback: it.Why}, it.Fact, "")
	}
	for _, wrong := range q.Wrong {
		w.add(questions.Answer{Text: wrong.Text, Feedback: wrong.Why}, "", "")
	}
}

func (w *wording) gap(part int, gap Gap, fact string) {
	for n, text := range append([]string{gap.Key}, gap.Accept...) {
		if gap.Match == questions.MatchDate {
			text = grade.EDTF(text)
		}
		entity := ""
		if n == 0 {
			entity = gap.Entity
		}
		w.add(questions.Answer{Part: part, Text: text, Match: gap.Match, Credit: 1}, fact, entity)
	}
}

func (w *wording) typed(q Question) {
	w.add(questions.Answer{Part: 1, Text: q.Key, Match: q.compared(), Credit: 1, Slack: q.Slack}, q.Fact, q.Entity)
	for _, other := range q.Accept {
		w.add(questions.Answer{Part: 1, Text: other, Match: q.compared(), Credit: 1, Slack: q.Slack}, q.Fact, "")
	}
}

// compared says how what is typed is compared; a flashcard has no such answer.
func (q Question) compared() string {
	switch q.Kind {
	case Date:
		return questions.MatchDate
	case Number:
		return questions.MatchNumber
	}
	return q.Match
}
