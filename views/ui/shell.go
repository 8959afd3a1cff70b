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

// shortcut is a key with what it does.
type shortcut struct{ key, does string }

func (h Head) shortcuts() []shortcut {
	return []shortcut{
		{"1–9", h.say("ui.keys.choose")},
		{h.say("ui.key.enter"), h.say("ui.keys.enter")},
		{h.say("ui.key.space"), h.say("ui.keys.space")},
		{"U", h.say("ui.keys.undo")},
		{"F", h.say("ui.keys.flag")},
		{"E", h.say("ui.keys.extend")},
		{"?", h.say("ui.keys.help")},
	}
}
