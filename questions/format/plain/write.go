package plain

import (
	"bufio"
	"context"
	"io"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/grade"
)

// Write writes items in the notation, under the titles of their topics. Each is read
// again while it is written: what the notation cannot hold is not written and returned.
func Write(ctx context.Context, w io.Writer, b bundle.Bundle, _ bundle.Options) ([]bundle.Problem, error) {
	out := &writer{w: bufio.NewWriter(w), b: b, lang: b.Lang}
	if b.Lang != "" {
		out.print("lang: " + b.Lang + "\n")
		out.begun = true
	}
	for i := 0; i < len(b.Items); i++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if i+1 < len(b.Items) && out.card(b.Items[i], b.Items[i+1]) {
			i++
			continue
		}
		out.item(b.Items[i])
	}
	return out.problems, out.w.Flush()
}

type writer struct {
	w        *bufio.Writer
	b        bundle.Bundle
	lang     string
	topic    []string
	begun    bool // something stands there already
	line     bool // the last question is one line
	problems []bundle.Problem
}

func (w *writer) print(s string) { _, _ = w.w.WriteString(s) } // Flush returns the error

// item writes an item, or says why not.
func (w *writer) item(it bundle.Item) {
	text, ok := w.fitting(it)
	if !ok {
		w.problems = append(w.problems, left(it, "format.plain_left"))
		return
	}
	w.put(it, text)
	if w.pictured(it.Version) {
		w.problems = append(w.problems, left(it, "format.text_media"))
	}
}

func left(it bundle.Item, code string) bundle.Problem {
	return bundle.Problem{Line: it.Line, Item: beginning(it.Version.Prompt), Reason: bundle.Because(code), Kind: it.Version.Kind}
}

// put writes a text under its topic. Questions of a line each stand close together.
func (w *writer) put(it bundle.Item, text string) {
	line := strings.Count(text, "\n") == 1
	path := titles(w.b.Titles(it.Topic))
	switch {
	case !slices.Equal(path, w.topic):
		text = headings(w.topic, path) + text
		w.topic, w.line = path, false
	case !line || !w.line:
		text = "\n" + text
	}
	if !w.begun {
		text = strings.TrimPrefix(text, "\n")
	}
	w.begun, w.line = true, line
	w.print(text)
}

// titles are those of a path, each in a line.
func titles(path []string) []string {
	var list []string
	for _, title := range path {
		if title = strings.Join(strings.Fields(title), " "); title != "" {
			list = append(list, title)
		}
	}
	return list
}

// headings lead from one topic to another.
func headings(from, to []string) string {
	if len(to) == 0 {
		return "\n#\n\n"
	}
	same := 0
	for same < min(len(from), len(to)-1) && from[same] == to[same] {
		same++
	}
	var b strings.Builder
	for i := same; i < len(to); i++ {
		b.WriteString("\n" + strings.Repeat("#", i+1) + " " + guard(to[i], equals, back, both) + "\n")
	}
	return b.String() + "\n"
}

var picture = regexp.MustCompile(`!\[[^\]]*\]\(([^)\s]+)`)

// pictured tells whether a question shows one of the bundle's pictures.
func (w *writer) pictured(v questions.Version) bool {
	texts := v.Prompt + v.Explain
	for _, a := range v.Answers {
		texts += a.Text + a.Feedback
	}
	for _, m := range picture.FindAllStringSubmatch(texts, -1) {
		if slices.ContainsFunc(w.b.Media, func(one bundle.Media) bool { return one.Name == m[1] }) {
			return true
		}
	}
	return false
}

// fitting is the text of an item from which the same item is read: as short as can be.
func (w *writer) fitting(it bundle.Item) (string, bool) {
	for _, how := range []style{{}, {as: true}, {as: true, long: true}} {
		how.lang = w.lang
		if text := how.item(it); w.same(text, it) {
			return text, true
		}
	}
	return "", false
}

