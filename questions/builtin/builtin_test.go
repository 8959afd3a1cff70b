package builtin

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

func load(t *testing.T) Bank {
	t.Helper()
	bank, err := Load()
	if err != nil {
		t.Fatalf("the built-in bank does not load:\n%v", err)
	}
	return bank
}

// quiz returns all questions that are not flashcards.
func quiz(b Bank) []Question {
	return where(b, func(q Question) bool { return q.Kind != Flash })
}

func flashcards(b Bank) []Question {
	return where(b, func(q Question) bool { return q.Kind == Flash })
}

func choices(b Bank) []Question {
	return where(b, func(q Question) bool { return q.Kind == Choice })
}

// picked returns the questions with options that are written for them.
func picked(b Bank) []Question {
	return where(b, func(q Question) bool { return q.Kind == Choice || q.Kind == Several })
}

func where(b Bank, fits func(Question) bool) []Question {
	var found []Question
	for _, topic := range b.Topics {
		for _, q := range topic.Questions {
			if fits(q) {
				found = append(found, q)
			}
		}
	}
	return found
}

func TestCounts(t *testing.T) {
	want := map[string]map[string]int{
		"secret-speech": {Choice: 13, Text: 6, Date: 5, Flash: 14},
		"peak-1961":     {Choice: 3, Several: 2, Truth: 2, Text: 3, Number: 2, Date: 2, Cloze: 1, Flash: 8},
	}
	bank := load(t)
	if got := len(bank.Topics); got != len(want) {
		t.Errorf("topics: got %d, want %d", got, len(want))
	}
	for _, topic := range bank.Topics {
		got := map[string]int{}
		for _, q := range topic.Questions {
			got[q.Kind]++
		}
		if fmt.Sprint(got) != fmt.Sprint(want[topic.Slug]) {
			t.Errorf("topic %s: got %v, want %v", topic.Slug, got, want[topic.Slug])
		}
	}
}

func TestEveryFactIsAskedInAQuiz(t *testing.T) {
	bank := load(t)
	asked := map[string]bool{}
	for _, q := range quiz(bank) {
		for _, fact := range q.Facts() {
			asked[fact] = true
		}
	}
	for _, topic := range bank.Topics {
		for _, f := range topic.Facts {
			if !asked[f.Slug] {
				t.Errorf("%v: no quiz question asks for the fact %s", f.Pos, f.Slug)
			}
		}
	}
}

func TestStems(t *testing.T) {
	for _, q := range where(load(t), func(Question) bool { return true }) {
		if n := len(strings.Fields(q.Prompt)); n < 6 || n > 30 {
			t.Errorf("%v: the stem has %d words, want 6 to 30", q.Pos, n)
		}
		end := "?"
		if q.Kind == Truth || q.Kind == Cloze {
			end = "."
		}
		if !strings.HasSuffix(q.Prompt, end) {
			t.Errorf("%v: the stem does not end with %s: %s", q.Pos, end, q.Prompt)
		}
		for _, key := range q.Right() {
			if strings.Contains(fold(q.Prompt), fold(key)) {
				t.Errorf("%v: the stem holds its key %q", q.Pos, key)
			}
		}
	}
}

func TestExplanations(t *testing.T) {
	for _, q := range where(load(t), func(Question) bool { return true }) {
		if n := len(strings.Fields(q.Explain)); n < 15 || n > 60 {
			t.Errorf("%v: the explanation has %d words, want 15 to 60", q.Pos, n)
		}
	}
}

func TestWrongOptions(t *testing.T) {
	for _, q := range picked(load(t)) {
		for _, w := range q.Wrong {
			for _, key := range q.Right() {
				if text, key := fold(w.Text), fold(key); strings.Contains(text, key) || strings.Contains(key, text) {
					t.Errorf("%v: the wrong option %q holds a key or stands in it", q.Pos, w.Text)
				}
			}
		}
	}
}

func TestFeedback(t *testing.T) {
	for _, q := range quiz(load(t)) {
		for _, o := range q.Options() {
			if n := len(strings.Fields(o.Why)); !o.Key && (n < 4 || n > 25) {
				t.Errorf("%v: the feedback on %q has %d words, want 4 to 25", q.Pos, o.Text, n)
			}
		}
	}
}

