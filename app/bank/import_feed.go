package bank

import (
	"strconv"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/kind"
)

// refer ties a question to the passage, the names and the facts that its item gives by
// slug.
func (p *planner) refer(q *Brought, it bundle.Item) {
	if id := p.bySlugs.passages[it.Passage]; id != 0 {
		q.Version.Passage = id
	} else if p.bySlugs.sections[it.Passage] {
		q.PassageSlug = it.Passage
	}
	for i, r := range it.Refs {
		if i >= len(q.Refs) {
			break
		}
		if id := p.bySlugs.entities[r.Entity]; id != 0 {
			q.Version.Answers[i].Entity = id
		} else if p.bySlugs.naming[r.Entity] {
			q.Refs[i].Entity = r.Entity
		}
		if q.ID == 0 {
			q.Version.Answers[i].Fact, q.Refs[i].Fact = p.fact(r.Fact)
		}
	}
}

// fact is a fact by its slug: that of the bank, or one of the file, which is made.
func (p *planner) fact(slug string) (questions.FactID, string) {
	if id := p.bySlugs.facts[slug]; id != 0 {
		return id, ""
	}
	f, ok := p.bySlugs.inFile[slug]
	if !ok || slug == "" {
		return 0, ""
	}
	if !p.bySlugs.making[slug] {
		p.bySlugs.making[slug] = true
		made := FactData{Fact: Fact{Slug: slug, Text: shortFact(clean(f.Text)), Lang: clean(f.Lang), Twin: clean(f.Twin), When: clean(f.Happened)}}
		made.TopicSlug = p.outline.known(f.Topic)
		made.Passage, made.PassageSlug = p.passage(f.Passage)
		p.made = append(p.made, made)
	}
	return 0, slug
}

func (p *planner) passage(slug string) (questions.PassageID, string) {
	if id := p.bySlugs.passages[slug]; id != 0 || !p.bySlugs.sections[slug] {
		return id, ""
	}
	return 0, slug
}

// feed gives each part of a question that asks for no fact yet one of its own, as the
// editor does.
func (p *planner) feed(q *Brought, it bundle.Item) {
	if !kind.Parted(q.Version.Kind) {
		p.own(q, it, "", FactText(q.Version), func(part int) bool { return part != 0 })
		return
	}
	for n := 1; n <= kind.Parts(q.Version); n++ {
		p.own(q, it, " part "+strconv.Itoa(n), PartText(q.Version, n), func(part int) bool { return part == n })
	}
}

// own makes a fact for the answers of some parts, unless one of them has one.
func (p *planner) own(q *Brought, it bundle.Item, part, text string, of func(part int) bool) {
	some := false
	for i, a := range q.Version.Answers {
		if of(a.Part) && (a.Fact != 0 || q.Refs[i].Fact != "") {
			return
		}
		some = some || of(a.Part)
	}
	if !some {
		return
	}
	made := FactData{Fact: Fact{Slug: slug("f", q.Slug+part), Topic: q.Topic, Text: text, Lang: q.Version.Lang, Passage: q.Version.Passage},
		TopicSlug: q.TopicSlug, PassageSlug: q.PassageSlug}
	if id := p.bySlugs.facts[made.Slug]; id != 0 { // of an earlier wording
		for i, a := range q.Version.Answers {
			if of(a.Part) {
				q.Version.Answers[i].Fact = id
			}
		}
		return
	}
	if it.Twin != "" && p.twins[it.Twin] > 1 {
		made.Twin = slug("twin", it.Twin)
	}
	for i, a := range q.Version.Answers {
		if of(a.Part) {
			q.Refs[i].Fact = made.Slug
		}
	}
	p.made = append(p.made, made)
}

// follow lets the facts of a question go where its new wording goes.
func (p *planner) follow(q *Brought, was Written) {
	w := Work{Bank: p.stock.Bank}
	for _, id := range was.Version.Facts() {
		fact, ok := p.facts[id]
		if !ok || q.Version.Passage == 0 && q.PassageSlug != "" {
			continue
		}
		from, to := textOf(was.Version, id), textOf(q.Version, id)
		if !kind.Parted(was.Kind) {
			from = FactText(was.Version)
		}
		if !kind.Parted(q.Version.Kind) {
			to = FactText(q.Version)
		}
		if next := follow(w, was, fact, q.Version, was.Topic, from, to); next != fact {
			q.Follow = append(q.Follow, next)
		}
	}
}

// mirror ties flashcards to those whose other direction they are, where they say just
// that: who words the one anew words the other.
func (p *planner) mirror() {
	ours := len(p.file.Facts) > 0 // a file of ours says so itself
	for _, a := range p.intake.Arrivals {
		it := p.file.Items[a.Item]
		at, ok := p.brought[p.slugs[a.Item]]
		if it.Mirrors == "" || a.Fate != Ready || !ok {
			continue
		}
		q := &p.intake.Bringing.Questions[at]
		front, v, ok := p.front(it.Mirrors)
		if !ok || p.reversed[front] || front == q.Slug || q.Version.Kind != questions.Flash || v.Kind != questions.Flash {
			continue
		}
		if !ours && sameKey(Turned(v)) != p.keys[a.Item] {
			continue
		}
		q.Mirrors, p.reversed[front] = front, true
		p.pair(front, q.Slug)
	}
}

func (p *planner) slugOf(item int) string {
	if id := p.file.Items[item].ID; id != "" {
		return importSlug("q", id)
	}
	return ""
}

// front is the flashcard of a name, of the file or of the bank, with its wording.
func (p *planner) front(id string) (slug string, v questions.Version, ok bool) {
	if slug = p.named[id]; slug == "" {
		slug = importSlug("q", id)
	}
	if at, ok := p.brought[slug]; ok {
		q := p.intake.Bringing.Questions[at]
		return slug, q.Version, q.Mirrors == ""
	}
	if q := p.bySlug[slug]; q != nil {
		return slug, q.Version, q.Reverses == 0
	}
	return "", v, false
}

// pair puts the facts of the two directions into a group, where they are in none.
func (p *planner) pair(front, back string) {
	for _, name := range []string{front, back} {
		at, ok := p.brought[name]
		if !ok {
			continue
		}
		for _, r := range p.intake.Bringing.Questions[at].Refs {
			p.group(r.Fact, slug("twin", front))
		}
	}
}

func (p *planner) group(fact, twin string) {
	if fact == "" || p.bySlugs.making[fact] {
		return // of a file of ours
	}
	for i := len(p.made) - 1; i >= 0; i-- {
		if p.made[i].Slug == fact {
			if p.made[i].Twin == "" {
				p.made[i].Twin = twin
			}
			return
		}
	}
}

// all brings whatever a file of ours holds beside questions into a bank that is empty, in
// its order.
func (p *planner) all() {
	for _, t := range p.file.Topics {
		p.outline.known(t.Slug)
	}
	for _, f := range p.file.Facts {
		p.fact(f.Slug)
	}
}
