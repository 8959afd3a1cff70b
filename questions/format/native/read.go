package native

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"thaw/questions"
	"thaw/questions/format/bundle"
)

// Sniff is sure of an object that begins by saying whose it is.
func Sniff(in bundle.Input) int {
	head := bytes.TrimPrefix(in.Head(256), []byte("\xEF\xBB\xBF"))
	rest, ok := bytes.CutPrefix(bytes.TrimSpace(head), []byte("{"))
	if !ok {
		return 0
	}
	if rest, ok = bytes.CutPrefix(bytes.TrimSpace(rest), []byte(`"thaw"`)); !ok || !bytes.HasPrefix(bytes.TrimSpace(rest), []byte(":")) {
		return 0
	}
	return 100
}

// Read reads a file of one bank; the banks of a file of several become topics of one.
func Read(ctx context.Context, in bundle.Input) (bundle.Bundle, error) {
	banks, err := ReadAll(ctx, in)
	if err != nil {
		return bundle.Bundle{}, err
	}
	return bundle.Join(banks), nil
}

// ReadAll reads the banks of a file, one or more. The errors are Unreadable and the
// context's.
func ReadAll(ctx context.Context, in bundle.Input) ([]bundle.Bundle, error) {
	if in.Size > maxFile {
		return nil, bundle.Bad("format.large", maxFile>>20)
	}
	r := newReader(ctx, in)
	banks, err := r.file()
	var unreadable bundle.Unreadable
	if err == nil || errors.As(err, &unreadable) || ctx.Err() != nil {
		return banks, err
	}
	return nil, bundle.Bad("native.broken", r.line(in))
}

// reader reads JSON entry by entry. No entry may be larger than a limit, so that a
// hostile file costs little.
type reader struct {
	ctx   context.Context
	from  *meter
	in    *json.Decoder
	bytes int // of media so far
	count int // entries so far
}

// meter lets so many bytes through until it is set again.
type meter struct {
	io.Reader
	left int
}

// Read is part of io.Reader.
func (m *meter) Read(b []byte) (int, error) {
	if m.left <= 0 {
		return 0, bundle.Bad("native.entry_large")
	}
	n, err := m.Reader.Read(b[:min(len(b), m.left)])
	m.left -= n
	return n, err
}

func newReader(ctx context.Context, in bundle.Input) *reader {
	all := io.NewSectionReader(in, 0, in.Size)
	mark := make([]byte, 3)
	if n, _ := all.ReadAt(mark, 0); n == 3 && string(mark) == "\xEF\xBB\xBF" {
		_, _ = all.Seek(3, io.SeekStart) // never fails
	}
	m := &meter{Reader: all, left: maxEntry}
	return &reader{ctx: ctx, from: m, in: json.NewDecoder(m)}
}

// line is the line of what could not be read, from 1.
func (r *reader) line(in bundle.Input) int {
	lines, at := 1, r.in.InputOffset()
	from := bufio.NewReader(io.NewSectionReader(in, 0, in.Size))
	for {
		c, err := from.ReadByte()
		if at--; err != nil || at < 0 && !strings.ContainsRune(" \t\r\n,", rune(c)) {
			return lines
		}
		if c == '\n' {
			lines++
		}
	}
}

func (r *reader) delim(want json.Delim) error {
	t, err := r.in.Token()
	if err == nil && t != want {
		err = fmt.Errorf("got %v, want %v", t, want)
	}
	return err
}

// file reads the whole, which begins with the edition.
func (r *reader) file() ([]bundle.Bundle, error) {
	if err := r.delim('{'); err != nil {
		return nil, bundle.Bad("native.other")
	}
	if t, err := r.in.Token(); err != nil || t != "thaw" {
		return nil, bundle.Bad("native.other")
	}
	var edition int
	if err := r.in.Decode(&edition); err != nil || edition < 1 {
		return nil, bundle.Bad("native.other")
	}
	if edition > Edition {
		return nil, bundle.Bad("native.newer", edition)
	}
	var banks []bundle.Bundle
	b, err := r.bank(func() error { return r.each(func() error { return r.inner(&banks) }) })
	if err == nil {
		_, err = r.in.Token()
		if errors.Is(err, io.EOF) {
			err = nil
		} else if err == nil {
			err = errors.New("something follows on the end")
		}
	}
	if err != nil || banks != nil {
		return banks, err
	}
	return []bundle.Bundle{b}, nil
}

