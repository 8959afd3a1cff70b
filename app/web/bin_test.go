package web_test

import (
	"net/url"
	"strings"
	"testing"
)

func TestAQuestionIsThrownAwayAndPutBack(t *testing.T) {
	s := open(t)
	v := teacher(s, "Ada")
	path := v.newBank("The Thaw")
	q := v.write(path, "When was the speech?")
	wantIn(t, v.page(q), says("bin.do"))
	to := v.post(q+"/bin", "state", "bin")
	page := v.page(to)
	wantIn(t, page, says("bin.done"), says("bin.back"))
	wantOut(t, page, "When was the speech?")
	v.meets("a question in the bin", "its author", "GET", q, nil, 404)
	wantIn(t, v.page(path+"?state=bin"), "When was the speech?", says("bin.back"))
	wantIn(t, v.page(v.post(q+"/bin", "do", "back")), "When was the speech?")
	wantOut(t, v.page(path+"?state=bin"), "When was the speech?")
}

func TestQuestionsArePutInOrder(t *testing.T) {
	s := open(t)
	v := teacher(s, "Ada")
	path := v.newBank("The Thaw")
	for _, prompt := range []string{"When was the first *day*?", "When was the second day?", "When was the third day?"} {
		v.write(path, prompt)
	}
	wantIn(t, v.page(path), says("order.title"))
	page := v.page(path + "/order")
	form := url.Values{"answer": {"3", "1", "1"}}
	for _, part := range strings.Split(page, `name="question" value="`)[1:] {
		id, _, _ := strings.Cut(part, `"`)
		form.Add("question", id)
	}
	code, again := v.ask(path+"/order", form)
	wantIn(t, again, says("order.unfinished"))
	if code != 422 {
		t.Errorf("two in one place: %d, want 422", code)
	}
	form["answer"] = []string{"3", "1", "2"}
	if code, _ := v.ask(path+"/order", form); code != 303 {
		t.Errorf("in another order: %d, want 303", code)
	}
	page = v.page(path + "/order")
	first, second := strings.Index(page, "When was the second day?"), strings.Index(page, "When was the first day?")
	if first < 0 || second < first {
		t.Errorf("the second stands at %d, the first at %d, want the other way round", first, second)
	}
}
