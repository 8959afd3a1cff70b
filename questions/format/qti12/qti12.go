// Package qti12 reads and writes QTI 1.2, as Canvas exports it: a package (zip) of
// quizzes and question banks, or one of their XML files alone. Other programs that write
// QTI 1.2 are read as far as their questions can be told by their form.
//
// # What becomes what
//
//	multiple_choice, true_false, multiple_answers     choice, truth, several
//	short_answer                                      text, or date or number
//	numerical                                         number
//	fill_in_multiple_blanks, multiple_dropdowns       cloze
//	matching                                          match
//	calculated                                        number: its first set of numbers
//	ordered responses                                 order
//
// Essays, uploads and texts without a question are reported with all that they say.
//
// # What we write
//
// One quiz in exactly Canvas's shape, for Canvas has the widest acceptance. An order is
// written as a matching question of things and places, a date as a short answer with the
// forms in which people write it, a flashcard as a short answer where its back is a few
// plain words; longer ones are returned as not written. What Canvas has no place for
// stands in metadata whose labels begin with "thaw_", which other programs pass over.
package qti12

import (
	"strings"

	"thaw/questions/format/bundle"
	"thaw/questions/format/charset"
	"thaw/questions/format/safe"
)

// Most is how many bytes a file of XML may have.
const Most = 64 << 20

// limits bound a package; all of it that is read has to find room in memory.
var limits = safe.Limits{Entries: 30_000, Each: 24 << 20, Whole: 64 << 20}

// root is the outermost element of QTI 1.
const root = "<questestinterop"

// manifest says what is in a package.
const manifest = "imsmanifest.xml"

// Sniff looks for QTI's outermost element, or for a manifest that names QTI 1.2.
func Sniff(in bundle.Input) int {
	head, _ := charset.Decode(in.Head(4 << 10))
	if !strings.HasPrefix(head, "PK\x03\x04") {
		if strings.Contains(head, root) {
			return 100
		}
		return 0
	}
	z, err := safe.Open(in, limits)
	if err != nil || !z.Has(manifest) {
		return 0
	}
	data, err := z.Read(manifest)
	if err != nil {
		return 0
	}
	for _, named := range []string{"imsqti_xmlv1p2", "imscc_xmlv1p", "associatedcontent/imscc_xmlv1p1"} {
		if strings.Contains(string(data), named) {
			return 90
		}
	}
	return 0
}
