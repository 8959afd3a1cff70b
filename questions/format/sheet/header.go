package sheet

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// names are the words that people have for the columns, letters and digits alone, by
// the role of the column.
var names = byName(map[string]string{
	"question":    "question questiontext questions prompt stem front frontside term terms word expression item frage fragetext vorderseite begriff wort vokabel recto terme mot pregunta anverso término palabra domanda fronte parola вопрос термин слово",
	"answer":      "answer answers back backside definition definitions meaning translation antwort rückseite bedeutung übersetzung lösung verso définition réponse traduction respuesta reverso definición traducción risposta retro definizione ответ определение перевод",
	"correct":     "correct correctanswer correctanswers correctoption correctoptions correctchoice rightanswer rightanswers answerkey key solution richtig richtigeantwort richtigeantworten korrekt bonneréponse correcta respuestacorrecta rispostacorretta",
	"type":        "type questiontype kind typ fragetyp art tipo",
	"options":     "option options choices antworten antwortmöglichkeiten auswahl opciones opzioni",
	"tags":        "tags tag labels label keywords schlagwörter schlagwort stichwörter etiquetas étiquettes etichette метки",
	"topic":       "topic topics deck subdeck category chapter unit section lesson thema kapitel stapel kategorie lektion paquet chapitre mazo tema mazzo capitolo колода тема",
	"explanation": "explanation explanations explain feedback answerexplanation generalfeedback rationale comment note notes extra erklärung begründung hinweis explication explicación spiegazione пояснение",
	"id":          "id slug guid ident uuid",
	"state":       "state status",
	"lang":        "lang language sprache",
	"answerlang":  "answerlang backlang answerlanguage backlanguage",
	"level":       "level bloom",
	"fixed":       "fixed",
	"match":       "match",
	"slack":       "slack tolerance toleranz",
	"credit":      "credit",
	"part":        "part parts",
	"markup":      "markup textformat",
	"name":        "name title titel questionname",
	"passage":     "passage",
	"twin":        "twin",
	"mirrors":     "mirrors",
	"ignored":     "points point marks score weight punkte time timelimit timeinseconds seconds zeit difficulty schwierigkeit",
	"link":        "imagelink image imageurl images picture pictureurl video audio sound media bild",
	"number":      "no nr number index nummer",
})

// numbered are the words of columns of which there are several, with a number behind.
var numbered = byName(map[string]string{
	"option":   "option answer choice answerchoice antwort antwortmöglichkeit alternative distractor item opción respuesta réponse choix opzione risposta вариант ответ",
	"feedback": "feedback why optionfeedback rückmeldung",
	"pair":     "pair match right belongs matchingpair",
})

func byName(words map[string]string) map[string]string {
	found := map[string]string{}
	for role, list := range words {
		for _, word := range strings.Fields(list) {
			found[word] = role
		}
	}
	return found
}

// header says which column holds what.
type header struct {
	at      map[string][]int // the columns of a role from 0, by their number; -1: there is none
	width   int
	typed   bool     // the rows are questions of any kind; else flashcards
	unknown []string // headings that mean nothing to us
	ignored []string // those of what we do not keep

	nameless []int // columns without a heading
}

// given is a header whose roles are known.
func given(roles []string) *header {
	h := &header{at: map[string][]int{}, width: len(roles)}
	for i, role := range roles {
		h.add(role, len(h.at[role])+1, i)
	}
	h.typed = h.has("type") || h.has("option") || h.has("options") || h.has("correct")
	return h
}

// headings finds the row of headings. A sheet without, for which at is -1, has two
// columns of flashcards, or three with tags. Headings that do not stand in the first
// row must say more than two things.
func headings(rows []Row) (h *header, at int) {
	for i, row := range rows {
		h, found := named(row.Cells)
		if found && (i == 0 || len(h.at) > 2) {
			return h, i
		}
	}
	return given([]string{"question", "answer", "tags"}[:min(width(rows[0].Cells), 3)]), -1
}

// heading tells that a row could be one of headings: some short words in each cell.
func heading(cells []string) bool {
	cells = cells[:width(cells)]
	for _, c := range cells {
		if c = strings.TrimSpace(c); c == "" || len(c) > 40 || strings.ContainsAny(c, "?!.=0123456789\n") {
			return false
		}
	}
	return true
}

// IsHeader tells that cells are headings of a sheet of questions.
func IsHeader(cells []string) bool {
	_, found := named(cells)
	return found
}

// named reads headings.
func named(cells []string) (*header, bool) {
	h := &header{at: map[string][]int{}, width: len(cells)}
	lettered := letters(cells)
	for i, cell := range cells {
		role, n := roleOf(cell, lettered)
		switch {
		case role == "ignored":
			h.ignored = append(h.ignored, strings.TrimSpace(cell))
		case strings.TrimSpace(cell) == "":
			h.nameless = append(h.nameless, i)
		case role == "number":
		case role == "" || !h.add(role, n, i):
			h.unknown = append(h.unknown, strings.TrimSpace(cell))
		}
	}
	h.typed = h.has("type") || h.has("option") || h.has("options") || h.has("correct")
	return h, h.has("question") && (h.has("answer") || h.typed)
}

// add gives a column its role; false where another column has it.
func (h *header) add(role string, n, column int) bool {
	list := h.at[role]
	for len(list) < n {
		list = append(list, -1)
	}
	if list[n-1] >= 0 {
		return false
	}
	list[n-1] = column
	h.at[role] = list
	return true
}

func (h *header) has(role string) bool { return len(h.at[role]) > 0 }

// roleOf finds the role of a heading, and its number where there are several.
func roleOf(cell string, lettered bool) (role string, n int) {
	word := bare(cell)
	if role, ok := names[word]; ok {
		return role, 1
	}
	if lettered && len(word) == 1 {
		return "option", int(word[0]-'a') + 1
	}
	if last := len(word) - 1; last > 0 && word[last] >= 'a' && word[last] <= 'i' && numbered[word[:last]] == "option" {
		return "option", int(word[last]-'a') + 1
	}
	base := strings.TrimRight(word, "0123456789")
	for _, digit := range word[len(base):] {
		if n = n*10 + int(digit-'0'); n > MaxColumns {
			return "", 0
		}
	}
	if role = numbered[base]; role == "" || n == 0 {
		return "", 0
	}
	return role, n
}

// letters tells that the options have letters for headings: A, B, C.
func letters(cells []string) bool {
	found := map[string]bool{}
	for _, c := range cells {
		found[bare(c)] = true
	}
	known := slices.Collect(maps.Keys(found))
	return found["a"] && found["b"] && !slices.ContainsFunc(known, func(w string) bool { return len(w) == 1 && (w < "a" || w > "i") })
}

// bare is a heading in small letters and digits alone.
func bare(cell string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFC.String(cell))
}

// width is how many cells a row has, empty ones at its end left out.
func width(cells []string) int {
	n := len(cells)
	for n > 0 && strings.TrimSpace(cells[n-1]) == "" {
		n--
	}
	return n
}

// Blank tells that nothing stands in a row.
func Blank(cells []string) bool { return width(cells) == 0 }
