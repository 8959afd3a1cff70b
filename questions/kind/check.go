package kind

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"

	"thaw/questions"
)

// Limits of what an author may write, in characters.
const (
	MaxPrompt  = 2000
	MaxExplain = 4000
	MaxOption  = 300
	MaxWhy     = 1000
	MaxOptions = 9 // the keys 1 to 9 choose
)

func problem(field, code string, args ...string) questions.Problem {
	return questions.Problem{Field: field, Code: code, Args: args}
}

// place is the editor's field in which an answer stands.
type place struct {
	field string
	row   int
	why   string // the field of what is said to it
}

func (p place) problem(code string, args ...string) questions.Problem {
	return questions.Problem{Field: p.field, Row: p.row, Code: code, Args: args}
}

// checkCommon finds what is unfit in any question of one part. Places are the
// fields of the answers, in their order.
func checkCommon(v questions.Version, places []place) []questions.Problem {
	found := append(checkKeyed(v), checkAnswers(v, places)...)
	for i, a := range v.Answers {
		if a.Part != 1 {
			found = append(found, places[i].problem("problem.one_part"))
		}
	}
	return found
}

// checkKeyed finds what is unfit in any question that has a key of its first part.
func checkKeyed(v questions.Version) []questions.Problem {
	found := checkFrame(v)
	if _, ok := v.Key(1); !ok {
		found = append(found, problem("key", "problem.no_key"))
	}
	return found
}

// checkFrame finds what is unfit in any question beside its answers.
func checkFrame(v questions.Version) []questions.Problem {
	var found []questions.Problem
	if strings.TrimSpace(v.Prompt) == "" {
		found = append(found, problem("prompt", "problem.no_prompt"))
	}
	if utf8.RuneCountInString(v.Prompt) > MaxPrompt {
		found = append(found, problem("prompt", "problem.prompt_long", strconv.Itoa(MaxPrompt)))
	}
	if utf8.RuneCountInString(v.Explain) > MaxExplain {
		found = append(found, problem("explain", "problem.explain_long", strconv.Itoa(MaxExplain)))
	}
	prompt := v.Prompt
	if v.Kind == questions.Cloze {
		prompt = slotted(prompt)
	}
	found = append(found, checkFormulas(place{field: "prompt"}, prompt)...)
	found = append(found, checkFormulas(place{field: "explain"}, v.Explain)...)
	if v.Level != "" && !slices.Contains(Levels[:], v.Level) {
		found = append(found, problem("level", "problem.level"))
	}
	for _, l := range []struct{ field, lang string }{{"lang", v.Lang}, {"back", v.Back}} {
		if _, err := language.Parse(l.lang); l.lang != "" && err != nil {
			found = append(found, problem(l.field, "problem.lang", l.lang))
		}
	}
	return found
}

func checkAnswers(v questions.Version, places []place) []questions.Problem {
	var found []questions.Problem
	seen := map[string]bool{}
	for i, a := range v.Answers {
		folded := questions.Fold(a.Text)
		if folded == "" {
			found = append(found, places[i].problem("problem.empty_answer"))
		}
		if folded != "" && seen[folded] {
			found = append(found, places[i].problem("problem.same_answers", a.Text))
		}
		seen[folded] = true
		if !(a.Credit >= 0 && a.Credit <= 1) {
			found = append(found, places[i].problem("problem.credit", a.Text))
		}
		if utf8.RuneCountInString(a.Feedback) > MaxWhy {
			why := place{field: places[i].why, row: places[i].row}
			found = append(found, why.problem("problem.why_long", strconv.Itoa(MaxWhy)))
		}
	}
	return found
}

// checkLength finds answers that are longer than they may be.
func checkLength(v questions.Version, places []place, limit int) []questions.Problem {
	var found []questions.Problem
	for i, a := range v.Answers {
		if utf8.RuneCountInString(a.Text) > limit {
			found = append(found, places[i].problem("problem.answer_long", strconv.Itoa(limit)))
		}
	}
	return found
}

// optionPlaces are the fields of answers of which each is a row of options.
func optionPlaces(v questions.Version) []place {
	places := make([]place, len(v.Answers))
	for i := range v.Answers {
		places[i] = place{"option", i + 1, "why"}
	}
	return places
}

// typedPlaces are the fields of answers that are typed: the key, what is also
// right, and the wrong answers that are foreseen.
func typedPlaces(v questions.Version) []place {
	places := make([]place, len(v.Answers))
	right, wrong := 0, 0
	for i, a := range v.Answers {
		switch {
		case a.Credit != 1:
			wrong++
			places[i] = place{"option", wrong, "why"}
		case right == 0:
			right++
			places[i] = place{"key", 0, "key"}
		default:
			places[i] = place{"accept", 0, "accept"}
		}
	}
	return places
}
