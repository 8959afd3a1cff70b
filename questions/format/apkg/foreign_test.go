package apkg_test

import (
	"archive/zip"
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"thaw/questions"
	"thaw/questions/format/apkg"
	"thaw/questions/format/bundle"
)

// deck is a collection as some other program writes it.
type deck struct {
	conf   string   // JSON, {"schedVer": 2} where it is ""
	models string   // JSON
	decks  string   // JSON
	more   []string // statements
	notes  []row
	cards  []row
	log    []row
}

type row []any

const tables = `create table col (id integer primary key, crt integer, mod integer, scm integer, ver integer, dty integer, usn integer, ls integer, conf text, models text, decks text, dconf text, tags text);
create table notes (id integer primary key, guid text, mid integer, mod integer, usn integer, tags text, flds text, sfld integer, csum integer, flags integer, data text);
create table cards (id integer primary key, nid integer, did integer, ord integer, mod integer, usn integer, type integer, queue integer, due integer, ivl integer, factor integer, reps integer, lapses integer, left integer, odue integer, odid integer, flags integer, data text);
create table revlog (id integer primary key, cid integer, usn integer, ease integer, ivl integer, lastIvl integer, factor integer, time integer, type integer);`

// begun is when the collections of the tests were begun.
const begun = 1_700_000_000

