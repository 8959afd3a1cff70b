package markup_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"thaw/questions/format/markup"
)

func TestFromHTML(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Who?", "Who?"},
		{"<p>One</p><p>Two<br>Three</p>", "One\n\nTwo\n\nThree"},
		{"a <b>bold </b>and <i>thin</i> word", "a **bold** and *thin* word"},
		{"<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>", "- a\n\n- b\n\n  1. c"},
		{`<img src="a b.png" alt="A map"> and <a href="https://x.org/a(b)">link</a>`, "![A map](a%20b.png) and [link](https://x.org/a%28b%29)"},
		{`<a href="javascript:alert(1)">link</a><script>alert(1)</script>`, "link"},
		{"2*3*4 = 24 &lt;b&gt; $5 _x_ a_b", `2\*3\*4 = 24 \<b> \$5 \_x\_ a_b`},
		{`\(x^2\) and \[ \frac{1}{2} \] and [latex]a_1[/latex]`, `$x^2$ and $$\frac{1}{2}$$ and $a_1$`},
		{"H<sub>2</sub>O, x<sup>2</sup>", "H₂O, x²"},
		{"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>", "a | b\n\nc | d"},
		{"<pre>a\n  b</pre><code>x*y</code>", "```\na\n  b\n```\n\n`x*y`"},
		{"a {{c1::b}}", `a {\{c1::b}}`},
		{"&nbsp;a &nbsp; b", "a b"},
		{"<p>1. a</p><p>- b</p><ul><li>&gt; c</li></ul>1953 - d", `1\. a

\- b

- \> c

1953 - d`},
		{"&amp;lt; and &amp;#60; &amp; &amp;c", `\&lt; and \&#60; & &c`},
	} {
		if got := markup.FromHTML(c.in); got != c.want {
			t.Errorf("%q:\n got %q\nwant %q", c.in, got, c.want)
		}
	}
}

func TestToHTMLAndBack(t *testing.T) {
	for _, c := range []struct{ in, html, text string }{
		{"Who?", "Who?", "Who?"},
		{"One\n\n**Two** *three*", "<p>One</p>\n<p><strong>Two</strong> <em>three</em></p>", "One\nTwo three"},
		{"$x<y$ costs \\$5", `\(x&lt;y\) costs $5`, `\(x<y\) costs $5`},
		{"![A map](m.png)", `<img src="m.png" alt="A map">`, "A map"},
		{"`$a$` 1 < 2", "<code>$a$</code> 1 &lt; 2", "$a$ 1 < 2"},
		{"<b>no</b>", "&lt;b&gt;no&lt;/b&gt;", "<b>no</b>"},
	} {
		if got := markup.ToHTML(c.in); got != c.html {
			t.Errorf("%q as HTML:\n got %q\nwant %q", c.in, got, c.html)
		}
		if got := markup.ToText(c.in); got != c.text {
			t.Errorf("%q as text:\n got %q\nwant %q", c.in, got, c.text)
		}
	}
}

// Text that is made Markdown is shown as it was written.
func FuzzFromText(f *testing.F) {
	for _, s := range []string{"1. a", "- b", "> c", "*a* _b_ `c` [d](e) <f> $g$ \\h", "{{i}}", "~~~", "***", "# j", "a_b_c", "__", "1 < 2 & 3"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) || strings.ContainsAny(s, "\x00\uE001\r\v\f") {
			t.Skip()
		}
		want := strings.Join(strings.Fields(s), " ")
		if got := strings.Join(strings.Fields(markup.ToText(markup.FromText(s))), " "); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}
