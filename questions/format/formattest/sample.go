package formattest

import (
	"os"
	"path/filepath"
	"testing"
)

// Sample is a file that another program has written. They are not part of the project
// but lie beside it; where they do not, the test is skipped.
func Sample(t *testing.T, name string) []byte {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil || dir == filepath.Dir(dir) {
			break
		}
		dir = filepath.Dir(dir)
	}
	data, err := os.ReadFile(filepath.Join(dir, "..", "shared", "formats", name))
	if err != nil {
		t.Skipf("the sample %s of another program does not lie beside the project", name)
	}
	return data
}
