package db

import (
	"context"

	"gorm.io/gorm"

	"thaw/app/bank"
	"thaw/questions"
)

// Bank keeps banks with their topics, facts, questions and texts.
type Bank struct{ *DB }

var _ bank.Store = Bank{}

type bankRow struct {
	ID                               int64
	Slug, Title, Lang, About, Source string
	BuiltIn                          int64
	Revision                         int
	Owner, Copied                    int64
}

func (r bankRow) bank() bank.Bank {
	return bank.Bank{ID: questions.BankID(r.ID), Slug: r.Slug, Title: r.Title, Lang: r.Lang, About: r.About,
		Source: r.Source, BuiltIn: r.BuiltIn != 0, Owner: questions.LearnerID(r.Owner), Copied: questions.BankID(r.Copied)}
}

const bankColumns = `id, slug, title, lang, about, source, built_in, revision, owner, copied`

// Open implements bank.Store.
func (s Bank) Open(ctx context.Context, who questions.LearnerID) ([]bank.Open, error) {
	var open []bank.Open
	err := s.reader(ctx).Raw(`SELECT b.id, b.revision FROM bank b
		WHERE b.gone = 0 AND (b.built_in = 1 OR (b.owner = ? AND b.owner <> 0) OR b.id IN (
			SELECT g.bank FROM member m JOIN class c ON c.id = m.class JOIN class_bank g ON g.class = m.class
			WHERE m.learner = ? AND m.gone = 0 AND c.archived = 0))
		ORDER BY b.id`, int64(who), int64(who)).Scan(&open).Error
	return open, err
}

// Revision implements bank.Store.
func (s Bank) Revision(ctx context.Context, id questions.BankID) (int, error) {
	var n int
	err := one(s.reader(ctx).Raw(`SELECT revision FROM bank WHERE id = ?`, int64(id)), &n)
	return n, err
}

// Contents implements bank.Store.
func (s Bank) Contents(ctx context.Context, id questions.BankID) (c bank.Contents, err error) {
	err = s.view(ctx, func(q *gorm.DB) error {
		c, err = contents(q, id)
		return err
	})
	return c, err
}

func contents(q *gorm.DB, id questions.BankID) (bank.Contents, error) {
	var head bankRow
	if err := one(q.Raw(`SELECT `+bankColumns+` FROM bank WHERE id = ?`, int64(id)), &head); err != nil {
		return bank.Contents{}, err
	}
	c := bank.Contents{Bank: head.bank(), Revision: head.Revision}
	for _, load := range []func(*gorm.DB, *bank.Contents) error{loadTopics, loadFacts, loadQuestions, loadSections, loadLexicon} {
		if err := load(q, &c); err != nil {
			return bank.Contents{}, err
		}
	}
	return c, nil
}

func loadTopics(q *gorm.DB, c *bank.Contents) error {
	return q.Raw(`SELECT id, slug, title, about, parent FROM topic WHERE bank = ? AND gone = 0 ORDER BY pos, id`, int64(c.Bank.ID)).Scan(&c.Topics).Error
}

// loadFacts loads what the live questions ask for, also the facts of other banks:
// a copied question keeps its fact, so that memory is shared. The passage is the one of
// this bank: a copied one keeps its slug.
func loadFacts(q *gorm.DB, c *bank.Contents) error {
	return q.Raw(`SELECT f.id, f.bank, f.slug, CASE WHEN f.bank = q.bank THEN f.topic ELSE MIN(q.topic) END AS topic, f.text, f.lang, f.twin, f.happened AS "when",
			COALESCE(MIN(p.id), 0) AS passage, CASE WHEN f.bank = q.bank THEN f.pos ELSE MIN(q.pos) END AS place
		FROM question q JOIN answer a ON a.question = q.id AND a.version = q.latest JOIN fact f ON f.id = a.fact
			LEFT JOIN passage o ON o.id = f.passage LEFT JOIN passage p ON p.bank = q.bank AND p.slug = o.slug AND p.gone = 0
		WHERE q.bank = ? AND q.state = 'live'
		GROUP BY f.id, f.bank, q.bank, f.slug, f.topic, f.text, f.lang, f.twin, f.happened, f.pos
		ORDER BY place, f.id`, int64(c.Bank.ID)).Scan(&c.Facts).Error
}

func loadQuestions(q *gorm.DB, c *bank.Contents) error {
	var rows []struct {
		ID, Topic        int64
		Slug, Kind, Tags string
		Latest           int
		Fact             int64
	}
	err := q.Raw(`SELECT q.id, q.topic, q.slug, q.kind, q.latest, a.fact, `+tagsOf("q.id")+` AS tags FROM question q
		JOIN (SELECT question, version, fact, MIN(pos) AS pos FROM answer WHERE fact <> 0 GROUP BY question, version, fact) a
			ON a.question = q.id AND a.version = q.latest
		WHERE q.bank = ? AND q.state = 'live' ORDER BY q.pos, q.id, a.pos`, int64(c.Bank.ID)).Scan(&rows).Error
	for _, r := range rows {
		if n := len(c.Questions); n == 0 || int64(c.Questions[n-1].ID) != r.ID {
			c.Questions = append(c.Questions, bank.Question{ID: questions.QuestionID(r.ID), Slug: r.Slug,
				Topic: questions.TopicID(r.Topic), Kind: r.Kind, Latest: r.Latest, Tags: untagged(r.Tags)})
		}
		last := &c.Questions[len(c.Questions)-1]
		last.Facts = append(last.Facts, questions.FactID(r.Fact))
	}
	return err
}

