package formattest

import (
	"os"
	"path/filepath"
	"testing"
)

// Golden compares what was made with what a file of testdata says, or writes it there
// where UPDATE_GOLDEN is set.
func Golden(t *testing.T, file, got string) {
	t.Helper()
	name := filepath.Join("testdata", file)
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(name, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name) // #nosec G304 -- a test's own file
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
	}
}
