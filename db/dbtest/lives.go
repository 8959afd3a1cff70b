package dbtest

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"thaw/app/bank"
	"thaw/app/fsrs"
	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/app/repair"
	"thaw/app/study"
	"thaw/db"
	"thaw/questions"
)

// Lives is a database in which learners have answered for months: the typed question of
// the sample bank again and again, now and then the others, ten to a sitting, as the app
// would have stored it.
type Lives struct {
	*db.DB
	Desk     repair.Desk
	Host     quiz.Host
	Bank     bank.Contents
	Learners []questions.LearnerID
	Admin    people.Person
	Now      time.Time // after all of it

	tb testing.TB
}

// Alias is what a quarter of the answers say, and the grader does not know.
const Alias = "the corn man"

// said are the answers to the typed question, by how often they are given.
var said = []string{"Khrushchev", "Khrushchev", "khrushchev", "Kruschev", Alias, "The Corn Man", "the corn  man!", "Stalin", "Brezhnev", "Nikita Malenkov"}

// Plant makes learners who have each given so many answers to the typed question. It
// writes the rows of many learners in one statement: the path of an answer is measured
// elsewhere.
func Plant(tb testing.TB, d *db.DB, learners, answers int) *Lives {
	tb.Helper()
	l := Over(tb, d)
	for i := range learners {
		l.Learners = append(l.Learners, questions.LearnerID(uint64(i+1)*0x9e3779b97f4a7c15>>2))
	}
	var wg sync.WaitGroup
	for hand := range 16 {
		wg.Go(func() {
			for i := hand; i < learners; i += 16 {
				if err := (db.People{DB: d}).AccountAdd(ctx, people.Account{Person: Guest(int64(l.Learners[i]))}, "", nil); err != nil {
					tb.Error(err)
				}
			}
		})
	}
	wg.Wait()
	rows := planted{}
	for i, who := range l.Learners {
		rows.add(l.life(who, answers, uint64(i)))
		if (i+1)%8 == 0 || i+1 == learners {
			rows.store(l)
			rows = planted{}
		}
	}
	return l
}

// Over joins the app's parts on a database with the sample bank, which it installs where
// it is not there.
func Over(tb testing.TB, d *db.DB) *Lives {
	tb.Helper()
	l := &Lives{DB: d, tb: tb, Now: now.AddDate(1, 0, 0), Admin: Guest(1 << 41)}
	l.Admin.Name, l.Admin.Role = "Head", people.Admin
	store := db.Bank{DB: d}
	l.need(store.Install(ctx, Sample()))
	open, err := store.Open(ctx, 0)
	l.need(err)
	l.Bank, err = store.Contents(ctx, open[0].ID)
	l.need(err)
	clock := func() time.Time { return l.Now }
	shelf := bank.NewShelf(store, clock)
	l.Desk = repair.Desk{Store: db.Repair{DB: d}, Shelf: shelf, Now: clock}
	l.Host = quiz.Host{Store: db.Quiz{DB: d}, Shelf: shelf, Now: clock}
	return l
}

func (l *Lives) need(err error) {
	l.tb.Helper()
	if err != nil {
		l.tb.Fatal(err)
	}
}

// Typed is the typed question of the sample bank.
func (l *Lives) Typed() bank.Question { return l.asked(questions.Text) }

func (l *Lives) asked(kind string) bank.Question {
	for _, q := range l.Bank.Questions {
		if q.Kind == kind {
			return q
		}
	}
	l.tb.Fatal("the sample bank has no question of kind " + kind)
	return bank.Question{}
}

// wording is what a learner has before them.
func (l *Lives) wording(e study.Event) study.Wording {
	l.tb.Helper()
	v, err := l.Desk.Shelf.Version(ctx, e.Ref)
	l.need(err)
	lexicon, err := l.Desk.Shelf.Lexicon(ctx, l.Bank.Bank.ID, e.Lexicon)
	l.need(err)
	return study.Wording{Version: v, Lexicon: lexicon}
}

