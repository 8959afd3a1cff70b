package sheet

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"thaw/questions"
)

// Numbers of options, one or several; a program that knows decimals may have made 1.2
// of 1,2.
var (
	places  = regexp.MustCompile(`^\d{1,3}(\s*[,;.|&+ ]\s*\d{1,3})*$`)
	letterd = regexp.MustCompile(`^[A-Ia-i](\s*[,;|&+ ]\s*[A-Ia-i])*$`)
	between = regexp.MustCompile(`[,;.|&+\s]+`)
)

// picked finds the options that a cell calls right, from 0: by their numbers from 1, by
// their texts, or by letters from A. False where it calls none of them.
func (l *line) picked(cell string, options []string) (keys []int, ok bool) {
	if cell == "" || cell == "0" {
		return nil, true
	}
	if l.numbered && places.MatchString(cell) {
		return counted(between.Split(cell, -1), len(options))
	}
	if n, err := strconv.Atoi(cell); err == nil && n >= 1 && n <= len(options) {
		return []int{n - 1}, true
	}
	if i := indexOf(options, cell); i >= 0 {
		return []int{i}, true
	}
	if places.MatchString(cell) || letterd.MatchString(cell) {
		return counted(between.Split(cell, -1), len(options))
	}
	for _, text := range split(cell, ",", ";", "|", "\n") {
		i := indexOf(options, text)
		if i < 0 {
			return nil, false
		}
		keys = append(keys, i)
	}
	return keys, len(keys) > 0
}

// indexOf is the option of a text, whatever its case and accents.
func indexOf(options []string, text string) int {
	folded := questions.Fold(text)
	return slices.IndexFunc(options, func(o string) bool { return o == text || folded != "" && questions.Fold(o) == folded })
}

// counted reads numbers from 1 and letters from A.
func counted(list []string, most int) (keys []int, ok bool) {
	for _, text := range list {
		n, err := strconv.Atoi(text)
		if err != nil {
			n = int(strings.ToUpper(text)[0]-'A') + 1
		}
		if n < 1 || n > most {
			return nil, false
		}
		keys = append(keys, n-1)
	}
	return keys, true
}

// keys finds the options that are right, and notes where that was a guess.
func (l *line) keys(options []string) map[int]bool {
	cell := l.correct()
	list, ok := l.picked(cell, options)
	if !ok {
		l.note("format.sheet_correct", cut(cell, 200))
	}
	if i := slices.Index(options, cell); i >= 0 && len(list) == 1 && list[0] != i && !l.numbered {
		l.note("format.sheet_ambiguous", cell, options[list[0]])
	}
	found := map[int]bool{}
	for _, i := range list {
		found[i] = true
	}
	return found
}
