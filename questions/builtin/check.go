package builtin

import (
	"math"
	"regexp"
	"slices"
	"strings"
)

// maxBack is how many words the back of a flashcard may have.
const maxBack = 6

// checker finds what is wrong with a bank. References wait until every file
// has been read.
type checker struct {
	*loader
	names  map[string]map[string]Pos // what is defined: sort, slug, where
	wanted []reference
	twins  []reference
}

// reference is a slug that something points to.
type reference struct {
	sort string
	slug string
	at   Pos
}

var (
	slugShape = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	itemShape = regexp.MustCompile(`^[A-Z][0-9]{2}$`)

	numberShape = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)
)

// need notes the fields that are missing or empty.
func (l *loader) need(at item, fields ...string) {
	for _, field := range fields {
		if at.field(field).empty() {
			l.add(at.at(field), "%s is missing", field)
		}
	}
}

func (l *loader) checkSlug(at item, field, slug string) {
	if !slugShape.MatchString(slug) {
		l.add(at.at(field), "%s %q: a slug has small letters, digits and single hyphens", field, slug)
	}
}

func (l *loader) same(at item, field, got, want string) {
	if got != want {
		l.add(at.at(field), "%s is %q, but %s says %q", field, got, bankName, want)
	}
}

func (l *loader) oneOf(at item, field, got string, allowed []string) {
	if !slices.Contains(allowed, got) {
		l.add(at.at(field), "%s %q is none of: %s", field, got, strings.Join(allowed, ", "))
	}
}

func (l *loader) inventory(at item) {
	for _, id := range at.list("inventory") {
		if !itemShape.MatchString(id.node.Value) {
			l.add(id.pos(), "inventory %q: an id is a letter and two digits", id.node.Value)
		}
	}
}

// define notes the slug of the item as one that others may point to.
func (c *checker) define(sort string, at item, slug string) {
	c.checkSlug(at, "slug", slug)
	if first, ok := c.names[sort][slug]; ok {
		c.add(at.at("slug"), "%s %q stands already at %s", sort, slug, first)
		return
	}
	c.claim(sort, slug, at.at("slug"))
}

func (c *checker) claim(sort, name string, at Pos) {
	if c.names[sort] == nil {
		c.names[sort] = map[string]Pos{}
	}
	c.names[sort][name] = at
}

// want notes a reference from a field, if there is one.
func (c *checker) want(at item, sort, slug string) {
	if slug != "" {
		c.wanted = append(c.wanted, reference{sort, slug, at.at(sort)})
	}
}

// references notes what is pointed to and not there, and twins without a twin.
// With a file unread it says nothing: everything in that file would be missing.
func (c *checker) references() {
	if c.unread {
		return
	}
	for _, ref := range c.wanted {
		if _, ok := c.names[ref.sort][ref.slug]; !ok {
			c.add(ref.at, "there is no %s %q", ref.sort, ref.slug)
		}
	}
	count := map[string]int{}
	for _, ref := range c.twins {
		count[ref.slug]++
	}
	for _, ref := range c.twins {
		if count[ref.slug] < 2 {
			c.add(ref.at, "twin %q has no second fact", ref.slug)
		}
	}
}

func (c *checker) entity(at item, e Entity) {
	c.need(at, "kind", "name", "about")
	c.define("entity", at, e.Slug)
	c.oneOf(at, "kind", e.Kind, entityKinds)
	c.inventory(at)
	c.spelling(at.at("name"), e.Name)
	for i, spelling := range at.list("spellings") {
		c.spelling(spelling.pos(), e.Spellings[i])
	}
}

// spelling notes a name that stands for two things.
func (c *checker) spelling(at Pos, name string) {
	folded := fold(name)
	if first, ok := c.names["spelling"][folded]; ok {
		c.add(at, "the spelling %q stands already at %s", name, first)
		return
	}
	c.claim("spelling", folded, at)
}

