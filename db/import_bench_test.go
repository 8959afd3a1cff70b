package db

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"thaw/app/bank"
	"thaw/app/people"
	"thaw/questions"
	"thaw/questions/format/bundle"
)

// manyItems are questions as a large file has them.
func manyItems(n int) []bundle.Item {
	words := strings.Fields("congress speech delegate camp amnesty thaw minister party plenum decree statue mausoleum uprising treaty railway harvest virgin lands rocket satellite")
	list := make([]bundle.Item, n)
	for i := range list {
		w := func(k int) string { return words[(i*7+k*(i%13+1))%len(words)] }
		list[i] = bundle.Item{ID: fmt.Sprint("item-", i), Topic: []string{"Part " + fmt.Sprint(i%20)}, Tags: []string{w(1), w(2)}, Version: questions.Version{Kind: questions.Choice,
			Prompt: fmt.Sprintf("Which of these %s came before the %s of the %s number %d in the %s?", w(0), w(1), w(2), i, w(3)), Explain: "It was the " + w(4) + " that came first, as the " + w(5) + " shows.",
			Answers: []questions.Answer{{Part: 1, Text: "The " + w(6) + fmt.Sprint(i), Credit: 1}, {Part: 1, Text: "A " + w(7) + fmt.Sprint(i+1)}, {Part: 1, Text: "No " + w(8) + fmt.Sprint(i+2)}}}}
	}
	return list
}

// BenchmarkImportTenThousand brings 10,000 questions into a bank and takes them back.
func BenchmarkImportTenThousand(b *testing.B) {
	file := bundle.Bundle{Items: manyItems(10_000)}
	for range b.N {
		d, err := Open(b.Context(), Config{Dir: b.TempDir()})
		if err != nil {
			b.Fatal(err)
		}
		s := Bank{d}
		who := people.Person{ID: 1, Name: "Ada", Role: people.Teacher, Created: time.Now()}
		if err := (People{d}).AccountAdd(b.Context(), people.Account{Person: who}, "ada", nil); err != nil {
			b.Fatal(err)
		}
		i := bank.Importer{Store: s, Works: &bank.Progress{}, Now: time.Now}
		n, err := s.AddImport(b.Context(), bank.Import{Owner: 1, Token: "t", At: time.Now(), State: bank.ImportStaged, Since: time.Now(), Title: "Many", Lang: "en", Bundle: file})
		if err != nil {
			b.Fatal(err)
		}
		began := time.Now()
		if _, err := i.Add(b.Context(), who, n, nil); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(time.Since(began).Seconds(), "s/add")
		began = time.Now()
		back, err := i.Undo(b.Context(), who, n)
		if err != nil || back.Removed != 10_000 {
			b.Fatal(back, err)
		}
		b.ReportMetric(time.Since(began).Seconds(), "s/undo")
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		b.ReportMetric(float64(m.Sys>>20), "MiB")
		if err := d.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
