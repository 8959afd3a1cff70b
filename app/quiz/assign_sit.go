package quiz

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"time"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/app/people"
	"thaw/questions"
	"thaw/questions/kind"
)

// Assign gives a class something to do and returns its number. Errors: fault.Missing,
// fault.Invalid with what is wrong. The same token gives it once.
func (h Host) Assign(ctx context.Context, teacher people.Person, a Assignment, token string) (int, error) {
	if err := people.CheckToken(token); err != nil {
		return 0, err
	}
	a.Made = h.Now().UTC().Truncate(time.Millisecond)
	a, err := h.fit(ctx, teacher, a)
	if err != nil {
		return 0, err
	}
	return h.Work.Assign(ctx, teacher.ID, a, token)
}

// Reassign changes what was given; once somebody has begun, its title and its times alone.
// Errors: fault.Missing, fault.Invalid with what is wrong.
func (h Host) Reassign(ctx context.Context, teacher people.Person, a Assignment) error {
	old, err := h.Work.Assignment(ctx, teacher.ID, a.Class, a.N)
	if err != nil {
		return err
	}
	if old.Begun > 0 {
		old.Title, old.Opens, old.Due = a.Title, a.Opens, a.Due
		a = old
	}
	a.Kind = old.Kind
	if a, err = h.fit(ctx, teacher, a); err != nil {
		return err
	}
	return h.Work.Reassign(ctx, teacher.ID, a)
}

// fit is an assignment as it can be stored.
func (h Host) fit(ctx context.Context, teacher people.Person, a Assignment) (Assignment, error) {
	banks, err := h.Shelf.For(ctx, teacher.ID)
	if err != nil {
		return a, err
	}
	if a.Kind != Sat && a.Opens.IsZero() { // what was answered before does not count
		a.Opens = a.Made
	}
	if a.Kind == OnDate && len(a.Topics) == 0 { // of the class, not all that a pupil studies
		for _, c := range a.of(banks) {
			for _, t := range c.Topics {
				a.Topics = append(a.Topics, t.ID)
			}
		}
	}
	return a.checked(banks)
}

// Unassign takes an assignment back; what was answered stays.
func (h Host) Unassign(ctx context.Context, teacher people.Person, class questions.ClassID, n int) error {
	return h.Work.Unassign(ctx, teacher.ID, class, n, h.Now())
}

// TryOut begins an assigned quiz as a pupil would meet it, as own practice of the teacher,
// and returns its number.
func (h Host) TryOut(ctx context.Context, teacher people.Person, class questions.ClassID, n int, token string) (int, error) {
	a, err := h.Work.Assignment(ctx, teacher.ID, class, n)
	if err != nil {
		return 0, err
	}
	return h.sit(ctx, teacher, a, Sitting{Mode: a.Mode(), Minutes: a.Minutes, Ends: teacher.Ends(h.Now(), a.Minutes)}, token)
}

// Take begins a try at an assignment, or goes on with the one that is open, and returns
// the sitting's number. Work that is no quiz is practised as often as one likes. Errors:
// fault.Missing, fault.Conflict with why it cannot be begun. The same token begins it once.
func (h Host) Take(ctx context.Context, who people.Person, class questions.ClassID, n int, token string) (int, error) {
	if err := people.CheckToken(token); err != nil {
		return 0, err
	}
	w, err := h.given(ctx, who, class, n)
	if err != nil {
		return 0, err
	}
	now := h.Now()
	if w.Kind != Sat {
		return h.practise(ctx, who, w.Assignment, token)
	}
	stand := w.Stand(w.Mine, now)
	switch {
	case stand.Open > 0:
		return stand.Open, nil
	case !stand.May:
		return 0, fault.New(fault.Conflict, w.whyNot(stand, now))
	}
	s := Sitting{Mode: w.Mode(), Minutes: w.Minutes, Ends: w.ends(who, now), Class: class, Assignment: n}
	return h.sit(ctx, who, w.Assignment, s, token)
}

// given is an assignment of one of a pupil's classes.
func (h Host) given(ctx context.Context, who people.Person, class questions.ClassID, n int) (Homework, error) {
	list, err := h.Work.Homework(ctx, who.ID)
	if err != nil {
		return Homework{}, err
	}
	i := slices.IndexFunc(list, func(w Homework) bool { return w.Class == class && w.N == n })
	if i < 0 {
		return Homework{}, fault.New(fault.Missing, "fault.missing")
	}
	return list[i], nil
}

