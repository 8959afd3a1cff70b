// Package apkg reads and writes Anki's packages: .apkg and .colpkg of all three
// generations, with their media and what the learner's memory is. One item is one card.
//
// A package is an archive with an SQLite database in it, which is written to a temporary
// file to be opened, read only and within limits, and removed at once. This is the one
// format that does any I/O of its own.
package apkg

import (
	"context"
	"strings"

	"thaw/questions/format/bundle"
	"thaw/questions/format/safe"
)

// Bounds of what is read. The largest decks that are shared have some 60,000 cards and
// 30,000 pictures.
const (
	maxCards   = 150_000
	maxReviews = 1_000_000
	maxText    = 64 << 20  // bytes of all questions together
	maxNote    = 256 << 10 // bytes of one note, and of one side of a card
	maxList    = 8 << 20   // bytes of a list of media, note types or decks
	maxOne     = 16 << 20  // bytes of one picture or sound
)

// limits bound the archive: the database goes to a file, not into memory.
var limits = safe.Limits{Entries: 50_000, Each: 256 << 20, Whole: 640 << 20}

// Sniff is sure of an archive with a collection in it, and supposes that a file with the
// name of a package was meant to be one.
func Sniff(in bundle.Input) int {
	if !strings.HasPrefix(string(in.Head(4)), "PK") {
		return 0
	}
	if z, err := safe.Open(in, limits); err == nil && member(z) != "" {
		return 100
	}
	name := strings.ToLower(in.Name)
	if strings.HasSuffix(name, ".apkg") || strings.HasSuffix(name, ".colpkg") {
		return 30
	}
	return 0
}

// Read reads a package.
func Read(ctx context.Context, in bundle.Input) (bundle.Bundle, error) {
	z, err := safe.Open(in, limits)
	if err != nil {
		return bundle.Bundle{}, err
	}
	p, err := unpack(z, in.Size)
	if err != nil {
		return bundle.Bundle{}, err
	}
	b, err := readCollection(ctx, p)
	if err != nil {
		return bundle.Bundle{}, err
	}
	return b, p.media(ctx, &b)
}

// readCollection reads the database of a package, in a temporary file.
func readCollection(ctx context.Context, p pack) (bundle.Bundle, error) {
	path, err := temporary(p.copyCollection)
	if err != nil {
		return bundle.Bundle{}, err
	}
	defer remove(path)
	s, err := open(ctx, path)
	if err != nil {
		return bundle.Bundle{}, err
	}
	defer s.close()
	return s.read()
}
