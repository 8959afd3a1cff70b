package ui

import (
	"strings"

	"thaw/views/text"
)

// Head says what surrounds a page.
type Head struct {
	Title   string // of the page; the name of the app is added
	Lang    string // of the page; "" is English
	Theme   string // light, dark, or "" for the system's wish
	Size    int    // of the text, in percent; 0 is 100
	Active  string // the URL of the menu's entry that this page belongs to
	Name    string // of the person who is signed in; "" is nobody
	Guest   bool   // somebody without a name is here
	Home    string // where the logo leads; "" is "/"
	Nav     []Link // the menu
	Foot    []Link // at the foot: "Not you?", who can see this
	KeysOff bool   // single-key shortcuts are switched off
	Wide    bool   // 72 rem for teachers' tables, else 44 rem
	Bare    bool   // no menu
}

// Link is somewhere to go.
type Link struct{ Text, URL string }

func (h Head) lang() string {
	if h.Lang == "" {
		return "en"
	}
	return h.Lang
}

func (h Head) say(key string, args ...any) string { return text.T(h.lang(), key, args...) }

func (h Head) title() string {
	if h.Title == "" {
		return h.say("ui.brand")
	}
	return h.Title + " · " + h.say("ui.brand")
}

func (h Head) home() string {
	if h.Home == "" {
		return "/"
	}
	return h.Home
}

// current says whether the page is the link's own, or one below it.
func (h Head) current(l Link) string {
	switch {
	case l.URL == h.Active:
		return "page"
	case strings.HasPrefix(h.Active, l.URL+"/"):
		return "true"
	}
	return ""
}

// shortcut is a key with what it does, and where: a selector of what a page needs for it;
// "" is everywhere.
type shortcut struct{ key, does, where string }

// shortcuts are the keys of all pages. When the dialog opens, its script leaves those that
// mean something on the page, counts the figures that choose, and adds the letters of the
// page's own buttons.
func (h Head) shortcuts() []shortcut {
	return []shortcut{
		{"1–9", h.say("ui.keys.choose"), figures},
		{h.say("ui.key.enter"), h.say("ui.keys.enter"), "[data-go], form.ask"},
		{h.say("ui.key.space"), h.say("ui.keys.space"), "[data-space], .flash:not(.is-turned) ~ .button"},
		{"↑ ↓", h.say("ui.keys.move"), "[data-arrange=order]"},
		{"U", h.say("ui.keys.undo"), "[data-undo]"},
		{"?", h.say("ui.keys.help"), ""},
	}
}

// figures is what the keys 1 to 9 choose among.
const figures = ".options input, .ratings button"
