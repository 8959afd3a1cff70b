// Package safe opens what strangers send: archives and XML that want to fill the
// memory, the disk or the day.
package safe

import (
	"archive/zip"
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"

	"golang.org/x/text/unicode/norm"

	"thaw/questions/format/bundle"
)

// Limits bound an archive.
type Limits struct {
	Entries int   // files in it
	Each    int64 // bytes of one of them, unpacked
	Whole   int64 // bytes of all that is read of it, unpacked
}

// Common are the limits of a package of questions with their pictures.
var Common = Limits{Entries: 30_000, Each: 256 << 20, Whole: 512 << 20}

// Zip is an archive whose contents are counted while they are read: what the archive
// says of its sizes is not believed.
type Zip struct {
	files  map[string]*zip.File
	names  []string
	limits Limits
	left   int64
}

// Open looks into an archive. It is Unreadable when it is none, has too many entries,
// or one that leaves its folder, is a link or overlaps with another. Names have
// slashes and composed characters (NFC); __MACOSX and folders are left out.
func Open(in bundle.Input, limits Limits) (*Zip, error) {
	r, err := zip.NewReader(in, in.Size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, bundle.Bad("format.zip_broken")
	}
	if len(r.File) > limits.Entries {
		return nil, bundle.Bad("format.zip_entries", limits.Entries)
	}
	z := &Zip{files: map[string]*zip.File{}, limits: limits, left: limits.Whole}
	for _, f := range r.File {
		if err := z.add(f); err != nil {
			return nil, err
		}
	}
	return z, overlap(r.File, in.Size)
}

func (z *Zip) add(f *zip.File) error {
	name := norm.NFC.String(strings.ReplaceAll(f.Name, `\`, "/"))
	if strings.HasSuffix(name, "/") || strings.HasPrefix(name, "__MACOSX/") {
		return nil
	}
	mode := f.Mode()
	if !fs.ValidPath(name) || path.Clean(name) != name || strings.ContainsAny(name, "\x00:") || mode&fs.ModeType != 0 {
		return bundle.Bad("format.zip_escapes")
	}
	if _, twice := z.files[name]; twice {
		return bundle.Bad("format.zip_broken")
	}
	z.files[name] = f
	z.names = append(z.names, name)
	return nil
}

// overlap refuses archives whose entries share bytes: the better zip bomb.
func overlap(files []*zip.File, size int64) error {
	var packed uint64
	for _, f := range files {
		packed += f.CompressedSize64
		if packed > uint64(size) { // #nosec G115 -- sizes are positive
			return bundle.Bad("format.zip_broken")
		}
	}
	return nil
}

// Names lists what is in it, in the order of the archive.
func (z *Zip) Names() []string { return z.names }

// Has tells whether there is a file of that name.
func (z *Zip) Has(name string) bool { return z.files[name] != nil }

// Read returns a file's bytes. fs.ErrNotExist where there is none; Unreadable beyond
// the limits or where it is broken.
func (z *Zip) Read(name string) ([]byte, error) {
	var b strings.Builder
	if err := z.Copy(&b, name); err != nil {
		return nil, err
	}
	return []byte(b.String()), nil
}

// Copy writes a file's bytes to w; errors as Read.
func (z *Zip) Copy(w io.Writer, name string) error {
	f := z.files[name]
	if f == nil {
		return fs.ErrNotExist
	}
	r, err := f.Open()
	if err != nil {
		return bundle.Bad("format.zip_broken")
	}
	defer r.Close() //nolint:errcheck // read only
	return z.count(w, r)
}

// count copies within the limits.
func (z *Zip) count(w io.Writer, r io.Reader) error {
	most := min(z.limits.Each, z.left)
	n, err := io.Copy(w, io.LimitReader(r, most+1))
	z.left -= n
	if n > most {
		return bundle.Bad("format.zip_large", most>>20)
	}
	if err != nil {
		return bundle.Bad("format.zip_broken")
	}
	return nil
}
