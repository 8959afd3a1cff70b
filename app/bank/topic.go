package bank

import (
	"slices"
	"strings"
	"unicode/utf8"

	"thaw/app/fault"
	"thaw/questions"
)

// levels is how deep topics may lie in one another.
const levels = 3

// maxTitle is how long the title of a bank or a topic may be, in characters.
const maxTitle = 120

// Outline is all topics of a bank, each before its parts, siblings in their
// order. Its methods decide a change and leave the outline itself as it is.
type Outline []Topic

// Branch is a topic with how deep it lies, from 0.
type Branch struct {
	Topic
	Depth int
}

// Tree lists the topics with their depths. A topic whose parent is gone stands
// at the top.
func (o Outline) Tree() []Branch {
	var list []Branch
	var grow func(parent questions.TopicID, depth int)
	grow = func(parent questions.TopicID, depth int) {
		for _, t := range o {
			if o.parent(t) != parent || depth >= levels {
				continue
			}
			list = append(list, Branch{t, depth})
			if t.ID != 0 { // else it is new, without parts
				grow(t.ID, depth+1)
			}
		}
	}
	grow(0, 0)
	return list
}

// parent is the topic that another is a part of, 0 where there is none.
func (o Outline) parent(t Topic) questions.TopicID {
	if _, ok := o.find(t.Parent); ok {
		return t.Parent
	}
	return 0
}

// sorted is the outline with each topic before its parts.
func (o Outline) sorted() Outline {
	list := make(Outline, 0, len(o))
	for _, b := range o.Tree() {
		list = append(list, b.Topic)
	}
	return list
}

func (o Outline) find(id questions.TopicID) (int, bool) {
	at := slices.IndexFunc(o, func(t Topic) bool { return t.ID == id && id != 0 })
	return at, at >= 0
}

// Named finds a topic by its title, however it is written.
func (o Outline) Named(title string) (Topic, bool) {
	for _, t := range o {
		if questions.Fold(t.Title) == questions.Fold(title) {
			return t, true
		}
	}
	return Topic{}, false
}

// Add puts a new topic behind the others, under one of them or at the top. One
// that is there already under that title stays alone.
func (o Outline) Add(title string, under questions.TopicID, slug string) (Outline, error) {
	title, err := checkTitle(title)
	if err != nil {
		return nil, err
	}
	if _, ok := o.Named(title); ok {
		return o, nil
	}
	if err := o.holds(under, 1); err != nil {
		return nil, err
	}
	return append(slices.Clone(o), Topic{Slug: slug, Title: title, Parent: under}), nil
}

// Rename gives a topic another title.
func (o Outline) Rename(id questions.TopicID, title string) (Outline, error) {
	at, ok := o.find(id)
	if !ok {
		return nil, fault.New(fault.Missing, "fault.missing")
	}
	title, err := checkTitle(title)
	if err != nil {
		return nil, err
	}
	next := slices.Clone(o)
	next[at].Title = title
	return next, nil
}

// Move makes a topic, with its parts, a part of another (0: of none).
func (o Outline) Move(id, under questions.TopicID) (Outline, error) {
	at, ok := o.find(id)
	if !ok {
		return nil, fault.New(fault.Missing, "fault.missing")
	}
	if o.Under(id)[under] {
		return nil, fault.New(fault.Invalid, "fault.topic_circle")
	}
	if err := o.holds(under, o.height(id)); err != nil {
		return nil, err
	}
	moved := o[at]
	moved.Parent = under
	return append(slices.Delete(slices.Clone(o), at, at+1), moved).sorted(), nil
}

// Shift moves a topic one place up (-1) or down (1) among its siblings; at the
// end of the row it stays where it is.
func (o Outline) Shift(id questions.TopicID, step int) (Outline, error) {
	at, ok := o.find(id)
	if !ok {
		return nil, fault.New(fault.Missing, "fault.missing")
	}
	next := slices.Clone(o)
	for i := at + step; i >= 0 && i < len(o); i += step {
		if o.parent(o[i]) == o.parent(o[at]) {
			next[at], next[i] = next[i], next[at]
			return next.sorted(), nil
		}
	}
	return o, nil
}

// Remove takes a topic out; held is how many questions it has, in any state.
func (o Outline) Remove(id questions.TopicID, held int) (Outline, error) {
	at, ok := o.find(id)
	if !ok {
		return nil, fault.New(fault.Missing, "fault.missing")
	}
	if held > 0 || len(o.Under(id)) > 1 {
		return nil, fault.New(fault.Invalid, "fault.topic_full")
	}
	return slices.Delete(slices.Clone(o), at, at+1), nil
}

// holds tells whether something so many levels high fits under a topic.
func (o Outline) holds(under questions.TopicID, height int) error {
	if under == 0 {
		return nil
	}
	for _, b := range o.Tree() {
		if b.ID != under {
			continue
		}
		if b.Depth+1+height > levels {
			return fault.New(fault.Invalid, "fault.topic_deep", levels)
		}
		return nil
	}
	return fault.New(fault.Missing, "fault.missing")
}

// Under is a topic with all that are parts of it.
func (o Outline) Under(id questions.TopicID) map[questions.TopicID]bool {
	found := map[questions.TopicID]bool{id: true}
	for range levels {
		for _, t := range o {
			if t.Parent != 0 && found[t.Parent] {
				found[t.ID] = true
			}
		}
	}
	return found
}

// height is how many levels a topic has with its parts.
func (o Outline) height(id questions.TopicID) int {
	top, highest := -1, 1
	kin := o.Under(id)
	for _, b := range o.Tree() {
		if b.ID == id {
			top = b.Depth
		}
		if kin[b.ID] && top >= 0 {
			highest = max(highest, b.Depth-top+1)
		}
	}
	return highest
}

// checkTitle refuses what cannot be a title.
func checkTitle(title string) (string, error) {
	title = strings.Join(strings.Fields(title), " ")
	if title == "" {
		return "", fault.Bad([]fault.Field{{Name: "title", Key: "bank.no_title"}})
	}
	if utf8.RuneCountInString(title) > maxTitle {
		return "", fault.Bad([]fault.Field{{Name: "title", Key: "bank.title_long", Args: []any{maxTitle}}})
	}
	return title, nil
}
