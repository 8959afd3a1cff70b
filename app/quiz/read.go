package quiz

import (
	"cmp"
	"context"
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"time"

	"thaw/app/bank"
	"thaw/app/people"
	"thaw/app/study"
	"thaw/questions"
)

// Ask picks the question that stands after a section of a reading text: about a passage
// of it, best of a fact that is due or was never met, and one that is decided at once. The
// same seed, a secret of 32 bytes, draws the same one with its options in the same order,
// so that a page that is loaded again asks the same. ok is false where there
// is nothing to ask.
func (h Host) Ask(ctx context.Context, c bank.Contents, s bank.Section, cards []study.Card, seed []byte) (l Landing, v questions.Version, ok bool, err error) {
	q, ok := about(c, s, study.ByFact(cards), h.Now(), seed)
	if !ok {
		return l, v, false, nil
	}
	var key [32]byte
	copy(key[:], seed)
	binary.BigEndian.PutUint64(key[8:], uint64(q.ID))                                           // #nosec G115 -- counted from 1
	it, err := h.item(ctx, candidate{contents: c, question: q}, rand.New(rand.NewChaCha8(key))) // #nosec G404 -- of a keyed seed
	if err != nil {
		return l, v, false, err
	}
	if v, err = h.Shelf.Version(ctx, it.Ref); err != nil {
		return l, v, false, err
	}
	return Landing{Ref: it.Ref, Bank: it.Bank, Lexicon: it.Lexicon, Order: it.Order}, v.In(it.Order), true, nil
}

// about picks a question about a section. It is pure.
func about(c bank.Contents, s bank.Section, cards map[questions.FactID]study.Card, now time.Time, seed []byte) (bank.Question, bool) {
	here := map[questions.FactID]bool{}
	for _, f := range c.Facts {
		here[f.ID] = s.Holds(f.Passage)
	}
	var best []bank.Question
	rank := func(q bank.Question) int {
		card := cards[q.Facts[0]]
		switch {
		case card.IsDue(now):
			return 0
		case !card.Seen():
			return 1
		}
		return 2
	}
	for _, q := range c.Questions {
		if (q.Kind == questions.Choice || q.Kind == questions.Truth) && len(q.Facts) > 0 && here[q.Facts[0]] {
			best = append(best, q)
		}
	}
	if len(best) == 0 {
		return bank.Question{}, false
	}
	slices.SortStableFunc(best, func(a, b bank.Question) int { return cmp.Compare(rank(a), rank(b)) })
	worse := slices.IndexFunc(best, func(q bank.Question) bool { return rank(q) > rank(best[0]) })
	if worse > 0 {
		best = best[:worse]
	}
	return best[draw(seed, len(best))], true
}

// draw is a number below n that a seed draws.
func draw(seed []byte, n int) int {
	var at [8]byte
	copy(at[:], seed)
	return int(binary.BigEndian.Uint64(at[:]) % uint64(n)) // #nosec G115 -- below n
}

// Read takes an answer given while reading, which is a sitting by itself, and returns its
// number; a newcomer comes into being with it. The same token counts once.
func (h Host) Read(ctx context.Context, who people.Person, newcomer *people.Newcomer, l Landing, r questions.Response, took time.Duration) (int, error) {
	return h.first(ctx, who, newcomer, l, r, took, h.alone)
}

// alone makes a sitting of one question.
func (h Host) alone(ctx context.Context, p study.Preparing, only Item) (Sitting, error) {
	return h.foretell(ctx, p, Sitting{Learner: p.Who.ID, Mode: Reading, Started: p.Now, Count: 1, Items: []Item{only}})
}
