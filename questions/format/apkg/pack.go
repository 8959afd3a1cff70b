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
	size       int64  // of the archive
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
func unpack(z *safe.Zip, size int64) (pack, error) {
	p := pack{zip: z, collection: member(z), size: size}
	if z.Has("meta") {
		meta, err := p.small("meta", 1<<10, false)
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

// bounded passes on no more than is left.
type bounded struct {
	to   io.Writer
	left int64
	full bool
}

// errFull is what a bounded writer says when there is more.
var errFull = errors.New("more than there may be")

// Write is part of io.Writer.
func (b *bounded) Write(data []byte) (int, error) {
	if int64(len(data)) > b.left {
		b.full = true
		return 0, errFull
	}
	b.left -= int64(len(data))
	return b.to.Write(data)
}

// copy writes a file of the archive, of no more than most bytes: errFull beyond that.
func (p pack) copy(w io.Writer, name string, most int64, packed bool) error {
	to := &bounded{to: w, left: most}
	var err error
	if packed {
		err = p.expand(to, name)
	} else {
		err = p.zip.Copy(to, name)
	}
	if to.full {
		return errFull
	}
	return err
}

// small reads a file of the archive into memory. It is Unreadable beyond most bytes.
func (p pack) small(name string, most int64, packed bool) ([]byte, error) {
	var to bytes.Buffer
	err := p.copy(&to, name, most, packed)
	if errors.Is(err, errFull) {
		err = bundle.Bad("format.zip_large", most>>20)
	}
	return slices.Clip(to.Bytes()), err
}

// copyCollection writes the database out of the archive. One that compresses to nothing
// is none.
func (p pack) copyCollection(to *os.File) error {
	most := min(limits.Each, 64*p.size+(16<<20))
	err := p.copy(to, p.collection, most, p.latest)
	if errors.Is(err, errFull) {
		return bundle.Bad("format.zip_large", most>>20)
	}
	return err
}

// expand writes a file of the archive that is compressed once more.
func (p pack) expand(w io.Writer, name string) error {
	packed, unpacked := io.Pipe()
	done := make(chan error, 1)
	go func() {
		err := p.zip.Copy(unpacked, name)
		_ = unpacked.CloseWithError(err)
		done <- err
	}()
	err := inflate(w, packed)
	_ = packed.Close()
	from := <-done
	var bad bundle.Unreadable
	if err == nil || errors.Is(err, errFull) || errors.As(err, &bad) {
		return err
	}
	if errors.As(from, &bad) && bad.Reason.Code != "format.zip_broken" {
		return from
	}
	return bundle.Bad("format.zip_broken")
}

// inflate copies what Zstandard has compressed. Its window, and so the memory, is bounded.
func inflate(w io.Writer, r io.Reader) error {
	d, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(16<<20))
	if err != nil {
		return err
	}
	defer d.Close()
	_, err = io.Copy(w, d)
	return err
}

// media adds the pictures and sounds to a bundle. They do not compress, so they are not
// much larger than the archive.
func (p pack) media(ctx context.Context, b *bundle.Bundle) error {
	names, err := p.mediaNames()
	if err != nil {
		b.Notes = append(b.Notes, bundle.Problem{Reason: bundle.Because("format.apkg_media_list")})
		return nil
	}
	taken, left := map[string]bool{}, 4*p.size+(24<<20)
	for _, m := range names {
		if err := ctx.Err(); err != nil {
			return err
		}
		if taken[m.name] || !p.zip.Has(m.file) {
			continue
		}
		if left < maxOne {
			return bundle.Bad("format.zip_large", (4*p.size)>>20+24)
		}
		var data bytes.Buffer
		err := p.copy(&data, m.file, maxOne, p.latest)
		taken[m.name] = true
		left -= int64(data.Len())
		if errors.Is(err, errFull) {
			b.Notes = append(b.Notes, bundle.Problem{Item: m.name, Reason: bundle.Because("format.apkg_media_large", m.name, maxOne>>20)})
			continue
		}
		if err != nil {
			return err
		}
		b.Media = append(b.Media, bundle.Media{Name: m.name, Data: slices.Clip(data.Bytes())})
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

// medium is a picture or a sound: the file in the archive and its name.
type medium struct{ file, name string }

// mediaNames reads the list of media. Packages without one are as old as any.
func (p pack) mediaNames() ([]medium, error) {
	if !p.zip.Has("media") {
		return nil, nil
	}
	list, err := p.small("media", maxList, p.latest)
	if err != nil {
		return nil, err
	}
	if p.latest {
		return listed(list), nil
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
		if _, odd := strconv.Atoi(file); odd == nil && name != "" {
			media = append(media, medium{file, mediaName(name)})
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
