package web

import (
	"strconv"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/questions"
	"thaw/questions/kind"
	"thaw/views"
)

// bankID is the bank that a path names.
func (c *Ctx) bankID() questions.BankID { return questions.BankID(c.Int("b")) }

// bankShow is one bank: its topics, its questions, what can be done with it.
func (s *Server) bankShow(c *Ctx) (views.Page, error) {
	p, err := s.bankPage(c)
	if err != nil {
		return nil, err
	}
	p.Open = c.Query("open") == "topics"
	p.Saved = c.Query("saved") == "1"
	return p, nil
}

func (s *Server) bankPage(c *Ctx) (views.Bank, error) {
	d, err := s.Editor.Store.Desk(c.Context(), c.Person.ID, c.bankID())
	if err != nil {
		return views.Bank{}, err
	}
	path, b := bankPath(d.Bank.ID), d.Bank
	all := total(d)
	p := views.Bank{Heading: b.Title, About: b.About, Counts: counts(c, all) + " · " + b.Lang, Banks: "/banks",
		Names: views.Link{Text: c.Say("bank.names"), URL: namesPath(b.ID)}, Texts: sourcesLink(c, b), Mine: !b.BuiltIn, Empty: all.All() == 0 && c.Query("state") != inBin, SignUp: "/sign-up"}
	if c.Person.Known() {
		p.Copy, p.CopyName = &views.Form{Action: path + "/copy", Token: newToken()}, b.Title
	}
	if b.BuiltIn || b.Copied != 0 { // only these can have dates and a text
		p.Others = []views.Link{{Text: c.Say("timeline.title"), URL: aboutPath(b, "timeline")}, {Text: c.Say("who.title"), URL: aboutPath(b, "who")}}
	}
	if p.List, err = s.bankListing(c, d); err != nil {
		return views.Bank{}, err
	}
	p.Topics = topicLines(c, d)
	if p.Mine {
		ownBank(c, d, &p)
	}
	if b.Source != "" {
		p.Source = kind.Markup(b.Source)
	}
	return p, nil
}

// ownBank adds what only the owner can do.
func ownBank(c *Ctx, d bank.Desk, p *views.Bank) {
	path, b := bankPath(d.Bank.ID), d.Bank
	for _, k := range kind.All() {
		p.Kinds = append(p.Kinds, views.Link{Text: c.Say("bank.kind_" + k.Name()), URL: path + "/questions/new?kind=" + k.Name()})
	}
	if d.Updates > 0 {
		p.Updates = &views.Link{Text: c.Say("bank.updates", d.Updates), URL: path + "/updates"}
	}
	p.Binned, p.Order = binned(c), &views.Link{Text: c.Say("order.title"), URL: bankPath(b.ID) + "/order"}
	p.Many, p.Take = &views.Link{Text: c.Say("import.title"), URL: "/import?bank=" + number(b.ID)}, &views.Link{Text: c.Say("export.title"), URL: bankPath(b.ID) + "/export"}
	p.Advice = &views.Link{Text: c.Say("advice.title"), URL: advicePath(b.ID)}
	p.AddTopic = views.TopicForm{Ask: views.Form{Action: path + "/topics", Token: newToken()}, Under: under(c, d.Topics, 0)}
	p.Set = views.BankSettings{Ask: views.Form{Action: path}, Title: views.Field{Value: b.Title}, About: views.Field{Value: b.About}, Lang: views.Field{Value: b.Lang}}
	p.CopyName = c.Say("bank.copy_of", b.Title)
	p.Bin = &views.Form{Action: path + "/bin"}
}

func total(d bank.Desk) bank.Counts {
	var all bank.Counts
	for _, n := range d.Counts {
		all.Draft, all.Live, all.Retired = all.Draft+n.Draft, all.Live+n.Live, all.Retired+n.Retired
	}
	return all
}

// topicLines are the topics as a tree of filters.
func topicLines(c *Ctx, d bank.Desk) []views.TopicLine {
	path, chosen := bankPath(d.Bank.ID), idOf[questions.TopicID](c.Query("topic"))
	all := total(d)
	lines := []views.TopicLine{{Title: c.Say("bank.topics_all"), Depth: "0", Count: strconv.Itoa(all.Live + all.Draft), URL: path, Active: chosen == 0}}
	for _, t := range d.Topics.Tree() {
		id := number(t.ID)
		n := d.Counts[t.ID]
		lines = append(lines, views.TopicLine{Title: t.Title, Depth: strconv.Itoa(t.Depth), Count: strconv.Itoa(n.Live + n.Draft),
			URL: path + "?topic=" + id, Active: t.ID == chosen, Change: views.Form{Action: path + "/topics/" + id},
			Under: under(c, d.Topics, t.ID), Remove: n.All() == 0})
	}
	return lines
}

// under lists what a topic can be moved under: nothing, or another topic.
func under(c *Ctx, topics bank.Outline, id questions.TopicID) []views.Option {
	list := []views.Option{{Value: "0", Text: c.Say("bank.topic_top")}}
	kin := topics.Under(id)
	for _, t := range topics.Tree() {
		if !kin[t.ID] {
			list = append(list, views.Option{Value: number(t.ID), Text: indent(t), Chosen: parentOf(topics, id) == t.ID})
		}
	}
	return list
}