// inner reads one of several banks.
func (r *reader) inner(banks *[]bundle.Bundle) error {
	if err := r.delim('{'); err != nil {
		return err
	}
	b, err := r.bank(nil)
	*banks = append(*banks, b)
	return err
}

// bank reads the keys of an object up to its end. banks reads a list of others, where
// there may be one.
func (r *reader) bank(banks func() error) (b bundle.Bundle, err error) {
	heads := map[string]*string{"slug": &b.Slug, "title": &b.Title, "lang": &b.Lang, "about": &b.About, "source": &b.Source}
	for r.in.More() {
		r.from.left = maxEntry
		t, err := r.in.Token()
		if err != nil {
			return b, err
		}
		key, _ := t.(string)
		switch {
		case heads[key] != nil:
			err = r.in.Decode(heads[key])
		case key == "banks" && banks != nil:
			err = banks()
		default:
			err = r.list(key, &b)
		}
		if err != nil {
			return b, err
		}
	}
	return b, r.delim('}')
}

// each reads a list, an entry at a time.
func (r *reader) each(entry func() error) error {
	if err := r.delim('['); err != nil {
		return err
	}
	for r.in.More() {
		r.from.left = max(r.from.left, maxEntry)
		if r.count++; r.count%64 == 0 && r.ctx.Err() != nil {
			return r.ctx.Err()
		}
		if r.count > maxCount {
			return bundle.Bad("native.many", maxCount)
		}
		if err := entry(); err != nil {
			return err
		}
	}
	return r.delim(']')
}

func (r *reader) list(key string, b *bundle.Bundle) error {
	switch key {
	case "topics":
		return r.each(func() error { return into(r, &b.Topics, func(t topic) bundle.Topic { return bundle.Topic(t) }) })
	case "names":
		return r.each(func() error { return into(r, &b.Entities, name.entity) })
	case "sections":
		return r.each(func() error { return into(r, &b.Sections, section.bundled) })
	case "facts":
		return r.each(func() error { return into(r, &b.Facts, func(f fact) bundle.Fact { return bundle.Fact(f) }) })
	case "questions":
		return r.each(func() error { return r.question(b) })
	case "media":
		r.from.left = maxMedia
		return r.each(func() error { return r.media(b) })
	}
	b.Notes = append(b.Notes, bundle.Problem{Reason: bundle.Because("native.unknown", key)})
	var skipped json.RawMessage
	return r.in.Decode(&skipped)
}

// into reads an entry that must be as it should.
func into[T, B any](r *reader, list *[]B, as func(T) B) error {
	var one T
	if err := r.in.Decode(&one); err != nil {
		return err
	}
	*list = append(*list, as(one))
	return nil
}

// question reads a question; what is none is reported.
func (r *reader) question(b *bundle.Bundle) error {
	var raw json.RawMessage
	if err := r.in.Decode(&raw); err != nil {
		return err
	}
	line := b.Total() + 1
	var q question
	if err := json.Unmarshal(raw, &q); err != nil {
		b.Problems = append(b.Problems, bundle.Problem{Line: line, Item: beginning(raw), Reason: bundle.Because("native.question", line), Text: string(raw)})
		return nil
	}
	b.Items = append(b.Items, q.item(line))
	return nil
}

func (r *reader) media(b *bundle.Bundle) error {
	r.from.left = maxMedia
	var m media
	if err := r.in.Decode(&m); err != nil {
		return err
	}
	if r.bytes += len(m.Data); r.bytes > maxAll {
		return bundle.Bad("native.media", maxAll>>20)
	}
	b.Media = append(b.Media, bundle.Media(m))
	return nil
}

// beginning is what a person finds an entry by.
func beginning(raw []byte) string {
	text := strings.Join(strings.Fields(string(raw)), " ")
	for i := range text {
		if utf8.RuneCountInString(text[:i]) >= 80 {
			return text[:i] + "…"
		}
	}
	return text
}

func (n name) entity() questions.Entity {
	return questions.Entity{Slug: n.Slug, Kind: n.Kind, Name: n.Name, About: n.About, Spellings: n.Spellings}
}

func (s section) bundled() bundle.Section {
	one := bundle.Section{Slug: s.Slug, Title: s.Title}
	for _, p := range s.Passages {
		one.Passages = append(one.Passages, questions.Passage{Slug: p.Slug, Section: s.Slug, Text: p.Text})
	}
	return one
}
