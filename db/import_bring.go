package db

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strings"

	"gorm.io/gorm"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/questions"
)

// brought is what an import has made: all that is needed to take it back.
type brought struct {
	Bank      bool // it was made
	Topics    []int64
	Sections  []string
	Passages  []int64
	Lexicon   int // the revision, 0: none
	Facts     []int64
	Questions []int64
	Reworded  []reworded
	Media     []string
	Events    []eventOf // of the one who brought it in
}

// reworded is a question as it was before it was worded anew.
type reworded struct {
	Question int64
	Latest   int
	Changed  int64
	Facts    []bank.Fact
}

// Bring implements bank.ImportStore. All that can be computed before is computed before
// the transaction, for which answers wait.
func (s Bank) Bring(ctx context.Context, i bank.Import, b bank.Bringing, tell func(done, all int)) (id questions.BankID, err error) {
	if tell == nil {
		tell = func(int, int) {}
	}
	texts := readTexts(b)
	err = s.write(ctx, func(tx *gorm.DB) error {
		g := &bringer{tx: tx, d: straight(tx), in: i, b: b, texts: texts, tell: tell}
		id, err = g.run()
		return err
	})
	if isUnique(err) {
		return 0, bank.ErrMoved // a slug that came into being meanwhile
	}
	return id, err
}

// text is what a search looks in of a question: folded, with its grams.
type text struct {
	folded string
	grams  []string
}

func readTexts(b bank.Bringing) []text {
	texts := make([]text, len(b.Questions))
	for i, q := range b.Questions {
		folded := bank.Searchable(q.Version, q.Tags)
		texts[i] = text{folded, bank.Grams(folded)}
	}
	return texts
}

// bringer stores what an import brings. The maps find by slug what is there and what is
// made.
type bringer struct {
	tx    *gorm.DB
	d     direct
	in    bank.Import
	b     bank.Bringing
	texts []text
	tell  func(done, all int)

	id                                          int64
	topics, passages, facts, entities, question map[string]int64
	ids                                         []int64 // of the questions, in their order
	made                                        brought
}

func (g *bringer) run() (questions.BankID, error) {
	steps := []func() error{g.take, g.open, g.putTopics, g.putSections, g.putNames, g.putFacts, g.putQuestions, g.putVersions, g.putAnswers, g.putTags,
		g.index, g.putMedia, g.hold, g.learn, g.note}
	for n, step := range steps {
		if err := step(); err != nil {
			return 0, err
		}
		g.tell(n+1, len(steps))
	}
	return questions.BankID(g.id), nil
}

// take makes sure that the import is added once.
func (g *bringer) take() error {
	if g.in.N == 0 {
		return nil
	}
	if err := hold(g.tx, g.in.Owner); err != nil {
		return err
	}
	n, err := g.d.exec(`UPDATE import SET state = ?, since = ?, numbers = ? WHERE learner = ? AND n = ? AND state = 'staged'`,
		string(bank.ImportAdded), ms(g.in.Since), object(g.in.Numbers), int64(g.in.Owner), g.in.N)
	if err == nil && n == 0 {
		err = bank.ErrMoved
	}
	return err
}

// open makes the bank, or counts a change of it.
func (g *bringer) open() error {
	if g.b.Opens == nil {
		g.id = int64(g.b.Bank)
		if g.in.Owner != 0 {
			return stepBank(g.tx, g.in.Owner, g.b.Bank, g.b.Revision)
		}
		n, err := g.d.exec(`UPDATE bank SET revision = revision + 1 WHERE id = ? AND revision = ? AND owner = 0 AND built_in = 0`, g.id, g.b.Revision)
		if err == nil && n == 0 {
			err = bank.ErrMoved
		}
		return err
	}
	b := *g.b.Opens
	n, err := g.d.number(`SELECT COUNT(*) FROM bank WHERE slug = ?`, b.Slug)
	if err != nil {
		return err
	}
	if n > 0 {
		b.Slug = g.b.Spare
	}
	id, fresh, err := addBank(g.tx, b, g.in.Since)
	if err == nil && !fresh {
		err = fault.New(fault.Conflict, "fault.moved")
	}
	g.id, g.made.Bank = int64(id), true
	return err
}

// bySlug finds rows of the bank by slug.
func (g *bringer) bySlug(query string) (map[string]int64, error) {
	found := map[string]int64{}
	err := g.d.each(query, []any{g.id}, func(rows *sql.Rows) error {
		var slug string
		var id int64
		err := rows.Scan(&slug, &id)
		found[slug] = id
		return err
	})
	return found, err
}

