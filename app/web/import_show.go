package web

import (
	"fmt"
	"strconv"
	"strings"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/kind"
	"thaw/views"
)

func importPath(n int) string { return "/imports/" + strconv.Itoa(n) }

// importsShow lists what somebody has brought in lately.
func (s *Server) importsShow(c *Ctx) (views.Page, error) {
	list, err := s.Importer.List(c.Context(), c.Person)
	if err != nil {
		return nil, err
	}
	p := views.Imports{New: "/import", Banks: "/banks"}
	for _, in := range list {
		note := c.Say("import.state_" + string(in.State))
		switch in.State {
		case bank.ImportAdded:
			note = counted(c, in, nil)
		case bank.ImportStaged:
			note += " · " + counted(c, in, nil)
		}
		p.List = append(p.List, views.Row{Text: fileName(c, in), URL: importPath(in.N), Note: note})
	}
	return p, nil
}

// fileName is what an import is called.
func fileName(c *Ctx, in bank.Import) string {
	if in.File == "" {
		return c.Say("import.pasted")
	}
	return in.File
}

// counted says what an import does, or has done, in short sentences; of what is to be
// mended, in which lines it stands.
func counted(c *Ctx, in bank.Import, left []bundle.Problem) string {
	n := in.Numbers
	said := []string{c.Say("import.ready", n.Imported)}
	if in.State == bank.ImportAdded {
		said[0] = c.Say("import.came", n.Imported)
	}
	for _, more := range []struct {
		key string
		n   int
	}{{"import.drafts", n.Drafts}, {"import.updated", n.Updated}, {"import.alike", n.Alike}, {"import.apart", n.Apart}, {"import.duplicates", n.Duplicates - n.Apart}} {
		if more.n > 0 {
			said = append(said, c.Say(more.key, more.n))
		}
	}
	dropped := 0
	for _, p := range left {
		if p.Dropped {
			dropped++
		}
	}
	if lines := linesOf(left); lines != "" {
		said = append(said, c.Say("import.reported_at", n.Reported-dropped, strings.Count(lines, ",")+1, lines))
	} else if n.Reported > dropped {
		said = append(said, c.Say("import.reported", n.Reported-dropped))
	}
	if dropped > 0 {
		said = append(said, c.Say("import.dropped", dropped))
	}
	return strings.Join(said, " ")
}

// linesMost is how many lines a sentence names.
const linesMost = 5

// linesOf are the lines in which something is to be mended; "" where they are many or
// nobody counts them.
func linesOf(left []bundle.Problem) string {
	var lines []string
	for _, p := range left {
		if p.Line > 0 && !p.Dropped {
			lines = append(lines, strconv.Itoa(p.Line))
		}
	}
	if len(lines) > linesMost {
		return ""
	}
	return strings.Join(lines, ", ")
}

// importShow is one import: what becomes of each item, to be mended and added; later what
// it did, to be undone.
func (s *Server) importShow(c *Ctx) (views.Page, error) { return s.importPage(c, nil) }

func (s *Server) importPage(c *Ctx, wrong error) (views.Page, error) {
	l, err := s.Importer.Look(c.Context(), c.Person, c.Int("n"))
	if err != nil {
		return nil, err
	}
	path := importPath(l.N)
	p := views.Import{Heading: fileName(c, l.Import), List: "/imports", Format: c.Say("import.format_" + l.Format), State: string(l.State),
		Line: counted(c, l.Import, nil), Total: c.Say("import.total", l.Numbers.Total), Error: c.fault(wrong)}
	step := s.Importer.Step(c.Person, l.N)
	if step.Err != nil && wrong == nil {
		p.Error = c.fault(step.Err)
	}
	switch {
	case step.Running:
		p.State, p.Progress = "adding", c.Say("import.progress", step.Done, max(step.All, 1))
	case l.State == bank.ImportStaged:
		l.Numbers = l.Intake.Numbers
		p.Line = counted(c, l.Import, l.Bundle.Problems)
		s.staged(c, l, &p)
	case l.State == bank.ImportAdded:
		if err := s.addedTo(c, l, &p); err != nil {
			return nil, err
		}
		if s.Now().Before(l.Ends()) {
			p.Undo, p.Until = &views.Form{Action: path + "/undo"}, c.Say("import.until", c.moment(l.Ends()))
		}
	default:
		p.Back = takenBack(c, l.Back)
	}
	return p, nil
}

// takenBack says what undoing an import has done.
func takenBack(c *Ctx, b bank.TakenBack) string {
	said := c.Say("import.back", b.Removed)
	if b.Retired > 0 {
		said += " " + c.Say("import.back_kept", b.Retired)
	}
	if b.Restored > 0 {
		said += " " + c.Say("import.back_reworded", b.Restored)
	}
	return said
}

// shareMost is how many classes a page offers to give a bank to.
const shareMost = 6

