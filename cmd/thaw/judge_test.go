package main

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"
)

// fed runs the program with a text on standard input.
func fed(t *testing.T, input string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	cmd := command(ctx, args...)
	var out, log strings.Builder
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(input), &out, &log
	_ = cmd.Run()
	return out.String(), log.String(), cmd.ProcessState.ExitCode()
}

const judgedHead = "id\tkind\texpected\taccepted\tconfusable\tinput\n"

func TestJudgeAddsVerdictsAndReasons(t *testing.T) {
	table := judgedHead +
		"a\tperson\tNikita Khrushchev\tChruschtschow\tGeorgi Malenkov|Lenin\tKruschev\n" +
		"b\tperson\tNikita Khrushchev\t\tGeorgi Malenkov|Lenin\tMalenkov\n" +
		"c\tdate\t1956-02-25\t\t\t25 February 1953\r\n" +
		"\n" +
		"d\tdate\t10 April 1956\t\t\t03/04/1956\n" +
		"e\tset\tA → B\t\t\tA, B\n" +
		"f\tterm\tthaw\t\t\t"
	want := "id\tkind\texpected\taccepted\tconfusable\tinput\tverdict\treason\n" +
		"a\tperson\tNikita Khrushchev\tChruschtschow\tGeorgi Malenkov|Lenin\tKruschev\tcorrect\tIt is spelled Khrushchev; you wrote Kruschev.\n" +
		"b\tperson\tNikita Khrushchev\t\tGeorgi Malenkov|Lenin\tMalenkov\twrong\tThat is somebody or something else: Georgi Malenkov.\n" +
		"c\tdate\t1956-02-25\t\t\t25 February 1953\twrong\t3 years off.\n" +
		"d\tdate\t10 April 1956\t\t\t03/04/1956\talmost\tThat can be read in two ways: 3 April or 4 March? Please write the month as a word.\n" +
		"e\tset\tA → B\t\t\tA, B\tcorrect\tRight\n" +
		"f\tterm\tthaw\t\t\t\twrong\tNothing was written.\n"
	for _, input := range []string{table, "\ufeff" + table} {
		stdout, stderr, code := fed(t, input, "judge", "-")
		if code != 0 || stdout != want {
			t.Errorf("ends with %d (%s) and prints\n%s\nwant\n%s", code, stderr, stdout, want)
		}
	}
}

func TestJudgeOverwritesVerdictsAndPrintsJSON(t *testing.T) {
	const examples = "../../questions/grade/testdata/examples.tsv"
	stdout, stderr, code := once(t, "judge", examples, "--json")
	if code != 0 {
		t.Fatalf("ends with %d: %s", code, stderr)
	}
	var rows []map[string]string
	if err := json.Unmarshal([]byte(stdout), &rows); err != nil {
		t.Fatalf("%v:\n%s", err, stdout)
	}
	file, err := os.ReadFile(examples)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(file)), "\n")[1:]
	if len(rows) != len(lines) {
		t.Fatalf("%d rows for %d lines", len(rows), len(lines))
	}
	agreed := 0
	for i, line := range lines {
		cells := strings.Split(line, "\t")
		if rows[i]["id"] != cells[0] || rows[i]["input"] != cells[5] || rows[i]["reason"] == "" || rows[i]["reason"] == cells[7] {
			t.Errorf("line %d: %v for %q", i+2, rows[i], line)
		}
		if rows[i]["verdict"] == cells[6] {
			agreed++
		}
	}
	if agreed*100 < len(rows)*98 {
		t.Errorf("%d of %d verdicts agree, want 98 %%", agreed, len(rows))
	}
}

func TestJudgeRefusesBadTables(t *testing.T) {
	for name, c := range map[string]struct{ table, says string }{
		"nothing":         {"", "line 1: there is no column kind"},
		"no input":        {"kind\texpected\taccepted\tconfusable\n", "line 1: there is no column input"},
		"a column twice":  {"kind\tkind\n", `line 1: there are two columns "kind"`},
		"unknown kind":    {judgedHead + "a\tterm\tb\t\t\tb\nb\tevent\tc\t\t\tc\n", `line 3, column kind: "event" is no kind; known are person, place, org, title, term, date, number, ordinal, set`},
		"no key":          {judgedHead + "a\tterm\t\t\t\tb\n", "line 2, column expected: there is no answer"},
		"too many cells":  {judgedHead + "a\tterm\tb\t\t\tb\tc\n", "line 2, column 7: the row has 7 cells, the header 6"},
		"no such writing": {judgedHead + "a\tterm\tb\t\t\t\xff\n", "line 2, column input: this is not UTF-8"},
	} {
		t.Run(name, func(t *testing.T) {
			stdout, stderr, code := fed(t, c.table, "judge", "-")
			if code == 0 || stdout != "" || !strings.Contains(stderr, c.says) {
				t.Errorf("ends with %d, prints %q and says %q, want %q", code, stdout, stderr, c.says)
			}
		})
	}
	if _, stderr, code := once(t, "judge", "nowhere.tsv"); code == 0 || !strings.Contains(stderr, "nowhere.tsv") {
		t.Errorf("a file that is not there ends with %d: %s", code, stderr)
	}
}

func TestJudgeStandsInTheHelp(t *testing.T) {
	stdout, _, code := once(t, "help")
	if code != 0 || !strings.Contains(stdout, "thaw judge") || !strings.Contains(stdout, "confusable") {
		t.Errorf("help ends with %d and prints\n%s", code, stdout)
	}
}
