package sheet

import (
	"slices"
	"strconv"
	"strings"

	"thaw/questions"
	"thaw/questions/format/markup"
	"thaw/questions/grade"
)

// version makes a question of a row; false where its type is none of ours.
func (l *line) version() (questions.Version, bool) {
	of, ok := l.kindOf()
	v := questions.Version{Kind: of, Lang: l.one("lang"), Back: l.one("answerlang"), Level: strings.ToLower(l.one("level"))}
	v.Fixed, _ = truthOf(l.one("fixed"))
	v.Explain = l.explain()
	v.Prompt = l.text(l.one("question"))
	switch of {
	case questions.Truth:
		v.Fixed, v.Answers = true, l.truths()
	case questions.Match:
		v.Answers = l.pairs()
	case questions.Flash:
		v.Answers = l.back()
	case questions.Cloze:
		l.gapped(&v)
	default:
		v.Answers = l.answers(of)
	}
	return v, ok
}

// explain is the explanation; several columns of it are paragraphs.
func (l *line) explain() string {
	var paragraphs []string
	for _, cell := range l.many("explanation") {
		if cell != "" {
			paragraphs = append(paragraphs, l.text(cell))
		}
	}
	return strings.Join(paragraphs, "\n\n")
}

func (l *line) truths() []questions.Answer {
	list := []questions.Answer{{Part: 1, Text: "true"}, {Part: 1, Text: "false"}}
	why := l.many("feedback")
	for i := range list {
		list[i].Feedback = l.inline(nth(why, i))
	}
	cell := l.correct()
	truth, ok := truthOf(cell)
	if options := l.many("option"); len(options) > 0 {
		if keys, found := l.picked(cell, options); found && len(keys) == 1 {
			truth, ok = truthOf(options[keys[0]])
		}
	}
	switch {
	case !ok && cell != "":
		l.note("format.sheet_correct", cut(cell, 200))
	case ok && truth:
		list[0].Credit = 1
	case ok:
		list[1].Credit = 1
	}
	return list
}

// back is the answer of a flashcard.
func (l *line) back() []questions.Answer {
	text := l.one("option")
	if text == "" {
		text = l.correct()
	}
	if text = l.text(text); text == "" {
		return nil
	}
	return []questions.Answer{{Part: 1, Text: text, Credit: 1}}
}

// pairs are what belongs to each other; where no column has the other side, it stands
// in the same cell, behind an arrow.
func (l *line) pairs() []questions.Answer {
	var list, extra []questions.Answer
	lefts, rights, why := l.many("option"), l.many("pair"), l.many("feedback")
	if len(rights) == 0 {
		lefts, rights = arrows(lefts)
	}
	part := 0
	for i := range max(len(lefts), len(rights), len(why)) {
		left := questions.Answer{Text: l.inline(nth(lefts, i))}
		right := questions.Answer{Text: l.inline(nth(rights, i)), Feedback: l.inline(nth(why, i))}
		switch {
		case left.Text != "":
			part++
			left.Part, right.Part, right.Credit = part, part, 1
			list = append(list, left, right)
		case right.Text != "" || right.Feedback != "":
			extra = append(extra, right)
		}
	}
	return append(list, extra...)
}

func arrows(cells []string) (lefts, rights []string) {
	for _, cell := range cells {
		cell = strings.ReplaceAll(cell, "→", "->")
		left, right, _ := strings.Cut(cell, "->")
		lefts, rights = append(lefts, strings.TrimSpace(left)), append(rights, strings.TrimSpace(right))
	}
	return lefts, rights
}

// picks tells the kinds whose options are picked.
func picks(of string) bool { return of == questions.Choice || of == questions.Several }

// answers are the options of a kind, each with what stands for it in the other columns.
func (l *line) answers(of string) []questions.Answer {
	options := l.options()
	keys := map[int]bool{}
	all := !picks(of) && (l.correct() == "" || !l.hasOptions())
	if !all {
		keys = l.keys(options)
	}
	why := l.many("feedback")
	read := l.perAnswer(len(options))
	var list []questions.Answer
	for i := range max(len(options), len(why)) {
		a := questions.Answer{Part: 1, Text: l.answer(of, nth(options, i)), Feedback: l.feedback(of, nth(why, i))}
		if all && a.Text != "" || keys[i] {
			a.Credit = 1
		}
		read(of, i, &a)
		if a.Text == "" && a.Feedback == "" && !keys[i] {
			continue
		}
		if of == questions.Order {
			a.Part = len(list) + 1
		}
		list = append(list, a)
	}
	return list
}