func loadSections(q *gorm.DB, c *bank.Contents) error {
	var rows []struct {
		Slug, Title   string
		ID            int64
		Passage, Text string
	}
	err := q.Raw(`SELECT s.slug, s.title, p.id, p.slug AS passage, p.text FROM section s
		JOIN passage p ON p.bank = s.bank AND p.section = s.slug
		WHERE s.bank = ? AND s.gone = 0 AND p.gone = 0 ORDER BY s.pos, s.slug, p.pos`, int64(c.Bank.ID)).Scan(&rows).Error
	for _, r := range rows {
		if n := len(c.Sections); n == 0 || c.Sections[n-1].Slug != r.Slug {
			c.Sections = append(c.Sections, bank.Section{Slug: r.Slug, Title: r.Title})
		}
		last := &c.Sections[len(c.Sections)-1]
		last.Passages = append(last.Passages, questions.Passage{ID: questions.PassageID(r.ID), Slug: r.Passage, Section: r.Slug, Text: r.Text})
	}
	return err
}

func loadLexicon(q *gorm.DB, c *bank.Contents) (err error) {
	c.Lexicon, err = newestLexicon(q, c.Bank.ID)
	return err
}

func newestLexicon(q *gorm.DB, id questions.BankID) (questions.Lexicon, error) {
	var revision int
	err := q.Raw(`SELECT COALESCE(MAX(revision), 0) FROM lexicon WHERE bank = ?`, int64(id)).Scan(&revision).Error
	if err != nil {
		return questions.Lexicon{}, err
	}
	return lexicon(q, id, revision)
}

func lexicon(q *gorm.DB, id questions.BankID, revision int) (questions.Lexicon, error) {
	var rows []struct {
		ID                      int64
		Slug, Kind, Name, About string
		Spellings               string
	}
	err := q.Raw(`SELECT id, slug, kind, name, about, spellings FROM entity WHERE bank = ? AND revision = ? ORDER BY id`,
		int64(id), revision).Scan(&rows).Error
	l := questions.Lexicon{Bank: id, Revision: revision}
	for _, r := range rows {
		l.Entities = append(l.Entities, questions.Entity{ID: questions.EntityID(r.ID), Slug: r.Slug, Kind: r.Kind, Name: r.Name,
			About: r.About, Spellings: unlist[string](r.Spellings)})
	}
	return l, err
}

// Lexicon implements bank.Store.
func (s Bank) Lexicon(ctx context.Context, id questions.BankID, revision int) (questions.Lexicon, error) {
	l, err := lexicon(s.reader(ctx), id, revision)
	if err == nil && len(l.Entities) == 0 {
		var n int
		return l, one(s.reader(ctx).Raw(`SELECT revision FROM lexicon WHERE bank = ? AND revision = ?`, int64(id), revision), &n)
	}
	return l, err
}

type versionRow struct {
	Question                    int64
	N                           int
	Kind, Lang, Prompt, Explain string
	Passage                     int64
	Level                       string
	Fixed                       int64
	Back, Quote                 string
}

func (r versionRow) version(answers []questions.Answer) questions.Version {
	return questions.Version{Ref: questions.Ref{Question: questions.QuestionID(r.Question), Version: r.N}, Kind: r.Kind, Lang: r.Lang, Prompt: r.Prompt,
		Explain: r.Explain, Passage: questions.PassageID(r.Passage), Level: r.Level, Fixed: r.Fixed != 0, Back: r.Back, Quote: r.Quote, Answers: answers}
}

type answerRow struct {
	Question      int64
	Version, Part int
	Fact          int64
	Text, Match   string
	Credit, Slack float64
	Feedback      string
	Entity        int64
}

func (r answerRow) answer() questions.Answer {
	return questions.Answer{Part: r.Part, Fact: questions.FactID(r.Fact), Text: r.Text, Match: r.Match,
		Credit: r.Credit, Slack: r.Slack, Feedback: r.Feedback, Entity: questions.EntityID(r.Entity)}
}

// batch bounds the variables of one query.
const batch = 200

// Versions implements bank.Store.
func (s Bank) Versions(ctx context.Context, refs []questions.Ref) ([]questions.Version, error) {
	var found []questions.Version
	for len(refs) > 0 {
		n := min(batch, len(refs))
		some, err := versions(s.reader(ctx), refs[:n])
		if err != nil {
			return nil, err
		}
		found, refs = append(found, some...), refs[n:]
	}
	return found, nil
}

func versions(q *gorm.DB, refs []questions.Ref) ([]questions.Version, error) {
	ids := make([]int64, len(refs))
	wanted := map[questions.Ref]bool{}
	for i, ref := range refs {
		ids[i], wanted[ref] = int64(ref.Question), true
	}
	var heads []versionRow
	if err := q.Raw(`SELECT question, n, kind, lang, prompt, explain, passage, level, fixed, back, quote FROM version WHERE question IN ?`, ids).Scan(&heads).Error; err != nil {
		return nil, err
	}
	var rows []answerRow
	if err := q.Raw(`SELECT question, version, part, fact, text, match, credit, slack, feedback, entity FROM answer
		WHERE question IN ? ORDER BY question, version, pos`, ids).Scan(&rows).Error; err != nil {
		return nil, err
	}
	answers := map[questions.Ref][]questions.Answer{}
	for _, r := range rows {
		ref := questions.Ref{Question: questions.QuestionID(r.Question), Version: r.Version}
		answers[ref] = append(answers[ref], r.answer())
	}
	var found []questions.Version
	for _, h := range heads {
		ref := questions.Ref{Question: questions.QuestionID(h.Question), Version: h.N}
		if wanted[ref] {
			found = append(found, h.version(answers[ref]))
		}
	}
	return found, nil
}
