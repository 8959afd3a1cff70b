package web

import (
	"errors"
	"net/url"
	"strings"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/questions"
	"thaw/questions/kind"
	"thaw/views"
)

// questionID is the question that a path names.
func (c *Ctx) questionID() questions.QuestionID { return questions.QuestionID(c.Int("q")) }

// work loads one of the person's own questions; a card's other direction is
// written with the card.
func (s *Server) work(c *Ctx, id questions.QuestionID) (bank.Work, error) {
	w, err := s.Editor.Store.Work(c.Context(), c.Person.ID, bank.Place{Question: id})
	if err == nil && w.Question.Reverses != 0 {
		return w, away{writtenPath(w.Question.Reverses)}
	}
	return w, err
}

// questionNew is the editor of a question that is not written yet.
func (s *Server) questionNew(c *Ctx) (views.Page, error) {
	k, err := kindOf(c.Query("kind"))
	if err != nil {
		return nil, err
	}
	w, err := s.Editor.Store.Work(c.Context(), c.Person.ID, bank.Place{Bank: c.bankID()})
	if err != nil {
		return nil, err
	}
	return s.editPage(c, blank(c, w, k))
}

// questionAdd stores a new question.
func (s *Server) questionAdd(c *Ctx) (string, error) {
	w, err := s.Editor.Store.Work(c.Context(), c.Person.ID, bank.Place{Bank: c.bankID()})
	if err != nil {
		return "", err
	}
	return s.write(c, w, bank.Place{Bank: c.bankID()})
}

// questionOpen is the editor of a question.
func (s *Server) questionOpen(c *Ctx) (views.Page, error) {
	w, err := s.work(c, c.questionID())
	if err != nil {
		return nil, err
	}
	p, err := s.editPage(c, stored(w))
	p.Saved = c.Query("saved") == "1"
	return p, err
}

// questionSet stores what has become of a question.
func (s *Server) questionSet(c *Ctx) (string, error) {
	w, err := s.work(c, c.questionID())
	if err != nil {
		return "", err
	}
	return s.write(c, w, bank.Place{Question: c.questionID()})
}

// write stores the form that was sent, or shows it again.
func (s *Server) write(c *Ctx, w bank.Work, at bank.Place) (string, error) {
	name := c.Form("kind")
	if w.Question.ID != 0 {
		name = w.Question.Kind
	}
	k, err := kindOf(name)
	if err != nil {
		return "", err
	}
	suggested(c.form)
	if c.Form("do") == "picture" {
		return "", s.pictureAdd(c, w, k)
	}
	sh := filled(c, w, k)
	if c.Form("do") == "more" || c.Form("suggest") != "" {
		page, err := s.editPage(c, sh)
		return "", errors.Join(err, look(page))
	}
	id, err := s.Editor.Write(c.Context(), c.Person, at, sh.form)
	switch {
	case fault.Is(err, fault.Invalid), fault.Is(err, fault.Denied):
		return "", s.editAgain(c, sh.wrong(err), err)
	case fault.Is(err, fault.Conflict):
		return "", s.conflict(c, sh, at, err)
	}
	return writtenPath(id) + "?saved=1", err
}

// suggested puts a wrong option that was taken from the suggestions into the first empty
// row, or into one more.
func suggested(form url.Values) {
	name := form.Get("suggest")
	if name == "" {
		return
	}
	for i, text := range form["option"] {
		if strings.TrimSpace(text) == "" {
			form["option"][i] = name
			return
		}
	}
	form["option"] = append(form["option"], name)
}

// editAgain shows a form again with what is wrong.
func (s *Server) editAgain(c *Ctx, sh sheet, wrong error) error {
	page, err := s.editPage(c, sh)
	if err != nil {
		return err
	}
	page.Error = c.fault(wrong)
	return again(page, wrong)
}

