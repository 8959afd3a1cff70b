package web

import (
	"cmp"
	"slices"
	"strings"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/questions"
	"thaw/questions/format"
	"thaw/questions/format/bundle"
	"thaw/questions/format/csv"
	notation "thaw/questions/format/plain"
	"thaw/questions/kind"
	"thaw/questions/lint"
	"thaw/views"
)

// importNew is a text box in which questions are written or pasted, with what becomes of
// them beside it, and the way in for files.
func (s *Server) importNew(c *Ctx) (views.Page, error) { return s.importForm(c, nil) }

func (s *Server) importForm(c *Ctx, wrong error) (views.Page, error) {
	p := views.ImportNew{Ask: views.Form{Action: "/import", Token: newToken()}, Preview: "/import/preview", Banks: "/banks", Imports: "/imports",
		Text: c.field("text", wrong), Heading: c.field("title", wrong), Lang: cmp.Or(c.Form("lang"), c.Lang()), Error: c.fault(wrong),
		Example: notation.Example(), Keep: c.form == nil || c.Form("keep") == "1"}
	if !c.Person.Known() {
		p.SignUp = "/sign-up"
		return p, nil
	}
	list, err := s.Editor.Store.Banks(c.Context(), c.Person.ID)
	if err != nil {
		return nil, err
	}
	chosen := cmp.Or(c.Form("bank"), c.Query("bank"))
	p.Into = []views.Option{{Text: c.Say("import.new_bank")}}
	for _, b := range list {
		if !b.BuiltIn && b.Gone.IsZero() {
			p.Into = append(p.Into, views.Option{Value: number(b.ID), Text: b.Title, Chosen: number(b.ID) == chosen})
		}
	}
	p.Formats = []views.Option{{Text: c.Say("import.any_format")}}
	for _, f := range format.All() {
		if f.Read != nil {
			p.Formats = append(p.Formats, views.Option{Value: f.Name, Text: c.Say("import.format_" + f.Name), Chosen: f.Name == c.Form("format")})
		}
	}
	p.Seen = s.written(c)
	return p, nil
}

// importPreview shows what becomes of the text so far. A script asks for the preview
// alone; without one the whole page comes back.
func (s *Server) importPreview(c *Ctx) (string, error) {
	if c.Form("part") == "1" {
		return "", look(s.written(c))
	}
	p, err := s.importForm(c, nil)
	if err != nil {
		return "", err
	}
	return "", look(p)
}

// seenMost is how many questions the preview shows.
const seenMost = 60

// written is what becomes of the questions of the text so far, each with what is to be said of it.
func (s *Server) written(c *Ctx) views.ImportSeen {
	seen := views.ImportSeen{Lang: c.Form("lang")}
	b, err := readPasted(c, c.Form("text"))
	if err != nil {
		return seen
	}
	var list []views.Block
	for i, it := range b.Items {
		if len(list) == seenMost {
			break
		}
		it.Version.Question = questions.QuestionID(-i - 1)
		b.Items[i] = it
		list = append(list, block(c, it))
	}
	advise(c, b, list)
	for _, p := range b.Problems {
		list = append(list, views.Block{Line: p.Line, Where: lineOf(c, p.Line), Prompt: p.Item, Wrong: []string{problemText(c, questions.Problem{Code: p.Reason.Code, Args: p.Reason.Args})}})
	}
	slices.SortStableFunc(list, func(a, b views.Block) int { return cmp.Compare(a.Line, b.Line) })
	seen.Blocks, seen.More = list, max(len(b.Items)-seenMost, 0)
	return seen
}

// readPasted reads a text as it was typed or pasted: our notation, or columns with
// separators that the form names.
func readPasted(c *Ctx, text string) (bundle.Bundle, error) {
	in := bundle.Of("", []byte(text))
	if o, ok := separators(c); ok {
		return csv.ReadWith(c.Context(), in, o)
	}
	return notation.Read(c.Context(), in)
}

// separators are those that a form names for columns and rows.
func separators(c *Ctx) (csv.Options, bool) {
	column, row := unescape.Replace(c.Form("column")), unescape.Replace(c.Form("row"))
	return csv.Options{Column: column, Row: row, Swap: c.Form("swap") == "1"}, column != "" || row != ""
}

// unescape reads signs that cannot be typed into a field.
var unescape = strings.NewReplacer(`\t`, "\t", `\n`, "\n")

