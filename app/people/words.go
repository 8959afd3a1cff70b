package people

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"strings"
	"unicode"

	"github.com/sethvargo/go-diceware/diceware"

	"thaw/questions"
)

// Recovery words bring a learner back without name or e-mail: three for a
// guest, four for an account. They follow from the installation's key, the
// learner and a generation, so that they can be shown until they are written
// down and are stored nowhere but as a keyed hash.
const guestWords, accountWords = 3, 4

// Words returns the person's recovery words.
func (d *Desk) Words(ctx context.Context, who Person) ([]string, error) {
	key, err := d.secret(ctx)
	if err != nil {
		return nil, err
	}
	return words(key, who.ID, who.WordsN, count(who)), nil
}

func count(who Person) int {
	if who.Known() {
		return accountWords
	}
	return guestWords
}

// words draws n of the 7,776 words of the EFF's long list.
func words(key []byte, who questions.LearnerID, generation, n int) []string {
	list := diceware.WordListEffLarge()
	drawn := make([]string, n)
	for i := range drawn {
		at := 0
		sum := keyed(key, "word", binary.BigEndian.AppendUint64(nil, uint64(who)), []byte{byte(generation), byte(generation >> 8), byte(i)}) // #nosec G115 -- bits
		number := binary.BigEndian.Uint64(sum) % 7776
		for range list.Digits() {
			at = at*10 + int(number%6) + 1 // #nosec G115 -- below 6
			number /= 6
		}
		drawn[i] = list.WordAt(at)
	}
	return drawn
}

// wordsHash is what is stored and looked up. A word may hold a hyphen, which
// people leave out or put between all words.
func wordsHash(key []byte, words []string) []byte {
	return keyed(key, "words", []byte(strings.Join(readWords(strings.Join(words, " ")), " ")))
}

// readWords takes words as people type them: any case, blanks, commas, dots,
// hyphens.
func readWords(typed string) []string {
	if len(typed) > 200 {
		return nil
	}
	return strings.FieldsFunc(strings.ToLower(typed), func(r rune) bool { return !unicode.IsLetter(r) })
}

// keyed is HMAC-SHA-256 over a purpose and parts.
func keyed(key []byte, purpose string, parts ...[]byte) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(purpose))
	for _, p := range parts {
		h.Write([]byte{0})
		h.Write(p)
	}
	return h.Sum(nil)
}
