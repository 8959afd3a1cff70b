package web_test

import (
	"html"
	"net/url"
	"strings"
	"testing"
)

func TestASentenceIsMarkedAndShownAfterTheAnswer(t *testing.T) {
	s := open(t)
	v := teacher(s, "Ada")
	path := v.newBank("The Thaw")
	wantIn(t, v.page(path), says("source.title"))
	form := url.Values{"token": {token(v.page(path + "/texts"))}, "title": {"The speech"}, "text": {""}}
	code, page := v.ask(path+"/texts", form)
	wantIn(t, page, says("source.empty"), "The speech")
	if code != 422 {
		t.Errorf("an empty text: %d, want 422", code)
	}
	text := v.post(path+"/texts", "token", token(v.page(path+"/texts")), "title", "The speech", "text", "He spoke for hours. Nobody took notes.\r\n\r\nIt <b>leaked</b> soon.")
	page = v.page(text)
	wantIn(t, page, "He spoke for hours.", "It &lt;b&gt;leaked&lt;/b&gt; soon.")

	mark := linkTo(t, page, "Nobody took notes.")
	write := linkTo(t, v.page(mark), says("bank.kind_choice"))
	page = v.page(write)
	wantIn(t, page, "Nobody took notes.</textarea>")
	q := choiceForm(page, "How many took notes?")
	q.Set("points", fieldOf(page, "points"))
	q.Set("quote", "Everybody took notes.")
	code, page = v.ask(path+"/questions", q)
	wantIn(t, page, says("source.no_quote"))
	if code != 422 {
		t.Errorf("a sentence that is not there: %d, want 422", code)
	}
	q.Set("quote", "Nobody took notes.")
	if code, _ := v.ask(path+"/questions", q); code != 303 {
		t.Errorf("with its sentence: %d, want 303", code)
	}
	wantIn(t, v.page(text), says("source.asked", 1))
	other := linkTo(t, v.page(text), "He spoke for hours.")
	at, _ := url.Parse(other)
	page = v.page(other)
	v.post(at.Path, "token", token(page), "p", at.Query().Get("p"), "s", at.Query().Get("s"), "question", fieldOf(page, "question"))
	wantIn(t, v.page(fieldPath(page)), "He spoke for hours.</textarea>")

	v.post(text, "token", token(v.page(text)), "title", "The speech", "text", "It leaked soon.")
	wantIn(t, v.page(text), says("source.check", 1), html.EscapeString("It said: He spoke for hours."))
	teacher(s, "Bob").meets("another's text", "another teacher", "GET", text, nil, 404)
}

// linkTo is where a link with a text leads.
func linkTo(t *testing.T, page, text string) string {
	t.Helper()
	before, _, ok := strings.Cut(page, ">"+text+"</a>")
	_, href, found := strings.Cut(before[max(0, strings.LastIndex(before, "<a ")):], `href="`)
	if !ok || !found {
		t.Fatalf("no link %q on the page", text)
	}
	href, _, _ = strings.Cut(href, `"`)
	return html.UnescapeString(href)
}

// fieldOf is the chosen, else the last, value of a list.
func fieldOf(page, name string) string {
	_, list, _ := strings.Cut(page, `name="`+name+`"`)
	list, _, _ = strings.Cut(list, "</select>")
	if before, _, ok := strings.Cut(list, `" selected`); ok {
		return before[strings.LastIndex(before, `"`)+1:]
	}
	_, value, _ := strings.Cut(list[strings.LastIndex(list, "<option"):], `value="`)
	value, _, _ = strings.Cut(value, `"`)
	return value
}

func fieldPath(page string) string { return "/questions/" + fieldOf(page, "question") }
