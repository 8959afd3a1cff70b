package bank

import (
	"thaw/questions"
	"thaw/questions/builtin"
)

// FromBuiltin turns the built-in bank's files into data to install.
func FromBuiltin(b builtin.Bank) Data {
	d := Data{Hash: b.Revision, Bank: Bank{Slug: b.Slug, Title: b.Title, Lang: b.Lang, About: b.About,
		Source: sourceOf(b.Source), BuiltIn: true}}
	for _, e := range b.Entities {
		d.Entities = append(d.Entities, questions.Entity{Slug: e.Slug, Kind: e.Kind, Name: e.Name, About: e.About, Spellings: e.Spellings})
	}
	for _, s := range b.Sections {
		section := Section{Slug: s.Slug, Title: s.Title}
		for _, p := range s.Passages {
			section.Passages = append(section.Passages, questions.Passage{Slug: p.Slug, Section: s.Slug, Text: p.Text})
		}
		d.Sections = append(d.Sections, section)
	}
	for _, t := range b.Topics {
		d.Topics = append(d.Topics, Topic{Slug: t.Slug, Title: t.Title, About: t.About})
		for _, f := range t.Facts {
			d.Facts = append(d.Facts, FactData{TopicSlug: t.Slug, PassageSlug: f.Passage,
				Fact: Fact{Slug: f.Slug, Text: f.Text, Lang: b.Lang, Twin: f.Twin}})
		}
		for _, q := range t.Questions {
			d.Questions = append(d.Questions, questionOf(b, t, q))
		}
	}
	return d
}

// sourceOf is the attribution, as Markdown.
func sourceOf(s builtin.Source) string {
	title := s.Title
	if s.URL != "" {
		title = "[" + s.Title + "](" + s.URL + ")"
	}
	return s.Note + " Source of the facts: " + title + ", " + s.Site + ", " + s.Licence + "."
}

func questionOf(b builtin.Bank, t builtin.Topic, q builtin.Question) QuestionData {
	d := QuestionData{Slug: q.Slug, TopicSlug: t.Slug, PassageSlug: q.Passage}
	v, refs := q.Version(b.Lang)
	d.Version = v
	for _, r := range refs {
		d.Refs = append(d.Refs, AnswerRef(r))
	}
	return d
}
