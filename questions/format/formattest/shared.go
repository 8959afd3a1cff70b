package formattest

import (
	"os"
	"path/filepath"
	"testing"
)

// Shared is the path of a sample of another program in the folder of shared samples
// beside the repository. Where there is none, the test is skipped with a line that says so.
func Shared(t *testing.T, name string) string {
	t.Helper()
	file := filepath.Join(root(t), "..", "shared", name)
	if _, err := os.Stat(file); err != nil {
		t.Skipf("no shared sample %s beside the repository", name)
	}
	return file
}

// root is the folder of go.mod.
func root(t *testing.T) string {
	t.Helper()
	at, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(at, "go.mod")); err == nil {
			return at
		}
		if at == filepath.Dir(at) {
			t.Fatal("no go.mod above the test")
		}
		at = filepath.Dir(at)
	}
}
