package db

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"
	"time"

	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/questions"
)

// workOf are the assignments of a pupil, work that is no quiz first; doneOf is what was
// answered since the first of that opened, as one text; and satOf the sittings that are
// tries at one, or among the newest. They take the learner; the learner; the learner, how
// many are the newest, and the learner.
const (
	workOf = `work (` + workNames + `) AS (SELECT ` + assignColumns + `, m.extra, m.joined,
			ROW_NUMBER() OVER (ORDER BY CASE WHEN a.kind = 'quiz' THEN 1 ELSE 0 END, a.class, a.n)
		FROM member m JOIN class c ON c.id = m.class AND c.archived = 0 JOIN assignment a ON a.class = c.id AND a.gone = 0
		WHERE m.learner = ? AND m.role = 'pupil' AND m.gone = 0)`
	workNames = `class, n, kind, title, topics, questions, draw, shuffle, mix, reveal, minutes, days, tries, counts, opens, due, late, made, tags, name, zone, banks, extra, joined, place`
	doneOf    = `done (marks) AS (SELECT STRING_AGG(e.seq || ' ' || e.at || ' ' || e.day || ' ' || e.took || ' ' || k.fact || ' ' || ` + fineColumn + `, ' ' ORDER BY e.seq, k.part)
		FROM event e JOIN mark k ON k.learner = e.learner AND k.seq = e.seq
		WHERE e.learner = ? AND e.at >= (SELECT MIN(opens) FROM work WHERE kind <> 'quiz') AND e.what IN ('answer', 'practice') AND k.verdict <> 'void' AND ` + standing + `)`
	satOf = `sat (` + satNames + `) AS (SELECT ` + latestColumns + `,
			CASE WHEN s.finished = 0 THEN 0.0 ELSE (SELECT COALESCE(SUM(i.credit), 0.0) ` + counted + `) END,
			(SELECT COUNT(*) FROM item i WHERE i.learner = s.learner AND i.sitting = s.n AND (i.state = 'given' OR i.seq <> 0)), CASE WHEN l.n IS NULL THEN 0 ELSE 1 END
		FROM sitting s LEFT JOIN (SELECT n FROM sitting WHERE learner = ? AND mode <> 'reading' ORDER BY n DESC LIMIT ?) l ON l.n = s.n
		WHERE s.learner = ? AND (s.assignment <> 0 OR l.n IS NOT NULL))`
	satNames = `n, mode, topic, repeats, started, finished, count, closed, foretold, mean, low, high, sure, minutes, ends, unanswered, class, assignment, handed, held,
		right_n, decision, ruled_at, result, out_of, given_n, points, answered, newest`
)

// worded are the columns of the two that are texts.
var worded = []string{"kind", "title", "topics", "questions", "tags", "reveal", "counts", "name", "zone", "banks", "mode", "decision"}

// orNone lists columns, each of them 0 or empty where there is no row.
func orNone(alias, names string) string {
	var list []string
	for name := range strings.SplitSeq(names, ",") {
		name = strings.TrimSpace(name)
		none := "0"
		if slices.Contains(worded, name) {
			none = "''"
		}
		list = append(list, "COALESCE("+alias+"."+name+", "+none+")")
	}
	return strings.Join(list, ", ")
}

// desk is what a pupil has to do beside what was begun.
var desk = `WITH ` + workOf + `, ` + doneOf + `, ` + satOf + `
	SELECT CASE WHEN a.place = 1 THEN COALESCE((SELECT marks FROM done), '') ELSE '' END, ` + orNone("a", workNames) + `, ` + orNone("s", satNames) + `
	FROM work a FULL JOIN sat s ON s.class = a.class AND s.assignment = a.n
	ORDER BY CASE WHEN a.due = 0 THEN 1 ELSE 0 END, a.due, a.class, a.n, s.n`

// Homework implements quiz.AssignStore.
func (s Work) Homework(ctx context.Context, who questions.LearnerID) ([]quiz.Homework, error) {
	list, _, err := s.Desk(ctx, who, 0)
	return list, err
}

// Desk implements quiz.AssignStore.
func (s Work) Desk(ctx context.Context, who questions.LearnerID, latest int) (list []quiz.Homework, sittings []quiz.Sitting, err error) {
	id := int64(who)
	var practised []quiz.Studied
	err = straight(s.reader(ctx)).each(desk, []any{id, id, id, latest, id}, func(rows *sql.Rows) error {
		var r assignRow
		var head sittingRow
		var extra, place, answered, newest int
		var joined int64
		var points float64
		var studied string
		into := append(append(append([]any{&studied}, r.into()...), &extra, &joined, &place), head.into()...)
		if err := rows.Scan(append(into, &head.RightN, &head.Decision, &head.RuledAt, &head.Result, &head.OutOf, &head.GivenN, &points, &answered, &newest)...); err != nil {
			return err
		}
		sitting := head.sitting(who)
		if studied != "" {
			practised = done(who, studied)
		}
		if newest != 0 {
			sittings = append(sittings, sitting)
		}
		if r.N == 0 {
			return nil
		}
		if n := len(list); n == 0 || list[n-1].Class != r.Class || list[n-1].N != r.N {
			list = append(list, quiz.Homework{Assignment: r.assignment(), Extra: people.Extra(extra), Joined: at(joined)})
		}
		if sitting.N > 0 {
			last := &list[len(list)-1]
			last.Mine = append(last.Mine, quiz.Try{Assignment: r.N, Sitting: sitting.N, Started: sitting.Started, Handed: sitting.Handed, Finished: sitting.Finished,
				Ends: sitting.Ends, Points: points, Of: head.OutOf, Given: answered, Count: sitting.Count})
		}
		return nil
	})
	for i, w := range list {
		if w.Kind != quiz.Sat {
			list[i].Done = practised
		}
	}
	slices.SortFunc(sittings, func(a, b quiz.Sitting) int { return b.N - a.N })
	return list, sittings, err
}

// done reads what doneOf has put together: six numbers a mark.
func done(who questions.LearnerID, studied string) (list []quiz.Studied) {
	var n [6]int64
	for i, word := range strings.Fields(studied) {
		n[i%6], _ = strconv.ParseInt(word, 10, 64) // written by the query
		if i%6 == 5 {
			list = append(list, quiz.Studied{Pupil: who, Seq: n[0], At: at(n[1]), Day: n[2], Took: time.Duration(n[3]) * time.Millisecond, Fact: questions.FactID(n[4]), Right: n[5] != 0})
		}
	}
	return list
}
