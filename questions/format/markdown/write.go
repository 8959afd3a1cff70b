package markdown

import (
	"bufio"
	"context"
	"io"
	"slices"
	"strings"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/format/foreign"
	"thaw/questions/format/plain"
	"thaw/questions/grade"
)

// Write writes the items as cards of hashcards, each read again while it is written.
// What even a comment of ours cannot hold is left out and returned.
func Write(ctx context.Context, w io.Writer, b bundle.Bundle, _ bundle.Options) ([]bundle.Problem, error) {
	to := &writer{w: bufio.NewWriter(w), b: b}
	to.front()
	for i, it := range b.Items {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		to.item(i+1, it)
	}
	return to.problems, to.w.Flush()
}

type writer struct {
	w        *bufio.Writer
	b        bundle.Bundle
	topic    []string
	problems []bundle.Problem
}

func (w *writer) print(s string) { _, _ = w.w.WriteString(s) } // Flush returns the error

// front writes what is said of the whole file.
func (w *writer) front() {
	var lines []string
	if title := strings.Join(strings.Fields(w.b.Title), " "); title != "" {
		lines = append(lines, `name = "`+strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(title)+`"`)
	}
	if w.b.Lang != "" {
		lines = append(lines, `lang = "`+w.b.Lang+`"`)
	}
	if len(lines) > 0 {
		w.print("---\n" + strings.Join(lines, "\n") + "\n---\n\n")
	}
}

func (w *writer) item(line int, it bundle.Item) {
	text, ok := w.card(it)
	if !ok {
		w.lost(line, it, "markdown.left")
		return
	}
	w.headings(w.b.Titles(it.Topic))
	w.print(text + "\n")
	if pictured(w.b, it.Version) {
		w.lost(line, it, "markdown.media")
	}
}

func (w *writer) lost(line int, it bundle.Item, code string) {
	w.problems = append(w.problems, bundle.Problem{Line: line, Item: foreign.Beginning(it.Name, it.Version.Prompt), Reason: bundle.Because(code), Kind: it.Version.Kind})
}

// pictured tells whether a question shows one of the bundle's pictures.
func pictured(b bundle.Bundle, v questions.Version) bool {
	texts := v.Prompt + v.Explain
	for _, a := range v.Answers {
		texts += a.Text + a.Feedback
	}
	return slices.ContainsFunc(b.Media, func(m bundle.Media) bool { return strings.Contains(texts, "]("+m.Name+")") })
}

// headings lead to the topic of what follows. Dashes end the card before.
func (w *writer) headings(topic []string) {
	var path []string
	for _, title := range topic {
		if title = strings.Join(strings.Fields(title), " "); title != "" {
			path = append(path, title)
		}
	}
	if slices.Equal(path, w.topic) {
		return
	}
	w.topic = path
	w.print("---\n\n")
	if len(path) == 0 {
		w.print("#\n\n")
	}
	for i, title := range path {
		w.print(strings.Repeat("#", min(i+1, 6)) + " " + title + "\n\n")
	}
}

// card is an item from which the same is read: a card, with a comment if it takes one,
// which may hold all of it.
func (w *writer) card(it bundle.Item) (string, bool) {
	prompt, below, ok := plain.Parts(it, w.b.Lang)
	if !ok {
		return "", false
	}
	for _, text := range []string{sided(it.Version, prompt, below), whole(it.Version, prompt, below)} {
		if text != "" && w.same(text, it) {
			return text, true
		}
	}
	return "", false
}

// same tells whether a card is read as just the item.
func (w *writer) same(text string, it bundle.Item) bool {
	r := &reader{ctx: context.Background(), quiet: true}
	r.Lang = w.b.Lang
	r.hashcards(text)
	return len(r.Items) == 1 && r.Total() == 1 && len(r.Notes) == 0 && r.prose == 0 && slices.Equal(r.Items[0].Tags, it.Tags) &&
		r.Items[0].State == it.State && plain.Same(r.Items[0].Version, it.Version)
}

// sided is a card whose sides hold the prompt and the answer, or "".
func sided(v questions.Version, prompt string, below []string) string {
	front, back := visible(v)
	switch v.Kind {
	case questions.Cloze:
		if strings.ContainsAny(prompt, "[]") || strings.Contains(prompt, "{{}}") || !unbroken(prompt) {
			return ""
		}
		text := gap.ReplaceAllStringFunc(prompt, func(found string) string {
			return "[" + strings.ReplaceAll(found[2:len(found)-2], `\|`, "|") + "]"
		})
		return "C: " + text + "\n" + comment(below)
	case questions.Flash:
		if len(below) > 0 {
			below = below[1:]
		}
	case questions.Text, questions.Number, questions.Date, questions.Truth:
	default:
		return ""
	}
	if !unbroken(front) || !unbroken(back) && v.Kind == questions.Flash {
		return ""
	}
	return "Q: " + front + "\nA: " + shown(back) + "\n" + comment(below)
}

// whole is a card whose comment holds all of the item.
func whole(v questions.Version, prompt string, below []string) string {
	front, back := visible(v)
	return "Q: " + shown(front) + "\nA: " + shown(back) + "\n" + comment([]string{strings.TrimSuffix(plain.Text(prompt, below), "\n")})
}

func comment(lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	return opening + "\n" + shielded.Replace(strings.Join(lines, "\n")) + "\n" + closing + "\n"
}

// keys are those of the gaps.
func keys(v questions.Version) string {
	var list []string
	for part := 1; ; part++ {
		key, ok := v.Key(part)
		if !ok {
			return strings.Join(list, "; ")
		}
		list = append(list, canonical(key))
	}
}

// canonical is a key as a person writes it.
func canonical(key questions.Answer) string { return grade.Canonical(key) }
