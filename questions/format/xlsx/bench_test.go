package xlsx_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/format/xlsx"
)

// many is a workbook of as many questions.
func many(b *testing.B, n int) []byte {
	b.Helper()
	var items []bundle.Item
	for i := range n {
		v := questions.Version{Kind: questions.Choice, Prompt: fmt.Sprintf("Where was the *speech* of number %d given, in 1956?", i), Explain: "All congresses met in Moscow."}
		for j, text := range []string{"Moscow", "Leningrad", "Kiev", "Minsk"} {
			v.Answers = append(v.Answers, questions.Answer{Part: 1, Text: text, Credit: float64(1 - min(j, 1))})
		}
		items = append(items, bundle.Item{Version: v, Tags: []string{"exam", "1956"}})
	}
	var out bytes.Buffer
	if _, err := xlsx.Write(context.Background(), &out, bundle.Bundle{Items: items}, bundle.Options{}); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

func BenchmarkReadTenThousand(b *testing.B) {
	data := many(b, 10_000)
	b.ReportAllocs()
	for b.Loop() {
		got, err := xlsx.Read(context.Background(), bundle.Of("", data))
		if err != nil || len(got.Items) != 10_000 {
			b.Fatalf("got %d items, %v", len(got.Items), err)
		}
	}
}

// BenchmarkHostile shows what each workbook costs that wants the time or the memory of
// whoever reads it.
func BenchmarkHostile(b *testing.B) {
	for name, data := range hostile(b) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := xlsx.Read(context.Background(), bundle.Of("", data)); why(err) != name {
					b.Fatal(err)
				}
			}
		})
	}
}
