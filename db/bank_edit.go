package db

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/questions"
)

// headRow is the head of a question.
type headRow struct {
	ID, Bank, Topic       int64
	Slug, Kind, State     string
	Latest                int
	Origin, OriginVersion int64
	Reverses, Changed     int64
	Tags                  string // with commas between them, as no tag has one
}

func (r headRow) head() bank.Head {
	return bank.Head{ID: questions.QuestionID(r.ID), Bank: questions.BankID(r.Bank), Slug: r.Slug, Topic: questions.TopicID(r.Topic),
		Kind: r.Kind, State: bank.State(r.State), Latest: r.Latest, Reverses: questions.QuestionID(r.Reverses), Changed: at(r.Changed), Tags: untagged(r.Tags),
		Origin: questions.Ref{Question: questions.QuestionID(r.Origin), Version: int(r.OriginVersion)}}
}

const headColumns = `q.id, q.bank, q.topic, q.slug, q.kind, q.state, q.latest, q.origin, q.origin_version, q.reverses, q.changed`

// Work implements bank.Writing.
func (s Bank) Work(ctx context.Context, who questions.LearnerID, place bank.Place) (w bank.Work, err error) {
	err = s.view(ctx, func(q *gorm.DB) error {
		w, err = loadWork(q, who, place)
		return err
	})
	return w, err
}

func loadWork(q *gorm.DB, who questions.LearnerID, place bank.Place) (bank.Work, error) {
	found, which, args := `f.slug = ?`, `b.id = ?`, []any{place.Slug, int64(place.Bank), int64(who)}
	if place.Question != 0 {
		found, which = `f.id = ?`, `b.id = (SELECT bank FROM question WHERE id = ?)`
		args[0], args[1] = int64(place.Question), int64(place.Question)
	}
	var rows []struct {
		Bank bankRow `gorm:"embedded"`
		Q    headRow `gorm:"embedded;embeddedPrefix:q_"`
	}
	// The question and, behind it, its other direction.
	err := q.Raw(`SELECT b.id, b.slug, b.title, b.lang, b.about, b.source, b.built_in, b.revision, b.owner, b.copied,
			COALESCE(q.id, 0) AS q_id, COALESCE(q.bank, 0) AS q_bank, COALESCE(q.topic, 0) AS q_topic, COALESCE(q.slug, '') AS q_slug,
			COALESCE(q.kind, '') AS q_kind, COALESCE(q.state, '') AS q_state, COALESCE(q.latest, 0) AS q_latest, COALESCE(q.origin, 0) AS q_origin,
			COALESCE(q.origin_version, 0) AS q_origin_version, COALESCE(q.reverses, 0) AS q_reverses, COALESCE(q.changed, 0) AS q_changed, `+tagsOf("q.id")+` AS q_tags
		FROM bank b LEFT JOIN question f ON f.bank = b.id AND f.gone = 0 AND `+found+`
			LEFT JOIN question q ON q.id = f.id OR (q.bank = b.id AND q.reverses = f.id)
		WHERE `+which+` AND `+mine+` ORDER BY q.reverses`, args...).Scan(&rows).Error
	if err != nil {
		return bank.Work{}, err
	}
	if len(rows) == 0 || place.Question != 0 && rows[0].Q.ID == 0 {
		return bank.Work{}, missing()
	}
	w := bank.Work{Bank: rows[0].Bank.bank(), Revision: rows[0].Bank.Revision}
	w.Question.Head = rows[0].Q.head()
	for _, r := range rows {
		if r.Q.ID != 0 && r.Q.Reverses == int64(w.Question.ID) {
			w.Back.Head = r.Q.head()
		}
	}
	if err := loadWordings(q, &w.Question, &w.Back); err != nil {
		return bank.Work{}, err
	}
	return w, loadChoices(q, &w)
}

// loadWordings loads the newest wordings of those questions that there are.
func loadWordings(q *gorm.DB, list ...*bank.Written) error {
	var refs []questions.Ref
	for _, w := range list {
		if w.ID != 0 {
			refs = append(refs, questions.Ref{Question: w.ID, Version: w.Latest})
		}
	}
	if len(refs) == 0 {
		return nil
	}
	found, err := versions(q, refs)
	for _, v := range found {
		for _, w := range list {
			if w.ID == v.Question {
				w.Version = v
			}
		}
	}
	return err
}

