package web

import (
	"context"
	"fmt"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/app/quiz"
	"thaw/app/study"
	"thaw/questions"
	"thaw/questions/kind"
	"thaw/views"
)

// readBank is the bank that a reading page is about: the one of the path, else the
// built-in one. One that the person may not study is fault.Missing.
func (s *Server) readBank(c *Ctx) (bank.Contents, error) {
	banks, err := s.Shelf.For(c.Context(), c.Person.ID)
	if err != nil {
		return bank.Contents{}, err
	}
	id := c.bankID()
	for _, b := range banks {
		if b.Bank.ID == id || c.Param("b") == "" && b.Bank.BuiltIn {
			return b, nil
		}
	}
	return bank.Contents{}, fault.New(fault.Missing, "fault.missing")
}

// aboutPath is the address of a page about a bank: read, timeline or who.
func aboutPath(b bank.Bank, page string) string {
	if b.BuiltIn {
		return "/" + page
	}
	return bankPath(b.ID) + "/" + page
}

// passagePath is where a passage stands, marked.
func passagePath(b bank.Bank, slug string) string {
	return aboutPath(b, "read") + "?p=" + slug + "#" + slug
}

// others lists the pages about a bank that have something to show, but for one.
func others(c *Ctx, b bank.Contents, page string) (links []views.Link) {
	for _, p := range []struct {
		name string
		has  bool
	}{{"read", len(b.Sections) > 0}, {"timeline", len(b.Dated()) > 0}, {"who", len(b.Lexicon.Entities) > 0}} {
		if p.has && p.name != page {
			links = append(links, views.Link{Text: c.Say(p.name + ".title"), URL: aboutPath(b.Bank, p.name)})
		}
	}
	return links
}

// readShow is the reading text behind a bank; ?p= marks a passage. It asks about each
// section what was not answered there today.
func (s *Server) readShow(c *Ctx) (views.Page, error) {
	b, err := s.readBank(c)
	if err != nil {
		return nil, err
	}
	if len(b.Sections) == 0 {
		return nil, fault.New(fault.Missing, "fault.missing")
	}
	return s.readPage(c, b, kept{})
}

// kept is an answer that could not be stored, and why.
type kept struct {
	section string
	landing quiz.Landing
	token   string
	err     error
}

func (s *Server) readPage(c *Ctx, b bank.Contents, k kept) (views.Page, error) {
	r, err := s.reader(c, b)
	if err != nil {
		return nil, err
	}
	marked := c.Query("p")
	p := views.Read{Heading: b.Bank.Title, About: b.Bank.About, Source: kind.Markup(b.Bank.Source), Others: others(c, b, "read")}
	for _, section := range b.Sections {
		shown := views.Section{Slug: section.Slug, Title: section.Title}
		for _, passage := range section.Passages {
			shown.Passages = append(shown.Passages, views.Stretch{Slug: passage.Slug,
				Text: kind.Inline(passage.Text), Marked: passage.Slug == marked})
		}
		if section.Slug == k.section {
			shown.Ask, err = s.readKept(c, b, k)
		} else {
			shown.Ask, err = s.reading(c, r, section)
		}
		if err != nil {
			return nil, err
		}
		p.Sections = append(p.Sections, shown)
	}
	return p, nil
}

// reader is somebody who reads a bank's text, with what they answered there today.
type reader struct {
	contents bank.Contents
	cards    []study.Card
	turns    []quiz.Turn
	day      string
}

func (s *Server) reader(c *Ctx, b bank.Contents) (r reader, err error) {
	days := study.Calendar(c.Person.Location())
	today := days.Day(s.Now())
	r = reader{contents: b, day: fmt.Sprint(today)}
	if !c.Known() {
		return r, nil
	}
	if r.cards, _, err = s.Coach.Store.Memory(c.Context(), c.Person.ID); err != nil {
		return r, err
	}
	r.turns, err = s.Host.Store.Readings(c.Context(), c.Person.ID, days.Begin(today))
	return r, err
}

