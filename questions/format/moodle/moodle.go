// Package moodle reads and writes Moodle XML: quizzes of Moodle since 1.9, with their
// pictures, categories and tags.
//
// # What becomes what
//
//	multichoice           choice, or several where more than one can be ticked
//	truefalse             truth
//	shortanswer           text; date or number where all its answers are one
//	numerical             number
//	matching, ddmatch     match
//	ordering              order
//	cloze                 cloze; its menus are gaps to be typed, their other entries
//	                      answers that are foreseen. One menu behind a text is a choice
//	gapselect, ddwtos     cloze, likewise
//
// Texts without a question (description), essays, questions whose numbers are computed
// and those about places in a picture are reported with all that they say.
//
// # What we write
//
// Our ten kinds as above. What Moodle has no place for stands in tags that begin with
// "thaw:", which go through Moodle and back: how an answer is compared (thaw:person, in
// a gap thaw:2:person), the level, the language of the answers, a draft, what may stand
// either way in an order. A date is a short answer with the forms in which people write
// it. A flashcard is a short answer where its back is a few plain words, else an essay
// whose notes for graders are the back; the tag thaw:flash makes it a card again.
package moodle

import (
	"strings"

	"thaw/questions/format/bundle"
	"thaw/questions/format/charset"
)

// Most is how many bytes a file may have.
const Most = 64 << 20

// ours begins a tag that is not the author's.
const ours = "thaw:"

// plugin begins the address of a file that a text brings along.
const plugin = "@@PLUGINFILE@@/"

// Sniff looks for Moodle's outermost element and a question in it.
func Sniff(in bundle.Input) int {
	head, _ := charset.Decode(in.Head(64 << 10))
	_, inside, ok := strings.Cut(head, "<quiz")
	switch {
	case !ok:
		return 0
	case strings.Contains(inside, "<question type="):
		return 100
	case strings.Contains(inside, "<question"):
		return 60
	}
	return 0
}
