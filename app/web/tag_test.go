package web_test

import (
	"regexp"
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
