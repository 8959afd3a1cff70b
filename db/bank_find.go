package db

import (
	"context"
	"strings"

	"gorm.io/gorm"

	"thaw/app/bank"
	"thaw/questions"
)

// orders are the allowed orders of a list of questions.
var orders = map[bank.Sort]string{
	bank.Newest:  `q.changed DESC, q.id DESC`,
	bank.Oldest:  `q.changed, q.id`,
	bank.ByText:  `q.folded, q.id`,
	bank.ByTopic: `t.pos, t.id, q.pos, q.id`,
	bank.ByKind:  `q.kind, q.folded, q.id`,
}

// condition is a part of a query with its arguments.
type condition struct {
	sql  []string
	args []any
}

func (c *condition) and(sql string, args ...any) {
	c.sql, c.args = append(c.sql, sql), append(c.args, args...)
}

func (c *condition) String() string { return strings.Join(c.sql, " AND ") }

// Find implements bank.Writing.
func (s Bank) Find(ctx context.Context, who questions.LearnerID, search bank.Search) (f bank.Found, err error) {
	err = s.view(ctx, func(q *gorm.DB) error {
		f, err = findQuestions(q, who, search)
		return err
	})
	return f, err
}

// foundRow is a row of a list as it is loaded.
type foundRow struct {
	Head                  headRow `gorm:"embedded"`
	BankTitle, TopicTitle string
	Lang, Prompt, Explain string
	Total                 int
}

// listing is the query of a page of a list. The page is cut before any wording and
// any tag is read.
func listing(who questions.LearnerID, search bank.Search) (string, []any) {
	where := matching(who, search)
	order, ok := orders[search.Sort]
	if !ok {
		order = orders[bank.Newest]
	}
	from := max(search.Page-1, 0) * bank.PageSize
	return `SELECT p.*, v.lang, v.prompt, v.explain, ` + tagsOf("p.id") + ` AS tags FROM (
			SELECT ` + headColumns + `, b.title AS bank_title, t.title AS topic_title, COUNT(*) OVER () AS total, ROW_NUMBER() OVER (ORDER BY ` + order + `) AS place
			FROM question q JOIN bank b ON b.id = q.bank JOIN topic t ON t.id = q.topic
			WHERE ` + where.String() + ` ORDER BY place LIMIT ? OFFSET ?
		) p JOIN version v ON v.question = p.id AND v.n = p.latest ORDER BY p.place`, append(where.args, bank.PageSize, from)
}

func findQuestions(q *gorm.DB, who questions.LearnerID, search bank.Search) (bank.Found, error) {
	sql, args := listing(who, search)
	var rows []foundRow
	if err := q.Raw(sql, args...).Scan(&rows).Error; err != nil {
		return bank.Found{}, err
	}
	f := bank.Found{Rows: make([]bank.Row, len(rows))}
	ids := make([]int64, len(rows))
	for i, r := range rows {
		f.Total, ids[i] = r.Total, r.Head.ID
		f.Rows[i] = bank.Row{Head: r.Head.head(), BankTitle: r.BankTitle, TopicTitle: r.TopicTitle, Lang: r.Lang, Prompt: r.Prompt, Explain: r.Explain}
	}
	err := loadFound(q, ids, within(who, search), &f)
	return f, err
}

// within is the condition of a search that looks for nothing: its banks.
func within(who questions.LearnerID, search bank.Search) *condition {
	where := &condition{}
	if search.Bank == 0 {
		where.and(`q.bank IN (SELECT b.id FROM bank b WHERE `+mine+`)`, int64(who))
	} else {
		where.and(`q.bank = (SELECT b.id FROM bank b WHERE b.id = ? AND (b.built_in = 1 AND b.gone = 0 OR `+mine+`))`, int64(search.Bank), int64(who))
	}
	return where
}

// matching is the condition of a search.
func matching(who questions.LearnerID, search bank.Search) *condition {
	where := within(who, search)
	if len(search.Topics) > 0 {
		where.and(`q.topic IN ?`, search.Topics)
	}
	if search.Kind != "" {
		where.and(`q.kind = ?`, search.Kind)
	}
	if search.Bin {
		where.and(`q.gone > 1`)
	} else {
		where.and(`q.gone = 0`)
	}
	if search.Tag != "" {
		where.and(`q.id IN (SELECT question FROM tagged WHERE folded = ?)`, questions.Fold(search.Tag))
	}
	if len(search.States) > 0 {
		where.and(`q.state IN ?`, search.States)
	}
	if len(search.Terms.Grams) > 0 {
		holders := &condition{}
		holders.and(`gram IN ?`, search.Terms.Grams)
		if search.Bank == 0 {
			holders.and(`bank IN (SELECT b.id FROM bank b WHERE `+mine+`)`, int64(who))
		} else {
			holders.and(`bank = ?`, int64(search.Bank))
		}
		where.and(`q.id IN (SELECT question FROM gram WHERE `+holders.String()+` GROUP BY question HAVING COUNT(*) = ?)`,
			append(holders.args, len(search.Terms.Grams))...)
	}
	for _, word := range search.Terms.Words {
		where.and(`q.folded LIKE ? ESCAPE '!'`, "%"+escaped.Replace(word)+"%")
	}
	return where
}

