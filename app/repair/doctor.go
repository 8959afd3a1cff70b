package repair

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"thaw/app/fsrs"
	"thaw/app/study"
	"thaw/questions"
)

// Doctor finds damage in what is stored, and repairs it: what is derived from what learners
// did, what belongs to nobody, what says two things at once. Evidence is never changed.
type Doctor struct {
	Desk
	Store DoctorStore
}

// DoctorStore is what the doctor looks into.
type DoctorStore interface {
	// Checks lists those that look at the database as a whole, in the order in which they
	// are to be repaired.
	Checks() []Check
	// Learners lists everybody of whom something derived may be stored, after one of them,
	// at most so many.
	Learners(ctx context.Context, after questions.LearnerID, limit int) ([]questions.LearnerID, error)
	// Life loads all that is stored of a learner, at one moment.
	Life(ctx context.Context, who questions.LearnerID) (Life, error)
	// Mend stores what is derived of a learner as it should be, all or nothing.
	// study.ErrMoved when the learner has done something since.
	Mend(ctx context.Context, made Life) error
}

// Check is one class of damage.
type Check struct {
	Name   string
	Find   func(context.Context) ([]string, error) // what is damaged
	Repair func(context.Context) error             // nil: only a backup has what is lost
	Fatal  bool                                    // where it finds something, nothing else can be looked at
}

// Found is what a check has found.
type Found struct {
	Check    string   `json:"check"`
	N        int      `json:"n"`
	Examples []string `json:"examples"`
	Lost     bool     `json:"lost"` // it cannot be repaired
}

// told is how many are told of each class.
const told = 5

// Life is what is stored of one learner, or should be.
type Life struct {
	Learner questions.LearnerID
	Stand   study.Stand
	Past    []study.Past
	Cards   []study.Card
	Cares   []study.Care
	Days    []study.Tally
	Weights fsrs.Weights
	Adopted int64
	Items   []Result
	Short   map[int64]questions.BankID // events with fewer marks than what was seen has parts, and its bank
}

// Result is what an item that was answered says of its answer.
type Result struct {
	Sitting, Pos int
	Bank         questions.BankID
	Seq          int64
	Credit       float64
	Verdict      questions.Verdict
}

// Names lists the classes of damage that are looked for.
func (d Doctor) Names() (names []string) {
	for _, c := range d.Store.Checks() {
		names = append(names, c.Name)
	}
	for _, c := range derived {
		names = append(names, c.name)
	}
	return slices.Compact(names)
}

// Examine looks for damage, and changes nothing.
func (d Doctor) Examine(ctx context.Context) ([]Found, error) { return d.rounds(ctx, false) }

// Repair repairs what can be, and returns what it found.
func (d Doctor) Repair(ctx context.Context) ([]Found, error) { return d.rounds(ctx, true) }

func (d Doctor) rounds(ctx context.Context, mend bool) ([]Found, error) {
	var all []Found
	for _, c := range d.Store.Checks() {
		found, err := c.Find(ctx)
		if err != nil {
			return all, fmt.Errorf("looking for %s: %w", c.Name, err)
		}
		if len(found) == 0 {
			continue
		}
		all = add(all, c.Name, found, c.Repair == nil)
		if c.Fatal {
			return all, nil
		}
		if mend && c.Repair != nil {
			if err := c.Repair(ctx); err != nil {
				return all, fmt.Errorf("repairing %s: %w", c.Name, err)
			}
		}
	}
	return d.lives(ctx, all, mend)
}

// add adds what was found of a class to what was found before.
func add(all []Found, name string, found []string, lost bool) []Found {
	i := 0
	for i < len(all) && all[i].Check != name {
		i++
	}
	if i == len(all) {
		all = append(all, Found{Check: name, Lost: lost})
	}
	all[i].N += len(found)
	all[i].Examples = append(all[i].Examples, found[:min(len(found), told-len(all[i].Examples))]...)
	return all
}

// lives looks at one learner after the other, so that no more than one is in memory.
func (d Doctor) lives(ctx context.Context, all []Found, mend bool) ([]Found, error) {
	var errs []error
	for after := questions.LearnerID(-1); ; {
		who, err := d.Store.Learners(ctx, after, batch)
		if err != nil || len(who) == 0 {
			return all, errors.Join(append(errs, err)...)
		}
		for _, w := range who {
			if all, err = d.life(ctx, all, w, mend); err != nil {
				errs = append(errs, fmt.Errorf("learner %d: %w", w, err))
			}
			if ctx.Err() != nil {
				return all, ctx.Err()
			}
		}
		after = who[len(who)-1]
	}
}

