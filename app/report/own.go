package report

import (
	"time"

	"thaw/app/fsrs"
	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/app/study"
	"thaw/questions"
)

// Sat is what a learner has been asked.
type Sat struct {
	Sittings []quiz.Sitting
	Asked    map[questions.Ref]Wording

	versions map[questions.Ref]questions.Version // as they were asked
	say      questions.Say
}

// Wording is the version of a question that a learner saw, and where it belongs.
type Wording struct {
	Bank  string `json:"bank"`
	Topic string `json:"topic"`
	Text  string `json:"text"`
}

// Own is everything that is kept about one person, as they take it along. Its shape is
// stable: fields are added, never renamed. Times are RFC 3339 in UTC, null where there
// was none; study days are dates; chances, credit and recall are 0 to 1. Secrets (the
// password, ways in, recovery words, tokens) are no part of it.
type Own struct {
	Format   string       `json:"format"` // "thaw/own/1"
	Made     *time.Time   `json:"made"`
	Profile  OwnProfile   `json:"profile"`
	Events   []OwnEvent   `json:"events"`
	Cards    []OwnCard    `json:"cards"`
	Cares    []OwnCare    `json:"cares"`
	Days     []OwnDay     `json:"days"`
	Sittings []OwnSitting `json:"sittings"`
	Exams    []OwnExam    `json:"exams"`
	Contests []OwnContest `json:"contests"`
	Classes  []OwnClass   `json:"classes"`
	Looks    []OwnLook    `json:"looks"`
}

// OwnFormat names the shape of Own.
const OwnFormat = "thaw/own/1"

// OwnProfile is the person and their settings; days of the week count from Sunday, 0.
type OwnProfile struct {
	Learner  questions.LearnerID `json:"learner,string"`
	Name     string              `json:"name"` // "" of a guest
	Role     people.Role         `json:"role"`
	Created  *time.Time          `json:"created"`
	Lang     string              `json:"lang"`
	Zone     string              `json:"zone"`
	Theme    string              `json:"theme"`
	Size     int                 `json:"size"` // of the text, percent
	Buttons  int                 `json:"buttons"`
	KeysOff  bool                `json:"keys_off"`
	NewADay  int                 `json:"new_a_day"`
	Minutes  int                 `json:"minutes"`
	MoreTime int                 `json:"more_time"` // percent that time limits are longer; -1: none
	DaysOff  []time.Weekday      `json:"days_off"`
	DaysEasy []time.Weekday      `json:"days_easy"`
	Weights  []float64           `json:"weights"` // of the memory model; null: the default ones
}

// OwnEvent is one thing the person did, with what was seen and what it was worth.
type OwnEvent struct {
	Seq      int64                `json:"seq"`
	At       *time.Time           `json:"at"`
	Day      string               `json:"day"`
	Zone     string               `json:"zone"`
	What     study.What           `json:"what"`
	Question questions.QuestionID `json:"question"`
	Version  int                  `json:"version"`
	Lexicon  int                  `json:"lexicon"`
	Wording
	Order    []int     `json:"order"`    // of the options; null: as they stand
	Response []string  `json:"response"` // what was given, as it came: of options the places, in the order shown
	Given    string    `json:"given"`    // the same in words
	Tried    []string  `json:"tried"`    // the first of two tries
	Seconds  float64   `json:"seconds"`
	Sure     bool      `json:"sure"`
	Sitting  int       `json:"sitting"`
	Pos      int       `json:"pos"`
	Voids    int64     `json:"voids"`   // of an undo: the event that it voids
	About    int64     `json:"about"`   // of a trust: the event that it speaks of
	Weights  int64     `json:"weights"` // the event that adopted those in force
	Places   []float64 `json:"places"`  // of the intervals, within their ranges
	Marks    []OwnMark `json:"marks"`
}

// OwnMark is what one part of an answer was worth.
type OwnMark struct {
	Part      int                `json:"part"`
	Fact      questions.FactID   `json:"fact"`
	Credit    float64            `json:"credit"`
	Verdict   questions.Verdict  `json:"verdict"`
	Graded    questions.Verdict  `json:"graded"` // before a ruling; "" without one
	Canonical string             `json:"canonical"`
	Reason    []string           `json:"reason"`
	Given     questions.EntityID `json:"given"` // the name that was given
	Asked     questions.EntityID `json:"asked"` // the name that was asked for
	Guess     float64            `json:"guess"`
	Self      int                `json:"self"`      // one's own rating of a flashcard
	Recall    float64            `json:"recall"`    // as foretold; 0: never seen before
	Stability float64            `json:"stability"` // days, before the answer
	Elapsed   int                `json:"elapsed"`   // study days since the last review
}

