package report

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"thaw/app/fsrs/plan"
	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/app/study"
	"thaw/questions"
	"thaw/questions/kind"
)

// Own loads everything that is kept about a person, with the looks of others at it; say is
// the person's language.
func (r Reporter) Own(ctx context.Context, p people.Person, classes []people.Membership, looks []people.Look, say questions.Say) (Own, error) {
	past, sat, err := r.Past(ctx, p.ID, say)
	if err != nil {
		return Own{}, err
	}
	cards, cares, err := r.Coach.Store.Memory(ctx, p.ID)
	if err != nil {
		return Own{}, err
	}
	exams, _, err := r.Coach.Store.Exams(ctx, p.ID)
	return Own{Format: OwnFormat, Made: moment(r.Now()), Profile: ownProfile(p), Events: each(past, sat.event), Cards: each(cards, ownCard), Cares: each(cares, ownCare),
		Days: each(study.Days(past), ownDay), Sittings: each(sat.Sittings, sat.sitting), Exams: each(exams, ownExam),
		Contests: sat.contests(), Classes: each(classes, ownClass), Looks: each(looks, ownLook)}, err
}

// Past loads what a person did, oldest first, and what they were asked.
func (r Reporter) Past(ctx context.Context, who questions.LearnerID, say questions.Say) ([]study.Past, Sat, error) {
	past, err := r.Store.Pasts(ctx, who)
	if err != nil {
		return nil, Sat{}, err
	}
	sat, err := r.Store.Sat(ctx, who)
	if err != nil {
		return nil, Sat{}, err
	}
	sat.say = say
	sat.versions, err = r.Shelf.Versions(ctx, slices.Collect(maps.Keys(sat.Asked)))
	return past, sat, err
}

// Said is what was answered, in words: options by their texts, in the order in
// which they stood. What has no words stays as it came.
func (s Sat) Said(e study.Event) string {
	v, known := s.versions[e.Ref]
	k, ok := kind.Of(v.Kind)
	if !known || !ok || len(e.Response) == 0 {
		return strings.Join(e.Response, "; ")
	}
	if given := k.Words(questions.Asked{Version: v.In(e.Order), Say: s.say}, e.Response).Given; given != "" {
		return given
	}
	return strings.Join(e.Response, "; ")
}

// each maps a list; an empty one stays a list.
func each[A, B any](list []A, as func(A) B) []B {
	mapped := make([]B, len(list))
	for i, a := range list {
		mapped[i] = as(a)
	}
	return mapped
}

func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

func ownProfile(p people.Person) OwnProfile {
	o := OwnProfile{Learner: p.ID, Name: p.Name, Role: p.Role, Created: moment(p.Created), Lang: p.Lang, Zone: p.Zone, Theme: p.Theme, Size: p.Size,
		Buttons: p.Buttons, KeysOff: p.KeysOff, NewADay: p.NewADay, Minutes: p.Minutes, MoreTime: p.MoreTime, DaysOff: week(p.DaysOff), DaysEasy: week(p.EasyDays)}
	if p.Adopted != 0 {
		o.Weights = p.Weights[:]
	}
	return o
}

func week(of people.Days) []time.Weekday {
	days := []time.Weekday{}
	for d := time.Sunday; d <= time.Saturday; d++ {
		if of.Has(d) {
			days = append(days, d)
		}
	}
	return days
}

func (s Sat) event(p study.Past) OwnEvent {
	return OwnEvent{Seq: p.Seq, At: moment(p.At), Day: p.Day.String(), Zone: p.Zone, What: p.What, Question: p.Ref.Question, Version: p.Ref.Version,
		Lexicon: p.Lexicon, Wording: s.Asked[p.Ref], Order: p.Order, Response: p.Response, Given: s.Said(p.Event), Tried: p.Tried, Seconds: p.Took.Seconds(), Sure: p.Sure,
		Sitting: p.Sitting, Pos: p.Pos, Voids: p.Voids, About: p.About, Weights: p.Weights, Places: p.Places, Marks: each(p.Marks, ownMark)}
}

