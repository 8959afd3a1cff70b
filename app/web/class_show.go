package web

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"thaw/app/fsrs"
	"thaw/app/people"
	"thaw/app/report"
	"thaw/questions"
	"thaw/questions/kind"
	"thaw/views"
	"thaw/views/chart"
	"thaw/views/ui"
)

// attention is how many questions stand in the open; the rest is folded up.
const attention = 10

// classShow is how a class does. While nobody in it has answered, it shows the
// code for the board.
func (s *Server) classShow(c *Ctx) (views.Page, error) { return s.classPage(c, nil) }

func (s *Server) classPage(c *Ctx, tried error) (views.Page, error) {
	r, err := s.Reporter.Class(c.Context(), c.Person, c.class())
	if err != nil {
		return nil, err
	}
	path := classPath(r.Class.ID)
	p := views.Class{Name: r.Class.Name, Code: views.Link{Text: people.SpellCode(r.Class.Code), URL: path + "/code"},
		Settings: path + "/settings", Mixups: path + "/mixups", Lens: path + "/questions", Students: path + "/students", Teachers: path + "/teachers", Work: assignsPath(r.Class.ID),
		Try: views.Form{Action: path + "/try", Token: newToken()}, TryBad: c.fault(tried), Reload: path, Away: !r.Class.Used()}
	if len(r.Pupils) == 0 {
		p.Line = c.Say("class.empty_away")
		if r.Class.Used() {
			board := s.board(c, r.Class)
			p.Line, p.Board = c.Say("class.empty"), &board
		}
		return p, nil
	}
	p.Line = c.Say("class.line", len(r.Pupils), r.Active)
	if r.Active == 0 {
		p.Line = c.Say("class.line_quiet", len(r.Pupils))
	}
	if r.Class.Used() && !slices.ContainsFunc(r.Pupils, func(p report.Pupil) bool { return p.Answers > 0 }) {
		board := s.board(c, r.Class) // the lesson has just begun: others are to come
		p.Board = &board
	}
	p.CSV = path + "/class.csv"
	p.Orders, p.Pupils = s.pupilRows(c, r, path)
	return p, s.askedRows(c, r, &p)
}

// standing is a pupil with the facts met counted on the thaw scale.
type standing struct {
	report.Pupil
	counts [7]int
}

// holds counts what is remembered well: holding or better.
func (s standing) holds() int { return s.counts[ui.Mild] + s.counts[ui.Warm] + s.counts[ui.Glowing] }

func (s standing) met() int {
	met := 0
	for _, n := range s.counts[1:] {
		met += n
	}
	return met
}

// pupilOrders are the ways to list a class, the usual one first: by name, as
// they come.
var pupilOrders = []struct {
	name string
	less func(a, b standing) int
}{
	{"name", func(_, _ standing) int { return 0 }},
	{"right", func(a, b standing) int {
		if a.First.Sure() != b.First.Sure() {
			return cmp.Compare(b.First.Of, a.First.Of) // who has too few answers comes last
		}
		return cmp.Compare(a.First.Share, b.First.Share)
	}},
	{"memory", func(a, b standing) int { return cmp.Compare(a.holds(), b.holds()) }},
	{"last", func(a, b standing) int { return cmp.Compare(lastDay(a.Pupil), lastDay(b.Pupil)) }},
}

func lastDay(p report.Pupil) fsrs.Day {
	if p.Answers == 0 {
		return 0
	}
	return p.Last
}

func (s *Server) pupilRows(c *Ctx, r report.Class, path string) ([]views.Link, []views.PupilRow) {
	list := make([]standing, len(r.Pupils))
	for i, p := range r.Pupils {
		list[i].Pupil = p
		for _, m := range p.Memory {
			list[i].counts[ui.Scale(m.Recall, m.Stability, m.Seen)]++
		}
		list[i].counts[ui.Unseen] = max(r.Facts-list[i].met(), 0)
	}
	orders := make([]views.Link, len(pupilOrders))
	chosen := 0
	for i, o := range pupilOrders {
		orders[i] = views.Link{Text: c.Say("class.order_" + o.name), URL: path + "?sort=" + o.name}
		if o.name == c.Query("sort") {
			chosen = i
		}
	}
	orders[chosen].URL = ""
	slices.SortStableFunc(list, pupilOrders[chosen].less)
	rows := make([]views.PupilRow, len(list))
	for i, p := range list {
		rows[i] = s.pupilRow(c, r, p)
	}
	return orders, rows
}

