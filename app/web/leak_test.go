package web_test

import (
	"fmt"
	"io"
	"log/slog"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"thaw/app/quiz"
	"thaw/app/web"
	"thaw/questions"
	"thaw/questions/kind"
)

// othersRight makes other answers right than are: of options and of what is to be arranged
// the next one each time, of what is typed or turned something of another length. What is
// said to an option goes with it, and every question is explained otherwise.
var othersRight = []string{
	`DROP TRIGGER answer_kept`, `DROP TRIGGER version_kept`,
	`CREATE TABLE was AS SELECT * FROM answer`,
	`CREATE TABLE next AS SELECT a.question, a.version, a.pos, v.kind,
		COALESCE(LEAD(a.pos) OVER (PARTITION BY a.question, a.version, a.credit = 1 OR v.kind <> 'match' ORDER BY a.pos),
			FIRST_VALUE(a.pos) OVER (PARTITION BY a.question, a.version, a.credit = 1 OR v.kind <> 'match' ORDER BY a.pos)) AS of
		FROM answer a JOIN version v ON v.question = a.question AND v.n = a.version`,
	`UPDATE answer SET (part, credit, feedback) = (SELECT w.part, w.credit, w.feedback || ' And more.' FROM next x JOIN was w ON w.question = x.question AND w.version = x.version AND w.pos = x.of
			WHERE x.question = answer.question AND x.version = answer.version AND x.pos = answer.pos)
		WHERE EXISTS (SELECT 1 FROM version v WHERE v.question = answer.question AND v.n = answer.version AND v.kind IN ('choice', 'several', 'truth', 'order') OR v.question = answer.question AND v.n = answer.version AND v.kind = 'match' AND answer.credit = 1)`,
	`UPDATE answer SET text = CASE v.kind WHEN 'date' THEN '1901-02-03' WHEN 'number' THEN '123456' ELSE 'Quite another answer than it was' END
		FROM version v WHERE v.question = answer.question AND v.n = answer.version AND v.kind IN ('text', 'number', 'date', 'cloze', 'flash')`,
	`UPDATE version SET explain = 'Otherwise.'`,
	`DROP TABLE was`, `DROP TABLE next`,
}

// TestNothingOfAPageTellsTheKey: the same questions with other answers being right, in the
// same order, give the same responses byte for byte, headers, length and all, but for the
// form's random token. Each kind is asked in a quiz and in an exam.
func TestNothingOfAPageTellsTheKey(t *testing.T) {
	s := open(t)
	v := guest(s)
	who := v.person()
	n, versions := everything(s, who)
	sitting, err := s.app.Host.Store.Sitting(t.Context(), who.ID, n)
	if err != nil {
		t.Fatal(err)
	}
	exam := sitting
	exam.N, exam.Mode = 0, quiz.Exam
	for i := range exam.Items {
		exam.Items[i].Order = backwards(versions[i])
	}
	if exam.N, err = s.app.Host.Store.Begin(t.Context(), exam, "an-exam-of-everything"); err != nil {
		t.Fatal(err)
	}
	before := v.responses(n, exam.N, len(versions))
	for _, step := range othersRight {
		if err := s.db.Exec(t.Context(), step); err != nil {
			t.Fatalf("%s: %v", step, err)
		}
	}
	d, again, err := appOn(t.Context(), filepath.Dir(s.db.Path()), s.app.Desk.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if s.server, err = again.Server(web.Config{URL: "http://example.com", Log: slog.New(slog.DiscardHandler)}); err != nil {
		t.Fatal(err)
	}
	changed := map[string]int{}
	for _, was := range versions {
		now, err := again.Shelf.Version(t.Context(), was.Ref)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(now.Answers, was.Answers) {
			changed[was.Kind]++
		}
	}
	for _, k := range kind.All() {
		if changed[k.Name()] == 0 {
			t.Errorf("no key of a %s was changed", k.Name())
		}
	}
	after := v.responses(n, exam.N, len(versions))
	for _, path := range slices.Sorted(maps.Keys(before)) {
		if before[path] != after[path] {
			t.Errorf("%s tells what is right: %s", path, difference(before[path], after[path]))
		}
	}
}

// backwards is an order of the options that is not the one they are stored in.
func backwards(v questions.Version) []int {
	if !picks(v) && !kind.Arranged(v.Kind) {
		return nil
	}
	order := make([]int, len(v.Answers))
	for i := range order {
		order[i] = len(order) - 1 - i
	}
	return order
}

// responses are the whole responses to every question of two sittings, but for their tokens.
func (v *visitor) responses(first, second, count int) map[string]string {
	v.t.Helper()
	all := map[string]string{}
	for _, n := range []int{first, second} {
		for pos := 1; pos <= count; pos++ {
			res := v.send("GET", itemPath(n, pos), nil)
			raw, err := io.ReadAll(res.Body)
			res.Body.Close()
			if err != nil || res.StatusCode != 200 {
				v.t.Fatalf("GET %s: %d, %v", itemPath(n, pos), res.StatusCode, err)
			}
			res.Header.Del("Date")
			all[itemPath(n, pos)] = fmt.Sprint(res.Header, res.ContentLength, len(raw), "\n", strings.ReplaceAll(string(raw), token(string(raw)), "*"))
		}
	}
	return all
}

// difference is where two texts part.
func difference(a, b string) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	from := max(i-60, 0)
	return fmt.Sprintf("%q, then %q", a[from:min(i+80, len(a))], b[from:min(i+80, len(b))])
}