func (c *checker) fact(at item, f Fact) {
	c.need(at, "text", "passage")
	c.define("fact", at, f.Slug)
	c.want(at, "passage", f.Passage)
	c.inventory(at)
	if f.When != "" && !isDate(f.When) {
		c.add(at.at("when"), "when %q is no date in EDTF", f.When)
	}
	if f.Twin != "" {
		c.checkSlug(at, "twin", f.Twin)
		c.twins = append(c.twins, reference{"twin", f.Twin, at.at("twin")})
	}
}

func (c *checker) question(at item, q Question) {
	c.need(at, everyKind...)
	if !q.arranged() {
		c.need(at, "fact")
	}
	c.define("question", at, q.Slug)
	c.want(at, "fact", q.Fact)
	c.want(at, "passage", q.Passage)
	c.want(at, "entity", q.Entity)
	c.inventory(at)
	c.oneOf(at, "level", q.Level, levels)
	c.oneOf(at, "kind", q.Kind, kindNames())
	rule, ok := findKind(q.Kind)
	if !ok {
		return
	}
	c.need(at, rule.needs...)
	for _, field := range at.keys() {
		if !rule.has(field) {
			c.add(at.at(field), "a question of kind %s has no %s", q.Kind, field)
		}
	}
	rule.check(c, at, q)
}

func (c *checker) choice(at item, q Question) {
	if n := len(q.Wrong); n < 2 || n > 3 {
		c.add(at.at("wrong"), "a choice has two or three wrong options, not %d", n)
	}
	c.wrong(at, q, map[string]bool{fold(q.Key): true})
	if q.Fixed && (q.Place < 1 || q.Place > len(q.Wrong)+1) {
		c.add(at.at("place"), "fixed options need the place of the key, from 1 to %d", len(q.Wrong)+1)
	}
	if !q.Fixed && q.Place != 0 {
		c.add(at.at("place"), "place is for fixed options")
	}
}

// wrong finds wrong options that lack something or stand there already.
func (c *checker) wrong(at item, q Question, seen map[string]bool) {
	for i, at := range at.list("wrong") {
		c.need(at, "text", "why")
		text := fold(q.Wrong[i].Text)
		if text != "" && seen[text] {
			c.add(at.at("text"), "the option %q stands there twice", q.Wrong[i].Text)
		}
		seen[text] = true
	}
}

// several wants two of either sort, so that neither one option nor all of them
// can be the answer.
func (c *checker) several(at item, q Question) {
	if right, wrong := len(q.Keys), len(q.Wrong); right < 2 || wrong < 2 || right+wrong > 6 {
		c.add(at.at("keys"), "a question of kind several has two keys and two wrong options at least, and six in all, not %d and %d", right, wrong)
	}
	seen := map[string]bool{}
	for i, at := range at.list("keys") {
		text := fold(q.Keys[i])
		if text == "" || seen[text] {
			c.add(at.pos(), "the key %q is empty or stands there twice", q.Keys[i])
		}
		seen[text] = true
	}
	c.wrong(at, q, seen)
}

// order wants three to eight things, dated in their order.
func (c *checker) order(at item, q Question) {
	c.items(at, q, 3)
	for i, at := range at.list("items") {
		item := q.Items[i]
		if item.When != "" && !isDate(item.When) {
			c.add(at.at("when"), "when %q is no date in EDTF", item.When)
		}
		c.none(at, "a thing in an order", item.Belongs, "belongs", item.Why, "why")
	}
}

// match wants two to eight pairs, and at most three things that belong to nothing.
func (c *checker) match(at item, q Question) {
	c.items(at, q, 2)
	seen := map[string]bool{}
	for i, at := range at.list("items") {
		c.need(at, "belongs")
		seen[fold(q.Items[i].Belongs)] = true
		c.none(at, "a pair", q.Items[i].When, "when")
		if q.Items[i].Tie {
			c.add(at.at("tie"), "a pair has no tie")
		}
	}
	if len(q.Wrong) > 3 {
		c.add(at.at("wrong"), "at most three things belong to nothing, not %d", len(q.Wrong))
	}
	c.wrong(at, q, seen)
}

