package quiz

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"
	"time"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/app/people"
	"thaw/app/study"
	"thaw/questions"
)

// Choice is what a learner wants of a quiz. The zero one is ten questions, everything
// mixed, each with its verdict.
type Choice struct {
	Topic   questions.TopicID  // and its parts; 0: all
	Tags    []string           // what has any of them; none: all
	From    From               // "": what is due or new, then what is known
	Facts   []questions.FactID // about these alone; nil: all
	N       int                // one of Sizes; 0: ten
	Mode    Mode               // Tutor, Exam or Cram; "": Tutor
	Minutes int                // the time limit, one of Limits; 0: none
}

// Sizes are how many questions a quiz may have.
var Sizes = [...]int{5, 10, 20, 40}

// Limits are the time limits to choose from, in minutes.
var Limits = [...]int{5, 10, 20, 40}

// From is what a quiz is drawn from, by the name of it in forms.
type From string

// What a quiz may be drawn from.
const (
	All     From = ""
	Weak    From = "weak"    // what was met and is remembered least now
	Wrong   From = "wrong"   // questions whose newest answer was not right
	Starred From = "starred" // what the learner has starred
)

// source picks the questions of a quiz.
type source struct {
	name From
	pick func(context.Context, Host, drawing) ([]candidate, error)
}

// drawing is what a quiz of n questions is drawn from.
type drawing struct {
	study.Preparing
	all  []candidate
	n    int
	told tells
	rng  *rand.Rand
}

// sources is the one table of what a quiz may be drawn from.
var sources = [...]source{{All, fromAll}, {Weak, fromWeak}, {Wrong, fromWrong}, {Starred, fromStarred}}

// Froms are what a quiz may be drawn from, in the order in which it is offered.
func Froms() []From {
	list := make([]From, len(sources))
	for i, s := range sources {
		list[i] = s.name
	}
	return list
}

// checked is the choice with what is usual filled in; fault.Invalid for what cannot be
// chosen.
func (w Choice) checked() (Choice, error) {
	w.N, w.Mode = cmp.Or(w.N, quizSize), cmp.Or(w.Mode, Tutor)
	switch {
	case !slices.Contains(Sizes[:], w.N):
		return w, fault.New(fault.Invalid, "fault.quiz_n")
	case w.Mode != Tutor && w.Mode != Exam && w.Mode != Cram:
		return w, fault.New(fault.Invalid, "fault.quiz_mode")
	case w.Minutes != 0 && !slices.Contains(Limits[:], w.Minutes):
		return w, fault.New(fault.Invalid, "fault.quiz_limit")
	case !slices.Contains(Froms(), w.From):
		return w, fault.New(fault.Invalid, "fault.quiz_from")
	}
	return w, nil
}

// Choose begins a quiz as a learner wants it and returns its number. Errors:
// fault.Invalid for what cannot be chosen, fault.Missing for a topic or a fact that the
// learner does not study, and where there is nothing to ask. The same token begins it once.
func (h Host) Choose(ctx context.Context, who people.Person, w Choice, token string) (int, error) {
	w, err := w.checked()
	if err != nil {
		return 0, err
	}
	p, told, err := h.gather(ctx, who, token)
	if err != nil {
		return 0, err
	}
	all, err := w.among(p)
	if err != nil {
		return 0, err
	}
	rng := h.Rand()
	from := sources[slices.IndexFunc(sources[:], func(s source) bool { return s.name == w.From })]
	picked, err := from.pick(ctx, h, drawing{p, all, w.N, told, rng})
	if err != nil {
		return 0, err
	}
	if len(picked) == 0 {
		return 0, fault.New(fault.Missing, w.nothing())
	}
	s := Sitting{Mode: w.Mode, Topic: w.Topic, Minutes: w.Minutes, Ends: p.Who.Ends(p.Now, w.Minutes)}
	return h.open(ctx, p, s, picked, rng, token)
}

// nothing says why there is nothing to ask.
func (w Choice) nothing() string {
	switch w.From {
	case Weak:
		return "fault.quiz_weak"
	case Wrong:
		return "fault.quiz_wrong"
	case Starred:
		return "fault.quiz_starred"
	}
	if len(w.Tags) > 0 {
		return "fault.quiz_tags"
	}
	return "fault.no_questions"
}