func lineOf(c *Ctx, line int) string {
	if line == 0 {
		return ""
	}
	return c.Say("import.line", line)
}

// block is a question as the preview shows it.
func block(c *Ctx, it bundle.Item) views.Block {
	v := it.Version
	b := views.Block{Line: it.Line, Where: lineOf(c, it.Line), Prompt: bank.Plain(kind.Line(v)), Kind: c.Say("bank.kind_" + v.Kind)}
	if k, ok := kind.Of(v.Kind); ok {
		b.Key = k.Words(questions.Asked{Version: v, Say: c.Say}, nil).Key
		for _, p := range k.Check(worded(c, v)) {
			if text := problemText(c, p); !slices.Contains(b.Wrong, text) {
				b.Wrong = append(b.Wrong, text)
			}
		}
	}
	return b
}

// worded is a version as it would be stored: what its file leaves open, the bank says.
func worded(c *Ctx, v questions.Version) questions.Version {
	v.Lang = cmp.Or(v.Lang, c.Form("lang"), c.Lang())
	v.Level = cmp.Or(v.Level, kind.Levels[0])
	return v
}

// advise adds the linter's advice to questions that nothing is wrong with.
func advise(c *Ctx, b bundle.Bundle, list []views.Block) {
	whole := lint.Bank{Part: true}
	for _, it := range b.Items[:len(list)] {
		whole.Questions = append(whole.Questions, lint.Question{Version: worded(c, it.Version)})
	}
	by := map[questions.QuestionID][]lint.Problem{}
	for _, p := range lint.Check(whole) {
		by[p.Question] = append(by[p.Question], p)
	}
	said := map[int]bool{}
	for i := range list {
		if len(list[i].Wrong) == 0 {
			list[i].Advice = advised(c, once(by[b.Items[i].Version.Question], said), 2)
		}
	}
}

// once are the problems with rules of which nothing was said yet: the same advice below
// each of fifty questions is read below none.
func once(list []lint.Problem, said map[int]bool) (fresh []lint.Problem) {
	for _, p := range list {
		if !said[p.Rule.Number] {
			fresh = append(fresh, p)
		}
	}
	for _, p := range fresh {
		said[p.Rule.Number] = true
	}
	return fresh
}

// importStage reads a file or a text and keeps it to be looked at. Nothing is added yet.
func (s *Server) importStage(c *Ctx) (string, error) {
	file, end, err := s.arrived(c)
	if err != nil {
		return "", err
	}
	defer end()
	if file.Size == 0 {
		return "", s.retry(c, s.importForm, fault.Bad([]fault.Field{{Name: "text", Key: "import.nothing_sent"}}))
	}
	n, err := s.Importer.Stage(c.Context(), c.Person, file)
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Denied) && c.Person.Known() {
		return "", s.retry(c, s.importForm, err)
	}
	return importPath(n), err
}

// arrived is the file, else the text, that a form brings, with what its person wants.
func (s *Server) arrived(c *Ctx) (f bank.File, end func(), err error) {
	in, end, err := c.input("file")
	if err != nil {
		return f, nil, err
	}
	f = bank.File{Input: in, Format: c.Form("format"), Bank: idOf[questions.BankID](c.Form("bank")), Title: c.Form("title"), Spare: c.Say("import.spare", c.day(s.Now())), Lang: cmp.Or(c.Form("lang"), c.Lang()),
		Wish: bank.Wish{Keep: c.Form("keep") == "1", Learned: c.Form("learned") == "1", Apart: true}, Token: c.Form("token")}
	text := strings.TrimSpace(c.Form("text"))
	if in.Size > 0 || text == "" {
		return f, end, nil
	}
	f.Input = bundle.Of("", []byte(text))
	if o, ok := separators(c); ok {
		f.Pasted = &o
	} else if f.Format == "" {
		f.Format = pastedFormat(c, f.Input)
	}
	return f, end, nil
}

// pastedFormat is that of a pasted text: what it surely is, else our notation.
func pastedFormat(c *Ctx, in bundle.Input) string {
	if f, ok := format.Detect(in); ok && f.Sniff(in) >= sureEnough {
		return f.Name
	}
	return "text"
}

// sureEnough is from when on a pasted text is no text of our own notation.
const sureEnough = 50