// life is the past of one learner, as answers that were stored one after the other.
func (l *Lives) life(who questions.LearnerID, answers int, seed uint64) []study.Past {
	rng := rand.New(rand.NewPCG(seed, 7)) // #nosec G404 -- the same in every run
	cards := map[questions.FactID]study.Card{}
	at := now.AddDate(0, -6, 0)
	var past []study.Past
	for typed := 0; typed < answers; {
		q := l.Typed()
		if rng.IntN(5) == 0 {
			q = l.Bank.Questions[rng.IntN(2)]
		}
		at = at.Add(time.Duration(1+rng.IntN(120*3600*1000)) * time.Millisecond)
		if rng.IntN(8) == 0 {
			at = at.Add(time.Minute - 60*time.Hour)
		}
		seq := len(past) + 1
		if seq > 1 && at.Before(past[seq-2].At) {
			at = past[seq-2].At.Add(time.Minute)
		}
		e := study.Event{Learner: who, Seq: int64(seq), At: at, Day: study.Calendar(berlin).Day(at), Zone: "Europe/Berlin", What: study.Answer,
			Ref: questions.Ref{Question: q.ID, Version: q.Latest}, Lexicon: l.Bank.Lexicon.Revision, Response: questions.Response{strconv.Itoa(1 + rng.IntN(2))},
			Took: 5 * time.Second, Token: fmt.Sprintf("planted-%d", seq), Sitting: 1 + (seq-1)/10, Pos: 1 + (seq-1)%10}
		if q.ID == l.Typed().ID {
			typed++
			e.Response[0] = said[rng.IntN(len(said))]
			if rng.IntN(10) == 0 {
				e.Tried = questions.Response{"Nikita Stalin"}
			}
		}
		past = append(past, l.lived(e, cards))
	}
	return past
}

// lived answers as the app does, and moves the cards.
func (l *Lives) lived(e study.Event, cards map[questions.FactID]study.Card) study.Past {
	w := l.wording(e)
	marks, err := w.Grade(e.Tried, e.Response)
	l.need(err)
	card, ok := cards[marks[0].Fact]
	var met []study.Card
	if ok {
		met = []study.Card{card}
	}
	if !study.Evidence([]questions.FactID{marks[0].Fact}, met, e.At) {
		e.What = study.Practice
	}
	moved, seen := study.Apply(study.Model(fsrs.Weights{}), e, marks, met)
	for _, c := range moved {
		c.Seq = e.Seq
		cards[c.Fact] = c
	}
	return study.Past{Event: e, Marks: seen}
}

// planted are the rows of some learners, by table.
type planted map[string][]string

func (p planted) add(past []study.Past) {
	who := past[0].Learner
	_, cards := study.Replay(past)
	sittings := (len(past) + 9) / 10
	for n := 1; n <= sittings; n++ {
		first, last := (n-1)*10, min(n*10, len(past))
		p.row("sitting (learner, n, mode, topic, repeats, started, finished, count, closed, token)", who, n, "tutor", 0, 0, past[first].At, past[last-1].At, last-first, last-first, "")
	}
	for _, e := range past {
		marks := study.Plain(e.Marks)
		credit, verdict := questions.Worth(marks)
		p.row("item (learner, sitting, pos, question, version, bank, lexicon, ord, state, tried, token, seq, credit, verdict, again, facts)", who, e.Sitting, e.Pos,
			e.Ref.Question, e.Ref.Version, 1, e.Lexicon, "", "closed", e.Tried, e.Token, e.Seq, credit, verdict, 0, []questions.FactID{marks[0].Fact})
		p.row("event (learner, seq, at, day, zone, what, question, version, lexicon, ord, response, tried, took, sure, token, sitting, pos, voids)", who, e.Seq, e.At, int64(e.Day), e.Zone, e.What,
			e.Ref.Question, e.Ref.Version, e.Lexicon, "", e.Response, e.Tried, e.Took.Milliseconds(), 0, e.Token, e.Sitting, e.Pos, 0)
		for _, m := range e.Marks {
			p.row("mark (learner, seq, part, fact, credit, verdict, canonical, reason, given, asked, guess, self, recall, stability, elapsed, grader)", who, e.Seq, m.Part, m.Fact, m.Credit, m.Verdict, m.Canonical,
				append([]string{m.Reason.Code}, m.Reason.Args...), m.Given, m.Asked, m.Guess, m.Self, m.Recall, m.Stability, m.Elapsed, 1)
		}
	}
	for _, c := range cards {
		p.row("card (learner, fact, stability, difficulty, phase, step, reps, lapses, last, due, decay, seq)", who, c.Fact, c.Stability, c.Difficulty, c.Phase, c.Step, c.Reps, c.Lapses, c.Last, c.Due, c.Decay, c.Seq)
	}
	for _, t := range study.Days(past) {
		p.row("rollup (learner, day, answers, met, right_n, reviews, recalled, expected, took)", who, int64(t.Day), t.Answers, t.Met, t.Right, t.Reviews, t.Recalled, t.Expected, t.Took.Milliseconds())
	}
}

