package text

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

func TestFill(t *testing.T) {
	for _, c := range []struct {
		lang, template string
		args           []any
		want           string
	}{
		{"en", "Not {2}: {1}.", []any{"Khrushchev", "Malenkov"}, "Not Malenkov: Khrushchev."},
		{"en", "{1} {1|fact|facts}", []any{1}, "1 fact"},
		{"en", "{1} {1|fact|facts}", []any{0}, "0 facts"},
		{"en", "{1} {1|year|years} off", []any{"1"}, "1 year off"},
		{"de", "{1} {1|Frage|Fragen}", []any{2}, "2 Fragen"},
		{"fr", "{1} {1|question|questions}", []any{0}, "0 question"},
		{"ru", "{1} {1|вопрос|вопроса|вопросов}", []any{21}, "21 вопрос"},
		{"ru", "{1} {1|вопрос|вопроса|вопросов}", []any{23}, "23 вопроса"},
		{"ru", "{1} {1|вопрос|вопроса|вопросов}", []any{12}, "12 вопросов"},
		{"en", "an argument's {2} stays: {1}", []any{"{2}", "x"}, "an argument's x stays: {2}"},
		{"en", "too few: {3}", []any{1}, "too few: {3}"},
		{"en", "open { brace", nil, "open { brace"},
	} {
		if got := fill(c.lang, c.template, c.args); got != c.want {
			t.Errorf("fill(%s, %q, %v) = %q, want %q", c.lang, c.template, c.args, got, c.want)
		}
	}
}

func TestTFallsBack(t *testing.T) {
	for lang, want := range map[string]string{"en": "tomorrow", "en-GB": "tomorrow", "xx": "tomorrow", "": "tomorrow"} {
		if got := T(lang, "when.tomorrow"); got != want {
			t.Errorf("T(%q) = %q, want %q", lang, got, want)
		}
	}
	if got := T("en", "no.such.key"); got != "no.such.key" {
		t.Errorf("unknown key shows %q, want itself", got)
	}
}

func TestAreasAreMerged(t *testing.T) {
	all := load(fstest.MapFS{
		"de.txt":         {Data: []byte("# Notiz\na.b = Eins\n")},
		"de.klassen.txt": {Data: []byte("c.d = Zwei = drei\n")},
	})
	if got := all["de"]["a.b"] + "," + all["de"]["c.d"]; got != "Eins,Zwei = drei" {
		t.Errorf("got %q, want both areas", got)
	}
}

func TestDate(t *testing.T) {
	for _, c := range []struct {
		y, m, d int
		want    string
	}{
		{1956, 2, 25, "25 February 1956"}, {1956, 2, 0, "February 1956"}, {1956, 0, 0, "1956"}, {-43, 3, 15, "15 March 44 BC"},
	} {
		if got := Date("en", c.y, c.m, c.d); got != c.want {
			t.Errorf("Date(%d, %d, %d) = %q, want %q", c.y, c.m, c.d, got, c.want)
		}
	}
}

func TestWhenAndOn(t *testing.T) {
	now := time.Date(2026, 11, 24, 20, 0, 0, 0, time.UTC) // a Tuesday
	for _, c := range []struct {
		after    time.Duration
		days     int
		when, on string
	}{
		{-time.Minute, 0, "now", "now"},
		{10 * time.Minute, 0, "in 10 minutes", "in 10 minutes"},
		{30 * time.Second, 0, "in 1 minute", "in 1 minute"},
		{5 * time.Hour, 0, "later today", "later today"},
		{10 * time.Hour, 1, "tomorrow", "tomorrow"},
		{48 * time.Hour, 2, "in about 2 days", "Thursday"},
		{4 * 24 * time.Hour, 4, "in about 4 days", "Saturday"},
		{21 * 24 * time.Hour, 21, "in about 3 weeks", "15 December"},
		{90 * 24 * time.Hour, 90, "in about 3 months", "22 February 2027"},
		{800 * 24 * time.Hour, 800, "in about 2 years", "1 February 2029"},
	} {
		at := now.Add(c.after)
		if got := When("en", now, at, c.days, time.UTC); got != c.when {
			t.Errorf("When after %v = %q, want %q", c.after, got, c.when)
		}
		if got := On("en", now, at, c.days, time.UTC); got != c.on {
			t.Errorf("On after %v = %q, want %q", c.after, got, c.on)
		}
	}
	if got, want := Day("en", now), "Tuesday 24 November"; got != want {
		t.Errorf("Day = %q, want %q", got, want)
	}
}

func TestList(t *testing.T) {
	for _, c := range []struct{ items, want string }{
		{"", ""}, {"a", "a"}, {"a b", "a and b"}, {"a b c", "a, b and c"},
	} {
		if got := List("en", strings.Fields(c.items)); got != c.want {
			t.Errorf("List(%s) = %q, want %q", c.items, got, c.want)
		}
	}
}

