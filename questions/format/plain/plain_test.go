package plain_test

import (
	"bytes"
	"context"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"thaw/questions/format/bundle"
	"thaw/questions/format/formattest"
	"thaw/questions/format/plain"
)

// Every question that is fit to be asked goes out and comes in again equal, with its
// topic and its tags.
func TestEveryKindComesBack(t *testing.T) {
	for _, name := range formattest.Kinds() {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				sent := bundle.Bundle{Lang: rapid.SampledFrom([]string{"", "en"}).Draw(t, "lang")}
				for _, it := range rapid.SliceOfN(formattest.Items(name), 1, 4).Draw(t, "items") {
					it.Version.Lang = rapid.SampledFrom([]string{"", "en", "de"}).Draw(t, "item's lang")
					it.Version.Level = rapid.SampledFrom([]string{"", "apply"}).Draw(t, "level")
					it.State = rapid.SampledFrom([]string{"", "draft", "retired"}).Draw(t, "state")
					sent.Items = append(sent.Items, it)
				}
				text := write(t, sent)
				got, err := plain.Read(context.Background(), bundle.Of("", []byte(text)))
				if err != nil || len(got.Problems) > 0 || len(got.Items) != len(sent.Items) || got.Lang != sent.Lang {
					t.Fatalf("got %d items, %v, %+v, want %d of:\n%s", len(got.Items), err, got.Problems, len(sent.Items), text)
				}
				for i, it := range got.Items {
					want := sent.Items[i]
					if !reflect.DeepEqual(it.Version, want.Version) || it.State != want.State || !slices.Equal(it.Tags, want.Tags) || !slices.Equal(it.Topic, want.Topic) {
						t.Fatalf("got %+v\nwant %+v\nof:\n%s", it, want, text)
					}
				}
			})
		})
	}
}

type fataler interface{ Fatalf(string, ...any) }

func write(t fataler, b bundle.Bundle) string {
	var out bytes.Buffer
	problems, err := plain.Write(context.Background(), &out, b, bundle.Options{})
	if err != nil || len(problems) > 0 {
		t.Fatalf("writing: %v %+v %+v", err, problems, b)
	}
	return out.String()
}
