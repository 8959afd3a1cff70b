package kind

import (
	"strings"
	"unicode/utf8"

	"thaw/questions"
)

// Limits of what an author may write, in characters.
const (
	MaxPrompt  = 2000
	MaxExplain = 4000
	MaxOption  = 300
	MaxOptions = 9 // the keys 1 to 9 choose
)

func problem(field, code string, args ...string) questions.Problem {
	return questions.Problem{Field: field, Code: code, Args: args}
}

// checkCommon finds what is unfit in any question of one part.
func checkCommon(v questions.Version) []questions.Problem {
	var found []questions.Problem
	if strings.TrimSpace(v.Prompt) == "" {
		found = append(found, problem("prompt", "problem.no_prompt"))
	}
	if utf8.RuneCountInString(v.Prompt) > MaxPrompt {
		found = append(found, problem("prompt", "problem.prompt_long"))
	}
	if utf8.RuneCountInString(v.Explain) > MaxExplain {
		found = append(found, problem("explain", "problem.explain_long"))
	}
	if _, ok := v.Key(1); !ok {
		found = append(found, problem("answers", "problem.no_key"))
	}
	return append(found, checkAnswers(v)...)
}

func checkAnswers(v questions.Version) []questions.Problem {
	var found []questions.Problem
	seen := map[string]bool{}
	for _, a := range v.Answers {
		folded := questions.Fold(a.Text)
		if folded == "" {
			found = append(found, problem("answers", "problem.empty_answer"))
		}
		if folded != "" && seen[folded] {
			found = append(found, problem("answers", "problem.same_answers", a.Text))
		}
		seen[folded] = true
		if a.Part != 1 {
			found = append(found, problem("answers", "problem.one_part"))
		}
		if a.Credit < 0 || a.Credit > 1 {
			found = append(found, problem("answers", "problem.credit", a.Text))
		}
	}
	return found
}

// checkLength finds answers that are longer than they may be.
func checkLength(v questions.Version, limit int) []questions.Problem {
	var found []questions.Problem
	for _, a := range v.Answers {
		if utf8.RuneCountInString(a.Text) > limit {
			found = append(found, problem("answers", "problem.answer_long", a.Text))
		}
	}
	return found
}
