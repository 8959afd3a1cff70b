package web

import (
	"github.com/gofiber/fiber/v2"

	"thaw/app/bank"
	"thaw/questions/media"
)

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

// rooms are the routes whose bodies may be larger than others', in bytes: they take files.
var rooms = map[string]int{
	"POST /banks/:b/texts":     sourceRoom,
	"POST /banks/:b/texts/:t":  sourceRoom,
	"POST /banks/:b/questions": pictureRoom,
	"POST /questions/:q":       pictureRoom,
}

// sourceRoom is a text of which each byte takes three in a form.
const sourceRoom = 3*bank.MaxSource + bodyLimit

// pictureRoom is a picture with the form that it is sent with.
const pictureRoom = media.MaxBytes + bodyLimit

// room is how large the body of a request may be.
func (r Route) room() int {
	if most := rooms[r.Method+" "+r.Path]; most > 0 {
		return most
	}
	return bodyLimit
}

// routes lists everything, in the order of the menu.
func (s *Server) routes() []Route {
	get, post := s.get, s.post
	return []Route{
		{"GET", "/", anyone, get(s.landingShow)},
		{"POST", "/", anyone, post(s.landingAnswer)},
		{"GET", "/today", known, get(s.todayShow)},
		{"POST", "/today/minutes", known, post(s.minutesSet)},
		{"GET", "/quiz", known, get(s.quizShow)},
		{"POST", "/sittings", known, post(s.sittingBegin)},
		{"POST", "/reviews", known, post(s.reviewBegin)},
		{"GET", "/sittings/:n", known, get(s.sittingShow)},
		{"GET", "/sittings/:n/check", known, get(s.sittingCheck)},
		{"POST", "/sittings/:n/hand-in", known, post(s.sittingHandIn)},
		{"POST", "/sittings/:n/extend", known, post(s.sittingExtend)},
		{"POST", "/sittings/:n/retry", known, post(s.sittingRetry)},
		{"POST", "/sittings/:n/undo", known, post(s.answerUndo)},
		{"GET", "/sittings/:n/questions/:pos", known, get(s.questionShow)},
		{"POST", "/sittings/:n/questions/:pos", known, post(s.questionAnswer)},
		{"POST", "/sittings/:n/questions/:pos/care", known, post(s.careSet)},
		{"POST", "/sittings/:n/questions/:pos/note", known, post(s.noteSet)},
		{"POST", "/sittings/:n/questions/:pos/given", known, post(s.questionGive)},
		{"POST", "/sittings/:n/questions/:pos/right", known, post(s.contestMake)},
		{"POST", "/sittings/:n/questions/:pos/report", known, post(s.reportMake)},
		{"GET", "/assignments", known, get(s.homeworkShow)},
		{"POST", "/classes/:n/assignments/:a/take", known, post(s.assignTake)},
		{"GET", "/exams", known, get(s.examsShow)},
		{"POST", "/exams", known, post(s.examAdd)},
		{"GET", "/exams/:n", known, get(s.examShow)},
		{"POST", "/exams/:n", known, post(s.examSet)},
		{"POST", "/exams/:n/quiz", known, post(s.examQuiz)},
		{"POST", "/exams/:n/result", known, post(s.examResultTell)},
		{"POST", "/exams/:n/later", known, post(s.examSettle)},
		{"GET", "/exams/:n/remove", known, get(s.examRemove)},
		{"POST", "/exams/:n/remove", known, post(s.examRemoveDo)},
		{"GET", "/progress", known, get(s.progressShow)},
		{"GET", "/memory", known, get(s.memoryShow)},
		{"GET", "/mixups", known, get(s.mixupsShow)},
		{"POST", "/mixups", known, post(s.mixupDrill)},
		{"GET", "/facts", known, get(s.factsShow)},
		{"POST", "/facts", known, post(s.factSet)},
		{"GET", "/read", anyone, get(s.readShow)},
		{"POST", "/read", anyone, post(s.readAnswer)},
		{"GET", "/timeline", anyone, get(s.timelineShow)},
		{"GET", "/who", anyone, get(s.whoShow)},

		{"GET", "/banks", known, get(s.banksShow)},
		{"POST", "/banks", known, post(s.bankAdd)},
		{"GET", "/banks/:b", known, get(s.bankShow)},
		{"POST", "/banks/:b", known, post(s.bankSet)},
		{"POST", "/banks/:b/copy", known, post(s.bankCopy)},
		{"POST", "/banks/:b/bin", known, post(s.bankBin)},
		{"POST", "/banks/:b/topics", known, post(s.topicAdd)},
		{"POST", "/banks/:b/topics/:t", known, post(s.topicChange)},
		{"GET", "/banks/:b/names", known, get(s.namesShow)},
		{"POST", "/banks/:b/names", known, post(s.nameAdd)},
		{"GET", "/banks/:b/names/:e", known, get(s.nameShow)},
		{"POST", "/banks/:b/names/:e", known, post(s.nameSet)},
		{"POST", "/banks/:b/names/:e/remove", known, post(s.nameRemove)},
		{"GET", "/banks/:b/texts", known, get(s.sourcesShow)},
		{"POST", "/banks/:b/texts", known, post(s.sourceAdd)},
		{"GET", "/banks/:b/texts/:t", known, get(s.sourceShow)},
		{"POST", "/banks/:b/texts/:t", known, post(s.sourceSet)},
		{"POST", "/banks/:b/texts/:t/remove", known, post(s.sourceRemove)},
		{"GET", "/banks/:b/texts/:t/mark", known, get(s.markShow)},
		{"POST", "/banks/:b/texts/:t/mark", known, post(s.markLink)},
		{"GET", "/banks/:b/read", known, get(s.readShow)},
		{"POST", "/banks/:b/read", known, post(s.readAnswer)},
		{"GET", "/banks/:b/timeline", known, get(s.timelineShow)},
		{"GET", "/banks/:b/who", known, get(s.whoShow)},
		{"GET", "/banks/:b/order", known, get(s.orderShow)},
		{"POST", "/banks/:b/order", known, post(s.orderSet)},
		{"GET", "/banks/:b/updates", known, get(s.updatesShow)},
		{"GET", "/banks/:b/advice", known, get(s.adviceShow)},
		{"GET", "/banks/:b/questions/new", known, get(s.questionNew)},
		{"POST", "/banks/:b/questions", known, post(s.questionAdd)},
		{"GET", "/questions", known, get(s.questionsShow)},
		{"GET", "/questions/:q", known, get(s.questionOpen)},
		{"POST", "/questions/:q", known, post(s.questionSet)},
		{"GET", "/questions/:q/versions", known, get(s.versionsShow)},
		{"POST", "/questions/:q/state", known, post(s.questionState)},
		{"POST", "/questions/:q/bin", known, post(s.questionBin)},
		{"POST", "/questions/:q/update", known, post(s.updateAnswer)},
		{"GET", "/media/:name", known, s.mediaShow},
		{"GET", "/teach", anyone, get(s.teachShow)},
		{"POST", "/teach", anyone, post(s.teachAdd)},
		{"POST", "/preview", anyone, post(s.questionPreview)},

		{"GET", "/classes", teacher, get(s.classesShow)},
		{"POST", "/classes", teacher, post(s.classMake)},
		{"GET", "/classes/:n", teacher, get(s.classShow)},
		{"GET", "/classes/:n/starter", teacher, get(s.starterShow)},
		{"GET", "/classes/:n/class.csv", teacher, s.file(s.classCSV)},
		{"GET", "/classes/:n/code", teacher, get(s.classCode)},
		{"POST", "/classes/:n/code", teacher, post(s.classRecode)},
		{"GET", "/classes/:n/settings", teacher, get(s.classSettings)},
		{"POST", "/classes/:n/name", teacher, post(s.classRename)},
		{"POST", "/classes/:n/banks", teacher, post(s.classGive)},
		{"POST", "/classes/:n/archive", teacher, post(s.classArchive)},
		{"GET", "/classes/:n/assignments", teacher, get(s.assignsShow)},
		{"POST", "/classes/:n/assignments", teacher, post(s.assignAdd)},
		{"GET", "/classes/:n/assignments/new", teacher, get(s.assignNew)},
		{"GET", "/classes/:n/assignments/:a", teacher, get(s.assignShow)},
		{"POST", "/classes/:n/assignments/:a", teacher, post(s.assignSet)},
		{"GET", "/classes/:n/assignments/:a/edit", teacher, get(s.assignEdit)},
		{"POST", "/classes/:n/assignments/:a/try", teacher, post(s.assignTry)},
		{"GET", "/classes/:n/assignments/:a/remove", teacher, get(s.assignRemove)},
		{"POST", "/classes/:n/assignments/:a/remove", teacher, post(s.assignRemoveDo)},
		{"GET", "/classes/:n/gradebook", teacher, get(s.gradebookShow)},
		{"GET", "/classes/:n/gradebook.csv", teacher, s.file(s.gradebookCSV)},
		{"GET", "/classes/:n/mixups", teacher, get(s.classMixups)},
		{"GET", "/classes/:n/questions", teacher, get(s.lensList)},
		{"GET", "/classes/:n/students", teacher, get(s.studentsShow)},
		{"POST", "/classes/:n/students", teacher, post(s.studentsAdd)},
		{"GET", "/classes/:n/slips", teacher, get(s.slipsShow)},
		{"POST", "/classes/:n/slips", teacher, post(s.slipsRenew)},
		{"POST", "/classes/:n/open", teacher, post(s.classOpen)},
		{"POST", "/classes/:n/listed", teacher, post(s.classListed)},
		{"POST", "/classes/:n/try", teacher, post(s.classTry)},
		{"GET", "/classes/:n/teachers", teacher, get(s.staffShow)},
		{"POST", "/classes/:n/teachers", teacher, post(s.staffAdd)},
		{"POST", "/classes/:n/teachers/:m/leave", teacher, post(s.staffLeave)},
		{"GET", "/classes/:n/pupils/:m", teacher, get(s.pupilShow)},
		{"POST", "/classes/:n/pupils/:m/name", teacher, post(s.pupilCall)},
		{"POST", "/classes/:n/pupils/:m/extra", teacher, post(s.pupilExtra)},
		{"GET", "/classes/:n/pupils/:m/reset", teacher, get(s.pupilReset)},
		{"POST", "/classes/:n/pupils/:m/reset", teacher, post(s.pupilResetDo)},
		{"GET", "/classes/:n/pupils/:m/remove", teacher, get(s.pupilRemove)},
		{"POST", "/classes/:n/pupils/:m/remove", teacher, post(s.pupilRemoveDo)},
		{"GET", "/inbox", teacher, get(s.inboxShow)},
		{"POST", "/inbox/reject", teacher, post(s.inboxReject)},
		{"GET", "/questions/:q/lens", teacher, get(s.lensShow)},
		{"GET", "/questions/:q/ruling", teacher, get(s.rulingDraft)},
		{"POST", "/questions/:q/ruling", teacher, post(s.rulingMake)},
		{"GET", "/rulings/:r", teacher, get(s.rulingShow)},
		{"POST", "/rulings/:r/undo", teacher, post(s.rulingUndo)},
		{"GET", "/welcome", teacher, get(s.welcomeShow)},

		{"GET", "/people", admin, get(s.peopleShow)},
		{"POST", "/people/invite", admin, post(s.peopleInvite)},
		{"POST", "/people/revoke", admin, post(s.peopleRevoke)},
		{"POST", "/people/sign-up", admin, post(s.signUpSet)},
		{"GET", "/people/classes", admin, get(s.allClasses)},
		{"GET", "/people/classes/:n", admin, get(s.anyClass)},
		{"POST", "/people/classes/:n/archive", admin, post(s.anyClassArchive)},
		{"POST", "/people/classes/:n/teachers", admin, post(s.anyClassHand)},
		{"GET", "/people/health", admin, get(s.healthShow)},
		{"GET", "/people/backups", admin, get(s.backupsShow)},
		{"POST", "/people/backups", admin, post(s.backupTake)},
		{"GET", "/people/backups/:name", admin, get(s.backupAsk)},
		{"POST", "/people/backups/:name", admin, post(s.backupPutBack)},
		{"GET", "/people/backups/:name/file", admin, s.backupGet},
		{"GET", "/people/:who", admin, get(s.personShow)},
		{"GET", "/people/:who/answers", admin, get(s.answersShow)},
		{"POST", "/people/:who/answers", admin, post(s.answersAsk)},
		{"POST", "/people/:who/role", admin, post(s.personRole)},
		{"POST", "/people/:who/off", admin, post(s.personOff)},
		{"POST", "/people/:who/link", admin, post(s.personLink)},

		{"GET", "/join", anyone, get(s.joinShow)},
		{"GET", "/join/:code", anyone, get(s.joinClassShow)},
		{"POST", "/join/:code", anyone, post(s.joinClass)},
		{"POST", "/join/:code/seat", anyone, post(s.seatIn)},
		{"POST", "/join/:code/choose", anyone, post(s.seatChoose)},
		{"GET", "/s/:token", anyone, get(s.slipShow)},
		{"POST", "/s/:token", anyone, post(s.slipIn)},
		{"GET", "/pin", known, get(s.pinShow)},
		{"GET", "/seen", known, get(s.seenShow)},
		{"GET", "/classes/:n/leave", known, get(s.leaveShow)},
		{"POST", "/classes/:n/leave", known, post(s.leave)},

		{"GET", "/sign-in", anyone, get(s.signInShow)},
		{"POST", "/sign-in", anyone, post(s.signIn)},
		{"GET", "/sign-up", anyone, get(s.signUpShow)},
		{"POST", "/sign-up", anyone, post(s.signUp)},
		{"GET", "/recover", anyone, get(s.recoverShow)},
		{"POST", "/recover", anyone, post(s.recoverBy)},
		{"POST", "/sign-out", known, post(s.signOut)},
		{"GET", "/fresh", known, get(s.freshShow)},
		{"POST", "/fresh", known, post(s.fresh)},
		{"GET", "/idle", known, get(s.idleShow)},
		{"POST", "/idle", known, post(s.idleGoOn)},
		{"GET", "/account", named, get(s.accountShow)},
		{"GET", "/account/data.json", known, s.file(s.ownJSON)},
		{"GET", "/account/data.csv", known, s.file(s.ownCSV)},
		{"POST", "/account/calendar", known, post(s.calendarRenew)},
		{"POST", "/account/calendar/off", known, post(s.calendarStop)},
		{"GET", "/account/leave", known, get(s.accountLeave)},
		{"POST", "/account/leave", known, post(s.accountLeaveDo)},
		{"GET", "/left", anyone, get(s.leftShow)},
		{"GET", "/leaving", known, get(s.leavingShow)},
		{"POST", "/leaving", known, post(s.leavingStay)},
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
		{"GET", "/invite/:token", anyone, get(s.inviteShow)},
		{"POST", "/invite/:token", anyone, post(s.inviteAccept)},

		{"GET", "/calendar/:token.ics", anyone, s.calendarFeed},
		{"GET", "/assets/*", anyone, s.asset},
		{"GET", "/healthz", anyone, s.healthy},
		{"GET", "/readyz", anyone, s.readied},
	}
}
