package bank

import (
	"crypto/sha256"
	"encoding/hex"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"thaw/app/fault"
	"thaw/questions"
	"thaw/questions/grade"
	"thaw/questions/kind"
)

// Unfit says what is wrong with a question, problem by problem. It is a
// fault.Invalid.
type Unfit struct{ Problems []questions.Problem }

// Error is the text for the log.
func (u Unfit) Error() string { return "unfit question" }

// Unwrap makes it a fault.
func (u Unfit) Unwrap() error { return fault.New(fault.Invalid, "fault.fields") }

// Write decides what becomes of a question when its form is sent. The errors are
// Unfit, and fault.Conflict when another wording has been stored since the form
// was made. A form that says what is stored already changes nothing: the change
// has no Puts.
func Write(w Work, f Form) (Change, error) {
	v, tags := wording(w, f), CleanTags(f.Tags)
	topic, made, problems := topicOf(w, f)
	if problems = append(append(problems, check(w, f, v)...), CheckTags(tags)...); len(problems) > 0 {
		return Change{}, Unfit{problems}
	}
	first := Put{Head: w.Question.Head}
	if first.ID == 0 {
		first.Head = Head{Slug: slug("q", f.Token), Kind: v.Kind}
	}
	first.Bank, first.Topic, first.State = w.Bank.ID, topic, f.State
	if kind.Parted(v.Kind) {
		first.Parts, v = askParts(w, w.Question, f, v, topic)
	} else {
		first.Fact, v = ask(w, w.Question, f, v, topic)
	}
	if !sameWording(v, w.Question.Version) {
		if f.Base != w.Question.Latest {
			return Change{}, fault.New(fault.Conflict, "fault.question_moved")
		}
		first.Version = &v
		first.Latest++
	}
	back := reverse(w, f, v, &first)
	first.Tags = retag(w.Question.Head, tags)
	if back.Kind != "" {
		back.Tags = retag(w.Back.Head, tags)
	}
	c := Change{Bank: w.Bank.ID, Revision: w.Revision, NewTopic: made}
	c.put(w.Question.Head, first)
	c.put(w.Back.Head, back)
	return c, nil
}

// put adds a question to the change unless it stays as it was.
func (c *Change) put(was Head, p Put) {
	if !sameHead(p.Head, was) || p.Version != nil || p.Fact != nil || len(p.Parts) > 0 || p.Tags != nil {
		c.Puts = append(c.Puts, p)
	}
}

// sameHead tells whether two heads are the same but for their tags, which are put for
// themselves.
func sameHead(a, b Head) bool {
	a.Tags, b.Tags = nil, nil
	return reflect.DeepEqual(a, b)
}

// retag is the tags that a question gets; nil where it has them.
func retag(was Head, tags []string) *[]string {
	if slices.Equal(was.Tags, tags) {
		return nil
	}
	return &tags
}

// wording is the form's version as it is stored.
func wording(w Work, f Form) questions.Version {
	v := f.Version
	v.Ref = questions.Ref{}
	if v.Lang == "" {
		v.Lang = w.Bank.Lang
	}
	if v.Level == "" {
		v.Level = kind.Levels[0]
	}
	v.Answers = slices.Clone(v.Answers)
	for i, a := range v.Answers {
		v.Answers[i].Entity = entityOf(w, a.Text)
	}
	return v
}

// entityOf keeps an answer tied to its entity while its text stays, and ties another to
// the one that it names.
func entityOf(w Work, text string) questions.EntityID {
	for _, a := range w.Question.Version.Answers {
		if a.Text == text && a.Entity != 0 {
			return a.Entity
		}
	}
	e, _ := w.Lexicon.Find(text)
	return e.ID
}

// sameWording tells whether two versions read the same.
func sameWording(a, b questions.Version) bool {
	a.Ref, b.Ref = questions.Ref{}, questions.Ref{}
	return len(a.Answers) == len(b.Answers) && (len(a.Answers) == 0 || reflect.DeepEqual(a.Answers, b.Answers)) &&
		reflect.DeepEqual(without(a), without(b))
}

func without(v questions.Version) questions.Version {
	v.Answers = nil
	return v
}

