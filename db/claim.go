package db

import (
	"context"

	"gorm.io/gorm"

	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/app/study"
	"thaw/questions"
)

// ClaimInto implements quiz.Store.
func (s Quiz) ClaimInto(ctx context.Context, c study.Claimed, w people.Way) error {
	return s.write(ctx, func(tx *gorm.DB) error { return claimInto(tx, c, w) })
}

func claimInto(tx *gorm.DB, c study.Claimed, w people.Way) error {
	for _, who := range []questions.LearnerID{min(c.Guest, c.Account), max(c.Guest, c.Account)} {
		if err := hold(tx, who); err != nil {
			return err
		}
	}
	if err := enter(tx, w); err != nil {
		return err
	}
	d := straight(tx)
	guests, err := d.number(`SELECT COUNT(*) FROM learner WHERE id = ? AND folded IS NULL`, int64(c.Guest))
	if err != nil || guests == 0 {
		return err
	}
	if err := still(d, c); err != nil {
		return err
	}
	if err := moveStudy(d, c); err != nil {
		return taken(err, "fault.claimed")
	}
	if err := derive(d, c); err != nil {
		return err
	}
	_, err = d.exec(`DELETE FROM learner WHERE id = ?`, int64(c.Guest))
	return err
}

// still says whether both logs end where they did when the claim was decided.
func still(d direct, c study.Claimed) error {
	const newest = `SELECT COALESCE(MAX(seq), 0) FROM event WHERE learner = ?`
	theirs, err := d.number(newest, int64(c.Guest))
	if err != nil {
		return err
	}
	mine, err := d.number(newest, int64(c.Account))
	if err != nil {
		return err
	}
	on, err := standOf(d, c.Account, 0)
	if err != nil {
		return err
	}
	onGuest, err := standOf(d, c.Guest, 0)
	if err == nil && (theirs != c.GuestN || mine != c.Last || on != c.Stand || onGuest != c.GuestStand) {
		return quiz.ErrMoved
	}
	return err
}

// What a guest has done is copied into the account's own counting: sittings and
// events keep their order and their content. The numbers are, in each: account,
// then how far sittings and events move on, then guest.
const (
	moveSittings = `INSERT INTO sitting (learner, n, mode, topic, repeats, started, finished, count, closed, token, foretold, mean, low, high, sure, ruled, minutes, ends, unanswered, class, assignment, handed)
		SELECT CAST(? AS BIGINT), n + ?, mode, topic, CASE WHEN repeats = 0 THEN 0 ELSE repeats + ? END, started, finished, count, closed, token,
			foretold, mean, low, high, sure, ruled, minutes, ends, unanswered, class, assignment, handed
		FROM sitting WHERE learner = ?`
	moveItems = `INSERT INTO item (learner, sitting, pos, question, version, bank, lexicon, ord, state, tried, token, seq, credit, verdict, again, facts, chance, given, given_at, took, flagged)
		SELECT CAST(? AS BIGINT), sitting + ?, pos, question, version, bank, lexicon, ord, state, tried, token,
			CASE WHEN seq = 0 THEN 0 ELSE seq + ? END, credit, verdict, again, facts, chance, given, given_at, took, flagged
		FROM item WHERE learner = ?`
	moveEvents = `INSERT INTO event (learner, seq, at, day, zone, what, question, version, lexicon, ord, response, tried, took, sure, token, sitting, pos, voids, about, weights, places)
		SELECT CAST(? AS BIGINT), seq + ?, at, day, zone, what, question, version, lexicon, ord, response, tried, took, sure, token,
			CASE WHEN sitting = 0 THEN 0 ELSE sitting + ? END, pos, CASE WHEN voids = 0 THEN 0 ELSE voids + ? END, CASE WHEN about = 0 THEN 0 ELSE about + ? END,
			CASE WHEN weights = 0 THEN 0 ELSE weights + ? END, places
		FROM event WHERE learner = ?`
	moveMarks = `INSERT INTO mark (learner, seq, part, fact, credit, verdict, canonical, reason, given, asked, guess, self, recall, stability, elapsed, grader, graded)
		SELECT CAST(? AS BIGINT), seq + ?, part, fact, credit, verdict, canonical, reason, given, asked, guess, self, recall, stability, elapsed, grader, graded
		FROM mark WHERE learner = ?`
	// What both have reported of one version stays one report.
	dropReports = `DELETE FROM contest WHERE learner = ? AND part = 0 AND state = 'open' AND (question, version) IN
		(SELECT question, version FROM contest WHERE learner = ? AND part = 0 AND state = 'open')`
	moveContests = `INSERT INTO contest (learner, seq, part, why, question, version, given, folded, words, at, state, reply, answered, ruling)
		SELECT CAST(? AS BIGINT), seq + ?, part, why, question, version, given, folded, words, at, state, reply, answered, ruling FROM contest WHERE learner = ?
`
	// A ruling for a class reaches what the account brings along, too.
	moveJudged = `INSERT INTO judged (ruling, learner, since, done) SELECT ruling, CAST(? AS BIGINT), since, 0 FROM judged WHERE learner = ?
		ON CONFLICT (ruling, learner) DO NOTHING`
	judgeAgain = `UPDATE judged SET done = 0 WHERE learner = ?`
	moveExams  = `INSERT INTO exam (learner, n, title, at, topics, later, foretold, facts, mean, low, high, sure, told, score, out_of, token, class, assignment)
		SELECT CAST(? AS BIGINT), n + (SELECT COALESCE(MAX(n), 0) FROM exam WHERE learner = ?), title, at, topics, later, foretold, facts, mean, low, high, sure, told, score, out_of, '', class, assignment
		FROM exam e WHERE learner = ? AND NOT EXISTS (SELECT 1 FROM exam x WHERE x.learner = ? AND x.class = e.class AND x.assignment = e.assignment AND e.assignment <> 0)`
	// What both have noted on a fact is kept.
	moveNotes = `INSERT INTO care (learner, fact, note) SELECT CAST(? AS BIGINT), fact, note FROM care WHERE learner = ? AND note <> ''
		ON CONFLICT (learner, fact) DO UPDATE SET note = CASE WHEN care.note = '' THEN excluded.note ELSE care.note || CAST(? AS TEXT) || excluded.note END`
	// A class in which both are keeps the account's place; one that the account has
	// left takes the guest's.
	dropLeft = `DELETE FROM member WHERE learner = ? AND gone <> 0 AND class IN (SELECT class FROM member WHERE learner = ? AND gone = 0)`

	moveMember = `UPDATE member SET learner = ? WHERE learner = ? AND class NOT IN (SELECT class FROM member WHERE learner = ?)`
)

