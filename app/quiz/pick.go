package quiz

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"
	"time"

	"thaw/app/bank"
	"thaw/app/study"
	"thaw/questions"
)

// candidate is a question that could be asked, with what is known of its fact.
type candidate struct {
	contents bank.Contents
	question bank.Question
	card     study.Card
	task     study.Task // of a review
	twins    []string
	uneven   bool // it asks for facts together that are not equally firm
	options  int  // how many are shown of a choice; 0: all
	harder   bool // its fact is new and has an easier form
}

// pick chooses n questions for a quiz: what is due and the day's share of what
// is new, then what is known; topics mixed, one question a fact, twins and give-aways
// apart, and nothing that was set aside.
func pick(p study.Preparing, topic questions.TopicID, n int, t tells, rng *rand.Rand) []candidate {
	cards := study.ByFact(p.Cards)
	var all []candidate
	for _, c := range p.Banks {
		all = append(all, candidates(c, topic, cards)...)
	}
	return choose(slices.DeleteFunc(all, aside(p)), n, shareOf(p), t, rng)
}

// share is what is left of a study day.
type share struct {
	now, dawn time.Time
	fresh     int // facts that may be met for the first time
}

func shareOf(p study.Preparing) share {
	days := study.Calendar(p.Who.Location())
	return share{now: p.Now, dawn: days.Begin(days.Day(p.Now)), fresh: max(p.Who.NewADay-p.Today().Met, 0)}
}

// candidates lists the questions of a topic and its parts (0: all) that a quiz can ask;
// flashcards rate themselves and belong to reviews.
func candidates(c bank.Contents, topic questions.TopicID, cards map[questions.FactID]study.Card) []candidate {
	twins := twinsOf(c)
	within := c.Under(topic)
	var found []candidate
	for _, q := range c.Questions {
		if q.Kind == questions.Flash || len(q.Facts) == 0 || (topic != 0 && !within[q.Topic]) {
			continue
		}
		found = append(found, candidate{contents: c, question: q, card: latest(q.Facts, cards), twins: twins(q.Facts), uneven: uneven(q.Facts, cards)})
	}
	return found
}

// latest is the card for which a question of several facts stands: the one that was
// answered last, as its key is the freshest, and of those the one that is due first.
func latest(facts []questions.FactID, cards map[questions.FactID]study.Card) study.Card {
	best := cards[facts[0]]
	best.Fact = facts[0]
	for _, f := range facts[1:] {
		if c := cards[f]; c.Last.After(best.Last) || c.Last.Equal(best.Last) && c.Due.Before(best.Due) {
			best, best.Fact = c, f
		}
	}
	return best
}

// twinsOf returns what lists the twin groups of facts of a bank.
func twinsOf(c bank.Contents) func([]questions.FactID) []string {
	all := map[questions.FactID]string{}
	for _, f := range c.Facts {
		all[f.ID] = f.Twin
	}
	return func(facts []questions.FactID) (twins []string) {
		for _, f := range facts {
			if all[f] != "" {
				twins = append(twins, all[f])
			}
		}
		return twins
	}
}

// choose picks at most n candidates, by how much they are worth asking; topics
// are mixed among those of equal worth. It is pure but for the randomness passed in.
func choose(all []candidate, n int, day share, t tells, rng *rand.Rand) []candidate {
	rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	all = byFact(all, day)
	room := newRoom(t)
	var picked []candidate
	for _, group := range byWorth(all, day) {
		for _, equal := range byEase(group, day) {
			free := slices.DeleteFunc(equal, func(c candidate) bool { return !room.takes(c) })
			picked = append(picked, mix(free, n-len(picked))...)
		}
	}
	return picked
}

