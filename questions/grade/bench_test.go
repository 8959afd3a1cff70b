package grade_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"thaw/questions"
	"thaw/questions/grade"
)

// BenchmarkWorst judges what takes the longest within the limits of an input.
func BenchmarkWorst(b *testing.B) {
	for _, test := range []struct{ match, key, input string }{
		{questions.MatchSet, strings.Repeat("ab; ", 49) + "abc", strings.Repeat("a ", 99)},
		{questions.MatchSet, strings.Repeat("Ivan Petrov; ", 14) + "Anna", strings.Repeat("Ivan Petrof ", 16)},
		{questions.MatchSet, "Lenin → Stalin → Khrushchev", strings.Repeat("Stalim, ", 24)},
		{questions.MatchOrdinal, "20th", strings.Repeat("twentyh ", 24)},
		{questions.MatchDate, "1956-02-25", strings.Repeat("feburary ", 22)},
		{questions.MatchDate, "1956-02-25", "from 3/4/56 to 5/6/57 to 7/8/58 to 9/10/59"},
		{questions.MatchPerson, "Nikita Khrushchev", strings.Repeat("Nikta Kruschef ", 13)},
		{questions.MatchTerm, strings.Repeat("cult of ", 24), strings.Repeat("cult or ", 24)},
		{questions.MatchNumber, "688503", strings.Repeat("siebenhundert ", 14)},
	} {
		list, lex := answers(test.match, test.key), largeBank()
		quickest := time.Duration(math.MaxInt64)
		b.Run(test.match+"/"+test.input[:8], func(b *testing.B) {
			for b.Loop() {
				start := time.Now()
				grade.Typed(list, lex, test.input)
				quickest = min(quickest, time.Since(start))
			}
			b.ReportMetric(float64(quickest.Nanoseconds())/1e3, "least-µs")
		})
	}
}

// BenchmarkEveryPair judges all judged pairs against a bank of a thousand
// spellings. It reports the 99th percentile over the pairs and the slowest pair,
// in microseconds, each pair by its quickest round, so that what else the machine
// does is left out. The aim is below 1000.
func BenchmarkEveryPair(b *testing.B) {
	pairs := append(examples(b, "examples.tsv"), examples(b, "rules.tsv")...)
	lex := largeBank()
	quickest := make([]time.Duration, len(pairs))
	for i := range quickest {
		quickest[i] = math.MaxInt64
	}
	for b.Loop() {
		for i, e := range pairs {
			start := time.Now()
			grade.Typed(e.answers, lex, e.input)
			quickest[i] = min(quickest[i], time.Since(start))
		}
	}
	slices.Sort(quickest)
	b.ReportMetric(float64(quickest[len(quickest)*99/100].Nanoseconds())/1e3, "p99-µs")
	b.ReportMetric(float64(quickest[len(quickest)-1].Nanoseconds())/1e3, "max-µs")
	b.ReportMetric(float64(quickest[len(quickest)/2].Nanoseconds())/1e3, "median-µs")
}