// same tells whether a text is read as just the item.
func (w *writer) same(text string, items ...bundle.Item) bool {
	var got []bundle.Item
	scan("lang: "+w.lang+"\n"+text, func(b block) bool {
		read, _ := b.items()
		got = append(got, read...)
		return true
	})
	return slices.EqualFunc(got, items, func(a, b bundle.Item) bool {
		return slices.Equal(a.Tags, b.Tags) && a.State == b.State && Same(a.Version, b.Version)
	})
}

// Same tells whether two versions say the same: all but what the database numbers.
func Same(a, b questions.Version) bool { return reflect.DeepEqual(bared(a), bared(b)) }

func bared(v questions.Version) questions.Version {
	v.Ref, v.Passage = questions.Ref{}, 0
	v.Answers = append([]questions.Answer(nil), v.Answers...)
	for i := range v.Answers {
		v.Answers[i].Fact, v.Answers[i].Entity = 0, 0
	}
	return v
}

// Parts are an item in the notation, for formats that hold its prompt on their own: the
// prompt, whose gaps hold their keys alone, and all lines below it. From a line that
// begins with "? " and the prompt, and these lines, the same item is read; lang is the
// language of all. ok is false where the notation cannot hold the item.
func Parts(it bundle.Item, lang string) (prompt string, below []string, ok bool) {
	w := &writer{lang: lang}
	for _, how := range []style{{keys: true}, {keys: true, as: true}, {as: true, long: true}} {
		how.lang = lang
		prompt, below = how.question(it.Version)
		below = append(below, how.around(it)...)
		for i, line := range below {
			below[i] = Indent(line)
		}
		if w.same(Text(prompt, below), it) {
			return prompt, below, true
		}
	}
	return "", nil, false
}

// Text is a question in the notation, of the parts that Parts gives.
func Text(prompt string, below []string) string {
	return Indent("? "+prompt) + "\n" + strings.Join(below, "\n") + "\n"
}

// card writes two cards as one in both directions, if they are that.
func (w *writer) card(it, other bundle.Item) bool {
	if other.Mirrors == "" || other.Mirrors != it.ID || !slices.Equal(it.Topic, other.Topic) || it.Version.Kind != questions.Flash {
		return false
	}
	text := style{lang: w.lang, both: true}.item(it)
	if w.same(text, it, other) {
		w.put(it, text)
		return true
	}
	return false
}

// style is how an item is written.
type style struct {
	lang string // what needs no saying
	as   bool   // with how it is compared, and its kind
	long bool   // each sign in a line of its own, gaps empty
	both bool
	keys bool // a gap holds its key alone
}

func (s style) item(it bundle.Item) string {
	prompt, answers := s.question(it.Version)
	lines := []string{marked(prompt)}
	if len(answers) > 0 && !s.long && it.Version.Kind != questions.Match && inline(prompt, answers[0]) {
		lines[0], answers = prompt+" "+answers[0], answers[1:]
	}
	lines = append(append(lines, answers...), s.around(it)...)
	for i, line := range lines {
		lines[i] = Indent(line)
	}
	return strings.Join(lines, "\n") + "\n"
}

// around are the lines below the answers.
func (s style) around(it bundle.Item) []string {
	var lines []string
	add := func(sign, text string) {
		if text != "" {
			lines = append(lines, sign+" "+text)
		}
	}
	add(explain, it.Version.Explain)
	if s.as {
		add("as:", as(it.Version))
	}
	var tags []string
	for _, tag := range it.Tags {
		tags = append(tags, guardIn(strings.Join(strings.Fields(tag), " "), comma))
	}
	add("tags:", strings.Join(tags, ", "))
	add("level:", it.Version.Level)
	if it.Version.Lang != s.lang {
		lines = append(lines, "lang: "+it.Version.Lang)
	}
	add("back:", it.Version.Back)
	if it.Version.Fixed != (it.Version.Kind == questions.Truth) {
		add("fixed:", map[bool]string{true: "yes", false: "no"}[it.Version.Fixed])
	}
	add("state:", it.State)
	return lines
}

