package db

import (
	"context"
	"encoding/json"
	"time"

	"gorm.io/gorm"

	"thaw/app/bank"
	"thaw/questions"
)

// Installed implements bank.Store.
func (s Bank) Installed(ctx context.Context, slug string) (string, error) {
	var hash string
	err := s.reader(ctx).Raw(`SELECT hash FROM bank WHERE slug = ? AND built_in = 1`, slug).Scan(&hash).Error
	return hash, err
}

// Install implements bank.Store.
func (s Bank) Install(ctx context.Context, data bank.Data) error {
	if hash, err := s.Installed(ctx, data.Bank.Slug); err != nil || (hash != "" && hash == data.Hash) {
		return err
	}
	return s.write(ctx, func(tx *gorm.DB) error {
		i := &installer{tx: tx, data: data, topics: map[string]int64{}, passages: map[string]int64{},
			facts: map[string]int64{}, entities: map[string]int64{}}
		for _, step := range []func() error{i.head, i.putTopics, i.putSections, i.putLexicon, i.putFacts, i.putQuestions, i.retire, i.finish} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
}

// installer puts a built-in bank into the database, by slugs: what is new is
// added, what is there keeps its id.
type installer struct {
	tx       *gorm.DB
	data     bank.Data
	bank     int64
	topics   map[string]int64
	passages map[string]int64
	facts    map[string]int64
	entities map[string]int64
	before   string // how the bank read, as a hash
}

func (i *installer) id(sql string, args ...any) (int64, error) {
	return number(i.tx, sql+" RETURNING id", args...)
}

func (i *installer) head() (err error) {
	b := i.data.Bank
	if i.before, err = i.reads(); err != nil {
		return err
	}
	i.bank, err = i.id(`INSERT INTO bank (slug, title, lang, about, source, built_in, hash, revision) VALUES (?, ?, ?, ?, ?, 1, '', 0)
		ON CONFLICT (slug) DO UPDATE SET title = excluded.title, lang = excluded.lang, about = excluded.about, source = excluded.source, built_in = 1`,
		b.Slug, b.Title, b.Lang, b.About, b.Source)
	return err
}

func (i *installer) putTopics() (err error) {
	for pos, t := range i.data.Topics {
		i.topics[t.Slug], err = i.id(`INSERT INTO topic (bank, slug, title, about, pos, gone) VALUES (?, ?, ?, ?, ?, 0)
			ON CONFLICT (bank, slug) DO UPDATE SET title = excluded.title, about = excluded.about, pos = excluded.pos, gone = 0`,
			i.bank, t.Slug, t.Title, t.About, pos)
		if err != nil {
			return err
		}
	}
	return nil
}

func (i *installer) putSections() (err error) {
	for pos, section := range i.data.Sections {
		err = i.tx.Exec(`INSERT INTO section (bank, slug, title, pos, gone) VALUES (?, ?, ?, ?, 0)
			ON CONFLICT (bank, slug) DO UPDATE SET title = excluded.title, pos = excluded.pos, gone = 0`,
			i.bank, section.Slug, section.Title, pos).Error
		if err != nil {
			return err
		}
		for n, p := range section.Passages {
			i.passages[p.Slug], err = i.id(`INSERT INTO passage (bank, slug, section, pos, text, gone) VALUES (?, ?, ?, ?, ?, 0)
				ON CONFLICT (bank, slug) DO UPDATE SET section = excluded.section, pos = excluded.pos, text = excluded.text, gone = 0`,
				i.bank, p.Slug, section.Slug, n, p.Text)
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// putLexicon adds a revision when the entities differ from the newest one.
func (i *installer) putLexicon() error {
	hash := digest(i.data.Entities)
	var newest struct {
		Revision int
		Hash     string
	}
	err := i.tx.Raw(`SELECT revision, hash FROM lexicon WHERE bank = ? ORDER BY revision DESC LIMIT 1`, i.bank).Scan(&newest).Error
	if err != nil {
		return err
	}
	var known []struct {
		ID   int64
		Slug string
	}
	if err := i.tx.Raw(`SELECT DISTINCT id, slug FROM entity WHERE bank = ?`, i.bank).Scan(&known).Error; err != nil {
		return err
	}
	last := int64(0)
	for _, k := range known {
		i.entities[k.Slug], last = k.ID, max(last, k.ID)
	}
	if newest.Hash == hash && newest.Revision > 0 {
		return nil
	}
	revision := newest.Revision + 1
	if err := i.tx.Exec(`INSERT INTO lexicon (bank, revision, hash) VALUES (?, ?, ?)`, i.bank, revision, hash).Error; err != nil {
		return err
	}
	for _, e := range i.data.Entities {
		if i.entities[e.Slug] == 0 {
			last++
			i.entities[e.Slug] = last
		}
		err := i.tx.Exec(`INSERT INTO entity (bank, revision, id, slug, kind, name, about, spellings) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			i.bank, revision, i.entities[e.Slug], e.Slug, e.Kind, e.Name, e.About, list(e.Spellings)).Error
		if err != nil {
			return err
		}
	}
	return nil
}

func (i *installer) putFacts() (err error) {
	for pos, f := range i.data.Facts {
		i.facts[f.Slug], err = i.id(`INSERT INTO fact (bank, topic, slug, text, lang, twin, happened, passage, pos, gone) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
			ON CONFLICT (bank, slug) DO UPDATE SET topic = excluded.topic, text = excluded.text, lang = excluded.lang,
				twin = excluded.twin, happened = excluded.happened, passage = excluded.passage, pos = excluded.pos, gone = 0`,
			i.bank, i.topics[f.TopicSlug], f.Slug, f.Text, f.Lang, f.Twin, f.When, i.passages[f.PassageSlug], pos)
		if err != nil {
			return err
		}
	}
	return nil
}

func (i *installer) putQuestions() error {
	for pos, q := range i.data.Questions {
		v := q.Version
		v.Passage = questions.PassageID(i.passages[q.PassageSlug])
		v.Answers = append([]questions.Answer(nil), v.Answers...)
		for n, ref := range q.Refs {
			v.Answers[n].Fact = questions.FactID(i.facts[ref.Fact])
			v.Answers[n].Entity = questions.EntityID(i.entities[ref.Entity])
		}
		id, err := i.id(`INSERT INTO question (bank, topic, slug, kind, state, latest, pos) VALUES (?, ?, ?, ?, 'live', 0, ?)
			ON CONFLICT (bank, slug) DO UPDATE SET topic = excluded.topic, kind = excluded.kind, pos = excluded.pos,
				state = CASE WHEN EXISTS (SELECT 1 FROM ruling r WHERE r.question = question.id AND r.undone = 0 AND r.decision IN ('point', 'leave'))
					THEN question.state ELSE 'live' END`,
			i.bank, i.topics[q.TopicSlug], q.Slug, v.Kind, pos)
		if err != nil {
			return err
		}
		if err := i.putVersion(id, v); err != nil {
			return err
		}
	}
	return nil
}

// putVersion adds a version when the wording differs from the one installed last; a
// ruling may have made others since.
func (i *installer) putVersion(id int64, v questions.Version) error {
	v.Ref = questions.Ref{}
	hash := digest(v)
	var newest struct {
		N    int
		Hash string
	}
	if err := i.tx.Raw(`SELECT (SELECT MAX(n) FROM version WHERE question = ?) AS n, hash FROM version WHERE question = ? AND author = 0 ORDER BY version.n DESC LIMIT 1`, id, id).Scan(&newest).Error; err != nil {
		return err
	}
	if newest.N > 0 && newest.Hash == hash {
		return nil
	}
	n := newest.N + 1
	v.Ref = questions.Ref{Question: questions.QuestionID(id), Version: n}
	if err := addVersion(i.tx, v, 0, time.Now()); err != nil {
		return err
	}
	return i.tx.Exec(`UPDATE question SET latest = ? WHERE id = ?`, n, id).Error
}

// retire takes out of use what the data no longer holds.
func (i *installer) retire() error {
	slugs := map[string][]string{}
	for _, t := range i.data.Topics {
		slugs["topic"] = append(slugs["topic"], t.Slug)
	}
	for _, s := range i.data.Sections {
		slugs["section"] = append(slugs["section"], s.Slug)
		for _, p := range s.Passages {
			slugs["passage"] = append(slugs["passage"], p.Slug)
		}
	}
	for _, f := range i.data.Facts {
		slugs["fact"] = append(slugs["fact"], f.Slug)
	}
	for _, q := range i.data.Questions {
		slugs["question"] = append(slugs["question"], q.Slug)
	}
	for _, table := range []string{"topic", "section", "passage", "fact", "question"} {
		gone := "gone = 1"
		if table == "question" {
			gone = "state = 'retired'"
		}
		err := i.tx.Exec("UPDATE "+table+" SET "+gone+" WHERE bank = ? AND slug NOT IN ?", i.bank, append(slugs[table], "")).Error
		if err != nil {
			return err
		}
	}
	return nil
}

// finish remembers what has been installed and counts a revision if the bank
// reads differently now.
func (i *installer) finish() error {
	after, err := i.reads()
	if err != nil {
		return err
	}
	step := 0
	if after != i.before {
		step = 1
	}
	return i.tx.Exec(`UPDATE bank SET hash = ?, revision = revision + ? WHERE id = ?`, i.data.Hash, step, i.bank).Error
}

// reads is a hash of the bank as it is now, "" before there is one.
func (i *installer) reads() (string, error) {
	var ids []int64
	if err := i.tx.Raw(`SELECT id FROM bank WHERE slug = ?`, i.data.Bank.Slug).Scan(&ids).Error; err != nil || len(ids) == 0 {
		return "", err
	}
	c, err := contents(i.tx, questions.BankID(ids[0]))
	c.Revision = 0
	return digest(c), err
}

// digest is a hash of anything that JSON can hold.
func digest(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return sum(raw)
}
