package quiz

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"thaw/app/bank"
	"thaw/app/fsrs"
	"thaw/app/study"
	"thaw/questions"
)

// manner is what asking on a rung is like: the chance to be right without knowing, and to
// be wrong in spite of it; seconds of an answer; and what the scheduler does not know: how
// often what cannot be said is recognised.
type manner struct{ guess, slip, seconds, recognised float64 }

// manners of the four rungs. Typed answers take longer and slip more.
type manners [saying + 1]manner

func mannersWith(recognised float64) manners {
	return manners{{1. / 3, .01, 6, recognised}, {1. / 4, .02, 7, recognised * .9}, {0, .05, 10, recognised / 4}, {0, .08, 13, 0}}
}

// ladder chooses the rung of a card.
type ladder func(c study.Card, now time.Time) rung

func always(r rung) ladder { return func(study.Card, time.Time) rung { return r } }

func inTurn(c study.Card, _ time.Time) rung { return rung(c.Reps % int(saying+1)) }

// at climbs at the stabilities, without any other rule.
func at(first, second, third float64) ladder {
	return func(c study.Card, _ time.Time) (r rung) {
		for _, from := range []float64{first, second, third} {
			if c.Stability >= from {
				r++
			}
		}
		return r
	}
}

// reading is how many seconds the explanation of a wrong answer takes.
const reading = 8

// studied is what 60 days brought: facts known at their end, minutes, and how far the
// recall that was believed at reviews was from the true one, over tenths.
type studied struct {
	known, minutes, off, bias float64
	on                        [saying + 1]float64 // share of the reviews of the last 20 days by rung
}

// pupil studies with hidden memories.
type pupil struct {
	ladder
	manners
	model   fsrs.Model
	rng     *rand.Rand
	facts   []*hidden
	off, in [10]float64
	on      [saying + 1]float64
}

// hidden is a fact in the mind, beside its card.
type hidden struct {
	truth     fsrs.Memory
	card      study.Card
	last, due int
}

// live studies 10 minutes a day for 60 days, with 15 new facts a day at most.
func live(l ladder, m manners, seed uint64) (s studied) {
	p := pupil{ladder: l, manners: m, model: fsrs.New(fsrs.Default()), rng: rand.New(rand.NewPCG(seed, 5))}
	for day := range 60 {
		left := 600.
		for _, f := range p.facts {
			if f.due <= day && left > 0 {
				left -= p.ask(f, day)
			}
		}
		for n := 0; n < 15 && left > 0; n++ {
			f := &hidden{}
			p.facts = append(p.facts, f)
			left -= p.ask(f, day)
		}
		s.minutes += (600 - left) / 60
	}
	for _, f := range p.facts {
		s.known += p.model.Retrievability(f.truth, float64(60-f.last))
	}
	all, late := 0., 0.
	for i := range p.off {
		s.off, s.bias, all = s.off+math.Abs(p.off[i]), s.bias+p.off[i], all+p.in[i]
	}
	for _, n := range p.on {
		late += n
	}
	s.off, s.bias = s.off/all, s.bias/all
	for i, n := range p.on {
		s.on[i] = n / late
	}
	return s
}

// ask asks for a fact once and returns the seconds it took. Who knows it answers rightly
// but for slips; who does not is right by luck or by recognising it, and learns it anew.
func (p *pupil) ask(f *hidden, day int) float64 {
	now, days, recall := noon.AddDate(0, 0, day), day-f.last, fsrs.Unmet
	on := p.ladder(f.card, now)
	m := p.manners[on]
	if f.card.Seen() {
		recall = p.model.Retrievability(f.truth, float64(days))
		believed := p.model.Retrievability(f.card.Memory, float64(days))
		tenth := min(int(believed*10), 9)
		p.off[tenth], p.in[tenth] = p.off[tenth]+believed-recall, p.in[tenth]+1
		if day >= 40 {
			p.on[on]++
		}
	}
	knows := p.rng.Float64() < recall
	right := knows && p.rng.Float64() >= m.slip || !knows && p.rng.Float64() < m.guess+(1-m.guess)*m.recognised
	f.truth, f.last = p.next(f.truth, days, knows, 0), day
	took := m.seconds
	if !right {
		took += reading + m.seconds
		if f.card.Seen() {
			f.card.Lapses++
		}
	}
	f.card.Memory = p.next(f.card.Memory, days, right, m.guess)
	f.card.Phase, f.card.Last, f.card.Reps = fsrs.Reviewing, now, f.card.Reps+1
	f.due = day + p.model.Days(f.card.Stability, .9, 365)
	return took
}

