package tex_test

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"thaw/questions/tex"
)

func TestMathML(t *testing.T) {
	for _, c := range []struct{ source, want string }{
		{`x^2`, `<msup><mi>x</mi><mn>2</mn></msup>`},
		{`x^12`, `<msup><mi>x</mi><mn>1</mn></msup><mn>2</mn>`},
		{`\frac12`, `<mfrac><mn>1</mn><mn>2</mn></mfrac>`},
		{`\frac{a}{b+1}`, `<mfrac><mrow><mi>a</mi></mrow><mrow><mi>b</mi><mo>+</mo><mn>1</mn></mrow></mfrac>`},
		{`a_{n+1}^2`, `<msubsup><mi>a</mi><mrow><mi>n</mi><mo>+</mo><mn>1</mn></mrow><mn>2</mn></msubsup>`},
		{`\sqrt2`, `<msqrt><mn>2</mn></msqrt>`},
		{`\sqrt[3]{x}`, `<mroot><mrow><mi>x</mi></mrow><mrow><mn>3</mn></mrow></mroot>`},
		{`3.14 + 3{,}14`, `<mn>3.14</mn><mo>+</mo><mn>3,14</mn>`},
		{`x < y`, `<mi>x</mi><mo>&lt;</mo><mi>y</mi>`},
		{`f''(x)`, `<msup><mi>f</mi><mo>′′</mo></msup><mo stretchy="false">(</mo><mi>x</mi><mo stretchy="false">)</mo>`},
		{`\sum_{i=1}^n i`, `<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>i</mi>`},
		{`\int_0^1 x\,dx`, `<msubsup><mo>∫</mo><mn>0</mn><mn>1</mn></msubsup><mi>x</mi><mspace width="0.167em"/><mi>d</mi><mi>x</mi>`},
		{`\sin x`, `<mi>sin</mi><mo rspace="0.167em">` + "\u2061" + `</mo><mi>x</mi>`},
		{`\log_2(8)`, `<msub><mi>log</mi><mn>2</mn></msub><mo>` + "\u2061" + `</mo><mo stretchy="false">(</mo><mn>8</mn><mo stretchy="false">)</mo>`},
		{`\lim_{x\to0}f`, `<munder><mo movablelimits="true">lim</mo><mrow><mi>x</mi><mo>→</mo><mn>0</mn></mrow></munder><mo rspace="0.167em">` + "\u2061" + `</mo><mi>f</mi>`},
		{`\left(\frac12\right)^2`, `<msup><mrow><mo stretchy="true">(</mo><mfrac><mn>1</mn><mn>2</mn></mfrac><mo stretchy="true">)</mo></mrow><mn>2</mn></msup>`},
		{`\left.x\right|_0`, `<msub><mrow><mi>x</mi><mo stretchy="true">|</mo></mrow><mn>0</mn></msub>`},
		{`\vec v`, `<mover accent="true"><mi>v</mi><mo stretchy="false">→</mo></mover>`},
		{`\underbrace{a}_{n}`, `<munder><munder><mrow><mi>a</mi></mrow><mo>⏟</mo></munder><mrow><mi>n</mi></mrow></munder>`},
		{`\mathbb{R}^+`, `<msup><mrow><mi>ℝ</mi></mrow><mo>+</mo></msup>`},
		{`\mathrm{d}x`, `<mi mathvariant="normal">d</mi><mi>x</mi>`},
		{`\operatorname{lcm}(a)`, `<mi>lcm</mi><mo>` + "\u2061" + `</mo><mo stretchy="false">(</mo><mi>a</mi><mo stretchy="false">)</mo>`},
		{`\text{if <b> \& so}`, "<mtext>if\u00a0&lt;b&gt;\u00a0&amp;\u00a0so</mtext>"},
		{`\begin{pmatrix}1&2\\3&4\end{pmatrix}`, `<mrow><mo>(</mo><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr><mtr><mtd><mn>3</mn></mtd><mtd><mn>4</mn></mtd></mtr></mtable><mo>)</mo></mrow>`},
		{`\begin{cases}1 & x>0\\ 0\end{cases}`, `<mrow><mo>{</mo><mtable class="tex-cases"><mtr><mtd><mn>1</mn></mtd><mtd><mi>x</mi><mo>&gt;</mo><mn>0</mn></mtd></mtr><mtr><mtd><mn>0</mn></mtd></mtr></mtable></mrow>`},
		{`\binom nk`, `<mrow><mo>(</mo><mfrac linethickness="0"><mi>n</mi><mi>k</mi></mfrac><mo>)</mo></mrow>`},
		{`\not\in`, "<mo>∈\u0338</mo>"},
		{`90^\circ`, `<msup><mn>90</mn><mo>∘</mo></msup>`},
		{`5\,\%`, `<mn>5</mn><mspace width="0.167em"/><mi mathvariant="normal">%</mi>`},
		{`\alpha-\Delta`, `<mi>α</mi><mo>−</mo><mi mathvariant="normal">Δ</mi>`},
		{`{}_2`, `<msub><mrow></mrow><mn>2</mn></msub>`},
		{``, ``},
	} {
		got, err := tex.MathML(c.source, false)
		if err != nil || bodyOf(got) != c.want {
			t.Errorf("%s:\ngot  %s, %v\nwant %s", c.source, got.Markup, err, c.want)
		}
	}
	if got, _ := tex.MathML("x", true); got.Markup != `<math aria-label="x" display="block"><mi>x</mi></math>` {
		t.Errorf("on its own line: got %s", got.Markup)
	}
}

