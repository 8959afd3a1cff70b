// Package people knows who somebody is: learners, guests, passwords, sessions,
// recovery words, one-time links and the limiter that stands before every door.
package people

import (
	"time"

	"thaw/app/fsrs"
	"thaw/questions"
)

// Role is what a person may do. stored: never rename
type Role string

// The roles. A guest is a learner without a name.
const (
	Guest   Role = "guest"
	Pupil   Role = "pupil"
	Teacher Role = "teacher"
	Admin   Role = "admin"
)

// Person is somebody who is known, as a guest or by name.
type Person struct {
	ID        questions.LearnerID
	Name      string // empty for a guest
	Role      Role
	Lang      string       // of the pages, BCP 47
	Zone      string       // IANA name
	Theme     string       // "", light, dark
	Buttons   int          // of a flashcard: 2 or 4
	KeysOff   bool         // single-key shortcuts switched off
	Size      int          // of the text, in percent: one of Sizes
	NewADay   int          // facts to meet for the first time on a day, at most MaxNew
	DaysOff   Days         // of the week
	EasyDays  Days         // on which less is to be due
	Minutes   int          // of study wanted on a day, 1 to MaxMinutes
	MoreTime  int          // how much longer time limits are, in percent: one of MoreTimes
	Weights   fsrs.Weights // of the memory model, fitted to the person; zero: the default ones
	Adopted   int64        // the event that put them in force; 0: none
	AdoptedOn fsrs.Day     // the study day of that event
	Exams     int          // how many the person has, past ones included
	Inbox     int          // of a teacher: rows of contests that wait; only of a session
	Created   time.Time
	WordsN    int       // generation of the recovery words; 0: none made
	Noted     bool      // a guest has said that the words are written down
	FeedN     int       // generation of the calendar link; 0: none made
	Feed      bool      // that link is in use
	Goes      time.Time // everything about the person goes then; zero: they stay
}

// Days is a set of days of the week: bit 0 is Sunday, as in time.Weekday.
// stored: never rename
type Days uint8

// Has tells whether a day is in the set.
func (d Days) Has(day time.Weekday) bool { return d&(1<<day) != 0 }

// With returns the set with a day in it.
func (d Days) With(day time.Weekday) Days { return d | 1<<day }

// Every is the set of all seven days.
const Every Days = 1<<7 - 1

// Sizes are the text sizes to choose from, in percent.
var Sizes = [...]int{100, 115, 130, 150}

// Bounds and standard of how many facts are met for the first time on a day.
const (
	StandardNew = 10
	MaxNew      = 200
)

// Bounds and standard of the minutes wanted on a day.
const (
	StandardMinutes = 10
	MaxMinutes      = 240
)

// UsualMinutes are the lengths of a go at it to choose from.
var UsualMinutes = [...]int{5, 10, 20}

// NoLimits in place of a percentage says that somebody has no time limits at all.
const NoLimits = -1

// MoreTimes are how much longer a person's time limits may be, in percent.
var MoreTimes = [...]int{0, 50, 100, NoLimits}

// Ends is when a time limit of some minutes that begins now is over for the person; zero
// where there is none.
func (p Person) Ends(now time.Time, minutes int) time.Time {
	if minutes == 0 || p.MoreTime == NoLimits {
		return time.Time{}
	}
	limit := time.Duration(minutes) * time.Minute
	return now.Add(limit + limit*time.Duration(p.MoreTime)/100).UTC().Truncate(time.Millisecond)
}

// Known tells whether the person has a name.
func (p Person) Known() bool { return p.Name != "" }

// Teaches tells whether the person may have classes.
func (p Person) Teaches() bool { return p.Role == Teacher || p.Role == Admin }

// Location is the person's time zone, UTC where it is not known.
func (p Person) Location() *time.Location { return Zone(p.Zone) }

// Session is one browser in which a person is signed in. Only the hash of its
// id is stored.
type Session struct {
	Hash    []byte // SHA-256 of the cookie's value
	Learner questions.LearnerID
	Created time.Time
	Seen    time.Time
	Ends    time.Time
	Keep    bool // the cookie outlives the browser
}

// Way is a way in, opened whole or not at all.
type Way struct {
	Session Session
	Old     []byte // hash of the browser's session until now, which ends; nil: none
	Link    []byte // hash of the one-time link that it uses up; nil: none
}

// Visitor is the browser that somebody comes in by.
type Visitor struct {
	Address string
	Session []byte              // hash of its session until now; nil: none
	Guest   questions.LearnerID // whose answers come along; 0: nobody's
}

// Account is a person with the secrets that open the door.
type Account struct {
	Person
	Password string // argon2id, PHC string; empty: no password set
	Off      bool   // disabled: no way in
}

// Link is a one-time link, stored by its hash.
type Link struct {
	Hash    []byte
	What    string              // setup, signin, invite, reset, staff
	Learner questions.LearnerID // whom it lets in; of an invitation: who has used it
	Ends    time.Time           // zero: does not end
	Used    time.Time           // zero: not used
	Maker   questions.LearnerID // 0: the program's operator
	Made    time.Time
	Role    Role              // of an invitation: what it makes of somebody
	Class   questions.ClassID // that it lets a teacher teach, too
	Nonce   string            // its value follows from it, so that the maker can see it again; "": nobody can
}

// School is the one row of settings of an installation.
type School struct {
	Name  string
	Lang  string
	Zone  string
	URL   string // the address that pupils use
	Ready bool   // the set-up page has been filled in

	Invited bool // accounts are made by invitation or from a class alone
}