func moveStudy(d direct, c study.Claimed) error {
	me, guest := int64(c.Account), int64(c.Guest)
	sittings, err := d.number(`SELECT COALESCE(MAX(n), 0) FROM sitting WHERE learner = ?`, me)
	if err != nil {
		return err
	}
	for _, move := range []struct {
		query string
		args  []any
	}{
		{moveSittings, []any{me, sittings, sittings, guest}},
		{moveItems, []any{me, sittings, c.Last, guest}},
		{moveEvents, []any{me, c.Last, sittings, c.Last, c.Last, c.Last, guest}},
		{moveMarks, []any{me, c.Last, guest}},
		{dropReports, []any{guest, me}},
		{moveContests, []any{me, c.Last, guest}},
		{moveJudged, []any{me, guest}},
		{judgeAgain, []any{me}},
		{moveExams, []any{me, me, guest, me}},
		{moveNotes, []any{me, guest, "\n"}},
		{dropLeft, []any{me, guest}},
		{moveMember, []any{me, guest, me}},
	} {
		if _, err := d.exec(move.query, move.args...); err != nil {
			return err
		}
	}
	if c.Event.What == "" {
		return nil
	}
	_, err = appendEvent(d, c.Event, c.Stand, nil)
	return err
}

const meetAgain = `UPDATE mark SET recall = ?, stability = ?, elapsed = ? WHERE learner = ? AND seq = ? AND part = ?`

// derive puts what follows from the account's events now.
func derive(d direct, c study.Claimed) error {
	for _, p := range c.Marks {
		for _, m := range p.Marks {
			if _, err := d.exec(meetAgain, m.Recall, m.Stability, m.Elapsed, int64(c.Account), p.Seq, m.Part); err != nil {
				return err
			}
		}
	}
	if err := putWeights(d, c.Account, c.Weights, c.Adopted); err != nil {
		return err
	}
	for _, table := range []string{"card", "rollup"} {
		if _, err := d.exec(`DELETE FROM `+table+` WHERE learner = ?`, int64(c.Account)); err != nil {
			return err
		}
	}
	for _, card := range c.Cards {
		if err := newCard(d, card, card.Seq); err != nil {
			return err
		}
	}
	for _, care := range c.Cares {
		if err := putCare(d, c.Account, care); err != nil {
			return err
		}
	}
	for _, t := range c.Days {
		if err := addTally(d, c.Account, t); err != nil {
			return err
		}
	}
	return nil
}
