package dbtest

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"thaw/app/fault"
	"thaw/app/fsrs/plan"
	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/app/study"
	"thaw/db"
	"thaw/questions"
)

// visit is a world with an account and a guest, each with a session.
type visit struct {
	*world
	people db.People
	host   quiz.Host
	anna   people.Person
	guest  *world // the same database, seen as the guest
}

func newVisit(t *testing.T, d *db.DB) visit {
	t.Helper()
	w := newWorld(t, d)
	v := visit{world: w, people: db.People{DB: d}, anna: account(1<<50, "Anna").Person,
		host: quiz.Host{Store: db.Quiz{DB: d}, Now: func() time.Time { return now }}}
	guest := *w
	v.guest = &guest
	w.who = v.anna.ID
	check(t, v.people.AccountAdd(ctx, account(1<<50, "Anna"), "anna", nil))
	check(t, v.people.Enter(ctx, people.Way{Session: session("of the guest", v.guest.who)}))
	check(t, v.people.Enter(ctx, people.Way{Session: session("of another browser", v.guest.who)}))
	return v
}

// answers stores the answers to a new sitting of the mode, an hour from the first
// on; each letter of how is one: r is right, w is wrong.
func (w *world) answers(t *testing.T, mode quiz.Mode, items int, from time.Time, how string) int {
	t.Helper()
	n, err := w.quiz.Begin(ctx, quiz.Sitting{Learner: w.who, Mode: mode, Started: from, Count: items, Items: w.items(items)}, "")
	check(t, err)
	for i, c := range how {
		w.save(t, w.answerAt(t, n, i+1, from.Add(time.Duration(i)*time.Hour), c == 'r'))
	}
	return n
}

func (w *world) answerAt(t *testing.T, n, pos int, at time.Time, right bool) quiz.Answered {
	t.Helper()
	turn, err := w.quiz.Turn(ctx, w.who, n, pos)
	check(t, err)
	credit := 0.0
	if right {
		credit = 1
	}
	return answeredAt(w.who, turn, fmt.Sprintf("token-%d-%d-%d-%d", w.who, n, pos, at.UnixMilli()), credit, at)
}

// way is Anna's new way in, from the guest's browser.
func (v visit) way(hash string) people.Way {
	return people.Way{Session: session(hash, v.anna.ID), Old: []byte("of the guest")}
}

func (v visit) claim(hash string) error {
	return v.host.ClaimInto(ctx, v.guest.who, v.anna, v.way(hash))
}

func (w *world) past(t *testing.T) []study.Past {
	t.Helper()
	past, err := w.quiz.Pasts(ctx, w.who)
	check(t, err)
	return past
}

func (w *world) sittings(t *testing.T) []quiz.Sitting {
	t.Helper()
	latest, err := w.quiz.Latest(ctx, w.who, 99)
	check(t, err)
	var all []quiz.Sitting
	for i := range latest {
		s, err := w.quiz.Sitting(ctx, w.who, i+1)
		check(t, err)
		all = append(all, s)
	}
	return all
}

// history lets both study, in turns: the guest a quiz, a review with a wrong
// answer that comes again and one that is taken back, a retry with a first try,
// a quiz that is still open, and an exam in which something is given.
func (v visit) history(t *testing.T) {
	t.Helper()
	day := 24 * time.Hour
	v.answers(t, quiz.Tutor, 3, now.Add(-20*day), "rwr")
	v.guest.answers(t, quiz.Tutor, 3, now.Add(-15*day), "rrw")
	v.answers(t, quiz.Tutor, 3, now.Add(-10*day), "rr")

	n := v.guest.answers(t, quiz.Review, 2, now.Add(-6*day), "")
	missed := v.guest.answerAt(t, n, 1, now.Add(-6*day), false)
	again := missed.Item
	again.State, again.Again, again.Token, again.Credit, again.Verdict = quiz.Open, true, "", 0, ""
	missed.Adds = []quiz.Item{again}
	v.guest.save(t, missed)
	v.guest.save(t, v.guest.answerAt(t, n, 2, now.Add(-5*day), true))
	check(t, v.guest.quiz.Undo(ctx, v.guest.undone(t, n)))

	retry := quiz.Sitting{Learner: v.guest.who, Mode: quiz.Retry, Of: 1, Started: now.Add(-4 * day), Count: 2, Items: v.guest.items(2)}
	retry.Foretold.Forecast = plan.Forecast{N: 1, Mean: .6, Low: 0, High: 1, Sure: .9}
	retry.Items[0].Chance = .6
	n, err := v.guest.quiz.Begin(ctx, retry, "token-of-a-retry")
	check(t, err)
	turn, err := v.guest.quiz.Turn(ctx, v.guest.who, n, 2)
	check(t, err)
	tried := turn.Item
	tried.State, tried.Tried, tried.Token = quiz.Tried, questions.Response{"Kruschev"}, "token-of-a-first-try"
	check(t, v.guest.quiz.Try(ctx, v.guest.who, n, tried))
	v.guest.save(t, v.guest.answerAt(t, n, 1, now.Add(-4*day), true))

	v.answers(t, quiz.Tutor, 3, now.Add(-2*day), "rrr")
	v.guest.answers(t, quiz.Tutor, 3, now.Add(-day), "w")
	v.guest.exam(t)
}