func (d Doctor) life(ctx context.Context, all []Found, who questions.LearnerID, mend bool) ([]Found, error) {
	is, err := d.Store.Life(ctx, who)
	if err != nil {
		return all, err
	}
	should, err := d.should(ctx, is)
	if err != nil {
		return all, err
	}
	damaged := false
	for _, c := range derived {
		found := c.find(is, should)
		for i, what := range found {
			found[i] = fmt.Sprintf("learner %d: %s", who, what)
		}
		if len(found) > 0 {
			all, damaged = add(all, c.name, found, false), true
		}
	}
	if !mend || !damaged {
		return all, nil
	}
	return all, d.Store.Mend(ctx, should)
}

// should is a life as its events and the rulings make it.
func (d Doctor) should(ctx context.Context, is Life) (Life, error) {
	rulings, on, err := d.Desk.Store.Rulings(ctx, is.Learner, 0)
	if err != nil {
		return is, err
	}
	judge, err := d.Judging(ctx, is.Past, rulings)
	if err != nil {
		return is, err
	}
	whole, err := d.regraded(ctx, is, judge)
	if err != nil {
		return is, err
	}
	made := is
	made.Stand = on
	made.Past, made.Cards = study.Live(whole, judge)
	made.Days = study.Days(made.Past)
	made.Cares = noted(study.Cares(is.Past), is.Cares)
	made.Weights, made.Adopted = study.InForce(is.Past)
	made.Items = results(is.Items, made.Past)
	return made, nil
}

// regraded is a past in which marks that are lost, or that its item does not agree with, are
// graded again by what was seen. What else the grader has said stays: a new release judges
// nothing by itself.
func (d Doctor) regraded(ctx context.Context, is Life, judge study.Judging) ([]study.Past, error) {
	items := make(map[int64]Result, len(is.Items))
	for _, it := range is.Items {
		items[it.Seq] = it
	}
	past := slices.Clone(is.Past)
	for i, p := range past {
		bank, short := is.Short[p.Seq]
		it, ok := items[p.Seq]
		disputed := ok && len(p.Marks) > 0 && !agrees(it, p.Marks)
		if !short && !disputed {
			continue
		}
		if !short {
			bank = it.Bank
		}
		graded, err := d.grade(ctx, bank, p.Event)
		if err != nil {
			return nil, fmt.Errorf("event %d: %w", p.Seq, err)
		}
		judged, _ := judge(p.Event, graded)
		if len(p.Marks) < len(graded) || disputed && agrees(it, judged) {
			past[i].Marks = like(p.Marks, graded)
		}
	}
	return past, nil
}

// like are marks graded again that met what those of their parts have met.
func like(were []study.Mark, graded []questions.Mark) []study.Mark {
	marks := make([]study.Mark, len(graded))
	for i, m := range graded {
		for _, was := range were {
			if was.Part == m.Part {
				marks[i] = was
			}
		}
		marks[i].Mark, marks[i].Graded = m, nil
	}
	return marks
}

func agrees(it Result, marks []study.Mark) bool {
	credit, verdict := questions.Worth(study.Plain(marks))
	return it.Credit == credit && it.Verdict == verdict
}

// grade says what an answer is worth by what was seen.
func (d Doctor) grade(ctx context.Context, bank questions.BankID, e study.Event) ([]questions.Mark, error) {
	w, err := d.wording(ctx, bank, seenKey{e.Ref, e.Lexicon})
	if err != nil {
		return nil, err
	}
	w.Version = w.Version.In(e.Order)
	return w.Grade(e.Tried, e.Response)
}

// noted are cares with the notes that stand on facts.
func noted(cares, were []study.Care) []study.Care {
	by := study.OfFacts(were)
	for i, c := range cares {
		cares[i].Note = by[c.Fact].Note
		delete(by, c.Fact)
	}
	for _, c := range by {
		if c.Note != "" {
			cares = append(cares, study.Care{Fact: c.Fact, Note: c.Note})
		}
	}
	return cares
}

// results are the items as the marks of their answers make them.
func results(items []Result, past []study.Past) []Result {
	marks := make(map[int64][]study.Mark, len(past))
	for _, p := range past {
		marks[p.Seq] = p.Marks
	}
	list := make([]Result, len(items))
	for i, it := range items {
		list[i] = it
		if m := marks[it.Seq]; len(m) > 0 {
			list[i].Credit, list[i].Verdict = questions.Worth(study.Plain(m))
		}
	}
	return list
}
