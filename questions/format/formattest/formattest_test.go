package formattest_test

import (
	"testing"

	"pgregory.net/rapid"

	"thaw/questions/format/formattest"
)

// Every kind is drawn, and what is drawn is fit to be asked.
func TestVersions(t *testing.T) {
	for _, name := range formattest.Kinds() {
		rapid.Check(t, func(t *rapid.T) {
			if v := formattest.Versions(name).Draw(t, "version"); v.Kind != name || len(v.Answers) == 0 {
				t.Fatalf("got %+v, want a question of kind %s", v, name)
			}
		})
	}
}
