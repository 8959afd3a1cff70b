package web_test

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// feeds is the fact that a question asks for, as its editor has it.
var feeds = regexp.MustCompile(`name="feeds"[\s\S]*?<option value="(\d+)" selected`)

// tag writes a question with tags and returns its path.
func (v *visitor) tag(bankPath, prompt, tags string) string {
	v.t.Helper()
	form := choiceForm(v.page(bankPath+"/questions/new?kind=choice"), prompt)
	form.Set("tags", tags)
	res := v.send("POST", bankPath+"/questions", form)
	res.Body.Close()
	if res.StatusCode != 303 {
		v.t.Fatalf("writing a question with tags: %d", res.StatusCode)
	}
	return strings.TrimSuffix(res.Header.Get("Location"), "?saved=1")
}

func TestQuestionsHaveTags(t *testing.T) {
	s := open(t)
	v := teacher(s, "Ms Byron")
	path := v.newBank("Europe")
	q := v.tag(path, "When was the treaty?", " Rome , Cold  War, ROME")
	v.tag(path, "When was the sack?", "rome,plunder")
	v.tag(path, "When was the speech?", "")
	page := v.page(q)
	wantIn(t, page, `value="Rome, Cold War"`, "In this bank so far: Cold War, plunder, Rome.", "tags=Rome%2C+Cold+War")
	wantIn(t, v.page(path+"/questions/new?kind=choice&tags=Rome%2C+Cold+War"), `value="Rome, Cold War"`)

	list := v.page(path)
	wantIn(t, list, `<a class="tag" href="`+path+`?tag=Cold+War">Cold War</a>`, `<option value="plunder">plunder</option>`, "all tags")
	for at, want := range map[string]string{path + "?tag=ROME": "2 questions", "/questions?tag=Cold+War": "1 question", path + "?tag=nothing": "Nothing found", path + "?q=plunder": "1 question"} {
		wantIn(t, v.page(at), want)
	}
	wantIn(t, v.page(path+"?tag=rome&state=live"), `<option value="Rome" selected>Rome</option>`, `href="`+path+`?state=live&amp;tag=plunder"`)
	wantIn(t, v.page(path+"?tag=nothing"), `<option value="nothing" selected>nothing</option>`)

	form := choiceForm(page, "When was the treaty?")
	form.Set("version", "1")
	form.Set("feeds", feeds.FindStringSubmatch(page)[1])
	form.Set("tags", "peace")
	if status, _ := v.ask(q, form); status != 303 {
		t.Fatalf("other tags: %d", status)
	}
	wantIn(t, v.page(q), "1 version", `value="peace"`)
	form.Set("tags", strings.Repeat("long ", 11))
	status, page := v.ask(q, form)
	if status != 422 {
		t.Errorf("a tag of 54 characters: %d, want 422", status)
	}
	wantIn(t, page, `href="#tags"`, "A tag can have 50 characters.", `value="long long`)
	wantIn(t, v.page(q), `value="peace"`)

	copied := v.post(path+"/copy", "token", "token-of-a-copy-0001", "title", "Mine")
	wantIn(t, v.page(copied+"?tag=peace"), "1 question")
}

// tagClass is a class that has a bank with tags alone, with its questions by their prompts.
func tagClass(s *site) (class, map[string]string) {
	s.t.Helper()
	c := newClass(s, "10b")
	path := c.teacher.newBank("Europe")
	list := map[string]string{}
	for prompt, tags := range map[string]string{"When was the treaty?": "Rome, peace", "When was the sack?": "rome", "When was the speech?": "Moscow", "When was the war?": ""} {
		list[prompt] = strings.TrimPrefix(c.teacher.tag(path, prompt, tags), "/questions/")
	}
	c.teacher.post(c.path()+"/banks", "bank", strings.TrimPrefix(path, "/banks/"))
	return c, list
}

// asked are the prompts of a sitting, sorted.
func (v *visitor) asked(n int) (prompts []string) {
	v.t.Helper()
	for _, it := range v.sitting(n).Items {
		w, err := v.app.Shelf.Version(v.t.Context(), it.Ref)
		if err != nil {
			v.t.Fatal(err)
		}
		prompts = append(prompts, w.Prompt)
	}
	slices.Sort(prompts)
	return prompts
}

