package moodle

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/format/element"
	"thaw/questions/format/foreign"
	"thaw/questions/format/safe"
)

// Read reads a file. It is Unreadable where it is no XML, is larger than it may be, has
// too many questions or none at all.
func Read(ctx context.Context, in bundle.Input) (bundle.Bundle, error) {
	if in.Size > Most {
		return bundle.Bundle{}, bundle.Bad("format.large", Most>>20)
	}
	doc, guessed := safe.Document(in)
	r := &reader{}
	err := safe.Elements(doc, []string{"question"}, func(n *element.Node, above []*element.Node) error {
		if len(above) > 0 && r.Lang == "" {
			r.Lang = above[0].Attr("xml:lang")
		}
		r.take(n)
		if err := foreign.Within(r.Total(), r.text); err != nil {
			return err
		}
		return ctx.Err()
	})
	if err != nil {
		return bundle.Bundle{}, err
	}
	if r.Total() == 0 {
		return bundle.Bundle{}, bundle.Bad("moodle.none")
	}
	if guessed {
		r.Notes = append(r.Notes, bundle.Problem{Reason: bundle.Because("foreign.guessed")})
	}
	if r.replies > 0 {
		r.Notes = append(r.Notes, bundle.Problem{Reason: bundle.Because("moodle.replies", r.replies)})
	}
	r.Media = r.files.List()
	return r.Bundle, nil
}

// reader is what was read of a file so far.
type reader struct {
	bundle.Bundle
	topic   []string
	files   foreign.Media
	text    int // bytes of the texts so far
	replies int // questions whose general replies were left out
}

// take reads one question, or the category of those that follow.
func (r *reader) take(n *element.Node) {
	kind := n.Attr("type")
	if kind == "category" {
		r.topic = foreign.Category(said(n.At("category")))
		return
	}
	q := &question{reader: r, n: n, kind: kind}
	q.head()
	read := kinds[kind]
	if q.is("flash") {
		read = (*question).flash
	}
	why, ok := unread(kind), false
	if len(n.Find("answer", "subquestion", "dragbox", "selectoption")) > mostAnswers {
		why, read = bundle.Because("moodle.wide"), nil
	}
	if read != nil {
		why, ok = read(q)
	}
	if q.long {
		why, ok = bundle.Because("moodle.long"), false
	}
	if !ok {
		q.refuse(why)
		return
	}
	q.done()
}

// kinds are the types of questions that are read. A reason says why one is not.
var kinds = map[string]func(*question) (questions.Reason, bool){
	"multichoice":    (*question).choice,
	"multichoiceset": (*question).choice,
	"truefalse":      (*question).truth,
	"shortanswer":    (*question).short,
	"numerical":      (*question).number,
	"matching":       (*question).match,
	"match":          (*question).match,
	"ddmatch":        (*question).match,
	"ordering":       (*question).order,
	"cloze":          (*question).cloze,
	"multianswer":    (*question).cloze,
	"gapselect":      (*question).menus,
	"ddwtos":         (*question).menus,
}

// unread says why a type of question is not read.
func unread(kind string) questions.Reason {
	switch kind {
	case "essay", "description":
		return bundle.Because("moodle." + kind)
	case "calculated", "calculatedsimple", "calculatedmulti":
		return bundle.Because("moodle.calculated")
	case "ddimageortext", "ddmarker":
		return bundle.Because("moodle.drag")
	case "random", "randomsamatch":
		return bundle.Because("moodle.random")
	}
	return bundle.Because("moodle.type", foreign.Beginning(kind, "?"))
}

// question is one question that is being read.
type question struct {
	*reader
	n       *element.Node
	kind    string // in the words of Moodle
	item    bundle.Item
	marks   []string // tags of ours, without what they begin with
	notes   []questions.Reason
	replied bool // it is counted among those whose general replies are left out
	long    bool // one of its texts is longer than a text may be
}

// v is the version that is being made.
func (q *question) v() *questions.Version { return &q.item.Version }

// note says that something was not taken wholly, once.
func (q *question) note(code string, args ...any) {
	why := bundle.Because(code, args...)
	if !slices.ContainsFunc(q.notes, func(r questions.Reason) bool { return r.Code == code && slices.Equal(r.Args, why.Args) }) {
		q.notes = append(q.notes, why)
	}
}