// items finds things to be arranged that are too few or too many, lack something or
// stand there already.
func (c *checker) items(at item, q Question, least int) {
	if n := len(q.Items); n < least || n > 8 {
		c.add(at.at("items"), "a question of kind %s has %d to 8 items, not %d", q.Kind, least, n)
	}
	seen := map[string]bool{}
	for i, at := range at.list("items") {
		c.need(at, "fact", "text")
		c.want(at, "fact", q.Items[i].Fact)
		text := fold(q.Items[i].Text)
		if text != "" && seen[text] {
			c.add(at.at("text"), "the item %q stands there twice", q.Items[i].Text)
		}
		seen[text] = true
	}
}

// none notes fields that something does not have: values, each with its name.
func (c *checker) none(at item, what string, pairs ...string) {
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i] != "" {
			c.add(at.at(pairs[i+1]), "%s has no %s", what, pairs[i+1])
		}
	}
}

func (c *checker) truth(at item, q Question) { c.oneOf(at, "key", q.Key, truths) }

func (c *checker) number(at item, q Question) {
	if !(q.Slack >= 0 && q.Slack <= math.MaxFloat64) {
		c.add(at.at("slack"), "slack %v is no number from 0 up", q.Slack)
	}
	if q.Key != "" && !isNumber(q.Key) {
		c.add(at.at("key"), "key %q is no number, such as 22, 8.5 or 688503", q.Key)
	}
	for i, at := range at.list("accept") {
		if !isNumber(q.Accept[i]) {
			c.add(at.pos(), "accept %q is no number", q.Accept[i])
		}
	}
}

// isNumber tells whether a text is a number in digits, with a point for
// decimals.
func isNumber(text string) bool { return numberShape.MatchString(text) }

func (c *checker) text(at item, q Question) {
	c.oneOf(at, "match", q.Match, matches)
	seen := map[string]bool{fold(q.Key): true}
	for i, at := range at.list("accept") {
		if text := fold(q.Accept[i]); text == "" || seen[text] {
			c.add(at.pos(), "accept %q is empty or stands there twice", q.Accept[i])
		}
		seen[fold(q.Accept[i])] = true
	}
}

func (c *checker) date(at item, q Question) {
	if q.Key != "" && !isDate(q.Key) {
		c.add(at.at("key"), "key %q is no date in EDTF, such as 1956-02-25, 1956-02, 1956, 1953/1955, 193X or 1962-21", q.Key)
	}
	for i, at := range at.list("accept") {
		if !isDate(q.Accept[i]) {
			c.add(at.pos(), "accept %q is no date in EDTF", q.Accept[i])
		}
	}
}

func (c *checker) cloze(at item, q Question) {
	if n := len(gapShape.FindAllString(q.Prompt, -1)); n != len(q.Gaps) {
		c.add(at.at("gaps"), "the text has %d gaps, but %d are listed", n, len(q.Gaps))
	}
	for i, at := range at.list("gaps") {
		gap := q.Gaps[i]
		if gap.Key == "" {
			c.add(at.pos(), "gap %d has no key in the text", i+1)
		}
		c.need(at, "match")
		c.oneOf(at, "match", gap.Match, gapMatches)
		c.want(at, "fact", gap.Fact)
		c.want(at, "entity", gap.Entity)
	}
}

func (c *checker) flash(at item, q Question) {
	if n := len(strings.Fields(q.Key)); n > maxBack {
		c.add(at.at("key"), "the back of a flashcard has at most %d words, not %d", maxBack, n)
	}
}

// fold makes texts comparable that differ in case and blanks.
func fold(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(s), " "))
}
