package web_test

import (
	"fmt"
	"html"
	"io"
	"maps"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/questions"
	"thaw/questions/kind"
)

// read sends a request and returns status and body.
func (v *visitor) read(method, path string, pairs ...string) (status int, body string) {
	v.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	res := v.send(method, path, form)
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return res.StatusCode, string(raw)
}

func (v *visitor) wantStatus(want int, method, path string, pairs ...string) string {
	v.t.Helper()
	status, body := v.read(method, path, pairs...)
	if status != want {
		v.t.Errorf("%s %s: %d, want %d", method, path, status, want)
	}
	return body
}

// answers answers the first n open questions of a sitting, each by its key or not, and
// returns the facts that they ask for.
func (v *visitor) answers(sitting, n int, right bool) map[questions.FactID]bool {
	v.t.Helper()
	facts := map[questions.FactID]bool{}
	who := v.person()
	for pos := 1; n > 0; pos++ {
		turn, err := v.app.Host.Store.Turn(v.t.Context(), who.ID, sitting, pos)
		if err != nil {
			v.t.Fatal(err)
		}
		if turn.Item.State == quiz.Closed {
			continue
		}
		n--
		version, err := v.app.Shelf.Version(v.t.Context(), turn.Item.Ref)
		if err != nil {
			v.t.Fatal(err)
		}
		path := fmt.Sprintf("/sittings/%d/questions/%d", sitting, pos)
		res := v.send("POST", path, url.Values{"token": {token(v.page(path))}, "answer": give(version.In(turn.Item.Order), right)})
		res.Body.Close()
		if res.StatusCode != 303 {
			v.t.Fatalf("answering a %s: %d", version.Kind, res.StatusCode)
		}
		for _, fact := range version.Facts() {
			facts[fact] = true
		}
	}
	return facts
}

// give is an answer that is right, or one that is wrong.
func give(v questions.Version, right bool) (answer []string) {
	if right && kind.Arranged(v.Kind) {
		return kind.Solution(v)
	}
	if !picks(v) {
		key, _ := v.Key(1)
		if right && v.Kind == questions.Text {
			return []string{key.Text}
		}
		return unknowing(v)
	}
	for i, a := range v.Answers {
		if (a.Credit == 1) == right && (len(answer) == 0 || v.Kind == questions.Several) {
			answer = append(answer, fmt.Sprint(i+1))
		}
	}
	return answer
}

var tags = regexp.MustCompile(`<[^>]*>`)

// words is what a page says, blanks folded.
func words(page string) string {
	return html.UnescapeString(strings.Join(strings.Fields(tags.ReplaceAllString(page, " ")), " "))
}

func tells(t *testing.T, page, what string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(words(page), want) {
			t.Errorf("%s does not say %q:\n%s", what, want, words(page))
		}
	}
}

func saysNot(t *testing.T, page, what string, never ...string) {
	t.Helper()
	for _, n := range never {
		if strings.Contains(page, n) {
			t.Errorf("%s says %q", what, n)
		}
	}
}

func TestFortyPupilsJoinFromOneAddressInAMinute(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	for range 12 { // somebody in the room types a wrong code, again and again
		(&visitor{site: s}).send("GET", "/join/BBBBBB", nil).Body.Close()
	}
	(&visitor{site: s}).wantStatus(429, "GET", "/join/BBBBBB")
	for i := range 40 {
		v := &visitor{site: s}
		page := v.page("/join?code="[:5] + "/" + strings.ToLower(c.code))
		if v.cookie != "" {
			t.Fatal("looking at the door sets a cookie")
		}
		to := v.post("/join/"+c.code, "token", token(page), "name", fmt.Sprintf("Pupil %d", i), "zone", "Europe/Berlin")
		if to != "/sittings/1/questions/1" {
			t.Fatalf("pupil %d is led to %s, want a question", i, to)
		}
		if !strings.Contains(v.page(to), `name="answer"`) {
			t.Fatalf("pupil %d sees no question", i)
		}
	}
	tells(t, c.teacher.page(c.path()), "the class", "41 pupils", "Pupil 39")
}