// addedTo leads on from where an import went: to the bank, and to the classes that it can
// be given to.
func (s *Server) addedTo(c *Ctx, l bank.Looked, p *views.Import) error {
	p.Bank = views.Link{Text: c.Say("import.to_bank"), URL: bankPath(l.Import.Bank)}
	if !c.Person.Teaches() {
		return nil
	}
	list, err := s.Classes.Store.Classes(c.Context(), c.Person.ID)
	if err != nil {
		return err
	}
	ticked := "?bank=" + number(l.Import.Bank)
	for _, class := range list {
		if class.Used() && len(p.Share) < shareMost {
			p.Share = append(p.Share, views.Link{Text: c.Say("import.share", class.Name), URL: classPath(class.ID) + "/settings" + ticked + "#banks"})
		}
	}
	p.Share = append(p.Share, views.Link{Text: c.Say("import.share_new"), URL: "/classes" + ticked + "#new"})
	return nil
}

// shownRows is how many of what is ready a page shows.
const shownRows = 50

// staged shows what adding an import does.
func (s *Server) staged(c *Ctx, l bank.Looked, p *views.Import) {
	path := importPath(l.N)
	n := l.Intake.Numbers
	p.Add = &views.Form{Action: path + "/add"}
	p.AddLabel, p.Empty = c.Say("import.add", n.Imported), n.Imported+n.Kept == 0
	p.Set = views.Form{Action: path}
	p.Keep, p.Learned = l.Wish.Keep, l.Wish.Learned
	p.HasLearned, p.HasKept = learnedIn(l.Bundle), foreignIn(l.Bundle)
	if l.Bank.ID != 0 {
		p.Into = l.Bank.Title
	} else {
		p.Name = views.Field{Value: l.Title}
	}
	problems(c, l, p)
	arrivals(c, l, p)
	for _, note := range l.Bundle.Notes {
		if len(p.Notes) < shownRows {
			p.Notes = append(p.Notes, placedNote(c, note))
		}
	}
}

func learnedIn(b bundle.Bundle) bool {
	for _, it := range b.Items {
		if it.Learned != nil && (len(it.Learned.Reviews) > 0 || !it.Learned.Due.IsZero()) {
			return true
		}
	}
	return false
}

// foreignIn tells whether there is text of what Thaw has no kind for.
func foreignIn(b bundle.Bundle) bool {
	for _, p := range b.Problems {
		if p.Text != "" {
			return true
		}
	}
	return false
}

func placedNote(c *Ctx, p bundle.Problem) string {
	text := problemText(c, questions.Problem{Code: p.Reason.Code, Args: p.Reason.Args})
	if p.Line > 0 {
		text = lineOf(c, p.Line) + ": " + text
	}
	return text
}

// problems are the items that could not be read, each to be mended in its place.
func problems(c *Ctx, l bank.Looked, p *views.Import) {
	for i, bad := range l.Bundle.Problems {
		if bad.Dropped {
			continue
		}
		if len(p.Problems) == shownRows {
			p.MoreProblems++
			continue
		}
		shown := views.ImportProblem{Where: lineOf(c, bad.Line), Item: bad.Item, Why: problemText(c, questions.Problem{Code: bad.Reason.Code, Args: bad.Reason.Args}), Index: strconv.Itoa(i)}
		if bad.Text != "" || bad.Item != "" {
			shown.Mend, shown.Text = &views.Form{Action: importPath(l.N) + "/mend"}, bad.Text
			if shown.Text == "" {
				shown.Text = bad.Item
			}
		}
		p.Problems = append(p.Problems, shown)
	}
}

// arrivals sorts the items by what becomes of them. What is ready is shown page by page.
func arrivals(c *Ctx, l bank.Looked, p *views.Import) {
	page, ready := max(pageOf(c), 1), 0
	for _, a := range l.Intake.Arrivals {
		it := l.Bundle.Items[a.Item]
		row := itemRow(c, it)
		switch {
		case a.Fate == bank.Duplicate:
			p.Duplicates = capped(p.Duplicates, row)
			continue
		case a.Fate == bank.Refused:
			row.Note = problemText(c, questions.Problem{Code: a.Why.Code, Args: a.Why.Args})
			p.Refused = capped(p.Refused, row)
			continue
		case a.Fate == bank.Apart:
			p.Apart++
			likened(c, l, a, p)
			continue
		case a.Fate == bank.Ready && a.Twin != nil:
			likened(c, l, a, p)
		case len(a.Unfit) > 0:
			row.Note = problemText(c, a.Unfit[0])
			p.Drafts = capped(p.Drafts, row)
		}
		if ready++; ready > (page-1)*shownRows && ready <= page*shownRows {
			p.Ready = append(p.Ready, itemRow(c, it))
		}
	}
	if page > 1 {
		p.Before = &views.Link{Text: c.Say("find.before"), URL: fmt.Sprintf("%s?page=%d", importPath(l.N), page-1)}
	}
	if ready > page*shownRows {
		p.After = &views.Link{Text: c.Say("find.after"), URL: fmt.Sprintf("%s?page=%d", importPath(l.N), page+1)}
	}
}

