// Package dbtest is the contract that each database engine passes: what every
// method of every store does when all is well, when something is missing or
// taken, and when it belongs to somebody else.
package dbtest

import (
	"context"
	"errors"
	"os"
	"reflect"
	"testing"
	"time"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/app/fsrs"
	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/app/study"
	"thaw/db"
	"thaw/questions"
)

// Run holds an engine to the contract. open returns a database of its own for
// each call, empty and migrated.
func Run(t *testing.T, open func(t *testing.T) *db.DB) {
	for _, c := range []struct {
		name string
		test func(*testing.T, *db.DB)
	}{
		{"session", sessions}, {"account", accounts}, {"claim", claims},
		{"claim into an account", claimsInto}, {"claim replays", claimReplays}, {"claim by a link", claimsByLink},
		{"claim refuses", claimRefuses}, {"parallel claims", parallelClaims}, {"claim moves a seat", claimMovesSeat}, {"gone", goneLearner},
		{"sweep guests", sweepsGuests}, {"sweep the rest", sweepsTheRest}, {"parallel sweeps", parallelSweeps},
		{"leave", leaves}, {"stay under another name", staysUnderAnotherName}, {"leave refuses", leaveRefuses}, {"forget", forgets}, {"forget again", forgetsAgain}, {"forget own banks", forgetsOwnBanks}, {"sources", sources}, {"bin of questions", binnedQuestions}, {"bin of banks", emptiedBanks}, {"order", putInOrder}, {"pictures", pictures}, {"forget pictures", forgetsPictures},
		{"nothing is forgotten", nothingIsForgotten}, {"calendar links", feeds},
		{"secrets of a person", personSecrets},
		{"class", classes}, {"banks of a class", classBanks}, {"join", joins}, {"join together", joinsTogether},
		{"memberships", memberships}, {"roster", rosters}, {"many seats", manySeats}, {"sit down", sits}, {"sit down together", sitsTogether}, {"co-teachers", staffs}, {"reset", resets}, {"house", house}, {"reasons", reasons}, {"health", health}, {"class reports", classReports}, {"forecasts told", forecastsTold}, {"mix-ups", mixups}, {"lens", lens}, {"what was asked", sat},
		{"office", office}, {"last administrator", lastAdmin}, {"invitation", invitations},
		{"failure", failures}, {"link", links}, {"set-up", setUp}, {"secret and audit", secrets},
		{"bank", banks}, {"install again", installAgain}, {"install changed", installChanged}, {"upgrade", upgrades}, {"upgrade with copies", upgradesCopies}, {"versions", versions},
		{"own banks", ownBanks}, {"topics", topics}, {"write", writes}, {"write parts", writesParts}, {"write gaps", writesGaps}, {"write twice", writesTwice}, {"write together", writesTogether},
		{"reverse", reverses}, {"copy", copies}, {"updates", updates}, {"search", searches}, {"history", histories},
		{"names", names}, {"whole", whole}, {"doctor", doctors}, {"first question", firstQuestion}, {"what is another's", anothers}, {"bin", bins}, {"grams go", gramsGo},
		{"begin", begins}, {"readings", readings}, {"wrong lately", wrongLately}, {"assignments", assignments}, {"tries at an assignment", assignedTries}, {"taken and given", takenAndGiven}, {"dates given", datesGiven}, {"give", gives}, {"hand in", handsIn}, {"parallel hand-ins", parallelHandIns}, {"extend", extends}, {"foretold", foretells}, {"save", saves}, {"landing", landings}, {"save refuses", saveRefuses}, {"try", tries},
		{"ask again", asksAgain}, {"parallel saves", parallelSaves}, {"parallel learner", parallelLearner},
		{"strangers", strangers}, {"undo", undoes}, {"undo refuses", undoRefuses}, {"past", pasts},
		{"handle", handles}, {"leave out", leavesOut}, {"claim brings along how facts are handled", claimsCares},
		{"fit", fits}, {"exams", exams}, {"repair", repairs}, {"rulings", rulings}, {"repairs at random", repairsAtRandom}, {"install keeps rulings", installKeepsRulings}, {"answers to what is retired", retiredAnswers}, {"contests", contests}, {"trust", trusts}, {"a ruling and a claim", ruledClaims}, {"unchanging", unchanging}, {"deletion", deletion}, {"statements", statements},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, open(t)) })
	}
}

var (
	ctx = context.Background()
	now = time.Date(2026, 3, 4, 5, 6, 7, 89e6, time.UTC)
)