func TestTheDoorOfAClass(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	spelled := people.SpellCode(c.code)
	for _, typed := range []string{spelled, strings.ToLower(spelled), "  " + c.code[:3] + "-" + c.code[3:]} {
		res := (&visitor{site: s}).send("GET", "/join?code="+url.QueryEscape(typed), nil)
		res.Body.Close()
		if res.StatusCode != 303 || res.Header.Get("Location") != "/join/"+c.code {
			t.Errorf("typing %q: %d, to %s", typed, res.StatusCode, res.Header.Get("Location"))
		}
	}
	bad := (&visitor{site: s}).wantStatus(422, "GET", "/join?code="+url.QueryEscape(`<script>x</script>`))
	saysNot(t, bad, "the form", "<script>x")

	c.teacher.post(c.path()+"/archive", "away", "1")
	archived := (&visitor{site: s}).wantStatus(404, "GET", "/join/"+c.code)
	unknown := (&visitor{site: s}).wantStatus(404, "GET", "/join/BBBBBB")
	same := func(page, code string) string { return strings.ReplaceAll(page, people.SpellCode(code), "…") }
	if same(archived, c.code) != same(unknown, "BBBBBB") {
		t.Error("an archived class's code answers otherwise than one of none")
	}
	(&visitor{site: s}).wantStatus(404, "POST", "/join/"+c.code, "token", "abcdefghijklmnopqrst", "name", "Late")
	c.teacher.post(c.path()+"/archive", "away", "0")
	(&visitor{site: s}).page("/join/" + c.code)

	c.teacher.post(c.path() + "/code")
	(&visitor{site: s}).wantStatus(404, "GET", "/join/"+c.code)
	tells(t, c.teacher.page(c.path()+"/settings"), "the settings", "The code is")
	if to := c.pupil.post("/sittings", "token", token(c.pupil.page("/today"))); !strings.HasPrefix(to, "/sittings/") {
		t.Errorf("with another code the pupil is led to %s", to)
	}
}

func TestADoubledJoinMakesOnePupil(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	first := &visitor{site: s}
	form := token(first.page("/join/" + c.code))
	to := first.post("/join/"+c.code, "token", form, "name", "Mila")
	again := &visitor{site: s} // the same form, sent before the first answer came
	if got := again.post("/join/"+c.code, "token", form, "name", " mila "); got != to || again.cookie != first.cookie {
		t.Errorf("the doubled submit leads to %s with another session: %v", got, again.cookie != first.cookie)
	}
	tells(t, c.teacher.page(c.path()), "the class", "2 pupils")

	taken := &visitor{site: s}
	page := taken.wantStatus(409, "POST", "/join/"+c.code, "token", token(taken.page("/join/"+c.code)), "name", "MILA")
	tells(t, page, "the form", "Somebody in this class is called that already.")
	if taken.cookie != "" {
		t.Error("who was refused got a session")
	}
	other := &visitor{site: s} // the next at the same computer, on the same page
	if other.post("/join/"+c.code, "token", form, "name", "Ben"); other.person().ID == first.person().ID {
		t.Error("another name on the same page is the same pupil")
	}

	if to := first.post("/join/"+c.code, "token", token(first.page("/join/"+c.code))); to != "/sittings/2/questions/1" {
		t.Errorf("who is in and joins again is led to %s, want a new quiz", to)
	}
	ada := named(s, "Mila", people.Pupil) // an account with a name that is taken in the class
	page = ada.wantStatus(409, "POST", "/join/"+c.code, "token", token(ada.page("/join/"+c.code)))
	tells(t, page, "the form", "Your name in this class")
	ada.post("/join/"+c.code, "token", token(page), "name", "Mila B.")
	tells(t, c.teacher.page(c.path()), "the class", "4 pupils", "Mila B.")
	if to := c.teacher.post("/join/"+c.code, "token", "abcdefghijklmnopqrst"); to != c.path() {
		t.Errorf("the class's teacher, joining, is led to %s", to)
	}
	tells(t, c.teacher.page(c.path()), "the class", "4 pupils")
}

