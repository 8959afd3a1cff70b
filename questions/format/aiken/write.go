package aiken

import (
	"bufio"
	"context"
	"io"
	"strings"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/format/foreign"
	"thaw/questions/format/markup"
)

// Write writes choices and statements as plain text, and returns what the format cannot
// hold of each. All other kinds are left out.
func Write(ctx context.Context, w io.Writer, b bundle.Bundle, _ bundle.Options) ([]bundle.Problem, error) {
	out := bufio.NewWriter(w)
	var problems []bundle.Problem
	around := false
	for i, it := range b.Items {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		text, lost := block(it.Version)
		for _, code := range lost {
			problems = append(problems, bundle.Problem{Line: i + 1, Item: foreign.Beginning(it.Name, markup.ToText(it.Version.Prompt)),
				Reason: bundle.Because("aiken." + code), Kind: it.Version.Kind})
		}
		_, _ = out.WriteString(text) // Flush returns the error
		around = around || text != "" && len(it.Topic)+len(it.Tags) > 0
	}
	if around {
		problems = append(problems, bundle.Problem{Reason: bundle.Because("aiken.around")})
	}
	return problems, out.Flush()
}

// block is a question as it is written, or "", and what is lost of it.
func block(v questions.Version) (text string, lost []string) {
	keyed, ok := v.Key(1)
	switch {
	case v.Kind != questions.Choice && v.Kind != questions.Truth:
		return "", []string{"kind"}
	case !ok || len(v.Answers) < 2 || len(v.Answers) > 26:
		return "", []string{"unfinished"}
	}
	s := sheet{}
	stem := s.line(v.Prompt)
	if m := lettered.FindStringSubmatch(stem); m != nil || key.MatchString(stem) || stem == "" {
		return "", []string{"unclear"}
	}
	lines := []string{stem}
	right := byte(0)
	for i, a := range v.Answers {
		said := s.line(a.Text)
		if v.Kind == questions.Truth {
			said = strings.ToUpper(said[:1]) + said[1:]
		}
		if said == "" {
			return "", []string{"unclear"}
		}
		letter := byte('A' + i%26)
		lines = append(lines, string(letter)+") "+said)
		if a.Credit == 1 && right == 0 && a.Text == keyed.Text {
			right = letter
		}
		s.feedback = s.feedback || a.Feedback != ""
		s.credit = s.credit || a.Credit > 0 && a.Credit < 1
	}
	lines = append(lines, "ANSWER: "+string(right)+"\n\n")
	s.feedback = s.feedback || v.Explain != ""
	return strings.Join(lines, "\n"), s.lost()
}

// sheet is a question that is being written, with what was lost of it.
type sheet struct {
	plain, feedback, credit bool
}

// line is a text in a line, without its markup.
func (s *sheet) line(source string) string {
	text := strings.Join(strings.Fields(markup.ToText(source)), " ")
	s.plain = s.plain || markup.FromText(text) != source
	return text
}

func (s *sheet) lost() []string {
	var codes []string
	for _, one := range []struct {
		is   bool
		code string
	}{{s.plain, "plain"}, {s.feedback, "feedback"}, {s.credit, "credit"}} {
		if one.is {
			codes = append(codes, one.code)
		}
	}
	return codes
}
