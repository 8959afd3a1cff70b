package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"thaw/db"
)

// ill is a data folder whose database has two classes of damage.
func ill(t *testing.T) string {
	t.Helper()
	data := t.TempDir()
	d, err := db.Open(t.Context(), db.Config{Dir: data})
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		`INSERT INTO link (hash, what, learner, ends, used) VALUES (x'01', 'sign-in', 999, 0, 0)`,
		`INSERT INTO class (id, name, code, zone, made, archived, token) VALUES (1, 'A', 'BCDFGH', 'UTC', 1, 0, ''), (2, 'B', 'bcdfgh', 'UTC', 2, 0, '')`,
	} {
		if err := d.Exec(context.Background(), statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	return data
}

func TestTheDoctorLooksFirstAndRepairsAfterABackup(t *testing.T) {
	t.Parallel()
	data := ill(t)
	before, err := os.ReadFile(filepath.Join(data, "thaw.db"))
	if err != nil {
		t.Fatal(err)
	}
	out, said, code := once(t, "doctor", "--data", data)
	if code != 1 || !strings.Contains(out, "link of nobody: 1: link of learner 999") || !strings.Contains(out, "class 2") || !strings.Contains(said, "thaw doctor --repair") {
		t.Errorf("a look: %d, %s%s", code, out, said)
	}
	if after, err := os.ReadFile(filepath.Join(data, "thaw.db")); err != nil || string(after) != string(before) {
		t.Errorf("a look has changed the file, %v", err)
	}
	out, said, code = once(t, "doctor", "--repair", "--json", "--data", data)
	var r diagnosis
	if err := json.Unmarshal([]byte(out), &r); err != nil || code != 0 {
		t.Fatalf("the repair: %d, %v, %s%s", code, err, out, said)
	}
	if len(r.Found) != 2 || len(r.Left) != 0 || len(r.Checked) < 25 {
		t.Errorf("the repair says %+v", r)
	}
	if _, err := os.Stat(filepath.Join(data, "backups", r.Backup)); err != nil {
		t.Error(err)
	}
	if out, said, code := once(t, "doctor", "--data", data); code != 0 || said != "" || !strings.HasPrefix(out, "Looked for ") {
		t.Errorf("afterwards: %d, %s%s", code, out, said)
	}
	if out, said, code := once(t, "doctor", "--repair", "--data", data); code != 0 || strings.Contains(out, "backup") {
		t.Errorf("a repair of what is sound: %d, %s%s", code, out, said)
	}
}

func TestTheDoctorWaitsForTheServerToStop(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	start(t, data)
	for _, args := range [][]string{{"doctor"}, {"doctor", "--repair"}, {"restore", "x.db"}} {
		if out, said, code := once(t, append(args, "--data", data)...); code != 1 || !strings.Contains(said, "another Thaw is serving") {
			t.Errorf("%v while it is served: %d, %s%s", args, code, out, said)
		}
	}
}
