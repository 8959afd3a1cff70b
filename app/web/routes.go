package web

import "github.com/gofiber/fiber/v2"

// Access says who may use a route.
type Access int

// Who may. Everything a known learner meets is theirs alone: another's number
// is as one that does not exist.
const (
	nobodySet Access = iota // a route without access is refused at the start
	anyone
	known   // a guest or somebody with an account
	named   // somebody with an account
	teacher // somebody who teaches, or an administrator
	admin   // an administrator
)

// Route is one line of the list of routes.
type Route struct {
	Method  string
	Path    string
	Access  Access
	Handler fiber.Handler
}

// routes lists everything, in the order of the menu.
func (s *Server) routes() []Route {
	get, post := s.get, s.post
	return []Route{
		{"GET", "/", anyone, get(s.landingShow)},
		{"POST", "/", anyone, post(s.landingAnswer)},
		{"GET", "/today", known, get(s.todayShow)},
		{"POST", "/sittings", known, post(s.sittingBegin)},
		{"POST", "/reviews", known, post(s.reviewBegin)},
		{"GET", "/sittings/:n", known, get(s.sittingShow)},
		{"POST", "/sittings/:n/retry", known, post(s.sittingRetry)},
		{"POST", "/sittings/:n/undo", known, post(s.answerUndo)},
		{"GET", "/sittings/:n/questions/:pos", known, get(s.questionShow)},
		{"POST", "/sittings/:n/questions/:pos", known, post(s.questionAnswer)},
		{"GET", "/progress", known, get(s.progressShow)},
		{"GET", "/read", anyone, get(s.readShow)},

		{"GET", "/sign-in", anyone, get(s.signInShow)},
		{"POST", "/sign-in", anyone, post(s.signIn)},
		{"GET", "/sign-up", anyone, get(s.signUpShow)},
		{"POST", "/sign-up", anyone, post(s.signUp)},
		{"GET", "/recover", anyone, get(s.recoverShow)},
		{"POST", "/recover", anyone, post(s.recoverBy)},
		{"POST", "/sign-out", known, post(s.signOut)},
		{"GET", "/fresh", known, get(s.freshShow)},
		{"POST", "/fresh", known, post(s.signOut)},
		{"GET", "/account", named, get(s.accountShow)},
		{"GET", "/settings", known, get(s.settingsShow)},
		{"POST", "/settings", known, post(s.settingsSave)},
		{"GET", "/password", named, get(s.passwordShow)},
		{"POST", "/password", named, post(s.passwordSet)},
		{"GET", "/words", named, get(s.wordsShow)},
		{"POST", "/words/noted", known, post(s.wordsNoted)},
		{"POST", "/words/renew", named, post(s.wordsRenew)},

		{"GET", "/setup/:token", anyone, get(s.setupShow)},
		{"POST", "/setup/:token", anyone, post(s.setUp)},
		{"GET", "/ready", named, get(s.readyShow)},
		{"GET", "/link/:token", anyone, get(s.linkShow)},
		{"POST", "/link/:token", anyone, post(s.linkUse)},

		{"GET", "/assets/*", anyone, s.asset},
		{"GET", "/healthz", anyone, s.healthy},
		{"GET", "/readyz", anyone, s.readied},
	}
}