// Need leaves a test out that cannot run without what is missing, or fails where
// nothing may be left out.
func Need(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("THAW_TEST_REQUIRE") == "all" {
		t.Fatalf("%s is missing, and THAW_TEST_REQUIRE=all wants it", what)
	}
	t.Skipf("%s is not here: skipped", what)
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantKind(t *testing.T, err error, kind fault.Kind, doing string) {
	t.Helper()
	if !fault.Is(err, kind) {
		t.Errorf("%s: got %v, want fault %s", doing, err, kind)
	}
}

func wantMoved(t *testing.T, err error, doing string) {
	t.Helper()
	if !errors.Is(err, quiz.ErrMoved) {
		t.Errorf("%s: got %v, want ErrMoved", doing, err)
	}
}

func same[T any](t *testing.T, got, want T, what string) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s\n got %+v\nwant %+v", what, got, want)
	}
}

// Guest is a person without a name, for tests and benchmarks.
func Guest(id int64) people.Person {
	return people.Person{ID: questions.LearnerID(id), Role: people.Guest, Lang: "en", Zone: "Europe/Berlin", Buttons: 2, Size: 115, NewADay: 7, MoreTime: 50, EasyDays: people.Days(0).With(time.Friday), Minutes: 25, DaysOff: people.Days(0).With(time.Sunday), Created: now}
}

func session(hash string, who questions.LearnerID) people.Session {
	return people.Session{Hash: []byte(hash), Learner: who, Created: now, Seen: now, Ends: now.Add(time.Hour)}
}

// Sample is a small bank: two topics, three facts of which two are twins, two
// entities, one section and three questions.
func Sample() bank.Data {
	option := func(text string, credit float64) questions.Answer {
		return questions.Answer{Part: 1, Text: text, Credit: credit, Feedback: "about " + text}
	}
	ask := func(slug, topic, kind, prompt, fact string, answers ...questions.Answer) bank.QuestionData {
		refs := make([]bank.AnswerRef, len(answers))
		for i := range refs {
			refs[i].Fact = fact
		}
		return bank.QuestionData{Slug: slug, TopicSlug: topic, PassageSlug: "p1", Refs: refs,
			Version: questions.Version{Kind: kind, Lang: "en", Prompt: prompt, Explain: "because", Level: "remember", Answers: answers}}
	}
	person := ask("who", "people", questions.Text, "Who spoke?", "speaker", questions.Answer{Part: 1, Text: "Khrushchev", Match: questions.MatchPerson, Credit: 1})
	person.Refs[0].Entity = "khrushchev"
	return bank.Data{
		Bank: bank.Bank{Slug: "sample", Title: "Sample", Lang: "en", About: "about", Source: "source", BuiltIn: true}, Hash: "one",
		Topics: []bank.Topic{{Slug: "dates", Title: "Dates", About: "when"}, {Slug: "people", Title: "People", About: "who"}},
		Facts: []bank.FactData{
			{Fact: bank.Fact{Slug: "speech-date", Text: "The speech was in 1956.", Lang: "en", Twin: "speech", When: "1956-02-25"}, TopicSlug: "dates", PassageSlug: "p1"},
			{Fact: bank.Fact{Slug: "date-speech", Text: "In 1956 was the speech.", Lang: "en", Twin: "speech"}, TopicSlug: "dates"},
			{Fact: bank.Fact{Slug: "speaker", Text: "Khrushchev spoke.", Lang: "en"}, TopicSlug: "people", PassageSlug: "p2"}},
		Entities: []questions.Entity{
			{Slug: "khrushchev", Kind: "person", Name: "Nikita Khrushchev", About: "leader", Spellings: []string{"Khrushchev", "Chruschtschow"}},
			{Slug: "stalin", Kind: "person", Name: "Joseph Stalin"}},
		Sections: []bank.Section{{Slug: "s1", Title: "The speech", Passages: []questions.Passage{{Slug: "p1", Text: "In 1956 …"}, {Slug: "p2", Text: "He …"}}}},
		Questions: []bank.QuestionData{
			ask("when", "dates", questions.Choice, "When?", "speech-date", option("1956", 1), option("1953", 0), option("1961", 0)),
			ask("what", "dates", questions.Choice, "What?", "date-speech", option("the speech", 1), option("the trial", 0)),
			person},
	}
}

// world is a database with the sample bank and one learner.
type world struct {
	*db.DB
	quiz db.Quiz
	bank bank.Contents
	who  questions.LearnerID
}

func newWorld(t *testing.T, d *db.DB) *world {
	t.Helper()
	w := &world{DB: d, quiz: db.Quiz{DB: d}, bank: installed(t, d, Sample()), who: 1 << 40}
	w.learner(t, w.who)
	return w
}

func (w *world) learner(t *testing.T, who questions.LearnerID) {
	t.Helper()
	check(t, db.People{DB: w.DB}.AccountAdd(ctx, people.Account{Person: Guest(int64(who))}, "", nil))
}

