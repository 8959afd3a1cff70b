package web

import (
	"fmt"
	"strings"
	"time"

	"thaw/app/bank"
	"thaw/app/fsrs"
	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/app/study"
	"thaw/questions"
	"thaw/questions/kind"
	"thaw/views"
	"thaw/views/text"
	"thaw/views/ui"
)

// shown is one item of a sitting on its way to a page.
type shown struct {
	turn     quiz.Turn
	version  questions.Version // in the order shown
	contents bank.Contents
	person   people.Person
	now      time.Time
	back     [4]fsrs.Card // of a flashcard: after each rating
	all      []quiz.Item  // of an open exam
}

func (s shown) say(key string, args ...any) string { return text.T(s.person.Lang, key, args...) }

func (s shown) path() string { return itemPath(s.turn.Sitting.N, s.turn.Item.Pos) }

func itemPath(sitting, pos int) string {
	return fmt.Sprintf("/sittings/%d/questions/%d", sitting, pos)
}

func sittingPath(n int) string { return fmt.Sprintf("/sittings/%d", n) }

// asked is what the kind's widget needs.
func (s shown) asked() questions.Asked {
	a := questions.Asked{Version: s.version, Say: s.say, Tried: s.turn.Item.Tried, First: s.firstTry(), Buttons: s.person.Buttons,
		Sure: s.turn.Item.State == quiz.Open && s.turn.Sitting.Mode != quiz.Reading && s.turn.Sitting.Mode != quiz.Exam}
	if len(a.First) > 0 {
		a.Reason = a.First[0].Reason
	}
	if s.version.Kind == questions.Flash {
		a.Back = s.comesBack()
	}
	return a
}

// comesBack says for each button of a flashcard when the fact would return.
func (s shown) comesBack() []string {
	buttons := []int{1, 3}
	if s.person.Buttons == 4 {
		buttons = []int{1, 2, 3, 4}
	}
	back := make([]string, len(buttons))
	for i, b := range buttons {
		back[i] = when(s.person, s.now, s.back[b-1].Due)
	}
	return back
}

// question is the page of an item that is still open.
func (s shown) question(token string, given questions.Response) views.Question {
	k, _ := kind.Of(s.version.Kind)
	asked := s.asked()
	if asked.Given = given; given == nil {
		asked.Given = s.turn.Item.Given
	}
	ask := s.path()
	if s.turn.Sitting.Mode == quiz.Exam {
		ask += "/given"
	}
	return views.Question{
		Ask:     views.Form{Action: ask, Token: token},
		Timer:   timer(s.person, s.now, s.turn.Sitting),
		Sheet:   s.sheet(),
		Widget:  k.Ask(asked),
		Pos:     s.turn.Item.Pos,
		Count:   s.turn.Sitting.Count,
		Heading: s.heading(),
		Review:  s.turn.Sitting.Mode == quiz.Review,
		Again:   s.turn.Item.Again,
		Stop:    "/today",
		Undo:    s.undo(),
		Skips:   s.skips(),
	}
}

// undo takes the answer before this question back.
func (s shown) undo() *views.Form {
	if s.turn.Sitting.Closed == 0 {
		return nil
	}
	return undoForm(s.turn.Sitting)
}

// heading is the topic, so that a mixed quiz says where one is.
func (s shown) heading() string { return s.contents.TopicOf(s.version.Question) }

// firstTry is what a first try was worth that was almost right.
func (s shown) firstTry() []questions.Mark {
	if s.turn.Item.State != quiz.Tried {
		return nil
	}
	k, _ := kind.Of(s.version.Kind)
	marks, err := k.Grade(s.version, s.contents.Lexicon, s.turn.Item.Tried)
	if err != nil {
		return nil
	}
	return marks
}

func (s shown) reason(m questions.Mark) string {
	if m.Reason.Code == "" || m.Reason.Code == "reason.chosen" { // the line says what was chosen
		return ""
	}
	args := make([]any, len(m.Reason.Args))
	for i, a := range m.Reason.Args {
		args[i] = a
	}
	return s.say(m.Reason.Code, args...)
}

