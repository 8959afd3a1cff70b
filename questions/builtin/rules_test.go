package builtin

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// Rule 5: dates among the options are of one era.
func TestDatesAmongTheOptionsAreClose(t *testing.T) {
	const era = 15 * 366 * 24 * time.Hour
	for _, q := range choices(load(t)) {
		key, err := time.Parse("2 January 2006", q.Key)
		if err != nil {
			continue
		}
		for _, w := range q.Wrong {
			day, err := time.Parse("2 January 2006", w.Text)
			if err != nil || day.Sub(key).Abs() > era {
				t.Errorf("%v: %q is no date within 15 years of %s", q.Pos, w.Text, q.Key)
			}
		}
	}
}

var startsWithNumber = regexp.MustCompile(`^\d`)

// Rule 10: dates and numbers stand in their order, everything else is shuffled.
func TestDatesAndNumbersAreFixed(t *testing.T) {
	for _, q := range choices(load(t)) {
		numbers := 0
		for _, o := range q.Options() {
			if startsWithNumber.MatchString(o.Text) {
				numbers++
			}
		}
		if all := numbers == len(q.Options()); all != q.Fixed {
			t.Errorf("%v: fixed is %v, but options that begin with a number: %d of %d", q.Pos, q.Fixed, numbers, len(q.Options()))
		}
	}
}

// Rule 7: the key does not repeat a word of the stem that no wrong option has.
func TestKeysDoNotEchoTheirStem(t *testing.T) {
	for _, q := range choices(load(t)) {
		stem := longWords(q.Prompt)
		wrong := ""
		for _, w := range q.Wrong {
			wrong += " " + fold(w.Text)
		}
		for _, word := range longWords(q.Key) {
			if slices.Contains(stem, word) && !strings.Contains(wrong, word) {
				t.Errorf("%v: %q stands in the stem and in the key alone: %s", q.Pos, word, q.Key)
			}
		}
	}
}

// longWords are the words that carry meaning, by their first five letters, so
// that forms of one word are the same.
func longWords(text string) []string {
	var words []string
	for _, w := range strings.Fields(fold(text)) {
		if w = strings.Trim(w, `.,?!:;“”’()`); utf8.RuneCountInString(w) >= 5 {
			words = append(words, string([]rune(w)[:5]))
		}
	}
	return words
}

// Rule 11: no stem holds the key of a question that may stand in the same
// session, that is, of another fact which is no twin.
func TestNoStemGivesAnotherKeyAway(t *testing.T) {
	bank := load(t)
	group := map[string]string{}
	for _, topic := range bank.Topics {
		for _, f := range topic.Facts {
			group[f.Slug] = f.Slug
			if f.Twin != "" {
				group[f.Slug] = "twin " + f.Twin
			}
		}
	}
	all := where(bank, func(Question) bool { return true })
	seen := 0
	for _, asks := range all {
		key := strings.TrimPrefix(fold(asks.Key), "the ")
		if asks.Kind == Date || persons[key] || utf8.RuneCountInString(key) < 6 {
			continue
		}
		seen++
		for _, other := range all {
			if group[other.Fact] != group[asks.Fact] && strings.Contains(fold(other.Prompt), key) {
				t.Errorf("%v: the stem gives away the key of %s: %q", other.Pos, asks.Slug, asks.Key)
			}
		}
	}
	if seen < 20 {
		t.Errorf("looked for %d keys, want most", seen)
	}
}

// Two facts with the same answer give each other away.
func TestFactsWithOneAnswerAreTwins(t *testing.T) {
	bank := load(t)
	type owner struct{ fact, twin, slug string }
	first := map[string]owner{}
	for _, topic := range bank.Topics {
		twins := map[string]string{}
		for _, f := range topic.Facts {
			twins[f.Slug] = f.Twin
		}
		for _, q := range topic.Questions {
			if q.Kind == Cloze {
				continue // each gap is the answer of another fact
			}
			key := strings.TrimPrefix(fold(q.Key), "the ")
			if q.arranged() {
				continue // it has no key of its own
			}
			mine := owner{q.Fact, twins[q.Fact], q.Slug}
			before, ok := first[key]
			if !ok {
				first[key] = mine
				continue
			}
			if before.fact != mine.fact && (mine.twin == "" || before.twin != mine.twin) && !persons[key] {
				t.Errorf("%v: %q is also the answer of %s, whose fact is no twin", q.Pos, q.Key, before.slug)
			}
		}
	}
}

// persons may be the answer of many questions: a name gives nothing away.
var persons = map[string]bool{"nikita khrushchev": true, "lavrentiy beria": true, "martin mccauley": true}