// loadChoices loads what can be picked for a question of the bank.
func loadChoices(q *gorm.DB, w *bank.Work) error {
	var rows []struct {
		What             string
		ID, Up, Owner    int64
		Slug, Text, Lang string
		Twin             string
		Passage          int64
	}
	id := int64(w.Bank.ID)
	err := q.Raw(`SELECT 'topic' AS what, id, parent AS up, bank AS owner, slug, title AS text, '' AS lang, '' AS twin, 0 AS passage, pos AS pos
			FROM topic WHERE bank = ? AND gone = 0
		UNION ALL SELECT 'fact', f.id, f.topic, f.bank, f.slug, f.text, f.lang, f.twin, f.passage, f.pos
			FROM fact f WHERE f.id IN (SELECT a.fact FROM question q JOIN answer a ON a.question = q.id AND a.version = q.latest WHERE q.bank = ?)
		UNION ALL SELECT 'passage', p.id, 0, p.bank, p.slug, p.text, s.title, '', 0, s.pos * 10000 + p.pos
			FROM passage p JOIN section s ON s.bank = p.bank AND s.slug = p.section WHERE p.bank = ? AND p.gone = 0 AND s.gone = 0
		UNION ALL SELECT 'name', e.id, e.revision, e.bank, e.slug, e.name, e.kind, e.spellings, 0, 0
			FROM entity e WHERE e.bank = ? AND e.revision = (SELECT MAX(l.revision) FROM lexicon l WHERE l.bank = e.bank)
		UNION ALL SELECT 'tag', 0, 0, q.bank, '', MIN(t.tag), '', '', 0, 0 FROM question q JOIN tagged t ON t.question = q.id WHERE q.bank = ? GROUP BY q.bank, t.folded
		ORDER BY 1, 10, 2`, id, id, id, id, id).Scan(&rows).Error
	for _, r := range rows {
		switch r.What {
		case "topic":
			w.Topics = append(w.Topics, bank.Topic{ID: questions.TopicID(r.ID), Slug: r.Slug, Title: r.Text, Parent: questions.TopicID(r.Up)})
		case "fact":
			w.Facts = append(w.Facts, bank.Fact{ID: questions.FactID(r.ID), Bank: questions.BankID(r.Owner), Slug: r.Slug, Topic: questions.TopicID(r.Up),
				Text: r.Text, Lang: r.Lang, Twin: r.Twin, Passage: questions.PassageID(r.Passage)})
		case "name":
			w.Lexicon.Bank, w.Lexicon.Revision = w.Bank.ID, int(r.Up)
			w.Lexicon.Entities = append(w.Lexicon.Entities, questions.Entity{ID: questions.EntityID(r.ID), Slug: r.Slug, Kind: r.Lang, Name: r.Text, Spellings: unlist[string](r.Twin)})
		case "tag":
			w.Tags = append(w.Tags, r.Text)
		case "passage":
			w.Passages = append(w.Passages, questions.Passage{ID: questions.PassageID(r.ID), Slug: r.Slug, Section: r.Lang, Text: r.Text})
		}
	}
	w.Tags = bank.SortTags(w.Tags)
	return err
}

// Save implements bank.Writing.
func (s Bank) Save(ctx context.Context, c bank.Change) (id questions.QuestionID, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		id, err = saveChange(tx, c)
		return err
	})
	if isUnique(err) {
		return 0, bank.ErrMoved // a newcomer, or a slug, that came into being meanwhile
	}
	return id, err
}

