package builtin

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"thaw/questions"
	"thaw/views/text"
)

func load(t *testing.T) Bank {
	t.Helper()
	bank, err := Load()
	if err != nil {
		t.Fatalf("the built-in bank does not load:\n%v", err)
	}
	return bank
}

// counts is what each topic has, quiz questions and flashcards, and how many core
// items are asked both ways. It is set anew when questions are added.
var counts = struct {
	topics map[string][2]int
	core   int
}{map[string][2]int{
	"words-and-ideas": {16, 14},
	"heirs-1953":      {20, 12},
	"quiet-phase":     {22, 14},
	"secret-speech":   {24, 14},
	"motives":         {22, 12},
	"camps":           {14, 8},
	"names-monuments": {26, 16},
	"peak-1961":       {14, 8},
	"afterlife":       {16, 8},
	"timeline":        {16, 4},
}, 138}

func TestCounts(t *testing.T) {
	c := CheckBuiltIn()
	if c.Covered != counts.core {
		t.Errorf("%d core items are asked both in a quiz and on a flashcard, want %d", c.Covered, counts.core)
	}
	if got := len(c.Bank.Topics); got != len(counts.topics) {
		t.Errorf("topics: got %d, want %d", got, len(counts.topics))
	}
	for _, topic := range c.Bank.Topics {
		var got [2]int
		for _, q := range topic.Questions {
			if q.Kind == Flash {
				got[1]++
			} else {
				got[0]++
			}
		}
		if got != counts.topics[topic.Slug] {
			t.Errorf("topic %s: got %v quiz questions and flashcards, want %v", topic.Slug, got, counts.topics[topic.Slug])
		}
	}
}

func TestBuiltInBankHasNoProblems(t *testing.T) {
	c := CheckBuiltIn()
	for _, p := range c.Broken {
		t.Error(p)
	}
	for _, f := range c.Findings {
		t.Errorf("%v: rule %d %s: %s", f.Pos, f.Rule.Number, f.Rule.Name, text.T("en", f.Reason.Code, args(f.Reason)...))
	}
}

func args(r questions.Reason) []any {
	all := make([]any, len(r.Args))
	for i, a := range r.Args {
		all[i] = a
	}
	return all
}

func TestInventory(t *testing.T) {
	items := Inventory()
	if core := len(items.Core()); core != 138 || len(items) != 178 {
		t.Errorf("%d core items of %d, want 138 of 178", core, len(items))
	}
	if d := items["D22"]; !d.Core || len(d.Dates) != 2 {
		t.Errorf("D22 is %+v, want a core item of two days", d)
	}
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
	hash, err := hashFS(embedded)
	if err != nil {
		t.Fatal(err)
	}
	if hash != bank.Revision || len(hash) != 64 {
		t.Errorf("the hash of the files is %q, the loaded bank's revision %q", hash, bank.Revision)
	}
	small, changed := smallBank(), smallBank()
	changed["reading.yaml"] = &fstest.MapFile{Data: append([]byte("# changed\n"), small["reading.yaml"].Data...)}
	one, _ := hashFS(small)
	two, _ := hashFS(changed)
	if one == two {
		t.Error("a changed file leaves the revision as it was")
	}
}

// What a bank leaves out is missed once no topic is planned any more.
func TestCoverageIsAskedOfAWholeBank(t *testing.T) {
	missed := func(b fstest.MapFS) (n int) {
		c := Check(b)
		if len(c.Broken) > 0 {
			t.Fatal(c.Broken)
		}
		for _, f := range c.Findings {
			if f.Rule.Number == 12 && f.Question == 0 {
				n++
			}
		}
		return n
	}
	whole := smallBank()
	if n := missed(whole); n != 0 {
		t.Errorf("with a topic planned %d items are missed", n)
	}
	head := string(whole["bank.yaml"].Data)
	whole["bank.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(head, "  - {slug: two, title: Two}\n", "", 1))}
	if n := missed(whole); n < 138 {
		t.Errorf("of a whole bank %d items are missed, want most of the core", n)
	}
}

// Every question names what it asks for by the ids of the inventory.
func TestEveryQuestionNamesItsItems(t *testing.T) {
	for _, topic := range CheckBuiltIn().Bank.Topics {
		for _, q := range topic.Questions {
			if len(q.Inventory) == 0 {
				t.Errorf("%v: %s names no item of the inventory", q.Pos, q.Slug)
			}
		}
	}
}