func (p planted) row(table string, values ...any) {
	said := make([]string, len(values))
	for i, v := range values {
		said[i] = literal(v)
	}
	p[table] = append(p[table], "("+strings.Join(said, ", ")+")")
}

// literal writes a value into a statement.
func literal(v any) string {
	quoted := func(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
	if t, ok := v.(time.Time); ok {
		return strconv.FormatInt(t.UnixMilli(), 10)
	}
	switch r := reflect.ValueOf(v); r.Kind() {
	case reflect.String:
		return quoted(r.String())
	case reflect.Float64:
		return strconv.FormatFloat(r.Float(), 'g', -1, 64)
	case reflect.Slice:
		if r.Len() == 0 {
			return "''"
		}
		raw, _ := json.Marshal(v)
		return quoted(string(raw))
	}
	return fmt.Sprint(v)
}

func (p planted) store(l *Lives) {
	l.tb.Helper()
	for _, table := range []string{"sitting", "event", "item", "mark", "card", "rollup"} {
		for into, rows := range p {
			if strings.HasPrefix(into, table+" ") {
				l.need(l.Exec(ctx, "INSERT INTO "+into+" VALUES "+strings.Join(rows, ",\n")))
			}
		}
	}
}

// State is all that is derived of one learner.
type State struct {
	Past     []study.Past
	Cards    []study.Card
	Cares    []study.Care
	Days     []study.Tally
	Sittings []quiz.Sitting
}

// State loads what is stored of a learner.
func (l *Lives) State(who questions.LearnerID) (s State) {
	l.tb.Helper()
	var err error
	s.Past, err = db.Study{DB: l.DB}.Pasts(ctx, who)
	l.need(err)
	s.Cards, s.Cares, err = db.Study{DB: l.DB}.Memory(ctx, who)
	l.need(err)
	s.Days, err = db.Study{DB: l.DB}.Days(ctx, who, fsrs.Day(0))
	l.need(err)
	latest, err := db.Quiz{DB: l.DB}.Latest(ctx, who, 1000)
	l.need(err)
	for n := range latest {
		one, err := db.Quiz{DB: l.DB}.Sitting(ctx, who, n+1)
		l.need(err)
		s.Sittings = append(s.Sittings, one)
	}
	return s
}

// States loads what is stored of everybody.
func (l *Lives) States() map[questions.LearnerID]State {
	all := map[questions.LearnerID]State{}
	for _, who := range l.Learners {
		all[who] = l.State(who)
	}
	return all
}

// Agrees says that all that is stored of a learner is what events and rulings make of it,
// computed afresh: each answer is graded by what was seen, then judged by the rulings.
func (l *Lives) Agrees(who questions.LearnerID) {
	l.tb.Helper()
	s := l.State(who)
	rulings, _, err := l.Desk.Store.Rulings(ctx, who, 0)
	l.need(err)
	l.differs(who, s, rulings)
	fresh, ruled := make([]study.Past, len(s.Past)), map[int]questions.RulingID{}
	for i, p := range s.Past {
		fresh[i] = study.Past{Event: p.Event}
		if len(p.Marks) == 0 {
			continue
		}
		w := l.wording(p.Event)
		shown := w
		shown.Version = w.Version.In(p.Order)
		graded, err := shown.Grade(p.Tried, p.Response)
		l.need(err)
		var reach []study.Ruling
		for _, r := range rulings {
			if r.Question == p.Ref.Question {
				reach = append(reach, r)
			}
		}
		var by questions.RulingID
		if fresh[i].Marks, by = study.Judge(graded, w, p.Event, reach); by != 0 {
			ruled[p.Sitting] = max(ruled[p.Sitting], by)
		}
	}
	for n, sitting := range s.Sittings {
		var want study.Ruling
		for _, r := range rulings {
			if r.ID == ruled[n+1] {
				want = r
			}
		}
		if got := sitting.Repaired; got.Decision != want.Decision || !got.At.Equal(want.At) {
			l.tb.Errorf("learner %d, sitting %d: repaired by %+v, want %s at %v", who, n+1, got, want.Decision, want.At)
		}
	}
	fresh, cards := study.Replay(fresh)
	l.sameMarks(who, fresh, s)
	if len(cards)+len(s.Cards) > 0 && !reflect.DeepEqual(cards, s.Cards) {
		l.tb.Errorf("learner %d: cards\n got %+v\nwant %+v", who, s.Cards, cards)
	}
	var days []study.Tally
	for _, d := range s.Days {
		if d != (study.Tally{Day: d.Day}) { // all of it undone
			days = append(days, d)
		}
	}
	if want := study.Days(fresh); len(days)+len(want) > 0 && !reflect.DeepEqual(days, want) {
		l.tb.Errorf("learner %d: days\n got %+v\nwant %+v", who, days, want)
	}
}

// differs says what the check of the fold finds.
func (l *Lives) differs(who questions.LearnerID, s State, rulings []study.Ruling) {
	l.tb.Helper()
	judge, err := l.Desk.Judging(ctx, s.Past, rulings)
	l.need(err)
	for _, what := range study.Differs(s.Past, s.Cards, s.Cares, s.Days, judge) {
		l.tb.Errorf("learner %d: %s", who, what)
	}
}

// sameMarks compares marks, and the results of items with them. What was taken back met
// what it met then.
func (l *Lives) sameMarks(who questions.LearnerID, fresh []study.Past, s State) {
	l.tb.Helper()
	stored, voided := map[int64][]study.Mark{}, map[int64]bool{}
	for _, p := range s.Past {
		stored[p.Seq] = p.Marks
		voided[p.Voids] = true
	}
	worth := map[[2]int]questions.Mark{}
	for _, p := range fresh {
		if voided[p.Seq] || len(p.Marks) == 0 {
			continue
		}
		if got := stored[p.Seq]; !reflect.DeepEqual(got, p.Marks) {
			l.tb.Errorf("learner %d: marks of event %d\n got %+v\nwant %+v", who, p.Seq, got, p.Marks)
		}
		var one questions.Mark
		var marks []questions.Mark
		for _, m := range p.Marks {
			marks = append(marks, m.Mark)
		}
		one.Credit, one.Verdict = questions.Worth(marks)
		worth[[2]int{p.Sitting, p.Pos}] = one
	}
	for _, sitting := range s.Sittings {
		for _, it := range sitting.Items {
			if want := worth[[2]int{sitting.N, it.Pos}]; it.State == quiz.Closed && (it.Credit != want.Credit || it.Verdict != want.Verdict) {
				l.tb.Errorf("learner %d, sitting %d, item %d: credit %v, %s; want %v, %s", who, sitting.N, it.Pos, it.Credit, it.Verdict, want.Credit, want.Verdict)
			}
		}
	}
}

// Accept is the proposal that the alias counts for everybody.
func (l *Lives) Accept() repair.Proposal {
	return repair.Proposal{Question: l.Typed().ID, Decision: study.Accept, Part: 1, Texts: []string{Alias}}
}

// CutStore lets so many learners be judged, then cancels.
type CutStore struct {
	repair.Store
	After  int
	Cancel context.CancelFunc
	mu     sync.Mutex
}

// Rejudge implements repair.Store.
func (s *CutStore) Rejudge(ctx context.Context, r study.Rejudged, done questions.RulingID) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.After--; s.After < 0 {
		s.Cancel()
		return context.Canceled
	}
	return s.Store.Rejudge(ctx, r, done)
}
