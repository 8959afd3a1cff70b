package bank

import (
	"strings"
	"unicode/utf8"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/format/markup"
	"thaw/questions/kind"
)

// Plan decides what becomes of each item of a file in a bank. It is pure.
func Plan(s Stock, b bundle.Bundle, w Wish) Intake {
	p := newPlanner(s, b, w)
	if p.fresh {
		p.all()
	}
	for i := range b.Items {
		p.arrive(i)
	}
	p.mirror()
	if w.Keep {
		for _, problem := range b.Problems {
			p.keep(problem)
		}
	}
	in := p.intake
	in.Total, in.Reported = b.Total(), in.Reported+len(b.Problems)
	in.Bringing.Topics, in.Bringing.Facts = p.outline.made, p.made
	return in
}

// planner is a plan in the making.
type planner struct {
	stock  Stock
	file   bundle.Bundle
	wish   Wish
	fresh  bool // the bank holds nothing yet: it becomes what the file is
	intake Intake

	bySlug   map[string]*Written
	byKey    map[[16]byte]*Written // of those that are not retired
	repeats  map[[16]byte][]int    // items of the file so far
	taken    map[string]bool       // slugs of questions of the file so far
	keys     [][16]byte            // of the items
	slugs    []string              // of the items so far
	named    map[string]string     // of the items so far, by the names that they have in the file
	likes    []likeable            // of the items
	alikes   *alikes
	outline  *outliner
	names    map[string]questions.EntityID // of the bank, by folded names and spellings
	bySlugs  slugged
	facts    map[questions.FactID]Fact // of the bank
	made     []FactData
	twins    map[string]int // how many items are in a twin group
	brought  map[string]int // by the slug of a question: its place in Bringing
	reversed map[string]bool
}

// slugged finds what the bank and the file hold by slug.
type slugged struct {
	passages map[string]questions.PassageID // of the bank
	sections map[string]bool                // of passages that are to be made, or are
	facts    map[string]questions.FactID    // of the bank
	making   map[string]bool                // facts to be made
	inFile   map[string]bundle.Fact
	entities map[string]questions.EntityID // of the bank
	naming   map[string]bool               // to be made
}

func newPlanner(s Stock, b bundle.Bundle, w Wish) *planner {
	p := &planner{stock: s, file: b, wish: w, fresh: len(s.Questions)+len(s.Topics) == 0,
		bySlug: map[string]*Written{}, byKey: map[[16]byte]*Written{}, repeats: map[[16]byte][]int{}, taken: map[string]bool{},
		alikes: newAlikes(), names: map[string]questions.EntityID{}, twins: map[string]int{}, named: map[string]string{}, brought: map[string]int{}, reversed: map[string]bool{}}
	p.intake.Kinds = map[string]int{}
	p.intake.Bringing.Bank, p.intake.Bringing.Revision = s.Bank.ID, s.Revision
	p.outline = newOutliner(s.Topics, b.Topics)
	p.index()
	p.readNames()
	p.readFile()
	return p
}

// index finds the questions of the bank by slug and by what they say.
func (p *planner) index() {
	likes := make([]likeable, 0, len(p.stock.Questions))
	slugs := make(map[questions.QuestionID]string, len(p.stock.Questions))
	for _, q := range p.stock.Questions {
		slugs[q.ID] = q.Slug
	}
	for i := range p.stock.Questions {
		q := &p.stock.Questions[i]
		p.bySlug[q.Slug] = q
		if q.Reverses != 0 {
			p.reversed[slugs[q.Reverses]] = true
		}
		if q.State == Retired {
			continue
		}
		if key := sameKey(q.Version); p.byKey[key] == nil {
			p.byKey[key] = q
		}
		likes = append(likes, p.alikes.read(q.Version, Twin{Question: q.ID, Version: q.Version}))
	}
	p.indexPast()
	p.file.Items = append([]bundle.Item(nil), p.file.Items...)
	p.keys = make([][16]byte, len(p.file.Items))
	for i := range p.file.Items {
		it := &p.file.Items[i]
		it.Version = tidyVersion(it.Version)
		p.keys[i] = sameKey(it.Version)
		p.likes = append(p.likes, p.alikes.read(it.Version, Twin{Item: i, Version: it.Version}))
	}
	for _, q := range likes { // all words are counted before
		p.alikes.put(q)
	}
}

