package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"thaw/questions"
)

// While a question is written the preview says what could be better, at most three
// lines, and it can be stored all the same.
func TestAdviceWhileAQuestionIsWritten(t *testing.T) {
	s := open(t)
	v := teacher(s, "Ms Byron")
	path := v.newBank("The Thaw")
	form := func(prompt string) url.Values {
		f := choiceForm(v.page(path+"/questions/new?kind=choice"), prompt)
		f.Set("explain", "It was in February, when the party met for the first time since Stalin had died; the other one came later.")
		f["option"], f["why"] = []string{"a speech", "a song", "a poem"}, []string{"", "It was sung by another.", "It was read by another."}
		return f
	}
	look := func(f url.Values) string {
		f.Set("part", "1")
		f.Set("bank", strings.TrimPrefix(path, "/banks/"))
		status, page := v.ask("/preview", f)
		if status != 200 {
			t.Fatalf("the preview: %d", status)
		}
		return page
	}
	good := form("What did the delegates hear in the closed session?")
	wantOut(t, look(good), says("advice.title"))

	bad := form("What never?")
	bad["option"] = []string{"a speech that went on for four hours and more", "a song", "a poem or two", "all of the above"}
	bad["why"] = []string{"", "", "", ""}
	page := look(bad)
	wantIn(t, page, says("advice.title"), says("lint.stem_words", 2, 6, 30), says("lint.rule_2"), says("lint.rule_4"), says("lint.rule_6"))
	wantOut(t, page, says("lint.rule_8"), says("lint.rule_9"))
	unfinished := form("What never?")
	unfinished["option"] = []string{"a speech", "", ""}
	wantOut(t, look(unfinished), says("advice.title")) // first it says what is missing

	bad.Del("part")
	wantIn(t, must(v.ask("/preview", bad)), says("advice.title"), says("edit.as_seen")) // without a script
	bad.Set("state", "live")
	res := v.send(http.MethodPost, path+"/questions", bad)
	res.Body.Close()
	if res.StatusCode != http.StatusSeeOther {
		t.Fatalf("a question with advice is not stored: %d", res.StatusCode)
	}
	stored := strings.TrimSuffix(res.Header.Get("Location"), "?saved=1")
	wantIn(t, v.page(stored), says("advice.title"), says("lint.rule_2"))

	s.now = s.now.Add(1e10)
	beside := form("Who gave a speech that went on for four hours and more?")
	beside["option"] = []string{"the first secretary", "the premier", "the marshal"}
	wantIn(t, look(beside), says("lint.rule_11"))
}

func must(_ int, page string) string { return page }

// The page of a bank leads to what could be better about all of its questions.
func TestAdviceOnABank(t *testing.T) {
	s := open(t)
	v := teacher(s, "Ms Byron")
	path := v.newBank("The Thaw")
	wantOut(t, v.page(path), path+"/advice") // there is no question yet
	wantIn(t, v.page(path+"/advice"), says("advice.none"))
	f := choiceForm(v.page(path+"/questions/new?kind=flash"), "Did <he> speak?")
	f.Set("kind", questions.Flash)
	f.Set("key", "Yes")
	f.Set("state", "draft")
	f["option"], f["why"] = nil, nil
	res := v.send(http.MethodPost, path+"/questions", f)
	res.Body.Close()
	stored := strings.TrimSuffix(res.Header.Get("Location"), "?saved=1")
	if res.StatusCode != http.StatusSeeOther {
		t.Fatalf("writing a card: %d", res.StatusCode)
	}
	wantIn(t, v.page(path), `href="`+path+`/advice"`)
	page := v.page(path + "/advice")
	wantIn(t, page, `href="`+stored+`"`, "Did &lt;he&gt; speak?", says("lint.yes_no"), says("lint.rule_16"), says("lint.stem_words", 3, 6, 30))
	wantOut(t, page, says("advice.whole"))
}