// reading is what stands after a section: the verdict on today's answer, else a question,
// or nothing.
func (s *Server) reading(c *Ctx, r reader, section bank.Section) (*views.Reading, error) {
	for _, t := range r.turns {
		if in, ok := asksAbout(r.contents, t.Item.Facts); ok && in.Slug == section.Slug && t.Item.Bank == r.contents.Bank.ID {
			return s.readVerdict(c, r, t)
		}
	}
	seed, err := s.Desk.Sign(c.Context(), "reading order", []byte(r.day), []byte(number(r.contents.Bank.ID)), []byte(section.Slug))
	if err != nil {
		return nil, err
	}
	landing, version, ok, err := s.Host.Ask(c.Context(), r.contents, section, r.cards, seed)
	if err != nil || !ok {
		return nil, err
	}
	landing.Nonce = newToken()
	token, err := s.seal(c.Context(), readingPurpose, sealed{landing, s.Now().Add(readingLife).Unix()})
	return s.readAsk(c, r.contents, questions.Asked{Version: version}, token), err
}

// asksAbout is the section that a question about these facts stands after.
func asksAbout(b bank.Contents, facts []questions.FactID) (bank.Section, bool) {
	if len(facts) == 0 {
		return bank.Section{}, false
	}
	f, _ := b.Fact(facts[0])
	for _, section := range b.Sections {
		if section.Holds(f.Passage) {
			return section, true
		}
	}
	return bank.Section{}, false
}

func (s *Server) readAsk(c *Ctx, b bank.Contents, asked questions.Asked, token string) *views.Reading {
	asked.Say = c.Say
	k, _ := kind.Of(asked.Version.Kind)
	return &views.Reading{Ask: views.Form{Action: aboutPath(b.Bank, "read"), Token: token}, Widget: k.Ask(asked)}
}

func (s *Server) readVerdict(c *Ctx, r reader, t quiz.Turn) (*views.Reading, error) {
	v, err := s.Shelf.Version(c.Context(), t.Item.Ref)
	if err != nil {
		return nil, err
	}
	cards := study.ByFact(r.cards)
	for _, f := range t.Item.Facts {
		if card, ok := cards[f]; ok {
			t.Cards = append(t.Cards, card)
		}
	}
	item := shown{turn: t, version: v.In(t.Item.Order), contents: r.contents, person: c.Person, now: s.Now()}
	verdict := item.verdict(nil)
	return &views.Reading{Verdict: &verdict}, nil
}

// readAnswer takes an answer given while reading and comes back to its place. A stranger
// becomes a guest with it.
func (s *Server) readAnswer(c *Ctx) (string, error) {
	b, err := s.readBank(c)
	if err != nil {
		return "", err
	}
	token := c.Form("token")
	landing, err := s.openSealed(c.Context(), readingPurpose, token)
	if err != nil {
		return "", err
	}
	version, err := s.Shelf.Version(c.Context(), landing.Ref)
	if err != nil {
		return "", err
	}
	section, ok := asksAbout(b, version.Facts())
	if !ok || landing.Bank != b.Bank.ID {
		return "", fault.New(fault.Missing, "fault.missing")
	}
	if _, err = s.landed(c, landing, s.Host.Read); fault.Is(err, fault.Limited) || unsaved(err) {
		return "", s.keepReading(c, b, kept{section.Slug, landing, token, err})
	}
	return aboutPath(b.Bank, "read") + "#ask-" + section.Slug, err
}

// keepReading shows the page again with the answer that could not be stored.
func (s *Server) keepReading(c *Ctx, b bank.Contents, k kept) error {
	c.ctx = context.WithoutCancel(c.ctx)
	page, err := s.readPage(c, b, k)
	if err != nil {
		return k.err
	}
	return again(page, k.err)
}

func (s *Server) readKept(c *Ctx, b bank.Contents, k kept) (*views.Reading, error) {
	version, err := s.Shelf.Version(c.Context(), k.landing.Ref)
	if err != nil {
		return nil, err
	}
	r := s.readAsk(c, b, questions.Asked{Version: version.In(k.landing.Order), Given: c.Values("answer")}, k.token)
	r.Error = c.fault(k.err)
	if unsaved(k.err) {
		r.Error = c.Say("fault.not_saved")
	}
	return r, nil
}