func TestNamesAreShownAsText(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	evil := []string{`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, "=1+1", "+1", "-1", "@SUM(A1)"}
	for _, name := range evil {
		m := c.join(&visitor{site: s}, name)
		pages := []string{c.teacher.page(c.path()), c.teacher.page(fmt.Sprintf("%s/pupils/%d", c.path(), m)),
			c.teacher.page(fmt.Sprintf("%s/pupils/%d/reset", c.path(), m)), c.teacher.page(fmt.Sprintf("%s/pupils/%d/remove", c.path(), m))}
		for _, page := range pages {
			saysNot(t, page, "a teacher's page", "<script>alert", "<img src=x")
			if !strings.Contains(page, escaped(name)) {
				t.Errorf("a teacher's page does not show the name %s", name)
			}
		}
	}
	for _, name := range []string{"a\u202eb", "\u200fx", "a\u0000b", "a\u0007", "", "   ", strings.Repeat("x", 41)} {
		v := &visitor{site: s}
		v.wantStatus(422, "POST", "/join/"+c.code, "token", token(v.page("/join/"+c.code)), "name", name)
		if v.cookie != "" {
			t.Errorf("the name %q was refused and made a session", name)
		}
	}
	c.teacher.post(c.path()+"/name", "name", evil[0])
	v := &visitor{site: s}
	for _, page := range []string{v.page("/join/" + c.code), c.pupil.page("/seen"), c.pupil.page(c.path() + "/leave"), c.pupil.page("/account"),
		c.teacher.page("/classes"), c.teacher.page(c.path() + "/settings"), c.teacher.page(c.path() + "/code")} {
		saysNot(t, page, "a page with the class's name", "<script>alert")
		if !strings.Contains(page, escaped(evil[0])) {
			t.Errorf("a page does not show the class's name:\n%s", words(page))
		}
	}
	admin := named(s, "Head", people.Admin)
	bold := named(s, evil[1], people.Pupil)
	for _, path := range []string{"/people", "/people?q=" + url.QueryEscape(evil[1]), "/people/" + bold.person().ID.String()} {
		saysNot(t, admin.page(path), "a page of people", "<img src=x")
	}
	c.teacher.wantStatus(422, "POST", c.path()+"/name", "name", "a\u202eb")
	c.teacher.wantStatus(422, "POST", "/classes", "name", strings.Repeat("x", 61), "token", "abcdefghijklmnopqrst")
}

// escaped is a name as it stands in a page.
func escaped(name string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "+", "+").Replace(name)
}

func TestATeacherSeesWhatComesAfterJoining(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	v := guest(s)
	v.answers(1, 6, true) // before joining
	s.now = s.now.Add(2 * time.Hour)
	page := v.page("/join/" + c.code)
	tells(t, page, "the door", "What you have answered so far stays yours")
	m := c.join(v, "Mila")
	pupil := fmt.Sprintf("%s/pupils/%d", c.path(), m)
	tells(t, c.teacher.page(pupil), "the report of who has just joined", "Mila has not met any of the class's facts yet.")
	tells(t, c.teacher.page(c.path()), "the class", "none active in the last seven days", "too early to say", "nothing met yet")

	s.now = s.now.Add(time.Minute)
	facts := v.answers(2, 4, false)
	tells(t, c.teacher.page(c.path()), "the class", "1 active in the last seven days.", fmt.Sprintf("of %d facts holding or better", len(facts)),
		"too few to judge this question")
	s.now = s.now.Add(time.Minute)
	maps.Copy(facts, v.answers(2, 6, true))
	report := c.teacher.page(pupil)
	tells(t, report, "the report", fmt.Sprintf("of the %d facts met", len(facts)), "The first day of study is today: 1 minute.", "In 1 week 0 minutes and 10 answers")
	own := v.page("/progress")
	tells(t, own, "the pupil's own report", "In 1 week 0 minutes and 17 answers")

	// the fact of the first question was met before, and is answered once more: its memory begins anew for the teacher
	s.now = s.now.Add(48 * time.Hour)
	tells(t, c.teacher.page(c.path()), "the class, sorted", "Mila")
	for _, sort := range []string{"right", "memory", "last", "nonsense", "name; DROP TABLE"} {
		tells(t, c.teacher.page(c.path()+"?sort="+url.QueryEscape(sort)), "the class by "+sort, "Mila", "Pupil of 10b")
	}

	v.post(c.path() + "/leave")
	c.teacher.wantStatus(404, "GET", pupil)
	saysNot(t, c.teacher.page(c.path()), "the class after leaving", "Mila")
	c.join(v, "Mila")
	tells(t, c.teacher.page(pupil), "the report after coming back", "Mila has not met any of the class's facts yet.")
	c.teacher.post(pupil + "/remove")
	c.teacher.wantStatus(404, "GET", pupil)
	if page := v.page("/seen"); strings.Contains(page, "10b") {
		t.Error("who was taken out still sees the class")
	}
}

func TestWhoCanSeeThis(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	tells(t, guest(s).page("/seen"), "who is in no class", "You are in no class.")
	c.teacher.page(c.path())
	tells(t, c.pupil.page("/seen"), "who is in a class", "10b", "Teacher of 10b", "As Pupil of 10b, since 2 March 2026", "Nobody has looked yet.")
	c.teacher.page(c.pupilPath())
	tells(t, c.pupil.page("/seen"), "who was looked at", "Teacher of 10b, today")
	s.now = s.now.Add(24 * time.Hour)
	tells(t, c.pupil.page("/seen"), "who was looked at a day ago", "Teacher of 10b, yesterday")
	tells(t, c.pupil.page("/account"), "the account", "10b", "since 2 March 2026")
	n, err := s.db.Number(t.Context(), `SELECT COUNT(*) FROM audit WHERE what = 'look'`)
	if err != nil || n != 1 {
		t.Errorf("%d looks are written down (%v), want the one at the pupil", n, err)
	}
	tells(t, c.pupil.page(c.path()+"/leave"), "the question before leaving", "Its teachers see nothing of yours any more")
	c.pupil.post(c.path() + "/leave")
	tells(t, c.pupil.page("/seen"), "who has left", "You are in no class.")
	c.pupil.wantStatus(404, "POST", c.path()+"/leave")
}

var wayIn = regexp.MustCompile(`/link/[A-Za-z0-9_-]{32}`)

func TestAClassTeacherLetsAPupilBackIn(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	v := account(s, "Ada") // with a password
	m := c.join(v, "")
	reset := fmt.Sprintf("%s/pupils/%d/reset", c.path(), m)
	form := token(c.teacher.page(reset))
	to := c.teacher.post(reset, "token", form)
	if again := c.teacher.post(reset, "token", form); to != reset || again != to {
		t.Errorf("the reset leads to %s, doubled to %s", to, again)
	}
	v.wantStatus(303, "GET", "/today") // signed out everywhere
	(&visitor{site: s}).wantStatus(422, "POST", "/sign-in", "name", "Ada", "password", "seven amber trams")
	page := c.teacher.page(reset)
	link := wayIn.FindString(page)
	if link == "" || wayIn.FindString(c.teacher.page(reset)) != link {
		t.Fatal("the link is not shown, or not shown again")
	}
	if !strings.Contains(page, `class="qr"`) || strings.Contains(page, "data:") {
		t.Error("the link has no QR code drawn in the page")
	}
	back := &visitor{site: s}
	tells(t, back.page(link), "the link", "Welcome back, Ada")
	if to := back.post(link); to != "/password" {
		t.Errorf("the link leads to %s", to)
	}
	back.post("/password", "password", "eight amber trams")
	(&visitor{site: s}).wantStatus(404, "POST", link)
	if to := (&visitor{site: s}).post("/sign-in", "name", "Ada", "password", "eight amber trams"); to != "/today" {
		t.Errorf("the new password leads to %s", to)
	}

	mila := &visitor{site: s} // a guest
	m = c.join(mila, "Mila")
	reset = fmt.Sprintf("%s/pupils/%d/reset", c.path(), m)
	c.teacher.post(reset, "token", token(c.teacher.page(reset)))
	first := wayIn.FindString(c.teacher.page(reset))
	c.teacher.post(reset, "token", token(c.teacher.page(reset)))
	link = wayIn.FindString(c.teacher.page(reset))
	(&visitor{site: s}).wantStatus(404, "GET", first)
	other := &visitor{site: s}
	if to := other.post(link); to != "/today" || other.person().ID == 0 {
		t.Errorf("the guest's link leads to %s", to)
	}
	tells(t, other.page("/seen"), "the guest on another device", "As Mila")

	c.teacher.post(reset, "token", token(c.teacher.page(reset)))
	link = wayIn.FindString(c.teacher.page(reset))
	s.now = s.now.Add(24*time.Hour + time.Second)
	(&visitor{site: s}).wantStatus(404, "GET", link)
	saysNot(t, c.teacher.page(reset), "the page after a day", link)

	colleague := named(s, "Colleague", people.Teacher)
	m = c.join(colleague, "")
	reset = fmt.Sprintf("%s/pupils/%d/reset", c.path(), m)
	tells(t, c.teacher.page(reset), "the page of a colleague", "This pupil teaches here as well.")
	c.teacher.wantStatus(403, "POST", reset, "token", "abcdefghijklmnopqrst")
	colleague.page("/today") // is not signed out
	colleague.wantStatus(404, "GET", c.path())
	colleague.wantStatus(404, "GET", c.pupilPath())

	// a link that was made before somebody came to teach opens nothing after
	rises := named(s, "Rises", people.Pupil)
	m = c.join(rises, "")
	reset = fmt.Sprintf("%s/pupils/%d/reset", c.path(), m)
	who := rises.person()
	c.teacher.post(reset, "token", token(c.teacher.page(reset)))
	link = wayIn.FindString(c.teacher.page(reset))
	admin := named(s, "Head", people.Admin)
	admin.post("/people/"+who.ID.String()+"/role", "role", "teacher")
	(&visitor{site: s}).wantStatus(404, "POST", link)
}

func TestBanksOfOthersAreNotGiven(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	for _, ids := range [][]string{{"bank", "99"}, {"bank", "1", "bank", "99"}, {"bank", "x"}, {"bank", "-1"}} {
		c.teacher.wantStatus(404, "POST", c.path()+"/banks", ids...)
	}
	if page := c.teacher.page(c.path() + "/settings"); strings.Count(page, "checked") != 1 {
		t.Error("what was refused has changed the banks")
	}
	c.teacher.wantStatus(404, "POST", "/classes", "name", "x", "token", "abcdefghijklmnopqrst", "bank", "99")
	tells(t, c.teacher.page("/classes"), "the classes", "10b")
	saysNot(t, c.teacher.page("/classes"), "the classes", ">x<")
	c.teacher.post(c.path() + "/banks") // none
	v := &visitor{site: s}
	if to := v.post("/join/"+c.code, "token", token(v.page("/join/"+c.code)), "name", "Mila"); to != "/today" {
		t.Errorf("joining a class without questions leads to %s", to)
	}
	form := token(c.teacher.page("/classes"))
	first := c.teacher.post("/classes", "name", "11", "token", form)
	if again := c.teacher.post("/classes", "name", "11", "token", form); again != first {
		t.Errorf("the doubled form makes %s and %s", first, again)
	}
	page := c.teacher.page(first)
	tells(t, page, "the empty class", "Nobody is here yet. Put this code on the board, or print the slips.", "example.com/join")
	if !strings.Contains(page, `class="qr"`) {
		t.Error("the empty class is not its code")
	}
}

var invited = regexp.MustCompile(`/invite/[A-Za-z0-9_-]{32}`)

func TestInvitations(t *testing.T) {
	s := open(t)
	admin, second := named(s, "Head", people.Admin), named(s, "Second", people.Admin)
	invite := func(role string) string {
		t.Helper()
		before := invited.FindAllString(admin.page("/people"), -1)
		form := token(admin.page("/people"))
		admin.post("/people/invite", "role", role, "token", form)
		admin.post("/people/invite", "role", role, "token", form)
		after := invited.FindAllString(admin.page("/people"), -1)
		if len(after) != len(before)+1 {
			t.Fatalf("%d links after inviting, %d before", len(after), len(before))
		}
		return after[len(after)-1]
	}
	link := invite("teacher")
	if strings.Contains(second.page("/people"), link) || !strings.Contains(words(second.page("/people")), "made by Head") {
		t.Error("another administrator sees the link, or not the invitation")
	}
	v := guest(s)
	v.answers(1, 2, true)
	who := v.person().ID
	tells(t, v.page(link), "the invitation", "You are invited", "Everything you have answered so far goes with you.")
	before := v.cookie
	v.wantStatus(422, "POST", link, "name", "", "password", "short")
	if to := v.post(link, "name", "Vera", "password", "seven amber trams", "role", "admin"); to != "/words?next=/welcome" {
		t.Errorf("the invitation leads to %s", to)
	}
	if p := v.person(); p.ID != who || p.Role != people.Teacher || v.cookie == before {
		t.Errorf("the guest became %+v", p)
	}
	tells(t, v.page("/words?next=/welcome"), "the words", "recovery words")
	if to := v.post("/words/noted", "next", "/welcome"); to != "/welcome" {
		t.Errorf("the words lead to %s", to)
	}
	tells(t, v.page("/welcome"), "the welcome", "Make a class")
	tells(t, (&visitor{site: s}).wantStatus(404, "GET", link), "a used invitation", "has been used, has ended or was taken back", "Ask whoever gave it to you")

	link = invite("teacher")
	old := named(s, "Ada", people.Pupil)
	stays := &visitor{site: s, cookie: old.cookie}
	tells(t, old.page(link), "the invitation", "You are signed in as Ada.")
	if to := old.post(link); to != "/welcome" || old.person().Role != people.Teacher {
		t.Errorf("the invitation leads %s to %s", old.person().Role, to)
	}
	stays.wantStatus(303, "GET", "/today") // the session from before the role has ended

	link = invite("teacher")
	tells(t, old.page(link), "the invitation of who teaches already", "nothing was used up")
	old.wantStatus(409, "POST", link)
	admin.wantStatus(409, "POST", link)
	(&visitor{site: s}).page(link)
	hash := regexp.MustCompile(`name="link" value="([^"]+)"`).FindStringSubmatch(second.page("/people"))[1]
	second.post("/people/revoke", "link", hash)
	(&visitor{site: s}).wantStatus(404, "GET", link)
	second.wantStatus(404, "POST", "/people/revoke", "link", hash)

	link = invite("admin")
	old.post(link)
	if old.person().Role != people.Admin {
		t.Error("the teacher did not become an administrator")
	}
	link = invite("teacher")
	s.now = s.now.Add(7*24*time.Hour + time.Second)
	v = &visitor{site: s}
	v.wantStatus(404, "POST", link, "name", "Late", "password", "seven amber trams")
	admin.wantStatus(422, "POST", "/people/invite", "role", "pupil", "token", "abcdefghijklmnopqrst")
	link = invite("admin")
	second.post("/people/"+admin.person().ID.String()+"/role", "role", "teacher")
	(&visitor{site: s}).wantStatus(404, "GET", link) // its maker may invite nobody any more
	admin.wantStatus(303, "GET", "/people")
}