// OwnCard is the memory of one fact; stability is in days.
type OwnCard struct {
	Fact       questions.FactID `json:"fact"`
	Stability  float64          `json:"stability"`
	Difficulty float64          `json:"difficulty"`
	Phase      fsrs.Phase       `json:"phase"`
	Step       int              `json:"step"`
	Reps       int              `json:"reps"`
	Lapses     int              `json:"lapses"`
	Last       *time.Time       `json:"last"`
	Due        *time.Time       `json:"due"`
	Decay      float64          `json:"decay"` // 0: the default one
	Seq        int64            `json:"seq"`   // the last event that fed it
}

// OwnCare is how a person wants a fact handled, with their own note on it.
type OwnCare struct {
	Fact      questions.FactID `json:"fact"`
	Suspended bool             `json:"suspended"`
	Until     string           `json:"until"` // the first study day on which it may be asked for; "": at any time
	Starred   bool             `json:"starred"`
	Note      string           `json:"note"`
}

// OwnDay is one study day; expected is how many reviews were foretold to be recalled.
type OwnDay struct {
	Day      string  `json:"day"`
	Answers  int     `json:"answers"`
	Met      int     `json:"met"`
	Right    int     `json:"right"`
	Reviews  int     `json:"reviews"`
	Recalled int     `json:"recalled"`
	Expected float64 `json:"expected"`
	Seconds  float64 `json:"seconds"`
}

// OwnForecast is what was expected: of n, about mean, from low to high.
type OwnForecast struct {
	N    int     `json:"n"`
	Mean float64 `json:"mean"`
	Low  int     `json:"low"`
	High int     `json:"high"`
	Sure float64 `json:"sure"`
}

// OwnSitting is one go at a list of questions.
type OwnSitting struct {
	N        int               `json:"n"`
	Mode     quiz.Mode         `json:"mode"`
	Topic    questions.TopicID `json:"topic"`
	Of       int               `json:"of"` // the sitting that a retry repeats
	Started  *time.Time        `json:"started"`
	Finished *time.Time        `json:"finished"`
	Minutes  int               `json:"minutes"` // the time limit as it was set; 0: none
	Ends     *time.Time        `json:"ends"`    // the person's own
	Class    questions.ClassID `json:"class"`   // whose assignment it is a try at; 0: none
	Task     int               `json:"task"`    // the number of the assignment in its class
	Handed   *time.Time        `json:"handed"`  // of what is judged later
	Foretold OwnForecast       `json:"foretold"`
	Items    []OwnItem         `json:"items"`
}

// OwnItem is one question of a sitting.
type OwnItem struct {
	Pos      int                  `json:"pos"`
	Question questions.QuestionID `json:"question"`
	Version  int                  `json:"version"`
	Wording
	Order   []int              `json:"order"`
	State   quiz.State         `json:"state"`
	Tried   []string           `json:"tried"`
	Given   []string           `json:"given"` // in an exam
	At      *time.Time         `json:"at"`    // when it was given
	Seconds float64            `json:"seconds"`
	Flagged bool               `json:"flagged"`
	Event   int64              `json:"event"` // its seq; 0: not answered
	Credit  float64            `json:"credit"`
	Verdict questions.Verdict  `json:"verdict"`
	Again   bool               `json:"again"`
	Facts   []questions.FactID `json:"facts"`
	Chance  float64            `json:"chance"` // as foretold; 0: nothing was
}

// OwnExam is a date prepared for; right of points are as the person told.
type OwnExam struct {
	N        int                 `json:"n"`
	Title    string              `json:"title"`
	At       *time.Time          `json:"at"`
	Topics   []questions.TopicID `json:"topics"`
	Later    study.Later         `json:"later"`
	Made     *time.Time          `json:"made"` // the forecast
	Foretold OwnForecast         `json:"foretold"`
	Told     bool                `json:"told"`
	Right    float64             `json:"right"`
	Of       float64             `json:"points"`
}

// OwnContest is what the person said against a verdict or a question.
type OwnContest struct {
	Event int64       `json:"event"` // its seq
	Part  int         `json:"part"`  // 0: the question as a whole
	Why   study.Why   `json:"why"`
	Given string      `json:"given"`
	Words string      `json:"words"`
	At    *time.Time  `json:"at"`
	State study.State `json:"state"`
	Reply string      `json:"reply"`
}

// OwnClass is a class that the person is in, and the name there.
type OwnClass struct {
	Class  string     `json:"class"`
	Name   string     `json:"name"`
	Number int        `json:"number"`
	Joined *time.Time `json:"joined"`
	Time   int        `json:"time_percent"` // where it is limited
}

// OwnLook is one look of somebody else at the person's answers.
type OwnLook struct {
	At     *time.Time `json:"at"`
	By     string     `json:"by"`     // "" of somebody who is gone
	As     string     `json:"as"`     // teacher or admin
	Class  string     `json:"class"`  // of a teacher's
	Reason string     `json:"reason"` // of an administrator's
}