// verdict is the page of a closed item.
func (s shown) verdict(undo *views.Form) views.Verdict {
	k, _ := kind.Of(s.version.Kind)
	past, item := s.turn.Past, s.turn.Item
	marks := study.Plain(past.Marks)
	v := views.Verdict{
		Widget: k.Show(s.asked(), past.Response, marks),
		Pos:    item.Pos, Count: s.turn.Sitting.Count, Heading: s.heading(),
		Review:  s.turn.Sitting.Mode == quiz.Review,
		Verdict: string(item.Verdict),
		Comes:   s.comes(),
		Memory:  s.memory(),
		Next:    s.next(),
		Undo:    undo,
		Timer:   besides(s.person, s.now, s.turn.Sitting),
	}
	if item.Left() {
		v.Line, v.Canonical = s.unanswered(k)
	}
	if s.version.Explain != "" {
		v.Why = kind.Markup(s.version.Explain)
	}
	if len(marks) > 0 {
		words, sum := k.Words(s.asked(), past.Response), kind.Sum(s.version, marks)
		v.Reason, v.Chosen = s.reason(sum), strings.Join(words.Notes, " ")
		v.Line, v.Canonical = s.line(marks, words)
		if code := marks[0].Reason.Code; code == "reason.point" || marks[0].Verdict == questions.Void {
			v.Line, v.Canonical, v.Chosen = s.say(code), "", ""
		}
	}
	if p, section, ok := s.contents.Stands(s.version); ok {
		text := p.Text
		if s.version.Quote != "" {
			text = s.version.Quote
		}
		v.Passage = &views.Passage{Section: section, Text: kind.Inline(text), URL: passagePath(s.contents.Bank, p.Slug)}
	}
	return v
}

// unanswered is the first line of the verdict of an item that was left empty: what is
// right, or what a ruling makes of it.
func (s shown) unanswered(k kind.Kind) (line, key string) {
	switch s.turn.Item.Verdict {
	case questions.Void:
		return s.say("reason.left_out"), ""
	case questions.Right:
		return s.say("reason.point"), ""
	}
	key = k.Words(s.asked(), nil).Key
	return s.say("verdict.unanswered", key), key
}

// comes says when the fact comes back.
func (s shown) comes() string {
	due := s.due()
	switch {
	case s.turn.Item.Verdict == questions.Wrong && quiz.Repeats(s.turn.Sitting.Mode, s.turn.Item):
		return s.surprise(s.say("comes.soon"))
	case s.turn.Past.What == study.Practice:
		return s.say("comes.practice")
	case due.IsZero():
		return ""
	case s.turn.Item.Verdict == questions.Wrong && s.turn.Sitting.Mode != quiz.Reading:
		return s.surprise(s.say("comes.retry"))
	}
	return s.surprise(s.say("comes.next", when(s.person, s.now, due)))
}

// surprise adds what becomes of an answer that was wrong though its learner was sure.
func (s shown) surprise(line string) string {
	past := s.turn.Past
	if past.Sure && past.What == study.Answer && s.turn.Item.Verdict == questions.Wrong {
		return line + " " + s.say("comes.sure")
	}
	return line
}

func (s shown) due() time.Time {
	var due time.Time
	for _, c := range s.turn.Cards {
		if due.IsZero() || c.Due.Before(due) {
			due = c.Due
		}
	}
	return due
}

// memory draws the thaw line of each fact, before and after the answer.
func (s shown) memory() []views.Memory {
	var lines []views.Memory
	for _, c := range s.turn.Cards {
		line := views.Memory{After: int(ui.Scale(c.After(1), c.Stability, c.Seen()))}
		line.Before = line.After
		for _, m := range s.turn.Past.Marks {
			if m.Fact == c.Fact && len(s.turn.Cards) > 1 {
				line.Of = kind.Asks(s.version, m.Part)
			}
			if m.Fact == c.Fact && s.turn.Past.What == study.Answer {
				before := study.Card{Card: fsrs.Card{Memory: fsrs.Memory{Stability: m.Stability}}, Decay: c.Decay}
				line.Before = int(ui.Scale(before.After(float64(m.Elapsed+1)), m.Stability, before.Seen()))
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// next leads to the following question, or to the result.
func (s shown) next() views.Link {
	if s.turn.Item.Pos < s.turn.Sitting.Count {
		return views.Link{Text: s.say("next.question"), URL: itemPath(s.turn.Sitting.N, s.turn.Item.Pos+1)}
	}
	return views.Link{Text: s.say("next.result"), URL: sittingPath(s.turn.Sitting.N)}
}

// on says on which day a time lies, in the person's language and zone.
func on(p people.Person, now, at time.Time) string {
	days := study.Calendar(p.Location())
	return text.On(p.Lang, now, at, int(days.Day(at)-days.Day(now)), p.Location())
}

// when says how far away a time is, in the person's language and zone.
func when(p people.Person, now, at time.Time) string {
	days := study.Calendar(p.Location())
	return text.When(p.Lang, now, at, int(days.Day(at)-days.Day(now)), p.Location())
}
