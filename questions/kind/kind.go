// Package kind holds every kind of question, one family of files each, and the
// one table that lists them.
package kind

import (
	"errors"
	"fmt"
	"net/url"

	"github.com/a-h/templ"

	"thaw/questions"
)

// Kind is one way of asking. Everything else in Thaw works with this interface
// and the shared shape of questions.Version, so that a new kind changes no
// table, form, file or report.
type Kind interface {
	// Name is the stored name. stored: never rename
	Name() string
	// Check returns what makes the version unfit to be asked; none when it is fit.
	Check(v questions.Version) []questions.Problem
	// Grade says what each part of the response is worth, one mark a part. The
	// version stands in the order shown. It is pure and never panics, whatever
	// the response holds. No marks at all means that the question stays open (a
	// flashcard was turned); a response that cannot come from the widget (no such
	// option, two where one is asked) is an error that wraps ErrResponse.
	Grade(v questions.Version, lex questions.Lexicon, r questions.Response) ([]questions.Mark, error)
	// Ask draws the widget in which the answer is given. It holds no key.
	Ask(a questions.Asked) templ.Component
	// Show draws the widget after the verdict, with what was given and the key.
	Show(a questions.Asked, r questions.Response, marks []questions.Mark) templ.Component
	// Edit draws the fields of an editor, filled with the version, with each
	// problem at its field. The page draws the form around them, its buttons, and
	// what is not part of a version (the topic, a flashcard's other direction).
	// A button of the fields asks for one more row by do=more; Enter in a field
	// sends no do at all.
	Edit(e questions.Editing) templ.Component
	// Words puts a response into words, for pages and reports.
	Words(a questions.Asked, r questions.Response) Words
	// Guess is the chance of a right answer without knowing anything, 0..1.
	Guess(v questions.Version) float64
	// Read makes a version of an editor's form; Edit shows it again, with the
	// Rows of the form. Rows that are wholly empty are no answers.
	Read(form url.Values) questions.Version
}

// ErrResponse says that a response cannot come from the question's widget.
var ErrResponse = errors.New("the response does not fit the question")

// ErrNothing is the ErrResponse of a widget that was sent with nothing in it,
// which a page can forgive: it asks again.
var ErrNothing = fmt.Errorf("nothing is marked: %w", ErrResponse)

// ErrUnfinished is the ErrResponse of a widget in which something has no place yet,
// or shares one that is for one thing alone. A page asks again, too.
var ErrUnfinished = fmt.Errorf("not everything has a place: %w", ErrResponse)

// table lists every kind, in the order in which an author is offered them.
var table = []Kind{choice{}, several{}, truth{}, order{}, match{}, text{}, number{}, date{}, cloze{}, flash{}}

// Words is what was asked and answered, as a person would say it, without markup.
type Words struct {
	Key   string   // the right answer
	Given string   // what was answered; empty for nothing, and for a flashcard, which rates itself
	Notes []string // what the author says to it: what a wrong option really is
}

// All returns every kind.
func All() []Kind { return append([]Kind(nil), table...) }

// Of returns the kind of a stored name.
func Of(name string) (Kind, bool) {
	for _, k := range table {
		if k.Name() == name {
			return k, true
		}
	}
	return nil, false
}
