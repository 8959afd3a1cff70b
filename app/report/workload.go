package report

import (
	"context"
	"time"

	"thaw/app/bank"
	"thaw/app/fsrs"
	"thaw/app/fsrs/sim"
	"thaw/app/people"
	"thaw/app/study"
	"thaw/questions"
)

// Workload is what each wanted recall costs a learner and brings in over the coming
// year, found by simulation.
type Workload struct {
	Points []sim.Point // by rising wanted recall; none while nothing has been met
	All    int         // facts that there are to study
	Facts  int         // of them, those followed
	Pace   time.Duration
	Timed  bool // the pace is the learner's own
	Fitted bool // and so are the weights of the memory model
}

// Usual is the wanted recall by which the schedule goes.
const Usual = 0.9

// wanted are the recalls compared, closer together where minutes rise.
var wanted = []float64{.70, .75, .80, .85, Usual, .92, .94, .95, .96, .97}

// Bounds of the simulation, which is done while a page waits.
const (
	year     = 365  // days
	deepest  = 1500 // facts followed at most
	steadier = 1200 // a deck of fewer is lived several times, until so many facts have been
	lives    = 6    // but so many times at most
)

// Workload is what a learner's recall would cost, as they are.
func (r Reporter) Workload(ctx context.Context, who people.Person) (Workload, error) {
	p, err := r.Coach.Preparing(ctx, who, r.Now())
	if err != nil {
		return Workload{}, err
	}
	return workload(p), nil
}

// workload follows a learner as they are: their cards, weights, pace, new facts a day
// and days off. Nothing is known of how they will rate answers, so that a fact met for
// the first time is known with the chance fsrs.Unmet, and what is right is Good. Each
// answer takes the same time. It is pure: the same learner has the same curve.
func workload(p study.Preparing) Workload {
	held, all := deck(p)
	w := Workload{All: all, Facts: min(all, deepest), Pace: study.Pace(p.Days), Timed: study.Timed(p.Days), Fitted: p.Who.Weights != fsrs.Weights{}}
	if len(held) == 0 {
		return w
	}
	held = held[:min(len(held), w.Facts)]
	model, second := study.Model(p.Who.Weights), w.Pace.Seconds()
	c := sim.Config{Truth: model, Belief: model, Facts: w.Facts, Met: held, Days: year, NewADay: p.Who.NewADay, Off: rest(p),
		New: second, Pass: second, Lapse: second, First: [4]float64{1 - fsrs.Unmet, 0, fsrs.Unmet, 0}, Success: [4]float64{0, 0, 1, 0}}
	w.Points = mean(c, min(max(steadier/w.Facts, 1), lives))
	return w
}

// deck is what the learner may study: the memory of the facts met, the oldest first, and
// how many there are with those not met.
func deck(p study.Preparing) (held []sim.Held, all int) {
	calendar := study.Calendar(p.Who.Location())
	today := calendar.Day(p.Now)
	asked := factsOf(p.Banks)
	for _, c := range p.Cards {
		if c.Seen() && asked[c.Fact] {
			held = append(held, sim.Held{Memory: c.Memory, Ago: max(int(today-calendar.Day(c.Last)), 0)})
		}
	}
	return held, len(asked)
}

// factsOf are the facts that live questions ask for, each once.
func factsOf(banks []bank.Contents) map[questions.FactID]bool {
	asked := map[questions.FactID]bool{}
	for _, b := range banks {
		for _, f := range b.Facts {
			asked[f.ID] = true
		}
	}
	return asked
}

// rest tells which days of the week are off, today's first; none is where all are.
func rest(p study.Preparing) (off [7]bool) {
	if p.Who.DaysOff >= people.Every {
		return off
	}
	today := study.Calendar(p.Who.Location()).Day(p.Now)
	for i := range off {
		off[i] = p.Who.DaysOff.Has((today + fsrs.Day(i)).Date().Weekday()) // #nosec G115 -- 0 to 6
	}
	return off
}

// mean is the curve of some lives, which differ by chance alone.
func mean(c sim.Config, lives int) []sim.Point {
	points := make([]sim.Point, len(wanted))
	for life := range lives {
		c.Seed = uint64(life + 1) // #nosec G115 -- a handful
		for i, p := range sim.Curve(c, wanted) {
			points[i].Retention, points[i].Met = p.Retention, p.Met
			points[i].MinutesADay += p.MinutesADay / float64(lives)
			points[i].Known += p.Known / float64(lives)
			points[i].Lately += p.Lately / float64(lives)
			points[i].Recall += p.Recall / float64(lives)
		}
	}
	return points
}

// At is the point of a wanted recall that was compared.
func (w Workload) At(wanted float64) sim.Point {
	for _, p := range w.Points {
		if p.Retention == wanted {
			return p
		}
	}
	return sim.Point{Retention: wanted}
}

// Steep is the wanted recall from which minutes rise steeply: half as many again as the
// usual one takes; ok is false where none does.
func (w Workload) Steep() (recall float64, ok bool) {
	most := 1.5 * w.At(Usual).MinutesADay
	for _, p := range w.Points {
		if p.Retention > Usual && p.MinutesADay >= most {
			return p.Retention, true
		}
	}
	return 0, false
}

// Weekly tells whether minutes are better counted by the week: the usual recall takes
// less than one a day.
func (w Workload) Weekly() bool { return w.At(Usual).MinutesADay < 1 }
