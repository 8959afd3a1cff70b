package gift

import (
	"context"
	"html"
	"regexp"
	"slices"
	"strings"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/format/charset"
	"thaw/questions/format/foreign"
	"thaw/questions/format/markup"
)

// Read reads a file. It is Unreadable where it is no text, is larger than it may be, has
// too many questions or none at all.
func Read(ctx context.Context, in bundle.Input) (bundle.Bundle, error) {
	text, notes, err := charset.Text(in, most)
	if err != nil {
		return bundle.Bundle{}, err
	}
	r := &reader{Bundle: bundle.Bundle{Notes: notes}}
	r.blocks(text, func() bool { return r.Total() <= foreign.Most && ctx.Err() == nil })
	switch {
	case r.Total() > foreign.Most:
		return bundle.Bundle{}, bundle.Bad("foreign.many", foreign.Most)
	case ctx.Err() != nil:
		return bundle.Bundle{}, ctx.Err()
	case r.Total() == 0:
		return bundle.Bundle{}, bundle.Bad("gift.none")
	}
	r.Media = r.files.List()
	return r.Bundle, nil
}

// reader is what was read of a file so far.
type reader struct {
	bundle.Bundle
	topic []string
	files foreign.Media
}

// blocks reads the questions, which empty lines part, while more says so.
func (r *reader) blocks(text string, more func() bool) {
	b := block{}
	for number, left := 1, true; left && more(); number++ {
		var line string
		line, text, left = strings.Cut(text, "\n")
		switch trimmed := strings.TrimSpace(line); {
		case trimmed == "" && b.line == 0 && len(b.remarks) == 0:
		case trimmed == "":
			r.take(b)
			b = block{}
		case strings.HasPrefix(trimmed, "//"):
			b.remark(trimmed)
		default:
			b.add(number, line)
		}
	}
	if more() {
		r.take(b)
	}
}

// block is a question as it is written, with the remarks above it and in it.
type block struct {
	line    int
	source  strings.Builder
	remarks []string
}

// remark keeps a remark; a question has but a few.
func (b *block) remark(line string) {
	if len(b.remarks) < wide && len(line) <= large {
		b.remarks = append(b.remarks, line)
	}
}

func (b *block) add(number int, line string) {
	if b.line == 0 {
		b.line = number
	}
	if b.source.Len() <= large {
		b.source.WriteString(line + "\n")
	}
}

// take reads a block: a category for those that follow, or a question.
func (r *reader) take(b block) {
	source := strings.TrimSpace(b.source.String())
	if path, ok := strings.CutPrefix(source, "$CATEGORY:"); ok {
		path, source, _ = strings.Cut(path, "\n")
		r.topic = foreign.Category(path)
		source = strings.TrimSpace(source)
		b.line++
	}
	q := &question{reader: r, source: source}
	q.item.Line, q.item.Topic = b.line, slices.Clone(r.topic)
	for _, line := range b.remarks {
		q.remark(line)
	}
	if source != "" {
		q.read()
	}
}

// question is one question that is being read.
type question struct {
	*reader
	source string
	item   bundle.Item
	format string   // of its texts that have none of their own
	marks  []string // tags of ours, without what they begin with
	notes  []questions.Reason
	kind   string // in the words of Moodle
}

var told = regexp.MustCompile(`\[(id|tag|lang):((?:\\\]|[^\]])+)\]`)

// remark reads what stands in a remark for the program.
func (q *question) remark(line string) {
	for _, m := range told.FindAllStringSubmatch(line, -1) {
		value := strings.TrimSpace(strings.ReplaceAll(m[2], `\]`, "]"))
		switch m[1] {
		case "id":
			q.item.ID = value
		case "tag":
			q.tag(value)
		case "lang":
			q.Lang = value
		}
	}
}

// tag keeps a tag of the author, and does what one of ours says.
func (q *question) tag(tag string) {
	mark, is := strings.CutPrefix(tag, ours)
	name, value, _ := strings.Cut(mark, ":")
	v := &q.item.Version
	switch {
	case !is:
		q.item.Tags = append(q.item.Tags, tag)
	case name == "back":
		v.Back = value
	case name == "lang":
		v.Lang = value
	case name == "level":
		v.Level = value
	case mark == "fixed":
		v.Fixed = true
	case mark == "draft" || mark == "retired":
		q.item.State = mark
	default:
		q.marks = append(q.marks, mark)
	}
}

// is tells whether there is a tag of ours.
func (q *question) is(mark string) bool { return slices.Contains(q.marks, mark) }

// note says that something was not taken wholly, once.
func (q *question) note(code string, args ...any) {
	why := bundle.Because(code, args...)
	if !slices.ContainsFunc(q.notes, func(r questions.Reason) bool { return r.Code == code && slices.Equal(r.Args, why.Args) }) {
		q.notes = append(q.notes, why)
	}
}

// wide is how many answers a question may have: more than any program makes.
const wide = 200

