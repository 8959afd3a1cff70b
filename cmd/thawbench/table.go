package main

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
)

// found is what the rounds have shown.
type found struct {
	measure measure

	ours, ceiling, apart []float64 // answers a second
	ofCeiling, timesOver []float64 // ours against them, round by round
	steady               [len(rates)]struct{ median, p99 []float64 }
	failed               int
	why                  error // the first failure without a reply
	endings              [len(signals)][]ending
}

// ending is what a server had acknowledged and had stored when it was gone.
type ending struct{ acknowledged, stored int }

func (f *found) compare(ours load, ceiling float64, apart load) {
	f.ours, f.ceiling, f.apart = append(f.ours, ours.rate()), append(f.ceiling, ceiling), append(f.apart, apart.rate())
	f.ofCeiling = append(f.ofCeiling, ours.rate()/ceiling)
	f.timesOver = append(f.timesOver, ours.rate()/apart.rate())
	f.count(ours)
}

func (f *found) keepUp(rate int, l load) {
	s := &f.steady[rate]
	s.median, s.p99 = append(s.median, l.quantile(.5)), append(s.p99, l.quantile(.99))
	f.count(l)
}

func (f *found) count(l load) {
	f.failed += l.failed
	if f.why == nil {
		f.why = l.why
	}
}

func (f *found) ended(signal, acknowledged, stored int) {
	f.endings[signal] = append(f.endings[signal], ending{acknowledged, stored})
}

// lost is an error if an answer was acknowledged and is not stored.
func (f *found) lost() error {
	for _, all := range f.endings {
		for _, e := range all {
			if e.acknowledged > e.stored {
				return errors.New("an answer that was acknowledged is not stored")
			}
		}
	}
	return nil
}

// row is one line of the table.
type row struct {
	what, got, rounds, want string
	reached                 bool
}

func (f *found) rows() []row {
	rows := []row{
		atLeast("answers / the driver's ceiling", f.ofCeiling, .55),
		atLeast("answers / one transaction per request", f.timesOver, 3.5)}
	for i, limit := range []float64{10, 15} {
		rows = append(rows, atMost(fmt.Sprintf("99th percentile at %d/s, ms", rates[i]), f.steady[i].p99, limit))
	}
	for i, s := range f.steady {
		rows = append(rows, atMost(fmt.Sprintf("median at %d/s, ms", rates[i]), s.median, 1))
	}
	return append(rows,
		row{"failures", fmt.Sprint(f.failed), "", "0", f.failed == 0},
		kept("stored / acknowledged, SIGTERM", f.endings[0], "all, no more", func(e ending) bool { return e.stored == e.acknowledged }),
		kept("stored / acknowledged, SIGKILL", f.endings[1], "all", func(e ending) bool { return e.stored >= e.acknowledged }))
}

func atLeast(what string, each []float64, want float64) row {
	got := median(each)
	return row{what, fmt.Sprintf("%.2f", got), span(each), fmt.Sprintf("at least %.2f", want), got >= want}
}

func atMost(what string, each []float64, want float64) row {
	got := median(each)
	return row{what, fmt.Sprintf("%.2f", got), span(each), fmt.Sprintf("at most %.0f", want), got <= want}
}

func kept(what string, each []ending, want string, good func(ending) bool) row {
	var sum ending
	for _, e := range each {
		sum.acknowledged += e.acknowledged
		sum.stored += e.stored
	}
	return row{what, fmt.Sprintf("%d / %d", sum.stored, sum.acknowledged), "", want, !slices.ContainsFunc(each, func(e ending) bool { return !good(e) })}
}

func median(each []float64) float64 {
	sorted := slices.Sorted(slices.Values(each))
	return sorted[len(sorted)/2]
}

// span is the lowest and the highest of the rounds.
func span(each []float64) string {
	return fmt.Sprintf("%.2f to %.2f", slices.Min(each), slices.Max(each))
}

// print writes the table.
func (f *found) print(out io.Writer) error {
	var text strings.Builder
	fmt.Fprintf(&text, "%d cores, %s/%s, %s; %d rounds of %g s, %d connections, the load generator beside the server\n\n",
		runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version(), f.measure.Rounds, f.measure.Seconds, f.measure.Clients)
	table := tabwriter.NewWriter(&text, 0, 0, 3, ' ', 0)
	fmt.Fprintln(table, "what\tmeasured\trounds\ttarget\t")
	for _, r := range f.rows() {
		said := "reached"
		if !r.reached {
			said = "MISSED"
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", r.what, r.got, r.rounds, r.want, said)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(&text, "\nAnswers a second, durable: %.0f through the whole program (session, origin check, grading, memory, commit, 303);\n"+
		"%.0f by the bare driver, 32 to a commit; %.0f with a transaction and a sync for each.\n", median(f.ours), median(f.ceiling), median(f.apart))
	if f.why != nil {
		fmt.Fprintf(&text, "The first failure without a reply: %v\n", f.why)
	}
	_, err := io.WriteString(out, text.String())
	return err
}
