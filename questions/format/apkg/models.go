package apkg

import "strconv"

// The types of our notes. Their numbers and fields are for ever: Anki knows a type by
// both. stored: never rename
var (
	basic = ours(1732800000001, "Basic", []string{"Front", "Back", "Extra"},
		part{Name: "Card 1", Front: "{{Front}}", Back: answered + "{{Back}}" + extra})
	reversed = ours(1732800000002, "Basic (and reversed card)", []string{"Front", "Back", "Extra"},
		part{Name: "Card 1", Front: "{{Front}}", Back: answered + "{{Back}}" + extra},
		part{Name: "Card 2", Ord: 1, Front: "{{Back}}", Back: answered + "{{Front}}" + extra})
	typeIn = ours(1732800000003, "Basic (type in the answer)", []string{"Front", "Back", "Extra", keeping},
		part{Name: "Card 1", Front: "{{Front}}\n\n{{type:Back}}", Back: "{{Front}}\n\n<hr id=answer>\n\n{{type:Back}}" + extra})
	deletions = cloze(ours(1732800000004, "Cloze", []string{"Text", "Extra", keeping},
		part{Name: "Cloze", Front: "{{cloze:Text}}", Back: "{{cloze:Text}}" + extra}))
	shownOptions = ours(1732800000005, "Thaw question", []string{"Front", "Back", "Extra", keeping},
		part{Name: "Card 1", Front: "{{Front}}", Back: answered + "{{Back}}" + extra})
	models = []model{basic, reversed, typeIn, deletions, shownOptions}
)

// What every back begins and ends with.
const (
	answered = "{{FrontSide}}\n\n<hr id=answer>\n\n"
	extra    = "\n\n{{#Extra}}<div class=\"explain\">{{Extra}}</div>{{/Extra}}"
)

const css = `.card { font-family: arial; font-size: 20px; text-align: center; color: black; background-color: white; }
.card ol, .card ul { display: inline-block; text-align: left; }
.explain { margin-top: 1em; font-size: 80%; }
.cloze { font-weight: bold; color: blue; }
.nightMode .cloze { color: lightblue; }
`

// ours makes a note type.
func ours(id int64, name string, fields []string, cards ...part) model {
	m := model{ID: id, Name: name, Cards: cards}
	for i, f := range fields {
		m.Fields = append(m.Fields, part{Name: f, Ord: whole(i)})
	}
	return m
}

func cloze(m model) model {
	m.Type = 1
	return m
}

// json is the note type as Anki keeps it.
func (m model) json() map[string]any {
	fields, cards, req := []any{}, []any{}, []any{}
	for i, f := range m.Fields {
		fields = append(fields, map[string]any{"name": f.Name, "ord": i, "sticky": false, "rtl": false, "font": "Arial", "size": 20, "media": []any{}})
	}
	for i, c := range m.Cards {
		cards = append(cards, map[string]any{"name": c.Name, "ord": i, "qfmt": c.Front, "afmt": c.Back, "did": nil, "bqfmt": "", "bafmt": ""})
		req = append(req, []any{i, "any", []any{i}})
	}
	return map[string]any{"id": strconv.FormatInt(m.ID, 10), "name": m.Name, "type": m.Type, "mod": m.ID / 1000, "usn": -1, "sortf": 0, "did": 1,
		"flds": fields, "tmpls": cards, "req": req, "css": css, "tags": []any{}, "vers": []any{},
		"latexPre": latexBegin, "latexPost": "\\end{document}"}
}

const latexBegin = "\\documentclass[12pt]{article}\n\\special{papersize=3in,5in}\n\\usepackage[utf8]{inputenc}\n\\usepackage{amssymb,amsmath}\n" +
	"\\pagestyle{empty}\n\\setlength{\\parindent}{0in}\n\\begin{document}\n"
