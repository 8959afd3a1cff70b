package formattest

import (
	"os"
	"path/filepath"
	"testing"

	"thaw/questions/format/bundle"
)

// Sample is a file of another program from beside the repository, ../shared/formats. A
// test that needs it is skipped where it is not there: such files are not ours to keep.
func Sample(t *testing.T, name string) bundle.Input {
	t.Helper()
	folder, err := os.Getwd()
	for err == nil {
		if _, missing := os.Stat(filepath.Join(folder, "go.mod")); missing == nil {
			break
		}
		if filepath.Dir(folder) == folder {
			break
		}
		folder = filepath.Dir(folder)
	}
	data, err := os.ReadFile(filepath.Join(folder, "..", "shared", "formats", name)) // #nosec G304 -- a test's own samples
	if err != nil {
		t.Skipf("%s is not beside the repository (../shared/formats): the figures of other programs' files are not checked", name)
	}
	return bundle.Of(name, data)
}

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
