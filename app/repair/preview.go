package repair

import (
	"cmp"
	"context"
	"reflect"
	"slices"

	"thaw/app/study"
	"thaw/questions"
	"thaw/questions/kind"
)

// Answered is an answer that stands, with the rulings that reach it.
type Answered struct {
	study.Past
	Rulings []study.Ruling
}

// Preview says what a ruling would change.
type Preview struct {
	Of        int     // answers that it is about
	Learners  int     // whose results change
	Responses int     // answers of which a mark changes
	Marks     int     // marks that change
	Points    float64 // that all together get more, or less
	Cards     int     // memories that are made anew
	Version   bool    // the question gets a new one
	Examples  []Example
}

// Example is an answer with what becomes of it, and how often.
type Example struct {
	Given   string
	Was, Is questions.Verdict
	N       int
}

// examples is how many are shown.
const examples = 5

// Preview says what a proposal on a subject would change, before it is made; the errors
// are those of Rule.
func (d Desk) Preview(ctx context.Context, s Subject, p Proposal, say questions.Say) (Preview, error) {
	m, err := d.made(ctx, s, p)
	if err != nil {
		return Preview{}, err
	}
	ids := make([]questions.QuestionID, len(m.Reached))
	for i, r := range m.Reached {
		ids[i] = r.Question
	}
	list, err := d.Store.Answered(ctx, ids, m.Classes)
	if err != nil {
		return Preview{}, err
	}
	return d.preview(ctx, m, list, say)
}

func (d Desk) preview(ctx context.Context, m Made, list []Answered, say questions.Say) (Preview, error) {
	v := Preview{Of: len(list), Version: m.Version != nil}
	var refs []questions.Ref
	for _, a := range list {
		if !slices.Contains(refs, a.Ref) {
			refs = append(refs, a.Ref)
		}
	}
	if _, err := d.Shelf.Versions(ctx, refs); err != nil { // at once, for all that follows
		return v, err
	}
	until := map[questions.QuestionID]int{}
	for _, r := range m.Reached {
		until[r.Question] = r.Until
	}
	learners, cards := map[questions.LearnerID]bool{}, map[study.Key]bool{}
	seen := map[Example]int{}
	for _, a := range list {
		next := m.Ruling
		next.ID, next.Question, next.Until = last, a.Ref.Question, until[a.Ref.Question]
		rulings := append(a.Rulings[:len(a.Rulings):len(a.Rulings)], next)
		judge, err := d.Judging(ctx, []study.Past{a.Past}, rulings)
		if err != nil {
			return v, err
		}
		marks, _ := judge(a.Event, a.Graded())
		w, err := d.Shelf.Version(ctx, a.Ref)
		if err != nil {
			return v, err
		}
		if v.count(a.Past, marks, cards, func(e Example) { seen[e]++ }, spoken(w, a.Event, say)) {
			learners[a.Learner] = true
		}
	}
	v.Learners, v.Cards, v.Examples = len(learners), len(cards), frequent(seen)
	return v, nil
}

// last comes after every ruling that there is.
const last = questions.RulingID(1<<63 - 1)

// count adds what becomes of an answer, and tells whether anything does.
func (v *Preview) count(p study.Past, marks []study.Mark, cards map[study.Key]bool, see func(Example), said func(part int) string) bool {
	changed := false
	for i, m := range marks {
		was := p.Marks[i]
		if reflect.DeepEqual(m.Mark, was.Mark) {
			continue
		}
		changed = true
		v.Marks++
		v.Points += (m.Credit - was.Credit) / float64(len(marks))
		if p.What == study.Answer && study.Says(m.Mark) != study.Says(was.Mark) {
			cards[study.Key{Learner: p.Learner, Fact: m.Fact}] = true
		}
		see(Example{Given: said(m.Part), Was: was.Verdict, Is: m.Verdict})
	}
	if changed {
		v.Responses++
	}
	return changed
}

// spoken says in words what was given for a part.
func spoken(v questions.Version, e study.Event, say questions.Say) func(part int) string {
	return func(part int) string {
		if key, ok := v.Key(part); ok && key.Match != "" {
			return e.Said(part)
		}
		k, ok := kind.Of(v.Kind)
		if !ok {
			return ""
		}
		return k.Words(questions.Asked{Version: v.In(e.Order), Say: say}, e.Response).Given
	}
}

// frequent are the examples that there are most of.
func frequent(seen map[Example]int) []Example {
	var list []Example
	for e, n := range seen {
		e.N = n
		list = append(list, e)
	}
	slices.SortFunc(list, func(a, b Example) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Given, b.Given), cmp.Compare(a.Was, b.Was))
	})
	return list[:min(len(list), examples)]
}
