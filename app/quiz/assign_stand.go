package quiz

import (
	"cmp"
	"slices"
	"time"
)

// Stage is how far a pupil is with an assignment.
type Stage string

// Early is not open yet; begun has a sitting that goes on; done has an end, though there
// may be tries left; missed is over without one.
const (
	Early  Stage = "early"
	Ready  Stage = "open"
	Begun  Stage = "begun"
	Done   Stage = "done"
	Missed Stage = "missed"
)

// Standing is how a pupil stands with an assigned quiz.
type Standing struct {
	Stage  Stage
	Open   int  // the sitting to go on with; 0: none
	May    bool // begin another try now
	Used   int  // tries
	Late   bool // the try that counts, or all of them, came after it was due
	Waits  bool // what was handed in is shown when it is due
	Score  Score
	Latest int // the sitting that ended last; 0: none
}

// Score is what the tries are worth, as the assignment counts them.
type Score struct {
	Share  float64 // 0..1
	Points float64 // of the try that counts; with a mean, of all of them
	Of     int     // 0: there is none yet
}

// Ended is when a try was handed in, or was over; zero: it goes on.
func (t Try) Ended() time.Time {
	if !t.Handed.IsZero() {
		return t.Handed
	}
	return t.Finished
}

// over tells whether a try that nobody has closed is over.
func (t Try) over(now time.Time) bool {
	return t.Ended().IsZero() && !t.Ends.IsZero() && !now.Before(t.Ends)
}

// OverDue tells whether a time is after the assignment was due.
func (a Assignment) OverDue(at time.Time) bool { return !a.Due.IsZero() && at.After(a.Due) }

// Closed tells whether nothing of it is taken any more.
func (a Assignment) Closed(now time.Time) bool { return a.OverDue(now) && !a.Late }

// Stand says how a pupil stands with an assigned quiz by now. It is pure.
func (a Assignment) Stand(tries []Try, now time.Time) Standing {
	s := Standing{Stage: Ready, Used: len(tries)}
	for _, t := range tries {
		switch {
		case t.Ended().IsZero() && !t.over(now):
			s.Open = t.Sitting
		default:
			s.Latest = max(s.Latest, t.Sitting)
			s.Waits = s.Waits || t.Finished.IsZero()
		}
	}
	s.Score, s.Late = a.score(tries)
	s.May = a.may(s, now)
	switch {
	case s.Open > 0:
		s.Stage = Begun
	case s.Latest > 0:
		s.Stage = Done
	case now.Before(a.Opens):
		s.Stage = Early
	case a.Closed(now):
		s.Stage = Missed
	}
	return s
}

// may tells whether another try can begin. Who has handed in a quiz whose answers are
// shown once it is due begins none after that.
func (a Assignment) may(s Standing, now time.Time) bool {
	switch {
	case s.Open > 0 || now.Before(a.Opens) || a.Closed(now):
		return false
	case a.Tries > 0 && s.Used >= a.Tries:
		return false
	}
	return a.Reveal != AfterDue || s.Used == 0 || !a.OverDue(now)
}

// score is what the judged tries come to, and whether what counts came late.
func (a Assignment) score(tries []Try) (Score, bool) {
	var ended []Try
	for _, t := range tries {
		if !t.Ended().IsZero() {
			ended = append(ended, t)
		}
	}
	if len(ended) == 0 {
		return Score{}, false
	}
	slices.SortFunc(ended, func(x, y Try) int { return x.Sitting - y.Sitting })
	judged := slices.DeleteFunc(slices.Clone(ended), func(t Try) bool { return t.Finished.IsZero() || t.Of == 0 })
	if len(judged) == 0 {
		return Score{}, a.OverDue(ended[len(ended)-1].Ended())
	}
	counts := judged[len(judged)-1]
	if a.Counts == Mean {
		return average(judged), !slices.ContainsFunc(judged, func(t Try) bool { return !a.OverDue(t.Ended()) })
	}
	if a.Counts == Best {
		counts = slices.MaxFunc(judged, func(x, y Try) int { return cmp.Compare(x.share(), y.share()) })
	}
	return Score{counts.share(), counts.Points, counts.Of}, a.OverDue(counts.Ended())
}

func (t Try) share() float64 { return t.Points / float64(t.Of) }

func average(tries []Try) (s Score) {
	for _, t := range tries {
		s.Share += t.share() / float64(len(tries))
		s.Points += t.Points
		s.Of += t.Of
	}
	return s
}