func (p *pupil) next(mem fsrs.Memory, days int, right bool, guess float64) fsrs.Memory {
	if right {
		return p.model.Weigh(mem, days, fsrs.Good, guess, 1)
	}
	return p.model.Next(p.model.Next(mem, days, fsrs.Again), 0, fsrs.Good)
}

func mean(l ladder, m manners) (sum studied) {
	const seeds = 8
	for seed := range uint64(seeds) {
		s := live(l, m, seed+1)
		sum.known, sum.minutes, sum.off, sum.bias = sum.known+s.known/seeds, sum.minutes+s.minutes/seeds, sum.off+s.off/seeds, sum.bias+s.bias/seeds
		for i := range sum.on {
			sum.on[i] += s.on[i] / seeds
		}
	}
	return sum
}

// TestLadders compares ways of choosing the form, for learners with hidden FSRS-6 memories
// who guess among options, type more slowly and slip when they do. Run it with -v for the
// table. Options alone bring most a minute, as the model knows one memory for knowing and
// for saying; but whoever recognises what they cannot say is then believed too much, and
// is never asked to say it. Slower ladders than ours bring more as well, and come to
// saying nothing within the 60 days. Of those that do, 5 21 21, which skips the gaps, and
// 5 10 21 bring a little more; what ours does after a miss costs about four in a hundred.
// The thresholds were picked on these seeds, so that small differences say nothing.
func TestLadders(t *testing.T) {
	for _, c := range []struct {
		name string
		manners
		within float64 // of the true recall, on average
	}{{"options are known or guessed", mannersWith(0), .01}, {"half of what cannot be said is recognised", mannersWith(.5), .03}} {
		t.Log(c.name)
		known := map[string]float64{}
		for _, l := range []struct {
			name string
			ladder
		}{{"three options", always(three)}, {"all options", always(picking)}, {"gaps", always(building)}, {"typed", always(saying)},
			{"in turn", inTurn}, {"typed from 4 days", at(4, 4, 4)}, {"1 3 7 days", at(1, 3, 7)}, {"2 7 21 days", at(2, 7, 21)},
			{"5 10 21 days", at(5, 10, 21)}, {"5 15 30 days", at(5, 15, 30)}, {"5 20 60 days", at(5, 20, 60)}, {"ours", rungOf}} {
			s := mean(l.ladder, c.manners)
			known[l.name] = s.known / s.minutes
			t.Logf("  %-18s %4.0f known, %.3f a minute; recall off by %.3f, bias %+.3f; late reviews by rung %.2f", l.name, s.known, known[l.name], s.off, s.bias, s.on)
			if l.name == "ours" && (s.off > c.within || s.on[saying] < .02 || s.on[building] < .05) {
				t.Errorf("%s: recall is off by %.3f, late reviews are %.3f", c.name, s.off, s.on)
			}
		}
		for _, other := range []string{"gaps", "typed", "in turn", "typed from 4 days", "1 3 7 days", "2 7 21 days"} {
			if known["ours"] < 1.03*known[other] {
				t.Errorf("%s: ours brings %.3f facts a minute, %s %.3f", c.name, known["ours"], other, known[other])
			}
		}
	}
}

func held(stability float64, phase fsrs.Phase, lapses int, ago time.Duration) study.Card {
	return study.Card{Fact: 7, Card: fsrs.Card{Memory: fsrs.Memory{Stability: stability, Difficulty: 5}, Phase: phase, Lapses: lapses, Reps: 5, Last: noon.Add(-ago)}}
}

func TestFormsClimbWithTheMemory(t *testing.T) {
	const day = 24 * time.Hour
	for name, c := range map[string]struct {
		card study.Card
		want rung
	}{
		"new":                      {study.Card{Fact: 7}, three},
		"missed at once":           {held(.3, fsrs.Learning, 0, day), three},
		"young":                    {held(3, fsrs.Reviewing, 0, day), three},
		"holding":                  {held(6, fsrs.Reviewing, 0, day), picking},
		"firm":                     {held(18, fsrs.Reviewing, 0, day), building},
		"well known":               {held(90, fsrs.Reviewing, 0, day), saying},
		"well known, long ago":     {held(90, fsrs.Reviewing, 0, 3000*day), building},
		"young, long ago":          {held(3, fsrs.Reviewing, 0, 300*day), three},
		"lost once, then mended":   {held(2, fsrs.Reviewing, 1, day), picking},
		"lost from young":          {held(.7, fsrs.Relearning, 1, time.Hour), three},
		"firm again after a lapse": {held(70, fsrs.Reviewing, 2, day), saying},
	} {
		if got := rungOf(c.card, noon); got != c.want {
			t.Errorf("%s: asked on rung %d, want %d", name, got, c.want)
		}
	}
}

