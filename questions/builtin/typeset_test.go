package builtin

import (
	"strings"
	"testing"
)

func TestCurled(t *testing.T) {
	for text, want := range map[string]string{
		`plain`:                       `plain`,
		`Stalin's heirs' names`:       `Stalin’s heirs’ names`,
		`He said "no".`:               `He said “no”.`,
		`"No," he said ("yes")`:       `“No,” he said (“yes”)`,
		`the '53 thaw`:                `the ’53 thaw`,
		`a 'quiet "phase"' of reform`: `a ‘quiet “phase”’ of reform`,
		`5" wide`:                     `5” wide`,
		``:                            ``,
	} {
		if got := curled(text); got != want {
			t.Errorf("%s becomes %s, want %s", text, got, want)
		}
	}
}

func TestShownTextsAreTypeset(t *testing.T) {
	bank := load(t)
	straight := func(at Pos, texts ...string) {
		for _, text := range texts {
			if strings.ContainsAny(text, `"'`) {
				t.Errorf("%v: straight quotation marks in: %s", at, text)
			}
		}
	}
	for _, section := range bank.Sections {
		for _, p := range section.Passages {
			straight(p.Pos, p.Text)
		}
	}
	straight(Pos{File: bankName}, bank.About)
	for _, e := range bank.Entities {
		straight(e.Pos, e.About)
	}
	for _, topic := range bank.Topics {
		straight(Pos{File: topic.Slug}, topic.About)
		for _, f := range topic.Facts {
			straight(f.Pos, f.Text)
		}
		for _, q := range topic.Questions {
			straight(q.Pos, q.Prompt, q.Explain)
			straight(q.Pos, q.Keys...)
			for _, it := range q.Items {
				straight(q.Pos, it.Text, it.Belongs, it.Why)
			}
			if q.Kind == Choice || q.Kind == Flash {
				straight(q.Pos, q.Key)
			}
			for _, w := range q.Wrong {
				straight(q.Pos, w.Text, w.Why)
			}
		}
	}
}