// exam begins one with a time limit, in which something is given and flagged.
func (w *world) exam(t *testing.T) {
	t.Helper()
	n, err := w.quiz.Begin(ctx, quiz.Sitting{Learner: w.who, Mode: quiz.Exam, Started: now, Count: 2, Items: w.items(2), Minutes: 10, Ends: now.Add(time.Hour)}, "token-of-an-exam")
	check(t, err)
	it := w.items(2)[1]
	it.State, it.Given, it.At, it.Took, it.Flagged, it.Token = quiz.Given, questions.Response{"1"}, now, time.Second, true, "token-of-a-gift"
	check(t, w.quiz.Give(ctx, w.who, n, it, ""))
}

func claimsInto(t *testing.T, d *db.DB) {
	v := newVisit(t, d)
	v.history(t)
	mine, theirs := v.past(t), v.guest.past(t)
	sittings, others := v.sittings(t), v.guest.sittings(t)
	store := db.Study{DB: d}
	for _, who := range []questions.LearnerID{v.anna.ID, v.guest.who} {
		_, err := store.AddExam(ctx, study.Exam{Learner: who, Title: "Finals", At: now.Add(time.Hour)}, "a-token-of-an-exam")
		check(t, err)
	}
	check(t, v.claim("new"))
	listed, _, err := store.Exams(ctx, v.anna.ID)
	check(t, err)
	if len(listed) != 2 || listed[0].N != 1 || listed[1].N != 2 {
		t.Errorf("after the claim of an exam beside one's own: %+v", listed)
	}

	past := v.past(t)
	if len(past) != len(mine)+len(theirs)+1 {
		t.Fatalf("%d events after the claim, want %d, %d and the claim", len(past), len(mine), len(theirs))
	}
	off, count := int64(len(mine)), len(sittings)
	for i, p := range append(mine, theirs...) {
		if i >= len(mine) {
			p.Learner, p.Seq, p.Sitting = v.who, p.Seq+off, p.Sitting+count
			if p.Voids != 0 {
				p.Voids += off
			}
		}
		same(t, past[i].Event, p.Event, "an event, its content kept")
		for k, m := range past[i].Marks {
			same(t, m.Mark, p.Marks[k].Mark, "what an answer was worth")
		}
	}
	claim := past[len(past)-1].Event
	want := study.Event{Learner: v.who, Seq: off + int64(len(theirs)) + 1, At: now, Day: 20516, Zone: "Europe/Berlin", What: study.Claim,
		Ref: claim.Ref, Lexicon: claim.Lexicon, Response: questions.Response{strconv.Itoa(len(theirs))}, Token: "claim-" + v.guest.who.String()}
	same(t, claim, want, "the claim event")

	for _, s := range others {
		s.Learner, s.N = v.who, s.N+count
		if s.Of != 0 {
			s.Of += count
		}
		for i := range s.Items {
			if s.Items[i].Seq != 0 {
				s.Items[i].Seq += off
			}
		}
		sittings = append(sittings, s)
	}
	same(t, v.sittings(t), sittings, "the sittings, the guest's numbered on")
	v.cardsFold(t)
	v.nothingOf(t, v.guest.who)
	v.opens(t, "new", true)
	v.opens(t, "of the guest", false)
	v.opens(t, "of another browser", false)

	n := count + 2 // the guest's review goes on, and takes its answers back
	v.save(t, v.answerAt(t, n, 2, now, true))
	v.cardsFold(t)
	check(t, v.quiz.Undo(ctx, v.undone(t, n)))
	v.cardsFold(t)
	v.save(t, v.answerAt(t, n, 2, now.Add(time.Hour), true))
	v.cardsFold(t)
}