// bodyOf is the markup without its outermost element.
func bodyOf(f tex.Formula) string {
	_, body, _ := strings.Cut(f.Markup, ">")
	return strings.TrimSuffix(body, "</math>")
}

func TestSaid(t *testing.T) {
	for source, want := range map[string]string{
		`\frac{a+b}{2}`: "(a+b)/2", `x^2`: "x^2", `\sqrt{x}`: "√(x)", `\sqrt[3]{x+1}`: "3√(x+1)", `a_{n+1}^{2}`: "a_(n+1)^2",
		`\sum_{i=1}^n i`: "∑_(i=1)^ni", `f'(x)`: "f′(x)", `\vec v`: "v→", `\sin x`: "sin x", `\begin{pmatrix}1&2\\3&4\end{pmatrix}`: "(1, 2; 3, 4)",
		`\text{a "b" <c>}`: `a "b" <c>`, `\ce{SO4^2-}`: "SO_4^(2−)", `x\quad y`: "x y", ``: "",
	} {
		if got, err := tex.MathML(source, false); err != nil || got.Said != want {
			t.Errorf("%s is said as %q, %v, want %q", source, got.Said, err, want)
		}
	}
}

func TestChemistry(t *testing.T) {
	up := func(s string) string { return `<mi mathvariant="normal">` + s + `</mi>` }
	for _, c := range []struct{ source, want string }{
		{`\ce{H2O}`, `<msub>` + up("H") + `<mn>2</mn></msub>` + up("O")},
		{`\ce{2H2 + O2 -> 2H2O}`, `<mn>2</mn><msub>` + up("H") + `<mn>2</mn></msub><mo>+</mo><msub>` + up("O") + `<mn>2</mn></msub><mo>→</mo><mn>2</mn><msub>` + up("H") + `<mn>2</mn></msub>` + up("O")},
		{`\ce{Ca^2+}`, `<msup><mi>Ca</mi><mrow><mn>2</mn><mo>+</mo></mrow></msup>`},
		{`\ce{SO4^{2-}}`, up("S") + `<msubsup>` + up("O") + `<mn>4</mn><mrow><mn>2</mn><mo>−</mo></mrow></msubsup>`},
		{`\ce{Na+}`, `<msup><mi>Na</mi><mo>+</mo></msup>`},
		{`\ce{Ca(OH)2}`, `<mi>Ca</mi><mo stretchy="false">(</mo>` + up("O") + up("H") + `<msub><mo stretchy="false">)</mo><mn>2</mn></msub>`},
	} {
		got, err := tex.MathML(c.source, false)
		if err != nil || bodyOf(got) != "<mrow>"+c.want+"</mrow>" {
			t.Errorf("%s:\ngot  %s, %v\nwant %s", c.source, got.Markup, err, c.want)
		}
	}
}