func TestAMissIsOneStepDown(t *testing.T) {
	m := fsrs.New(fsrs.Default())
	for before := 6.0; before < 400; before *= 1.7 {
		for _, difficulty := range []float64{2, 5, 8} {
			from := fsrs.Memory{Stability: before, Difficulty: difficulty}
			c := study.Card{Card: fsrs.Card{Memory: m.Next(from, m.Days(before, .9, 400), fsrs.Again), Phase: fsrs.Relearning, Lapses: 1, Last: noon}}
			got, was := rungOf(c, noon.Add(time.Hour)), climbed(before)
			near := climbed(before*.8) != was || climbed(before*1.25) != was
			if got != was-1 && (!near || got > was || got < was-2) {
				t.Errorf("a miss at a stability of %.0f days, difficulty %.0f, leads from rung %d to %d", before, difficulty, was, got)
			}
		}
	}
}

// asked are the kinds that a fact is asked by on a rung, over many repetitions.
func asked(r rung, kinds ...string) []string { return askedAfter(0, r, kinds...) }

// askedAfter is asked of a fact that lapsed so often.
func askedAfter(lapses int, r rung, kinds ...string) (got []string) {
	var forms []candidate
	for i, k := range kinds {
		forms = append(forms, candidate{question: bank.Question{ID: questions.QuestionID(i + 1), Kind: k}})
	}
	for reps := range 12 {
		k := climb(forms, r, study.Card{Card: fsrs.Card{Reps: reps, Lapses: lapses}})[0].question.Kind
		if !slices.Contains(got, k) {
			got = append(got, k)
		}
	}
	slices.Sort(got)
	return got
}

func TestEachRungHasItsForms(t *testing.T) {
	all := []string{questions.Flash, questions.Date, questions.Text, questions.Cloze, questions.Order, questions.Truth, questions.Several, questions.Choice}
	for _, c := range []struct {
		on    rung
		forms []string
		want  []string
	}{
		{three, all, []string{questions.Choice}},
		{picking, all, []string{questions.Choice, questions.Several, questions.Truth}},
		{building, all, []string{questions.Cloze, questions.Order}},
		{saying, all, []string{questions.Date, questions.Text}},
		{saying, []string{questions.Flash, questions.Choice, questions.Cloze}, []string{questions.Flash}},
		{saying, []string{questions.Choice}, []string{questions.Choice}},
		{three, []string{questions.Flash, questions.Cloze, questions.Truth}, []string{questions.Truth}},
		{three, []string{questions.Flash}, []string{questions.Flash}},
		{building, []string{questions.Choice, questions.Text}, []string{questions.Choice, questions.Text}},
	} {
		if got := asked(c.on, c.forms...); !slices.Equal(got, c.want) {
			t.Errorf("on rung %d %v are asked as %v, want %v", c.on, c.forms, got, c.want)
		}
	}
}

// TestWhatKeepsBeingMissedIsAskedInOtherWays, but not in those that are far too hard.
func TestWhatKeepsBeingMissedIsAskedInOtherWays(t *testing.T) {
	all := []string{questions.Flash, questions.Text, questions.Cloze, questions.Choice}
	for lapses, want := range map[int][]string{0: {questions.Choice}, 2: {questions.Choice}, 3: {questions.Choice, questions.Cloze}} {
		if got := askedAfter(lapses, picking, all...); !slices.Equal(got, want) {
			t.Errorf("after %d lapses it is asked as %v, want %v", lapses, got, want)
		}
	}
	if got := climb(nil, three, study.Card{}); len(got) != 0 {
		t.Errorf("of no form %d are picked", len(got))
	}
}

