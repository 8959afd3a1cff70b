package web

import (
	"context"
	"mime/multipart"
	"net/url"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"thaw/app/people"
	"thaw/views"
	"thaw/views/text"
)

// Ctx is one request as a handler sees it: copies only, nothing lent.
type Ctx struct {
	Person  people.Person
	Session people.Session
	School  people.School
	Address string // of the client
	Path    string

	ctx    context.Context
	params map[string]string
	query  url.Values
	form   url.Values
	sent   *multipart.Form // with files; nil: there were none
	lang   string          // of a visitor whom nobody knows
	cookie string          // the browser's way in, as it came
	came   string          // the page of ours that led here, "" for none
	now    time.Time

	opened *people.Opened // a way in to hand to the browser
	leaves bool           // the browser's way in is taken back
}

// Context bounds what the request may wait for.
func (c *Ctx) Context() context.Context { return c.ctx }

// Known tells whether somebody is here, by name or as a guest.
func (c *Ctx) Known() bool { return c.Person.ID != 0 }

// Form is the first value of a field.
func (c *Ctx) Form(name string) string { return c.form.Get(name) }

// Values are all values of a field, in order.
func (c *Ctx) Values(name string) []string { return c.form[name] }

// Query is a parameter behind the question mark.
func (c *Ctx) Query(name string) string { return c.query.Get(name) }

// Param is a part of the path.
func (c *Ctx) Param(name string) string { return c.params[name] }

// Int is a counting number of the path, 0 for what is none. A thing has one
// address: 07 and +7 are not 7.
func (c *Ctx) Int(name string) int {
	n, err := strconv.Atoi(c.params[name])
	if err != nil || n < 0 || strconv.Itoa(n) != c.params[name] {
		return 0
	}
	return n
}

// Took is the time that the page says was spent on an answer.
func (c *Ctx) Took() time.Duration {
	ms, err := strconv.ParseInt(c.Form("took"), 10, 32)
	if err != nil || ms < 0 {
		return 0
	}
	return time.Duration(ms) * time.Millisecond
}

// Lang is the language of the pages.
func (c *Ctx) Lang() string {
	switch {
	case c.Person.Lang != "":
		return c.Person.Lang
	case c.School.Lang != "":
		return c.School.Lang
	}
	return c.lang
}

// Say looks a text up in the language of the pages.
func (c *Ctx) Say(key string, args ...any) string { return text.T(c.Lang(), key, args...) }

// Go leads a GET elsewhere.
func (c *Ctx) Go(to string) (views.Page, error) { return nil, away{to} }

// SignIn hands a way in to the browser with the answer to this request.
func (c *Ctx) SignIn(o people.Opened) { c.opened = &o }

// SignOut takes the browser's way in back.
func (c *Ctx) SignOut() { c.leaves = true }

// frame is what surrounds this request's page.
func (s *Server) frame(c *Ctx) views.Frame {
	if s.apart(c) {
		return views.Frame{School: c.School.Name, Lang: c.Lang(), Theme: c.Person.Theme, Size: c.Person.Size, KeysOff: c.Person.KeysOff, Path: c.Path, Demo: s.Demo}
	}
	return views.Frame{School: c.School.Name, Lang: c.Lang(), Theme: c.Person.Theme, Size: c.Person.Size, Name: c.Person.Name,
		Guest: c.guest(), Teaches: c.Person.Teaches(), Inbox: c.Person.Inbox, Admin: c.Person.Role == people.Admin,
		KeysOff: c.Person.KeysOff, Path: c.Path, Demo: s.Demo}
}

// ctxKey holds the Ctx among fiber's locals.
const ctxKey = "thaw"

// read makes the Ctx of a request.
func (s *Server) read(f *fiber.Ctx) (*Ctx, error) {
	if c, ok := f.Locals(ctxKey).(*Ctx); ok {
		return c, nil
	}
	c := &Ctx{ctx: f.UserContext(), Path: f.Path(), Address: s.address(f), params: f.AllParams(), lang: strayLang, came: came(f), now: s.Now()}
	f.Locals(ctxKey, c)
	var err error
	if c.query, err = url.ParseQuery(string(f.Request().URI().QueryString())); err != nil {
		c.query = url.Values{}
	}
	if c.School, err = s.schoolNow(c.ctx); err != nil {
		return c, err
	}
	c.cookie = f.Cookies(s.cookieName())
	if c.Person, c.Session, err = s.Desk.Who(c.ctx, c.cookie); err != nil {
		return c, err
	}
	return c, s.kept(f, c)
}

// came is the page of ours on which a request was made.
func came(f *fiber.Ctx) string {
	from, err := url.Parse(f.Get(fiber.HeaderReferer))
	if err != nil || from.Host == "" || from.Host != string(f.Request().Host()) || onward(from.RequestURI()) != from.RequestURI() {
		return ""
	}
	return from.RequestURI()
}
