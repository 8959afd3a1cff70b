package people

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"thaw/app/fault"
	"thaw/questions"
)

// Class is a teacher's group of learners.
type Class struct {
	ID       questions.ClassID
	Name     string
	Code     string // that pupils type; the one before it opens nothing
	Zone     string // IANA name
	Made     time.Time
	Archived time.Time          // zero: in use
	Pupils   int                // how many are in it now
	Banks    []questions.BankID // given to it; only where a method says so

	Listed    bool      // only who has a seat may join
	OpenUntil time.Time // when the names of its seats cease to be chosen from; zero: they are not
}

// Used tells whether the class is not in the archive.
func (c Class) Used() bool { return c.Archived.IsZero() }

// ClassStore keeps classes. To whoever does not teach a class it is
// fault.Missing, like one that does not exist.
type ClassStore interface {
	// Classes lists what a person teaches, with numbers of pupils, those in use
	// first.
	Classes(ctx context.Context, teacher questions.LearnerID) ([]Class, error)
	// Class returns one of them with its banks.
	Class(ctx context.Context, teacher questions.LearnerID, id questions.ClassID) (Class, error)
	// ClassAdd stores a class with its teacher and banks and returns its number;
	// the same token makes it once. fault.Conflict for a code that is taken,
	// fault.Missing for a bank that is not the teacher's to give.
	ClassAdd(ctx context.Context, c Class, teacher Person, token string) (questions.ClassID, error)
	// ClassName renames a class.
	ClassName(ctx context.Context, teacher questions.LearnerID, id questions.ClassID, name string) error
	// ClassCode gives it another code; fault.Conflict for one that is taken.
	ClassCode(ctx context.Context, teacher questions.LearnerID, id questions.ClassID, code string) error
	// ClassBanks gives it exactly these banks: the teacher's own, built-in ones
	// and those it has. fault.Missing for any other.
	ClassBanks(ctx context.Context, teacher questions.LearnerID, id questions.ClassID, banks []questions.BankID, now time.Time) error
	// ClassArchive puts it into the archive, or takes it out with the zero time.
	ClassArchive(ctx context.Context, teacher questions.LearnerID, id questions.ClassID, at time.Time) error
}

// Classes is where teachers keep classes and learners join them.
type Classes struct {
	Desk    *Desk
	Store   ClassStore
	Members MemberStore
	List    RosterStore
	Seats   SeatStore
	Staff   StaffStore
}

// longestClass is in letters.
const longestClass = 60

func cleanClass(name string) (string, error) {
	name = strings.Join(strings.Fields(name), " ")
	n := utf8.RuneCountInString(name)
	if n == 0 || n > longestClass || strings.ContainsFunc(name, unprintable) {
		return "", fault.Bad([]fault.Field{{Name: "name", Key: "people.class_name", Args: []any{longestClass}}})
	}
	return name, nil
}

// coded makes a code and stores with it, again with another one when it is
// taken.
func coded(store func(code string) error) error {
	var err error
	for range 5 {
		code, codeErr := NewCode()
		if codeErr != nil {
			return codeErr
		}
		if err = store(code); !fault.Is(err, fault.Conflict) {
			return err
		}
	}
	return err
}

// Make makes a class in the school's time zone. The same token makes it once.
func (c Classes) Make(ctx context.Context, teacher Person, name string, banks []questions.BankID, token string) (id questions.ClassID, err error) {
	if err := CheckToken(token); err != nil {
		return 0, err
	}
	if name, err = cleanClass(name); err != nil {
		return 0, err
	}
	school, err := c.Desk.Store.School(ctx)
	if err != nil {
		return 0, err
	}
	class := Class{Name: name, Zone: zoned(school.Zone), Made: c.Desk.Now(), Banks: each(banks)}
	err = coded(func(code string) error {
		class.Code = code
		id, err = c.Store.ClassAdd(ctx, class, teacher, token)
		return err
	})
	return id, err
}

// each returns the banks, none twice.
func each(banks []questions.BankID) []questions.BankID {
	banks = slices.Clone(banks)
	slices.Sort(banks)
	return slices.Compact(banks)
}

// Rename gives a class another name.
func (c Classes) Rename(ctx context.Context, teacher Person, id questions.ClassID, name string) error {
	name, err := cleanClass(name)
	if err != nil {
		return err
	}
	return c.Store.ClassName(ctx, teacher.ID, id, name)
}

// Recode gives a class another code; the old one opens nothing any more.
func (c Classes) Recode(ctx context.Context, teacher Person, id questions.ClassID) error {
	return coded(func(code string) error { return c.Store.ClassCode(ctx, teacher.ID, id, code) })
}

// Give gives a class exactly these banks.
func (c Classes) Give(ctx context.Context, teacher Person, id questions.ClassID, banks []questions.BankID) error {
	return c.Store.ClassBanks(ctx, teacher.ID, id, each(banks), c.Desk.Now())
}

// Archive puts a class away, or back into use: while it is away its code opens
// nothing and its banks are not studied for it.
func (c Classes) Archive(ctx context.Context, teacher Person, id questions.ClassID, away bool) error {
	at := time.Time{}
	if away {
		at = c.Desk.Now()
	}
	return c.Store.ClassArchive(ctx, teacher.ID, id, at)
}
