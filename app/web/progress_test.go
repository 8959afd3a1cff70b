package web_test

import (
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"thaw/app/people"
)

// form is a form of a page, by its button's text: where it goes and its hidden fields, a
// name and its value in turn.
type form struct {
	action string
	fields []string
}

var (
	formOf   = regexp.MustCompile(`(?s)<form method="post" action="([^"]*)">(.*?)</form>`)
	hiddenOf = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`)
)

// forms are those of a page whose button says something.
func forms(page, button string) (list []form) {
	for _, f := range formOf.FindAllStringSubmatch(page, -1) {
		if !strings.Contains(words(f[2]), button) {
			continue
		}
		found := form{action: f[1]}
		for _, h := range hiddenOf.FindAllStringSubmatch(f[2], -1) {
			found.fields = append(found.fields, h[1], h[2])
		}
		list = append(list, found)
	}
	return list
}

// values are those of a field, in order.
func (f form) values(name string) (list []string) {
	for i := 0; i < len(f.fields); i += 2 {
		if f.fields[i] == name {
			list = append(list, f.fields[i+1])
		}
	}
	return list
}

var parts = []string{"What you remember, by topic", "Leaving memory this week", "The coming two weeks", "Recall, week by week", "Days of study", "Time spent", "Names mixed up"}

// TestProgressOfANewLearner is one sentence and one button.
func TestProgressOfANewLearner(t *testing.T) {
	s := open(t)
	v := &visitor{site: s}
	v.post("/sign-up", "name", "Grace", "password", "seven amber trams")
	page := v.page("/progress")
	tells(t, page, "the page", "Nothing to show yet.", "Answer a few questions")
	saysNot(t, page, "the page", parts...)
	if strings.Contains(page, "<figure") {
		t.Error("there is a chart of nothing")
	}
}

// TestProgressOfTheFirstDay says what it does not know yet.
func TestProgressOfTheFirstDay(t *testing.T) {
	s := open(t)
	v := account(s, "Ada")
	play(s, v.person())
	page := v.page("/progress")
	tells(t, page, "the page", parts...)
	tells(t, page, "the page", "so this goes by how most people remember", "The first day of study is today", "Too few reviews in any week so far to tell: ten are needed.",
		"too few to name a pace", "no name has stood for another twice")
	saysNot(t, page, "the page", "Our forecasts", "remembered in reviews")
}

// TestProgressLeadsToPractising what fades and what is leaving.
func TestProgressLeadsToPractising(t *testing.T) {
	s := open(t)
	v := account(s, "Ada")
	for range 40 {
		s.now = s.now.Add(26 * time.Hour)
		play(s, v.person())
		v.page("/today") // keeps the session alive
	}
	page := v.page("/progress")
	tells(t, page, "the page", parts...)
	tells(t, page, "the page", "Without study, ", "in four weeks.", "in 8 weeks", "On 41 of the last 44 days", "dashed line is at the 10 minutes wanted a day",
		"An estimate:", "weeks had enough reviews to tell", "remembered in reviews", "Our forecasts")
	saysNot(t, page, "the page", "so this goes by how most people remember")

	topics := slices.DeleteFunc(forms(page, "Practise this"), func(f form) bool { return f.values("topic") == nil })
	if len(topics) < 5 || topics[0].action != "/sittings" || len(topics[0].values("token")) != 1 {
		t.Fatalf("topics can be practised by %+v", topics)
	}
	to := v.post(topics[1].action, topics[1].fields...)
	n, _ := strconv.Atoi(strings.Split(to, "/")[2])
	sitting, err := s.app.Host.Store.Sitting(t.Context(), v.person().ID, n)
	if err != nil || strconv.FormatInt(int64(sitting.Topic), 10) != topics[1].values("topic")[0] {
		t.Errorf("practising topic %v leads to a quiz of %d, %v", topics[1].values("topic"), sitting.Topic, err)
	}
	v.leaving(page)
}

// leaving checks the forms of what leaves memory: each fact alone, and all of them.
func (v *visitor) leaving(page string) {
	v.t.Helper()
	var facts []string
	for _, f := range forms(page, "Practise this") {
		facts = append(facts, f.values("fact")...)
	}
	all := forms(page, "Practise these")
	if len(facts) < 2 || len(facts) > 10 || len(all) != 1 || all[0].action != "/sittings" || !slices.Equal(all[0].values("fact"), facts) {
		v.t.Fatalf("leaving are the facts %v, to practise by %+v", facts, all)
	}
	tells(v.t, page, "the page", "likely than 90 % to be there in a week")
	banks, err := v.app.Shelf.For(v.t.Context(), v.person().ID)
	if err != nil {
		v.t.Fatal(err)
	}
	for _, f := range banks[0].Facts {
		facts = slices.DeleteFunc(facts, func(id string) bool { return id == strconv.FormatInt(int64(f.ID), 10) })
	}
	if len(facts) > 0 {
		v.t.Errorf("%v are no facts", facts)
	}
}

// TestATeacherSeesAPupilsProgress as the pupil does, but for what is the pupil's own: what
// is wanted of a day, and what leads to studying.
func TestATeacherSeesAPupilsProgress(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	for range 12 {
		s.now = s.now.Add(26 * time.Hour)
		play(s, c.pupil.person())
		c.teacher.page("/today") // keeps the session alive
	}
	c.pupil.mixesUp(2)
	own, seen := c.pupil.page("/progress"), c.teacher.page(c.pupilPath())
	both := append(slices.Clone(parts[1:]), "Without study, ", "in 8 weeks", "2 times", "weeks had enough reviews to tell")
	tells(t, seen, "the teacher's page", both...)
	tells(t, own, "the pupil's page", both...)
	tells(t, own, "the pupil's page", "wanted a day", "Practise this", "Drill these two")
	saysNot(t, seen, "the teacher's page", "wanted a day", "Practise", "Drill these two", "All that was mixed up")
	if strings.Contains(seen, `action="/sittings"`) || strings.Contains(seen, `href="/mixups"`) {
		t.Error("a teacher can practise for a pupil")
	}
}

// TestDaysOffAreSaid in the weeks to come, and nothing is due on them.
func TestDaysOffAreSaid(t *testing.T) {
	s := open(t)
	v := account(s, "Ada")
	for range 4 {
		s.now = s.now.Add(26 * time.Hour)
		play(s, v.person())
	}
	p := v.person()
	p.DaysOff = people.Days(0).With(time.Sunday)
	if err := s.app.Desk.Store.SetPerson(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	page := html.UnescapeString(v.page("/progress"))
	if n := strings.Count(page, "a day off</th>"); n != 2 {
		t.Errorf("%d of the coming days are off, want two Sundays", n)
	}
	for _, row := range regexp.MustCompile(`a day off</th>\s*<td class="number">(\d+)</td>`).FindAllStringSubmatch(page, -1) {
		if row[1] != "0" {
			t.Errorf("%s minutes are due on a day off", row[1])
		}
	}
}
