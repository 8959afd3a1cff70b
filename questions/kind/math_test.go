package kind_test

import (
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"thaw/questions"
	"thaw/questions/kind"
)

var label = regexp.MustCompile(` aria-label="[^"]*"`)

func TestFormulasAreDrawn(t *testing.T) {
	const x2 = `<math aria-label="x^2"><msup><mi>x</mi><mn>2</mn></msup></math>`
	for _, c := range []struct{ written, want string }{
		{"What is $x^2$?", "What is " + x2 + "?"},
		{"What is $\nx^2$?", "What is $\nx^2$?"},
		{"$$x^2$$", strings.Replace(x2, ">", ` display="block">`, 1)},
		{"$$\nx^2\n$$", strings.Replace(x2, ">", ` display="block">`, 1)},
		{"$a_1 *b* c_2$", "<math><msub><mi>a</mi><mn>1</mn></msub><mo>∗</mo><mi>b</mi><mo>∗</mo><msub><mi>c</mi><mn>2</mn></msub></math>"},
		{"$5 and $6", "$5 and $6"},
		{"It cost $5m, later $10m.", "It cost $5m, later $10m."},
		{"from $5-$6", "from $5-$6"},
		{"$5 and $6, $x^2$", "$5 and $6, " + x2},
		{"5$ and 6$", "5$ and 6$"},
		{`\$x^2\$`, "$x^2$"},
		{`$\$5$`, `<math><mi mathvariant="normal">$</mi><mn>5</mn></math>`},
		{"`$x^2$`", "<code>$x^2$</code>"},
		{"$$", "$$"},
		{"$$ $$ *a*", `<math display="block"></math> <em>a</em>`},
		{`$\bad<b>$`, `<code>$\bad&lt;b&gt;$</code>`},
		{`$\text{<script>alert(1)</script>}$`, `<span class="formula is-inline" tabindex="0"><math><mtext>&lt;script&gt;alert(1)&lt;/script&gt;</mtext></math></span>`},
		{`$\begin{cases}1&x\end{cases}\,$`, `<math><mrow><mo>{</mo><mtable class="tex-cases"><mtr><mtd><mn>1</mn></mtd><mtd><mi>x</mi></mtd></mtr></mtable></mrow><mspace width="0.167em"/></math>`},
		{`$\dfrac12 \vec a \sin x\left(\binom nk\right)$`, `<span class="formula is-inline" tabindex="0"><math><mstyle displaystyle="true"><mfrac><mn>1</mn><mn>2</mn></mfrac></mstyle><mover accent="true"><mi>a</mi><mo stretchy="false">→</mo></mover><mi>sin</mi><mo rspace="0.167em">` + "\u2061" + `</mo><mi>x</mi><mrow><mo stretchy="true">(</mo><mrow><mo>(</mo><mfrac linethickness="0"><mi>n</mi><mi>k</mi></mfrac><mo>)</mo></mrow><mo stretchy="true">)</mo></mrow></math></span>`},
		{`$\lim x$`, `<math><mo movablelimits="true">lim</mo><mo rspace="0.167em">` + "\u2061" + `</mo><mi>x</mi></math>`},
		{"<math href='javascript:1'><mi>x</mi></math>", "&lt;math href='javascript:1'&gt;&lt;mi&gt;x&lt;/mi&gt;&lt;/math&gt;"},
	} {
		got := strings.ReplaceAll(draw(t, kind.Inline(c.written)), "&#39;", "'")
		if !strings.Contains(c.want, "aria-label") {
			got = label.ReplaceAllString(got, "")
		}
		if got != c.want {
			t.Errorf("%q:\ngot  %s\nwant %s", c.written, got, c.want)
		}
	}
	if got := draw(t, kind.Markup("Then\n\n$$x^2$$")); !strings.Contains(got, `<p><math aria-label="x^2" display="block">`) {
		t.Errorf("a paragraph of its own: got %s", got)
	}
}

// Where no markup can stand, a formula is a line of signs.
func TestFormulasAreSaidInPlainText(t *testing.T) {
	v := sampleOf(questions.Match)
	v.Answers = append([]questions.Answer(nil), v.Answers...)
	v.Answers[0].Text, v.Answers[1].Text = `$x_1$`, `*half* $\frac12$`
	if got := kind.Asks(v, 1); got != `x_1` {
		t.Errorf("asks about %q", got)
	}
	k, _ := kind.Of(questions.Match)
	page := draw(t, k.Ask(asked(v)))
	if !strings.Contains(page, `. half 1/2</option>`) || !strings.Contains(page, `<em>half</em> <math aria-label="1/2">`) {
		t.Errorf("want signs in the list and a formula below it: %s", page)
	}
}

