package bank

import (
	"cmp"
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
	d := QuestionData{Slug: q.Slug, TopicSlug: t.Slug, PassageSlug: q.Passage,
		Version: questions.Version{Kind: q.Kind, Lang: b.Lang, Prompt: q.Prompt, Explain: q.Explain, Level: q.Level, Fixed: q.Fixed}}
	put := func(a questions.Answer, fact, entity string) {
		d.Version.Answers = append(d.Version.Answers, a)
		d.Refs = append(d.Refs, AnswerRef{Fact: fact, Entity: entity})
	}
	add := func(a questions.Answer, entity string) {
		a.Part = 1
		put(a, q.Fact, entity)
	}
	switch q.Kind {
	case questions.Order:
		for i, it := range q.Items {
			a := questions.Answer{Part: i + 1, Text: it.Text, Credit: 1, Feedback: it.When}
			if it.Tie && i > 0 {
				a.Slack = 1
			}
			put(a, it.Fact, "")
		}
	case questions.Match:
		for i, it := range q.Items {
			put(questions.Answer{Part: i + 1, Text: it.Text}, it.Fact, "")
			put(questions.Answer{Part: i + 1, Text: it.Belongs, Credit: 1, Feedback: it.Why}, it.Fact, "")
		}
		for _, w := range q.Wrong {
			put(questions.Answer{Text: w.Text, Feedback: w.Why}, "", "")
		}
	case questions.Choice, questions.Several, questions.Truth:
		d.Version.Fixed = q.Fixed || q.Kind == questions.Truth
		for _, o := range q.Options() {
			credit := 0.0
			if o.Key {
				credit = 1
			}
			add(questions.Answer{Text: o.Text, Credit: credit, Feedback: o.Why}, "")
		}
	case questions.Cloze:
		d.addGaps(q)
	default:
		add(questions.Answer{Text: q.Key, Match: matchOf(q), Credit: 1, Slack: q.Slack}, q.Entity)
		for _, other := range q.Accept {
			add(questions.Answer{Text: other, Match: matchOf(q), Credit: 1, Slack: q.Slack}, "")
		}
	}
	return d
}

// addGaps adds the answers of each gap.
func (d *QuestionData) addGaps(q builtin.Question) {
	for i, gap := range q.Gaps {
		fact := cmp.Or(gap.Fact, q.Fact)
		for n, text := range append([]string{gap.Key}, gap.Accept...) {
			if gap.Match == questions.MatchDate {
				text = grade.EDTF(text)
			}
			ref := AnswerRef{Fact: fact}
			if n == 0 {
				ref.Entity = gap.Entity
			}
			d.Version.Answers = append(d.Version.Answers, questions.Answer{Part: i + 1, Text: text, Match: gap.Match, Credit: 1})
			d.Refs = append(d.Refs, ref)
		}
	}
}

// matchOf says how what is typed is compared; a flashcard has no such answer.
func matchOf(q builtin.Question) string {
	switch q.Kind {
	case questions.Date:
		return questions.MatchDate
	case questions.Number:
		return questions.MatchNumber
	}
	return q.Match
}