// head reads what all types have.
func (q *question) head() {
	q.item.Line = q.n.Line
	q.item.ID = q.n.At("idnumber").Says()
	q.item.Name = said(q.n.At("name"))
	q.item.Topic = slices.Clone(q.topic)
	if flag(q.n.At("hidden"), false) {
		q.item.State = "retired"
	}
	for _, tag := range append(q.n.At("tags").All("tag"), q.n.At("coursetags").All("tag")...) {
		q.tag(said(tag))
	}
	v := q.v()
	v.Lang = q.n.Attr("xml:lang")
	v.Prompt = q.markdown(q.n.At("questiontext"), "html")
	if old := q.oldPicture(); old != "" {
		v.Prompt = strings.TrimSpace(v.Prompt + "\n\n" + old)
	}
	v.Explain = q.markdown(q.n.At("generalfeedback"), q.format())
	if q.hasReplies() {
		q.said()
	}
}

// tag keeps a tag of the author, and does what one of ours says.
func (q *question) tag(tag string) {
	mark, is := strings.CutPrefix(tag, ours)
	if !is {
		if tag != "" && !slices.Contains(q.item.Tags, tag) {
			q.item.Tags = append(q.item.Tags, tag)
		}
		return
	}
	name, value, _ := strings.Cut(mark, ":")
	switch name {
	case "back":
		q.v().Back = value
	case "level":
		q.v().Level = value
	case "draft":
		q.item.State = "draft"
	default:
		q.marks = append(q.marks, mark)
	}
}

// is tells whether there is a tag of ours.
func (q *question) is(mark string) bool { return slices.Contains(q.marks, mark) }

// compared is how the answers of a part are compared by a tag of ours, or "". Part 0 is
// a question without parts.
func (q *question) compared(part int) string {
	for _, mark := range q.marks {
		if part > 0 {
			rest, ok := strings.CutPrefix(mark, fmt.Sprintf("%d:", part))
			if !ok {
				continue
			}
			mark = rest
		}
		if slices.Contains(matches[:], mark) {
			return mark
		}
	}
	return ""
}

var matches = [...]string{questions.MatchPerson, questions.MatchPlace, questions.MatchOrg, questions.MatchTitle, questions.MatchTerm, questions.MatchOrdinal,
	questions.MatchSet, questions.MatchDate, questions.MatchNumber}

// hasReplies tells whether there are general replies to right and wrong answers that say
// more than that.
func (q *question) hasReplies() bool {
	for _, name := range []string{"correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"} {
		text := said(q.n.At(name))
		bare := strings.NewReplacer("<p>", "", "</p>", "").Replace(text)
		if bare != "" && !strings.HasPrefix(bare, "Your answer is ") {
			return true
		}
	}
	return false
}

// done keeps what was read. What lacks something is a draft.
func (q *question) done() {
	if why, unfinished := foreign.Unfinished(q.item.Version); unfinished {
		q.item.State = "draft"
		q.notes = append(q.notes, why)
	}
	q.Items = append(q.Items, q.item)
	for _, why := range q.notes {
		q.Notes = append(q.Notes, bundle.Problem{Line: q.item.Line, Item: q.beginning(), Reason: why, Kind: q.kind})
	}
}

// refuse reports a question with all that it says.
func (q *question) refuse(why questions.Reason) {
	q.Problems = append(q.Problems, bundle.Problem{Line: q.item.Line, Item: q.beginning(), Reason: why, Text: q.all(), Kind: q.kind})
}

func (q *question) beginning() string {
	return foreign.Beginning(q.item.Name, foreign.Opening(q.v().Prompt))
}

// all is the whole text of a question: what it asks, what is answered, what is said to
// it.
func (q *question) all() string {
	texts := []string{q.v().Prompt}
	for _, n := range q.n.Find("subquestion", "answer", "dragbox", "selectoption", "drag", "graderinfo") {
		if text := q.markdown(n, "html"); text != "" {
			texts = append(texts, text)
		}
	}
	texts = append(texts, q.v().Explain)
	return strings.TrimSpace(strings.Join(texts, "\n\n"))
}