// claimReplays says that what both have met is lived again in the order of time.
func claimReplays(t *testing.T, d *db.DB) {
	v := newVisit(t, d)
	v.answers(t, quiz.Tutor, 1, now.AddDate(0, 0, -20), "r")
	v.guest.answers(t, quiz.Tutor, 1, now.AddDate(0, 0, -9), "r")
	v.answers(t, quiz.Tutor, 1, now.AddDate(0, 0, -2), "r")
	before := v.past(t)
	check(t, v.claim("new"))
	past := v.past(t)
	for i, elapsed := range []int{0, 7, 11} { // by number: mine, mine, the guest's
		same(t, past[i].Marks[0].Elapsed, elapsed, "days since the last review, across both logs")
	}
	if past[1].Marks[0].Stability <= before[1].Marks[0].Stability {
		t.Errorf("the last review met a memory of %v days, want more than the %v without the guest's", past[1].Marks[0].Stability, before[1].Marks[0].Stability)
	}
	cards, err := db.Study(v.quiz).Cards(ctx, v.who)
	check(t, err)
	if len(cards) != 1 || cards[0].Reps != 3 || cards[0].Seq != 2 || !cards[0].Last.Equal(now.AddDate(0, 0, -2)) {
		t.Errorf("the card is %+v, want three repetitions, the last of them event 2", cards)
	}
	replayed, _ := study.Replay(past)
	for _, p := range replayed {
		same(t, past[p.Seq-1], p, "an event with its marks, against the replay")
	}
	v.cardsFold(t)
}

func claimsByLink(t *testing.T, d *db.DB) {
	v := newVisit(t, d)
	v.guest.answers(t, quiz.Tutor, 2, now.AddDate(0, 0, -1), "rw")
	check(t, v.people.LinkAdd(ctx, people.Link{Hash: []byte("link"), What: "signin", Learner: v.who, Ends: now.Add(time.Hour)}))
	way := v.way("by link")
	way.Link = []byte("no such link")
	wantKind(t, v.host.ClaimInto(ctx, v.guest.who, v.anna, way), fault.Missing, "a claim by a link that is not there")
	same(t, len(v.guest.past(t)), 2, "events that the guest keeps")
	way.Link = []byte("link")
	check(t, v.host.ClaimInto(ctx, v.guest.who, v.anna, way))
	same(t, len(v.past(t)), 3, "events after the claim")
	v.opens(t, "by link", true)
	way.Session = session("again", v.who)
	wantKind(t, v.host.ClaimInto(ctx, v.guest.who, v.anna, way), fault.Conflict, "a claim by a used link")
	v.opens(t, "again", false)
}

// claimRefuses leaves nothing half written.
func claimRefuses(t *testing.T, d *db.DB) {
	v := newVisit(t, d)
	v.answers(t, quiz.Tutor, 3, now.AddDate(0, 0, -9), "rr")
	n := v.guest.answers(t, quiz.Tutor, 3, now.AddDate(0, 0, -5), "r")
	twice := v.guest.answerAt(t, n, 2, now.AddDate(0, 0, -4), true)
	twice.Event.Token = v.past(t)[0].Token
	v.guest.save(t, twice)
	all := v.everything(t)
	wantKind(t, v.claim("new"), fault.Conflict, "a claim of an answer that the account has")
	same(t, v.everything(t), all, "all rows after a refused claim")
	v.opens(t, "new", false)
	v.opens(t, "of the guest", true)

	mine, theirs := v.past(t), v.guest.past(t)
	stale := study.ClaimInto(mine, theirs[:1], v.guest.who, study.Event{Learner: v.who, At: now, Zone: "UTC"})
	wantMoved(t, v.quiz.ClaimInto(ctx, stale, v.way("new")), "a claim decided before the guest's last answer")
	stale = study.ClaimInto(mine[:1], theirs, v.guest.who, study.Event{Learner: v.who, At: now, Zone: "UTC"})
	wantMoved(t, v.quiz.ClaimInto(ctx, stale, v.way("new")), "a claim decided before the account's last answer")
	same(t, v.everything(t), all, "all rows after claims that were late")

	check(t, v.people.Claim(ctx, account(int64(v.guest.who), "Ben"), "ben", nil, people.Session{}))
	check(t, v.claim("new")) // the guest has a name by now: only the way opens
	v.opens(t, "new", true)
	same(t, len(v.guest.past(t)), 2, "events of the guest who made an account")
	same(t, len(v.past(t)), 2, "events of the account that claimed nothing")
}

func parallelClaims(t *testing.T, d *db.DB) {
	v := newVisit(t, d)
	v.history(t)
	want := len(v.past(t)) + len(v.guest.past(t)) + 1
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			if err := v.claim(fmt.Sprintf("session %d", i)); err != nil {
				t.Errorf("one of eight sign-ins: %v", err)
			}
		})
	}
	wg.Wait()
	same(t, len(v.past(t)), want, "events after eight sign-ins at once")
	for i := range 8 {
		v.opens(t, fmt.Sprintf("session %d", i), true)
	}
	v.cardsFold(t)
	v.nothingOf(t, v.guest.who)
}

