package apkg

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"slices"
	"strconv"

	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/unicode/norm"

	"thaw/questions/format/bundle"
	"thaw/questions/format/safe"
)

// pack is the archive around a collection.
type pack struct {
	zip        *safe.Zip
	collection string // the file in it that is meant
	latest     bool   // everything in it is compressed once more, by Zstandard
}

// The files that may be a collection, the newest generation first. Where there are
// several, the older ones only tell old programs that they are too old.
var members = []string{"collection.anki21b", "collection.anki21", "collection.anki2"}

// member is the collection of an archive; "" where there is none.
func member(z *safe.Zip) string {
	for _, name := range members {
		if z.Has(name) {
			return name
		}
	}
	return ""
}

// unpack finds out of which generation a package is.
func unpack(z *safe.Zip) (pack, error) {
	p := pack{zip: z, collection: member(z)}
	if z.Has("meta") {
		meta, err := p.small("meta", 1<<10)
		if err != nil {
			return p, err
		}
		generation := version(meta)
		if generation < 1 || generation > len(members) {
			return p, bundle.Bad("format.apkg_new")
		}
		p.collection = members[len(members)-generation]
	}
	p.latest = p.collection == members[0]
	if !z.Has(p.collection) {
		return p, bundle.Bad("format.apkg_none")
	}
	return p, nil
}

// version reads the number of the generation out of a package's metadata; 0 where it has
// none.
func version(meta []byte) int {
	n := 0
	fields(meta, func(f field) {
		if f.number == 1 {
			n = int(min(f.value, 1<<20)) // #nosec G115 -- bounded
		}
	})
	return n
}

// small reads a file of the archive as it is, of no more than most bytes.
func (p pack) small(name string, most int) ([]byte, error) {
	to := &bounded{left: most}
	err := p.zip.Copy(to, name)
	if to.full {
		return nil, bundle.Bad("format.zip_large", most>>20)
	}
	return to.Bytes(), err
}

// bounded is a buffer that takes no more than is left.
type bounded struct {
	bytes.Buffer
	left int
	full bool
}

// Write is part of io.Writer; an error beyond the bound.
func (b *bounded) Write(data []byte) (int, error) {
	if len(data) > b.left {
		b.full = true
		return 0, io.ErrShortBuffer
	}
	b.left -= len(data)
	return b.Buffer.Write(data)
}

// copyCollection writes the database out of the archive.
func (p pack) copyCollection(to *os.File) error {
	if !p.latest {
		return p.zip.Copy(to, p.collection)
	}
	return p.expand(to, p.collection, limits.Each)
}

// expand writes a compressed file of the archive, of no more than most bytes.
func (p pack) expand(w io.Writer, name string, most int64) error {
	packed, unpacked := io.Pipe()
	done := make(chan error, 1)
	go func() {
		err := p.zip.Copy(unpacked, name)
		_ = unpacked.CloseWithError(err)
		done <- err
	}()
	n, err := inflate(w, packed, most)
	_ = packed.Close()
	from := <-done
	switch {
	case n > most:
		return bundle.Bad("format.zip_large", most>>20)
	case err != nil && from != nil && !errors.Is(from, io.ErrClosedPipe):
		return from
	case err != nil:
		return bundle.Bad("format.zip_broken")
	}
	return nil
}

// inflate copies what Zstandard has compressed, one byte more than most at most. Its
// window, and so the memory, is bounded too.
func inflate(w io.Writer, r io.Reader, most int64) (int64, error) {
	d, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(16<<20))
	if err != nil {
		return 0, err
	}
	defer d.Close()
	return io.Copy(w, io.LimitReader(d, most+1))
}

// media adds the pictures and sounds to a bundle, whole bytes of them at most.
func (p pack) media(ctx context.Context, b *bundle.Bundle, whole int64) error {
	names, err := p.mediaNames()
	if err != nil {
		b.Notes = append(b.Notes, bundle.Problem{Reason: bundle.Because("format.apkg_media_list")})
		return nil
	}
	taken := map[string]bool{}
	for _, m := range names {
		if err := ctx.Err(); err != nil {
			return err
		}
		if taken[m.name] || !p.zip.Has(m.file) {
			continue
		}
		data, err := p.one(m.file, min(whole, maxOne))
		if errors.Is(err, errLarge) && whole > maxOne {
			b.Notes = append(b.Notes, bundle.Problem{Item: m.name, Reason: bundle.Because("format.apkg_media_large", m.name, maxOne>>20)})
			continue
		}
		if err != nil {
			return err
		}
		whole -= int64(len(data))
		taken[m.name] = true
		b.Media = append(b.Media, bundle.Media{Name: m.name, Data: data})
	}
	b.Notes = append(b.Notes, missing(names, taken)...)
	return nil
}

// missing says which media are listed but not there.
func missing(names []medium, taken map[string]bool) (notes []bundle.Problem) {
	for _, m := range names {
		if !taken[m.name] {
			taken[m.name] = true
			notes = append(notes, bundle.Problem{Item: m.name, Reason: bundle.Because("format.apkg_media_missing", m.name)})
		}
	}
	return notes
}

// errLarge is what one says of a file that is larger than it may be.
var errLarge = errors.New("a medium is too large")

// one reads a picture or a sound.
func (p pack) one(file string, most int64) ([]byte, error) {
	to := &bounded{left: int(most)}
	var err error
	if p.latest {
		err = p.expand(to, file, most)
	} else {
		err = p.zip.Copy(to, file)
	}
	if to.full {
		return nil, errLarge
	}
	return slices.Clip(to.Bytes()), err
}

// medium is a picture or a sound: the file in the archive and its name.
type medium struct{ file, name string }

// mediaNames reads the list of media. Packages without one are as old as any.
func (p pack) mediaNames() ([]medium, error) {
	if !p.zip.Has("media") {
		return nil, nil
	}
	if p.latest {
		list := &bounded{left: maxList}
		if err := p.expand(list, "media", maxList); err != nil {
			return nil, err
		}
		return listed(list.Bytes()), nil
	}
	list, err := p.small("media", maxList)
	if err != nil {
		return nil, err
	}
	return keyed(list)
}

// listed reads the media list of the latest generation, in which the place is the name
// of the file.
func listed(list []byte) (media []medium) {
	place := 0
	fields(list, func(entry field) {
		if entry.number != 1 {
			return
		}
		m := medium{file: strconv.Itoa(place)}
		place++
		fields(entry.bytes, func(f field) {
			if f.number == 1 {
				m.name = mediaName(string(f.bytes))
			}
		})
		if m.name != "" && len(media) < limits.Entries {
			media = append(media, m)
		}
	})
	return media
}

// keyed reads the media list of the older generations, in the order of the files.
func keyed(list []byte) (media []medium, err error) {
	err = entries(list, limits.Entries, func(file string, d *json.Decoder) error {
		var name string
		err := d.Decode(&name)
		if name = mediaName(name); name != "" {
			media = append(media, medium{file, name})
		}
		return err
	})
	slices.SortFunc(media, func(a, b medium) int {
		x, _ := strconv.Atoi(a.file)
		y, _ := strconv.Atoi(b.file)
		return x - y
	})
	return media, err
}

// mediaName is a name as the questions refer to it.
func mediaName(name string) string { return norm.NFC.String(clean(name)) }