func TestAnAdministratorLooksAfterPeople(t *testing.T) {
	s := open(t)
	admin := named(s, "Head", people.Admin)
	for i := range people.PageSize + 2 {
		named(s, fmt.Sprintf("Pupil %02d", i), people.Pupil)
	}
	tells(t, admin.page("/people"), "the first page", "1 to 50 of 53 people", "Pupil 48")
	saysNot(t, admin.page("/people"), "the first page", "Pupil 51")
	tells(t, admin.page("/people?page=2"), "the second page", "51 to 53 of 53 people", "Pupil 51")
	tells(t, admin.page("/people?q=pupil+07&sort=role&page=zz"), "a search", "1 person", "Pupil 07")
	tells(t, admin.page("/people?q=%25"), "a search for a sign", "Nobody here has a name like that.")
	tells(t, admin.page("/people?sort=%27%3B--"), "an order of nobody's", "53 people")

	ada := named(s, "Ada", people.Pupil)
	path := "/people/" + ada.person().ID.String()
	admin.post(path+"/off", "off", "1")
	ada.wantStatus(303, "GET", "/today")
	tells(t, admin.page(path), "the person", "shut out")
	admin.wantStatus(404, "POST", path+"/link", "token", "abcdefghijklmnopqrst")
	admin.post(path+"/off", "off", "0")
	admin.post(path+"/link", "token", token(admin.page(path)))
	link := wayIn.FindString(admin.page(path))
	if link == "" {
		t.Fatal("no sign-in link is shown")
	}
	ada = &visitor{site: s}
	ada.post(link)
	admin.post(path+"/role", "role", "teacher")
	ada.wantStatus(303, "GET", "/today")
	admin.wantStatus(422, "POST", path+"/role", "role", "god")
	mine := "/people/" + admin.person().ID.String()
	tells(t, admin.wantStatus(409, "POST", mine+"/role", "role", "pupil"), "the last administrator", "Somebody has to look after this Thaw")
	admin.wantStatus(409, "POST", mine+"/off", "off", "1")
	admin.wantStatus(404, "GET", "/people/4711")
	admin.wantStatus(404, "GET", "/people/"+guest(s).person().ID.String())
	for _, what := range []string{"off", "on", "link", "role teacher"} {
		n, err := s.db.Number(t.Context(), `SELECT COUNT(*) FROM audit WHERE actor > 0 AND what = '`+what+`'`)
		if err != nil || n != 1 {
			t.Errorf("%d lines of the audit say %q (%v), want 1", n, what, err)
		}
	}
}

