package db

import (
	"context"
	"encoding/json"
	"time"

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
}

func (r bankRow) bank() bank.Bank {
	return bank.Bank{ID: questions.BankID(r.ID), Slug: r.Slug, Title: r.Title, Lang: r.Lang, About: r.About,
		Source: r.Source, BuiltIn: r.BuiltIn != 0}
}

const bankColumns = `id, slug, title, lang, about, source, built_in, revision`

// Banks implements bank.Store.
func (s Bank) Banks(ctx context.Context) ([]bank.Bank, error) {
	var rows []bankRow
	err := s.reader(ctx).Raw(`SELECT ` + bankColumns + ` FROM bank ORDER BY id`).Scan(&rows).Error
	banks := make([]bank.Bank, len(rows))
	for i, r := range rows {
		banks[i] = r.bank()
	}
	return banks, err
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
	return q.Raw(`SELECT id, slug, title, about FROM topic WHERE bank = ? AND gone = 0 ORDER BY pos, id`, int64(c.Bank.ID)).Scan(&c.Topics).Error
}

func loadFacts(q *gorm.DB, c *bank.Contents) error {
	return q.Raw(`SELECT id, slug, topic, text, lang, twin, passage FROM fact WHERE bank = ? AND gone = 0 ORDER BY pos, id`,
		int64(c.Bank.ID)).Scan(&c.Facts).Error
}

func loadQuestions(q *gorm.DB, c *bank.Contents) error {
	var rows []struct {
		ID, Topic  int64
		Slug, Kind string
		Latest     int
		Fact       int64
	}
	err := q.Raw(`SELECT q.id, q.topic, q.slug, q.kind, q.latest, a.fact FROM question q
		JOIN (SELECT question, version, fact, MIN(pos) AS pos FROM answer WHERE fact <> 0 GROUP BY question, version, fact) a
			ON a.question = q.id AND a.version = q.latest
		WHERE q.bank = ? AND q.state = 'live' ORDER BY q.pos, q.id, a.pos`, int64(c.Bank.ID)).Scan(&rows).Error
	for _, r := range rows {
		if n := len(c.Questions); n == 0 || int64(c.Questions[n-1].ID) != r.ID {
			c.Questions = append(c.Questions, bank.Question{ID: questions.QuestionID(r.ID), Slug: r.Slug,
				Topic: questions.TopicID(r.Topic), Kind: r.Kind, Latest: r.Latest})
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

func loadLexicon(q *gorm.DB, c *bank.Contents) error {
	var revision int
	err := q.Raw(`SELECT COALESCE(MAX(revision), 0) FROM lexicon WHERE bank = ?`, int64(c.Bank.ID)).Scan(&revision).Error
	if err != nil {
		return err
	}
	c.Lexicon, err = lexicon(q, c.Bank.ID, revision)
	return err
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
	if err := q.Raw(`SELECT question, n, kind, lang, prompt, explain, passage, level, fixed FROM version WHERE question IN ?`, ids).Scan(&heads).Error; err != nil {
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
		answers[ref] = append(answers[ref], questions.Answer{Part: r.Part, Fact: questions.FactID(r.Fact), Text: r.Text, Match: r.Match,
			Credit: r.Credit, Slack: r.Slack, Feedback: r.Feedback, Entity: questions.EntityID(r.Entity)})
	}
	var found []questions.Version
	for _, h := range heads {
		ref := questions.Ref{Question: questions.QuestionID(h.Question), Version: h.N}
		if wanted[ref] {
			found = append(found, questions.Version{Ref: ref, Kind: h.Kind, Lang: h.Lang, Prompt: h.Prompt, Explain: h.Explain,
				Passage: questions.PassageID(h.Passage), Level: h.Level, Fixed: h.Fixed != 0, Answers: answers[ref]})
		}
	}
	return found, nil
}

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
	var id int64
	err := i.tx.Raw(sql+" RETURNING id", args...).Row().Scan(&id)
	return id, err
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
		i.facts[f.Slug], err = i.id(`INSERT INTO fact (bank, topic, slug, text, lang, twin, passage, pos, gone) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)
			ON CONFLICT (bank, slug) DO UPDATE SET topic = excluded.topic, text = excluded.text, lang = excluded.lang,
				twin = excluded.twin, passage = excluded.passage, pos = excluded.pos, gone = 0`,
			i.bank, i.topics[f.TopicSlug], f.Slug, f.Text, f.Lang, f.Twin, i.passages[f.PassageSlug], pos)
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
			ON CONFLICT (bank, slug) DO UPDATE SET topic = excluded.topic, kind = excluded.kind, state = 'live', pos = excluded.pos`,
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

// putVersion adds a version when the wording differs from the newest one.
func (i *installer) putVersion(id int64, v questions.Version) error {
	v.Ref = questions.Ref{}
	hash := digest(v)
	var newest struct {
		N    int
		Hash string
	}
	if err := i.tx.Raw(`SELECT n, hash FROM version WHERE question = ? ORDER BY n DESC LIMIT 1`, id).Scan(&newest).Error; err != nil {
		return err
	}
	if newest.N > 0 && newest.Hash == hash {
		return nil
	}
	n := newest.N + 1
	err := i.tx.Exec(`INSERT INTO version (question, n, kind, lang, prompt, explain, passage, level, fixed, hash, made) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		id, n, v.Kind, v.Lang, v.Prompt, v.Explain, int64(v.Passage), v.Level, bit(v.Fixed), hash, ms(time.Now())).Error
	if err != nil {
		return err
	}
	for pos, a := range v.Answers {
		err := i.tx.Exec(`INSERT INTO answer (question, version, pos, part, fact, text, match, credit, slack, feedback, entity) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			id, n, pos, a.Part, int64(a.Fact), a.Text, a.Match, a.Credit, a.Slack, a.Feedback, int64(a.Entity)).Error
		if err != nil {
			return err
		}
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
