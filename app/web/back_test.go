package web_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"thaw/app/bank"
	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/app/study"
	"thaw/db"
	"thaw/questions"
)

// away is a learner who met 400 facts and comes back so many days later.
func away(s *site, days int) *visitor {
	s.t.Helper()
	d := bank.Data{Hash: "1", Bank: bank.Bank{Slug: "many", Title: "Many", Lang: "en", BuiltIn: true}, Topics: []bank.Topic{{Slug: "all", Title: "All"}}}
	for i := range 400 {
		f := fmt.Sprintf("fact-%d", i)
		d.Facts = append(d.Facts, bank.FactData{Fact: bank.Fact{Slug: f, Text: f, Lang: "en"}, TopicSlug: "all"})
		for _, kind := range []string{questions.Choice, questions.Flash} {
			q := bank.QuestionData{Slug: kind + f, TopicSlug: "all", Version: questions.Version{Kind: kind, Lang: "en", Prompt: "What is meant by " + strings.Repeat("x", i%7+1) + "?",
				Answers: []questions.Answer{{Part: 1, Text: "this one", Credit: 1}}}, Refs: []bank.AnswerRef{{Fact: f}}}
			for _, wrong := range []string{"that one", "another one", "none at all"} {
				if kind == questions.Choice {
					q.Version.Answers, q.Refs = append(q.Version.Answers, questions.Answer{Part: 1, Text: wrong}), append(q.Refs, bank.AnswerRef{})
				}
			}
			d.Questions = append(d.Questions, q)
		}
	}
	if err := (db.Bank{DB: s.db}).Install(s.t.Context(), d); err != nil {
		s.t.Fatal(err)
	}
	v := account(s, "Ada")
	v.meet(430)
	s.now = s.now.AddDate(0, 0, days)
	v.post("/sign-in", "name", "Ada", "password", "seven amber trams")
	return v
}

// meet answers questions of new facts, all rightly, until so many have been met.
func (v *visitor) meet(facts int) {
	v.t.Helper()
	who := v.person()
	who.NewADay, who.Minutes = people.MaxNew, 240
	if err := v.app.Desk.Store.SetPerson(v.t.Context(), who); err != nil {
		v.t.Fatal(err)
	}
	for round := 0; len(v.cards(who)) < facts; round++ {
		if round == 10 {
			v.t.Fatalf("%d facts met after %d days", len(v.cards(who)), round)
		}
		v.now = v.now.Add(24 * time.Hour)
		token := fmt.Sprintf("meet-%d-abcdefghijkl", round)
		begin := func() (int, error) { return v.app.Host.Review(v.t.Context(), who, quiz.Wish{}, token) }
		if round == 0 {
			begin = func() (int, error) { return v.app.Host.Over(v.t.Context(), who, []questions.BankID{2}, token) }
		}
		n, err := begin()
		if err != nil {
			v.t.Fatal(err)
		}
		v.knows(who, n)
	}
	who.NewADay, who.Minutes = people.StandardNew, people.StandardMinutes
	if err := v.app.Desk.Store.SetPerson(v.t.Context(), who); err != nil {
		v.t.Fatal(err)
	}
}

func (v *visitor) cards(who people.Person) []study.Card {
	v.t.Helper()
	cards, _, err := v.app.Coach.Store.Memory(v.t.Context(), who.ID)
	if err != nil {
		v.t.Fatal(err)
	}
	return cards
}

// knows answers a sitting through the app, all rightly.
func (v *visitor) knows(who people.Person, n int) {
	v.t.Helper()
	sitting, err := v.app.Host.Store.Sitting(v.t.Context(), who.ID, n)
	if err != nil {
		v.t.Fatal(err)
	}
	for _, it := range sitting.Items {
		version, err := v.app.Shelf.Version(v.t.Context(), it.Ref)
		if err != nil {
			v.t.Fatal(err)
		}
		responses := []questions.Response{give(version.In(it.Order), true)}
		if version.Kind == questions.Flash {
			responses = []questions.Response{{"show"}, {"good"}}
		}
		for i, r := range responses {
			if err := v.app.Host.Answer(v.t.Context(), who, quiz.Submission{Sitting: n, Pos: it.Pos, Response: r,
				Token: fmt.Sprintf("%d-%d-%d-abcdefghijkl", n, it.Pos, i), Took: 12 * time.Second}); err != nil {
				v.t.Fatal(err)
			}
		}
	}
}

