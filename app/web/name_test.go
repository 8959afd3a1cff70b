package web_test

import (
	"net/url"
	"strings"
	"testing"
)

// TestATeacherNamesWhatABankIsAbout: names are written down, suggested as wrong options,
// and are what a typed answer is compared with.
func TestATeacherNamesWhatABankIsAbout(t *testing.T) {
	s := open(t)
	v := teacher(s, "Vera")
	bank := v.newBank("Persons")
	names := bank + "/names"
	wantIn(t, v.page(bank), `href="`+names+`"`)
	add := func(kind, name, spellings string) (int, string) {
		return v.ask(names, url.Values{"token": {token(v.page(names))}, "kind": {kind}, "name": {name}, "spellings": {spellings}})
	}
	for _, name := range []string{"Nikita Khrushchev|Khrushchev\r\nХрущёв", "Georgy Malenkov|Malenkov", "Lavrenty <Beria>|Beria"} {
		whole, spellings, _ := strings.Cut(name, "|")
		if code, page := add("person", whole, spellings); code != 303 {
			t.Fatalf("adding %s: %d\n%s", whole, code, page)
		}
	}
	page := v.page(names)
	wantIn(t, page, "Persons", "Khrushchev, Хрущёв", "Lavrenty &lt;Beria&gt;")
	code, page := add("person", "malenkov", "")
	if code != 422 {
		t.Errorf("a second Malenkov: %d", code)
	}
	wantIn(t, page, "malenkov is a name of Georgy Malenkov already.", `value="malenkov"`)

	form := choiceForm(v.page(bank+"/questions/new?kind=choice"), "Who gave the speech?")
	form.Set("option", "Khrushchev")
	form["option"] = []string{"Khrushchev", "Malenkov", ""}
	form.Set("key", "1")
	form.Set("suggest", "Lavrenty <Beria>")
	code, page = v.ask(bank+"/questions", form)
	if code != 200 && code != 422 {
		t.Errorf("a suggestion taken: %d", code)
	}
	wantIn(t, page, "Lavrenty &lt;Beria&gt;</textarea>")
	wantOut(t, page, `name="suggest"`) // there is no other person

	wantIn(t, v.page(names+"/2"), "Georgy Malenkov", "Remove it")
	if to := v.post(names+"/2", "token", "a-token-of-a-changed-name", "kind", "person", "name", "G. M. Malenkov"); !strings.HasPrefix(to, names) {
		t.Errorf("a changed name leads to %s", to)
	}
	v.post(names + "/3/remove")
	page = v.page(names)
	wantIn(t, page, "G. M. Malenkov")
	wantOut(t, page, "Beria")
	wantOut(t, v.page("/banks/1/names"), `name="spellings"`) // the built-in bank's
}
