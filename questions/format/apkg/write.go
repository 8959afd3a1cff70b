package apkg

import (
	"archive/zip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"thaw/questions"
	"thaw/questions/format/bundle"
)

// Write writes a package of the oldest generation, which every program reads that reads
// Anki's packages at all. What a learner remembers goes into it where the options say so.
func Write(ctx context.Context, w io.Writer, b bundle.Bundle, o bundle.Options) ([]bundle.Problem, error) {
	return write(ctx, w, b, o, time.Now())
}

// write writes the package as of a time: that of the change of its notes, by which Anki
// knows which of two is newer.
func write(ctx context.Context, w io.Writer, b bundle.Bundle, o bundle.Options, now time.Time) ([]bundle.Problem, error) {
	p := &pad{media: map[string]int{}, used: map[int]bool{}, title: b.Title, names: map[string]bool{}}
	for i, m := range b.Media {
		p.media[mediaName(m.Name)] = i
	}
	p.notes(b.Items)
	path, err := temporary(func(*os.File) error { return nil })
	if err != nil {
		return nil, err
	}
	defer remove(path)
	if err := p.database(ctx, path, o, now); err != nil {
		return nil, fmt.Errorf("writing an Anki collection: %w", err)
	}
	return p.problems, p.archive(ctx, w, path, b.Media)
}

// pad is what a package is made of.
type pad struct {
	title    string
	sheets   []sheet
	problems []bundle.Problem
	media    map[string]int // by name, the place in the bundle
	used     map[int]bool   // the media that are referred to
	names    map[string]bool
}

// sheet is a note of ours: its type, its fields, and an item for each of its cards.
type sheet struct {
	of     model
	guid   string
	fields []string
	data   string
	cards  []bundle.Item
}

// notes makes notes of items: one of each, but for two flashcards that are each other's
// backs.
func (p *pad) notes(items []bundle.Item) {
	mirror := mirrors(items)
	for i, it := range items {
		if j, second := mirror[i]; second && j < i {
			continue
		}
		cards := []bundle.Item{it}
		if j, pair := mirror[i]; pair {
			cards = append(cards, items[j])
		}
		s := p.sheet(cards)
		if blank(s.fields[0]) {
			p.problems = append(p.problems, unwritten(it, i))
			continue
		}
		p.sheets = append(p.sheets, s)
	}
}

// unwritten says that a question has nothing to ask by.
func unwritten(it bundle.Item, i int) bundle.Problem {
	line := it.Line
	if line == 0 {
		line = i + 1
	}
	return bundle.Problem{Line: line, Item: it.Name, Reason: bundle.Because("format.apkg_no_prompt"), Kind: it.Version.Kind}
}

// mirrors finds the flashcards that are each other's backs, by their places.
func mirrors(items []bundle.Item) map[int]int {
	places, mirror := map[string]int{}, map[int]int{}
	for i, it := range items {
		if it.ID != "" {
			places[it.ID] = i
		}
	}
	for i, it := range items {
		j, ok := places[it.Mirrors]
		_, taken := mirror[j]
		if it.Mirrors == "" || !ok || taken || i == j || !mirrored(items[j].Version, it.Version) || !slices.Equal(items[j].Tags, it.Tags) {
			continue
		}
		mirror[i], mirror[j] = j, i
	}
	return mirror
}

// sheet makes a note of an item, or of two.
func (p *pad) sheet(cards []bundle.Item) sheet {
	s := sheet{cards: cards}
	v := cards[0].Version
	switch v.Kind {
	case questions.Flash:
		s.of, s.fields = basic, []string{p.html(v.Prompt), p.html(keyOf(v)), p.html(explainOf(cards))}
		if len(cards) == 2 {
			s.of = reversed
		}
		s.data = keep(cards, s.fields)
	case questions.Text, questions.Number, questions.Date:
		s.of, s.fields = typeIn, []string{p.html(v.Prompt), typedKey(v), p.extra(v)}
	case questions.Cloze:
		s.of, s.fields = deletions, []string{p.cloze(v), p.extra(v)}
	default:
		s.of, s.fields = shownOptions, []string{p.asked(v), p.solved(v), p.extra(v)}
	}
	if s.data == "" {
		s.fields = append(s.fields, keep(cards, s.fields))
	}
	s.guid = p.unique(cards[0])
	return s
}

// unique is the name of a note in Anki: that of the item's own, or where it has none, of
// what it says.
func (p *pad) unique(it bundle.Item) string {
	name := it.ID
	if name == "" {
		text, _ := json.Marshal(bare(it.Version)) // see keep
		name = string(text)
	}
	id := guid(name)
	for n := 2; p.names[id]; n++ {
		id = guid(name + "\n" + strconv.Itoa(n))
	}
	p.names[id] = true
	return id
}

func keyOf(v questions.Version) string {
	key, _ := v.Key(1)
	return key.Text
}

// explainOf is the explanation of all cards of a note.
func explainOf(cards []bundle.Item) string {
	text := cards[0].Version.Explain
	if len(cards) == 2 && cards[1].Version.Explain != text {
		text = joined(text, cards[1].Version.Explain)
	}
	return text
}

// deckOf is the deck of a topic of a bank. The default deck is none.
func deckOf(title string, topic []string) []string {
	var path []string
	for _, part := range append([]string{title}, topic...) {
		part = strings.Join(strings.Fields(deckSigns.Replace(part)), " ")
		if part != "" {
			path = append(path, part)
		}
	}
	return path
}

// deckSigns are what a deck's name cannot have.
var deckSigns = strings.NewReplacer("::", ": ", `"`, "'", "\x1f", " ")

// archive writes the collection and the media that its notes refer to.
func (p *pad) archive(ctx context.Context, w io.Writer, path string, media []bundle.Media) error {
	z := zip.NewWriter(w)
	if err := zipFile(z, "collection.anki2", path); err != nil {
		return err
	}
	list := map[string]string{}
	for i, m := range media {
		if !p.used[i] {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		name := strconv.Itoa(len(list))
		list[name] = mediaName(m.Name)
		if err := zipBytes(z, name, m.Data); err != nil {
			return err
		}
	}
	text, err := json.Marshal(list)
	if err != nil {
		return err
	}
	if err := zipBytes(z, "media", text); err != nil {
		return err
	}
	return z.Close()
}

func zipFile(z *zip.Writer, name, path string) error {
	f, err := os.Open(path) // #nosec G304 -- our own temporary file
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // read only
	to, err := z.Create(name)
	if err != nil {
		return err
	}
	_, err = io.Copy(to, f)
	return err
}

func zipBytes(z *zip.Writer, name string, data []byte) error {
	to, err := z.Create(name)
	if err != nil {
		return err
	}
	_, err = to.Write(data)
	return err
}
