package apkg_test

import (
	"context"
	"fmt"
	"testing"

	"thaw/questions/format/apkg"
	"thaw/questions/format/bundle"
)

// large is a package of many notes: flashcards there and back, and texts with gaps, each
// with three reviews.
func large(t testing.TB, notes int) []byte {
	d := deck{models: `{"5": {"name": "Basic", "flds": [{"name": "F"}, {"name": "B"}], "tmpls": [{"qfmt": "{{F}}", "afmt": "{{FrontSide}}<hr id=answer>{{B}}"}, {"qfmt": "{{B}}", "afmt": "{{FrontSide}}<hr id=answer>{{F}}"}]},
		"6": {"name": "Cloze", "type": 1, "flds": [{"name": "F"}, {"name": "B"}], "tmpls": [{"qfmt": "{{cloze:F}}", "afmt": "{{cloze:F}}<br>{{B}}"}]}}`}
	for i := range notes {
		kind, fields := 5, fmt.Sprintf("What happened in the <b>year</b> %d, as far as it is known?\x1fSomething with &amp; and <i>emphasis</i>, number %d, and a few more words to it.", i, i)
		if i%2 == 1 {
			kind, fields = 6, fmt.Sprintf("In the year {{c1::number %d}} it was {{c2::somebody called %d::who}} who did it.\x1fSee the book, page %d.", i, i, i)
		}
		d.notes = append(d.notes, row{i + 1, fmt.Sprint("guid", i), kind, " tag one ", fields})
		for ord := range 2 {
			card := 2*i + ord + 1
			d.cards = append(d.cards, row{card, i + 1, 1, ord, 2, 2, 100, 10, 3, 0, 0, 0, `{"s":10.5,"d":5.5}`})
			for r := range 3 {
				d.log = append(d.log, row{1_700_000_000_000 + 3*card + r, card, 3, 4000, 1})
			}
		}
	}
	return d.pack(t)
}

func BenchmarkRead(b *testing.B) {
	const notes = 20_000
	data := large(b, notes)
	b.ReportAllocs()
	for b.Loop() {
		var got bundle.Bundle
		memory := peak(func() { got, _ = apkg.Read(context.Background(), bundle.Of("x.apkg", data)) })
		if len(got.Items) != 2*notes {
			b.Fatalf("got %d items, want %d", len(got.Items), 2*notes)
		}
		b.ReportMetric(float64(memory>>20), "peak-MB")
	}
}

func BenchmarkWrite(b *testing.B) {
	read, err := apkg.Read(context.Background(), bundle.Of("x.apkg", large(b, 20_000)))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		written(b, read, bundle.Options{Learned: true})
	}
}

// Reading a card of a plain deck takes some hundred allocations, not thousands.
func TestAllocations(t *testing.T) {
	data := large(t, 500)
	if n := testing.AllocsPerRun(1, func() { read(t, data) }) / 1000; n > 450 {
		t.Errorf("a card took %.0f allocations", n)
	}
}