// answer is the text of an option: Markdown where it is shown, else what is typed.
func (l *line) answer(of, cell string) string {
	switch of {
	case questions.Choice, questions.Several, questions.Order:
		return l.inline(cell)
	case questions.Date:
		return grade.EDTF(cell)
	}
	return cell
}

// feedback is what is said to an option; of a thing to put in order, when it was.
func (l *line) feedback(of, cell string) string {
	if of == questions.Order {
		return grade.EDTF(cell)
	}
	return l.inline(cell)
}

// perAnswer reads what stands once for all options or for each of them: how they are
// compared, how far off they may be, what they are worth and which gap they are for.
func (l *line) perAnswer(n int) func(of string, i int, a *questions.Answer) {
	match, slack, credit, part := l.list("match"), l.list("slack"), l.list("credit"), l.list("part")
	return func(of string, i int, a *questions.Answer) {
		a.Match = l.compared(of, each(match, i, n), a.Text)
		if c, ok := fraction(each(credit, i, n)); ok {
			a.Credit = c
		}
		if s, ok := decimal(each(slack, i, n)); ok && (len(slack) == n && n > 1 || a.Credit == 1) {
			a.Slack = s
		}
		if p, err := strconv.Atoi(each(part, i, n)); err == nil && of == questions.Cloze {
			a.Part = p
		}
	}
}

func (l *line) list(role string) []string {
	cell := l.one(role)
	if cell == "" {
		return nil
	}
	list := strings.Split(cell, ",")
	for i := range list {
		list[i] = strings.TrimSpace(list[i])
	}
	return list
}

// each is the i-th of a list, or the only one.
func each(list []string, i, n int) string {
	if len(list) == 1 && n != 1 {
		return list[0]
	}
	return nth(list, i)
}

// compared is how a text is compared that is typed for a kind.
func (l *line) compared(of, said, text string) string {
	switch of {
	case questions.Number:
		return questions.MatchNumber
	case questions.Date:
		return questions.MatchDate
	case questions.Text:
		if said == "" {
			return questions.MatchTerm
		}
		return strings.ToLower(said)
	case questions.Cloze:
		if said == "" {
			return matchOf(text)
		}
		return strings.ToLower(said)
	}
	return ""
}

func fraction(text string) (float64, bool) {
	f, err := strconv.ParseFloat(text, 64)
	return f, err == nil && f >= 0 && f <= 1
}

// decimal reads a tolerance; as grade reads numbers, or as we have written it.
func decimal(text string) (float64, bool) {
	if f, err := strconv.ParseFloat(text, 64); err == nil {
		return f, f >= 0
	}
	return grade.NumberOf(text)
}

func nth(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}

// plain is a text without its markup, for what is typed.
func (l *line) plain(cell string) string {
	if l.markup == "html" {
		return markup.ToText(markup.FromHTML(cell))
	}
	return strings.Join(strings.Fields(cell), " ")
}

// gapped makes a text with gaps. What stands in them is their number where the answers
// stand in the options, else the answer itself, as in {{Moscow}} or in Anki's
// {{c1::Moscow::a hint}}.
func (l *line) gapped(v *questions.Version) {
	source, keys := l.cut(l.one("question"))
	v.Prompt = fill(l.text(source))
	if l.hasOptions() {
		v.Answers = l.filled()
		return
	}
	for i, key := range keys {
		a := questions.Answer{Part: i + 1, Text: key, Match: matchOf(key), Credit: 1}
		if a.Match == questions.MatchDate {
			a.Text = grade.EDTF(key)
		}
		v.Answers = append(v.Answers, a)
	}
	if back := l.one("answer"); back != "" {
		v.Explain = strings.TrimPrefix(v.Explain+"\n\n"+l.text(back), "\n\n")
	}
}

// filled are the answers of the gaps, one option for each gap where it is not said which
// is whose.
func (l *line) filled() []questions.Answer {
	list := l.answers(questions.Cloze)
	if len(l.list("part")) > 0 {
		slices.SortStableFunc(list, func(a, b questions.Answer) int { return a.Part - b.Part })
		return list
	}
	for i := range list {
		list[i].Part = i + 1
	}
	return list
}
