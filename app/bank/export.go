package bank

import (
	"slices"
	"strings"

	"thaw/questions"
	"thaw/questions/format/bundle"
)

// Bundle is a bank as a file holds it. Learned is what somebody remembers of its
// questions, nil where the file is not to tell.
func (s Stock) Bundle(learned map[questions.QuestionID]bundle.Learned) bundle.Bundle {
	b := bundle.Bundle{Slug: s.Bank.Slug, Title: s.Bank.Title, Lang: s.Bank.Lang, About: s.Bank.About, Source: s.Bank.Source}
	for _, e := range s.Lexicon.Entities {
		e.ID = 0
		b.Entities = append(b.Entities, e)
	}
	x := exporter{stock: s, topics: map[questions.TopicID]string{}, titles: map[questions.TopicID][]string{}, passages: map[questions.PassageID]string{},
		facts: map[questions.FactID]string{}, names: map[questions.EntityID]string{}, slugs: map[questions.QuestionID]string{}}
	b.Topics, b.Sections = x.outline(), x.sections()
	b.Facts = x.listFacts()
	for _, e := range s.Lexicon.Entities {
		x.names[e.ID] = e.Slug
	}
	for _, q := range s.Questions {
		x.slugs[q.ID] = q.Slug
	}
	for i, q := range s.Questions {
		it := x.item(q)
		it.Line = i + 1
		if l, ok := learned[q.ID]; ok {
			it.Learned = &l
		}
		b.Items = append(b.Items, it)
	}
	return b
}

// exporter gives everything its slug.
type exporter struct {
	stock    Stock
	topics   map[questions.TopicID]string
	titles   map[questions.TopicID][]string // that lead to a topic; its slug alone where they lead to two
	passages map[questions.PassageID]string
	facts    map[questions.FactID]string
	names    map[questions.EntityID]string
	slugs    map[questions.QuestionID]string
}

func (x exporter) outline() (list []bundle.Topic) {
	taken := map[string]bool{}
	paths := map[questions.TopicID][]string{}
	for _, t := range x.stock.Topics.Tree() {
		parent := x.stock.Topics.parent(t.Topic)
		x.topics[t.ID] = t.Slug
		list = append(list, bundle.Topic{Slug: t.Slug, Title: t.Title, About: t.About, Parent: x.topics[parent]})
		paths[t.ID] = append(slices.Clone(paths[parent]), t.Title)
		x.titles[t.ID] = paths[t.ID]
		key := questions.Fold(strings.Join(paths[t.ID], "\n"))
		if taken[key] {
			x.titles[t.ID] = []string{t.Slug}
		}
		taken[key] = true
	}
	return list
}

func (x exporter) sections() (list []bundle.Section) {
	for _, s := range x.stock.Sections {
		kept := bundle.Section{Slug: s.Slug, Title: s.Title}
		for _, p := range s.Passages {
			x.passages[p.ID] = p.Slug
			p.ID, p.Section = 0, s.Slug
			kept.Passages = append(kept.Passages, p)
		}
		list = append(list, kept)
	}
	return list
}

// listFacts lists the facts; of those of other banks that have a name in use here, the
// bank is said.
func (x exporter) listFacts() (list []bundle.Fact) {
	taken := map[string]bool{}
	for _, f := range x.stock.Facts {
		if f.Bank == x.stock.Bank.ID {
			x.facts[f.ID], taken[f.Slug] = f.Slug, true
		}
	}
	topics := x.topicsOfFacts()
	for _, f := range x.stock.Facts {
		if f.Bank != x.stock.Bank.ID {
			name := f.Slug
			for taken[name] {
				name = "other." + name
			}
			x.facts[f.ID], taken[name] = name, true
		}
		topic := x.topics[f.Topic]
		if topic == "" {
			topic = x.topics[topics[f.ID]]
		}
		list = append(list, bundle.Fact{Slug: x.facts[f.ID], Topic: topic, Text: f.Text, Lang: f.Lang, Twin: f.Twin, Passage: x.passages[f.Passage], Happened: f.When})
	}
	return list
}

// topicsOfFacts are the topics of the questions that ask for each fact first.
func (x exporter) topicsOfFacts() map[questions.FactID]questions.TopicID {
	topics := map[questions.FactID]questions.TopicID{}
	for _, q := range x.stock.Questions {
		for _, id := range q.Version.Facts() {
			if topics[id] == 0 {
				topics[id] = q.Topic
			}
		}
	}
	return topics
}

func (x exporter) item(q Written) bundle.Item {
	v := q.Version
	it := bundle.Item{ID: q.Slug, Topic: x.titles[q.Topic], Tags: q.Tags, State: string(q.State), Passage: x.passages[v.Passage], Mirrors: x.slugs[q.Reverses]}
	v.Ref, v.Passage, v.Answers = questions.Ref{}, 0, slices.Clone(v.Answers)
	refs, some := make([]bundle.Ref, len(v.Answers)), false
	for i := range v.Answers {
		a := &v.Answers[i]
		refs[i] = bundle.Ref{Fact: x.facts[a.Fact], Entity: x.names[a.Entity]}
		some = some || refs[i] != bundle.Ref{}
		a.Fact, a.Entity = 0, 0
	}
	if some {
		it.Refs = refs
	}
	it.Version = v
	return it
}
