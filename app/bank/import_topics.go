package bank

import (
	"strings"
	"unicode/utf8"

	"thaw/questions"
	"thaw/questions/format/bundle"
)

// outliner finds the topics of a file in those of a bank, and makes what is not there.
type outliner struct {
	have  Outline
	file  map[string]bundle.Topic
	slugs map[string]string // of the file's topics: what they are here
	byKey map[string]string // of a parent and a title: the slug
	depth map[string]int
	above map[string]string
	paths map[string]string // of the titles that lead to a topic of the file: its slug
	found map[string]string // where titles have led
	made  []NewTopic
}

func newOutliner(have Outline, file []bundle.Topic) *outliner {
	o := &outliner{have: have, file: map[string]bundle.Topic{}, slugs: map[string]string{}, byKey: map[string]string{}, depth: map[string]int{}, above: map[string]string{}, found: map[string]string{}}
	slugs := map[questions.TopicID]string{0: ""}
	for _, b := range have.Tree() {
		slugs[b.ID] = b.Slug
		under := slugs[have.parent(b.Topic)]
		o.put(under, b.Title, b.Slug)
	}
	for _, t := range file {
		o.file[t.Slug] = t
	}
	return o
}

func (o *outliner) put(under, title, slug string) {
	o.byKey[under+"\n"+questions.Fold(title)] = slug
	o.depth[slug], o.above[slug] = o.depth[under]+1, under
}

// known is a topic of the file by its slug: that of the bank, or one that is made with
// those above it. "" where the file has none.
func (o *outliner) known(slug string) string {
	t, ok := o.file[slug]
	if !ok {
		if _, here := o.depth[slug]; here && slug != "" {
			return slug
		}
		return ""
	}
	if here, ok := o.slugs[slug]; ok {
		return here
	}
	o.slugs[slug] = "" // a circle ends at the top
	under := ""
	if t.Parent != slug {
		under = o.known(t.Parent)
	}
	here := slug
	if o.depth[slug] == 0 {
		here = o.child(under, fitTitle(t.Title), slug, clean(t.About))
	}
	o.slugs[slug] = here
	return here
}

// child is the topic of a title under another, made where it is not there. One that would
// lie too deep is put beside the one that it would be a part of.
func (o *outliner) child(under, title, slug, about string) string {
	if o.depth[under] >= levels {
		under = o.above[under]
	}
	if here, ok := o.byKey[under+"\n"+questions.Fold(title)]; ok {
		return here
	}
	for o.depth[slug] != 0 || slug == "" {
		slug = "t-" + slug
	}
	o.made = append(o.made, NewTopic{Topic: Topic{Slug: slug, Title: title, About: about}, Under: under})
	o.put(under, title, slug)
	return slug
}

// find is the topic to which titles lead, untitled where there are none. A single one
// may name a topic wherever it is. One of a file of ours is found where it stands there.
func (o *outliner) find(path []string, untitled string) string {
	key := strings.Join(path, "\n")
	here, ok := o.found[key]
	if !ok {
		here = o.lead(path, untitled)
		o.found[key] = here
	}
	return here
}

func (o *outliner) lead(path []string, untitled string) string {
	var titles []string
	for _, title := range path {
		if title = fitTitle(title); title != "" {
			titles = append(titles, title)
		}
	}
	if len(titles) == 0 {
		titles = []string{fitTitle(untitled)}
	}
	if here, ok := o.inFile(titles); ok {
		return here
	}
	if t, ok := o.have.Named(titles[0]); ok && len(titles) == 1 {
		return t.Slug
	}
	if len(titles) > levels {
		titles = append(titles[:levels-1:levels-1], fitTitle(strings.Join(titles[levels-1:], " / ")))
	}
	under := ""
	for i, title := range titles {
		under = o.child(under, title, slug("t", strings.Join(titles[:i+1], "\n")), "")
	}
	return under
}

// inFile finds a topic among those of the file, by the titles above it or, alone, by its
// slug.
func (o *outliner) inFile(titles []string) (string, bool) {
	if len(o.file) == 0 {
		return "", false
	}
	if o.paths == nil {
		o.readPaths()
	}
	slug, ok := o.paths[strings.Join(titles, "\n")]
	if !ok && len(titles) == 1 {
		_, ok = o.file[titles[0]]
		slug = titles[0]
	}
	if !ok {
		return "", false
	}
	return o.known(slug), true
}

// readPaths notes the titles that lead to each topic of the file.
func (o *outliner) readPaths() {
	o.paths = map[string]string{}
	for slug := range o.file {
		var titles []string
		for at, n := slug, 0; at != "" && n <= len(o.file); n++ {
			t := o.file[at]
			titles = append([]string{fitTitle(t.Title)}, titles...)
			at = t.Parent
		}
		path := strings.Join(titles, "\n")
		if other, ok := o.paths[path]; !ok || slug < other {
			o.paths[path] = slug
		}
	}
}

// fitTitle is a title as long as it may be.
func fitTitle(title string) string {
	title = oneLine(clean(title))
	if utf8.RuneCountInString(title) > maxTitle {
		title = string([]rune(title)[:maxTitle-1]) + "…"
	}
	return title
}
