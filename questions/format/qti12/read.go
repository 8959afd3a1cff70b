package qti12

import (
	"bytes"
	"context"
	"io"
	"path"
	"slices"
	"strings"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/format/element"
	"thaw/questions/format/foreign"
	"thaw/questions/format/safe"
)

// Read reads a package or a file of XML. It is Unreadable where it is neither, is larger
// than it may be, has too many questions or none at all.
func Read(ctx context.Context, in bundle.Input) (bundle.Bundle, error) {
	r := &reader{ctx: ctx}
	var err error
	if strings.HasPrefix(string(in.Head(4)), "PK\x03\x04") {
		err = r.archive(in)
	} else if in.Size > Most {
		err = bundle.Bad("format.large", Most>>20)
	} else {
		doc, guessed := safe.Document(in)
		r.guessed = guessed
		err = r.document(doc)
	}
	if err != nil {
		return bundle.Bundle{}, err
	}
	if r.Total() == 0 {
		return bundle.Bundle{}, bundle.Bad("qti.none")
	}
	r.finish()
	return r.Bundle, nil
}

// reader is what was read so far.
type reader struct {
	bundle.Bundle
	ctx     context.Context
	zip     *safe.Zip         // nil: a file alone
	found   map[string]string // the files of the package by the ends of their paths
	titles  []string          // of quizzes and banks, in order
	title   string            // of the one that is being read
	files   foreign.Media
	text    int // bytes of the texts so far
	count   int
	guessed bool
	replies int // questions whose general replies were left out
}

// archive reads each quiz and each bank of a package.
func (r *reader) archive(in bundle.Input) error {
	z, err := safe.Open(in, limits)
	if err != nil {
		return err
	}
	r.zip = z
	for _, name := range z.Names() {
		if !quiz(z, name) {
			continue
		}
		data, err := z.Read(name)
		if err != nil {
			return err
		}
		if !bytes.Contains(data[:min(len(data), 4<<10)], []byte(root)) {
			continue
		}
		doc, guessed := safe.Document(bundle.Of(name, data))
		r.guessed = r.guessed || guessed
		if err := r.document(doc); err != nil {
			return err
		}
	}
	return nil
}

// quiz tells whether a file of a package may hold questions. Of a course, Canvas writes
// each quiz twice; the one that says more counts.
func quiz(z *safe.Zip, name string) bool {
	if ext := strings.ToLower(path.Ext(name)); ext != ".xml" && ext != ".qti" || path.Base(name) == manifest {
		return false
	}
	return !z.Has("non_cc_assessments/" + path.Dir(name) + ".xml.qti")
}

// document reads one file of XML.
func (r *reader) document(doc io.Reader) error {
	r.title = ""
	return safe.Elements(doc, []string{"item", "qtimetadata"}, func(n *element.Node, above []*element.Node) error {
		r.entitle(n, above)
		if n.Name == "item" {
			r.item(n, above)
		}
		if err := foreign.Within(r.Total(), r.text); err != nil {
			return err
		}
		return r.ctx.Err()
	})
}

// entitle takes the title of the quiz or the bank that an item stands in.
func (r *reader) entitle(n *element.Node, above []*element.Node) {
	title := fields(n)["bank_title"]
	for _, a := range above {
		if a.Name == "assessment" {
			title = a.Attr("title")
		}
	}
	if title == "" || r.title == title {
		return
	}
	r.title = title
	if !slices.Contains(r.titles, title) {
		r.titles = append(r.titles, title)
	}
}

// fields are the metadata of an element, the first value of each label.
func fields(n *element.Node) map[string]string {
	values := map[string]string{}
	for _, f := range n.Find("qtimetadatafield") {
		label := f.At("fieldlabel").Says()
		if _, known := values[label]; !known {
			values[label] = f.At("fieldentry").Says()
		}
	}
	return values
}

// all are all the values of a label.
func all(n *element.Node, label string) []string {
	var values []string
	for _, f := range n.Find("qtimetadatafield") {
		if f.At("fieldlabel").Says() == label {
			values = append(values, f.At("fieldentry").Says())
		}
	}
	return values
}

// finish says what concerns the file as a whole. The title of a single quiz is the
// bundle's; several are topics.
func (r *reader) finish() {
	r.Media = r.files.List()
	for i, it := range r.Items {
		if len(r.titles) == 1 {
			it.Topic[0] = ""
		}
		r.Items[i].Topic = slices.DeleteFunc(it.Topic, func(s string) bool { return s == "" })
	}
	if len(r.titles) == 1 {
		r.Title = r.titles[0]
	}
	if r.guessed {
		r.Notes = append(r.Notes, bundle.Problem{Reason: bundle.Because("foreign.guessed")})
	}
	if r.replies > 0 {
		r.Notes = append(r.Notes, bundle.Problem{Reason: bundle.Because("qti.replies", r.replies)})
	}
}

// item reads one question.
func (r *reader) item(n *element.Node, above []*element.Node) {
	r.count++
	q := &question{reader: r, n: n, meta: fields(n.At("itemmetadata"))}
	q.head(above)
	kind := q.typeOf()
	q.kind = strings.TrimSuffix(kind, "_question")
	read, why, ok := kinds[kind], unread(kind), false
	if len(n.Find("response_label")) > mostAnswers || len(n.Find("varequal")) > mostAnswers {
		read, why = nil, bundle.Because("qti.wide")
	}
	if read != nil {
		why, ok = read(q)
	}
	if q.long {
		why, ok = bundle.Because("qti.long"), false
	}
	if !ok {
		q.refuse(why)
		return
	}
	q.done()
}

// mostAnswers is how many answers are read of a question; a matching question lists what
// is on its right for each that is on its left.
const mostAnswers = 2000

// kinds are the types of questions that are read, in the words of Canvas.
var kinds = map[string]func(*question) (questions.Reason, bool){
	"multiple_choice_question":         (*question).choice,
	"true_false_question":              (*question).truth,
	"multiple_answers_question":        (*question).several,
	"short_answer_question":            (*question).short,
	"numerical_question":               (*question).number,
	"calculated_question":              (*question).calculated,
	"fill_in_multiple_blanks_question": (*question).blanks,
	"multiple_dropdowns_question":      (*question).blanks,
	"matching_question":                (*question).match,
	"ordering_question":                (*question).order,
}

// unread says why a type of question is not read.
func unread(kind string) questions.Reason {
	switch kind {
	case "essay_question":
		return bundle.Because("qti.essay")
	case "file_upload_question":
		return bundle.Because("qti.upload")
	case "text_only_question":
		return bundle.Because("qti.description")
	}
	return bundle.Because("qti.type", foreign.Beginning(strings.ReplaceAll(strings.TrimSuffix(kind, "_question"), "_", " "), "?"))
}
