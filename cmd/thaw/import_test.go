package main

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// A teacher writes questions in the box, sees them read while they are written, mends
// one, adds them, is led on to a class, and takes them back.
func TestATeachersFirstQuestionsAreWrittenMendedAddedAndTakenBack(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	p := start(t, data)
	ctx := chromium(t)
	said := complaints(ctx)
	out, log, code := once(t, "user", "add", "Vera Noor", "--role", "teacher", "--data", data)
	if code != 0 {
		t.Fatalf("user add ends with %d: %s", code, log)
	}
	acts(t, ctx, "the teacher comes in", look(1200, "light"), chromedp.Navigate(p.url+linkPath.FindString(out)), clicks("main button.primary"),
		appears("#password"), chromedp.Navigate(p.url+"/banks"), clicks(`main a[href="/import"]`), appears("#text"))
	acts(t, ctx, "the preview", write("text", "# Rivers\n\nWhere does the Rhine end? = Rotterdam\n\nWhere does the Volga end?\n- Sochi\n"),
		appears("#preview .error"), comesTrue(`document.querySelector("#preview").innerText.includes("Rotterdam")`))
	acts(t, ctx, "a look at them", clicks("main form button.primary"), appears("#text-0"))
	acts(t, ctx, "one is mended", chromedp.SetValue("#text-0", "Where does the Volga end? = Astrakhan", chromedp.ByQuery),
		clicks(`form[action$="/mend"] button`), goes("#text-0"), comesTrue(`document.querySelector('form[action$="/add"]').innerText.includes("Add 2")`))
	acts(t, ctx, "they are added", clicks(`form[action$="/add"] button`), appears(`a[href*="/classes?bank="]`))
	acts(t, ctx, "they are taken back", clicks(`form[action$="/undo"] button`), goes(`form[action$="/undo"]`), appears(".notice"))
	if lines := said(); len(lines) > 0 {
		t.Errorf("the console complains:\n%s", strings.Join(lines, "\n"))
	}
}
