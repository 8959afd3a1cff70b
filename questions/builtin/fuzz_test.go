package builtin

import (
	"testing"
)

// Whatever a file holds, it is checked without a crash, and what is wrong with it has
// a line.
func FuzzCheckTopics(f *testing.F) {
	small := smallBank()
	f.Add(small["topics/one.yaml"].Data)
	f.Add([]byte("topic: [\n"))
	f.Add([]byte("questions:\n  - kind: cloze\n    prompt: '{{a}} {{1}}'\n    gaps: [{}, {match: date}]\n"))
	f.Add([]byte("questions:\n  - &q\n    kind: choice\n    wrong: [{text: a}]\n  - *q\n  - null\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		c := CheckTopics([]string{"draft.yaml"}, map[string][]byte{"draft.yaml": text})
		for _, p := range c.Broken {
			if p.Line < 1 || p.File != "draft.yaml" {
				t.Errorf("%v has no place", p)
			}
		}
		for _, p := range c.Findings {
			if p.Line < 1 {
				t.Errorf("%v has no place", p)
			}
		}
	})
}