// reserve gives numbers for new rows: the next ones, so that they are known before the
// rows are.
func reserve(d direct, table string, n int) ([]int64, error) {
	ids := make([]int64, 0, n)
	if n == 0 {
		return ids, nil
	}
	if d.dollars {
		err := d.each(`SELECT nextval(pg_get_serial_sequence('`+table+`', 'id')) FROM generate_series(1, CAST(? AS BIGINT))`, []any{int64(n)}, func(rows *sql.Rows) error {
			var id int64
			err := rows.Scan(&id)
			ids = append(ids, id)
			return err
		})
		return ids, err
	}
	last, err := d.number(`SELECT COALESCE(MAX(id), 0) FROM ` + table)
	for k := range n {
		ids = append(ids, last+int64(k)+1)
	}
	return ids, err
}

// rowsAtOnce are how many rows one statement inserts, in few sizes, so that few are
// prepared.
var rowsAtOnce = []int{128, 16, 1}

// bulk inserts many rows. Into names the table and its columns.
func bulk[T any](d direct, into string, list []T, row func(T) []any) error {
	if len(list) == 0 {
		return nil
	}
	one := ", " + places(len(row(list[0])))
	for _, size := range rowsAtOnce {
		for len(list) >= size {
			var args []any
			for _, item := range list[:size] {
				args = append(args, row(item)...)
			}
			if _, err := d.exec(`INSERT INTO `+into+` VALUES `+strings.Repeat(one, size)[2:], args...); err != nil {
				return err
			}
			list = list[size:]
		}
	}
	return nil
}

func (g *bringer) putTopics() (err error) {
	if g.topics, err = g.bySlug(`SELECT slug, id FROM topic WHERE bank = ?`); err != nil {
		return err
	}
	ids, err := reserve(g.d, "topic", len(g.b.Topics))
	if err != nil {
		return err
	}
	pos, err := g.d.number(`SELECT COALESCE(MAX(pos), 0) + 1 FROM topic WHERE bank = ?`, g.id)
	if err != nil {
		return err
	}
	g.made.Topics = ids
	for k, t := range g.b.Topics {
		slug := t.Slug
		for g.topics[slug] != 0 { // of a topic that is gone
			slug += "-2"
		}
		g.topics[slug], g.topics[t.Slug] = ids[k], ids[k]
		_, err := g.d.exec(`INSERT INTO topic (id, bank, slug, title, about, pos, gone, parent) VALUES (?, ?, ?, ?, ?, ?, 0, ?)`,
			ids[k], g.id, slug, t.Title, t.About, pos+int64(k), g.topics[t.Under])
		if err != nil {
			return err
		}
	}
	return nil
}

func (g *bringer) putSections() (err error) {
	if g.passages, err = g.bySlug(`SELECT slug, id FROM passage WHERE bank = ?`); err != nil {
		return err
	}
	sections, err := g.bySlug(`SELECT slug, pos FROM section WHERE bank = ?`)
	if err != nil {
		return err
	}
	for _, s := range g.b.Sections {
		if _, ok := sections[s.Slug]; !ok {
			_, err := g.d.exec(`INSERT INTO section (bank, slug, title, pos, gone) VALUES (?, ?, ?, (SELECT COALESCE(MAX(pos), -1) + 1 FROM section WHERE bank = ?), 0)`,
				g.id, s.Slug, s.Title, g.id)
			if err != nil {
				return err
			}
			g.made.Sections = append(g.made.Sections, s.Slug)
		}
		if err := g.putPassages(s); err != nil {
			return err
		}
	}
	return nil
}

func (g *bringer) putPassages(s bank.Section) error {
	ids, err := reserve(g.d, "passage", len(s.Passages))
	if err != nil {
		return err
	}
	pos, err := g.d.number(`SELECT COALESCE(MAX(pos), -1) + 1 FROM passage WHERE bank = ? AND section = ?`, g.id, s.Slug)
	if err != nil {
		return err
	}
	for k, p := range s.Passages {
		_, err := g.d.exec(`INSERT INTO passage (id, bank, slug, section, pos, text, gone) VALUES (?, ?, ?, ?, ?, ?, 0)`, ids[k], g.id, p.Slug, s.Slug, pos+int64(k), p.Text)
		if err != nil {
			return err
		}
		g.passages[p.Slug] = ids[k]
	}
	g.made.Passages = append(g.made.Passages, ids...)
	return nil
}

// putNames makes a revision of the names with the new ones behind the others.
func (g *bringer) putNames() error {
	l, err := newestLexicon(g.tx, questions.BankID(g.id))
	if err != nil {
		return err
	}
	if len(g.b.Names) > 0 {
		l.Entities = append(l.Entities, g.b.Names...)
		if err := addLexicon(g.tx, questions.BankID(g.id), l); err != nil {
			return err
		}
		g.made.Lexicon = l.Revision + 1
		if l, err = newestLexicon(g.tx, questions.BankID(g.id)); err != nil {
			return err
		}
	}
	g.entities = map[string]int64{}
	for _, e := range l.Entities {
		g.entities[e.Slug] = int64(e.ID)
	}
	return nil
}