// Indent writes an element so that its further lines go on with the first.
func Indent(text string) string {
	if !strings.Contains(text, "\n") {
		return strings.TrimRight(text, " ")
	}
	var b strings.Builder
	for i, line := range strings.Split(text, "\n") {
		switch {
		case i == 0:
			b.WriteString(line)
		case line == "":
			b.WriteString("\n")
		default:
			b.WriteString("\n  " + line)
		}
	}
	return strings.TrimRight(b.String(), " ")
}

// as says how the parts are compared, or of what kind the question is.
func as(v questions.Version) string {
	var parts []string
	for _, a := range v.Answers {
		for a.Match != "" && len(parts) < a.Part {
			parts = append(parts, "")
		}
		if a.Match != "" && a.Part > 0 {
			parts[a.Part-1] = a.Match
		}
	}
	if len(parts) > 0 {
		return strings.Join(parts, ", ")
	}
	return v.Kind
}

// question is the prompt, and the lines of its answers.
func (s style) question(v questions.Version) (prompt string, answers []string) {
	switch v.Kind {
	case questions.Truth:
		return v.Prompt, truths(v)
	case questions.Text, questions.Number, questions.Date:
		return v.Prompt, s.typed(v.Answers, "")
	case questions.Order:
		return v.Prompt, order(v)
	case questions.Match:
		return v.Prompt, match(v)
	case questions.Cloze:
		return s.gaps(v)
	case questions.Flash:
		return v.Prompt, s.card(v)
	}
	return v.Prompt, options(v)
}

// marked is a question with its sign, where it needs that.
func marked(prompt string) string {
	if first, _, _ := strings.Cut(prompt, "\n"); speaks(first) || first == "" {
		return "? " + prompt
	}
	return prompt
}

// speaks tells whether a line of text alone is taken for something else.
func speaks(line string) bool {
	_, sign := signed(line)
	return sign || counted.MatchString(line+" ") || complete(line) || has(strings.ReplaceAll(line, "→", arrow), arrow) || named.MatchString(line) ||
		strings.HasPrefix(line, "#") || strings.HasPrefix(line, "//") || strings.ContainsAny(line[:min(len(line), 1)], " \t–")
}

// inline tells whether an answer can stand in the line of its question.
func inline(prompt, answer string) bool {
	sign, text, _ := strings.Cut(answer, " ")
	return (sign == equals || sign == back || sign == both) && !strings.Contains(prompt+text, "\n") && !speaks(prompt) && !complete(text)
}

func options(v questions.Version) []string {
	var lines []string
	for _, a := range v.Answers {
		sign := wrong
		if a.Credit == 1 {
			sign = right
		} else if a.Credit != 0 {
			sign += percent(a.Credit)
		}
		lines = append(lines, sign+" "+with(guard(a.Text, why), a.Feedback))
	}
	return lines
}

// with is a text and what is said to it.
func with(text, feedback string) string {
	if feedback == "" {
		return text
	}
	return text + " " + why + " " + feedback
}

// percent is a share in hundredths, by moving its point, so that no digit is lost.
func percent(c float64) string {
	text := strconv.FormatFloat(c, 'f', -1, 64)
	_, decimals, _ := strings.Cut(text, ".")
	decimals += "00"
	whole, rest := strings.TrimLeft(decimals[:2], "0"), strings.TrimRight(decimals[2:], "0")
	if rest != "" {
		rest = "." + rest
	}
	if whole == "" {
		whole = "0"
	}
	return whole + rest + "%"
}

func truths(v questions.Version) []string {
	var lines []string
	for _, a := range v.Answers {
		if a.Credit == 1 {
			lines = slices.Insert(lines, 0, equals+" "+with(a.Text, a.Feedback))
		} else if a.Feedback != "" {
			lines = append(lines, wrong+" "+with(a.Text, a.Feedback))
		}
	}
	return lines
}

