package web_test

import (
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"thaw/app/people"
)

// belongings are the numbers of what a teacher has, as they stand in addresses.
type belongings struct {
	class
	bank, topic, entity, question string
	a, text, mark, media          string
}

var (
	topicNumber  = regexp.MustCompile(`/topics/(\d+)`)
	entityNumber = regexp.MustCompile(`/names/(\d+)`)
)

// belongsTo makes a class with a pupil and something given to it, and a bank with a
// question, a topic and a name that is given to nobody.
func belongsTo(s *site, name string) belongings {
	s.t.Helper()
	b := belongings{class: newClass(s, name)}
	v := b.teacher
	b.a = fmt.Sprint(b.gives("title", "Homework of "+name))
	bank := v.newBank("Bank of " + name)
	b.question = strings.TrimPrefix(v.write(bank, "Question of "+name+"?"), "/questions/")
	b.bank = strings.TrimPrefix(bank, "/banks/")
	b.topic = topicNumber.FindStringSubmatch(v.page(bank))[1]
	b.names("Name of " + name)
	v.exam("Exam of "+name, 3)
	b.brings(name)
	return b
}

// brings a text, a picture and a file along.
func (b *belongings) brings(name string) {
	v, path := b.teacher, "/banks/"+b.bank
	text := v.post(path+"/texts", "token", token(v.page(path+"/texts")), "title", "Text of "+name, "text", "A sentence of "+name+".")
	text, _, _ = strings.Cut(text, "?")
	b.text, b.mark = strings.TrimPrefix(text, path+"/texts/"), linkTo(v.t, v.page(text), "A sentence of "+name+".")
	v.post("/import", "token", token(v.page("/import")), "text", "Whose is it? = "+name)
	form := choiceForm(v.page(path+"/questions/new?kind=choice"), "Who is this?")
	form.Set("do", "picture")
	form.Set("alt", "somebody")
	_, page := v.upload(path+"/questions", form, "picture", picture(v.t))
	_, b.media, _ = strings.Cut(page, "/media/")
	b.media, _, _ = strings.Cut(b.media, ")")
}

// names writes a name into the bank, whose number is then that of the belongings.
func (b *belongings) names(name string) {
	path := "/banks/" + b.bank + "/names"
	b.teacher.post(path, "token", token(b.teacher.page(path)), "kind", "person", "name", name)
	for _, found := range entityNumber.FindAllStringSubmatch(b.teacher.page(path), -1) {
		b.entity = max(b.entity, found[1])
	}
}

// whole puts a teacher's numbers into a pattern.
func (b belongings) whole(pattern string) string {
	return b.parts(strings.NewReplacer("/texts/:t", "/texts/"+b.text, "/media/:name", "/media/"+b.media, "/classes/:n", b.path(), "/banks/:b", "/banks/"+b.bank, "/questions/:q", "/questions/"+b.question).Replace(pattern))
}

// parts puts in those of what stands inside of something.
func (b belongings) parts(pattern string) string {
	return strings.NewReplacer("/texts/:t", "/texts/"+b.text, ":format", "csv", ":a", b.a, ":m", fmt.Sprint(b.m), ":t", b.topic, ":e", b.entity, ":who", b.pupil.person().ID.String(), ":n", "1", ":pos", "1", ":r", "1").Replace(pattern)
}

const nothing = "999999" // the number of nothing

// none puts the number of nothing wherever one stands.
var none = strings.NewReplacer(":name", nothing, ":format", "csv", ":n", nothing, ":b", nothing, ":q", nothing, ":a", nothing, ":m", nothing, ":t", nothing, ":e", nothing, ":who", nothing, ":pos", nothing, ":r", nothing)

// filledIn is a form that would do something to what it reaches.
var filledIn = url.Values{"token": {"abcdefghijklmnopqrstuv"}, "title": {"Stolen"}, "name": {"Stolen"}, "prompt": {"Stolen?"}, "kind": {"choice"}, "option": {"1956", "1953"}, "key": {"1"},
	"credit": {"", ""}, "why": {"", ""}, "explain": {"Stolen."}, "level": {"remember"}, "lang": {"en"}, "state": {"live"}, "version": {"1"}, "do": {"take"}, "away": {"1"}, "extra": {"150"},
	"teacher": {"Thief"}, "bank": {"1"}, "answer": {"1"}, "names": {"Ada\nMila"}, "new_topic": {"Stolen"}, "role": {"admin"}, "off": {"1"}}

var (
	hexToken = regexp.MustCompile(`value="[A-Za-z0-9_-]{22,}"`)
	numbers  = regexp.MustCompile(`\d+`)
)

// answersTo is what a route answers, but for what its address brings along: its status,
// where it leads, and its page.
func (v *visitor) answersTo(method, path string, form url.Values) string {
	v.t.Helper()
	res := v.send(method, path, form)
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	page := hexToken.ReplaceAllString(strings.ReplaceAll(string(raw), path, "*"), `value="*"`)
	return fmt.Sprintf("%d to %s\n%s", res.StatusCode, numbers.ReplaceAllString(strings.ReplaceAll(res.Header.Get("Location"), url.QueryEscape(path), "*"), "*"), page)
}

// guessed are routes whose part is a secret or a word, and those of an administrator, who
// looks after what is others'.
var guessed = regexp.MustCompile(`:token|:code|\*|^/people|^/media`)