// database is the collection's file.
func (d deck) database(t testing.TB) []byte {
	t.Helper()
	file := filepath.Join(t.TempDir(), "c.anki2")
	db, err := sql.Open("sqlite3", file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	do := func(statement string, args ...any) {
		t.Helper()
		if _, err := db.Exec(statement, args...); err != nil {
			t.Fatal(err)
		}
	}
	do("pragma journal_mode=off")
	do(tables)
	or := func(s, none string) string {
		if s == "" {
			return none
		}
		return s
	}
	do("begin")
	do("insert into col values (1, ?, 0, 0, 11, 0, 0, 0, ?, ?, ?, '{}', '{}')", begun, or(d.conf, `{"schedVer": 2}`), or(d.models, "{}"), or(d.decks, `{"1": {"name": "Default"}}`))
	for _, n := range d.notes { // id, guid, type, tags, fields
		do("insert into notes values (?, ?, ?, 0, 0, ?, ?, '', 0, 0, '')", n...)
	}
	for _, c := range d.cards { // id, note, deck, ord, type, queue, due, interval, reps, lapses, odue, odid, data
		do("insert into cards values (?1, ?2, ?3, ?4, 0, 0, ?5, ?6, ?7, ?8, 2500, ?9, ?10, 0, ?11, ?12, 0, ?13)", c...)
	}
	for _, r := range d.log { // id, card, ease, time, type
		do("insert into revlog values (?1, ?2, 0, ?3, 1, 1, 2500, ?4, ?5)", r...)
	}
	do("commit")
	for _, statement := range d.more {
		do(statement)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// pack is the package of a collection.
func (d deck) pack(t testing.TB) []byte {
	return zipped(t, "collection.anki2", d.database(t), "media", []byte("{}"))
}

// zipped is an archive of names and contents.
func zipped(t testing.TB, files ...any) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i].(string))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(files[i+1].([]byte)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// noteType is one as schema 11 has it.
func noteType(cloze int, fields []string, templates ...string) string {
	m := map[string]any{"name": "T", "type": cloze}
	var list, cards []any
	for i, f := range fields {
		list = append(list, map[string]any{"name": f, "ord": i})
	}
	for i := 0; i < len(templates); i += 2 {
		cards = append(cards, map[string]any{"name": "Card", "ord": i / 2, "qfmt": templates[i], "afmt": templates[i+1]})
	}
	m["flds"], m["tmpls"] = list, cards
	text, _ := json.Marshal(map[string]any{"5": m})
	return string(text)
}

// one reads a package of one note with one card and returns what became of it.
func one(t *testing.T, models, fields string, ord int) bundle.Bundle {
	t.Helper()
	d := deck{models: models, decks: `{"7": {"name": "A::B"}}`, notes: []row{{1, "g", 5, " x y ", strings.ReplaceAll(fields, "|", "\x1f")}},
		cards: []row{{1, 1, 7, ord, 0, 0, 1, 0, 0, 0, 0, 0, ""}}}
	b, err := apkg.Read(context.Background(), bundle.Of("x.apkg", d.pack(t)))
	if err != nil {
		t.Fatal(err)
	}
	if b.Total() != 1 {
		t.Errorf("got %d of 1 card", b.Total())
	}
	return b
}

// said is a question in one line: kind, prompt, answers, explanation.
func said(b bundle.Bundle) string {
	var parts []string
	for _, it := range b.Items {
		parts = append(parts, it.Version.Kind, it.Version.Prompt)
		for _, a := range it.Version.Answers {
			parts = append(parts, a.Text)
		}
		parts = append(parts, it.Version.Explain)
	}
	for _, p := range append(b.Problems, b.Notes...) {
		parts = append(parts, strings.TrimPrefix(p.Reason.Code, "format.apkg_"))
	}
	return strings.Join(parts, "|")
}

const after = "{{FrontSide}}<hr id=answer>"

func TestCards(t *testing.T) {
	fields := []string{"F", "B"}
	for name, c := range map[string]struct {
		models, fields string
		ord            int
		want           string
	}{
		"basic":          {noteType(0, fields, "{{F}}", after+"{{B}}"), "a <i>b</i>|c", 0, "flash|a *b*|c|"},
		"repeated front": {noteType(0, fields, "{{F}}", "{{F}}<hr id='answer'>{{B}}"), "a|c", 0, "flash|a|c|"},
		"no line":        {noteType(0, fields, "{{F}}", "{{FrontSide}}<p>{{B}}"), "a|c", 0, "flash|a|c|"},
		"before line":    {noteType(0, fields, "{{F}}", "{{FrontSide}}<p>see</p><hr id=answer>{{B}}"), "a|c", 0, "flash|a|see\n\nc|"},
		"second":         {noteType(0, fields, "{{F}}", after+"{{B}}", "{{B}}", after+"{{F}}"), "a|c", 1, "flash|c|a|"},
		"sound, script":  {noteType(0, fields, "{{F}}<script>x</script>[sound:a b.mp3]", after+"{{B}}"), "a|c", 0, "flash|a![](a%20b.mp3)|c|"},
		"typed text":     {noteType(0, fields, "{{F}} {{type:B}}", after+"{{type:B}}"), "who|<b>Nikita</b> Khrushchev", 0, "text|who|Nikita Khrushchev|"},
		"typed number":   {noteType(0, fields, "{{F}} {{type:B}}", after+"{{type:B}}"), "how many|12", 0, "number|how many|12|"},
		"typed date":     {noteType(0, fields, "{{F}} {{type:B}}", after+"{{B}}"), "when|25 February 1956", 0, "date|when|1956-02-25|"},
		"typed, more":    {noteType(0, fields, "{{type:B}}{{F}}", after+"{{type:B}} by {{Tags}}"), "who|me", 0, "text|who|me|by x y"},
		"too long":       {noteType(0, fields, "{{F}}{{type:B}}", after+"{{type:B}}"), "who|" + strings.Repeat("long ", 60), 0, "flash|who|" + strings.TrimSpace(strings.Repeat("long ", 60)) + "|"},
		"sections":       {noteType(0, fields, "{{#F}}{{F}}{{/F}}{{^B}}none{{/B}}", after+"{{#B}}{{B}}{{/B}}{{^F}}none{{/F}}"), "a|c", 0, "flash|a|c|"},
		"empty section":  {noteType(0, fields, "{{F}}{{#B}}x{{/B}}{{^B}}y{{/B}}", after+"z"), "a| <br> ", 0, "flash|ay|z|"},
		"specials":       {noteType(0, fields, "{{Type}} {{Card}} {{Deck}} {{Subdeck}} {{Tags}}{{CardFlag}}", after+"{{B}}"), "a|c", 0, "flash|T Card A::B B x y|c|"},
		"filters":        {noteType(0, fields, "{{text:F}} {{kana:B}}", after+"{{furigana:B}} {{kanji:B}}{{tts de_DE:F}}"), "<b>a&lt;</b>|漢字[かんじ] x", 0, "flash|a< かんじ x|漢字 (かんじ) x 漢字 x|"},
		"hint":           {noteType(0, fields, "{{F}}{{hint:B}}", after+"z"), "a|c", 0, "flash|a|z\n\nB: c|"},
		"other signs":    {noteType(0, fields, "{{=<% %>=}}<%F%> {{x}}", after+"{{B}}"), "a|c", 0, `flash|a {\{x}}|c|`},
		"comment":        {noteType(0, fields, "<!-- {{#F}} -->{{F}}", after+"{{B}}"), "a|c", 0, "flash|a|c|"},
		"no back":        {noteType(0, fields, "{{F}}", after+"{{B}}"), "a|", 0, "flash|a||no_back"},
		"no front":       {noteType(0, fields, "{{F}}", after+"{{B}}"), "<br>|c", 0, "no_front"},
		"broken":         {noteType(0, fields, "{{#F}}{{F}}", after+"{{B}}"), "a|c", 0, "flash|a|c||template"},
		"unknown field":  {noteType(0, fields, "{{F}}{{G}}", after+"{{B}}"), "a|c", 0, "flash|a|c||template"},
		"no such card":   {noteType(0, fields, "{{F}}", after+"{{B}}"), "a|c", 3, "flash|a|c||template"},
		"no such type":   {"{}", "a|c", 0, "flash|a|c||template"},
		"occlusion old":  {noteType(0, []string{"Image", "Question Mask", "Answer Mask"}, "{{Image}}", "{{Answer Mask}}"), "<img src=a.png>|b|c", 0, "occlusion"},
		"gaps":           {noteType(1, fields, "{{cloze:F}}", "{{cloze:F}}<br>{{B}}"), "{{c1::a}} b {{c2::c}} {{c1::d::hint}}|e", 0, "cloze|{{1}} b c {{2}} [hint]|a|d|e"},
		"second gap":     {noteType(1, fields, "{{cloze:F}}", "{{cloze:F}}<br>{{B}}"), "{{c1::a}} b {{c2::c}}|e", 1, "cloze|a b {{1}}|c|e"},
		"typed gap":      {noteType(1, fields, "{{cloze:F}}{{type:cloze:F}}", "{{cloze:F}}{{type:cloze:F}}"), "{{c1::1956}} b", 0, "cloze|{{1}} b|1956|"},
		"nested gaps":    {noteType(1, fields, "{{cloze:F}}", "{{cloze:F}}"), "{{c1::a {{c2::b}} c}} d", 0, "cloze|{{1}} d|a b c|"},
		"inner gap":      {noteType(1, fields, "{{cloze:F}}", "{{cloze:F}}"), "{{c1::a {{c2::b}} c}} d", 1, "cloze|a {{1}} c d|b|"},
		"picture gap":    {noteType(1, fields, "{{cloze:F}}", "{{cloze:F}}"), `x {{c1::<img src="a.png">}}`, 0, "flash|x [...]|x ![](a.png)|"},
		"formula gap":    {noteType(1, fields, "{{cloze:F}}", "{{cloze:F}}"), `\(x = {{c1::2}}\)`, 0, `flash|$x = [...]$|$x = 2$|`},
		"no gap":         {noteType(1, fields, "{{cloze:F}}", "{{cloze:F}}"), "{{c1::a}}", 4, "no_cloze"},
		"unclosed":       {noteType(1, fields, "{{cloze:F}}", "{{cloze:F}}"), "{{c1::a}} {{c2::b", 0, `cloze|{{1}} {\{c2::b|a|`},
		"occlusion":      {noteType(1, fields, "{{cloze:F}}{{B}}", "{{B}}"), "{{c1::image-occlusion:rect:left=.1}}|<img src=a.png>", 0, "occlusion"},
	} {
		t.Run(name, func(t *testing.T) {
			b := one(t, c.models, c.fields, c.ord)
			if got := said(b); got != c.want {
				t.Errorf("\n got %q\nwant %q", got, c.want)
			}
			for _, it := range b.Items {
				if (it.State == "draft") != (len(it.Version.Answers) == 0) || it.Tags[1] != "y" || it.Topic[1] != "B" || !strings.HasPrefix(it.ID, "g:") {
					t.Errorf("got %+v", it)
				}
			}
			for _, p := range b.Problems {
				if p.Kind != "T" || p.Text == "" || p.Line != 1 {
					t.Errorf("got %+v", p)
				}
			}
		})
	}
}

// What the memory of a card is, in the many ways in which Anki keeps it.
func TestMemory(t *testing.T) {
	day := func(n int) time.Time { return time.Unix(begun, 0).UTC().AddDate(0, 0, n) }
	for name, c := range map[string]struct {
		card row // type, queue, due, interval, reps, lapses, odue, odid, data
		want *bundle.Learned
	}{
		"new":        {row{0, 0, 3, 0, 0, 0, 0, 0, ""}, nil},
		"review":     {row{2, 2, 30, 12, 4, 1, 0, 0, "{}"}, &bundle.Learned{Due: day(30), Interval: 12, Reps: 4, Lapses: 1}},
		"early":      {row{2, 2, -3, 12, 4, 1, 0, 0, ""}, &bundle.Learned{Due: day(-3), Interval: 12, Reps: 4, Lapses: 1}},
		"fsrs":       {row{2, 2, 30, 12, 4, 1, 0, 0, `{"pos":3,"s":2.5,"d":4.5,"dr":0.9,"lrt":1700000000}`}, &bundle.Learned{Due: day(30), Interval: 12, Reps: 4, Lapses: 1, Stability: 2.5, Difficulty: 4.5}},
		"learning":   {row{1, 1, begun + 90, -60, 1, 0, 0, 0, ""}, &bundle.Learned{Due: time.Unix(begun+90, 0).UTC(), Reps: 1}},
		"day learn":  {row{1, 3, 2, -86400, 1, 0, 0, 0, ""}, &bundle.Learned{Due: day(2), Reps: 1}},
		"relearning": {row{3, 1, begun + 90, 3, 5, 1, 0, 0, ""}, &bundle.Learned{Due: time.Unix(begun+90, 0).UTC(), Interval: 3, Reps: 5, Lapses: 1}},
		"filtered":   {row{2, 2, -100000, 12, 4, 0, 30, 7, ""}, &bundle.Learned{Due: day(30), Interval: 12, Reps: 4}},
		"suspended":  {row{0, -1, 3, 0, 0, 0, 0, 0, ""}, &bundle.Learned{Suspended: true}},
		"buried":     {row{2, -2, 30, 12, 4, 1, 0, 0, ""}, &bundle.Learned{Due: day(30), Interval: 12, Reps: 4, Lapses: 1}},
		"nonsense":   {row{2, 2, int64(1) << 62, int64(1) << 62, -1, 0, 0, 0, `{"s":-1,"d":99}`}, &bundle.Learned{Interval: 365250, Reps: 1<<20 - 1}},
	} {
		t.Run(name, func(t *testing.T) {
			d := deck{models: noteType(0, []string{"F", "B"}, "{{F}}", "{{B}}"), decks: `{"7": {"name": "Home"}, "8": {"name": "Filtered"}}`, notes: []row{{1, "g", 5, "", "a\x1fb"}}}
			deckID := 7
			if c.card[7] != 0 {
				deckID = 8
			}
			d.cards = []row{append(row{1, 1, deckID, 0}, c.card...)}
			b := read(t, d.pack(t))
			if got := b.Items[0].Learned; !reflect.DeepEqual(got, c.want) {
				t.Errorf("got  %+v\nwant %+v", got, c.want)
			}
			if b.Items[0].Topic[0] != "Home" {
				t.Errorf("got topic %v, want Home", b.Items[0].Topic)
			}
		})
	}
}

// Reviews that were none are left out; three buttons are told from four.
func TestReviews(t *testing.T) {
	for conf, want := range map[string][]int{`{"schedVer": 2}`: {1, 2, 3, 4, 2, 2, 3}, `{"schedVer": 1}`: {1, 3, 4, 4, 2, 3, 3}, `{}`: {1, 3, 4, 4, 2, 3, 3}} {
		d := deck{conf: conf, models: noteType(0, []string{"F", "B"}, "{{F}}", "{{B}}"), notes: []row{{1, "g", 5, "", "a\x1fb"}}, cards: []row{{1, 1, 1, 0, 2, 2, 1, 1, 1, 1, 0, 0, ""}}}
		for i, r := range [][]int{{1, 0}, {2, 0}, {3, 0}, {4, 0}, {2, 1}, {2, 2}, {0, 3}, {3, 3}, {0, 4}, {3, 4}, {3, 5}} {
			d.log = append(d.log, row{1_700_000_000_000 + i, 1, r[0], 1500, r[1]})
		}
		d.log = append(d.log, row{-5, 1, 3, 0, 1}, row{1_700_000_001_000, 99, 3, 0, 1})
		var got []int
		for _, r := range read(t, d.pack(t)).Items[0].Learned.Reviews {
			got = append(got, r.Rating)
			if r.Took != 1500*time.Millisecond || r.At.Year() != 2023 {
				t.Errorf("got %+v", r)
			}
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %v, want %v", conf, got, want)
		}
	}
}

// What is not whole is told: nothing is left out in silence.
func TestNothingIsLost(t *testing.T) {
	d := deck{models: noteType(0, []string{"F", "B"}, "{{F}}", "{{B}}"),
		notes: []row{{1, "g", 5, "", "a\x1fb"}, {2, "h", 5, "", "no cards\x1fb"}, {3, "i", 5, "", strings.Repeat("x", 1<<20) + "\x1fb"}},
		cards: []row{{1, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, ""}, {2, 99, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, ""}, {3, 3, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, ""}}}
	data := zipped(t, "collection.anki2", d.database(t), "0", png, "media", []byte(`{"0": "a.png", "1": "b.png", "7": "a.png", "2": "e\u0301.png"}`), "2", []byte("x"), "__MACOSX/x", []byte("x"))
	b, err := apkg.Read(context.Background(), bundle.Of("x.colpkg", data))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := said(b), "flash|a|b||card_long|no_note|no_cards|media_missing"; got != want || b.Total() != 3 {
		t.Errorf("got %q of %d, want %q of 3", got, b.Total(), want)
	}
	if len(b.Media) != 2 || b.Media[0].Name != "a.png" || b.Media[1].Name != "é.png" {
		t.Errorf("got media %v", b.Media)
	}
}

// The generation says which collection is meant: the older ones beside it only tell old
// programs that they are too old.
func TestGenerations(t *testing.T) {
	model := noteType(0, []string{"F", "B"}, "{{F}}", "{{B}}")
	dummy := deck{models: model, notes: []row{{1, "x", 5, "", "Please update\x1f"}}, cards: []row{{1, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, ""}}}.database(t)
	right := deck{models: model, notes: []row{{1, "x", 5, "", "right\x1fb"}}, cards: []row{{1, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, ""}}}.database(t)
	for name, c := range map[string]struct {
		files []any
		want  string // a prompt, or the code of the error
	}{
		"no meta":        {[]any{"collection.anki2", dummy, "collection.anki21", right}, "right"},
		"meta 2":         {[]any{"meta", []byte{8, 2}, "collection.anki2", dummy, "collection.anki21", right}, "right"},
		"meta 1":         {[]any{"meta", []byte{8, 1}, "collection.anki2", right}, "right"},
		"meta 3 without": {[]any{"meta", []byte{8, 3}, "collection.anki2", dummy}, "format.apkg_none"},
		"meta 4":         {[]any{"meta", []byte{8, 4}, "collection.anki2", right}, "format.apkg_new"},
		"meta nonsense":  {[]any{"meta", []byte{255, 255}, "collection.anki2", right}, "format.apkg_new"},
		"none":           {[]any{"x.txt", right}, "format.apkg_none"},
		"no database":    {[]any{"collection.anki2", []byte("SQLite format 3")}, "format.apkg_broken"},
	} {
		in := bundle.Of("x.apkg", zipped(t, c.files...))
		b, err := apkg.Read(context.Background(), in)
		if got := outcome(b, err); got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
		if sure := apkg.Sniff(in); sure != 100 && name != "none" || sure != 30 && name == "none" {
			t.Errorf("%s: sniffed %d", name, sure)
		}
	}
}

// outcome is the first prompt, or the code of the error.
func outcome(b bundle.Bundle, err error) string {
	var bad bundle.Unreadable
	switch {
	case errors.As(err, &bad):
		return bad.Reason.Code
	case err != nil:
		return err.Error()
	case len(b.Items) == 0:
		return "nothing"
	}
	return b.Items[0].Version.Prompt
}

var _ = questions.Flash
