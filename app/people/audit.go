package people

import (
	"context"
	"strings"
	"time"

	"thaw/questions"
)

// What an act was. stored: never rename
const (
	actAdd    = "add"    // made an account from the command line
	actLink   = "link"   // made a sign-in link
	actInvite = "invite" // made an invitation
	actRevoke = "revoke" // took one back
	actAccept = "accept" // used one; in a class: that of a co-teacher
	actRole   = "role "  // gave a role, which follows
	actOff    = "off"    // shut an account
	actOn     = "on"     // opened it again
	actReset  = "reset"  // reset a pupil's way in
	actRemove = "remove" // took a pupil out of a class
	actLook   = "look"   // looked at one pupil's answers
	actLeave  = "leave"  // is leaving
	actStay   = "stay"   // stays after all
	actPIN    = "pin"    // made a new PIN for a pupil
	actSeat   = "seat"   // a pupil joined a seat to the account
	actStaff  = "staff"  // made somebody a co-teacher
	actOffer  = "offer"  // made a link for a co-teacher
	actRecall = "recall" // took one back
	actPart   = "part"   // took a co-teacher out, or left as one
	actHand   = "hand"   // made another teacher a class's founder
	actAway   = "away"   // put somebody's class into the archive
	actBack   = "back"   // took it out again
	actRead   = "read"   // read somebody's answers as an administrator, for a reason
	actCalled = "called" // gave a class another name
	actCode   = "code"   // gave a class another code
	actGiven  = "given"  // changed which banks a class has

	actInvited = "invited" // let nobody sign up but by invitation or from a class
	actAnybody = "anybody" // let anybody sign up again

	actCopy = "copy" // took a backup, with everything in it

	ActRule    = "rule "   // ruled on a question; the ruling's number follows
	ActRestore = "restore" // put a backup in the place of the database
	ActUnrule  = "unrule " // took that back
)

// Act is one line of the audit: who did what to whom.
type Act struct {
	At    time.Time
	Actor questions.LearnerID
	What  string
	About questions.LearnerID // 0: nobody
	Class questions.ClassID   // in which it was done, or 0

	Reason string // of a read
}

// Kind is what an act was, without what it was done with: the role, the ruling.
func (a Act) Kind() string {
	kind, _, _ := strings.Cut(a.What, " ")
	return kind
}

// With is what an act was done with: the role that was given.
func (a Act) With() string {
	_, with, _ := strings.Cut(a.What, " ")
	return with
}

// Kinds lists what an act can be, in the order in which a list is filtered by it.
func Kinds() []string {
	return []string{actLook, actRead, actReset, actPIN, actSeat, actRemove, actStaff, actPart, actHand, actCalled, actCode, actGiven, actAway, actBack,
		strings.TrimSpace(ActRule), strings.TrimSpace(ActUnrule), strings.TrimSpace(actRole), actOff, actOn, actAdd, actLink, actInvite, actRevoke, actAccept,
		actLeave, actStay, actInvited, actAnybody}
}

// Line is an act as it is read, with names: those of the class where it was done in one.
type Line struct {
	Act
	By    string // who did it; "" of the program, and of somebody who is gone
	Whom  string // whom it is about; "" of nobody, of a guest, and of somebody who is gone
	Where string // the class
}

// LogSize is how many lines a page of the log has.
const LogSize = 50

// LogSearch says which lines to list, the newest first.
type LogSearch struct {
	Name string // a part of the name of who did it, or whom it is about
	Kind string // "": any
	Page int    // from 1
}

// LogStore reads the audit.
type LogStore interface {
	// Log lists a page of all lines, and tells whether there are older ones.
	Log(ctx context.Context, s LogSearch) (list []Line, more bool, err error)
	// ClassLog lists a page of what was done in a class that somebody teaches.
	ClassLog(ctx context.Context, teacher questions.LearnerID, id questions.ClassID, page int) (c Class, list []Line, more bool, err error)
}