func (g *bringer) putFacts() (err error) {
	if g.facts, err = g.bySlug(`SELECT slug, id FROM fact WHERE bank = ?`); err != nil {
		return err
	}
	if g.made.Facts, err = reserve(g.d, "fact", len(g.b.Facts)); err != nil {
		return err
	}
	pos, err := g.d.number(`SELECT COALESCE(MAX(pos), 0) + 1 FROM fact WHERE bank = ?`, g.id)
	if err != nil {
		return err
	}
	list := make([]placedFact, len(g.b.Facts))
	for k, f := range g.b.Facts {
		f.ID = questions.FactID(g.made.Facts[k])
		f.Topic = questions.TopicID(cmp.Or(g.topics[f.TopicSlug], int64(f.Topic), g.anyTopic()))
		f.Passage = questions.PassageID(cmp.Or(g.passages[f.PassageSlug], int64(f.Passage)))
		g.facts[f.Slug], list[k] = int64(f.ID), placedFact{f.Fact, pos + int64(k)}
	}
	return bulk(g.d, `fact (id, bank, topic, slug, text, lang, twin, happened, passage, pos, gone)`, list, func(f placedFact) []any {
		return []any{int64(f.ID), g.id, int64(f.Topic), f.Slug, f.Text, f.Lang, f.Twin, f.When, int64(f.Passage), f.pos, 0}
	})
}

// placedFact is a fact with its place.
type placedFact struct {
	bank.Fact
	pos int64
}

// anyTopic is one of the bank's: a fact must lie somewhere.
func (g *bringer) anyTopic() int64 {
	for _, t := range g.b.Topics {
		return g.topics[t.Slug]
	}
	var least int64
	for _, id := range g.topics {
		if least == 0 || id < least {
			least = id
		}
	}
	return least
}

// placed is a question with its number and its place.
type placed struct {
	bank.Brought
	id, pos int64
	at      int // among the questions of the import
}

// putQuestions adds the new ones; those that are worded anew get their number of wordings
// and what follows.
func (g *bringer) putQuestions() (err error) {
	if g.question, err = g.bySlug(`SELECT slug, id FROM question WHERE bank = ?`); err != nil {
		return err
	}
	fresh := 0
	for _, q := range g.b.Questions {
		if q.ID == 0 {
			fresh++
		}
	}
	if g.made.Questions, err = reserve(g.d, "question", fresh); err != nil {
		return err
	}
	pos, err := g.d.number(`SELECT COALESCE(MAX(pos), 0) FROM question WHERE bank = ?`, g.id)
	if err != nil {
		return err
	}
	var list []placed
	for k, q := range g.b.Questions {
		id := int64(q.ID)
		if id == 0 {
			id = g.made.Questions[len(list)]
			list = append(list, placed{q, id, pos + int64(len(list)) + 1, k})
			g.question[q.Slug] = id
		} else if err := g.reword(q); err != nil {
			return err
		}
		g.ids = append(g.ids, id)
	}
	return bulk(g.d, `question (id, bank, topic, slug, kind, state, latest, pos, reverses, changed, folded)`, list, func(q placed) []any {
		return []any{q.id, g.id, cmp.Or(g.topics[q.TopicSlug], int64(q.Topic)), q.Slug, q.Version.Kind, string(q.State), q.Latest, q.pos,
			g.question[q.Mirrors], ms(g.in.Since), g.texts[q.at].folded}
	})
}

// reword notes how a question was, and makes it ready for another wording.
func (g *bringer) reword(q bank.Brought) error {
	was := reworded{Question: int64(q.ID), Latest: q.Latest - 1, Changed: ms(q.Changed)}
	for _, f := range q.Follow {
		var before bank.Fact
		err := one(g.tx.Raw(`SELECT id, text, lang, topic, passage FROM fact WHERE id = ? AND bank = ?`, int64(f.ID), g.id), &before)
		if fault.Is(err, fault.Missing) {
			continue
		}
		if err != nil {
			return err
		}
		was.Facts = append(was.Facts, before)
		if err := g.setFact(f); err != nil {
			return err
		}
	}
	g.made.Reworded = append(g.made.Reworded, was)
	n, err := g.d.exec(`UPDATE question SET latest = ?, kind = ?, changed = ? WHERE id = ? AND bank = ? AND latest = ?`,
		q.Latest, q.Version.Kind, ms(g.in.Since), int64(q.ID), g.id, q.Latest-1)
	if err == nil && n == 0 {
		err = bank.ErrMoved
	}
	return err
}

