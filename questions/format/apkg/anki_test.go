package apkg_test

import (
	"archive/zip"
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/format/formattest"
)

// Anki itself imports what we write, twice, and finds every field, day and review in it.
func TestAnkiReadsIt(t *testing.T) {
	anki := tool(t)
	for name, b := range map[string]bundle.Bundle{"bank": bank(), "nasty": nasty()} {
		t.Run(name, func(t *testing.T) {
			data := written(t, b, bundle.Options{Learned: true})
			file := filepath.Join(t.TempDir(), name+".apkg")
			if err := os.WriteFile(file, data, 0o600); err != nil {
				t.Fatal(err)
			}
			expect, err := json.Marshal(expected(t, data))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file+".json", expect, 0o600); err != nil {
				t.Fatal(err)
			}
			sides := check(t, anki, file)
			if name == "bank" {
				compareSides(t, sides)
			}
		})
	}
}

// compareSides holds what Anki shows against what it should, styles left out.
func compareSides(t *testing.T, sides map[string]string) {
	t.Helper()
	for front, back := range map[string]string{
		`The <strong>capital</strong> <img src="a map-ä.png" alt="A map">`: `Москва [sound:say.mp3]<div class="explain">Since \(1918\).</div>`,
		"der Hund":                        "the dog",
		"the dog":                         "der Hund",
		"Who spoke?[[type:Back]]":         "[[type:Back]]",
		"How many?[[type:Back]]":          "[[type:Back]]",
		"When?[[type:Back]]":              "[[type:Back]]",
		"It was so.<p>True or false?</p>": "False",
		"On <span class=cloze>[...]</span> <span class=cloze>[...]</span> spoke &#123;&#123;not c1::this&#125;&#125;.": `On <span class=cloze>25 February 1956</span> <span class=cloze>a:&#58;b</span> spoke &#123;&#123;not c1::this&#125;&#125;.<div class="explain">In secret.</div>`,
		"Which?<ol><li>This</li><li>That</li></ol>":                                                      `This<div class="explain"><ul><li>That: Not that.</li></ul></div>`,
		"Which?<ol><li>a</li><li>b</li><li>c</li></ol>":                                                  "<ul><li>a</li><li>b</li></ul>",
		"In which order?<ul><li>x</li><li>y</li><li>z</li></ul>":                                         "<ol><li>z</li><li>y</li><li>x</li></ol>",
		"What belongs where?<ol><li>l1</li><li>l2</li></ol><ul><li>none</li><li>r1</li><li>r2</li></ul>": "<ul><li>l1 – r1</li><li>l2 – r2</li></ul>",
	} {
		if got, ok := sides[front]; !ok || got != back {
			t.Errorf("behind %q stands %q, want %q", front, got, back)
		}
		delete(sides, front)
	}
	if len(sides) > 0 {
		t.Errorf("and there is %q", sides)
	}
}

var styles = regexp.MustCompile(`(?s)<style>.*?</style>|\n`)

// check runs Anki over a package. It returns what stands behind the front of each card.
func check(t *testing.T, anki, file string) map[string]string {
	t.Helper()
	var out, log bytes.Buffer
	c := exec.Command(anki, "check", file, "--expect", file+".json")
	c.Stdout, c.Stderr = &out, &log
	err := c.Run()
	var result struct {
		OK       bool `json:"ok"`
		Error    any
		Failures []string       `json:"expect_failures"`
		Missing  []string       `json:"media_missing"`
		Unused   []string       `json:"media_unused"`
		Studied  int            `json:"studied_in_real_scheduler"`
		Second   map[string]int `json:"second_import"`
		Notes    []struct {
			Cards []struct{ Q, A string }
		}
	}
	if json.Unmarshal(out.Bytes(), &result) != nil {
		lines := strings.Split(strings.TrimSpace(log.String()), "\n")
		t.Skip("Anki cannot be run: " + lines[len(lines)-1])
	}
	if err != nil || !result.OK || len(result.Missing)+len(result.Unused) > 0 || result.Studied == 0 {
		t.Errorf("Anki says: %v\n%+v", err, result)
	}
	sides := map[string]string{}
	for _, n := range result.Notes {
		for _, c := range n.Cards {
			front, back := styles.ReplaceAllString(c.Q, ""), styles.ReplaceAllString(c.A, "")
			if _, answer, ok := strings.Cut(back, "<hr id=answer>"); ok {
				back = answer
			}
			sides[front] = back
		}
	}
	return sides
}

