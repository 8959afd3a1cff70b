package web

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/questions"
	"thaw/views"
)

// usual is a new assignment as its form shows it first.
func usual(kind quiz.Work) quiz.Assignment {
	return quiz.Assignment{Kind: kind, Draw: 10, Shuffle: true, Mix: true, Tries: 1, Counts: quiz.Best, Minutes: map[quiz.Work]int{quiz.Minutes: 10}[kind], Days: 5}
}

// shownEarlier is how many earlier assignments a new one can start from.
const shownEarlier = 30

// assignNew is where something is given to a class.
func (s *Server) assignNew(c *Ctx) (views.Page, error) { return s.assignNewPage(c, nil) }

func (s *Server) assignNewPage(c *Ctx, err error) (views.Page, error) {
	class, loadErr := s.Classes.Store.Class(c.Context(), c.Person.ID, c.class())
	if loadErr != nil {
		return nil, loadErr
	}
	work := quiz.Work(c.Query("kind"))
	if err != nil || c.finding() {
		work = quiz.Work(c.Form("kind"))
	}
	if !slices.Contains(quiz.Works[:], work) {
		work = quiz.Sat
	}
	earlier, loadErr := s.Host.Work.Earlier(c.Context(), c.Person.ID, shownEarlier)
	if loadErr != nil {
		return nil, loadErr
	}
	a := usual(work)
	var links []views.Link
	for _, e := range earlier {
		key := earlierKey(e)
		links = append(links, views.Link{Text: c.Say("assign.earlier_of", e.Title, e.Name), URL: assignsPath(class.ID) + "/new?from=" + key})
		if err == nil && key == c.Query("from") {
			a, work = e, e.Kind
			a.Opens, a.Due = time.Time{}, time.Time{}
			if work == quiz.Sat && c.Query("own") == "1" {
				a = ownPace(a)
				a.Title = c.Say("assign.own_title", a.Title)
			}
		}
	}
	a.Class, a.Name, a.Zone, a.Banks = class.ID, class.Name, class.Zone, class.Banks
	p, loadErr := s.assignForm(c, a, err)
	p.Earlier = links
	p.Heading, p.Save, p.Ask = c.Say("assign.new"), c.Say("assign.give"), views.Form{Action: assignsPath(class.ID), Token: newToken()}
	p.Back = views.Link{Text: class.Name, URL: assignsPath(class.ID)}
	for _, k := range quiz.Works {
		p.Kinds = append(p.Kinds, views.TeachKind{Text: c.Say("assign.kind_" + string(k)), URL: assignsPath(class.ID) + "/new?kind=" + string(k), Active: k == work})
	}
	return p, loadErr
}

// earlierKey names an assignment in the address of a new one that starts from it.
func earlierKey(a quiz.Assignment) string { return a.Class.String() + "." + strconv.Itoa(a.N) }

// ownPace is a quiz without what presses: each answer has its verdict, and neither time nor
// tries are limited.
func ownPace(a quiz.Assignment) quiz.Assignment {
	a.Reveal, a.Minutes, a.Tries, a.Counts = quiz.AtOnce, 0, 0, quiz.Best
	return a
}

// assignEdit is where it is changed.
func (s *Server) assignEdit(c *Ctx) (views.Page, error) { return s.assignEditPage(c, nil) }

func (s *Server) assignEditPage(c *Ctx, err error) (views.Page, error) {
	a, loadErr := s.assignment(c)
	if loadErr != nil {
		return nil, loadErr
	}
	p, loadErr := s.assignForm(c, a, err)
	p.Heading, p.Save, p.Ask = c.Say("assign.change"), c.Say("assign.save"), views.Form{Action: assignPath(a.Class, a.N)}
	p.Back = views.Link{Text: a.Title, URL: assignPath(a.Class, a.N)}
	if a.Begun > 0 {
		p.Frozen = c.Say("assign.frozen")
	}
	return p, loadErr
}

