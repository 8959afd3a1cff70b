package web

import (
	"context"
	"encoding/base64"
	"errors"
	"time"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/app/people"
	"thaw/questions"
	"thaw/questions/kind"
	"thaw/views"
)

// teachLife is how long the page of a first question may be filled in.
const teachLife = 24 * time.Hour

// firstPage is what the page of a first question carries, since nothing is
// stored when it is looked at.
type firstPage struct {
	Nonce string
	Ends  int64 // Unix seconds
}

// teachShow lets somebody who only looks around write one question; who has
// written it sees it as pupils do, and how to keep it. Who has an account has
// banks.
func (s *Server) teachShow(c *Ctx) (views.Page, error) {
	if c.Person.Known() {
		return c.Go("/banks")
	}
	if id, err := s.firstQuestion(c); err != nil || id != 0 {
		return s.taughtPage(c, id, err)
	}
	k, err := kindOf(c.Query("kind"))
	if err != nil {
		k = kind.All()[0]
	}
	sh := blank(c, bank.Work{Bank: bank.Bank{Lang: c.Lang()}}, k)
	if sh.form.Token, err = s.sealFirst(c.Context()); err != nil {
		return nil, err
	}
	return s.teachPage(c, sh)
}

// firstQuestion is the question that a guest has written, 0 for none.
func (s *Server) firstQuestion(c *Ctx) (questions.QuestionID, error) {
	if !c.Known() {
		return 0, nil
	}
	found, err := s.Editor.Store.Find(c.Context(), c.Person.ID, bank.Search{Sort: bank.Oldest, Page: 1})
	if err != nil || len(found.Rows) == 0 {
		return 0, err
	}
	return found.Rows[0].ID, nil
}

func (s *Server) taughtPage(c *Ctx, id questions.QuestionID, err error) (views.Page, error) {
	if err != nil {
		return nil, err
	}
	w, err := s.work(c, id)
	if err != nil {
		return nil, err
	}
	p := views.Taught{SignUp: "/sign-up", Edit: writtenPath(id)}
	p.Preview, err = s.preview(c, stored(w), nil)
	return p, err
}

func (s *Server) teachPage(c *Ctx, sh sheet) (views.Teach, error) {
	p := views.Teach{SignIn: "/sign-in?next=/banks"}
	for _, k := range kind.All() {
		p.Kinds = append(p.Kinds, views.TeachKind{Text: c.Say("bank.kind_" + k.Name()), URL: "/teach?kind=" + k.Name(), Active: k.Name() == sh.form.Version.Kind})
	}
	var err error
	p.Edit, err = s.editor(c, sh, "/teach")
	p.Edit.Save, p.Edit.Draft, p.Edit.Place, p.Edit.Reverse = c.Say("teach.save"), false, false, nil
	return p, err
}

// teachAdd stores the first question of somebody who looks around. A stranger
// becomes a guest with it: guest, bank and question follow from the page's nonce,
// so that a doubled submit meets the same.
func (s *Server) teachAdd(c *Ctx) (string, error) {
	if c.Person.Known() {
		return "/banks", nil
	}
	k, err := kindOf(c.Form("kind"))
	if err != nil {
		return "", err
	}
	sh := filled(c, bank.Work{Bank: bank.Bank{Lang: c.Lang()}}, k)
	if c.Form("do") == "more" {
		page, err := s.teachPage(c, sh)
		return "", errors.Join(err, look(page))
	}
	if err := s.begin(c, sh.form); err != nil {
		return "", s.teachAgain(c, sh.wrong(err), err)
	}
	return "/teach", nil
}

func (s *Server) begin(c *Ctx, f bank.Form) error {
	nonce, err := s.openFirst(c.Context(), f.Token)
	if err != nil {
		return err
	}
	f.State, f.NewTopic, f.Reversed, f.Fact = bank.Live, c.Say("edit.topic_first"), false, 0
	if f.Token, err = s.firstToken(c.Context(), nonce); err != nil {
		return err
	}
	fresh := bank.Bank{Title: c.Say("teach.bank"), Lang: c.Lang()}
	if c.Known() {
		_, err = s.Editor.Begin(c.Context(), c.Person, nil, fresh, f)
		return err
	}
	opened, words, err := s.Desk.Newcomer(c.Context(), nonce, c.Address, c.Lang(), c.zone())
	if err != nil {
		return err
	}
	newcomer := &people.Newcomer{Person: opened.Person, Session: opened.Session, Words: words}
	if _, err = s.Editor.Begin(c.Context(), opened.Person, newcomer, fresh, f); err == nil {
		c.SignIn(opened)
	}
	return err
}

// teachAgain shows the form again; a page that had become too old gets a new
// token, and nothing that was written is lost.
func (s *Server) teachAgain(c *Ctx, sh sheet, wrong error) error {
	if !formal(wrong) && !fault.Is(wrong, fault.Denied) {
		return wrong
	}
	var err error
	if len(sh.problems) == 0 {
		if sh.form.Token, err = s.sealFirst(c.Context()); err != nil {
			return err
		}
	}
	p, err := s.teachPage(c, sh)
	if err != nil {
		return err
	}
	p.Error = c.fault(wrong)
	return again(p, wrong)
}

func (s *Server) sealFirst(ctx context.Context) (string, error) {
	return s.seal(ctx, "first question", firstPage{newToken(), s.Now().Add(teachLife).Unix()})
}

// openFirst reads the nonce of a page; fault.Invalid for one that is not ours, or
// too old.
func (s *Server) openFirst(ctx context.Context, token string) (string, error) {
	var page firstPage
	if err := s.unseal(ctx, "first question", token, &page); err != nil {
		return "", err
	}
	if s.Now().Unix() > page.Ends {
		return "", fault.New(fault.Invalid, "fault.page_old")
	}
	return page.Nonce, nil
}

// firstToken is a page's nonce as it is stored: the nonce itself would let whoever
// reads the database into the guest's session.
func (s *Server) firstToken(ctx context.Context, nonce string) (string, error) {
	sum, err := s.Desk.Sign(ctx, "first question", []byte(nonce))
	return base64.RawURLEncoding.EncodeToString(sum), err
}