// claimMovesSeat keeps a guest's place in a class, and in a class in which both
// are the account's.
func claimMovesSeat(t *testing.T, d *db.DB) {
	v := newVisit(t, d)
	v.guest.answers(t, quiz.Tutor, 1, now, "r")
	for _, statement := range []string{
		"INSERT INTO class (id, name, code, zone, made, archived, token) VALUES (1, 'A', 'a', 'UTC', 0, 0, ''), (2, 'B', 'b', 'UTC', 0, 0, ''), (3, 'C', 'c', 'UTC', 0, 0, '')",
		"INSERT INTO member (class, n, learner, role, name, folded, joined, gone) VALUES (1, 2, GUEST, 'pupil', 'G', 'g', 0, 0), (2, 2, GUEST, 'pupil', 'G', 'g', 0, 0), (2, 3, ANNA, 'pupil', 'Anna', 'anna', 0, 0)," +
			" (3, 2, ANNA, 'pupil', 'Anna', 'anna', 0, 5), (3, 3, GUEST, 'pupil', 'G', 'g', 7, 0)",
	} {
		check(t, d.Exec(ctx, strings.NewReplacer("GUEST", v.guest.who.String(), "ANNA", v.who.String()).Replace(statement)))
	}
	check(t, v.claim("new"))
	seats, err := d.Number(ctx, "SELECT COUNT(*) FROM member WHERE learner = "+v.who.String())
	check(t, err)
	same(t, seats, int64(3), "seats of the account")
	kept, err := d.Number(ctx, "SELECT COUNT(*) FROM member WHERE class = 2 AND name = 'Anna'")
	check(t, err)
	same(t, kept, int64(1), "the account's own seat in the class of both")
	anew, err := d.Number(ctx, "SELECT COUNT(*) FROM member WHERE class = 3 AND name = 'G' AND n = 3 AND joined = 7 AND gone = 0")
	check(t, err)
	same(t, anew, int64(1), "the guest's seat in a class that the account has left")
	v.nothingOf(t, v.guest.who)
}

// goneLearner is told apart from what went wrong: the row of a guest may go while
// a request is under way.
func goneLearner(t *testing.T, d *db.DB) {
	w := newWorld(t, d)
	n := w.begin(t, quiz.Review, 2)
	a := w.answer(t, n, 1, "token-of-the-gone-1", 1)
	w.save(t, w.answer(t, n, 2, "token-of-the-gone-2", 1))
	u := w.undone(t, n)
	check(t, d.Exec(ctx, "DELETE FROM learner WHERE id = "+w.who.String()))
	_, err := w.quiz.Save(ctx, a)
	wantKind(t, err, fault.Missing, "an answer of somebody who is gone")
	opens := quiz.Sitting{Learner: w.who, Mode: quiz.Tutor, Started: now, Count: 1, Items: w.items(1)}
	_, err = w.quiz.Begin(ctx, opens, "token-of-the-gone-3")
	wantKind(t, err, fault.Missing, "a sitting of somebody who is gone")
	wantKind(t, w.quiz.Undo(ctx, u), fault.Missing, "an undo of somebody who is gone")
	wantKind(t, db.People{DB: d}.Enter(ctx, people.Way{Session: session("s", w.who)}), fault.Missing, "a way in of somebody who is gone")
}

// tables hold what belongs to a learner.
var tables = []string{"session", "sitting", "item", "event", "mark", "card", "care", "rollup", "member"}

func (w *world) nothingOf(t *testing.T, who questions.LearnerID) {
	t.Helper()
	for _, table := range append([]string{"learner"}, tables...) {
		column := "learner"
		if table == "learner" {
			column = "id"
		}
		n, err := w.Number(ctx, "SELECT COUNT(*) FROM "+table+" WHERE "+column+" = "+who.String())
		check(t, err)
		same(t, n, int64(0), table+" rows of somebody who is gone")
	}
}

// everything is what is kept of both, to be compared.
func (v visit) everything(t *testing.T) []any {
	t.Helper()
	var all []any
	for _, w := range []*world{v.world, v.guest} {
		cards, err := db.Study(w.quiz).Cards(ctx, w.who)
		check(t, err)
		all = append(all, w.past(t), w.sittings(t), cards, w.days(t))
	}
	for _, table := range tables {
		n, err := v.Number(ctx, "SELECT COUNT(*) FROM "+table)
		check(t, err)
		all = append(all, n)
	}
	return all
}

func (v visit) opens(t *testing.T, hash string, want bool) {
	t.Helper()
	who, _, err := v.people.Session(ctx, []byte(hash), now)
	if got := err == nil && who.ID != 0; got != want {
		t.Errorf("whether the session %q opens: %v, %v; want %v", hash, got, err, want)
	}
}
