package main

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const realLog = "../../app/fsrs/train/testdata/reviews_real.csv.gz"

// logOf writes a log to a file.
func logOf(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "log.csv")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestFitPrintsWeightsAndScores(t *testing.T) {
	stdout, stderr, code := once(t, "fit", realLog, "--splits", "5", "--json")
	if code != 0 {
		t.Fatalf("ends with %d: %s", code, stderr)
	}
	var got struct {
		Weights        []float64
		Reviews, Items int
		Before, After  struct {
			LogLoss float64 `json:"log_loss"`
			RMSE    float64 `json:"rmse_bins"`
			AUC     float64
		}
		Splits []struct {
			Weights []float64
			LogLoss float64 `json:"log_loss"`
			Items   int
		}
	}
	if err := json.Unmarshal([]byte(stdout), &got); err != nil {
		t.Fatalf("%v:\n%s", err, stdout)
	}
	if len(got.Weights) != 21 || got.Reviews != 12580 || got.Items != 6276 || len(got.Splits) != 5 {
		t.Errorf("%d weights, %d reviews, %d items, %d splits", len(got.Weights), got.Reviews, got.Items, len(got.Splits))
	}
	if got.After.LogLoss >= got.Before.LogLoss || got.After.RMSE >= got.Before.RMSE || got.After.AUC <= got.Before.AUC || got.After.AUC > 1 {
		t.Errorf("before %+v, after %+v: nothing is better", got.Before, got.After)
	}
	for i, s := range got.Splits {
		if s.Items != 1046 || len(s.Weights) != 21 || s.LogLoss < .3 || s.LogLoss > .5 {
			t.Errorf("split %d: %+v", i+1, s)
		}
	}
	table, _, code := once(t, "fit", realLog)
	if code != 0 || !strings.Contains(table, "12580 reviews") || !strings.Contains(table, "fitted") {
		t.Errorf("without --json it ends with %d and prints\n%s", code, table)
	}
}

// The example of SCHEDULER's peers: Again, then five times Good.
const sixReviews = `card_id,review_time,rating,delta_t
7,1700000000000,1,0
7,1702937600000,3,21
7,1700000600000,3,0
7,1702419200000,3,8
7,1700087000000,3,1
7,1700346200000,3,3
`

func TestReplayPrintsTheMemoryAfterEachReview(t *testing.T) {
	stdout, stderr, code := once(t, "replay", logOf(t, sixReviews), "--json")
	if code != 0 {
		t.Fatalf("ends with %d: %s", code, stderr)
	}
	lines := strings.Split(strings.TrimSpace(stdout), "\n")
	if len(lines) != 6 {
		t.Fatalf("%d lines, want 6:\n%s", len(lines), stdout)
	}
	var last map[string]float64
	if err := json.Unmarshal([]byte(lines[5]), &last); err != nil {
		t.Fatal(err)
	}
	if last["card_id"] != 7 || last["review_time"] != 1702937600000 || math.Abs(last["stability"]-53.62691) > 1e-4 ||
		math.Abs(last["difficulty"]-6.3574867) > 1e-6 || math.Abs(last["interval"]-last["stability"]) > 1e-9 {
		t.Errorf("the last line is %v", last)
	}
	stdout, _, _ = once(t, "replay", logOf(t, sixReviews), "--json", "--retention", "0.8")
	var loose map[string]float64
	if err := json.Unmarshal([]byte(strings.Split(stdout, "\n")[5]), &loose); err != nil || loose["interval"] <= last["interval"] {
		t.Errorf("at 0.8 the interval is %v, at 0.9 %v", loose["interval"], last["interval"])
	}
}

// Without delta_t, days are those of the zone, from four in the morning.
func TestReplayCountsDaysInTheZone(t *testing.T) {
	log := logOf(t, "rating,card_id,review_time\n3,1,1741312800000\n3,1,1741318200000\n") // 2025-03-07 02:00 and 03:30 UTC
	for zone, grows := range map[string]bool{"UTC": false, "Europe/Berlin": true} {       // 03:00 and 04:30 in Berlin
		stdout, stderr, code := once(t, "replay", log, "--json", "--zone", zone)
		if code != 0 {
			t.Fatalf("ends with %d: %s", code, stderr)
		}
		var second map[string]float64
		if err := json.Unmarshal([]byte(strings.Split(stdout, "\n")[1]), &second); err != nil {
			t.Fatal(err)
		}
		if (second["stability"] > 3) != grows {
			t.Errorf("in %s the second review leaves a stability of %v", zone, second["stability"])
		}
	}
}

func TestLogsThatCannotBeRead(t *testing.T) {
	head := "card_id,review_time,rating,delta_t\n1,1700000000000,3,0\n"
	for name, c := range map[string]struct {
		text string
		args []string
		says string
	}{
		"nothing":         {"", nil, "empty"},
		"no rating":       {"card_id,review_time\n1,2\n", nil, "no column rating"},
		"rating of 5":     {head + "1,1700000000001,5,1\n", nil, "line 3: rating is 5, want 1 to 4"},
		"a word":          {head + "1,yesterday,3,1\n", nil, `line 3: review_time is "yesterday"`},
		"half a day":      {head + "1,1700000000001,3,0.5\n", nil, "line 3: delta_t"},
		"a short row":     {head + "1,2\n", nil, "line 3: 2 columns"},
		"an open quote":   {head + "1,\"2,3,4\n", nil, "line 3"},
		"no such zone":    {head, []string{"--zone", "Mars/Olympus"}, "--zone"},
		"20 weights":      {head, []string{"--weights", strings.Repeat("1,", 19) + "1"}, "20 weights, want 17, 19 or 21"},
		"a weight of 999": {head, []string{"--weights", "999" + strings.Repeat(",1", 20)}, "weight 0 is 999"},
		"retention of 2":  {head, []string{"--retention", "2"}, "--retention"},
	} {
		t.Run(name, func(t *testing.T) {
			stdout, stderr, code := once(t, append([]string{"replay", logOf(t, c.text)}, c.args...)...)
			if code == 0 || !strings.Contains(stderr, c.says) || stdout != "" {
				t.Errorf("ends with %d, prints %q and says %q, want %q", code, stdout, stderr, c.says)
			}
		})
	}
	if _, stderr, code := once(t, "fit", "nowhere.csv"); code == 0 || !strings.Contains(stderr, "nowhere.csv") {
		t.Errorf("a file that is not there ends with %d: %s", code, stderr)
	}
}