// assignForm shows an assignment, or again what was sent.
func (s *Server) assignForm(c *Ctx, a quiz.Assignment, err error) (views.Assign, error) {
	p := views.Assign{Class: a.Name, Kind: string(a.Kind), How: c.Say("assign.how_" + string(a.Kind)), Error: c.fault(err),
		Zone: c.Say("assign.zone", a.Location().String()), Nothing: c.field("topic", err).Error,
		Called: c.field("title", err), Draw: c.field("draw", err), Minutes: c.field("minutes", err), Days: c.field("days", err),
		Opens: c.field("opens", err), Due: c.field("due", err)}
	if err != nil || c.finding() {
		sent, _ := c.readAssignment(a)
		a.Shuffle, a.Mix, a.Late, a.Topics, a.Tags, a.Questions = sent.Shuffle, sent.Mix, sent.Late, sent.Topics, sent.Tags, sent.Questions
		a.Reveal, a.Tries, a.Counts = sent.Reveal, sent.Tries, sent.Counts
	} else {
		p.Called.Value, p.Draw.Value, p.Minutes.Value, p.Days.Value = a.Title, some(a.Draw), some(a.Minutes), some(a.Days)
		p.Opens.Value, p.Due.Value = local(a.Opens, a.Location()), local(a.Due, a.Location())
	}
	p.Wrong = map[string]string{"reveal": c.field("reveal", err).Error, "tries": c.field("tries", err).Error}
	p.Shuffle, p.Mix, p.Late = a.Shuffle, a.Mix, a.Late
	for _, r := range quiz.Reveals {
		p.Reveal = append(p.Reveal, views.Option{Value: string(r), Text: c.Say("assign.reveal_" + revealKey(r)), Chosen: r == a.Reveal})
	}
	p.Tries = []views.Option{{Value: "0", Text: c.Say("assign.tries_any"), Chosen: a.Tries == 0}}
	for n := range quiz.MaxTries {
		p.Tries = append(p.Tries, views.Option{Value: strconv.Itoa(n + 1), Text: c.Say("assign.tries_n", n+1), Chosen: a.Tries == n+1})
	}
	for _, k := range quiz.Countings {
		p.Counts = append(p.Counts, views.Option{Value: string(k), Text: c.Say("assign.counts_" + string(k)), Chosen: k == a.Counts})
	}
	return p, s.pickable(c, a, &p)
}

// revealKey is what a way to show what is right is called in the catalogue.
func revealKey(r quiz.Reveal) string {
	if r == quiz.AtOnce {
		return "once"
	}
	return string(r)
}

// some is a number that is none when it is 0.
func some(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

const localTime = "2006-01-02T15:04"

// local is a time as an input of the browser has it.
func local(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return ""
	}
	return t.In(zone).Format(localTime)
}

// pickable lists the topics and tags of the class's banks and their questions.
func (s *Server) pickable(c *Ctx, a quiz.Assignment, p *views.Assign) error {
	banks, err := s.Shelf.For(c.Context(), c.Person.ID)
	if err != nil || a.Kind == quiz.Minutes {
		return err
	}
	banks = slices.DeleteFunc(slices.Clone(banks), func(b bank.Contents) bool { return !slices.Contains(a.Banks, b.Bank.ID) })
	var refs []questions.Ref
	for _, b := range banks {
		for _, q := range b.Questions {
			refs = append(refs, questions.Ref{Question: q.ID, Version: q.Latest})
		}
	}
	pick := picking{work: a, words: bank.ReadTerms(c.Form("find")).Words}
	if pick.versions, err = s.Shelf.Versions(c.Context(), refs); err != nil {
		return err
	}
	for _, b := range banks {
		for _, t := range b.Topics {
			p.Topics = append(p.Topics, views.Option{Value: number(t.ID), Text: t.Title, Chosen: slices.Contains(a.Topics, t.ID)})
			if g := pick.group(b, t); len(g.List) > 0 {
				p.Groups = append(p.Groups, g)
			}
		}
	}
	p.Tags = tagOptions(banks, a.Tags)
	if p.Find = c.Form("find"); len(pick.words) > 0 {
		p.Found = c.Say("assign.found", pick.matches)
	}
	return nil
}