func (g *bringer) setFact(f bank.Fact) error {
	_, err := g.d.exec(`UPDATE fact SET text = ?, lang = ?, topic = ?, passage = ? WHERE id = ? AND bank = ?`,
		f.Text, f.Lang, int64(f.Topic), int64(f.Passage), int64(f.ID), g.id)
	return err
}

// version is a wording with the numbers of what it refers to.
func (g *bringer) version(k int) questions.Version {
	q := g.b.Questions[k]
	v := q.Version
	v.Ref = questions.Ref{Question: questions.QuestionID(g.ids[k]), Version: q.Latest}
	v.Passage = questions.PassageID(cmp.Or(g.passages[q.PassageSlug], int64(v.Passage)))
	v.Answers = slices.Clone(v.Answers)
	for n, r := range q.Refs {
		a := &v.Answers[n]
		a.Fact = questions.FactID(cmp.Or(int64(a.Fact), g.facts[r.Fact]))
		a.Entity = questions.EntityID(cmp.Or(g.entities[r.Entity], int64(a.Entity)))
	}
	return v
}

func (g *bringer) putVersions() error {
	list := make([]int, len(g.b.Questions))
	for k := range list {
		list[k] = k
	}
	return bulk(g.d, `version (question, n, kind, lang, prompt, explain, passage, level, fixed, back, quote, hash, made, author)`, list, func(k int) []any {
		v := g.version(k)
		plain := v
		plain.Ref = questions.Ref{}
		return []any{int64(v.Question), v.Version, v.Kind, v.Lang, v.Prompt, v.Explain, int64(v.Passage), v.Level, bit(v.Fixed), v.Back, v.Quote, digest(plain), ms(g.in.Since), int64(g.in.Owner)}
	})
}

// stored is an answer with its place.
type stored struct {
	questions.Ref
	pos int
	questions.Answer
}

func (g *bringer) putAnswers() error {
	var list []stored
	for k := range g.b.Questions {
		v := g.version(k)
		for pos, a := range v.Answers {
			list = append(list, stored{v.Ref, pos, a})
		}
	}
	return bulk(g.d, `answer (question, version, pos, part, fact, text, match, credit, slack, feedback, entity)`, list, func(a stored) []any {
		return []any{int64(a.Question), a.Version, a.pos, a.Part, int64(a.Fact), a.Text, a.Match, a.Credit, a.Slack, a.Feedback, int64(a.Entity)}
	})
}

// tag is one of a new question.
type tag struct {
	question int64
	text     string
	pos      int
}

func (g *bringer) putTags() error {
	var list []tag
	for k, q := range g.b.Questions {
		if q.ID == 0 {
			for pos, text := range q.Tags {
				list = append(list, tag{g.ids[k], text, pos})
			}
		}
	}
	return bulk(g.d, `tagged (question, folded, tag, pos)`, list, func(t tag) []any { return []any{t.question, questions.Fold(t.text), t.text, t.pos} })
}

// index makes what a search looks in, in the order of its table, which is quicker.
func (g *bringer) index() error {
	var grams []gram
	for k, q := range g.b.Questions {
		id := questions.QuestionID(g.ids[k])
		if q.ID != 0 {
			if _, err := g.d.exec(`DELETE FROM gram WHERE question = ?`, int64(id)); err != nil {
				return err
			}
			if _, err := g.d.exec(`UPDATE question SET folded = ? WHERE id = ?`, g.texts[k].folded, int64(id)); err != nil {
				return err
			}
		}
		for _, run := range g.texts[k].grams {
			grams = append(grams, gram{run, id})
		}
	}
	slices.SortFunc(grams, func(a, b gram) int { return cmp.Or(cmp.Compare(a.run, b.run), cmp.Compare(a.question, b.question)) })
	return addGrams(g.tx, questions.BankID(g.id), grams)
}

func (g *bringer) putMedia() error {
	for _, f := range g.b.Media {
		n, err := g.d.number(`SELECT COUNT(*) FROM media WHERE name = ?`, f.Name)
		if err != nil {
			return err
		}
		if n == 0 {
			g.made.Media = append(g.made.Media, f.Name)
		}
	}
	if len(g.b.Media) == 0 {
		return nil
	}
	return putMedia(g.tx, g.in.Owner, g.b.Media, bank.MediaEach, g.in.Since)
}

// hold refuses more questions than the owner may have.
func (g *bringer) hold() error {
	return atMost(g.tx, bank.Change{By: g.in.Owner, AtMost: g.b.AtMost})
}

// note keeps what was made, so that it can be taken back.
func (g *bringer) note() error {
	if g.in.N == 0 {
		return nil
	}
	raw, err := pack(g.made)
	if err != nil {
		return err
	}
	_, err = g.d.exec(`UPDATE import SET bank = ?, made = ? WHERE learner = ? AND n = ?`, g.id, raw, int64(g.in.Owner), g.in.N)
	return err
}