// sample picks at most n questions about the facts at random, one a fact, twins and
// give-aways apart, topics mixed.
func sample(banks []bank.Contents, facts []questions.FactID, n int, t tells, rng *rand.Rand) []candidate {
	about := map[questions.FactID]bool{}
	for _, f := range facts {
		about[f] = true
	}
	var all []candidate
	for _, c := range banks {
		for _, q := range candidates(c, 0, nil) {
			if slices.ContainsFunc(q.question.Facts, func(f questions.FactID) bool { return about[f] }) {
				all = append(all, q)
			}
		}
	}
	rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	room := newRoom(t)
	all = slices.DeleteFunc(all, func(c candidate) bool { return !room.takes(c) })
	return mix(all, n)
}

// byFact puts candidates fact by fact, the forms of each as it climbs: what is due, then
// what is new and easy to ask for, then what is new otherwise.
func byFact(all []candidate, day share) []candidate {
	forms := map[questions.FactID][]candidate{}
	for _, c := range all {
		forms[c.card.Fact] = append(forms[c.card.Fact], c)
	}
	var facts [][]candidate
	for _, c := range all {
		if f := forms[c.card.Fact]; f != nil {
			f = climb(f, rungOf(c.card, day.now), c.card)
			for i := range f {
				f[i].harder = newness(f[i], day) > newness(f[0], day)
			}
			facts = append(facts, f)
			delete(forms, c.card.Fact)
		}
	}
	slices.SortStableFunc(facts, func(a, b []candidate) int { return cmp.Compare(newness(a[0], day), newness(b[0], day)) })
	return slices.Concat(facts...)
}

// byEase parts candidates of equal worth: those that are easy to ask for, and then the new
// ones that have no easy form, the less easy ones later.
func byEase(group []candidate, day share) (parts [][]candidate) {
	for _, c := range group {
		ease := max(newness(c, day)-1, 0)
		for len(parts) <= ease {
			parts = append(parts, nil)
		}
		parts[ease] = append(parts[ease], c)
	}
	return parts
}

// newness puts what is due before what is new, and of that the easiest first.
func newness(c candidate, day share) int {
	switch {
	case c.card.IsDue(day.now):
		return 0
	case c.card.Seen():
		return 1
	}
	return 1 + misfit(c, three)
}

// byWorth groups candidates: due, or new within the day's share; known; new
// beyond the share; met today already, so that the key is still fresh, or new and asked
// for in a harder form than need be.
func byWorth(all []candidate, day share) (groups [4][]candidate) {
	fresh := map[questions.FactID]bool{}
	for _, c := range all {
		g := 1
		switch {
		case c.card.IsDue(day.now):
			g = 0
		case c.harder || c.card.Seen() && !c.card.Last.Before(day.dawn):
			g = 3
		case !c.card.Seen() && (fresh[c.card.Fact] || len(fresh) < day.fresh):
			for _, f := range c.question.Facts {
				fresh[f] = true
			}
			g = 0
		case !c.card.Seen():
			g = 2
		}
		groups[g] = append(groups[g], c)
	}
	return groups
}

// closed tells the kinds that are answered by picking.
func closed(kind string) bool {
	return kind == questions.Choice || kind == questions.Several || kind == questions.Truth
}

// mix takes at most n candidates, one of each topic in turn.
func mix(all []candidate, n int) []candidate {
	byTopic := map[questions.TopicID][]candidate{}
	var topics []questions.TopicID
	for _, c := range all {
		t := c.question.Topic
		if byTopic[t] == nil {
			topics = append(topics, t)
		}
		byTopic[t] = append(byTopic[t], c)
	}
	groups := make([][]candidate, len(topics))
	for i, t := range topics {
		groups[i] = byTopic[t]
	}
	return study.InTurn(groups, n)
}

func (h Host) items(ctx context.Context, picked []candidate, rng *rand.Rand) ([]Item, error) {
	refs := make([]questions.Ref, len(picked))
	for i, c := range picked {
		refs[i] = questions.Ref{Question: c.question.ID, Version: c.question.Latest}
	}
	if _, err := h.Shelf.Versions(ctx, refs); err != nil {
		return nil, err
	}
	items := make([]Item, 0, len(picked))
	for _, c := range picked {
		item, err := h.item(ctx, c, rng)
		if err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	return items, nil
}
