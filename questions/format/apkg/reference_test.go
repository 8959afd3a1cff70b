package apkg_test

import (
	"context"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"thaw/questions"
	"thaw/questions/format/apkg"
	"thaw/questions/format/bundle"
	"thaw/questions/format/formattest"
	"thaw/questions/format/markup"
	"thaw/questions/kind"
)

// truth is what a reference package holds, as Anki itself says it.
type truth struct {
	Counts struct{ Notes, Cards, Revlog int }
	Media  []string
	Notes  []struct {
		GUID, Model string
		Tags        []string
		Fields      []string
		Cards       []struct {
			Ord, Type, Queue, Ivl, Reps, Lapses int
			Deck, Q, A                          string
			Due                                 *int `json:"due_in_days"`
			Revlog                              [][]int64
		}
	}
}

// made is the day on which the reference packages were made: Anki's day 0 in them.
var made = time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC)

// Packages that Anki has made are read as it reads them: every note, card, day, review
// and file.
func TestReference(t *testing.T) {
	for _, name := range []string{"ref-anki2.1.15-legacy1.apkg", "ref-anki26.08-legacy2.apkg", "ref-anki26.08-latest.apkg"} {
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(formattest.Shared(t, "formats/"+name))
			if err != nil {
				t.Fatal(err)
			}
			text, err := os.ReadFile(formattest.Shared(t, "formats/"+name+".truth.json"))
			if err != nil {
				t.Fatal(err)
			}
			var want truth
			if err := json.Unmarshal(text, &want); err != nil {
				t.Fatal(err)
			}
			in := bundle.Of(name, data)
			if sure := apkg.Sniff(in); sure != 100 {
				t.Errorf("sniffed %d, want 100", sure)
			}
			b, err := apkg.Read(context.Background(), in)
			if err != nil || len(b.Problems)+len(b.Notes) > 0 {
				t.Fatalf("%v, problems %v, notes %v", err, b.Problems, b.Notes)
			}
			compare(t, b, want)
		})
	}
}

func compare(t *testing.T, b bundle.Bundle, want truth) {
	t.Helper()
	items, notes, reviews := map[string]bundle.Item{}, map[string]bool{}, 0
	for _, it := range b.Items {
		items[it.ID] = it
		notes[it.ID[:strings.LastIndex(it.ID, ":")]] = true
		if it.Learned != nil {
			reviews += len(it.Learned.Reviews)
		}
	}
	var media []string
	for _, m := range b.Media {
		media = append(media, m.Name)
		if m.Name == "dot.png" && !strings.HasPrefix(string(m.Data), "\x89PNG") || m.Name == "_static.css" && string(m.Data) != ".x{color:red}" {
			t.Errorf("%s holds %q", m.Name, m.Data)
		}
	}
	slices.Sort(media)
	if len(notes) != 8 || b.Total() != 10 || reviews != 12 || !slices.Equal(media, want.Media) {
		t.Errorf("got %d notes, %d cards, %d reviews, media %v, want 8, 10, 12, %v", len(notes), b.Total(), reviews, media, want.Media)
	}
	if want.Counts.Notes != 8 || want.Counts.Cards != 10 || want.Counts.Revlog != 12 {
		t.Errorf("the sample has %+v", want.Counts)
	}
	for _, n := range want.Notes {
		for _, c := range n.Cards {
			id := n.GUID + ":" + string(rune('0'+c.Ord))
			it, ok := items[id]
			if !ok {
				t.Errorf("card %s is missing", id)
				continue
			}
			if tags := append([]string{}, it.Tags...); !slices.Equal(tags, n.Tags) || strings.Join(it.Topic, "::") != c.Deck {
				t.Errorf("%s has tags %v in %v, want %v in %s", id, it.Tags, it.Topic, n.Tags, c.Deck)
			}
			if (it.Twin == n.GUID) != (len(n.Cards) > 1) {
				t.Errorf("%s has the twin %q", id, it.Twin)
			}
			if n.Model == "Cloze+" {
				continue // its words are compared below
			}
			back := strings.TrimPrefix(c.A, c.Q+"\n\n<hr id=answer>\n\n")
			if it.Version.Prompt != markup.FromHTML(c.Q) || it.Version.Answers[0].Text != markup.FromHTML(back) || it.Version.Kind != questions.Flash {
				t.Errorf("%s asks %+v, want %q and %q", id, it.Version, c.Q, back)
			}
		}
	}
	compareMemory(t, items, want)
	compareCloze(t, items)
	if got := items["BA^QjY|,xE:1"].Mirrors; got != "BA^QjY|,xE:0" {
		t.Errorf("the reversed card mirrors %q", got)
	}
}

func compareMemory(t *testing.T, items map[string]bundle.Item, want truth) {
	t.Helper()
	for _, n := range want.Notes {
		for _, c := range n.Cards {
			got := items[n.GUID+":"+string(rune('0'+c.Ord))].Learned
			if got == nil {
				got = &bundle.Learned{}
			}
			due := time.Time{}
			if c.Due != nil {
				due = made.AddDate(0, 0, *c.Due)
			}
			if c.Type == 1 {
				due = got.Due // five minutes after the package was made, which it does not say
				if wait := due.Sub(made); wait < 4*time.Hour || wait > 5*time.Hour {
					t.Errorf("%s is due at %v", n.GUID, due)
				}
			}
			if !got.Due.Equal(due) || got.Interval != c.Ivl || got.Reps != c.Reps || got.Lapses != c.Lapses || got.Suspended != (c.Queue == -1) {
				t.Errorf("%s: got %+v, want %+v due at %v", n.GUID, got, c, due)
			}
			var log [][]int64
			for _, r := range got.Reviews {
				log = append(log, []int64{r.At.UnixMilli(), int64(r.Rating), r.Took.Milliseconds()})
			}
			for i, row := range c.Revlog {
				if i >= len(log) || !slices.Equal(log[i], []int64{row[0], row[1], row[5]}) {
					t.Errorf("%s: reviews %v, want %v", n.GUID, log, c.Revlog)
				}
			}
		}
	}
}

func compareCloze(t *testing.T, items map[string]bundle.Item) {
	t.Helper()
	for id, want := range map[string][]string{
		"b,jcWI]AO#:0": {"{{1}} gives two cells; {{2}}", "x", "Mitosis", "again"},
		"b,jcWI]AO#:1": {"Mitosis gives {{1}} [number] cells; again", "x", "two"},
	} {
		v := items[id].Version
		got := []string{v.Prompt, v.Explain}
		for _, a := range v.Answers {
			got = append(got, a.Text)
		}
		if k, _ := kind.Of(v.Kind); v.Kind != questions.Cloze || !slices.Equal(got, want) || len(k.Check(v)) > 0 {
			t.Errorf("got %+v, want %q", v, want)
		}
	}
}
