package apkg

import (
	"html"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"thaw/questions"
	"thaw/questions/format/markup"
	"thaw/questions/grade"
	"thaw/questions/kind"
)

// html makes the HTML of a field of Markdown.
func (p *pad) html(text string) string { return p.named(guarded(markup.ToHTML(text))) }

// guarded is HTML in which nothing is a field or a formula of Anki's but what is meant.
func guarded(source string) string {
	source = strings.NewReplacer("{{", "&#123;&#123;", "}}", "&#125;&#125;").Replace(source)
	return bracketed.ReplaceAllString(source, "&#91;$1")
}

var bracketed = regexp.MustCompile(`\[(sound:|anki:|/?latex\]|/?\$)`)

// named names pictures and sounds as the list of media does. A sound stands in brackets.
func (p *pad) named(source string) string {
	return images.ReplaceAllStringFunc(source, func(tag string) string {
		m := images.FindStringSubmatch(tag)
		name := html.UnescapeString(m[1])
		if plain, err := url.PathUnescape(name); err == nil {
			name = plain
		}
		name = mediaName(name)
		i, ok := p.media[name]
		if !ok {
			return tag
		}
		p.used[i] = true
		if slices.Contains(sounds[:], strings.ToLower(path.Ext(name))) {
			return "[sound:" + html.EscapeString(name) + "]"
		}
		return `<img src="` + html.EscapeString(name) + `" alt="` + m[2] + `">`
	})
}

var images = regexp.MustCompile(`<img src="([^"]*)" alt="([^"]*)"[^>]*>`)

// sounds are the names' ends of what is played rather than seen.
var sounds = [...]string{".mp3", ".ogg", ".oga", ".opus", ".wav", ".m4a", ".flac", ".mp4", ".webm", ".ogv", ".mpg", ".3gp", ".aac"}

// typedKey is the answer to type, as a person writes it.
func typedKey(v questions.Version) string {
	key, _ := v.Key(1)
	return guarded(html.EscapeString(grade.Canonical(key)))
}

// gap finds a gap of a prompt.
var gap = regexp.MustCompile(`\{\{[^{}]*\}\}`)

// cloze is a text with its gaps as deletions of one card: they are asked for together.
func (p *pad) cloze(v questions.Version) string {
	source := p.html(gap.ReplaceAllString(v.Prompt, slot))
	for part := 1; strings.Contains(source, slot); part++ {
		key, _ := v.Key(part)
		text := strings.ReplaceAll(guarded(html.EscapeString(grade.Canonical(key))), "::", ":&#58;")
		text = strings.NewReplacer("{", "&#123;", "}", "&#125;").Replace(text)
		source = strings.Replace(source, slot, "{{c1::"+text+"}}", 1)
	}
	return source
}

// asked is what the front of a card shows of a question with options.
func (p *pad) asked(v questions.Version) string {
	front := p.html(v.Prompt)
	if front == "" {
		return ""
	}
	switch v.Kind {
	case questions.Truth:
		return front + "<p>True or false?</p>"
	case questions.Match:
		var left, right []string
		for _, pair := range kind.Pairs(v) {
			if pair.Left.Part != 0 {
				left = append(left, pair.Left.Text)
			}
			right = append(right, pair.Right.Text)
		}
		return front + p.list("ol", left) + p.list("ul", sorted(right))
	case questions.Order:
		return front + p.list("ul", sorted(texts(v.Answers)))
	}
	return front + p.list("ol", texts(v.Answers))
}

// solved is what the back shows of it.
func (p *pad) solved(v questions.Version) string {
	var keys []string
	switch v.Kind {
	case questions.Match:
		for _, pair := range kind.Pairs(v) {
			if pair.Left.Part != 0 {
				keys = append(keys, pair.Left.Text+" – "+pair.Right.Text)
			}
		}
		return p.list("ul", keys)
	case questions.Order:
		list := slices.Clone(v.Answers)
		slices.SortStableFunc(list, func(a, b questions.Answer) int { return a.Part - b.Part })
		return p.list("ol", texts(list))
	}
	for _, a := range v.Answers {
		if a.Credit == 1 {
			keys = append(keys, a.Text)
		}
	}
	switch {
	case v.Kind == questions.Truth && len(keys) == 1:
		return strings.ToUpper(keys[0][:1]) + keys[0][1:]
	case len(keys) == 1:
		return p.html(keys[0])
	}
	return p.list("ul", keys)
}

// extra is what is said to a question behind its answer: why it is right, and what the
// wrong ones are.
func (p *pad) extra(v questions.Version) string {
	var wrong []string
	for _, a := range v.Answers {
		if a.Credit == 1 || a.Feedback == "" || v.Kind == questions.Order {
			continue
		}
		about := a.Text + ": "
		if a.Match != "" {
			about = markup.FromText(grade.Canonical(a)) + ": "
		}
		if v.Kind == questions.Truth {
			about = ""
		}
		wrong = append(wrong, about+a.Feedback)
	}
	return p.html(v.Explain) + p.list("ul", wrong)
}

// list makes a list of Markdown texts.
func (p *pad) list(tag string, items []string) string {
	if len(items) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("<" + tag + ">")
	for _, item := range items {
		b.WriteString("<li>" + p.html(item) + "</li>")
	}
	b.WriteString("</" + tag + ">")
	return b.String()
}

func texts(answers []questions.Answer) []string {
	var list []string
	for _, a := range answers {
		list = append(list, a.Text)
	}
	return list
}

// sorted are texts in an order that tells nothing, each once.
func sorted(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}