// read reads the question and keeps it or says why not.
func (q *question) read() {
	if len(q.source) > large {
		q.refuse("gift.long")
		return
	}
	text := q.head(hold(clean(q.source)))
	before, answers, after, ok := parted(text)
	q.item.Version.Prompt = q.convert(q.format, before+" "+after)
	switch {
	case !ok && strings.ContainsAny(text, "{}"):
		q.refuse("gift.open")
	case !ok:
		q.refuse("gift.description")
	case strings.ContainsAny(after, "{}"):
		q.refuse("gift.two")
	case strings.Count(answers, "=")+strings.Count(answers, "~") > wide:
		q.refuse("gift.long")
	default:
		q.asked(before, answers, after)
	}
}

// head reads the name and the format, and returns what follows.
func (q *question) head(text string) string {
	text = strings.TrimSpace(text)
	if rest, ok := strings.CutPrefix(text, "::"); ok {
		if name, stem, ok := strings.Cut(rest, "::"); ok {
			q.item.Name, text = oneLine(free(name)), strings.TrimSpace(stem)
		}
	}
	q.format, text = formatted(text, "moodle")
	return text
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

var prefix = regexp.MustCompile(`^\s*\[(html|moodle|plain|markdown)\]\s*`)

// formatted takes the format away from before a text; other is that of a text without.
func formatted(text, other string) (format, rest string) {
	m := prefix.FindStringSubmatch(text)
	if m == nil {
		return other, strings.TrimSpace(text)
	}
	return m[1], strings.TrimSpace(text[len(m[0]):])
}

// parted is the text before the answers, they, and the text behind them.
func parted(text string) (before, answers, after string, ok bool) {
	before, rest, open := strings.Cut(text, "{")
	answers, after, closed := strings.Cut(rest, "}")
	return before, strings.TrimSpace(answers), after, open && closed && !strings.Contains(answers, "{") && !strings.Contains(before, "}")
}

// asked reads the prompt and the answers by the type of the question.
func (q *question) asked(before, answers, after string) {
	prompt := before
	if strings.TrimSpace(after) != "" {
		prompt = before + " _____ " + after
	}
	v := &q.item.Version
	v.Prompt = q.convert(q.format, prompt)
	if i := strings.LastIndex(answers, "####"); i >= 0 {
		v.Explain = q.markdown(answers[i+4:])
		answers = strings.TrimSpace(answers[:i])
	}
	q.kind = typed(answers)
	if q.kind == "essay" {
		q.essay()
		return
	}
	if why := q.answers(answers); why != "" {
		q.refuse(why)
		return
	}
	switch {
	case q.is("cloze"):
		q.cloze(before, after)
	case q.is("flash") && len(v.Answers) > 0:
		v.Kind, v.Answers = questions.Flash, []questions.Answer{{Part: 1, Text: markup.FromText(v.Answers[0].Text), Credit: 1}}
	}
	q.done()
}

// essay is refused, unless it is a card of ours.
func (q *question) essay() {
	v := &q.item.Version
	if !q.is("flash") || v.Explain == "" {
		q.refuse("gift.essay")
		return
	}
	v.Kind, v.Answers, v.Explain = questions.Flash, []questions.Answer{{Part: 1, Text: v.Explain, Credit: 1}}, ""
	q.done()
}

// cloze makes a gap of a missing word.
func (q *question) cloze(before, after string) {
	const gap = "\uE00F"
	v := &q.item.Version
	v.Kind = questions.Cloze
	v.Prompt = strings.Replace(q.convert(q.format, before+gap+after), gap, "{{1}}", 1)
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
func (q *question) refuse(code string) {
	q.Problems = append(q.Problems, bundle.Problem{Line: q.item.Line, Item: q.beginning(), Reason: bundle.Because(code), Text: shortened(q.source), Kind: q.kind})
}

// shortened is a text without what is too long to be kept.
func shortened(text string) string {
	if len(text) > 64<<10 {
		return strings.ToValidUTF8(text[:64<<10], "")
	}
	return text
}

func (q *question) beginning() string {
	return foreign.Beginning(q.item.Name, q.item.Version.Prompt, q.source)
}

var (
	tags    = regexp.MustCompile(`</?[a-zA-Z][^>]*>|&(?:#?[a-zA-Z0-9]+);`)
	display = regexp.MustCompile(`(?s)\$\$(.+?)\$\$`)
)

// markdown is a text in our Markdown, by its format or that of the question.
func (q *question) markdown(text string) string {
	return q.convert(formatted(text, q.format))
}

// convert is a text of a format in our Markdown.
func (q *question) convert(format, text string) string {
	if format != "markdown" && format != "html" {
		text = strings.Join(strings.Fields(text), " ")
	}
	text = strings.TrimSpace(free(text))
	switch {
	case format == "markdown":
		return text
	case format == "plain":
		return markup.FromText(text)
	case format == "moodle" && !tags.MatchString(text):
		text = html.EscapeString(text)
		text = strings.ReplaceAll(text, "\n", "<br>")
	}
	text = display.ReplaceAllString(text, `\[$1\]`)
	return q.pictures(markup.FromHTML(q.files.Inline(text)))
}

var missing = regexp.MustCompile(`!\[[^\]]*\]\(@@PLUGINFILE@@/([^)]*)\)`)

// pictures notes those that are named, but not in the file.
func (q *question) pictures(text string) string {
	for _, m := range missing.FindAllStringSubmatch(text, -1) {
		q.note("foreign.picture_missing", foreign.Beginning(m[1], "?"))
	}
	return text
}