func ownMark(m study.Mark) OwnMark {
	o := OwnMark{Part: m.Part, Fact: m.Fact, Credit: m.Credit, Verdict: m.Verdict, Canonical: m.Canonical, Given: m.Given, Asked: m.Asked,
		Guess: m.Guess, Self: m.Self, Recall: m.Recall, Stability: m.Stability, Elapsed: m.Elapsed}
	if m.Reason.Code != "" {
		o.Reason = append([]string{m.Reason.Code}, m.Reason.Args...)
	}
	if m.Graded != nil {
		o.Graded = m.Graded.Verdict
	}
	return o
}

func ownCard(c study.Card) OwnCard {
	return OwnCard{Fact: c.Fact, Stability: c.Stability, Difficulty: c.Difficulty, Phase: c.Phase, Step: c.Step, Reps: c.Reps, Lapses: c.Lapses,
		Last: moment(c.Last), Due: moment(c.Due), Decay: c.Decay, Seq: c.Seq}
}

func ownCare(c study.Care) OwnCare {
	o := OwnCare{Fact: c.Fact, Suspended: c.Suspended, Starred: c.Starred, Note: c.Note}
	if c.Until != 0 {
		o.Until = c.Until.String()
	}
	return o
}

func ownDay(t study.Tally) OwnDay {
	return OwnDay{Day: t.Day.String(), Answers: t.Answers, Met: t.Met, Right: t.Right, Reviews: t.Reviews, Recalled: t.Recalled,
		Expected: float64(t.Expected) / 1e6, Seconds: t.Took.Seconds()}
}

func ownForecast(f plan.Forecast) OwnForecast {
	return OwnForecast{N: f.N, Mean: f.Mean, Low: f.Low, High: f.High, Sure: f.Sure}
}

func (s Sat) sitting(of quiz.Sitting) OwnSitting {
	return OwnSitting{N: of.N, Mode: of.Mode, Topic: of.Topic, Of: of.Of, Started: moment(of.Started), Finished: moment(of.Finished),
		Minutes: of.Minutes, Ends: moment(of.Ends), Class: of.Class, Task: of.Assignment, Handed: moment(of.Handed),
		Foretold: ownForecast(of.Foretold.Forecast), Items: each(of.Items, s.item)}
}

func (s Sat) item(it quiz.Item) OwnItem {
	return OwnItem{Pos: it.Pos, Question: it.Ref.Question, Version: it.Ref.Version, Wording: s.Asked[it.Ref], Order: it.Order, State: it.State,
		Tried: it.Tried, Given: it.Given, At: moment(it.At), Seconds: it.Took.Seconds(), Flagged: it.Flagged, Event: it.Seq, Credit: it.Credit, Verdict: it.Verdict, Again: it.Again, Facts: it.Facts, Chance: it.Chance}
}

func ownExam(e study.Exam) OwnExam {
	return OwnExam{N: e.N, Title: e.Title, At: moment(e.At), Topics: e.Topics, Later: e.Later, Made: moment(e.Foretold.Made),
		Foretold: ownForecast(e.Foretold.Forecast), Told: e.Result.Told, Right: e.Result.Right, Of: e.Result.Of}
}

func (s Sat) contests() []OwnContest {
	list := []OwnContest{}
	for _, of := range s.Sittings {
		for _, it := range of.Items {
			for _, c := range it.Said {
				list = append(list, OwnContest{Event: c.Seq, Part: c.Part, Why: c.Why, Given: c.Given, Words: c.Words, At: moment(c.At), State: c.State, Reply: c.Reply})
			}
		}
	}
	return list
}

func ownClass(m people.Membership) OwnClass {
	return OwnClass{Class: m.Title, Name: m.Name, Number: m.N, Joined: moment(m.Joined), Time: int(max(m.Extra, people.Standard))}
}

func ownLook(l people.Look) OwnLook {
	o := OwnLook{At: moment(l.At), By: l.By, As: string(people.Admin), Class: l.Class, Reason: l.Reason}
	if l.Teacher {
		o.As = string(people.Teacher)
	}
	return o
}
