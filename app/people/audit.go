package people

import (
	"time"

	"thaw/questions"
)

// What an act was. stored: never rename
const (
	actAdd    = "add"    // made an account from the command line
	actLink   = "link"   // made a sign-in link
	actInvite = "invite" // made an invitation
	actRevoke = "revoke" // took one back
	actAccept = "accept" // used one
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
	actPart   = "part"   // took a co-teacher out, or left as one
	actHand   = "hand"   // made another teacher a class's founder
	actAway   = "away"   // put somebody's class into the archive
	actBack   = "back"   // took it out again
	actRead   = "read"   // read somebody's answers as an administrator, for a reason

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
