package native

import (
	"bufio"
	"context"
	"encoding/json"
	"io"

	"thaw/questions/format/bundle"
)

// Write writes one bank. Nothing is left out but what was learned, where it is not asked
// for.
func Write(ctx context.Context, w io.Writer, b bundle.Bundle, o bundle.Options) ([]bundle.Problem, error) {
	p := begin(ctx, w)
	p.raw("{\n\"thaw\": ")
	p.value(Edition)
	p.bank(b, o)
	p.raw("\n}\n")
	return nil, p.end()
}

// WriteAll writes several banks into one file.
func WriteAll(ctx context.Context, w io.Writer, banks []bundle.Bundle, o bundle.Options) error {
	p := begin(ctx, w)
	p.raw("{\n\"thaw\": ")
	p.value(Edition)
	p.raw(",\n\"banks\": [")
	for i, b := range banks {
		if i > 0 {
			p.raw(",")
		}
		p.raw("\n{\n\"slug\": ")
		p.value(b.Slug)
		b.Slug = ""
		p.bank(b, o)
		p.raw("\n}")
	}
	p.raw("\n]\n}\n")
	return p.end()
}

// printer writes JSON entry by entry, whatever the size of the whole. It keeps the first
// error.
type printer struct {
	ctx context.Context
	to  *bufio.Writer
	out *json.Encoder
	err error
}

func begin(ctx context.Context, w io.Writer) *printer {
	p := &printer{ctx: ctx, to: bufio.NewWriterSize(w, 64<<10)}
	p.out = json.NewEncoder(unended{p.to})
	p.out.SetEscapeHTML(false)
	return p
}

// unended takes away the line end that an encoder puts behind each value.
type unended struct{ io.Writer }

// Write is part of io.Writer.
func (u unended) Write(b []byte) (int, error) {
	n, err := u.Writer.Write(b[:len(b)-1])
	return n + 1, err
}

func (p *printer) raw(text string) {
	if p.err == nil {
		_, p.err = p.to.WriteString(text)
	}
}

func (p *printer) value(v any) {
	if p.err == nil {
		p.err = p.ctx.Err()
	}
	if p.err == nil {
		p.err = p.out.Encode(v)
	}
}

func (p *printer) end() error {
	if p.err != nil {
		return p.err
	}
	return p.to.Flush()
}

// bank writes what follows on the first key of an object.
func (p *printer) bank(b bundle.Bundle, o bundle.Options) {
	for _, f := range []struct{ key, text string }{{"slug", b.Slug}, {"title", b.Title}, {"lang", b.Lang}, {"about", b.About}, {"source", b.Source}} {
		if f.text != "" {
			p.raw(",\n\"" + f.key + "\": ")
			p.value(f.text)
		}
	}
	list(p, "topics", b.Topics, func(t bundle.Topic) any { return topic(t) })
	list(p, "names", entitiesOf(b), func(n name) any { return n })
	list(p, "sections", b.Sections, func(s bundle.Section) any { return sectionOf(s) })
	list(p, "facts", b.Facts, func(f bundle.Fact) any { return fact(f) })
	list(p, "questions", b.Items, func(it bundle.Item) any { return questionOf(it, o.Learned) })
	list(p, "media", b.Media, func(m bundle.Media) any { return media(m) })
}

func list[T any](p *printer, key string, entries []T, as func(T) any) {
	for i, e := range entries {
		if i == 0 {
			p.raw(",\n\"" + key + "\": [\n  ")
		} else {
			p.raw(",\n  ")
		}
		p.value(as(e))
	}
	if len(entries) > 0 {
		p.raw("\n]")
	}
}

func entitiesOf(b bundle.Bundle) (names []name) {
	for _, e := range b.Entities {
		names = append(names, name{Slug: e.Slug, Kind: e.Kind, Name: e.Name, About: e.About, Spellings: e.Spellings})
	}
	return names
}

func sectionOf(s bundle.Section) section {
	one := section{Slug: s.Slug, Title: s.Title}
	for _, p := range s.Passages {
		one.Passages = append(one.Passages, passage{Slug: p.Slug, Text: p.Text})
	}
	return one
}