// escaped takes their meaning from the signs of LIKE.
var escaped = strings.NewReplacer("!", "!!", "%", "!%", "_", "!_")

// loadFound loads the newest answers of the rows and, as texts of no question, the tags of
// all that was searched in.
func loadFound(q *gorm.DB, ids []int64, all *condition, into *bank.Found) error {
	var rows []answerRow
	err := q.Raw(`SELECT a.question, a.version, a.part, a.fact, a.text, a.match, a.credit, a.slack, a.feedback, a.entity, a.pos FROM question q
			JOIN answer a ON a.question = q.id AND a.version = q.latest WHERE q.id IN ?
		UNION ALL SELECT 0, 0, 0, 0, MIN(g.tag), '', 0.0, 0.0, '', 0, 0 FROM question q JOIN tagged g ON g.question = q.id WHERE `+all.String()+` GROUP BY g.folded
		ORDER BY 1, 11`, append([]any{ids}, all.args...)...).Scan(&rows).Error
	at := make(map[questions.QuestionID]int, len(into.Rows))
	for i, r := range into.Rows {
		at[r.ID] = i
	}
	for _, r := range rows {
		if r.Question == 0 {
			into.Tags = append(into.Tags, r.Text)
			continue
		}
		row := &into.Rows[at[questions.QuestionID(r.Question)]]
		row.Answers = append(row.Answers, r.answer())
	}
	into.Tags = bank.SortTags(into.Tags)
	return err
}

// History implements bank.Writing.
func (s Bank) History(ctx context.Context, who questions.LearnerID, id questions.QuestionID) (h bank.History, err error) {
	err = s.view(ctx, func(q *gorm.DB) error {
		h, err = loadHistory(q, who, id)
		return err
	})
	return h, err
}

func loadHistory(q *gorm.DB, who questions.LearnerID, id questions.QuestionID) (bank.History, error) {
	var heads []struct {
		Bank   bankRow `gorm:"embedded"`
		Q      headRow `gorm:"embedded;embeddedPrefix:q_"`
		N      int
		Made   int64
		Author string
	}
	err := q.Raw(`SELECT b.id, b.slug, b.title, b.lang, b.owner, q.id AS q_id, q.bank AS q_bank, q.topic AS q_topic, q.kind AS q_kind, q.state AS q_state,
			q.latest AS q_latest, q.reverses AS q_reverses, v.n, v.made, COALESCE(l.name, '') AS author
		FROM question q JOIN bank b ON b.id = q.bank JOIN version v ON v.question = q.id LEFT JOIN learner l ON l.id = v.author
		WHERE q.id = ? AND `+mine+` ORDER BY v.n DESC`, int64(id), int64(who)).Scan(&heads).Error
	if err != nil {
		return bank.History{}, err
	}
	if len(heads) == 0 {
		return bank.History{}, missing()
	}
	h := bank.History{Bank: heads[0].Bank.bank(), Head: heads[0].Q.head(), Passages: map[questions.PassageID]string{}}
	refs := make([]questions.Ref, len(heads))
	for i, r := range heads {
		refs[i] = questions.Ref{Question: id, Version: r.N}
		h.Wordings = append(h.Wordings, bank.Wording{Author: r.Author, Made: at(r.Made)})
	}
	found, err := versions(q, refs)
	for _, v := range found {
		h.Wordings[len(heads)-v.Version].Version = v
	}
	if err != nil {
		return bank.History{}, err
	}
	return h, loadPassageNames(q, h)
}

func loadPassageNames(q *gorm.DB, h bank.History) error {
	var rows []struct {
		ID    int64
		Title string
		Text  string
	}
	err := q.Raw(`SELECT p.id, s.title, p.text FROM passage p JOIN section s ON s.bank = p.bank AND s.slug = p.section WHERE p.bank = ?`,
		int64(h.Bank.ID)).Scan(&rows).Error
	for _, r := range rows {
		h.Passages[questions.PassageID(r.ID)] = r.Title + ": " + r.Text
	}
	return err
}

// offered is the condition under which the original o of a question m, of the
// bank ob, has a newer wording to offer.
const offered = `m.state <> 'retired' AND o.state = 'live' AND o.latest > m.origin_version AND ob.gone = 0`

// Updates implements bank.Writing.
func (s Bank) Updates(ctx context.Context, who questions.LearnerID, id questions.BankID, of questions.QuestionID) (u bank.Updates, err error) {
	err = s.view(ctx, func(q *gorm.DB) error {
		u, err = loadUpdates(q, who, id, of)
		return err
	})
	return u, err
}

