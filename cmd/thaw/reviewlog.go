package main

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"thaw/app/fsrs"
	"thaw/app/fsrs/train"
)

// reviewLog is a file of reviews, and how its days are counted where it does not
// count them itself.
type reviewLog struct {
	File     string        `arg:"" name:"log" help:"CSV file (also gzip) with the columns card_id, review_time (ms), rating and, if it has it, delta_t (days)." placeholder:"LOG.csv"`
	Zone     string        `help:"Time zone in which days are counted where there is no delta_t." default:"UTC" env:"THAW_ZONE" placeholder:"ZONE"`
	DayStart time.Duration `help:"When a day begins by the local clock, where there is no delta_t." default:"4h" env:"THAW_DAY_START" placeholder:"DURATION"`
}

// read returns the reviews by card and time. A row that cannot be read is an
// error that names its line.
func (l reviewLog) read() ([]train.Review, error) {
	zone, err := time.LoadLocation(l.Zone)
	if err != nil {
		return nil, fmt.Errorf("--zone %s: there is no such time zone; write it like Europe/Berlin", l.Zone)
	}
	if l.DayStart < 0 || l.DayStart >= 24*time.Hour {
		return nil, fmt.Errorf("--day-start %v: a day begins between 0h and 24h", l.DayStart)
	}
	f, err := os.Open(l.File)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // only read
	reviews, err := readLog(f, fsrs.Calendar{Zone: zone, Start: l.DayStart})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", l.File, err)
	}
	return reviews, nil
}

// columns are where a log has what; delta is -1 where it has none.
type columns struct{ card, time, rating, delta int }

func readLog(from io.Reader, days fsrs.Calendar) ([]train.Review, error) {
	text, err := unzipped(from)
	if err != nil {
		return nil, err
	}
	rows := csv.NewReader(text)
	rows.ReuseRecord, rows.FieldsPerRecord, rows.TrimLeadingSpace = true, -1, true
	head, err := rows.Read()
	if errors.Is(err, io.EOF) {
		return nil, errors.New("the file is empty")
	}
	if err != nil {
		return nil, err
	}
	at, err := columnsOf(head)
	if err != nil {
		return nil, err
	}
	var reviews []train.Review
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err // says the line itself
		}
		r, err := at.review(row)
		if err != nil {
			line, _ := rows.FieldPos(0)
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		reviews = append(reviews, r)
	}
	slices.SortStableFunc(reviews, train.ByCard)
	if at.delta < 0 {
		count(reviews, days)
	}
	return reviews, nil
}

func unzipped(from io.Reader) (io.Reader, error) {
	text := bufio.NewReader(from)
	if magic, err := text.Peek(2); err == nil && string(magic) == "\x1f\x8b" {
		return gzip.NewReader(text)
	}
	if bom, err := text.Peek(3); err == nil && string(bom) == "\ufeff" {
		_, err = text.Discard(3)
		return text, err
	}
	return text, nil
}

func columnsOf(head []string) (columns, error) {
	names := make([]string, len(head))
	for i, name := range head {
		names[i] = strings.ToLower(strings.TrimSpace(name))
	}
	at := columns{slices.Index(names, "card_id"), slices.Index(names, "review_time"), slices.Index(names, "rating"), slices.Index(names, "delta_t")}
	for name, i := range map[string]int{"card_id": at.card, "review_time": at.time, "rating": at.rating} {
		if i < 0 {
			return at, fmt.Errorf("line 1: there is no column %s; the columns are card_id, review_time, rating and perhaps delta_t", name)
		}
	}
	return at, nil
}

func (at columns) review(row []string) (r train.Review, err error) {
	if len(row) <= max(at.card, at.time, at.rating, at.delta) {
		return r, fmt.Errorf("%d columns, fewer than the first line has", len(row))
	}
	if r.Card, err = whole(row[at.card], "card_id", math.MinInt64, math.MaxInt64); err != nil {
		return r, err
	}
	if r.At, err = whole(row[at.time], "review_time", 0, 1e15); err != nil {
		return r, err
	}
	rating, err := whole(row[at.rating], "rating", 1, 4)
	if err != nil {
		return r, err
	}
	r.Rating = fsrs.Rating(rating) // #nosec G115 -- 1 to 4
	if at.delta < 0 {
		return r, nil
	}
	days, err := whole(row[at.delta], "delta_t", -1, 100_000)
	r.Days = int32(max(days, 0)) // #nosec G115 -- at most 100,000
	return r, err
}

// whole reads a whole number; one written with a point (3.0) counts.
func whole(text, name string, low, high int64) (int64, error) {
	text = strings.TrimSpace(text)
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		var x float64
		if x, err = strconv.ParseFloat(text, 64); err == nil && x == math.Trunc(x) && math.Abs(x) < 1<<53 {
			n = int64(x)
		} else {
			return 0, fmt.Errorf("%s is %q, not a whole number", name, text)
		}
	}
	if n < low || n > high {
		return 0, fmt.Errorf("%s is %d, want %d to %d", name, n, low, high)
	}
	return n, nil
}

// count sets the days between the reviews of a card by the calendar.
func count(reviews []train.Review, days fsrs.Calendar) {
	for i := range reviews {
		if i == 0 || reviews[i].Card != reviews[i-1].Card {
			continue
		}
		before, now := days.Day(time.UnixMilli(reviews[i-1].At)), days.Day(time.UnixMilli(reviews[i].At))
		reviews[i].Days = int32(now - before)
	}
}