// tool is the program that asks Anki: what the environment says, or the one beside the
// repository.
func tool(t *testing.T) string {
	if given := os.Getenv("THAW_ANKI_CHECK"); given != "" {
		return given
	}
	return formattest.Shared(t, "tools/anki_roundtrip.py")
}

// collection is the database of a package.
func collection(t testing.TB, data []byte) *sql.DB {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := z.Open("collection.anki2")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "collection.anki2")
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite3", file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// rows are the rows of a query, each column under its name.
func rows(t testing.TB, db *sql.DB, query string, args ...any) []map[string]any {
	t.Helper()
	r, err := db.Query(query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	names, _ := r.Columns()
	list := []map[string]any{}
	for r.Next() {
		values := make([]any, len(names))
		into := make([]any, len(names))
		for i := range values {
			into[i] = &values[i]
		}
		if err := r.Scan(into...); err != nil {
			t.Fatal(err)
		}
		row := map[string]any{}
		for i, name := range names {
			row[name] = values[i]
		}
		list = append(list, row)
	}
	if err := r.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

// expected is what Anki must find in a package, as its checker says it.
func expected(t *testing.T, data []byte) map[string]any {
	db := collection(t, data)
	today := (time.Now().Unix() - rows(t, db, "select crt from col")[0]["crt"].(int64)) / 86400
	var notes []any
	count := map[string]int{}
	for _, n := range rows(t, db, "select * from notes order by guid") {
		count["notes"]++
		var cards []any
		for _, c := range rows(t, db, "select * from cards where nid = ? order by ord", n["id"]) {
			count["cards"]++
			card := map[string]any{"ord": c["ord"], "type": c["type"], "queue": c["queue"], "ivl": c["ivl"], "factor": c["factor"], "reps": c["reps"], "lapses": c["lapses"]}
			if c["type"] == int64(2) {
				card["due_in_days"] = c["due"].(int64) - today
			}
			if c["data"] != "" {
				card["data"] = c["data"]
			}
			log := []any{}
			for _, r := range rows(t, db, "select * from revlog where cid = ? order by id", c["id"]) {
				count["revlog"]++
				log = append(log, []any{r["id"], r["ease"], r["ivl"], r["lastIvl"], r["factor"], r["time"], r["type"]})
			}
			card["revlog"] = log
			cards = append(cards, card)
		}
		fields, tags := strings.Split(n["flds"].(string), "\x1f"), strings.Fields(n["tags"].(string))
		if tags == nil {
			tags = []string{}
		}
		notes = append(notes, map[string]any{"guid": n["guid"], "fields": fields, "tags": tags, "cards": cards})
	}
	return map[string]any{"counts": map[string]any{"notes": count["notes"], "cards": count["cards"], "revlog": count["revlog"]}, "notes": notes,
		"first_import": map[string]int{"added": count["notes"]}, "second_import": map[string]int{"added": 0}}
}

var png = []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc`\x00\x00\x00\x02\x00\x01\xff\xff\x03\x00\x00\x06\x00\x05W\xbf\xab\xd4\x00\x00\x00\x00IEND\xaeB`\x82")

// bank has a question of every kind, with pictures, sounds and what is remembered.
func bank() bundle.Bundle {
	at := func(day int) time.Time { return time.Date(2026, 8, 20+day, 9, 30, 0, 123e6, time.UTC) }
	one := func(text string) []questions.Answer { return []questions.Answer{{Part: 1, Text: text, Credit: 1}} }
	typed := func(text, match string, part int) questions.Answer {
		return questions.Answer{Part: part, Text: text, Match: match, Credit: 1}
	}
	learned := &bundle.Learned{Due: time.Now().UTC().AddDate(0, 0, 12).Truncate(24 * time.Hour).Add(4 * time.Hour), Interval: 25, Reps: 3, Lapses: 1, Stability: 25.5, Difficulty: 4.25,
		Reviews: []bundle.Review{{At: at(0), Rating: 3, Took: 4200 * time.Millisecond}, {At: at(1), Rating: 1, Took: time.Second}, {At: at(5), Rating: 4}}}
	suspended := &bundle.Learned{Due: learned.Due.AddDate(0, 0, -20), Interval: 3, Reps: 1, Suspended: true, Reviews: []bundle.Review{{At: at(2), Rating: 2}}}
	items := []bundle.Item{
		{ID: "capital", Topic: []string{"Moscow"}, Tags: []string{"place", "the_city"}, Learned: learned,
			Version: questions.Version{Kind: questions.Flash, Lang: "en", Back: "ru", Prompt: "The **capital** ![A map](a%20map-%C3%A4.png)", Explain: "Since $1918$.", Answers: one("Москва ![](say.mp3)")}},
		{ID: "dog", Twin: "hund", Topic: []string{"Words", "Pets"}, Version: questions.Version{Kind: questions.Flash, Prompt: "der Hund", Answers: one("the dog")}, Learned: suspended},
		{ID: "hund", Mirrors: "dog", Twin: "hund", Topic: []string{"Words", "Pets"}, Version: questions.Version{Kind: questions.Flash, Prompt: "the dog", Answers: one("der Hund")}},
		{ID: "who", Version: questions.Version{Kind: questions.Text, Prompt: "Who spoke?", Answers: []questions.Answer{typed("Nikita Khrushchev", questions.MatchPerson, 1), typed("Khrushchev", questions.MatchPerson, 1)}}},
		{ID: "many", Version: questions.Version{Kind: questions.Number, Prompt: "How many?", Answers: []questions.Answer{{Part: 1, Text: "1,436", Match: questions.MatchNumber, Credit: 1, Slack: 5}}}},
		{ID: "when", Version: questions.Version{Kind: questions.Date, Prompt: "When?", Answers: []questions.Answer{typed("1956-02-25", questions.MatchDate, 1)}}},
		{ID: "gaps", Version: questions.Version{Kind: questions.Cloze, Prompt: "On {{1}} {{2}} spoke {\\{not c1::this}}.", Explain: "In secret.",
			Answers: []questions.Answer{typed("1956-02-25", questions.MatchDate, 1), typed("a::b", questions.MatchTerm, 2)}}},
		{ID: "choice", Version: questions.Version{Kind: questions.Choice, Prompt: "Which?", Answers: []questions.Answer{{Part: 1, Text: "This", Credit: 1}, {Part: 1, Text: "That", Feedback: "Not that."}}}},
		{ID: "several", Version: questions.Version{Kind: questions.Several, Prompt: "Which?", Answers: []questions.Answer{{Part: 1, Text: "a", Credit: 1}, {Part: 1, Text: "b", Credit: 1}, {Part: 1, Text: "c"}}}},
		{ID: "truth", Version: questions.Version{Kind: questions.Truth, Fixed: true, Prompt: "It was so.", Answers: []questions.Answer{{Part: 1, Text: "true"}, {Part: 1, Text: "false", Credit: 1}}}},
		{ID: "order", Version: questions.Version{Kind: questions.Order, Prompt: "In which order?", Answers: []questions.Answer{{Part: 1, Text: "z", Credit: 1}, {Part: 2, Text: "y", Credit: 1}, {Part: 3, Text: "x", Credit: 1}}}},
		{ID: "match", Version: questions.Version{Kind: questions.Match, Prompt: "What belongs where?", Answers: []questions.Answer{{Part: 1, Text: "l1"}, {Part: 1, Text: "r1", Credit: 1}, {Part: 2, Text: "l2"}, {Part: 2, Text: "r2", Credit: 1}, {Text: "none"}}}},
	}
	return bundle.Bundle{Title: "A bank", Items: items, Media: []bundle.Media{{Name: "a map-ä.png", Data: png}, {Name: "say.mp3", Data: []byte("ID3")}, {Name: "unused.png", Data: png}}}
}

// nasty has many generated questions, of every kind.
func nasty() bundle.Bundle {
	b := bundle.Bundle{}
	for i := range 60 {
		it := formattest.Items().Example(i)
		it.ID = fmt.Sprint("q", i)
		b.Items = append(b.Items, it)
	}
	return b
}