func loadUpdates(q *gorm.DB, who questions.LearnerID, id questions.BankID, of questions.QuestionID) (bank.Updates, error) {
	var rows []struct {
		Bank   bankRow `gorm:"embedded"`
		Q      headRow `gorm:"embedded;embeddedPrefix:q_"`
		Newest int
	}
	err := q.Raw(`SELECT b.id, b.title, b.lang, b.owner, b.copied, COALESCE(m.id, 0) AS q_id, COALESCE(m.bank, 0) AS q_bank, COALESCE(m.topic, 0) AS q_topic,
			COALESCE(m.kind, '') AS q_kind, COALESCE(m.state, '') AS q_state, COALESCE(m.latest, 0) AS q_latest, COALESCE(m.origin, 0) AS q_origin,
			COALESCE(m.origin_version, 0) AS q_origin_version, COALESCE(m.reverses, 0) AS q_reverses, COALESCE(m.newest, 0) AS newest
		FROM bank b LEFT JOIN (SELECT m.*, o.latest AS newest FROM question m JOIN question o ON o.id = m.origin JOIN bank ob ON ob.id = o.bank
			WHERE m.bank = ? AND `+offered+`) m ON m.bank = b.id
		WHERE b.id = ? AND `+mine+` ORDER BY m.pos, m.id`, int64(id), int64(id), int64(who)).Scan(&rows).Error
	if err != nil {
		return bank.Updates{}, err
	}
	if len(rows) == 0 {
		return bank.Updates{}, missing()
	}
	u := bank.Updates{Bank: rows[0].Bank.bank()}
	var refs []questions.Ref
	for _, r := range rows {
		h := r.Q.head()
		switch {
		case h.ID == 0 || of != 0 && h.ID != of:
		case len(u.List) == bank.PageSize:
			u.More++
		default:
			u.List = append(u.List, bank.Update{Mine: bank.Written{Head: h}})
			refs = append(refs, questions.Ref{Question: h.ID, Version: h.Latest}, questions.Ref{Question: h.Origin.Question, Version: r.Newest})
		}
	}
	if len(u.List) == 0 {
		return u, nil
	}
	wordings, err := wordingsOf(q, refs)
	if err != nil {
		return bank.Updates{}, err
	}
	twins, err := counterparts(q, u.Bank)
	for i := range u.List {
		u.List[i].Mine.Version, u.List[i].Its = wordings[refs[2*i]], twins.of(wordings[refs[2*i+1]])
	}
	return u, err
}

// wordingsOf loads versions by what names them.
func wordingsOf(q *gorm.DB, refs []questions.Ref) (map[questions.Ref]questions.Version, error) {
	found := map[questions.Ref]questions.Version{}
	for len(refs) > 0 {
		n := min(batch, len(refs))
		some, err := versions(q, refs[:n])
		if err != nil {
			return nil, err
		}
		for _, v := range some {
			found[v.Ref] = v
		}
		refs = refs[n:]
	}
	return found, nil
}

// counterpart is what a copy has in the place of its original's passages and
// entities.
type counterpart struct {
	passages map[questions.PassageID]questions.PassageID
	entities map[questions.EntityID]questions.EntityID
}

func counterparts(q *gorm.DB, b bank.Bank) (counterpart, error) {
	var rows []struct {
		What      string
		Its, Mine int64
	}
	own, its := int64(b.ID), int64(b.Copied)
	err := q.Raw(`SELECT 'passage' AS what, o.id AS its, m.id AS mine FROM passage o JOIN passage m ON m.slug = o.slug AND m.bank = ? WHERE o.bank = ?
		UNION ALL SELECT 'entity', o.id, m.id FROM entity o JOIN entity m ON m.slug = o.slug
			AND m.bank = ? AND m.revision = (SELECT MAX(revision) FROM lexicon WHERE bank = ?)
			WHERE o.bank = ? AND o.revision = (SELECT MAX(revision) FROM lexicon WHERE bank = ?)`, own, its, own, own, its, its).Scan(&rows).Error
	c := counterpart{map[questions.PassageID]questions.PassageID{}, map[questions.EntityID]questions.EntityID{}}
	for _, r := range rows {
		if r.What == "passage" {
			c.passages[questions.PassageID(r.Its)] = questions.PassageID(r.Mine)
		} else {
			c.entities[questions.EntityID(r.Its)] = questions.EntityID(r.Mine)
		}
	}
	return c, err
}

// of is a version with what the copy has; what it has not is left out.
func (c counterpart) of(v questions.Version) questions.Version {
	v.Passage = c.passages[v.Passage]
	for i, a := range v.Answers {
		v.Answers[i].Entity = c.entities[a.Entity]
	}
	return v
}