func TestAQuizIsChosenByTag(t *testing.T) {
	s := open(t)
	c, _ := tagClass(s)
	choose := func(v *visitor) string {
		page := v.page("/quiz")
		wantIn(t, page, `name="tag" value="Moscow"`, `name="tag" value="peace"`)
		return token(page)
	}
	var n int
	to := c.pupil.post("/sittings", "token", choose(c.pupil), "n", "5", "tag", "ROME")
	if _, err := fmt.Sscanf(to, "/sittings/%d", &n); err != nil {
		t.Fatalf("choosing leads to %s", to)
	}
	if got, want := c.pupil.asked(n), []string{"When was the sack?", "When was the treaty?"}; !slices.Equal(got, want) {
		t.Errorf("asked %q, want %q", got, want)
	}
	form := url.Values{"token": {choose(c.pupil)}, "n": {"5"}, "tag": {"nobody's"}}
	c.pupil.posts("/sittings", form, 404, "Nothing that you study has such a tag there.")
	wantOut(t, guest(s).page("/quiz"), `name="tag"`)
}

func TestAnAssignmentIsChosenByTag(t *testing.T) {
	s := open(t)
	c, _ := tagClass(s)
	wantIn(t, c.teacher.page(c.path()+"/assignments/new"), `name="tag" value="Moscow"`)
	wantOut(t, c.teacher.page(c.path()+"/assignments/new?kind=exam"), `name="tag"`)
	wantOut(t, c.teacher.page(c.path()+"/assignments/new?kind=minutes"), `name="tag"`, `name="find"`)
	form := url.Values{"kind": {"quiz"}, "title": {"By tag"}, "tag": {"peace", "moscow"}, "counts": {"best"}, "token": {"token-of-a-tag-000001"}}
	_, to, _ := c.teacher.sends(c.path()+"/assignments", form)
	a := number(to)
	wantIn(t, c.teacher.page(c.work(a)+"/edit"), `name="tag" value="Moscow" checked`, `name="tag" value="peace" checked`)
	wantIn(t, c.teacher.page(c.work(a)), "Only what has one of these tags: peace, moscow.")
	n := c.pupil.takes(c, a)
	if got, want := c.pupil.asked(n), []string{"When was the speech?", "When was the treaty?"}; !slices.Equal(got, want) {
		t.Errorf("asked %q, want %q", got, want)
	}
	again := c.teacher.page(c.path() + "/assignments/new?from=" + c.id.String() + "." + fmt.Sprint(a))
	wantIn(t, again, `value="Moscow" checked`)
	form = url.Values{"kind": {"quiz"}, "title": {"None"}, "tag": {"nobody's"}, "counts": {"best"}, "token": {token(again)}}
	c.teacher.posts(c.path()+"/assignments", form, 422, says("assign.nothing"), `value="nobody's" checked`)
}

func TestQuestionsToPickAreLookedFor(t *testing.T) {
	s := open(t)
	c, list := tagClass(s)
	edit := c.path() + "/assignments"
	tick := func(prompt string, on bool) string {
		if on {
			return fmt.Sprintf(`name="question" value="%s" checked`, list[prompt])
		}
		return fmt.Sprintf(`name="question" value="%s">`, list[prompt])
	}
	form := url.Values{"kind": {"quiz"}, "title": {"Rome"}, "counts": {"best"}, "tries": {"2"}, "draw": {""}, "question": {list["When was the war?"]}, "token": {"token-of-a-search-0001"},
		"due": {"2027-01-02T10:00"}, "find": {"ROME"}, "found": {""}, "do": {"find"}}
	status, page := c.teacher.ask(edit, form)
	if status != 200 {
		t.Fatalf("looking for questions: %d", status)
	}
	wantIn(t, page, "2 questions found", tick("When was the treaty?", false), tick("When was the sack?", false), tick("When was the war?", true), `name="found" value="ROME"`, `value="2027-01-02T10:00"`, `value="Rome"`)
	wantOut(t, page, list["When was the speech?"]+`"`)

	form["question"] = append(form["question"], list["When was the sack?"])
	form.Set("found", "ROME")
	form.Set("find", "speech")
	form.Set("do", "enter") // other words were typed: Enter looks for them
	_, page = c.teacher.ask(edit, form)
	wantIn(t, page, "1 question found", tick("When was the speech?", false), tick("When was the sack?", true), tick("When was the war?", true))
	form.Set("find", "nothing of the kind")
	_, page = c.teacher.ask(edit, form)
	wantIn(t, page, "0 questions found", tick("When was the sack?", true), tick("When was the war?", true))

	form.Set("find", "ROME") // as it was found: Enter gives it
	var a int
	_, to, page := c.teacher.sends(edit, form)
	if _, err := fmt.Sscanf(to, edit+"/%d", &a); err != nil {
		t.Fatalf("giving leads to %q:\n%s", to, page)
	}
	form.Set("do", "find")
	form.Set("find", "")
	_, page = c.teacher.ask(c.work(a), form)
	wantIn(t, page, tick("When was the treaty?", false), tick("When was the war?", true))
	if got, want := c.pupil.asked(c.pupil.takes(c, a)), []string{"When was the sack?", "When was the war?"}; !slices.Equal(got, want) {
		t.Errorf("asked %q, want %q", got, want)
	}
}