// typed are the lines of what is typed; a part has the number of a gap, or "".
func (s style) typed(list []questions.Answer, part string) []string {
	var lines []string
	joined := false // the line before can take another answer that is right
	for _, a := range list {
		if a.Credit != 1 {
			lines, joined = append(lines, foreseen(a, part)), false
			continue
		}
		text := guardIn(guard(spoken(a), why, arrow), or)
		switch {
		case joined && a.Feedback == "":
			lines[len(lines)-1] += " " + or + " " + text
		default:
			lines = append(lines, equals+part+" "+with(text, a.Feedback))
			joined = a.Feedback == ""
		}
	}
	return lines
}

func foreseen(a questions.Answer, part string) string {
	sign := wrong + part
	if a.Credit != 0 && part != "" {
		sign += ":"
	}
	if a.Credit != 0 {
		sign += percent(a.Credit)
	}
	return sign + " " + with(guard(a.Text, why, arrow), a.Feedback)
}

// spoken is an answer that is right as a person writes it.
func spoken(a questions.Answer) string {
	if said := grade.DateText(a.Text); a.Match == questions.MatchDate && grade.EDTF(said) == a.Text {
		return said
	}
	if a.Slack != 0 {
		return a.Text + " ± " + strconv.FormatFloat(a.Slack, 'f', -1, 64)
	}
	return a.Text
}

// gaps are the text with its answers in their gaps, and the lines for what does not
// fit there.
func (s style) gaps(v questions.Version) (string, []string) {
	var lines []string
	n := 0
	prompt := gap.ReplaceAllStringFunc(v.Prompt, func(string) string {
		n++
		var inside, below []questions.Answer
		for _, a := range v.Answers {
			fits := a.Credit == 1 && a.Feedback == "" && !strings.ContainsAny(a.Text, "{}\n") && len(below) == 0 && !s.long && (!s.keys || len(inside) == 0)
			switch {
			case a.Part != n:
			case fits:
				inside = append(inside, a)
			default:
				below = append(below, a)
			}
		}
		lines = append(lines, s.typed(below, strconv.Itoa(n))...)
		return "{{" + alternatives(inside) + "}}"
	})
	return prompt, lines
}

func alternatives(list []questions.Answer) string {
	var texts []string
	for _, a := range list {
		texts = append(texts, guardIn(spoken(a), or))
	}
	return strings.Join(texts, " "+or+" ")
}

func order(v questions.Version) []string {
	var lines []string
	n := 0
	for i, a := range v.Answers {
		if i == 0 || a.Slack == 0 {
			n++
		}
		when := grade.DateText(a.Feedback)
		if grade.EDTF(when) != a.Feedback {
			when = a.Feedback
		}
		lines = append(lines, strconv.Itoa(n)+". "+with(guard(a.Text, why, equals, back, both), when))
	}
	return lines
}

func match(v questions.Version) []string {
	var lines []string
	for _, a := range v.Answers {
		if a.Part == 0 {
			lines = append(lines, wrong+" "+with(guard(a.Text, why, arrow), a.Feedback))
		}
		if a.Part == 0 || a.Credit == 1 {
			continue
		}
		key, _ := v.Key(a.Part)
		line := guard(a.Text, why, arrow) + " " + arrow + " " + with(guard(key.Text, why, arrow), key.Feedback)
		if strings.Contains(a.Text, "→") || speaks(strings.Replace(line, " "+arrow+" ", " ", 1)) {
			line = equals + " " + line
		}
		lines = append(lines, line)
	}
	return lines
}

func (s style) card(v questions.Version) []string {
	key, ok := v.Key(1)
	if !ok {
		return nil
	}
	if s.both {
		return []string{both + " " + key.Text}
	}
	return []string{back + " " + key.Text}
}
