package apkg_test

import (
	"bytes"
	"context"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"thaw/questions/format/apkg"
	"thaw/questions/format/bundle"
	"thaw/questions/format/formattest"
)

// written is a package of a bundle.
func written(t testing.TB, b bundle.Bundle, o bundle.Options) []byte {
	t.Helper()
	var out bytes.Buffer
	problems, err := apkg.Write(context.Background(), &out, b, o)
	if err != nil || len(problems) > 0 {
		t.Fatalf("writing: %v, problems %+v", err, problems)
	}
	return out.Bytes()
}

// read reads a package of ours, all of it.
func read(t testing.TB, data []byte) bundle.Bundle {
	t.Helper()
	b, err := apkg.Read(context.Background(), bundle.Of("x.apkg", data))
	if err != nil || len(b.Problems) > 0 {
		t.Fatalf("reading: %v, problems %+v", err, b.Problems)
	}
	return b
}

// What is written is read again as it was, whatever it says.
func TestThereAndBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := bundle.Bundle{Title: rapid.SampledFrom([]string{"", "A bank", `"A::b"`}).Draw(rt, "title")}
		b.Items = rapid.SliceOfN(formattest.Items(), 1, 4).Draw(rt, "items")
		again := read(t, written(t, b, bundle.Options{}))
		if len(again.Items) != len(b.Items) {
			rt.Fatalf("got %d items, want %d", len(again.Items), len(b.Items))
		}
		for i, want := range b.Items {
			got := again.Items[i]
			got.ID, got.Line = "", 0
			if !reflect.DeepEqual(got, want) {
				rt.Fatalf("got  %+v\nwant %+v", got, want)
			}
		}
	})
}