func (s *Server) pupilRow(c *Ctx, r report.Class, p standing) views.PupilRow {
	row := views.PupilRow{Name: p.Name, URL: pupilPath(p.Member), Joined: c.ago(p.Joined), Answers: strconv.Itoa(p.Answers),
		Last: c.Say("class.last_never"), Memory: chart.Small{Lang: c.Lang(), Counts: p.counts}, Known: c.Say("class.memory_none"),
		RightRange: c.Say("class.right_few")}
	if p.Answers > 0 {
		row.Last = lastAnswer(c, r, p.Pupil)
	}
	if met := p.met(); met > 0 {
		row.Known = c.Say("class.memory_some", p.holds(), met)
	}
	if p.First.Sure() {
		row.Right, row.RightRange = c.percent(p.First.Share), c.span(p.First).Said()
	}
	return row
}

func (c *Ctx) percent(share float64) string { return c.Say("chart.percent", int(share*100+0.5)) }

func (c *Ctx) span(s report.Share) chart.Span {
	return chart.Span{Lang: c.Lang(), Low: s.Low, Share: s.Share, High: s.High}
}

// askedRows fills the questions in, what needs attention first, and the facts.
func (s *Server) askedRows(c *Ctx, r report.Class, p *views.Class) error {
	var refs []questions.Ref
	for _, a := range r.Asked {
		refs = append(refs, a.Ref)
	}
	for _, l := range r.Losing {
		refs = append(refs, l.Ref)
	}
	versions, err := s.Shelf.Versions(c.Context(), refs)
	if err != nil {
		return err
	}
	p.Fade = classFade(c, r.Topics)
	if p.Board == nil {
		faulty, err := s.Reporter.Faulty(c.Context(), c.Person, r.Roll)
		if err != nil {
			return err
		}
		p.Monday = monday(c, r, faulty, versions)
		p.Monday.Fades = p.Fade != nil
	}
	if len(r.Asked) == 0 {
		p.Quiet = c.Say("class.asked_none")
	}
	for i, a := range r.Asked {
		row := askedRow(c, a, versions[a.Ref])
		row.URL = lensPath(a.Ref.Question) + "?class=" + r.Class.ID.String()
		switch {
		case !a.First.Sure():
			p.Few = append(p.Few, row)
		case i < attention:
			p.Asked = append(p.Asked, row)
		default:
			p.Well = append(p.Well, row)
		}
	}
	return nil
}

func askedRow(c *Ctx, a report.Asked, v questions.Version) views.AskedRow {
	row := views.AskedRow{Prompt: kind.Inline(kind.Line(v)), Count: c.Say("report.few", a.First.Of)}
	if a.Kind == questions.Flash {
		row.Note = c.Say("class.asked_self")
	}
	if !a.First.Sure() {
		return row
	}
	row.Rate, row.Span = c.percent(a.First.Share), c.span(a.First)
	row.Count = c.Say("class.asked_count", a.First.Hits, a.First.Of, row.Span.Said())
	if a.First.High < 0.5 {
		row.Sign = c.Say("class.asked_low")
	}
	if a.MissN > 1 {
		row.Miss = c.Say("class.asked_miss", a.Miss, a.MissN, a.First.Of-a.First.Hits)
	}
	return row
}

// board is a class's code as it stands on the board.
func (s *Server) board(c *Ctx, class people.Class) views.Board {
	address := s.site(c) + "/join"
	letters := strings.Split(class.Code, "")
	_, plain, _ := strings.Cut(address, "://")
	link := address + "/" + class.Code
	return views.Board{Code: people.SpellCode(class.Code), Letters: strings.Join(letters, ", "), Address: plain,
		QR: ui.QR{Text: link, Label: c.Say("board.qr", link)}}
}

// site is the address that people use.
func (s *Server) site(c *Ctx) string {
	if c.School.URL != "" {
		return c.School.URL
	}
	return s.URL
}