// indexPast finds questions by what they said before, where no other says it now.
func (p *planner) indexPast() {
	for i := range p.stock.Questions {
		q := &p.stock.Questions[i]
		for _, v := range p.stock.Past[q.ID] {
			if key := sameKey(v); q.State != Retired && p.byKey[key] == nil {
				p.byKey[key] = q
			}
		}
	}
}

// readNames finds the names of the bank, and makes those of the file that it lacks.
func (p *planner) readNames() {
	p.bySlugs.entities, p.bySlugs.naming = map[string]questions.EntityID{}, map[string]bool{}
	for _, e := range p.stock.Lexicon.Entities {
		p.bySlugs.entities[e.Slug] = e.ID
		for _, text := range append([]string{e.Name}, e.Spellings...) {
			if folded := questions.Fold(text); p.names[folded] == 0 {
				p.names[folded] = e.ID
			}
		}
	}
	for _, e := range p.file.Entities {
		if p.bySlugs.entities[e.Slug] == 0 && p.names[questions.Fold(e.Name)] != 0 {
			p.bySlugs.entities[e.Slug] = p.names[questions.Fold(e.Name)]
		}
		if e.Slug == "" || p.bySlugs.entities[e.Slug] != 0 || p.bySlugs.naming[e.Slug] || len(p.stock.Lexicon.Entities)+len(p.intake.Bringing.Names) >= MaxNames {
			continue
		}
		p.bySlugs.naming[e.Slug] = true
		e.ID, e.Name, e.About = 0, clean(e.Name), clean(e.About)
		p.intake.Bringing.Names = append(p.intake.Bringing.Names, e)
	}
}

// readFile finds the facts and passages of bank and file, and counts the twins.
func (p *planner) readFile() {
	p.bySlugs.passages, p.bySlugs.sections = map[string]questions.PassageID{}, map[string]bool{}
	for _, s := range p.stock.Sections {
		for _, passage := range s.Passages {
			p.bySlugs.passages[passage.Slug], p.bySlugs.sections[passage.Slug] = passage.ID, true
		}
	}
	for _, s := range p.file.Sections {
		kept := Section{Slug: s.Slug, Title: clean(s.Title)}
		for _, passage := range s.Passages {
			if passage.Slug != "" && !p.bySlugs.sections[passage.Slug] {
				p.bySlugs.sections[passage.Slug] = true
				kept.Passages = append(kept.Passages, questions.Passage{Slug: passage.Slug, Section: s.Slug, Text: clean(passage.Text)})
			}
		}
		if len(kept.Passages) > 0 && s.Slug != "" {
			p.intake.Bringing.Sections = append(p.intake.Bringing.Sections, kept)
		}
	}
	p.facts = make(map[questions.FactID]Fact, len(p.stock.Facts))
	p.bySlugs.facts, p.bySlugs.making, p.bySlugs.inFile = map[string]questions.FactID{}, map[string]bool{}, map[string]bundle.Fact{}
	for _, f := range p.stock.Facts {
		p.bySlugs.facts[f.Slug], p.facts[f.ID] = f.ID, f
	}
	for _, f := range p.file.Facts {
		p.bySlugs.inFile[f.Slug] = f
	}
	for _, it := range p.file.Items {
		p.twins[it.Twin]++
	}
}

