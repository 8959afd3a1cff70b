package plan

import (
	"compress/gzip"
	"encoding/csv"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"thaw/app/fsrs"
)

// reviewed is one review of a fact met on an earlier day.
type reviewed struct {
	Asked
	expected float64
	right    bool
}

// realDays are the reviews of a real log by day, as the default weights meet them, and
// the days in order.
func realDays(t *testing.T) (map[int64][]reviewed, []int64) {
	t.Helper()
	file, err := os.Open("../train/testdata/reviews_real.csv.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	plain, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(plain).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	slices.SortStableFunc(rows[1:], func(a, b []string) int { return strings.Compare(a[1], b[1]) }) // times of one length
	m := fsrs.New(fsrs.Default())
	memories := map[int64]fsrs.Memory{}
	days, first, last := map[int64][]reviewed{}, int64(math.MaxInt64), int64(0)
	for _, row := range rows[1:] {
		var n [4]int64
		for i := range n {
			if n[i], err = strconv.ParseInt(row[i], 10, 64); err != nil {
				t.Fatal(err)
			}
		}
		card, day, gap, rating := n[0], n[1]/(24*time.Hour).Milliseconds(), int(n[2]), fsrs.Rating(n[3])
		if s := memories[card]; s.Seen() && gap > 0 {
			days[day] = append(days[day], reviewed{Asked{Stability: s.Stability, Curve: usualCurve, Days: float64(gap)},
				m.Retrievability(s, float64(gap)), rating > fsrs.Again})
			first, last = min(first, day), max(last, day)
		}
		memories[card] = m.Next(memories[card], gap, rating)
	}
	var order []int64
	for d := first; d <= last; d++ {
		order = append(order, d)
	}
	return days, order
}

// TestForecastsOfARealLog forecasts a real learner's reviews in sittings of a size, with
// the default weights: as a stranger, and by how the 30 days before went. It is one learner,
// whose days differ by more than is foretold and whose reviews went, all in all, as expected:
// nothing is to be gained, and the test is that little is lost. Run it with -v for the figures.
func TestForecastsOfARealLog(t *testing.T) {
	days, order := realDays(t)
	for _, size := range []int{10, 20, 1000} {
		var of [2]holding
		sittings := 0.0
		for _, day := range order {
			for list := days[day]; len(list) >= 3; list = list[min(size, len(list)):] {
				sittings++
				for i, b := range []Belief{{Doubt: Doubt}, Believe(before(days, day), usualCurve)} {
					of[i].hold(list[:min(size, len(list))], b)
				}
			}
		}
		stranger, known := of[0].over(sittings), of[1].over(sittings)
		t.Logf("%.0f sittings of at most %d: %.1f %% of results within the band, %.1f %% of the facts wide, the mean off by %.2f points; of a stranger %.1f %%, %.1f %%, %.2f",
			sittings, size, 100*known.within, 100*known.wide, 100*known.off, 100*stranger.within, 100*stranger.wide, 100*stranger.off)
		if known.within < .7 || known.wide >= stranger.wide || known.off > stranger.off+.004 {
			t.Errorf("sittings of %d: %+v, of a stranger %+v", size, known, stranger)
		}
	}
}

// before are the records of the 30 days before one.
func before(days map[int64][]reviewed, day int64) (records []Record) {
	for d := day - 30; d < day; d++ {
		var r Record
		for _, x := range days[d] {
			r.Reviews++
			r.Expected += x.expected
			if x.right {
				r.Recalled++
			}
		}
		records = append(records, r)
	}
	return records
}

// hold adds how the forecast of a sitting did.
func (h *holding) hold(list []reviewed, b Belief) {
	asked := make([]Asked, len(list))
	right := 0
	for i, x := range list {
		if asked[i] = x.Asked; x.right {
			right++
		}
	}
	f := Expect(asked, b)
	if right >= f.Low && right <= f.High {
		h.within++
	}
	h.wide += float64(f.High-f.Low) / float64(f.N)
	h.off += math.Abs(f.Mean-float64(right)) / float64(f.N)
}

func (h holding) over(n float64) holding {
	return holding{within: h.within / n, wide: h.wide / n, off: h.off / n}
}