// No stem holds the key of a typed question, unless their facts are twins, which
// no session mixes. Persons are named everywhere.
func TestNoQuestionGivesAwayATypedAnswer(t *testing.T) {
	bank := load(t)
	twins := map[string]string{}
	for _, topic := range bank.Topics {
		for _, f := range topic.Facts {
			twins[f.Slug] = f.Twin
		}
	}
	typed := where(bank, func(q Question) bool { return q.Kind == Text && q.Match != "person" })
	for _, q := range typed {
		for _, other := range quiz(bank) {
			apart := q.Fact == other.Fact || twins[q.Fact] != "" && twins[q.Fact] == twins[other.Fact]
			if !apart && strings.Contains(" "+fold(other.Prompt)+" ", " "+fold(q.Key)+" ") {
				t.Errorf("%v: the stem of %s gives the key %q away", q.Pos, other.Slug, q.Key)
			}
		}
	}
}

var (
	absolutes = regexp.MustCompile(`(?i)\b(always|never|only|usually)\b`)
	catchAlls = regexp.MustCompile(`(?i)\b(all|none|both|neither) of (the|these|them)\b`)
	negatives = regexp.MustCompile(`\b(not|except)\b`)
)

func TestBannedWords(t *testing.T) {
	for _, q := range where(load(t), func(Question) bool { return true }) {
		texts := append([]string{q.Prompt}, q.Right()...)
		for _, w := range q.Wrong {
			texts = append(texts, w.Text)
		}
		for _, text := range texts {
			for _, banned := range []*regexp.Regexp{absolutes, catchAlls} {
				if word := banned.FindString(text); word != "" {
					t.Errorf("%v: %q stands in: %s", q.Pos, word, text)
				}
			}
		}
		if negatives.MatchString(q.Prompt) {
			t.Errorf("%v: a negative in the stem stands in capitals: %s", q.Pos, q.Prompt)
		}
	}
}

func TestKeyIsRarelyTheLongestOption(t *testing.T) {
	all := picked(load(t))
	var longest []string
	for _, q := range all {
		key := 0
		for _, text := range q.Right() {
			key = max(key, len([]rune(text)))
		}
		if !slices.ContainsFunc(q.Wrong, func(w Wrong) bool { return len([]rune(w.Text)) >= key }) {
			longest = append(longest, q.Slug)
		}
	}
	if 3*len(longest) > len(all) {
		t.Errorf("the key is the longest option in %d of %d, want at most a third: %v", len(longest), len(all), longest)
	}
}

func TestFixedOptionsAscend(t *testing.T) {
	for _, q := range choices(load(t)) {
		if !q.Fixed {
			continue
		}
		var last time.Time
		for _, o := range q.Options() {
			day, err := time.Parse("2 January 2006", o.Text)
			if err != nil || !day.After(last) {
				t.Errorf("%v: the fixed option %q is no date after the one before it", q.Pos, o.Text)
			}
			last = day
		}
	}
}

func TestFlashcardsAreNotYesOrNo(t *testing.T) {
	for _, q := range flashcards(load(t)) {
		first := strings.Trim(strings.Fields(fold(q.Key))[0], ",.;")
		if slices.Contains([]string{"yes", "no", "true", "false"}, first) {
			t.Errorf("%v: the back %q is a yes or no", q.Pos, q.Key)
		}
		if strings.ContainsAny(q.Key, "/;") {
			t.Errorf("%v: the back %q holds several answers", q.Pos, q.Key)
		}
	}
}

func TestNearlyHalfGoesBeyondRemembering(t *testing.T) {
	all := quiz(load(t))
	beyond := 0
	for _, q := range all {
		if q.Level != "remember" {
			beyond++
		}
	}
	if 100*beyond < 45*len(all) {
		t.Errorf("%d of %d quiz questions go beyond remembering, want 45 %%", beyond, len(all))
	}
}

func TestTypedAnswersCollideWithNoOther(t *testing.T) {
	bank := load(t)
	owner := map[string]string{}
	for _, e := range bank.Entities {
		for _, form := range append([]string{e.Name}, e.Spellings...) {
			owner[fold(form)] = e.Slug
		}
	}
	for _, q := range where(bank, func(q Question) bool { return q.Kind == Text }) {
		if q.Entity == "" {
			t.Errorf("%v: a typed question names no entity, so it has no spellings", q.Pos)
		}
		for _, form := range append([]string{q.Key}, q.Accept...) {
			if other := owner[fold(form)]; other != "" && other != q.Entity {
				t.Errorf("%v: %q is a name of %s", q.Pos, form, other)
			}
		}
	}
}

