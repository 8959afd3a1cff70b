package bank

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"thaw/questions"
	"thaw/questions/builtin"
	"thaw/questions/grade"
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
				Fact: Fact{Slug: f.Slug, Text: f.Text, Lang: b.Lang, Twin: f.Twin, When: grade.EDTF(f.When)}})
		}
		for _, q := range t.Questions {
			d.Questions = append(d.Questions, questionOf(b, t, q))
		}
	}
	d.Hash = hash(d)
	return d
}

// hash changes with the files and with how a release reads them: either is a reason to
// load the bank again.
func hash(d Data) string {
	raw, err := json.Marshal(d)
	if err != nil {
		return d.Hash
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

// licences says where the text of a licence stands.
var licences = map[string]string{
	"CC BY":    "https://creativecommons.org/licenses/by/4.0/",
	"CC BY-SA": "https://creativecommons.org/licenses/by-sa/4.0/",
	"CC0":      "https://creativecommons.org/publicdomain/zero/1.0/",
}

// sourceOf is the attribution, as Markdown.
func sourceOf(s builtin.Source) string {
	title := s.Title
	if s.URL != "" {
		title = "[" + s.Title + "](" + s.URL + ")"
	}
	licence := s.Licence
	if url, ok := licences[licence]; ok {
		licence = "[" + licence + "](" + url + ")"
	}
	return s.Note + " Source of the facts: " + title + ", " + s.Site + ", " + licence + "."
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