// readAssignment takes an assignment from a form; what is no number or no time is
// fault.Invalid.
func (c *Ctx) readAssignment(a quiz.Assignment) (quiz.Assignment, error) {
	var wrong []fault.Field
	count := func(name, key string, args ...any) int {
		value := strings.TrimSpace(c.Form(name))
		n, err := strconv.Atoi(value)
		if value != "" && (err != nil || n < 0) {
			wrong = append(wrong, fault.Field{Name: name, Key: key, Args: args})
		}
		return n
	}
	when := func(name string) time.Time {
		value := c.Form(name)
		t, err := time.ParseInLocation(localTime, value[:min(len(value), len(localTime))], a.Location())
		if err != nil && value != "" {
			wrong = append(wrong, fault.Field{Name: name, Key: "assign.when_bad"})
		}
		if err != nil {
			return time.Time{}
		}
		return t.UTC()
	}
	a.Title, a.Opens, a.Due = c.Form("title"), when("opens"), when("due")
	a.Topics, a.Questions, a.Tags = nil, nil, c.Values("tag")
	for _, v := range c.Values("topic") {
		a.Topics = append(a.Topics, idOf[questions.TopicID](v))
	}
	for _, v := range c.Values("question") {
		a.Questions = append(a.Questions, idOf[questions.QuestionID](v))
	}
	a.Draw, a.Minutes, a.Days = count("draw", "assign.draw_bad", 100), count("minutes", "assign.minutes_bad", people.MaxMinutes), count("days", "assign.days_bad", quiz.MaxWorkDays)
	a.Tries, a.Counts, a.Reveal = chosen(c.Form("tries")), quiz.Counts(c.Form("counts")), quiz.Reveal(c.Form("reveal"))
	a.Shuffle, a.Mix, a.Late = c.Form("shuffle") == "1", c.Form("mix") == "1", c.Form("late") == "1"
	return a, fault.Bad(wrong)
}

// assignAdd gives a class something to do.
func (s *Server) assignAdd(c *Ctx) (string, error) {
	class, err := s.Classes.Store.Class(c.Context(), c.Person.ID, c.class())
	if err != nil {
		return "", err
	}
	a, err := c.readAssignment(quiz.Assignment{Class: class.ID, Kind: quiz.Work(c.Form("kind")), Zone: class.Zone, Banks: class.Banks})
	if c.finding() {
		return looked(s.assignNewPage(c, nil))
	}
	n := 0
	if err == nil {
		n, err = s.Host.Assign(c.Context(), c.Person, a, c.Form("token"))
	}
	if formal(err) {
		return "", s.retry(c, s.assignNewPage, err)
	}
	return assignPath(class.ID, n), err
}

// assignSet changes it.
func (s *Server) assignSet(c *Ctx) (string, error) {
	a, err := s.assignment(c)
	if err != nil {
		return "", err
	}
	if c.finding() {
		return looked(s.assignEditPage(c, nil))
	}
	a, err = c.readAssignment(a)
	if err == nil {
		err = s.Host.Reassign(c.Context(), c.Person, a)
	}
	if formal(err) {
		return "", s.retry(c, s.assignEditPage, err)
	}
	return assignPath(a.Class, a.N), err
}

// assignTry begins an assigned quiz as own practice of the teacher.
func (s *Server) assignTry(c *Ctx) (string, error) {
	n, err := s.Host.TryOut(c.Context(), c.Person, c.class(), c.Int("a"), c.Form("token"))
	if fault.Is(err, fault.Conflict) {
		return "", s.retry(c, s.assignPage, err)
	}
	return itemPath(n, 1), err
}

// assignRemove asks before an assignment is taken back.
func (s *Server) assignRemove(c *Ctx) (views.Page, error) {
	a, err := s.assignment(c)
	if err != nil {
		return nil, err
	}
	path := assignPath(a.Class, a.N)
	return views.Sure{Heading: c.Say("assign.remove_of", a.Title), What: c.Say("assign.remove_what"), Kept: c.Say("assign.remove_kept"),
		Ask: views.Form{Action: path + "/remove"}, Do: c.Say("assign.remove_do"), Stay: views.Link{Text: c.Say("assign.remove_stay"), URL: path}}, nil
}

// assignRemoveDo takes it back.
func (s *Server) assignRemoveDo(c *Ctx) (string, error) {
	return assignsPath(c.class()), s.Host.Unassign(c.Context(), c.Person, c.class(), c.Int("a"))
}