// What is read only, or stands in a link, has nothing that takes the focus.
func TestBriefFormulasTakeNoFocus(t *testing.T) {
	const wide = `*Is* $1+2+3+4+5+6+7+8+9+10 = \frac{10 \cdot 11}{2}$?`
	if got := draw(t, kind.Inline(wide)); !strings.Contains(got, "tabindex") {
		t.Errorf("a wide formula cannot be scrolled by keyboard: %s", got)
	}
	if got, want := draw(t, kind.Brief(wide)), "<em>Is</em> 1+2+3+4+5+6+7+8+9+10=(10⋅11)/2?"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	v := sampleOf(questions.Cloze)
	v.Prompt = wide + " " + v.Prompt
	k, _ := kind.Of(v.Kind)
	if got := strings.Count(draw(t, k.Ask(asked(v))), "tabindex"); got != 1 {
		t.Errorf("a formula in a text with gaps has %d stops, want one", got)
	}
}

func TestBadFormulasAreNamed(t *testing.T) {
	samples := map[string]questions.Version{}
	for name, s := range map[string]string{"choice": questions.Choice, "cloze": questions.Cloze, "text": questions.Text} {
		samples[name] = sampleOf(s)
	}
	for _, c := range []struct {
		kind  string
		spoil func(*questions.Version)
		id    string
		code  string
	}{
		{"choice", func(v *questions.Version) { v.Prompt += ` $\bad$` }, "prompt", "problem.tex_command"},
		{"choice", func(v *questions.Version) { v.Explain += ` $x_$` }, "explain", "problem.tex_missing"},
		{"choice", func(v *questions.Version) { v.Answers[1].Text = `$\frac{1}{2$` }, "option-2", "problem.tex_brace"},
		{"choice", func(v *questions.Version) { v.Prompt += ` $5 and $6, $x^2$` }, "", ""},
		{"cloze", func(v *questions.Version) { v.Prompt += ` $x^{{1}}$` }, "prompt", "problem.tex_gap"},
		{"text", func(v *questions.Version) { v.Answers[0].Text = `$\bad$` }, "", ""},
	} {
		v := samples[c.kind]
		v.Answers = append([]questions.Answer(nil), v.Answers...)
		c.spoil(&v)
		k, _ := kind.Of(v.Kind)
		var got []string
		for _, p := range k.Check(v) {
			if strings.HasPrefix(p.Code, "problem.tex") {
				got = append(got, p.ID()+" "+p.Code)
			}
		}
		if want := strings.TrimSpace(c.id + " " + c.code); strings.Join(got, ", ") != want {
			t.Errorf("%s: got %v, want %q", c.kind, got, want)
		}
		if c.code != "" {
			showsAll(t, k, v)
		}
	}
}

func sampleOf(name string) questions.Version { return samples[name].version }

// elements is everything that an author's text may become.
var elements = " em strong code span sub sup br p ul ol li blockquote pre hr a img html head body " +
	"math mrow mi mn mo mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mtable mtr mtd mstyle "

// Whatever an author writes becomes markup of the known elements, which does nothing.
func FuzzMarkup(f *testing.F) {
	for _, s := range []string{"$x^2$", "$$\\frac{1}{2}$$", "$5 and $6", "$\\text{</math><script>}$", "*a $b* c$", "[$x$](javascript:1)", "$\n\n$", "`$`$", "$$$$$", "\\$$", "> $$a\n> b$$", "- $a\n  b$", "<math><annotation-xml><a href=x>", "$\xff$", "![$x$](/media/x)", "{{$}}x$"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, written string) {
		for _, markup := range []string{draw(t, kind.Markup(written)), draw(t, kind.Inline(written))} {
			doc, err := html.Parse(strings.NewReader(markup))
			if err != nil {
				t.Fatal(err)
			}
			for n := range doc.Descendants() {
				if n.Type == html.ElementNode && !strings.Contains(elements, " "+n.Data+" ") {
					t.Fatalf("%q becomes %s, with %s", written, markup, n.Data)
				}
				for _, a := range n.Attr {
					if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "href" && (n.Data != "a" || strings.Contains(a.Val, "script:")) {
						t.Fatalf("%q becomes %s, with %s=%q", written, markup, a.Key, a.Val)
					}
				}
			}
		}
	})
}
