package web_test

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"testing"
)

const fewQuestions = `# Speeches

Where was the Secret Speech given?
* Moscow
- Leningrad

Who gave it?
- Malenkov
- Bulganin

When was it given? = 25 February 1956
`

func TestQuestionsAreWrittenInATextBoxMendedAddedAndUndone(t *testing.T) {
	s := open(t)
	v := teacher(s, "Ada")
	page := v.page("/import")
	wantIn(t, page, says("import.title"), "data-preview")
	form := url.Values{"token": {token(page)}, "text": {fewQuestions}, "title": {"The Thaw"}, "lang": {"en"}, "keep": {"1"}}

	code, seen := v.ask("/import/preview", url.Values{"part": {"1"}, "text": {fewQuestions}, "lang": {"en"}})
	wantIn(t, seen, "Where was the Secret Speech given?", "Moscow", "25 February 1956", says("import.line", 7))
	if code != 200 || count(s, "SELECT COUNT(*) FROM import") != 0 {
		t.Errorf("the preview: %d, and something is stored", code)
	}

	to := v.post("/import", pairs(form)...)
	page = v.page(to)
	wantIn(t, page, says("import.problems"), "Who gave it?", says("import.add", 2))
	if n := count(s, "SELECT COUNT(*) FROM question WHERE bank > 1"); n != 0 {
		t.Fatalf("%d questions before anything is added", n)
	}
	code, again := v.ask(to+"/mend", url.Values{"problem": {"0"}, "text": {"Who gave it?\n- Malenkov"}})
	wantIn(t, again, "Malenkov")
	if code != 422 {
		t.Errorf("mended wrongly: %d, want 422", code)
	}
	v.post(to+"/mend", "problem", "0", "text", "Who gave it? = Khrushchev")
	page = v.page(to)
	wantOut(t, page, says("import.problems"))
	wantIn(t, page, says("import.add", 3))
	v.post(to + "/add")
	page = v.page(to)
	wantIn(t, page, says("import.added"), says("import.undo"), says("import.to_bank"))
	bank := linkTo(t, page, says("import.to_bank"))
	wantIn(t, v.page(bank), "Where was the Secret Speech given?", "Khrushchev", "The Thaw")

	form.Set("token", token(v.page("/import")))
	form.Set("bank", strings.TrimPrefix(bank, "/banks/"))
	wantIn(t, v.page(v.post("/import", pairs(form)...)), says("import.list_duplicates"))

	v.post(to + "/undo")
	wantIn(t, v.page(to), says("import.undone"))
	if n := count(s, "SELECT COUNT(*) FROM question WHERE bank > 1"); n != 0 {
		t.Errorf("%d questions are left after undoing", n)
	}
	teacher(s, "Bob").meets("another's import", "another teacher", "GET", to, nil, 404)
}

func TestAFileIsBroughtInAndTheBankTakenAlong(t *testing.T) {
	s := open(t)
	v := teacher(s, "Ada")
	form := url.Values{"token": {token(v.page("/import"))}, "lang": {"en"}}
	code, page := v.upload("/import", form, "file", []byte("\x00\x01\x02 nothing that anybody reads \xff"))
	if code != 422 {
		t.Errorf("no file of questions: %d, want 422\n%.300s", code, page)
	}
	code, _ = v.upload("/import", form, "file", []byte("front,back\nWho spoke?,Khrushchev\nWhere?,Moscow\n"))
	if code != 303 {
		t.Fatalf("a sheet: %d, want 303", code)
	}
	v.post("/imports/1/add")
	bank := linkTo(t, v.page("/imports/1"), says("import.to_bank"))
	wantIn(t, v.page(bank+"/export"), says("export.title"), says("import.format_apkg"))
	wantIn(t, v.page(bank+"/export?check=aiken"), says("export.lost", says("import.format_aiken"), 2))
	res := v.send("GET", bank+"/export/csv", nil)
	if got := body(t, res); res.StatusCode != 200 || !strings.Contains(got, "Khrushchev") {
		t.Errorf("as CSV: %d\n%s", res.StatusCode, got)
	}
	v.meets("a format that is none", "its author", "GET", bank+"/export/word", nil, 404)
	teacher(s, "Bob").meets("another's bank", "another teacher", "GET", bank+"/export/csv", nil, 404)
	wantIn(t, guest(s).page("/import"), says("nav.sign_up"))
}

func TestWhatLooksAlikeStaysOutAndAnErrorCanBeLeftOut(t *testing.T) {
	s := open(t)
	v := teacher(s, "Ada")
	text := "# Capitals\nWhat is the capital of Latvia? = Riga\nWhich city is the capital of Latvia? = Riga\nWhere is Oslo?\n- Sweden\n"
	to := v.post("/import", "token", token(v.page("/import")), "text", text, "lang", "en", "keep", "1")
	page := v.page(to)
	wantIn(t, page, says("import.add", 1), says("import.apart", 1), says("import.reported_at", 1, 1, "4"), says("import.twin", "What is the capital of Latvia?"))
	v.post(to+"/mend", "problem", "0", "do", "drop")
	page = v.page(to)
	wantOut(t, page, says("import.problems"))
	wantIn(t, page, says("import.dropped", 1))
	v.post(to, "item", "1")
	wantIn(t, v.page(to), says("import.add", 2), says("import.alike", 1))
	v.post(to, "item", "1", "do", "drop")
	wantIn(t, v.page(to), says("import.add", 1))
	v.meets("an item that is none", "its author", "POST", to, url.Values{"item": {"99"}}, 404)
	v.post(to + "/add")
	page = v.page(to)
	wantIn(t, page, says("import.came", 1), says("import.share_new"))
	wantIn(t, v.page("/banks"), "Capitals")
	wantIn(t, v.page(linkTo(t, page, says("import.share_new"))), `value="2" checked`)
}

// pairs are the fields of a form, in a list.
func pairs(form url.Values) (list []string) {
	for name, values := range form {
		list = append(list, name, values[0])
	}
	return list
}

// fullDisk takes no backup.
type fullDisk struct{}

func (fullDisk) Before(context.Context, string) error { return errors.New("no space left on device") }

func TestNothingIsAddedWithoutABackup(t *testing.T) {
	s := open(t)
	s.server.Importer.Backups = fullDisk{}
	v := teacher(s, "Ada")
	to := v.post("/import", "token", token(v.page("/import")), "text", "Who spoke? = Khrushchev", "lang", "en")
	code, page := v.ask(to+"/add", url.Values{})
	wantIn(t, page, says("import.no_backup"), "Who spoke?")
	if n := count(s, "SELECT COUNT(*) FROM question WHERE bank > 1"); n != 0 || code != 503 {
		t.Errorf("%d, and %d questions; want 503 and none", code, n)
	}
	s.server.Importer.Backups = nil
	v.post(to + "/add")
	if n := count(s, "SELECT COUNT(*) FROM question WHERE bank > 1"); n != 1 {
		t.Errorf("%d questions once there is room, want 1", n)
	}
}
