package formattest

import (
	"fmt"
	"strings"

	"thaw/questions"
	"thaw/questions/format/bundle"
)

// Dump writes what a reader made of a file, item by item, for a test to compare with
// what it should be.
func Dump(b bundle.Bundle) string {
	var out strings.Builder
	if b.Title+b.Lang != "" {
		fmt.Fprintf(&out, "title %q, lang %q\n", b.Title, b.Lang)
	}
	for _, it := range b.Items {
		dumpItem(&out, it)
	}
	for _, m := range b.Media {
		fmt.Fprintf(&out, "media %s, %d bytes\n", m.Name, len(m.Data))
	}
	for _, p := range b.Problems {
		fmt.Fprintf(&out, "problem line %d, %q: %s, %s\n%s", p.Line, p.Item, because(p.Reason), p.Kind, indented(p.Text))
	}
	for _, p := range b.Notes {
		fmt.Fprintf(&out, "note line %d, %q: %s\n", p.Line, p.Item, because(p.Reason))
	}
	return out.String()
}

func dumpItem(out *strings.Builder, it bundle.Item) {
	v := it.Version
	fmt.Fprintf(out, "%s line %d", v.Kind, it.Line)
	for _, f := range []struct{ name, value string }{{"id", it.ID}, {"name", it.Name}, {"topic", strings.Join(it.Topic, " / ")}, {"tags", strings.Join(it.Tags, ", ")},
		{"state", it.State}, {"lang", v.Lang}, {"back", v.Back}, {"level", v.Level}} {
		if f.value != "" {
			fmt.Fprintf(out, ", %s %s", f.name, f.value)
		}
	}
	if v.Fixed {
		out.WriteString(", fixed")
	}
	out.WriteString("\n" + indented(v.Prompt))
	for _, a := range v.Answers {
		fmt.Fprintf(out, "  %d %3.0f%% %s", a.Part, 100*a.Credit, strings.ReplaceAll(a.Text, "\n", "\\n"))
		if a.Match != "" {
			fmt.Fprintf(out, " (%s)", a.Match)
		}
		if a.Slack != 0 {
			fmt.Fprintf(out, " ±%v", a.Slack)
		}
		if a.Feedback != "" {
			fmt.Fprintf(out, " >> %s", strings.ReplaceAll(a.Feedback, "\n", "\\n"))
		}
		out.WriteString("\n")
	}
	if v.Explain != "" {
		out.WriteString("  explain\n" + indented(v.Explain))
	}
}

func because(r questions.Reason) string {
	return strings.Join(append([]string{r.Code}, r.Args...), " | ")
}

func indented(text string) string {
	if text == "" {
		return ""
	}
	return "    " + strings.ReplaceAll(text, "\n", "\n    ") + "\n"
}
