package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// draft writes a topic file that leans on the built-in bank, with a change.
func draft(t *testing.T, old, changed string) string {
	t.Helper()
	text, err := os.ReadFile("../../questions/builtin/topics/peak-1961.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), old) {
		t.Fatalf("%q is not in the topic", old)
	}
	file := filepath.Join(t.TempDir(), "draft.yaml")
	if err := os.WriteFile(file, []byte(strings.Replace(string(text), old, changed, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestBankCheckOfTheBuiltInBank(t *testing.T) {
	stdout, stderr, code := once(t, "bank", "check", "--json")
	if code != 0 || stderr != "" {
		t.Fatalf("ends with %d: %s\n%s", code, stderr, stdout)
	}
	var got struct {
		Topics                      map[string]struct{ Questions, Flashcards int }
		Kinds                       map[string]int
		Questions, Flashcards, Core int
		Problems                    []any
	}
	if err := json.Unmarshal([]byte(stdout), &got); err != nil {
		t.Fatal(err)
	}
	quiz, cards, kinds := 0, 0, 0
	for _, n := range got.Topics {
		quiz, cards = quiz+n.Questions, cards+n.Flashcards
	}
	for _, n := range got.Kinds {
		kinds += n
	}
	if got.Questions < 39 || quiz != got.Questions || cards != got.Flashcards || kinds != quiz+cards || got.Kinds["flash"] != cards {
		t.Errorf("the counts are not of one bank: %+v", got)
	}
	if got.Core < 55 || got.Problems == nil {
		t.Errorf("core %d, problems %v, want 55 and an empty list", got.Core, got.Problems)
	}
	if stdout, _, code := once(t, "bank", "check", "../../questions/builtin"); code != 0 || stdout != "" {
		t.Errorf("the folder ends with %d: %s", code, stdout)
	}
}

func TestBankCheckNamesFileLineRuleAndReason(t *testing.T) {
	const prompt = "prompt: On which day, month and year was Stalin's body moved to its new grave?"
	for _, c := range []struct{ name, old, changed, want string }{
		{"a draft that is right", "peak", "peak", ""},
		{"a rule", prompt, "prompt: When was it moved?", "rule 2 stem: The question has 4 words; 6 to 30 read best."},
		{"a fact of nowhere", "fact: body-date\n    kind: date", "fact: body-day\n    kind: date", `rule 0 format: there is no fact "body-day"`},
		{"an unknown key", prompt, prompt + "\n    answer: 1961", "rule 0 format: unknown key answer"},
		{"broken YAML", prompt, "prompt: [", "rule 0 format: "},
		{"another topic", "topic: peak-1961", "topic: peak", `rule 0 format: fact "climax-congress" stands already at topics/peak-1961.yaml`},
	} {
		file := draft(t, c.old, c.changed)
		stdout, stderr, code := once(t, "bank", "check", file)
		if c.want == "" {
			if code != 0 || stdout != "" {
				t.Errorf("%s ends with %d: %s%s", c.name, code, stdout, stderr)
			}
			continue
		}
		first, _, _ := strings.Cut(stdout, "\n")
		if code != 1 || !strings.HasPrefix(first, file+":") || !strings.Contains(first, ": "+c.want) || !strings.Contains(stderr, "problem") {
			t.Errorf("%s ends with %d and %q (%s), want %s", c.name, code, first, stderr, c.want)
		}
	}
	if _, stderr, code := once(t, "bank", "check", "nowhere.yaml"); code != 1 || !strings.Contains(stderr, "nowhere.yaml") {
		t.Errorf("a file that is not there ends with %d: %s", code, stderr)
	}
}

func TestBankCheckOfAFolder(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../questions/builtin")); err != nil {
		t.Fatal(err)
	}
	topic := filepath.Join(dir, "topics", "peak-1961.yaml")
	text, err := os.ReadFile(topic)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(text), "key: The removal of Stalin's body\n", "key: It was always about the removal of Stalin's body from the mausoleum\n", 1)
	if err := os.WriteFile(topic, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	stdout, _, code := once(t, "bank", "check", dir)
	if code != 1 || !strings.Contains(stdout, topic+":") || !strings.Contains(stdout, "rule 9 absolutes") || !strings.Contains(stdout, "rule 6 length-cue") {
		t.Errorf("ends with %d:\n%s", code, stdout)
	}
}
