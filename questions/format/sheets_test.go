package format_test

import (
	"bytes"
	"context"
	"testing"

	"pgregory.net/rapid"

	"thaw/questions"
	"thaw/questions/format"
	"thaw/questions/format/bundle"
	"thaw/questions/format/formattest"
)

// A sheet that was written is found out to be what it was written as.
func TestSheetsAreDetected(t *testing.T) {
	for seed := range 4 {
		items := rapid.SliceOfN(formattest.Items(questions.Choice), 1, 3).Example(seed)
		for _, name := range []string{"csv", "tsv", "xlsx", "kahoot", "quizizz"} {
			f, ok := format.Of(name)
			if !ok {
				t.Fatalf("there is no format %s", name)
			}
			var out bytes.Buffer
			if _, err := f.Write(context.Background(), &out, bundle.Bundle{Items: items}, bundle.Options{}); err != nil {
				t.Fatal(err)
			}
			if got, _ := format.Detect(bundle.Of("file", out.Bytes())); got.Name != name {
				t.Errorf("%s: detected %q", name, got.Name)
			}
		}
	}
}