func installed(t *testing.T, d *db.DB, data bank.Data) bank.Contents {
	t.Helper()
	store := db.Bank{DB: d}
	check(t, store.Install(ctx, data))
	all, err := store.Open(ctx, 0)
	check(t, err)
	for _, b := range all {
		c, err := store.Contents(ctx, b.ID)
		check(t, err)
		if c.Bank.Slug == data.Bank.Slug {
			return c
		}
	}
	t.Fatalf("bank %s is not there after its installation", data.Bank.Slug)
	return bank.Contents{}
}

// items makes n open items of the sample's questions.
func (w *world) items(n int) []quiz.Item {
	var items []quiz.Item
	for i := range n {
		q := w.bank.Questions[i%len(w.bank.Questions)]
		items = append(items, quiz.Item{Pos: i + 1, Ref: questions.Ref{Question: q.ID, Version: q.Latest},
			Bank: w.bank.Bank.ID, Lexicon: w.bank.Lexicon.Revision, State: quiz.Open, Facts: q.Facts})
	}
	return items
}

func (w *world) begin(t *testing.T, mode quiz.Mode, items int) int {
	t.Helper()
	n, err := w.quiz.Begin(ctx, quiz.Sitting{Learner: w.who, Mode: mode, Started: now, Count: items, Items: w.items(items)}, "")
	check(t, err)
	return n
}

// answer decides the item as it is now: the second of three options, credit as
// given.
func (w *world) answer(t *testing.T, sitting, pos int, token string, credit float64) quiz.Answered {
	t.Helper()
	turn, err := w.quiz.Turn(ctx, w.who, sitting, pos)
	check(t, err)
	return answered(w.who, turn, token, credit)
}

func answered(who questions.LearnerID, turn quiz.Turn, token string, credit float64) quiz.Answered {
	return answeredAt(who, turn, token, credit, now)
}

var berlin, _ = time.LoadLocation("Europe/Berlin")

func answeredAt(who questions.LearnerID, turn quiz.Turn, token string, credit float64, at time.Time) quiz.Answered {
	verdict := questions.Right
	if credit < 1 {
		verdict = questions.Wrong
	}
	it := turn.Item
	e := study.Event{Learner: who, At: at, Day: study.Calendar(berlin).Day(at), Zone: "Europe/Berlin", What: study.Answer, Ref: it.Ref, Lexicon: it.Lexicon,
		Order: []int{2, 0, 1}, Response: questions.Response{"1", "ö\x00?"[:2]}, Tried: it.Tried, Took: 1234 * time.Millisecond,
		Token: token, Sitting: turn.Sitting.N, Pos: it.Pos, Weights: turn.Adopted, Places: []float64{.625}}
	marks := []questions.Mark{{Part: 1, Fact: it.Facts[0], Credit: credit, Verdict: verdict, Canonical: "1956",
		Reason: questions.Reason{Code: "reason.year_off", Args: []string{"3", "a?b"}}, Given: 7, Asked: 5, Guess: .25}}
	cards, met := study.Apply(study.Model(turn.Weights), e, marks, turn.Cards)
	a := quiz.Answered{Event: e, Marks: met, Cards: cards, Item: it, From: it.State, Stand: turn.Stand, Tally: study.Count(e, met)}
	a.Item.State, a.Item.Token, a.Item.Credit, a.Item.Verdict = quiz.Closed, token, credit, verdict
	if turn.Sitting.Closed+1 >= turn.Sitting.Count {
		a.Finished = at
	}
	return a
}

func (w *world) save(t *testing.T, a quiz.Answered) int64 {
	t.Helper()
	seq, err := w.quiz.Save(ctx, a)
	check(t, err)
	return seq
}

// cardsFold says that the cards and the roll-ups are what the events make of them.
func (w *world) cardsFold(t *testing.T) {
	t.Helper()
	past, err := db.Study{DB: w.DB}.Pasts(ctx, w.who)
	check(t, err)
	cards, err := db.Study(w.quiz).Cards(ctx, w.who)
	check(t, err)
	if want := study.Fold(past); len(cards)+len(want) > 0 {
		same(t, cards, want, "cards, against the fold of the events")
	}
	var days []study.Tally
	for _, t := range w.days(t) {
		if t != (study.Tally{Day: t.Day}) { // all of it undone
			days = append(days, t)
		}
	}
	if want := study.Days(past); len(days)+len(want) > 0 {
		same(t, days, want, "roll-ups, against the sum of the events")
	}
}

func (w *world) days(t *testing.T) []study.Tally {
	t.Helper()
	days, err := db.Study{DB: w.DB}.Days(ctx, w.who, fsrs.Day(0))
	check(t, err)
	return days
}
