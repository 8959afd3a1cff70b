package report

import (
	"thaw/app/fsrs"
	"thaw/app/fsrs/plan"
	"thaw/app/study"
)

// Coming is for how many days the load is looked ahead at, today included.
const Coming = 14

// Load is what a day to come is expected to ask for.
type Load struct {
	Day     fsrs.Day
	Answers float64
	Off     bool // it is a day off
}

// ahead is what the coming days are expected to ask for, today first: reviews that fall
// due, plans of exams, and new facts, each with the reviews that follow from it. What is
// due now counts today; what falls due on a day off waits for the next that is none. All
// is taken to be done on its day. It is pure.
func ahead(p study.Preparing, a study.Agenda) []Load {
	s := newStream(p)
	calendar := study.Calendar(p.Who.Location())
	for _, c := range a.Usual {
		if c.Seen() {
			s.follow(c.Memory, int(calendar.Day(c.Last)-s.today), max(int(calendar.Day(c.Due)-s.today), 0), 1)
		}
	}
	s.meet(a)
	for _, r := range a.Ready {
		s.prepare(r, a)
	}
	loads := make([]Load, Coming)
	for d := range loads {
		loads[d] = Load{Day: s.today + fsrs.Day(d), Answers: s.answers[d], Off: s.off[d%7]} // #nosec G115 -- below Coming
	}
	return loads
}

// stream is where facts are followed from review to review. Days count from today.
type stream struct {
	model   fsrs.Model
	usual   fsrs.Scheduler
	today   fsrs.Day
	off     [7]bool // which days from today on are off, week after week
	answers [Coming]float64
}

func newStream(p study.Preparing) *stream {
	model := study.Model(p.Who.Weights)
	return &stream{model: model, usual: study.Scheduler(model, nil), today: study.Calendar(p.Who.Location()).Day(p.Now), off: rest(p)}
}

// working is the first day from one on that is not off.
func (s *stream) working(day int) int {
	for s.off[day%7] {
		day++
	}
	return day
}

// rare is the part of a fact below which what becomes of it is not followed.
const rare = .05

// follow adds the answers of n facts, or a part of one, of a memory from when they are due
// on. Each review takes one answer, and another where the fact was forgotten; what was
// known goes on with a longer interval, what was not with a shorter.
func (s *stream) follow(m fsrs.Memory, last, due int, n float64) {
	day := s.working(due)
	for day < Coming && n >= rare {
		gap := max(day-last, 0)
		recall := s.model.Retrievability(m, float64(gap))
		s.answers[day] += n * (2 - recall)
		missed := s.model.Next(s.model.Next(m, gap, fsrs.Again), 0, fsrs.Good)
		s.follow(missed, day, s.next(day, missed), n*(1-recall))
		m, last, n = s.model.Next(m, gap, fsrs.Good), day, n*recall
		day = s.working(s.next(day, m))
	}
}

// next is the day on which a memory falls due that was reviewed on a day.
func (s *stream) next(day int, m fsrs.Memory) int {
	return day + s.model.Days(m.Stability, s.usual.Retention, s.usual.MaxDays)
}

// meet adds the new facts of each day, as long as there are any, and their reviews.
func (s *stream) meet(a study.Agenda) {
	left := a.Unmet
	for day := range s.answers {
		n := min(a.Share, left)
		if day == 0 {
			n = met(a)
		}
		if s.off[day%7] || n == 0 {
			continue
		}
		left -= n
		s.answers[day] += float64(n) * plan.Beginning
		for _, first := range []fsrs.Rating{fsrs.Good, fsrs.Again} {
			m := s.model.Next(fsrs.Memory{}, 0, first)
			s.follow(m, day, s.next(day, m), float64(n)*fsrs.Unmet)
		}
	}
}

// met counts the facts to meet today for no exam.
func met(a study.Agenda) (n int) {
	for _, t := range a.Tasks {
		if t.Exam == 0 && !t.Card.Seen() {
			n++
		}
	}
	return n
}

// prepare adds what the plan of an exam asks for: today what is listed, then as it expects.
func (s *stream) prepare(r study.Ready, a study.Agenda) {
	if r.Plan == nil {
		return
	}
	s.answers[0] += study.Answers(a.For(r.N))
	for day := 1; day < min(r.Left, Coming); day++ {
		s.answers[day] += r.Plan.Load(day)
	}
}
