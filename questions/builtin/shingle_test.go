package builtin

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// run is how many words in a row count as copied.
const run = 6

// shingles returns the runs of words of a text that stand in the article.
func shingles(article map[string]bool, text string) []string {
	split := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	words := strings.FieldsFunc(strings.ToLower(norm.NFC.String(text)), split)
	var copied []string
	for i := 0; i+run <= len(words); i++ {
		words := strings.Join(words[i:i+run], " ")
		if article[shingle(words)] {
			copied = append(copied, words)
		}
	}
	return copied
}

func shingle(words string) string {
	sum := sha256.Sum256([]byte(words))
	return hex.EncodeToString(sum[:8])
}

func readShingles(t *testing.T) map[string]bool {
	t.Helper()
	text, err := os.ReadFile("testdata/shingles6.txt")
	if err != nil {
		t.Fatal(err)
	}
	article := map[string]bool{}
	for _, hash := range strings.Fields(string(text)) {
		article[hash] = true
	}
	if len(article) < 1000 {
		t.Fatalf("shingles6.txt holds %d hashes", len(article))
	}
	return article
}

func TestNoTextRepeatsTheArticle(t *testing.T) {
	article := readShingles(t)
	bank := load(t)
	look := func(at string, texts ...string) {
		for _, text := range texts {
			for _, copied := range shingles(article, text) {
				t.Errorf("%s: the article says this too: %q", at, copied)
			}
		}
	}
	look("bank.yaml", bank.Title, bank.About, bank.Source.Note)
	for _, e := range bank.Entities {
		look(e.Pos.String(), append(e.Spellings, e.Name, e.About)...)
	}
	for _, section := range bank.Sections {
		whole := ""
		for _, p := range section.Passages {
			whole += p.Text + " "
		}
		look("section "+section.Slug, section.Title, whole)
	}
	for _, topic := range bank.Topics {
		look("topic "+topic.Slug, topic.Title, topic.About)
		for _, f := range topic.Facts {
			look(f.Pos.String(), f.Text)
		}
		for _, q := range topic.Questions {
			look(q.Pos.String(), append(q.Accept, q.Prompt, q.Why, q.Explain)...)
			look(q.Pos.String(), q.Right()...)
			for _, w := range q.Wrong {
				look(q.Pos.String(), w.Text, w.Why)
			}
		}
	}
}

func TestShinglesFindACopy(t *testing.T) {
	copied := "One, two: three FOUR five six."
	article := map[string]bool{shingle("one two three four five six"): true}
	if got := shingles(article, "And "+copied); len(got) != 1 {
		t.Errorf("got %q, want the one run", got)
	}
	if got := shingles(article, "One two three four five, and six."); len(got) != 0 {
		t.Errorf("got %q, want nothing", got)
	}
}
