package grade_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"thaw/questions/grade"
)

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
