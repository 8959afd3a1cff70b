package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// ownFile holds two questions, and two entries that are none.
const ownFile = `{"thaw": 1, "title": "Ice and snow", "questions": [
{"id": "q1", "kind": "flash", "prompt": "Ice?", "answers": [{"part": 1, "text": "Eis", "credit": 1}], "topic": ["Words"]},
{"kind": "essay", "prompt": "Write"},
{"kind": 7},
{"kind": "choice", "prompt": "Which?", "answers": [{"part": 1, "text": "a", "credit": 1}, {"part": 1, "text": "b", "credit": 0}]}]}`

func written(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func imported(t *testing.T, args ...string) (r reported) {
	t.Helper()
	stdout, stderr, code := once(t, append([]string{"import", "--json"}, args...)...)
	if err := json.Unmarshal([]byte(stdout), &r); err != nil || code != 0 {
		t.Fatalf("import %v: %d, %v\n%s%s", args, code, err, stdout, stderr)
	}
	if r.Imported+r.Reported+r.Duplicates != r.Total || len(r.Problems) != r.Reported {
		t.Fatalf("import %v does not add up: %+v", args, r)
	}
	return r
}

func TestFilesComeInAndGoOut(t *testing.T) {
	t.Parallel()
	data, file := t.TempDir(), written(t, "words.json", ownFile)
	none := filepath.Join(data, "none")
	if r := imported(t, file, "--data", none, "--dry-run"); r.Imported != 2 || r.Reported != 2 {
		t.Errorf("a dry run says %+v", r)
	}
	if _, err := os.Stat(none); err == nil {
		t.Error("a dry run has made a database")
	}
	r := imported(t, file, "--data", data)
	if r.Format != "native" || r.Total != 4 || r.Imported != 2 || r.Kinds["flash"] != 1 || r.Problems[0].Line != 2 || r.Problems[1].Line != 3 ||
		r.Problems[0].Reason != `There is no kind of question here for "essay".` {
		t.Errorf("the first import says %+v", r)
	}
	if r := imported(t, file, "--data", data); r.Imported != 0 || r.Duplicates != 2 {
		t.Errorf("the same file again says %+v", r)
	}
	out := filepath.Join(data, "out.json")
	if _, stderr, code := once(t, "export", "--data", data, "--format", "native", "--bank", "ice and snow", "-o", out); code != 0 {
		t.Fatalf("export: %d %s", code, stderr)
	}
	other := t.TempDir()
	if r := imported(t, out, "--data", other); r.Imported != 2 {
		t.Errorf("what went out comes in elsewhere as %+v", r)
	}
	there, _, _ := once(t, "export", "--data", other, "--format", "native", "--bank", "Ice and snow", "-o", "-")
	here, err := os.ReadFile(out) // #nosec G304 -- of the test
	if err != nil || there != string(here) {
		t.Errorf("the bank elsewhere is\n%s\nnot\n%s", there, here)
	}
	all, _, code := once(t, "export", "--data", other, "--format", "native", "-o", "-")
	if code != 0 || !strings.Contains(all, `"banks": [`) || !strings.Contains(all, "Ice and snow") {
		t.Errorf("all banks: %d %.200s", code, all)
	}
}

// TestNothingToAddMakesNoBank imports a file in which nothing can be taken.
func TestNothingToAddMakesNoBank(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	if r := imported(t, written(t, "essays.json", `{"thaw": 1, "questions": [{"kind": "essay", "prompt": "Write"}]}`), "--data", data); r.Reported != 1 {
		t.Errorf("%+v", r)
	}
	if _, stderr, code := once(t, "export", "--data", data, "--format", "native", "--bank", "essays", "-o", "-"); code != 1 || !strings.Contains(stderr, "there is no bank") {
		t.Errorf("a bank was made: %d %q", code, stderr)
	}
}

func TestAFileThatCannotBeReadLeavesNothing(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "none")
	for name, want := range map[string]string{
		written(t, "x.bin", "\x7fELF\x00\x01\x00\xff"): "Nothing in this file tells", written(t, "b.json", `{"thaw": 1, "questions": [`): "breaks off or is damaged (line 1)",
		written(t, "e.json", `{"thaw": 1}`): "holds no question", "missing.json": "cannot be read", t.TempDir(): "is a folder",
	} {
		stdout, stderr, code := once(t, "import", name, "--data", data)
		if code != 1 || stdout != "" || !strings.Contains(stderr, want) {
			t.Errorf("import %s: %d %q %q, want %q", name, code, stdout, stderr, want)
		}
	}
	if _, err := os.Stat(data); err == nil {
		t.Error("a database was made")
	}
}

func TestBanksHaveOwners(t *testing.T) {
	t.Parallel()
	data, file := t.TempDir(), written(t, "words.json", ownFile)
	for _, name := range []string{"Ada", "Ben"} {
		if _, stderr, code := once(t, "user", "add", name, "--role", "teacher", "--data", data); code != 0 {
			t.Fatal(stderr)
		}
		if r := imported(t, file, "--data", data, "--owner", name, "--bank", "Mine"); r.Imported != 2 {
			t.Errorf("%s: %+v", name, r)
		}
	}
	_, stderr, code := once(t, "import", file, "--data", data, "--bank", "mine")
	if code != 1 || !strings.Contains(stderr, "2 banks are called") {
		t.Errorf("a title of two banks: %d %q", code, stderr)
	}
	if _, stderr, code := once(t, "import", file, "--data", data, "--owner", "Nobody"); code != 1 || !strings.Contains(stderr, "nobody here is called") {
		t.Errorf("an unknown owner: %d %q", code, stderr)
	}
	if _, stderr, code := once(t, "export", "--data", data, "--format", "native", "--bank", "Yours", "-o", "-"); code != 1 || !strings.Contains(stderr, "there is no bank") {
		t.Errorf("an unknown bank: %d %q", code, stderr)
	}
	if _, stderr, code := once(t, "export", "--data", data, "--format", "pdf", "-o", "-"); code != 1 || !strings.Contains(stderr, "is none of") {
		t.Errorf("an unknown format: %d %q", code, stderr)
	}
}

// TestABankComesInBesideTheServer imports while the server runs, which shows it at once.
func TestABankComesInBesideTheServer(t *testing.T) {
	data := t.TempDir()
	p := start(t, data)
	b := p.browser(t)
	link, stderr, code := once(t, "user", "add", "Ada", "--role", "teacher", "--data", data)
	if code != 0 {
		t.Fatal(stderr)
	}
	b.get(linkPath.FindString(link))
	b.submit("")
	for n, word := range []string{"Ice?", "Snow?"} {
		file := written(t, word[:3]+".json", strings.ReplaceAll(strings.ReplaceAll(ownFile, "Ice?", word), "Which?", word))
		imported(t, file, "--data", data, "--owner", "Ada", "--bank", "Words")
		b.get("/banks")
		b.want(200, "Words", []string{"2 questions", "3 questions"}[n])
	}
}
