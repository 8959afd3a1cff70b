package web_test

import (
	"net/url"
	"regexp"
	"testing"
	"time"

	"thaw/app/people"
)

var staffURL = regexp.MustCompile(`https?://[^ <]+(/staff/[\w-]+)`)

// offers makes a link for a co-teacher and returns its path.
func (c class) offers() string {
	c.teacher.t.Helper()
	path := c.path() + "/teachers"
	c.teacher.post(path+"/link", "token", token(c.teacher.page(path)))
	found := staffURL.FindStringSubmatch(c.teacher.page(path))
	if found == nil {
		c.teacher.t.Fatal("the page of the teachers shows no link")
	}
	return found[1]
}

func TestALinkMakesACoTeacher(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	otto, admin := named(s, "Otto", people.Teacher), named(s, "Root", people.Admin)
	link := c.offers()
	wantIn(t, c.teacher.page(c.path()+"/teachers"), "For a teacher of this class, made by Teacher of 10b")

	wantIn(t, (&visitor{site: s}).page(link), "Sign in with the account that teaches", "/sign-in?next=/staff/")
	for _, v := range []*visitor{guest(s), c.pupil} {
		page := v.page(link)
		wantIn(t, page, "Teacher of 10b invites you to teach the class 10b", "nothing was used up")
		wantOut(t, page, `method="post" action="`+link)
	}
	c.pupil.posts(link, url.Values{}, 404)
	wantIn(t, c.teacher.page(link), "You teach this class already")
	c.teacher.posts(link, url.Values{}, 409, "You teach this class already")

	wantIn(t, otto.page(link), "You are signed in as Otto", "Teach this class")
	for range 2 { // a doubled submit meets the same
		if to := otto.post(link); to != c.path() {
			t.Errorf("using it leads to %s, want %s", to, c.path())
		}
	}
	wantIn(t, otto.page(c.path()+"/teachers"), "Otto", "Teacher of 10b")
	admin.posts(link, url.Values{}, 404, "has been used")
	wantOut(t, c.teacher.page(c.path()+"/teachers"), "/staff/")

	link = c.offers()
	wantOut(t, otto.page(c.path()+"/teachers"), link) // its maker's alone, but seen to be open
	hash := regexp.MustCompile(`name="link" value="([^"]+)"`).FindStringSubmatch(otto.page(c.path() + "/teachers"))
	otto.post(c.path()+"/teachers/revoke", "link", hash[1])
	admin.posts(link, url.Values{}, 404, "taken back")
	link = c.offers()
	s.now = s.now.Add(8 * 24 * time.Hour)
	admin.posts(link, url.Values{}, 404, "has ended")
}