// arrive decides what becomes of an item.
func (p *planner) arrive(i int) {
	it := p.file.Items[i]
	a := Arrival{Item: i, Fate: Ready}
	known, sg := p.known(i)
	switch {
	case !isKind(it.Version.Kind):
		a.Fate, a.Why = Refused, bundle.Because("import.no_kind", it.Version.Kind)
	case known == nil:
		a.Twin = p.alike(i)
		a.Fate = p.wish.fate(i, it, a.Twin)
	case p.wish.Without[i]:
		a.Fate, a.Twin = Duplicate, p.alike(i)
	default:
		a.Fate, a.Twin = Reworded, &Twin{Question: known.ID, Version: known.Version}
		if known.Slug != sg || p.says(known, it.Version) {
			a.Fate = Duplicate
		}
	}
	p.taken[sg] = true
	p.slugs = append(p.slugs, sg)
	if it.ID != "" && p.named[it.ID] == "" {
		p.named[it.ID] = sg
	}
	p.repeats[p.keys[i]] = append(p.repeats[p.keys[i]], i)
	p.alikes.put(p.likes[i])
	p.settle(&a, known, sg)
	p.intake.Arrivals = append(p.intake.Arrivals, a)
}

func isKind(name string) bool {
	_, ok := kind.Of(name)
	return ok
}

// known finds the question of the bank that an item is, by the name that it has for ever
// or else by what it says, and the slug that the item has here. A name that is given twice
// in a file names the first.
func (p *planner) known(i int) (*Written, string) {
	sg := p.slugOf(i)
	if sg == "" || p.taken[sg] {
		sg = contentSlug(p.keys[i], len(p.repeats[p.keys[i]]))
	}
	for p.stock.Thrown[sg] {
		sg += "-2" // what was thrown away comes back as another
	}
	if q := p.bySlug[sg]; q != nil {
		return q, sg
	}
	return p.byKey[p.keys[i]], sg
}

// says tells whether a question of the bank says what an item does, now or in an earlier
// wording: who has written it anew since does not find it undone. What has no name in its
// file is the same question for ever.
func (p *planner) says(q *Written, v questions.Version) bool {
	if nothingNew(v, q.Version) || strings.HasPrefix(q.Slug, contentSlug(sameKey(v), 0)) {
		return true
	}
	for _, earlier := range p.stock.Past[q.ID] {
		if nothingNew(v, earlier) {
			return true
		}
	}
	return false
}

// alike is the question of bank or file that is most like an item.
func (p *planner) alike(i int) *Twin {
	if same := p.repeats[p.keys[i]]; len(same) > 0 {
		return &Twin{Item: same[0], Version: p.file.Items[same[0]].Version}
	}
	if twin, ok := p.alikes.find(p.likes[i]); ok {
		return &twin
	}
	return nil
}

// settle counts an item and decides on what is stored of it.
func (p *planner) settle(a *Arrival, known *Written, sg string) {
	in := &p.intake
	if a.Fate == Ready || a.Fate == Reworded {
		p.bring(a, known, sg)
	}
	switch a.Fate {
	case Refused:
		in.Reported++
		return
	case Apart:
		in.Apart++
		in.Duplicates++
		return
	case Duplicate:
		in.Duplicates++
		return
	case Reworded:
		in.Updated++
	case Ready:
		if a.Twin != nil {
			in.Alike++
		}
	}
	in.Imported++
	in.Kinds[p.file.Items[a.Item].Version.Kind]++
}

// bring decides how an item is stored.
func (p *planner) bring(a *Arrival, known *Written, sg string) {
	it := p.file.Items[a.Item]
	q := Brought{Head: Head{Slug: sg, Kind: it.Version.Kind, Bank: p.stock.Bank.ID, Latest: 1}, Version: it.Version}
	if known != nil {
		q.Head = known.Head
		q.Latest++
		q.Version = carryOver(it.Version, known.Version)
	}
	q.Version = p.worded(q.Version)
	q.Refs = make([]AnswerRef, len(q.Version.Answers))
	p.refer(&q, it)
	a.Unfit = Problems(q.Version)
	if known != nil {
		if known.State == Live && len(a.Unfit) > 0 {
			a.Fate, a.Why = Refused, bundle.Because("import.unfit_change")
			return
		}
		p.follow(&q, *known)
	} else {
		q.State = stateOf(it.State, len(a.Unfit) > 0)
		q.TopicSlug = p.outline.find(it.Topic, p.untitled())
		q.Tags = fitTags(it.Tags)
		if p.wish.Learned {
			q.Learned = it.Learned
		}
	}
	if q.State != Draft {
		a.Unfit = nil
	} else {
		p.intake.Drafts++
	}
	p.feed(&q, it)
	p.brought[q.Slug] = len(p.intake.Bringing.Questions)
	p.intake.Bringing.Questions = append(p.intake.Bringing.Questions, q)
}

