package repair

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/app/study"
	"thaw/questions"
)

// longest are the words about a contest, in characters.
const longest = 500

// WasRight notes that a learner holds a part of an answer for right. With mine, the
// learner's own card believes it at once; no mark does. Saying it twice says it once.
// Errors: fault.Missing for another's item, fault.Conflict for one that is open or right.
func (d Desk) WasRight(ctx context.Context, who people.Person, sitting, pos, part int, mine bool, token string) error {
	t, m, err := d.contested(ctx, who, sitting, pos, part)
	if err != nil {
		return err
	}
	err = d.Store.Contest(ctx, study.Contest{Learner: who.ID, Seq: t.Item.Seq, Part: part, Why: study.WasRight, Ref: t.Item.Ref, Given: t.Past.Said(part), At: d.now()})
	if err != nil || !mine || t.Past.What != study.Answer || m.Fact == 0 {
		return err
	}
	return d.trust(ctx, who, t.Past, part, token)
}

// contested is an answer with its mark for a part that can be contested.
func (d Desk) contested(ctx context.Context, who people.Person, sitting, pos, part int) (t quiz.Turn, m questions.Mark, err error) {
	if t, err = d.answered(ctx, who, sitting, pos); err != nil {
		return t, m, err
	}
	v, err := d.Shelf.Version(ctx, t.Item.Ref)
	if err != nil {
		return t, m, err
	}
	for _, m := range t.Past.Marks {
		if m.Part == part && study.Contestable(v, t.Past.Event, m.Mark) {
			return t, m.Mark, nil
		}
	}
	return t, m, fault.New(fault.Conflict, "fault.not_contested")
}

func (d Desk) answered(ctx context.Context, who people.Person, sitting, pos int) (quiz.Turn, error) {
	t, err := d.Store.Turn(ctx, who.ID, sitting, pos)
	if err == nil && t.Item.Seq == 0 { // open, or left empty
		err = fault.New(fault.Conflict, "fault.not_contested")
	}
	return t, err
}

// trust lets the learner's card believe a part of an answer.
func (d Desk) trust(ctx context.Context, who people.Person, p study.Past, part int, token string) error {
	if err := people.CheckToken(token); err != nil {
		return err
	}
	past, err := d.Store.Pasts(ctx, who.ID)
	if err != nil || study.Trusted(past, p.Event, part) {
		return err
	}
	e := study.Event{Learner: who.ID, At: d.now(), Zone: who.Location().String(), What: study.Trust, Ref: p.Ref, Lexicon: p.Lexicon,
		About: p.Seq, Response: questions.Response{strconv.Itoa(part)}, Token: token}
	e.Day = study.Calendar(who.Location()).Day(e.At)
	err = d.again(ctx, who.ID, e, 0)
	if errors.Is(err, study.ErrMoved) {
		return fault.Wrap(err, fault.Conflict, "fault.moved")
	}
	return err
}

// Report notes what a learner finds wrong with a question, once while it is open.
func (d Desk) Report(ctx context.Context, who people.Person, sitting, pos int, why study.Why, words string) error {
	t, err := d.answered(ctx, who, sitting, pos)
	if err != nil {
		return err
	}
	words = strings.TrimSpace(words)
	if !slices.Contains(study.Reports[:], why) || utf8.RuneCountInString(words) > longest {
		return fault.New(fault.Invalid, "fault.report")
	}
	return d.Store.Contest(ctx, study.Contest{Learner: who.ID, Seq: t.Item.Seq, Why: why, Ref: t.Item.Ref, Words: words, At: d.now()})
}

// Waiting is a contest that waits for a teacher.
type Waiting struct {
	study.Contest
	Bank   questions.BankID
	Latest int               // version of the question now
	Edits  bool              // the teacher edits the question
	Class  questions.ClassID // else: in which the answer was given
}

// RowID names a row of the inbox: one answer to one part, or one thing said of a question.
type RowID struct {
	Question questions.QuestionID
	Part     int
	Why      study.Why
	Folded   string
}

// Row is what several learners say alike, in a teacher's inbox.
type Row struct {
	RowID
	Ref      questions.Ref // the newest version that was seen
	Latest   int
	Given    []string // as it was typed, the most frequent first
	Words    []string // said to it, the newest first
	Learners int
	Attempts int
	Last     time.Time
	Edits    bool
	Class    questions.ClassID
}

// Inbox lists what waits for a teacher, what most learners say first, then the newest;
// with a class that the teacher has, only what comes from there.
func (d Desk) Inbox(ctx context.Context, who people.Person, class questions.ClassID) ([]Row, error) {
	list, err := d.Store.Open(ctx, who, class)
	return rows(list), err
}

// rows groups contests, which come the newest first. It is pure.
func rows(list []Waiting) []Row {
	at := map[RowID]int{}
	learners := map[RowID]map[questions.LearnerID]bool{}
	typed := map[RowID]map[string]int{}
	var found []Row
	for _, w := range list {
		id := RowID{w.Ref.Question, w.Part, w.Why, questions.Fold(w.Given)}
		i, ok := at[id]
		if !ok {
			i = len(found)
			at[id], learners[id], typed[id] = i, map[questions.LearnerID]bool{}, map[string]int{}
			found = append(found, Row{RowID: id, Ref: w.Ref, Latest: w.Latest, Last: w.At, Edits: w.Edits, Class: w.Class})
		}
		found[i].add(w, typed[id])
		learners[id][w.Learner] = true
	}
	for i, r := range found {
		found[i].Learners = len(learners[r.RowID])
		slices.SortStableFunc(r.Given, func(a, b string) int { return cmp.Compare(typed[r.RowID][b], typed[r.RowID][a]) })
	}
	slices.SortStableFunc(found, func(a, b Row) int { return cmp.Or(cmp.Compare(b.Learners, a.Learners), b.Last.Compare(a.Last)) })
	return found
}

func (r *Row) add(w Waiting, typed map[string]int) {
	r.Attempts++
	r.Ref.Version = max(r.Ref.Version, w.Ref.Version)
	if typed[w.Given]++; typed[w.Given] == 1 && w.Given != "" {
		r.Given = append(r.Given, w.Given)
	}
	if w.Words != "" {
		r.Words = append(r.Words, w.Words)
	}
}

// Reject answers all of a row, with a word back or none. fault.Missing where there is
// nothing of it that the teacher may answer.
func (d Desk) Reject(ctx context.Context, who people.Person, id RowID, reply string) error {
	reply = strings.TrimSpace(reply)
	if utf8.RuneCountInString(reply) > longest {
		return fault.New(fault.Invalid, "fault.report")
	}
	n, err := d.Store.Reject(ctx, who, id, reply, d.now())
	if err == nil && n == 0 {
		err = fault.New(fault.Missing, "fault.missing")
	}
	return err
}
