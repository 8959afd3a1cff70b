package chart

import (
	"strings"
	"testing"
)

func TestTakenBars(t *testing.T) {
	p := Picks{Lang: "en", ID: "p", Title: "Chosen", Options: []Pick{
		{Text: "the 20th", Key: true, All: Part{12, 40}, Upper: Part{5, 20}, Lower: Part{7, 20}},
		{Text: "<b>the 22nd</b>", All: Part{28, 40}, Upper: Part{15, 20}, Lower: Part{13, 20}, Note: "taken more often than the key"},
		{Text: "the 19th", All: Part{0, 40}, Upper: Part{0, 20}, Lower: Part{0, 0}}}}
	html := draw(t, TakenBars(p))
	for _, want := range []string{"Most chose &lt;b&gt;the 22nd&lt;/b&gt;: 28 of 40.", "✓ the 20th", `class="bar is-today" x="0" y="0" width="750" height="90"`, `class="bar" x="0" y="110" width="350"`,
		"Weaker half: 7 of 20, 35 %", "<td class=\"number\">15 of 20, 75 %</td>", "taken more often than the key", "nobody yet"} {
		if !strings.Contains(html, want) {
			t.Errorf("no %q in\n%s", want, html)
		}
	}
	if n := strings.Count(html, "<rect"); n != 4 {
		t.Errorf("%d bars, want 4: what nobody took has none", n)
	}
	if html := draw(t, TakenBars(Picks{Lang: "en", ID: "p"})); strings.Contains(html, "NaN") || !strings.Contains(html, "nobody yet") {
		t.Errorf("without options:\n%s", html)
	}
}