// TestWhatIsAnothersIsNotThere: by every route and for everybody, the number of what is
// another's answers like the number of nothing, whether a form comes with it or none.
func TestWhatIsAnothersIsNotThere(t *testing.T) {
	s := open(t)
	mine, theirs := belongsTo(s, "Mine"), belongsTo(s, "Theirs")
	theirs.names("Another name") // names are numbered in their bank, pupils and work in their class: mine has one of each
	theirs.a = fmt.Sprint(theirs.gives("title", "Homework of Theirs"))
	theirs.m = theirs.join(guest(s), "Another")
	theirs.m = theirs.join(guest(s), "One more")
	thief, admin := named(s, "Thief", people.Teacher), named(s, "Head", people.Admin)
	seen := 0
	for _, r := range s.server.Routes() {
		if !strings.Contains(r.Path, ":") || guessed.MatchString(r.Path) || strings.HasPrefix(r.Path, "/rulings/") {
			continue
		}
		seen++
		for _, c := range []struct {
			name          string
			v             *visitor
			real, missing string
		}{
			{"another teacher", mine.teacher, theirs.whole(r.Path), none.Replace(r.Path)},
			{"a teacher of nothing", thief, theirs.whole(r.Path), none.Replace(r.Path)},
			{"another's pupil", mine.pupil, theirs.whole(r.Path), none.Replace(r.Path)},
			{"an administrator", admin, theirs.whole(r.Path), none.Replace(r.Path)},
			{"nobody", &visitor{site: s}, theirs.whole(r.Path), none.Replace(r.Path)},
			{"a teacher, inside of what is theirs", mine.teacher, theirs.parts(mine.within(r.Path)), none.Replace(mine.within(r.Path))},
		} {
			if strings.HasPrefix(c.name, "a teacher, inside") && strings.Count(r.Path, ":") == 1 || strings.HasPrefix(r.Path, "/sittings") || strings.HasPrefix(r.Path, "/exams") || strings.HasPrefix(r.Path, "/imports") || r.Path == "/classes/:n/leave" && c.v == mine.pupil {
				continue
			}
			for _, form := range []url.Values{nil, filledIn} {
				if r.Method == "GET" && form != nil {
					continue
				}
				got, want := c.v.answersTo(r.Method, c.real, form), c.v.answersTo(r.Method, c.missing, form)
				if got != want {
					t.Errorf("%s %s for %s:\n%.300s\nand for the number of nothing\n%.300s", r.Method, r.Path, c.name, got, want)
				}
			}
		}
	}
	if seen < 60 {
		t.Errorf("saw %d routes with numbers, want all", seen)
	}
	wantIn(t, theirs.teacher.page("/banks/"+theirs.bank), "Bank of Theirs", "Speeches")
	wantIn(t, theirs.teacher.page("/questions/"+theirs.question), "Question of Theirs?")
	wantIn(t, theirs.teacher.page("/banks/"+theirs.bank+"/names"), "Name of Theirs")
	wantIn(t, theirs.teacher.page(theirs.path()+"/assignments/"+theirs.a), "Homework of Theirs")
	wantIn(t, theirs.teacher.page(theirs.path()+"/students"), "Pupil of Theirs")
}

// within puts in one's own numbers but for the last.
func (b belongings) within(pattern string) string {
	last := strings.LastIndex(pattern, ":")
	return strings.NewReplacer("/classes/:n", b.path(), "/banks/:b", "/banks/"+b.bank, "/questions/:q", "/questions/"+b.question).Replace(pattern[:last]) + pattern[last:]
}

// TestOnesOwnIsThere: whoever has something meets it by each of its routes, each page with
// at most six queries.
func TestOnesOwnIsThere(t *testing.T) {
	s := open(t)
	b := belongsTo(s, "Mine")
	for _, r := range s.server.Routes() {
		if r.Method != "GET" || !strings.Contains(r.Path, ":") || r.Path == "/banks/:b/read" || guessed.MatchString(r.Path) || strings.HasPrefix(r.Path, "/rulings/") {
			continue
		}
		v := b.teacher
		if r.Path == "/classes/:n/leave" {
			v = b.pupil
		}
		path := b.whole(r.Path) + "?kind=choice"
		if strings.HasSuffix(r.Path, "/mark") {
			path = b.mark
		}
		res := v.send("GET", path, nil)
		res.Body.Close()
		if want := 200; res.StatusCode != want && res.StatusCode != 303 {
			t.Errorf("GET %s for whose it is: %d, want %d", r.Path, res.StatusCode, want)
		}
		s.now = s.now.Add(10 * time.Second)
		before := s.reads()
		v.send("GET", path, nil).Body.Close()
		if n := s.reads() - before; n > 6 && !strings.Contains(r.Path, "/export/") {
			t.Errorf("GET %s takes %d queries, want at most 6", r.Path, n)
		}
	}
}

// TestNumbersOfLearnersAreTheirOwn: the second sitting and the second exam of one learner
// are nothing to another who has one.
func TestNumbersOfLearnersAreTheirOwn(t *testing.T) {
	s := open(t)
	ada, bob := named(s, "Ada", people.Pupil), named(s, "Bob", people.Pupil)
	for _, title := range []string{"First", "Second"} {
		ada.exam(title, 3)
	}
	ada.post("/sittings", "token", token(ada.page("/today")))
	bob.exam("Mine", 3)
	second := strings.NewReplacer(":n", "2", ":pos", "1")
	for _, r := range s.server.Routes() {
		if !strings.HasPrefix(r.Path, "/sittings/") && !strings.HasPrefix(r.Path, "/exams/") {
			continue
		}
		for _, form := range []url.Values{nil, filledIn} {
			got, want := bob.answersTo(r.Method, second.Replace(r.Path), form), bob.answersTo(r.Method, none.Replace(r.Path), form)
			if got != want || form != nil && !strings.HasPrefix(got, "404") {
				t.Errorf("%s %s: another's\n%.200s\nand none\n%.200s", r.Method, r.Path, got, want)
			}
		}
	}
	ada.page("/sittings/2/questions/1")
	wantIn(t, ada.page("/exams/2"), "Second")
}
