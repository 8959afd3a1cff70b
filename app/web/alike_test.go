package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"thaw/questions"
)

// While a key is written, the preview shows which other answers of the bank
// cannot be told from it.
func TestPreviewShowsKeysThatAreTooMuchAlike(t *testing.T) {
	s := open(t)
	v := teacher(s, "Ms Byron")
	path := v.newBank("The Thaw")
	form := func(key string) url.Values {
		f := choiceForm(v.page(path+"/questions/new?kind=text"), "Who made the speech?")
		f.Set("kind", questions.Text)
		f.Set("match", questions.MatchPerson)
		f.Set("key", key)
		f["option"], f["why"] = nil, nil
		return f
	}
	res := v.send(http.MethodPost, path+"/questions", form("Khrushchov"))
	res.Body.Close()
	stored := strings.TrimSuffix(res.Header.Get("Location"), "?saved=1")
	if res.StatusCode != http.StatusSeeOther {
		t.Fatalf("writing a question: %d", res.StatusCode)
	}
	s.now = s.now.Add(1e10)
	look := func(key string, more url.Values) string {
		f := form(key)
		f.Set("part", "1")
		f.Set("bank", strings.TrimPrefix(path, "/banks/"))
		for name, values := range more {
			f[name] = values
		}
		status, page := v.ask("/preview", f)
		if status != 200 {
			t.Fatalf("%s: status %d", key, status)
		}
		return page
	}
	wantIn(t, look("Nikita Khrushchev", nil), says("edit.alike"), says("edit.alike_takes", "Khrushchov"))
	wantIn(t, look("Khrushchef", nil), says("edit.alike_both", "Khrushchov"))
	for _, key := range []string{"Malenkov", "Khrushchov", ""} {
		wantOut(t, look(key, nil), says("edit.alike"))
	}
	wantOut(t, look("Khrushchef", url.Values{"question": {strings.TrimPrefix(stored, "/questions/")}}), says("edit.alike"))
}
