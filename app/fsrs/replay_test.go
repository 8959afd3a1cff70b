package fsrs

import (
	"compress/gzip"
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// otherWeights are those of testdata/replay_other_weights.csv.gz.
var otherWeights = Weights{0.6, 1.9, 4.1, 12.5, 6.9, 0.75, 2.6, 0.02, 1.45, 0.12, 0.95, 1.65,
	0.09, 0.3, 1.9, 0.35, 2.4, 0.5, 0.15, 0.09, 0.22}

// near tells whether two numbers agree to a relative error.
func near(a, b, relative float64) bool {
	return math.Abs(a-b) <= relative*max(math.Abs(a), math.Abs(b))
}

func TestReplayAgreesWithReference(t *testing.T) {
	for name, weights := range map[string]Weights{
		"replay_default.csv.gz":       Default(),
		"replay_other_weights.csv.gz": otherWeights,
	} {
		t.Run(name, func(t *testing.T) {
			model := New(weights)
			rows := readReplay(t, name)
			if len(rows) != 3590 {
				t.Fatalf("%d rows, want 3590", len(rows))
			}
			var mem Memory
			for _, row := range rows {
				mem = row.follow(t, &model, mem)
			}
		})
	}
}

// row is one review of a replay file, as the reference left it.
type row struct {
	card, review int
	days         int
	rating       Rating
	rs           Memory     // in 32 bits
	intervals    [5]float64 // by retentions, in 32 bits
	f64          Memory
}

var retentions = [5]float64{.7, .8, .9, .95, .97}

// follow makes the review and compares.
func (r row) follow(t *testing.T, model *Model, mem Memory) Memory {
	t.Helper()
	if r.review == 0 {
		mem = Memory{}
	}
	mem = model.Next(mem, r.days, r.rating)
	if !same(mem, r.rs, 4e-5) || !same(mem, r.f64, 1e-9) {
		t.Fatalf("card %d, review %d: %+v, want %+v, in 32 bits %+v", r.card, r.review, mem, r.f64, r.rs)
	}
	for i, want := range r.intervals {
		if got := model.Interval(mem.Stability, retentions[i]); !near(got, want, 4e-5) {
			t.Fatalf("card %d, review %d: interval at %v is %v, want %v", r.card, r.review, retentions[i], got, want)
		}
	}
	return mem
}

func same(a, b Memory, relative float64) bool {
	return near(a.Stability, b.Stability, relative) && near(a.Difficulty, b.Difficulty, relative)
}

func readReplay(t *testing.T, name string) []row {
	t.Helper()
	file, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	zip, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	reader := csv.NewReader(zip)
	reader.Comment = '#'
	records, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows := make([]row, 0, len(records))
	for _, record := range records[1:] { // the first has the names
		rows = append(rows, parseRow(t, record))
	}
	return rows
}

func parseRow(t *testing.T, record []string) row {
	t.Helper()
	var x [13]float64
	for i := range x {
		var err error
		if x[i], err = strconv.ParseFloat(record[i], 64); err != nil {
			t.Fatal(err)
		}
	}
	return row{
		card: int(x[0]), review: int(x[1]), days: int(x[2]), rating: Rating(x[3]),
		rs:        Memory{x[4], x[5]},
		intervals: [5]float64(x[6:11]),
		f64:       Memory{x[11], x[12]},
	}
}