// TestFilesAreClean names lines that are no text, keys that stand twice, and
// keys of another language that English lacks.
func TestFilesAreClean(t *testing.T) {
	names, err := filepath.Glob("*.txt")
	if err != nil || len(names) == 0 {
		t.Fatalf("no catalogue files: %v", err)
	}
	seen := map[string]string{}
	for _, name := range names {
		lang, _, _ := strings.Cut(name, ".")
		lines, problems := read(contents(t, name))
		for _, p := range problems {
			t.Errorf("%s: %s", name, p)
		}
		for _, l := range lines {
			if before, double := seen[lang+" "+l.key]; double {
				t.Errorf("%s:%d: %s stands already in %s", name, l.number, l.key, before)
			}
			seen[lang+" "+l.key] = name
			if !keyShape.MatchString(l.key) {
				t.Errorf("%s:%d: %s is not area.name in lower case", name, l.number, l.key)
			}
			if !Has(l.key) {
				t.Errorf("%s:%d: %s is missing in English", name, l.number, l.key)
			}
		}
	}
}

var (
	keyShape = regexp.MustCompile(`^[a-z_]+(\.[a-z0-9_]+)+$`)
	literal  = regexp.MustCompile("[\"`]([a-z_]+(?:\\.[a-z0-9_]+)*\\.?)[\"`%]")
)

// TestKeysMatchTheCode holds the catalogue against every literal in the tree: a
// literal in a known area must be a key or the beginning of one, and a key must
// be somewhere in the code, whole or by its beginning ("verdict.word."+x,
// "account.theme_"+x, "error.%d").
func TestKeysMatchTheCode(t *testing.T) {
	areas, waits := map[string]bool{}, waiting(t)
	for key := range catalogue[base] {
		areas[key[:strings.Index(key, ".")]] = true
	}
	used := map[string]bool{}
	for said, file := range literals(t, filepath.Join("..", "..")) {
		area, _, dotted := strings.Cut(said, ".")
		if !dotted || !areas[area] || fileName(said) && !Has(said) {
			continue
		}
		found := keysOf(said)
		if len(found) == 0 {
			t.Errorf("%s uses %q, which is not in the catalogue", file, said)
		}
		for _, key := range found {
			used[key] = true
		}
	}
	for key := range catalogue[base] {
		if !used[key] && !waits[key] {
			t.Errorf("nobody uses %q", key)
		}
	}
}

// keysOf are the keys that a literal stands for: itself, or all that begin so.
func keysOf(said string) []string {
	if Has(said) {
		return []string{said}
	}
	if !strings.HasSuffix(said, "_") {
		said = strings.TrimSuffix(said, ".") + "."
	}
	var found []string
	for key := range catalogue[base] {
		if strings.HasPrefix(key, said) {
			found = append(found, key)
		}
	}
	return found
}

// waiting are the keys under the line "# waiting" of en.txt.
func waiting(t *testing.T) map[string]bool {
	t.Helper()
	_, below, _ := strings.Cut(contents(t, "en.txt"), "\n# waiting\n")
	lines, _ := read(below)
	keys := map[string]bool{}
	for _, l := range lines {
		keys[l.key] = true
	}
	return keys
}

// literals collects the strings of the tree's code that look like keys, or like
// their beginnings, with a file that has them.
func literals(t *testing.T, root string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(root, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() && strings.HasPrefix(d.Name(), ".") && name != root {
			return firstOf(err, filepath.SkipDir)
		}
		if d.IsDir() || !isCode(name) {
			return nil
		}
		for _, m := range literal.FindAllStringSubmatch(contents(t, name), -1) {
			found[m[1]] = name
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) < 50 {
		t.Fatalf("saw %d literals, want the whole tree's", len(found))
	}
	return found
}

func firstOf(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

func isCode(name string) bool {
	if strings.HasSuffix(name, "_templ.go") || strings.HasSuffix(name, "_test.go") {
		return false
	}
	return slices.Contains([]string{".go", ".templ"}, filepath.Ext(name))
}

// fileName tells that a literal names a file or a package, not a text.
func fileName(s string) bool {
	return slices.Contains([]string{".go", ".db", ".css", ".js", ".txt", ".svg", ".yaml", ".revision"}, filepath.Ext(s))
}

func contents(t *testing.T, name string) string {
	t.Helper()
	src, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(src)
}

func TestBrief(t *testing.T) {
	for x, want := range map[float64]string{0: "0.0", .96: "1.0", 9.94: "9.9", 9.96: "10", 17.5: "18"} {
		if got := Brief("en", x); got != want {
			t.Errorf("Brief(%v) = %s, want %s", x, got, want)
		}
	}
}