func TestCoreItemsAreCovered(t *testing.T) {
	bank := load(t)
	text, err := os.ReadFile("testdata/core.txt")
	if err != nil {
		t.Fatal(err)
	}
	inQuiz, onCard := named(quiz(bank)), named(flashcards(bank))
	ids := regexp.MustCompile(`(?m)^[A-Z]\d{2}$`).FindAllString(string(text), -1)
	if len(ids) < 30 {
		t.Fatalf("core.txt lists %d items", len(ids))
	}
	for _, id := range ids {
		if !inQuiz[id] {
			t.Errorf("no quiz question names the core item %s", id)
		}
		if !onCard[id] {
			t.Errorf("no flashcard names the core item %s", id)
		}
	}
}

func named(questions []Question) map[string]bool {
	items := map[string]bool{}
	for _, q := range questions {
		for _, id := range q.Inventory {
			items[id] = true
		}
	}
	return items
}

func TestReadingText(t *testing.T) {
	words := 0
	for _, section := range load(t).Sections {
		for _, p := range section.Passages {
			words += len(strings.Fields(p.Text))
			if n := len(regexp.MustCompile(`[.?!]["”]?(\s|$)`).FindAllString(p.Text, -1)); n < 1 || n > 3 {
				t.Errorf("%v: the passage has %d sentences, want 1 to 3", p.Pos, n)
			}
		}
	}
	if words < 350 || words > 1400 {
		t.Errorf("the reading text has %d words, want 350 to 1400", words)
	}
}

func TestOptions(t *testing.T) {
	wrong := []Wrong{{Text: "a"}, {Text: "b"}}
	tests := []struct {
		name string
		q    Question
		want string
	}{
		{"shuffled later", Question{Key: "K", Wrong: wrong}, "K a b"},
		{"fixed first", Question{Key: "K", Wrong: wrong, Fixed: true, Place: 1}, "K a b"},
		{"fixed between", Question{Key: "K", Wrong: wrong, Fixed: true, Place: 2}, "a K b"},
		{"fixed last", Question{Key: "K", Wrong: wrong, Fixed: true, Place: 3}, "a b K"},
		{"several", Question{Kind: Several, Keys: []string{"K", "K"}, Wrong: wrong}, "K K a b"},
	}
	for _, tt := range tests {
		var got []string
		for _, o := range tt.q.Options() {
			got = append(got, o.Text)
			if o.Key != (o.Text == "K") {
				t.Errorf("%s: option %q: Key is %v", tt.name, o.Text, o.Key)
			}
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: got %v, want %s", tt.name, got, tt.want)
		}
	}
}

func TestOptionsOfATruth(t *testing.T) {
	got := Question{Kind: Truth, Key: "false", Why: "It is not."}.Options()
	if want := []Option{{Text: "true", Why: "It is not."}, {Text: "false", Key: true}}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestAccepted(t *testing.T) {
	bank := Bank{Entities: []Entity{{Slug: "beria", Name: "Lavrentiy Beria", Spellings: []string{"Beriya"}}}}
	got := bank.Accepted(Question{Key: "Lavrentiy Beria", Accept: []string{"Beria"}, Entity: "beria"})
	if want := []string{"Lavrentiy Beria", "Beria", "Beriya"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestRevision(t *testing.T) {
	bank := load(t)
	hash, err := Hash()
	if err != nil {
		t.Fatal(err)
	}
	if hash != bank.Revision || len(hash) != 64 {
		t.Errorf("Hash is %q, the loaded bank's revision %q", hash, bank.Revision)
	}
	small, changed := smallBank(), smallBank()
	changed["reading.yaml"] = &fstest.MapFile{Data: append([]byte("# changed\n"), small["reading.yaml"].Data...)}
	one, _ := hashFS(small)
	two, _ := hashFS(changed)
	if one == two {
		t.Error("a changed file leaves the revision as it was")
	}
}