func TestClassPagesTakeAtMostSixQueries(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	admin := named(s, "Head", people.Admin)
	c.pupil.answers(1, 3, true)
	for i := range 30 {
		v := guest(s) // has answered before, so that memory is lived again
		s.now = s.now.Add(time.Second)
		m := c.join(v, fmt.Sprintf("Pupil %d", i))
		if m > 0 && i%3 == 0 {
			v.answers(2, 9, i%2 == 0)
		}
		named(s, fmt.Sprintf("Somebody %d", i), people.Pupil)
	}
	s.now = s.now.Add(40 * time.Hour)
	play(s, c.pupil.person())
	code := &visitor{site: s}
	for path, v := range map[string]*visitor{"/classes": c.teacher, c.path(): c.teacher, c.path() + "/code": c.teacher, c.path() + "/mixups": c.teacher, c.path() + "/starter": c.teacher, c.path() + "/class.csv": c.teacher, "/inbox?class=" + c.id.String(): c.teacher, "/mixups": c.pupil, c.path() + "/settings": c.teacher,
		c.pupilPath(): c.teacher, c.pupilPath() + "/reset": c.teacher, c.pupilPath() + "/remove": c.teacher, "/welcome": c.teacher,
		"/people": admin, "/people/" + c.pupil.person().ID.String(): admin, "/seen": c.pupil, "/account": c.pupil, c.path() + "/leave": c.pupil,
		"/join": code, "/join/" + c.code: c.pupil, "/today": c.pupil} {
		s.now = s.now.Add(10 * time.Second)
		v.page(path) // caches of immutable things fill
		s.now = s.now.Add(10 * time.Second)
		before := s.reads()
		v.page(path)
		if n := s.reads() - before; n > 6 || n == 0 {
			t.Errorf("GET %s takes %d queries, want 1 to 6", path, n)
		}
	}
}
