package quiz

import (
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

// Landing is the question of the landing page: shown before anything is
// stored, so that the page carries it in a signed token.
type Landing struct {
	Ref     questions.Ref
	Bank    questions.BankID
	Lexicon int
	Order   []int
	Nonce   string // of the page; the answer's token
}

// Land picks a question for the landing page: a choice of three options or, where a
// bank has none, whether something is true.
func (h Host) Land(ctx context.Context, nonce string) (Landing, questions.Version, error) {
	banks, err := h.Shelf.For(ctx, 0)
	if err != nil {
		return Landing{}, questions.Version{}, err
	}
	rng := h.Rand()
	easy := ofKind(banks, questions.Choice)
	if len(easy) == 0 {
		easy = ofKind(banks, questions.Truth)
	}
	if len(easy) == 0 {
		return Landing{}, questions.Version{}, fault.New(fault.Missing, "fault.no_questions")
	}
	rng.Shuffle(len(easy), func(i, j int) { easy[i], easy[j] = easy[j], easy[i] })
	first, v, err := h.plain(ctx, easy)
	if err != nil {
		return Landing{}, questions.Version{}, err
	}
	l := Landing{Ref: v.Ref, Bank: first.contents.Bank.ID, Lexicon: first.contents.Lexicon.Revision,
		Order: few(v, landingOptions, rng), Nonce: nonce}
	return l, v.In(l.Order), nil
}

// ofKind lists the questions of one kind.
func ofKind(banks []bank.Contents, kind string) (list []candidate) {
	for _, c := range banks {
		for _, q := range candidates(c, 0, nil) {
			if q.question.Kind == kind {
				list = append(list, q)
			}
		}
	}
	return list
}

// landingOptions is how many options a stranger reads.
const landingOptions = 3

// plain is the first question of the list that asks to remember or understand,
// or the first of all.
func (h Host) plain(ctx context.Context, list []candidate) (candidate, questions.Version, error) {
	var first questions.Version
	for i, c := range list {
		v, err := h.Shelf.Version(ctx, questions.Ref{Question: c.question.ID, Version: c.question.Latest})
		if err != nil {
			return candidate{}, v, err
		}
		if v.Level == "remember" || v.Level == "understand" {
			return c, v, nil
		}
		if i == 0 {
			first = v
		}
	}
	return list[0], first, nil
}

// few is an order of the key and some wrong options, n together.
func few(v questions.Version, n int, rng *rand.Rand) []int {
	var chosen []int
	for i, a := range v.Answers {
		if a.Credit == 1 {
			chosen = append(chosen, i)
		}
	}
	for _, i := range rng.Perm(len(v.Answers)) {
		if len(chosen) < n && !slices.Contains(chosen, i) {
			chosen = append(chosen, i)
		}
	}
	slices.Sort(chosen)
	if !v.Fixed {
		rng.Shuffle(len(chosen), func(i, j int) { chosen[i], chosen[j] = chosen[j], chosen[i] })
	}
	return chosen
}

// Start takes the answer to the landing page's question and opens a quiz of ten
// around it; a newcomer comes into being with it. The same landing starts one
// sitting, whose number it returns. Only questions that are decided at once can
// stand on the landing page.
func (h Host) Start(ctx context.Context, who people.Person, newcomer *people.Newcomer, l Landing, r questions.Response, took time.Duration) (int, error) {
	return h.first(ctx, who, newcomer, l, r, took, h.around)
}

// opening makes the sitting that an answer opens.
type opening func(context.Context, study.Preparing, Item) (Sitting, error)

// first stores an answer with the sitting that it opens, once.
func (h Host) first(ctx context.Context, who people.Person, newcomer *people.Newcomer, l Landing, r questions.Response, took time.Duration, open opening) (int, error) {
	sub := Submission{Response: r, Token: l.Nonce, Took: took}
	if err := people.CheckToken(sub.Token); err != nil {
		return 0, err
	}
	n := 0
	err := insist(func() (err error) {
		n, err = h.start(ctx, who, newcomer, l, sub, open)
		return err
	})
	return n, err
}

func (h Host) start(ctx context.Context, who people.Person, newcomer *people.Newcomer, l Landing, sub Submission, around opening) (int, error) {
	if n, _, ok, err := h.Store.Replied(ctx, who.ID, sub.Token); err != nil || ok {
		return n, err
	}
	first := Item{Pos: 1, Ref: l.Ref, Bank: l.Bank, Lexicon: l.Lexicon, Order: l.Order, State: Open}
	turn := Turn{Item: first, Weights: who.Weights, Adopted: who.Adopted}
	wording, err := h.wording(ctx, first)
	if err != nil {
		return 0, err
	}
	if turn.Rulings, turn.Stand, err = h.Store.Rulings(ctx, who.ID, l.Ref.Question); err != nil {
		return 0, err
	}
	turn.Item.Facts = wording.Version.In(l.Order).Facts()
	event := h.event(who, turn.Item, sub)
	marks, open, err := grade(wording, turn, sub.Response, event.At)
	if err != nil {
		return 0, err
	}
	if open {
		return 0, fault.New(fault.Invalid, "fault.response")
	}
	p, err := h.Coach.Preparing(ctx, who, h.Now())
	if err != nil {
		return 0, err
	}
	if turn.Sitting, err = around(ctx, p, turn.Item); err != nil {
		return 0, err
	}
	for _, c := range p.Cards {
		if slices.Contains(turn.Item.Facts, c.Fact) {
			turn.Cards = append(turn.Cards, c)
		}
	}
	decided, err := h.decided(ctx, who, turn, wording.Version, marks, event)
	if err != nil {
		return 0, err
	}
	decided.Newcomer, decided.Opens = newcomer, &turn.Sitting
	if _, err = h.Store.Save(ctx, decided); err != nil {
		return 0, err
	}
	n, _, _, err := h.Store.Replied(ctx, who.ID, sub.Token)
	return n, err
}

// around makes the quiz of which the landing page's question is the first.
func (h Host) around(ctx context.Context, p study.Preparing, first Item) (Sitting, error) {
	told, err := h.tells(ctx, p.Banks)
	if err != nil {
		return Sitting{}, err
	}
	rng := h.Rand()
	apart := told.beside(first.Ref.Question)
	picked, err := h.items(ctx, pick(p, 0, quizSize+2+len(apart), told, rng), rng)
	if err != nil {
		return Sitting{}, err
	}
	s := Sitting{Learner: p.Who.ID, Mode: Tutor, Started: p.Now, Items: []Item{first}}
	twins, err := h.twins(ctx, first)
	if err != nil {
		return Sitting{}, err
	}
	for _, it := range picked {
		if len(s.Items) < quizSize && !overlap(it.Facts, twins) && !slices.Contains(apart, it.Ref.Question) {
			it.Pos = len(s.Items) + 1
			s.Items = append(s.Items, it)
		}
	}
	s.Count = len(s.Items)
	return h.foretell(ctx, p, s)
}

// twins lists the item's facts and their twins.
func (h Host) twins(ctx context.Context, it Item) (map[questions.FactID]bool, error) {
	c, err := h.Shelf.Bank(ctx, it.Bank)
	if err != nil {
		return nil, err
	}
	return related(c, it.Facts), nil
}

func related(c bank.Contents, facts []questions.FactID) map[questions.FactID]bool {
	kin := map[questions.FactID]bool{}
	for _, id := range facts {
		kin[id] = true
		f, ok := c.Fact(id)
		for _, other := range c.Facts {
			if ok && f.Twin != "" && other.Twin == f.Twin {
				kin[other.ID] = true
			}
		}
	}
	return kin
}

func overlap(facts []questions.FactID, with map[questions.FactID]bool) bool {
	for _, f := range facts {
		if with[f] {
			return true
		}
	}
	return false
}