func saveChange(tx *gorm.DB, c bank.Change) (questions.QuestionID, error) {
	c.Puts = anew(c.Puts)
	if err := newcomer(tx, c.Newcomer); err != nil {
		return 0, err
	}
	if c.AtMost > 0 {
		if err := hold(tx, c.By); err != nil {
			return 0, err
		}
	}
	if err := openBank(tx, &c); err != nil {
		return 0, err
	}
	if err := stepBank(tx, c.By, c.Bank, c.Revision); err != nil {
		return 0, err
	}
	var topic questions.TopicID
	if c.NewTopic != nil {
		var err error
		if topic, err = addTopic(tx, c.Bank, *c.NewTopic, lastTopic); err != nil {
			return 0, err
		}
	}
	for i := range c.Puts {
		p := &c.Puts[i]
		if p.Topic == 0 {
			p.Topic = topic
		}
		if p.Kind == questions.Flash && i > 0 && p.Reverses == 0 {
			p.Reverses = c.Puts[0].ID
		}
		if err := putQuestion(tx, c, p); err != nil {
			return 0, err
		}
	}
	return c.Puts[0].ID, atMost(tx, c)
}

// anew copies what gets its ids while it is stored: a transaction may run again.
func anew(puts []bank.Put) []bank.Put {
	puts = slices.Clone(puts)
	for i, p := range puts {
		if p.Fact != nil {
			fact := *p.Fact
			puts[i].Fact = &fact
		}
		puts[i].Parts = slices.Clone(p.Parts)
		if p.Version != nil {
			v := *p.Version
			v.Answers = slices.Clone(v.Answers)
			puts[i].Version = &v
		}
	}
	return puts
}

// lastTopic is the place of a topic that was made while writing: behind all.
const lastTopic = 1 << 20

// openBank makes the bank that the change begins with, if any.
func openBank(tx *gorm.DB, c *bank.Change) error {
	if c.Opens == nil {
		return nil
	}
	id, fresh, err := addBank(tx, *c.Opens, c.At)
	if err == nil && !fresh {
		return bank.ErrMoved
	}
	c.Bank, c.Revision = id, 1
	return err
}

// atMost refuses more questions than the owner may have.
func atMost(tx *gorm.DB, c bank.Change) error {
	if c.AtMost == 0 {
		return nil
	}
	var n int
	err := one(tx.Raw(`SELECT COUNT(*) FROM question q JOIN bank b ON b.id = q.bank WHERE b.owner = ? AND q.reverses = 0`, int64(c.By)), &n)
	if err == nil && n > c.AtMost {
		return fault.New(fault.Denied, "fault.guest_one")
	}
	return err
}

// putQuestion stores one question as it becomes, and gives a new one its id.
func putQuestion(tx *gorm.DB, c bank.Change, p *bank.Put) error {
	facts, err := putFacts(tx, c.Bank, p)
	if err != nil {
		return err
	}
	if p.ID == 0 {
		id, err := number(tx, `INSERT INTO question (bank, topic, slug, kind, state, latest, pos, reverses)
			VALUES (?, ?, ?, ?, ?, 0, (SELECT COALESCE(MAX(pos), 0) + 1 FROM question WHERE bank = ?), ?) RETURNING id`,
			int64(c.Bank), int64(p.Topic), p.Slug, p.Kind, string(p.State), int64(c.Bank), int64(p.Reverses))
		if err != nil {
			return err
		}
		p.ID = questions.QuestionID(id)
	}
	err = changed(tx.Exec(`UPDATE question SET topic = ?, state = ?, latest = ?, origin = ?, origin_version = ?, changed = ? WHERE id = ? AND bank = ?`,
		int64(p.Topic), string(p.State), p.Latest, int64(p.Origin.Question), p.Origin.Version, ms(c.At), int64(p.ID), int64(c.Bank)))
	if err != nil {
		return err
	}
	if err := putTags(tx, p); err != nil {
		return err
	}
	if p.Version == nil {
		return reindex(tx, c.Bank, p)
	}
	v := *p.Version
	v.Ref = questions.Ref{Question: p.ID, Version: p.Latest}
	for i, a := range v.Answers {
		if a.Fact == 0 && a.Part != 0 {
			v.Answers[i].Fact = cmp.Or(facts[a.Part], facts[0])
		}
	}
	if err := addVersion(tx, v, c.By, c.At); err != nil {
		return err
	}
	return indexText(tx, c.Bank, v)
}