var (
	counts = regexp.MustCompile(`[0-9]+`)
	// asPromised are the numbers that no backlog is in: what is still known in percent, the
	// minutes to choose from, and dates.
	asPromised = regexp.MustCompile(`\b\d\d? % \(\d\d? to (\d\d|100)\)|(5|10|20) minutes a day|about \d+ [A-Z][a-z]+( \d{4})?`)
)

// visible is the text of a page's main part and its frame, without what its head holds.
func visible(page string) string {
	_, body, _ := strings.Cut(page, "<body")
	return words("<body" + body)
}

func highest(text string) (most int) {
	for _, n := range counts.FindAllString(text, -1) {
		x, _ := strconv.Atoi(n)
		most = max(most, x)
	}
	return most
}

// TestBackAfterSixtyDays: with 400 facts due, the first screen offers five easy ones, says
// how much is still known and counts nothing that waits.
func TestBackAfterSixtyDays(t *testing.T) {
	s := open(t)
	v := away(s, 60)
	if due := len(study.DueNow(v.cards(v.person()), s.now, 0)); due < 400 {
		t.Fatalf("%d facts are due, want 400", due)
	}
	page := v.page("/today")
	text := visible(page)
	wantIn(t, text, "Good to see you.", "You probably still know about", "Here are five easy ones.", "5 minutes a day", "20 minutes a day")
	if !regexp.MustCompile(`10 minutes a day about \d+ [A-Z][a-z]+ · set now`).MatchString(text) {
		t.Errorf("the page says no day by which the old level is back:\n%s", text)
	}
	if n := highest(asPromised.ReplaceAllString(text, " ")); n > people.StandardMinutes || !asPromised.MatchString(text) {
		t.Errorf("the page shows the number %d:\n%s", n, text)
	}
	if n := strings.Count(page, "button primary"); n != 1 {
		t.Errorf("%d buttons ask to be pressed, want one", n)
	}
	to := v.post("/reviews", "token", token(page), "easy", "1")
	sitting, err := s.app.Host.Store.Sitting(t.Context(), v.person().ID, sittingOf(to))
	if err != nil {
		t.Fatal(err)
	}
	if len(sitting.Items) != quiz.EasyOnes {
		t.Fatalf("the review has %d items, want five", len(sitting.Items))
	}
	for _, it := range sitting.Items {
		version, err := s.app.Shelf.Version(t.Context(), it.Ref)
		if err != nil {
			t.Fatal(err)
		}
		if version.Kind == questions.Choice && len(it.Order) != 3 {
			t.Errorf("%d options are shown of an easy one", len(it.Order))
		}
	}
}

func sittingOf(path string) int {
	n, _ := strconv.Atoi(counts.FindString(path))
	return n
}

// TestMinutesAreChosenOnComingBack and are those of the settings.
func TestMinutesAreChosenOnComingBack(t *testing.T) {
	s := open(t)
	v := away(s, 60)
	if to := v.post("/today/minutes", "minutes", "20"); to != "/today" {
		t.Errorf("choosing leads to %s", to)
	}
	if got := v.person().Minutes; got != 20 {
		t.Errorf("%d minutes a day are set, want 20", got)
	}
	if text := visible(v.page("/today")); !regexp.MustCompile(`20 minutes a day about [^·]+ · set now`).MatchString(text) {
		t.Errorf("the page does not say what is set:\n%s", text)
	}
	wantIn(t, v.page("/settings"), `value="20"`)
}

// TestTheDayAfterComingBack: what is left for today is offered, within the minutes, and the
// next day is an ordinary one that counts no more than its minutes hold.
func TestTheDayAfterComingBack(t *testing.T) {
	s := open(t)
	v := away(s, 60)
	to := v.post("/reviews", "token", token(v.page("/today")), "easy", "1")
	v.knows(v.person(), sittingOf(to))
	page := v.page(fmt.Sprintf("/sittings/%d", sittingOf(to)))
	wantIn(t, page, "Go on: 9 minutes", `action="/reviews"`)
	head, _, _ := strings.Cut(visible(page), "Go on:") // below stands what was asked
	if n := highest(head); n > 50 {
		t.Errorf("the result shows the number %d:\n%s", n, head)
	}
	for range 3 {
		s.now = s.now.Add(24 * time.Hour)
		text := visible(v.page("/today"))
		wantOut(t, text, "Good to see you")
		head, _, _ := strings.Cut(text, "A quiz of ten")
		head, list, _ := strings.Cut(head, "Why these?")
		if n := highest(head); n == 0 || n > 50 {
			t.Errorf("the page shows the number %d:\n%s", n, head)
		}
		if n := strings.Count(list, "?"); n > 50 {
			t.Errorf("%d reasons are given", n)
		}
	}
}