// conflict shows what the person wrote beside what has been stored meanwhile;
// saving it once more puts it in its place.
func (s *Server) conflict(c *Ctx, sh sheet, at bank.Place, wrong error) error {
	if at.Question == 0 {
		at = bank.WrittenBy(sh.form.Token, at)
	}
	w, err := s.Editor.Store.Work(c.Context(), c.Person.ID, at)
	if err != nil {
		return err
	}
	mine := sh.form.Version
	sh.work, sh.form.Base = w, w.Question.Latest
	page, err := s.editPage(c, sh)
	if err != nil {
		return err
	}
	page.Error = c.fault(wrong)
	page.Newer = changes(c, bank.Compare(bank.Lines(w.Question.Version, "", c.Say), bank.Lines(mine, "", c.Say)), mine.Lang)
	return again(page, wrong)
}

// editPage is the page around an editor.
func (s *Server) editPage(c *Ctx, sh sheet) (views.QuestionEdit, error) {
	w, k := sh.work, sh.form.Version.Kind
	action := bankPath(w.Bank.ID) + "/questions"
	p := views.QuestionEdit{Heading: c.Say("edit.new", c.Say("bank.kind_"+k)), Bank: views.Link{Text: w.Bank.Title, URL: bankPath(w.Bank.ID)}}
	if w.Question.ID != 0 {
		action = writtenPath(w.Question.ID)
		existing(c, w, &p)
	}
	if !c.Person.Known() {
		p.Keep = &views.Link{Text: c.Say("nav.sign_up"), URL: "/sign-up"}
	}
	var err error
	p.Edit, err = s.editor(c, sh, action)
	return p, err
}

// existing adds what can be done with a question that is stored.
func existing(c *Ctx, w bank.Work, p *views.QuestionEdit) {
	path, q := writtenPath(w.Question.ID), w.Question
	label := c.Say("bank.kind_" + q.Kind)
	p.Heading, p.State = c.Say("edit.heading", label), c.Say("find.state_"+string(q.State))
	p.Versions = &views.Link{Text: c.Say("edit.versions", q.Latest), URL: path + "/versions"}
	if c.Person.Teaches() {
		p.Rule = &views.Link{Text: c.Say("ruling.link"), URL: draftPath(q.ID)}
		p.Lens = &views.Link{Text: c.Say("lens.link"), URL: lensPath(q.ID)}
	}
	topic := "&topic=" + number(q.Topic)
	if len(q.Tags) > 0 {
		topic += "&tags=" + url.QueryEscape(joinTags(q.Tags))
	}
	p.Another = &views.Link{Text: c.Say("edit.another", label), URL: bankPath(w.Bank.ID) + "/questions/new?kind=" + q.Kind + topic}
	if facts := q.Version.Facts(); len(facts) > 0 {
		p.Same = &views.Link{Text: c.Say("edit.same_fact"), URL: bankPath(w.Bank.ID) + "/questions/new?kind=" + otherKind(q.Kind) + topic + "&fact=" + number(facts[0])}
	}
	for _, to := range bank.States {
		if to == q.State || to == bank.Draft && q.State == bank.Retired {
			continue
		}
		p.Life = append(p.Life, views.StateForm{Ask: views.Form{Action: path + "/state"}, Value: string(to),
			Label: c.Say("edit.to_" + string(to)), Why: c.Say("edit.why_" + string(to))})
	}
	p.Life = append(p.Life, views.StateForm{Ask: views.Form{Action: path + "/bin"}, Value: inBin, Label: c.Say("bin.do"), Why: c.Say("bin.why", bank.BinDays)})
}

// otherKind is a way to ask the same fact otherwise: options become typing, and
// all else becomes options.
func otherKind(name string) string {
	if name == questions.Choice {
		return questions.Text
	}
	return kind.All()[0].Name()
}

// questionState makes a question live, a draft or retired.
func (s *Server) questionState(c *Ctx) (string, error) {
	id := c.questionID()
	to := bank.Draft
	for _, state := range bank.States {
		if c.Form("state") == string(state) {
			to = state
		}
	}
	err := s.Editor.SetState(c.Context(), c.Person, id, to)
	if !fault.Is(err, fault.Invalid) {
		return writtenPath(id) + "?saved=1", err
	}
	w, failed := s.work(c, id)
	if failed != nil {
		return "", failed
	}
	return "", s.editAgain(c, stored(w).wrong(err), err)
}
