package apkg_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"thaw/questions"
	"thaw/questions/format/apkg"
	"thaw/questions/format/bundle"
)

// changed is a package of ours after a statement.
func changed(t testing.TB, data []byte, statements ...string) []byte {
	t.Helper()
	db := collection(t, data)
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
	var file string
	for _, r := range rows(t, db, "pragma database_list") {
		file = r["file"].(string)
	}
	raw, err := os.ReadFile(filepath.Clean(file))
	if err != nil {
		t.Fatal(err)
	}
	return zipped(t, "collection.anki2", raw, "media", []byte("{}"))
}

// Where other programs have dropped what we keep in a note, the questions are still what
// Anki shows of them.
func TestWithoutToken(t *testing.T) {
	data := changed(t, written(t, bank(), bundle.Options{}), "update notes set data = '', flds = substr(flds, 1, instr(flds || 'eyJ0', 'eyJ0') - 1)")
	var got []string
	for _, it := range read(t, data).Items {
		v := it.Version
		line := v.Kind + "|" + v.Prompt + "|"
		for _, a := range v.Answers {
			line += a.Match + " " + a.Text + "|"
		}
		got = append(got, line+v.Explain)
	}
	want := []string{
		"flash|The **capital** ![A map](a%20map-ä.png)| Москва ![](say.mp3)|Since $1918$.",
		"flash|der Hund| the dog|",
		"flash|the dog| der Hund|",
		"text|Who spoke?|term Nikita Khrushchev|",
		"number|How many?|number 1,436|",
		"date|When?|date 1956-02-25|",
		`cloze|On {{1}} {{2}} spoke {\{not c1::this}}.|date 1956-02-25|term a::b|In secret.`,
		"flash|Which?\n\n1. This\n\n2. That| This|- That: Not that.",
		"flash|Which?\n\n1. a\n\n2. b\n\n3. c| - a\n\n- b|",
		"flash|It was so.\n\nTrue or false?| False|",
		"flash|In which order?\n\n- x\n\n- y\n\n- z| 1. z\n\n2. y\n\n3. x|",
		"flash|What belongs where?\n\n1. l1\n\n2. l2\n\n- none\n\n- r1\n\n- r2| - l1 – r1\n\n- l2 – r2|",
	}
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Errorf("got  %q\nwant %q", got[min(i, len(got)-1)], want[min(i, len(want)-1)])
		}
	}
}

// What somebody has changed in Anki is what comes back; what nobody has touched comes
// back as it was.
func TestChangedInAnki(t *testing.T) {
	before := bank()
	data := changed(t, written(t, before, bundle.Options{}),
		"update notes set flds = replace(flds, 'der Hund', 'die Katze'), tags = ' more '",
		"update notes set guid = 'copy' where flds like 'Who spoke?%'",
		"update cards set did = 1 where nid in (select id from notes where flds like 'Which?%')")
	b := read(t, data)
	byPrompt := map[string]bundle.Item{}
	for _, it := range b.Items {
		byPrompt[it.Version.Prompt] = it
		if !reflect.DeepEqual(it.Tags, []string{"more"}) {
			t.Errorf("got tags %v", it.Tags)
		}
	}
	cat := byPrompt["die Katze"]
	if cat.ID == "" || strings.HasPrefix(cat.ID, "dog") || byPrompt["the dog"].Mirrors != cat.ID {
		t.Errorf("got %+v", cat)
	}
	if it := byPrompt["Who spoke?"]; it.ID != "copy:0" || len(it.Version.Answers) != 2 {
		t.Errorf("a copy: got %+v", it)
	}
	if it := byPrompt["Which?"]; it.Version.Kind != questions.Several || it.Topic != nil || it.ID != "several" {
		t.Errorf("moved: got %+v", it)
	}
	if it := byPrompt["When?"]; it.ID != "when" || it.Version.Kind != questions.Date {
		t.Errorf("untouched: got %+v", it)
	}
}

// All there is to an item comes back, with what is remembered of it.
func TestWhole(t *testing.T) {
	want := bank()
	want.Items[3].State, want.Items[3].Name = "retired", "A name"
	want.Items[3].Version.Level = "understand"
	b := read(t, written(t, want, bundle.Options{Learned: true}))
	for i, it := range b.Items {
		it.Line = 0
		if it.Learned != nil && want.Items[i].Learned != nil {
			it.Learned.Due = it.Learned.Due.UTC()
		}
		if !reflect.DeepEqual(it, want.Items[i]) {
			t.Errorf("got  %+v %+v\nwant %+v %+v", it, it.Learned, want.Items[i], want.Items[i].Learned)
		}
	}
	if b.Title != want.Title || len(b.Media) != 2 {
		t.Errorf("got title %q, %d media", b.Title, len(b.Media))
	}
	for _, it := range read(t, written(t, want, bundle.Options{})).Items {
		if it.Learned != nil {
			t.Errorf("%s: what was learned is written where it is not asked for", it.ID)
		}
	}
}

// A question that has nothing to ask is told of, and the others are written.
func TestNothingToAsk(t *testing.T) {
	b := bank()
	b.Items[5].Version.Prompt = ""
	var out bytes.Buffer
	problems, err := apkg.Write(context.Background(), &out, b, bundle.Options{})
	if err != nil || len(problems) != 1 || problems[0].Line != 6 || problems[0].Reason.Code != "format.apkg_no_prompt" {
		t.Errorf("got %v, %+v", err, problems)
	}
	if n := len(read(t, out.Bytes()).Items); n != len(b.Items)-1 {
		t.Errorf("%d items were written, want %d", n, len(b.Items)-1)
	}
}

// The same questions are the same notes whenever they are written.
func TestNotesAreStable(t *testing.T) {
	guids := func(b bundle.Bundle) (list []any) {
		for _, r := range rows(t, collection(t, written(t, b, bundle.Options{})), "select guid from notes order by id") {
			list = append(list, r["guid"])
		}
		return list
	}
	b := bank()
	for i := range b.Items {
		if i > 2 {
			b.Items[i].ID = ""
		}
	}
	first := guids(b)
	b.Items = append(b.Items, b.Items[5])
	again := guids(b)
	if !reflect.DeepEqual(first, again[:len(first)]) || again[len(first)] == first[4] {
		t.Errorf("got %v, then %v", first, again)
	}
}

// The sum and the sorted text of a note's first field are those that Anki itself makes.
func TestSums(t *testing.T) {
	b := bundle.Bundle{}
	for _, prompt := range []string{"der Hund", "What is a **cell**?", "2 < 3 ?"} {
		b.Items = append(b.Items, bundle.Item{Version: questions.Version{Kind: questions.Flash, Prompt: prompt, Answers: []questions.Answer{{Part: 1, Text: "x", Credit: 1}}}})
	}
	want := []map[string]any{{"sfld": "der Hund", "csum": int64(4219787970)}, {"sfld": "What is a cell?", "csum": int64(3722344859)}, {"sfld": "2 < 3 ?", "csum": int64(2793267511)}}
	if got := rows(t, collection(t, written(t, b, bundle.Options{})), "select sfld, csum from notes order by id"); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