// likened shows an item beside what it is much like.
func likened(c *Ctx, l bank.Looked, a bank.Arrival, p *views.Import) {
	if len(p.Alike) == shownRows {
		return
	}
	one := views.ImportAlike{Item: strconv.Itoa(a.Item), Row: itemRow(c, l.Bundle.Items[a.Item]), Out: a.Fate == bank.Apart,
		Twin: views.Link{Text: short(bank.Plain(kind.Line(a.Twin.Version)))}}
	if a.Twin.Question != 0 {
		one.Twin.URL = writtenPath(a.Twin.Question)
	}
	p.Alike = append(p.Alike, one)
}

func pageOf(c *Ctx) int {
	n, err := strconv.Atoi(c.Query("page"))
	if err != nil || n < 1 || n > 1_000_000 {
		return 1
	}
	return n
}

// capped adds a row unless there are enough to look at.
func capped(rows []views.Row, r views.Row) []views.Row {
	if len(rows) >= shownRows {
		return rows
	}
	return append(rows, r)
}

func itemRow(c *Ctx, it bundle.Item) views.Row {
	b := block(c, it)
	row := views.Row{Text: short(b.Prompt), Note: b.Kind}
	if b.Key != "" {
		row.Note = short(b.Key) + " · " + b.Kind
	}
	if b.Where != "" {
		row.Note += " · " + b.Where
	}
	return row
}

// importSet changes what is wanted of an import.
func (s *Server) importSet(c *Ctx) (string, error) {
	if item := c.Form("item"); item != "" {
		return importPath(c.Int("n")) + "#alike", s.importAlong(c, item)
	}
	in, err := s.Importer.Store.Import(c.Context(), c.Person.ID, c.Int("n"))
	if err != nil {
		return "", err
	}
	w := in.Wish
	w.Keep, w.Learned = c.Form("keep") == "1", c.Form("learned") == "1"
	err = s.Importer.Wishes(c.Context(), c.Person, in.N, in.Bank, c.Form("title"), w)
	return importPath(in.N), err
}

// importAlong takes one item along that is much like another, or all of them, or leaves
// one out.
func (s *Server) importAlong(c *Ctx, item string) error {
	at, err := strconv.Atoi(item)
	if item == "all" {
		at = bank.All
	} else if err != nil || at < 0 {
		return fault.New(fault.Missing, "fault.missing")
	}
	return s.Importer.Along(c.Context(), c.Person, c.Int("n"), at, c.Form("do") != "drop")
}

// importMend reads one item again as it was mended.
func (s *Server) importMend(c *Ctx) (string, error) {
	at, err := strconv.Atoi(c.Form("problem"))
	if err != nil {
		return "", fault.New(fault.Missing, "fault.missing")
	}
	if c.Form("do") == "drop" {
		return importPath(c.Int("n")), s.Importer.Drop(c.Context(), c.Person, c.Int("n"), at)
	}
	err = s.Importer.Mend(c.Context(), c.Person, c.Int("n"), at, c.Form("text"))
	if !fault.Is(err, fault.Invalid) {
		return importPath(c.Int("n")) + "#problems", err
	}
	page, failed := s.importPage(c, err)
	if failed != nil {
		return "", failed
	}
	p := page.(views.Import)
	for i := range p.Problems {
		if p.Problems[i].Index == c.Form("problem") {
			p.Problems[i].Text, p.Problems[i].Error = c.Form("text"), c.field("text", err).Error
		}
	}
	return "", again(p, err)
}

// atOnce is how many items are added while the browser waits.
const atOnce = 500

// importAdd adds what an import brings; much of it in the background.
func (s *Server) importAdd(c *Ctx) (string, error) {
	n := c.Int("n")
	in, err := s.Importer.Store.Import(c.Context(), c.Person.ID, n)
	if err != nil {
		return "", err
	}
	if in.Numbers.Total > atOnce {
		s.Importer.Start(c.Context(), c.Person, n)
		return importPath(n), nil
	}
	_, err = s.Importer.Add(c.Context(), c.Person, n, nil)
	if fault.Is(err, fault.Denied) || fault.Is(err, fault.Conflict) || fault.Is(err, fault.Limited) {
		return "", s.retry(c, s.importPage, err)
	}
	return importPath(n), err
}

// importUndo takes back what an import has added.
func (s *Server) importUndo(c *Ctx) (string, error) {
	_, err := s.Importer.Undo(c.Context(), c.Person, c.Int("n"))
	if fault.Is(err, fault.Conflict) {
		return "", s.retry(c, s.importPage, err)
	}
	return importPath(c.Int("n")), err
}