// whyNot says why no try can begin.
func (a Assignment) whyNot(s Standing, now time.Time) string {
	switch {
	case now.Before(a.Opens):
		return "fault.assign_early"
	case a.Closed(now):
		return "fault.assign_closed"
	case a.Tries > 0 && s.Used >= a.Tries:
		return "fault.assign_tries"
	}
	return "fault.assign_shown"
}

// Limit is how long a pupil has, and how much of it is their own: what the class's teacher
// or the pupil has set, whichever is longer; 0 without a limit.
func (w Homework) Limit(who people.Person) (whole, own time.Duration) {
	limit := time.Duration(w.Minutes) * time.Minute
	if limit == 0 || w.Kind != Sat || who.MoreTime == people.NoLimits {
		return 0, 0
	}
	whole, _ = people.Stretch(limit, w.Extra)
	whole = max(whole, limit+limit*time.Duration(who.MoreTime)/100)
	return whole, whole - limit
}

// ends is when the time limit of a try that begins now is over; zero: there is none.
func (w Homework) ends(who people.Person, now time.Time) time.Time {
	whole, _ := w.Limit(who)
	if whole == 0 {
		return time.Time{}
	}
	return now.Add(whole).UTC().Truncate(time.Millisecond)
}

// sit begins a sitting of what an assignment draws.
func (h Host) sit(ctx context.Context, who people.Person, a Assignment, s Sitting, token string) (int, error) {
	p, told, err := h.gather(ctx, who, token)
	if err != nil {
		return 0, err
	}
	rng := h.Rand()
	picked := a.drawn(p.Banks, told, rng)
	if len(picked) == 0 {
		return 0, fault.New(fault.Conflict, "fault.assign_nothing")
	}
	if s.Items, err = h.items(ctx, picked, rng); err != nil {
		return 0, err
	}
	for i, c := range picked {
		if !a.Mix && !kind.Arranged(c.question.Kind) {
			s.Items[i].Order = nil
		}
	}
	return h.begin(ctx, p, s, token)
}

// drawn picks the questions of a try at random, topics mixed, where not all are asked:
// twins and give-aways apart as long as there are enough others. It is pure but for the
// randomness passed in.
func (a Assignment) drawn(banks []bank.Contents, t tells, rng *rand.Rand) []candidate {
	pool := a.pool(banks)
	n := a.Asks(banks)
	picked := slices.Clone(pool)
	if n < len(pool) || a.Shuffle {
		rng.Shuffle(len(picked), func(i, j int) { picked[i], picked[j] = picked[j], picked[i] })
	}
	if n < len(pool) {
		room := newRoom(t)
		apart, rest := []candidate{}, []candidate{}
		for _, c := range picked {
			if room.takes(c) {
				apart = append(apart, c)
			} else {
				rest = append(rest, c)
			}
		}
		picked = mix(apart, n)
		picked = append(picked, rest[:min(n-len(picked), len(rest))]...)
	}
	if !a.Shuffle {
		place := func(c candidate) int {
			return slices.IndexFunc(pool, func(o candidate) bool { return o.question.ID == c.question.ID })
		}
		slices.SortFunc(picked, func(x, y candidate) int { return place(x) - place(y) })
	}
	return picked
}

// practise begins a quiz about the facts of an assignment, which counts for it as any
// answer to them does.
func (h Host) practise(ctx context.Context, who people.Person, a Assignment, token string) (int, error) {
	switch now := h.Now(); {
	case now.Before(a.Opens):
		return 0, fault.New(fault.Conflict, "fault.assign_early")
	case a.Closed(now):
		return 0, fault.New(fault.Conflict, "fault.assign_closed")
	}
	p, told, err := h.gather(ctx, who, token)
	if err != nil {
		return 0, err
	}
	rng := h.Rand()
	picked := choose(slices.DeleteFunc(a.pool(p.Banks), aside(p)), quizSize, shareOf(p), told, rng)
	return h.open(ctx, p, Sitting{Mode: Tutor}, picked, rng, token)
}

// closing is how many sittings are closed at a time.
const closing = 200

// Close ends sittings of assignments whose time is over, and judges those that were held
// back until now. One that cannot be ended waits for the next run.
func (h Host) Close(ctx context.Context) error {
	list, err := h.Work.Ended(ctx, h.Now().Add(-grace), closing)
	if err != nil {
		return err
	}
	var failed []error
	for _, s := range list {
		who, err := h.Coach.Who(ctx, s.Learner)
		if err == nil {
			err = h.HandIn(ctx, who, s.N)
		}
		failed = append(failed, err)
	}
	return errors.Join(failed...)
}