// topicOf is the topic that the form names, or one to make.
func topicOf(w Work, f Form) (questions.TopicID, *Topic, []questions.Problem) {
	if _, ok := w.Topics.find(f.Topic); f.NewTopic == "" && ok {
		return f.Topic, nil, nil
	}
	if f.NewTopic == "" {
		field := "topic"
		if len(w.Topics) == 0 {
			field = "new_topic" // the only one there is
		}
		return 0, nil, []questions.Problem{{Field: field, Code: "problem.no_topic"}}
	}
	if t, ok := w.Topics.Named(f.NewTopic); ok {
		return t.ID, nil, nil
	}
	title, err := checkTitle(f.NewTopic)
	if err != nil {
		return 0, nil, []questions.Problem{{Field: "new_topic", Code: "problem.topic_long"}}
	}
	return 0, &Topic{Slug: slug("t", f.Token), Title: title}, nil
}

// unfinished are the problems that a draft may have: it may be unfinished, not
// wrong.
var unfinished = map[string]bool{"problem.no_key": true, "problem.empty_answer": true, "problem.few_options": true,
	"problem.few_items": true, "problem.few_pairs": true, "problem.one_right": true, "problem.any_order": true,
	"problem.no_gap": true, "problem.gap_match": true}

// check finds what keeps the question from being stored as the form wants it.
func check(w Work, f Form, v questions.Version) []questions.Problem {
	found := Problems(v)
	if f.State != Live {
		found = slices.DeleteFunc(found, func(p questions.Problem) bool { return unfinished[p.Code] })
	}
	if f.Fact != 0 {
		if _, ok := w.Fact(f.Fact); !ok {
			found = append(found, questions.Problem{Field: "feeds", Code: "problem.no_fact"})
		}
	}
	found = append(found, checkFacts(w, v)...)
	if v.Passage != 0 {
		if _, ok := w.Passage(v.Passage); !ok {
			found = append(found, questions.Problem{Field: "points", Code: "problem.no_passage"})
		}
	}
	found = append(found, checkQuote(w, v)...)
	if f.Reversed && v.Kind == questions.Flash && keyText(v) == "" {
		found = append(found, questions.Problem{Field: "reversed", Code: "problem.no_back"})
	}
	return found
}

// checkFacts finds facts of parts that are not among those to choose from.
func checkFacts(w Work, v questions.Version) []questions.Problem {
	if !kind.Parted(v.Kind) {
		return nil
	}
	var found []questions.Problem
	for n := 1; n <= kind.Parts(v); n++ {
		id := factOf(v, n)
		if _, ok := w.Fact(id); ok || id == 0 {
			continue
		}
		p := questions.Problem{Field: "feed", Row: n, Code: "problem.no_fact"}
		if v.Kind == questions.Cloze {
			p.Field, p.Row = "fact-"+strconv.Itoa(n), 0
		}
		found = append(found, p)
	}
	return found
}

// factOf is the fact that a part asks for.
func factOf(v questions.Version, part int) questions.FactID {
	i := slices.IndexFunc(v.Answers, func(a questions.Answer) bool { return a.Part == part })
	if i < 0 {
		return 0
	}
	return v.Answers[i].Fact
}

// Problems says what keeps a question from being asked.
func Problems(v questions.Version) []questions.Problem {
	k, ok := kind.Of(v.Kind)
	if !ok {
		return []questions.Problem{{Field: "prompt", Code: "problem.no_kind"}}
	}
	return k.Check(v)
}

// ask decides which fact the question asks for, gives it to the answers, and
// says how the fact changes: a new one is made of question and key, one of its
// own follows the wording as long as nobody has worded it otherwise.
func ask(w Work, was Written, f Form, v questions.Version, topic questions.TopicID) (*Fact, questions.Version) {
	if len(v.Answers) == 0 {
		return nil, v
	}
	made := slug("f", f.Token)
	fact, ok := w.Fact(chosen(w, was, f.Fact, made))
	v.Answers = feeding(v.Answers, fact.ID, func(part int) bool { return part != 0 })
	next := Fact{Slug: made, Topic: topic, Text: FactText(v), Lang: v.Lang, Passage: v.Passage}
	if ok {
		next = follow(w, was, fact, v, topic, FactText(was.Version), FactText(v))
	}
	if ok && next == fact {
		return nil, v
	}
	return &next, v
}

// askParts does for each part what ask does for a question. A part that stands
// elsewhere now keeps its fact.
func askParts(w Work, was Written, f Form, v questions.Version, topic questions.TopicID) ([]PartFact, questions.Version) {
	var changed []PartFact
	whole := v
	for n := 1; n <= kind.Parts(whole); n++ {
		made := slug("f", f.Token+" part "+strconv.Itoa(n))
		fact, ok := w.Fact(chosen(w, was, factOf(whole, n), made))
		v.Answers = feeding(v.Answers, fact.ID, func(part int) bool { return part == n })
		next := Fact{Slug: made, Topic: topic, Text: PartText(whole, n), Lang: v.Lang, Passage: v.Passage}
		if ok {
			next = follow(w, was, fact, v, topic, textOf(was.Version, fact.ID), PartText(whole, n))
		}
		if !ok || next != fact {
			changed = append(changed, PartFact{n, next})
		}
	}
	return changed, v
}