func (p *planner) untitled() string {
	for _, title := range []string{p.wish.Untitled, p.file.Title, p.stock.Bank.Title} {
		if title = oneLine(title); title != "" {
			return title
		}
	}
	return "1"
}

// stateOf is the state of a new question: what is unfit is not asked.
func stateOf(wanted string, unfit bool) State {
	switch {
	case State(wanted) == Retired:
		return Retired
	case State(wanted) == Draft || unfit:
		return Draft
	}
	return Live
}

// fitTags are tags as they are kept: as many and as long as they may be.
func fitTags(tags []string) []string {
	var fit []string
	for _, tag := range CleanTags(tags) {
		if utf8.RuneCountInString(tag) > MaxTag {
			tag = strings.TrimSpace(string([]rune(tag)[:MaxTag]))
		}
		fit = append(fit, tag)
	}
	fit = CleanTags(fit)
	return fit[:min(len(fit), MaxTags)]
}

// worded is a wording as it is stored: with the language of the bank where the file does
// not say one, and its answers tied to the names of the bank.
func (p *planner) worded(v questions.Version) questions.Version {
	if v.Lang == "" {
		v.Lang = firstOf(p.file.Lang, p.stock.Bank.Lang)
	}
	if v.Level == "" {
		v.Level = kind.Levels[0]
	}
	v.Answers = append([]questions.Answer(nil), v.Answers...)
	for i, a := range v.Answers {
		v.Answers[i].Entity = p.names[questions.Fold(a.Text)]
	}
	return v
}

func firstOf(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

// keep makes a draft of the text of what there is no kind for.
func (p *planner) keep(problem bundle.Problem) {
	text := clean(problem.Text)
	sg := slug("k", problem.Kind+"\n"+text)
	if strings.TrimSpace(text) == "" || p.bySlug[sg] != nil || p.taken[sg] || p.stock.Thrown[sg] {
		return
	}
	p.taken[sg] = true
	p.intake.Kept++
	v := p.worded(questions.Version{Kind: questions.Text, Prompt: markup.FromText(text)})
	q := Brought{Head: Head{Slug: sg, Kind: v.Kind, Bank: p.stock.Bank.ID, Latest: 1, State: Draft, Tags: fitTags([]string{problem.Kind})}, Version: v}
	q.TopicSlug = p.outline.find(nil, p.untitled())
	p.intake.Bringing.Questions = append(p.intake.Bringing.Questions, q)
}

// tidyVersion leaves out what no database keeps, and what a file cannot know.
func tidyVersion(v questions.Version) questions.Version {
	v.Ref, v.Passage = questions.Ref{}, 0
	v.Prompt, v.Explain = clean(v.Prompt), clean(v.Explain)
	v.Lang, v.Back, v.Level, v.Quote = clean(v.Lang), clean(v.Back), clean(v.Level), clean(v.Quote)
	v.Answers = append([]questions.Answer(nil), v.Answers...)
	for i := range v.Answers {
		a := &v.Answers[i]
		a.Text, a.Feedback, a.Match, a.Fact, a.Entity = clean(a.Text), clean(a.Feedback), clean(a.Match), 0, 0
	}
	return v
}

// clean is a text without what is no text.
func clean(s string) string {
	if utf8.ValidString(s) && !strings.ContainsRune(s, 0) {
		return s
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}
