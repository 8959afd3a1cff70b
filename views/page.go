// Package views draws the pages. A page is a struct that says exactly what it
// shows; formatting is done before it is filled, texts come from the catalogue
// in the frame's language. It imports nothing of ours outside itself.
package views

import (
	"context"
	"strings"

	"github.com/a-h/templ"

	"thaw/views/text"
	"thaw/views/ui"
)

// Page is one page of Thaw.
type Page interface {
	// Title is the page's name, for the tab and for screen readers.
	Title(ctx context.Context) string
	// Body draws the page's main part.
	Body() templ.Component
}

// wide is a page with tables, which teachers have: it takes more room.
type wide interface{ Wide() bool }

// bare is a page that has the screen to itself, without a menu.
type bare interface{ Bare() bool }

// Frame is what surrounds a page: who is here, and how they like it.
type Frame struct {
	School  string
	Lang    string
	Theme   string // "", light, dark
	Name    string // of a person with an account
	Guest   bool   // a learner without a name is here
	Teaches bool   // has classes
	Inbox   int    // rows that wait for a teacher
	Admin   bool   // looks after the installation
	Size    int    // of the text, in percent; 0 is 100
	KeysOff bool   // single-key shortcuts switched off
	Path    string // of this page, to mark it in the menu
	Demo    bool   // a scratch database with made-up learners
}

// Known tells whether anybody is here, by name or as a guest.
func (f Frame) Known() bool { return f.Name != "" || f.Guest }

// head is what the shell draws around a page.
func (f Frame) head(ctx context.Context, p Page) ui.Head {
	h := ui.Head{Title: p.Title(ctx), Lang: f.Lang, Theme: f.Theme, Size: f.Size, Active: section(f.Path), Name: f.Name, Guest: f.Guest,
		KeysOff: f.KeysOff, Home: "/"}
	if w, ok := p.(wide); ok {
		h.Wide = w.Wide()
	}
	if b, ok := p.(bare); ok {
		h.Bare = b.Bare()
	}
	if f.Known() {
		h.Home = "/today"
		h.Nav = []ui.Link{{Text: say(ctx, "nav.today"), URL: "/today"}, {Text: say(ctx, "nav.progress"), URL: "/progress"},
			{Text: say(ctx, "nav.read"), URL: "/read"}}
	} else {
		h.Nav = []ui.Link{{Text: say(ctx, "nav.read"), URL: "/read"}, {Text: say(ctx, "nav.sign_in"), URL: "/sign-in"}}
	}
	if f.Teaches {
		h.Nav = append(h.Nav, ui.Link{Text: say(ctx, "nav.banks"), URL: "/banks"}, ui.Link{Text: say(ctx, "nav.classes"), URL: "/classes"})
		inbox := ui.Link{Text: say(ctx, "nav.inbox"), URL: "/inbox"}
		if f.Inbox > 0 {
			inbox.Text = say(ctx, "nav.inbox_n", f.Inbox)
		}
		h.Nav = append(h.Nav, inbox)
	}
	if f.Admin {
		h.Nav = append(h.Nav, ui.Link{Text: say(ctx, "nav.people"), URL: "/people"})
	}
	if f.Known() {
		h.Foot = append(h.Foot, ui.Link{Text: say(ctx, "settings.title"), URL: "/settings"},
			ui.Link{Text: say(ctx, "seen.title"), URL: "/seen"})
	}
	switch {
	case f.Name != "":
		h.Nav = append(h.Nav, ui.Link{Text: say(ctx, "nav.account"), URL: "/account"})
	case f.Guest:
		h.Nav = append(h.Nav, ui.Link{Text: say(ctx, "nav.keep"), URL: "/sign-up"})
		h.Foot = append(h.Foot, ui.Link{Text: say(ctx, "nav.fresh"), URL: "/fresh"})
	}
	h.Foot = append(h.Foot, ui.Link{Text: say(ctx, "privacy.title"), URL: "/privacy"})
	return h
}

// section is the menu's entry to which a path belongs.
func section(path string) string {
	if strings.HasPrefix(path, "/rulings/") || strings.HasSuffix(path, "/ruling") {
		return "/inbox"
	}
	if path == "/questions" || strings.HasPrefix(path, "/questions/") || strings.HasPrefix(path, "/banks/") {
		return "/banks"
	}
	if path == "/timeline" || path == "/who" {
		return "/read"
	}
	if path == "/quiz" {
		return "/today"
	}
	if path == "/memory" {
		return "/progress"
	}
	return path
}

type frameKey struct{}

// With returns a context whose pages are drawn in the frame.
func With(ctx context.Context, f Frame) context.Context {
	return context.WithValue(ctx, frameKey{}, f)
}

// FrameOf returns the frame of the context.
func FrameOf(ctx context.Context) Frame {
	f, _ := ctx.Value(frameKey{}).(Frame)
	return f
}

// say looks a text up in the language of the frame.
func say(ctx context.Context, key string, args ...any) string {
	return text.T(FrameOf(ctx).Lang, key, args...)
}
