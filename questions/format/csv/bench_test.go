package csv_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"thaw/questions/format/bundle"
	"thaw/questions/format/csv"
)

// many is a file of as many questions of several kinds.
func many(n int) []byte {
	var b bytes.Buffer
	b.WriteString("type,question,option1,option2,option3,option4,correct,explanation,tags\n")
	for i := range n {
		switch i % 4 {
		case 0:
			fmt.Fprintf(&b, "choice,\"Where was the *speech* of number %d given, in 1956?\",Moscow,Leningrad,Kiev,Minsk,1,All congresses met in Moscow.,\"exam, 1956\"\n", i)
		case 1:
			fmt.Fprintf(&b, "text,Who gave speech number %d?,Nikita Khrushchev,Chruschtschow,,,,He did.,exam\n", i)
		case 2:
			fmt.Fprintf(&b, "number,How many delegates heard number %d?,1436,,,,,,\n", i)
		default:
			fmt.Fprintf(&b, "flash,The front of card %d,The back of it,,,,,,\n", i)
		}
	}
	return b.Bytes()
}

func BenchmarkReadTenThousand(b *testing.B) {
	data := many(10_000)
	b.ReportAllocs()
	for b.Loop() {
		got, err := csv.Read(context.Background(), bundle.Of("", data))
		if err != nil || len(got.Items) != 10_000 {
			b.Fatalf("got %d items, %v", len(got.Items), err)
		}
	}
}

// hostile are files that want the time or the memory of whoever reads them: a beginning,
// and a piece that fills the rest.
var hostile = []struct{ name, begin, piece string }{
	{"quotes", "", "\"\n"},
	{"pairs of quotes", "\"", "\"\""},
	{"empty lines", "", "\n"},
	{"commas", "", ","},
	{"one long field", "a,", "x"},
	{"fields in quotes", "", "\"a\","},
	{"a long list of tags", "question,answer,tags\na,b,", "a;"},
	{"a long list of keys", "type,question,option1,correct\nchoice,q,a,", "a|"},
	{"rows of tags", "question,answer,tags\n", "a,b," + strings.Repeat("a;", 9_000) + "\n"},
	{"rows of markup", "", strings.Repeat("*_[`$", 3_900) + ",b\n"},
	{"rows of formulas", "", strings.Repeat("$x$", 6_600) + ",b\n"},
	{"rows of pictures", "", strings.Repeat("![](", 4_900) + ",b\n"},
	{"rows of gaps", "type,question\n", "cloze," + strings.Repeat("{{a}}", 20) + "\n"},
	{"rows of options", "question,a,b,c,d,e,f,g,h,correct\n", "q,a,b,c,d,e,f,g,h,1\n"},
	{"rows of HTML", "#html:true\n", strings.Repeat("<b>", 6_000) + ",b\n"},
	{"rows of cards", "", "a,b\n"},
	{"rows of drafts", "", "a\n"},
}

// BenchmarkHostile shows what each costs.
func BenchmarkHostile(b *testing.B) {
	for _, h := range hostile {
		b.Run(h.name, func(b *testing.B) {
			data := []byte(h.begin + strings.Repeat(h.piece, (csv.Most-len(h.begin))/len(h.piece)))
			b.ReportAllocs()
			for b.Loop() {
				got, err := csv.Read(context.Background(), bundle.Of("", data))
				b.ReportMetric(float64(got.Total()), "items")
				if err != nil && why(err) == "" {
					b.Fatal(err)
				}
			}
		})
	}
}