// among lists the questions that a choice is about, without what was set aside unless it is
// named; fault.Missing where it names what the learner does not study.
func (w Choice) among(p study.Preparing) ([]candidate, error) {
	if !w.known(p.Banks) {
		return nil, fault.New(fault.Missing, "fault.missing")
	}
	cards := study.ByFact(p.Cards)
	var all []candidate
	tagged := bank.AnyOf(w.Tags)
	for _, c := range p.Banks {
		for _, q := range candidates(c, w.Topic, cards) {
			if !tagged.Has(q.question.Tags) {
				continue
			}
			if w.Facts == nil || slices.ContainsFunc(q.question.Facts, func(f questions.FactID) bool { return slices.Contains(w.Facts, f) }) {
				all = append(all, q)
			}
		}
	}
	all = w.withFlashcards(all, p.Banks, cards)
	if w.Facts == nil {
		all = slices.DeleteFunc(all, aside(p))
	}
	return all, nil
}

// withFlashcards adds those of facts that nothing else asks for, where a card can rate
// itself: to a quiz about these facts, and to a cram.
func (w Choice) withFlashcards(all []candidate, banks []bank.Contents, cards map[questions.FactID]study.Card) []candidate {
	if w.Mode == Exam || w.Facts == nil && w.Mode != Cram {
		return all
	}
	asked := map[questions.FactID]bool{}
	for _, c := range all {
		for _, f := range c.question.Facts {
			asked[f] = true
		}
	}
	tagged := bank.AnyOf(w.Tags)
	for _, b := range banks {
		twins, within := twinsOf(b), b.Under(w.Topic)
		for _, q := range b.Questions {
			if !tagged.Has(q.Tags) || q.Kind != questions.Flash || len(q.Facts) == 0 || asked[q.Facts[0]] || w.Topic != 0 && !within[q.Topic] || w.Facts != nil && !slices.Contains(w.Facts, q.Facts[0]) {
				continue
			}
			all = append(all, candidate{contents: b, question: q, card: latest(q.Facts, cards), twins: twins(q.Facts)})
		}
	}
	return all
}

// known tells whether the topic and all facts of a choice are of the banks.
func (w Choice) known(banks []bank.Contents) bool {
	topic := w.Topic == 0
	facts := map[questions.FactID]bool{}
	for _, c := range banks {
		topic = topic || slices.ContainsFunc(c.Topics, func(t bank.Topic) bool { return t.ID == w.Topic })
		for _, f := range c.Facts {
			facts[f.ID] = true
		}
	}
	return topic && !slices.ContainsFunc(w.Facts, func(f questions.FactID) bool { return !facts[f] })
}

// fromAll takes what is worth asking most.
func fromAll(_ context.Context, _ Host, d drawing) ([]candidate, error) {
	return choose(d.all, d.n, shareOf(d.Preparing), d.told, d.rng), nil
}

// fromWeak takes what has been met and is remembered least.
func fromWeak(_ context.Context, _ Host, d drawing) ([]candidate, error) {
	return d.weakest(), nil
}

// weakest picks at most n candidates whose facts have been met, those least remembered
// first, each in the form that suits it. It is pure but for the randomness passed in.
func (d drawing) weakest() []candidate {
	met := slices.DeleteFunc(d.shuffled(), func(c candidate) bool { return !c.card.Seen() })
	slices.SortStableFunc(met, func(a, b candidate) int { return cmp.Compare(a.card.Recall(d.Now), b.card.Recall(d.Now)) })
	met = d.apart(met)
	return met[:min(d.n, len(met))]
}

// shuffled are the candidates in any order, but of a fact those first that suit its memory.
func (d drawing) shuffled() []candidate {
	all := slices.Clone(d.all)
	d.rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return byFact(all, shareOf(d.Preparing))
}

// apart leaves out what asks for a fact, or the twin of one, that stands before, or gives
// one away.
func (d drawing) apart(list []candidate) []candidate {
	room := newRoom(d.told)
	return slices.DeleteFunc(list, func(c candidate) bool { return !room.takes(c) })
}

// Of the newest answers those of so many days tell what was wrong lately.
const (
	lately     = 14 * 24 * time.Hour
	lastAnswer = 500
)

// fromWrong takes the questions whose newest answer was not right.
func fromWrong(ctx context.Context, h Host, d drawing) ([]candidate, error) {
	wrong, err := h.Store.LatelyWrong(ctx, d.Who.ID, d.Now.Add(-lately), lastAnswer)
	return d.those(func(c candidate) bool { return slices.Contains(wrong, c.question.ID) }), err
}

// fromStarred takes what asks for a starred fact.
func fromStarred(_ context.Context, _ Host, d drawing) ([]candidate, error) {
	return d.those(func(c candidate) bool {
		return slices.ContainsFunc(c.question.Facts, func(f questions.FactID) bool { return d.Cares[f].Starred })
	}), nil
}

// those picks at most n of some candidates at random, topics mixed. It is pure but for the
// randomness passed in.
func (d drawing) those(wanted func(candidate) bool) []candidate {
	list := slices.DeleteFunc(d.shuffled(), func(c candidate) bool { return !wanted(c) })
	return mix(d.apart(list), d.n)
}
