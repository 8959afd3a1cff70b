package bundle

import "slices"

// Join makes one bundle of several, each under a topic of its title. What two of them
// call the same (a copied question has the slug of its original) is told apart by the
// slug of its bank. One bundle stays as it is.
func Join(list []Bundle) Bundle {
	if len(list) == 1 {
		return list[0]
	}
	all, taken := Bundle{}, map[string]bool{}
	for _, b := range list {
		join(&all, b, taken)
	}
	return all
}

// join puts a bundle under a topic of its own. taken are the slugs in use, each after
// what it names.
func join(all *Bundle, b Bundle, taken map[string]bool) {
	own := namesake{prefix: b.Slug + ".", taken: taken, renamed: map[string]string{}}
	top := Topic{Slug: own.put("topic", b.Slug), Title: b.Title, About: b.About}
	all.Topics = append(all.Topics, top)
	for _, t := range b.Topics {
		t.Slug = own.put("topic", t.Slug)
		if t.Parent = own.of("topic", t.Parent); t.Parent == "" {
			t.Parent = top.Slug
		}
		all.Topics = append(all.Topics, t)
	}
	for _, e := range b.Entities {
		e.Slug = own.put("name", e.Slug)
		all.Entities = append(all.Entities, e)
	}
	for _, s := range b.Sections {
		s.Slug, s.Passages = own.put("section", s.Slug), slices.Clone(s.Passages)
		for i, p := range s.Passages {
			s.Passages[i].Slug, s.Passages[i].Section = own.put("passage", p.Slug), s.Slug
		}
		all.Sections = append(all.Sections, s)
	}
	for _, f := range b.Facts {
		f.Slug, f.Topic, f.Passage = own.put("fact", f.Slug), own.of("topic", f.Topic), own.of("passage", f.Passage)
		if f.Twin != "" {
			f.Twin = own.prefix + f.Twin
		}
		all.Facts = append(all.Facts, f)
	}
	for _, it := range b.Items {
		it.ID = own.put("question", it.ID)
		all.Items = append(all.Items, it)
	}
	from := len(all.Items) - len(b.Items)
	for i := range all.Items[from:] {
		own.item(&all.Items[from+i], b)
	}
	seen := map[string]bool{}
	for _, m := range all.Media {
		seen[m.Name] = true
	}
	for _, m := range b.Media {
		if !seen[m.Name] { // a name of ours says what is in it
			all.Media = append(all.Media, m)
		}
	}
	all.Problems, all.Notes = append(all.Problems, b.Problems...), append(all.Notes, b.Notes...)
}

// namesake tells the names of one bundle from those of the others.
type namesake struct {
	prefix  string
	taken   map[string]bool
	renamed map[string]string
}

// put takes a name, another one where it is taken.
func (n namesake) put(what, slug string) string {
	if slug == "" {
		return ""
	}
	name := slug
	for n.taken[what+" "+name] {
		name = n.prefix + name
	}
	n.taken[what+" "+name], n.renamed[what+" "+slug] = true, name
	return name
}

// of is what a name has become.
func (n namesake) of(what, slug string) string {
	if name, ok := n.renamed[what+" "+slug]; ok {
		return name
	}
	return slug
}

// item renames what an item refers to, and puts it under the topic of its bank.
func (n namesake) item(it *Item, b Bundle) {
	if len(it.Topic) == 1 && slices.ContainsFunc(b.Topics, func(t Topic) bool { return t.Slug == it.Topic[0] && t.Title != it.Topic[0] }) {
		it.Topic = []string{n.of("topic", it.Topic[0])}
	} else {
		it.Topic = append([]string{b.Title}, it.Topic...)
	}
	it.Passage, it.Mirrors = n.of("passage", it.Passage), n.of("question", it.Mirrors)
	if it.Twin != "" {
		it.Twin = n.prefix + it.Twin
	}
	it.Refs = slices.Clone(it.Refs)
	for i, r := range it.Refs {
		it.Refs[i] = Ref{Fact: n.of("fact", r.Fact), Entity: n.of("name", r.Entity)}
	}
}
