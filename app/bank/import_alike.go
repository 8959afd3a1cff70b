package bank

import (
	"cmp"
	"slices"

	"thaw/questions"
	"thaw/questions/kind"
)

// Two prompts are alike from these shares of common words on (Jaccard): with the same key,
// and where the key says little.
const (
	alikeKeyed = 0.6
	alikeAlone = 0.85
	fewWords   = 4  // of a prompt that says nothing without its key
	mostLooked = 48 // others that a question is compared with, by its rarest words
)

// alikes finds questions that ask nearly the same as another.
type alikes struct {
	words map[string]int32
	seen  []int // how many questions have a word
	list  []likeable
	by    map[int32][]int32 // of a question's rarest words: the questions
}

// likeable is a question as it is likened to others: its words by number.
type likeable struct {
	words []int32
	key   string
	truth bool
	twin  Twin
}

func newAlikes() *alikes { return &alikes{words: map[string]int32{}, by: map[int32][]int32{}} }

// read makes a question likeable; its words are counted.
func (a *alikes) read(v questions.Version, twin Twin) likeable {
	one := likeable{key: sameText(likeKey(v)), truth: v.Kind == questions.Truth, twin: twin}
	for _, w := range promptWords(v) {
		n, ok := a.words[w]
		if !ok {
			n = int32(len(a.seen)) // #nosec G115 -- fewer than there is memory for
			a.words[w], a.seen = n, append(a.seen, 0)
		}
		a.seen[n]++
		one.words = append(one.words, n)
	}
	slices.Sort(one.words)
	return one
}

// likeKey is what is right, in words.
func likeKey(v questions.Version) string {
	if kind.Parted(v.Kind) {
		return ""
	}
	return keyText(v)
}

// put adds a question to those that others are likened to.
func (a *alikes) put(q likeable) {
	at := int32(len(a.list)) // #nosec G115 -- a count of questions
	a.list = append(a.list, q)
	for _, w := range a.rarest(q) {
		a.by[w] = append(a.by[w], at)
	}
}

// rarest are the words of which two alike questions share one: all but so many as may be
// missing, the rarest first.
func (a *alikes) rarest(q likeable) []int32 {
	words := slices.Clone(q.words)
	slices.SortFunc(words, func(x, y int32) int { return cmp.Or(cmp.Compare(a.seen[x], a.seen[y]), cmp.Compare(x, y)) })
	n := len(words)
	return words[:min(n, n-int(alikeKeyed*float64(n)+.999)+1)]
}

// find returns what a question is most alike to.
func (a *alikes) find(q likeable) (Twin, bool) {
	best, most, looked := -1, 0.0, 0
	tried := map[int32]bool{}
	for _, w := range a.rarest(q) {
		others := a.by[w]
		for i := len(others) - 1; i >= 0 && looked < mostLooked; i-- {
			if at := others[i]; !tried[at] {
				tried[at] = true
				looked++
				if share := q.like(a.list[at]); share > most {
					best, most = int(at), share
				}
			}
		}
	}
	if best < 0 {
		return Twin{}, false
	}
	return a.list[best].twin, true
}

// like is how alike two questions are, 0 for not.
func (q likeable) like(other likeable) float64 {
	share := jaccard(q.words, other.words)
	keyed := q.key == other.key && q.key != "" && !q.truth
	switch {
	case keyed && share >= alikeKeyed, share >= alikeAlone && len(q.words) >= fewWords:
		return share
	}
	return 0
}

// jaccard is the share of the members that two sorted sets have in common.
func jaccard(a, b []int32) float64 {
	common, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			common, i, j = common+1, i+1, j+1
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	if len(a)+len(b) == 0 {
		return 0
	}
	return float64(common) / float64(len(a)+len(b)-common)
}