func parentOf(topics bank.Outline, id questions.TopicID) questions.TopicID {
	for _, t := range topics {
		if t.ID == id && id != 0 {
			return t.Parent
		}
	}
	return 0
}

// indent shows in a list how deep a topic lies.
func indent(t bank.Branch) string {
	mark := ""
	for range t.Depth {
		mark += "– "
	}
	return mark + t.Title
}

// bankSet changes a bank's title, about and language.
func (s *Server) bankSet(c *Ctx) (string, error) {
	err := s.Editor.SetBank(c.Context(), c.Person, bank.Bank{ID: c.bankID(), Title: c.Form("title"), About: c.Form("about"), Lang: c.Form("lang")})
	if !fielded(err) {
		return bankPath(c.bankID()) + "?saved=1", err
	}
	p, failed := s.ownPage(c)
	if failed != nil {
		return "", failed
	}
	p.Error = c.fault(err)
	p.Set.Title, p.Set.About, p.Set.Lang, p.Set.Open = c.field("title", err), c.field("about", err), c.field("lang", err), true
	return "", again(p, err)
}

// ownPage is the page of a bank that the person may change.
func (s *Server) ownPage(c *Ctx) (views.Bank, error) {
	p, err := s.bankPage(c)
	if err == nil && !p.Mine {
		return p, fault.New(fault.Missing, "fault.missing")
	}
	return p, err
}

// bankCopy makes a bank of one's own out of another.
func (s *Server) bankCopy(c *Ctx) (string, error) {
	id, err := s.Editor.Copy(c.Context(), c.Person, c.bankID(), c.Form("title"), c.Form("token"))
	return bankPath(id), err
}

// bankBin puts a bank into the bin, or takes it out.
func (s *Server) bankBin(c *Ctx) (string, error) {
	gone := c.Form("do") != "back"
	err := s.Editor.Bin(c.Context(), c.Person, c.bankID(), gone)
	if gone {
		return "/banks?binned=" + c.Param("b"), err
	}
	return bankPath(c.bankID()), err
}

// topicAdd makes a topic.
func (s *Server) topicAdd(c *Ctx) (string, error) {
	err := s.Editor.AddTopic(c.Context(), c.Person, c.bankID(), c.Form("title"), idOf[questions.TopicID](c.Form("under")), c.Form("token"))
	return s.topicDone(c, err)
}

// topicChange renames, moves, shifts or removes a topic.
func (s *Server) topicChange(c *Ctx) (string, error) {
	id := questions.TopicID(c.Int("t"))
	return s.topicDone(c, s.Editor.Arrange(c.Context(), c.Person, c.bankID(), func(d bank.Desk) (bank.Outline, error) {
		switch c.Form("do") {
		case "move":
			return d.Topics.Move(id, idOf[questions.TopicID](c.Form("under")))
		case "up":
			return d.Topics.Shift(id, -1)
		case "down":
			return d.Topics.Shift(id, 1)
		case "remove":
			return d.Topics.Remove(id, d.Counts[id].All())
		}
		return d.Topics.Rename(id, c.Form("title"))
	}))
}

// topicDone leads back to the topics, with what kept them from changing.
func (s *Server) topicDone(c *Ctx, err error) (string, error) {
	if !formal(err) {
		return bankPath(c.bankID()) + "?open=topics", err
	}
	p, failed := s.ownPage(c)
	if failed != nil {
		return "", failed
	}
	p.Error, p.Open = c.fault(err), true
	if c.Param("t") == "" {
		p.AddTopic.Value = c.field("title", err)
	} else if wrong := c.field("title", err).Error; wrong != "" {
		p.Error = wrong
	}
	return "", again(p, err)
}

// updatesShow is what the originals of a bank's questions have newer.
func (s *Server) updatesShow(c *Ctx) (views.Page, error) {
	u, err := s.Editor.Store.Updates(c.Context(), c.Person.ID, c.bankID(), 0)
	if err != nil {
		return nil, err
	}
	p := views.Updates{Bank: views.Link{Text: u.Bank.Title, URL: bankPath(u.Bank.ID)}, More: u.More}
	for _, one := range u.List {
		v := one.Mine.Version
		p.Rows = append(p.Rows, views.UpdateRow{Heading: bank.Plain(kind.Line(v)), Lang: v.Lang,
			Fields: changes(c, bank.Compare(bank.Lines(v, "", c.Say), bank.Lines(one.Its, "", c.Say)), v.Lang),
			Do:     views.Form{Action: writtenPath(one.Mine.ID) + "/update"}})
	}
	return p, nil
}

// updateAnswer takes an original's wording over, or keeps one's own.
func (s *Server) updateAnswer(c *Ctx) (string, error) {
	id := questions.QuestionID(c.Int("q"))
	if err := s.Editor.Update(c.Context(), c.Person, id, c.Form("do") == "take"); err != nil {
		return "", err
	}
	w, err := s.Editor.Store.Work(c.Context(), c.Person.ID, bank.Place{Question: id})
	return bankPath(w.Bank.ID) + "/updates", err
}