func TestOptionsGrowWithTheRung(t *testing.T) {
	v := questions.Version{Kind: questions.Choice, Answers: make([]questions.Answer, 6)}
	v.Answers[4] = questions.Answer{Part: 1, Fact: 7, Text: "key", Credit: 1}
	rng := rand.New(rand.NewPCG(1, 2))
	for r, want := range map[rung]int{three: 3, picking: 4, building: 6, saying: 6} {
		if got := v.In(shown(v, r.options(), rng)); len(got.Answers) != want || got.Fact() != 7 {
			t.Errorf("on rung %d %d options are shown, want %d with the key", r, len(got.Answers), want)
		}
	}
	if got := shown(several, 3, rng); len(got) != 5 {
		t.Errorf("of several right ones %d options are shown, want all", len(got))
	}
}

func TestUnevenFactsAreNotAskedTogether(t *testing.T) {
	forms := []candidate{{question: bank.Question{ID: 1, Kind: questions.Order}, uneven: true}, {question: bank.Question{ID: 2, Kind: questions.Choice}}}
	if got := climb(forms, building, study.Card{})[0].question.ID; got != 2 {
		t.Errorf("question %d is asked, want the one of a single fact", got)
	}
	cards := map[questions.FactID]study.Card{7: held(18, fsrs.Reviewing, 0, 0), 8: held(6, fsrs.Reviewing, 0, 0), 9: {}}
	if uneven([]questions.FactID{7, 8}, cards) || uneven([]questions.FactID{8, 9}, cards) || !uneven([]questions.FactID{7, 9}, cards) {
		t.Error("facts of neighbouring rungs are asked together, others not")
	}
}

// Whatever is known and however well, a fact that is due is asked for, and a first quiz
// has choices of three.
func TestEveryDueFactIsAskedFor(t *testing.T) {
	c := bank.Contents{}
	var tasks []study.Task
	for i, k := range []string{questions.Choice, questions.Truth, questions.Cloze, questions.Text, questions.Flash} {
		f := questions.FactID(i + 1)
		c.Facts = append(c.Facts, bank.Fact{ID: f})
		c.Questions = append(c.Questions, bank.Question{ID: questions.QuestionID(f), Kind: k, Facts: []questions.FactID{f}})
		card := held(math.Pow(6, float64(i)), fsrs.Reviewing, 0, 0)
		card.Fact = f
		tasks = append(tasks, study.Task{Fact: f, Card: card})
	}
	if got := reviews([]bank.Contents{c}, tasks, climbing(noon)); len(got) != len(tasks) {
		t.Errorf("%d of %d facts are asked for", len(got), len(tasks))
	}
}

func TestAFirstQuizAsksChoicesOfThree(t *testing.T) {
	var all []candidate
	for i := range 40 {
		f := questions.FactID(i/4 + 1)
		k := []string{questions.Text, questions.Choice, questions.Cloze, questions.Truth}[i%4]
		if f > 8 && k == questions.Choice {
			k = questions.Text
		}
		all = append(all, candidate{question: bank.Question{ID: questions.QuestionID(i + 1), Topic: 1, Kind: k, Facts: []questions.FactID{f}}, card: study.Card{Fact: f}})
	}
	for _, c := range choose(all, 8, share{now: noon, dawn: noon, fresh: 10}, nil, rand.New(rand.NewPCG(1, 1))) {
		if c.question.Kind != questions.Choice || c.options != 3 {
			t.Errorf("fact %d is asked as %s with %d options", c.card.Fact, c.question.Kind, c.options)
		}
	}
}

func TestEasyOnesAreTheBestKnown(t *testing.T) {
	c := bank.Contents{}
	var tasks []study.Task
	for i := range 12 {
		f := questions.FactID(i + 1)
		c.Facts = append(c.Facts, bank.Fact{ID: f})
		for n, k := range []string{questions.Flash, questions.Text, questions.Choice} {
			c.Questions = append(c.Questions, bank.Question{ID: questions.QuestionID(3*i + n + 1), Kind: k, Facts: []questions.FactID{f}})
		}
		card := held(90, fsrs.Reviewing, 0, 0)
		card.Fact = f
		tasks = append(tasks, study.Task{Fact: f, Card: card, Now: float64(i*7%12) / 12})
	}
	tasks = append(tasks, study.Task{Fact: 99})
	picked := easy([]bank.Contents{c}, tasks)
	if len(picked) != EasyOnes {
		t.Fatalf("%d are picked, want %d", len(picked), EasyOnes)
	}
	for i, p := range picked {
		if p.question.Kind != questions.Choice || p.options != 3 || p.task.Now < 7./12-1e-9 {
			t.Errorf("%d: a %s with %d options, recalled with %.2f", i, p.question.Kind, p.options, p.task.Now)
		}
	}
}