// feeding returns the answers, those of some parts asking for a fact.
func feeding(answers []questions.Answer, fact questions.FactID, of func(part int) bool) []questions.Answer {
	answers = slices.Clone(answers)
	for i, a := range answers {
		if of(a.Part) {
			answers[i].Fact = fact
		}
	}
	return answers
}

// chosen is the fact that the form wants; 0 asks for a new one, unless the same form
// has made it before.
func chosen(w Work, was Written, wanted questions.FactID, made string) questions.FactID {
	if wanted != 0 {
		return wanted
	}
	for _, id := range was.Version.Facts() {
		if fact, ok := w.Fact(id); ok && fact.Slug == made {
			return id
		}
	}
	return 0
}

// textOf says what is remembered of the part that asks for a fact.
func textOf(v questions.Version, fact questions.FactID) string {
	i := slices.IndexFunc(v.Answers, func(a questions.Answer) bool { return a.Fact == fact })
	if i < 0 {
		return ""
	}
	return PartText(v, v.Answers[i].Part)
}

// follow lets a fact of the bank's own go where the question goes from which it was
// made, and its text follow from one wording to the next.
func follow(w Work, was Written, fact Fact, v questions.Version, topic questions.TopicID, from, to string) Fact {
	if fact.Bank != w.Bank.ID {
		return fact
	}
	if fact.Topic == was.Topic {
		fact.Topic = topic
	}
	if fact.Passage == was.Version.Passage {
		fact.Passage = v.Passage
	}
	if fact.Text == from {
		fact.Text, fact.Lang = to, v.Lang
	}
	return fact
}

// PartText says what is remembered of one part of a question.
func PartText(v questions.Version, part int) string {
	if !kind.Arranged(v.Kind) {
		return FactText(kind.Part(v, part))
	}
	key, _ := v.Key(part)
	text := strconv.Itoa(part) + ". " + key.Text
	if key.Feedback != "" {
		text += ", " + grade.DateText(key.Feedback)
	}
	if v.Kind == questions.Match {
		for _, p := range kind.Pairs(v) {
			if p.Left.Part == part {
				text = p.Left.Text + ": " + key.Text
			}
		}
	}
	return shortFact(Plain(v.Prompt) + " " + Plain(text))
}

// maxFact is how long a fact's text may become, in characters.
const maxFact = 300

// FactText says what is remembered: the question with its key.
func FactText(v questions.Version) string {
	text := Plain(kind.Line(v))
	if key := keyText(v); key != "" {
		text += " " + key
	}
	return shortFact(text)
}

func shortFact(text string) string {
	if utf8.RuneCountInString(text) > maxFact {
		return string([]rune(text)[:maxFact-1]) + "…"
	}
	return text
}

// keyText is the key as a person writes it; where several options are right,
// all of them.
func keyText(v questions.Version) string {
	if k, ok := kind.Of(v.Kind); ok && kind.Arranged(v.Kind) {
		return Plain(k.Words(questions.Asked{Version: v}, nil).Key)
	}
	var keys []string
	for _, a := range v.Answers {
		if a.Credit == 1 && (len(keys) == 0 || v.Kind == questions.Several) {
			keys = append(keys, Plain(grade.Canonical(a)))
		}
	}
	return strings.Join(keys, ", ")
}

// slug names what a form makes, so that the same form makes it once.
func slug(what, token string) string {
	sum := sha256.Sum256([]byte(what + " " + token))
	return what + "-" + hex.EncodeToString(sum[:8])
}

// SetState decides that a question is asked, not yet, or no more. Its other
// direction goes along.
func SetState(w Work, to State) (Change, error) {
	if to == Live {
		if problems := Problems(w.Question.Version); len(problems) > 0 {
			return Change{}, Unfit{problems}
		}
	}
	c := Change{Bank: w.Bank.ID, Revision: w.Revision}
	first, back := Put{Head: w.Question.Head}, Put{Head: w.Back.Head}
	first.State = to
	if w.Reversed() {
		back.State = to
	}
	c.put(w.Question.Head, first)
	c.put(w.Back.Head, back)
	return c, nil
}