func TestBadTeX(t *testing.T) {
	for _, c := range []struct{ source, code, at string }{
		{`\frak{a}`, "command", `\frak`},
		{`\href{javascript:alert(1)}{x}`, "command", `\href`},
		{`\def\a{\a\a}\a`, "command", `\def`},
		{`\frac{a}`, "missing", `\frac`},
		{`x_`, "missing", "_"},
		{`x^2^3`, "missing", "^"},
		{`{x`, "brace", "{"},
		{`x}`, "brace", "}"},
		{`a & b`, "brace", "&"},
		{`\left( x`, "missing", `\right`},
		{`x \right)`, "brace", `\right`},
		{`\begin{foo}x\end{foo}`, "environment", "foo"},
		{`\begin{matrix}x\end{cases}`, "missing", `\end{matrix}`},
		{`100%`, "sign", "%"},
		{"x\x00", "sign", "\x00"},
		{`\ce{H2|}`, "sign", "|"},
		{`\`, "command", `\`},
		{strings.Repeat("{", 500), "deep", ""},
		{strings.Repeat(`\sqrt`, 150), "deep", ""},
		{strings.Repeat("x", 1001), "long", ""},
	} {
		got, err := tex.MathML(c.source, false)
		var bad *tex.Error
		if !errors.As(err, &bad) || bad.Code != c.code || bad.At != c.at || got.Markup != "" {
			t.Errorf("%.40q: got %q, %v, want %s %q", c.source, got.Markup, err, c.code, c.at)
		}
	}
}

// Whatever is written between dollars, it is refused or becomes well-formed markup of
// the known elements with their number of parts.
func FuzzMathML(f *testing.F) {
	for _, s := range []string{`\frac12`, `a_{n+1}^2`, `\sqrt[3]{x}`, `\left(\frac12\right)^2`, `\begin{pmatrix}1&2\\3&4\end{pmatrix}`, `\ce{2H2 + O2 -> 2H2O}`, `\ce{SO4^{2-}}`, `\text{<script>}`, `\not=`, `\mathbb{R}`, `f''^2`, `\lim_{x\to0}`, `{`, `\`, "\xff", `\ce{(}`, `3{,}1`, `\left.\right)`, `\operatorname{a}`} {
		f.Add(s, false)
	}
	f.Fuzz(func(t *testing.T, source string, display bool) {
		formula, err := tex.MathML(source, display)
		if err != nil {
			return
		}
		if why := odd(formula.Markup); why != "" {
			t.Fatalf("%q becomes %s: %s", source, formula.Markup, why)
		}
	})
}

// parts is how many elements each element has; -1 is any number.
var parts = map[string]int{"math": -1, "mrow": -1, "mi": 0, "mn": 0, "mo": 0, "mtext": 0, "mspace": 0, "mfrac": 2, "msqrt": -1,
	"mroot": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3, "mtable": -1, "mtr": -1, "mtd": -1, "mstyle": -1}

var attributes = []string{"aria-label", "display", "stretchy", "movablelimits", "mathvariant", "accent", "width", "rspace", "linethickness", "displaystyle", "class"}

// odd says what of the markup is not MathML Core.
func odd(markup string) string {
	type open struct {
		name string
		has  int
	}
	var stack []open
	for d := xml.NewDecoder(strings.NewReader(markup)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return ""
		}
		if err != nil {
			return err.Error()
		}
		switch e := token.(type) {
		case xml.StartElement:
			for _, a := range e.Attr {
				if !slices.Contains(attributes, a.Name.Local) {
					return "attribute " + a.Name.Local
				}
			}
			if len(stack) > 0 {
				stack[len(stack)-1].has++
			}
			stack = append(stack, open{name: e.Name.Local})
		case xml.EndElement:
			top := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			if want, ok := parts[top.name]; !ok || want >= 0 && top.has != want {
				return top.name + " has the wrong number of parts"
			}
		}
	}
}