// putFacts stores the facts that a question asks for, where they are new or
// changed, and tells the fact of each part; that of part 0 is for all without one.
func putFacts(tx *gorm.DB, id questions.BankID, p *bank.Put) (map[int]questions.FactID, error) {
	facts := map[int]questions.FactID{}
	if p.Fact != nil {
		fact, err := putFact(tx, id, p.Topic, *p.Fact)
		if err != nil {
			return nil, err
		}
		facts[0] = fact
	}
	for _, part := range p.Parts {
		fact, err := putFact(tx, id, p.Topic, part.Fact)
		if err != nil {
			return nil, err
		}
		facts[part.Part] = fact
	}
	return facts, nil
}

// putFact stores one fact; without a topic it is in that of its question.
func putFact(tx *gorm.DB, id questions.BankID, topic questions.TopicID, f bank.Fact) (questions.FactID, error) {
	if f.Topic == 0 {
		f.Topic = topic
	}
	if f.ID != 0 {
		return f.ID, changed(tx.Exec(`UPDATE fact SET topic = ?, text = ?, lang = ?, twin = ?, passage = ? WHERE id = ? AND bank = ?`,
			int64(f.Topic), f.Text, f.Lang, f.Twin, int64(f.Passage), int64(f.ID), int64(id)))
	}
	added, err := number(tx, `INSERT INTO fact (bank, topic, slug, text, lang, twin, passage, pos, gone)
		VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT COALESCE(MAX(pos), 0) + 1 FROM fact WHERE bank = ?), 0) RETURNING id`,
		int64(id), int64(f.Topic), f.Slug, f.Text, f.Lang, f.Twin, int64(f.Passage), int64(id))
	return questions.FactID(added), err
}

// addVersion appends a wording with its answers.
func addVersion(tx *gorm.DB, v questions.Version, by questions.LearnerID, made time.Time) error {
	plain := v
	plain.Ref = questions.Ref{}
	err := tx.Exec(`INSERT INTO version (question, n, kind, lang, prompt, explain, passage, level, fixed, back, quote, hash, made, author) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		int64(v.Question), v.Version, v.Kind, v.Lang, v.Prompt, v.Explain, int64(v.Passage), v.Level, bit(v.Fixed), v.Back, v.Quote, digest(plain), ms(made), int64(by)).Error
	if err != nil {
		return err
	}
	for pos, a := range v.Answers {
		err := tx.Exec(`INSERT INTO answer (question, version, pos, part, fact, text, match, credit, slack, feedback, entity) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			int64(v.Question), v.Version, pos, a.Part, int64(a.Fact), a.Text, a.Match, a.Credit, a.Slack, a.Feedback, int64(a.Entity)).Error
		if err != nil {
			return err
		}
	}
	return nil
}

// indexText renews what a search looks in.
func indexText(tx *gorm.DB, id questions.BankID, v questions.Version) error {
	var tags string
	if err := tx.Raw(`SELECT `+tagsOf("q.id")+` FROM question q WHERE q.id = ?`, int64(v.Question)).Scan(&tags).Error; err != nil {
		return err
	}
	folded := bank.Searchable(v, untagged(tags))
	if err := tx.Exec(`UPDATE question SET folded = ? WHERE id = ?`, folded, int64(v.Question)).Error; err != nil {
		return err
	}
	if err := tx.Exec(`DELETE FROM gram WHERE question = ?`, int64(v.Question)).Error; err != nil {
		return err
	}
	var grams []gram
	for _, run := range bank.Grams(folded) {
		grams = append(grams, gram{run, v.Question})
	}
	return addGrams(tx, id, grams)
}

// gram is a run of letters that a question has.
type gram struct {
	run      string
	question questions.QuestionID
}

// addGrams inserts in rows of few sizes, so that few statements are prepared.
func addGrams(tx *gorm.DB, id questions.BankID, grams []gram) error {
	d := straight(tx)
	for _, size := range []int{64, 8, 1} {
		for len(grams) >= size {
			args := make([]any, 0, 3*size)
			for _, g := range grams[:size] {
				args = append(args, g.run, int64(id), int64(g.question))
			}
			_, err := d.exec(`INSERT INTO gram (gram, bank, question) VALUES (?, ?, ?)`+strings.Repeat(`, (?, ?, ?)`, size-1), args...)
			if err != nil {
				return err
			}
			grams = grams[size:]
		}
	}
	return nil
}
