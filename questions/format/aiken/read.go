package aiken

import (
	"context"
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
	for more := true; more && r.Total() <= foreign.Most && ctx.Err() == nil; {
		var line string
		line, text, more = strings.Cut(text, "\n")
		r.number++
		r.line(strings.TrimSpace(line))
	}
	r.close()
	switch {
	case ctx.Err() != nil:
		return bundle.Bundle{}, ctx.Err()
	case r.Total() > foreign.Most:
		return bundle.Bundle{}, bundle.Bad("foreign.many", foreign.Most)
	case r.Total() == 0:
		return bundle.Bundle{}, bundle.Bad("aiken.none")
	}
	return r.Bundle, nil
}

// choice is one option as it is written.
type choice struct {
	letter byte // a capital
	text   string
}

// reader is what was read of a file so far, and the question that is open.
type reader struct {
	bundle.Bundle
	number int // of the line
	empty  bool

	begun   int // the line with which the question begins; 0: there is none
	source  []string
	size    int
	stem    []string
	choices []choice
	pending []string // lines behind an option: its own, or the next question
}

func (r *reader) line(line string) {
	m := lettered.FindStringSubmatch(line)
	said := key.FindStringSubmatch(line)
	switch {
	case line == "":
		if len(r.stem) == 0 && r.begun > 0 {
			r.close()
		}
		r.empty = true
		return
	case said != nil && (r.begun > 0 || !strings.Contains(said[1], "?")):
		r.keep(line)
		r.key(said[1])
	case m != nil && r.isOption(m):
		r.option(line, m)
	default:
		r.text(line)
	}
	r.empty = false
}

// isOption tells whether a line is an option: behind a capital and a bracket, or the
// letter whose turn it is.
func (r *reader) isOption(m []string) bool {
	turn := len(r.choices)
	return int(m[1][0]|0x20)-'a' == turn || m[1] == "A" || m[2] == ")" && m[1] < "a" && len(r.choices) > 0
}

// keep makes a line part of the question.
func (r *reader) keep(line string) {
	if r.begun == 0 {
		r.begun = r.number
	}
	if r.size += len(line) + 32; r.size <= large {
		r.source = append(r.source, line)
	}
}

func (r *reader) text(line string) {
	if len(r.choices) > 0 && r.empty {
		r.close()
	}
	r.keep(line)
	switch {
	case r.size > large:
	case len(r.choices) > 0:
		r.pending = append(r.pending, line)
	case r.empty && len(r.stem) > 0:
		r.stem = append(r.stem, "", line)
	default:
		r.stem = append(r.stem, line)
	}
}

func (r *reader) option(line string, m []string) {
	one := choice{strings.ToUpper(m[1])[0], m[3]}
	if one.letter == 'A' && len(r.choices) > 0 {
		r.next()
	}
	r.keep(line)
	r.settle()
	if r.size <= large {
		r.choices = append(r.choices, one)
	}
}

// next closes the question: what stood behind its last option begins another.
func (r *reader) next() {
	lines := r.pending
	r.pending = nil
	r.source = r.source[:max(len(r.source)-len(lines), 0)]
	r.close()
	now := r.number
	for i, line := range lines {
		r.number = now - len(lines) + i
		r.keep(line)
	}
	r.stem, r.number = lines, now
}

// settle gives the lines behind an option to it.
func (r *reader) settle() {
	if n := len(r.choices); n > 0 && len(r.pending) > 0 {
		r.choices[n-1].text += " " + strings.Join(r.pending, " ")
	}
	r.pending = nil
}

// close reports what has no key.
func (r *reader) close() {
	switch {
	case r.begun == 0:
	case r.size > large:
		r.refuse("aiken.long")
	case len(r.stem) == 0:
		r.refuse("aiken.no_question")
	case len(r.choices) == 0:
		r.refuse("aiken.no_options")
	default:
		r.refuse("aiken.no_answer")
	}
	r.clear()
}

func (r *reader) clear() {
	r.begun, r.size, r.source, r.stem, r.choices, r.pending = 0, 0, nil, nil, nil, nil
}

func (r *reader) refuse(code string, args ...any) {
	text := strings.Join(r.source, "\n")
	r.Problems = append(r.Problems, bundle.Problem{Line: r.begun, Item: foreign.Beginning(text), Reason: bundle.Because(code, args...), Text: text})
}

// key ends the question with the letters that are right.
func (r *reader) key(said string) {
	defer r.clear()
	r.settle()
	right, ok := rights(said)
	switch {
	case r.size > large || len(r.choices) > wide:
		r.refuse("aiken.long")
	case len(r.stem) == 0:
		r.refuse("aiken.no_question")
	case len(r.choices) < 2:
		r.refuse("aiken.few")
	case !ok:
		r.refuse("aiken.letter", foreign.Beginning(said, "?"))
	default:
		r.done(right)
	}
}

// rights are the letters of a key.
func rights(said string) (string, bool) {
	said = strings.TrimSpace(said)
	if m := lettered.FindStringSubmatch(said); m != nil && m[3] != "" && !letters.MatchString(said) {
		said = m[1] // with the text of the option behind it
	}
	if !letters.MatchString(said) {
		return "", false
	}
	right := ""
	for _, m := range letter.FindAllString(said, -1) {
		right += strings.ToUpper(m)
	}
	return right, true
}

func (r *reader) done(right string) {
	v := questions.Version{Kind: questions.Choice, Prompt: markup.FromText(strings.Join(r.stem, "\n"))}
	keys := 0
	for _, c := range r.choices {
		a := questions.Answer{Part: 1, Text: markup.FromText(c.text)}
		if strings.IndexByte(right, c.letter) >= 0 {
			a.Credit = 1
			keys++
		}
		if a.Text == "" {
			r.refuse("aiken.empty", string(c.letter))
			return
		}
		v.Answers = append(v.Answers, a)
	}
	if keys != len(right) {
		r.refuse("aiken.letter", right)
		return
	}
	if keys > 1 {
		v.Kind = questions.Several
		r.Notes = append(r.Notes, bundle.Problem{Line: r.begun, Item: foreign.Beginning(v.Prompt), Reason: bundle.Because("aiken.several")})
	}
	r.Items = append(r.Items, bundle.Item{Line: r.begun, Version: truth(v)})
}

// truth makes a statement of a choice between true and false.
func truth(v questions.Version) questions.Version {
	if len(v.Answers) != 2 || v.Kind != questions.Choice {
		return v
	}
	yes, no := v.Answers[0], v.Answers[1]
	if questions.Fold(yes.Text) == "false" {
		yes, no = no, yes
	}
	if questions.Fold(yes.Text) != "true" || questions.Fold(no.Text) != "false" {
		return v
	}
	yes.Text, no.Text = "true", "false"
	v.Kind, v.Fixed, v.Answers = questions.Truth, true, []questions.Answer{yes, no}
	return v
}
