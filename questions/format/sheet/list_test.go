package sheet

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Tags and topics that are written into a cell are read again, whatever is in them.
func TestLists(t *testing.T) {
	one := rapid.OneOf(rapid.SampledFrom([]string{"a", "a b", "a, b", "a;b", `"a"`, `say "b"`, "a::b", "::", "a:", `"`, `""`, "'=1", ", "}), rapid.String())
	rapid.Check(t, func(t *rapid.T) {
		var list []string
		for _, text := range rapid.SliceOfN(one, 0, 4).Draw(t, "list") {
			if text = strings.TrimSpace(text); text != "" {
				list = append(list, text)
			}
		}
		if got := tags(tagCell(list)); !slices.Equal(got, list) {
			t.Fatalf("tags: got %q, want %q in %s", got, list, tagCell(list))
		}
		if got := topic(topicCell(list)); !slices.Equal(got, list) {
			t.Fatalf("topics: got %q, want %q in %s", got, list, topicCell(list))
		}
	})
}

func TestTagsOfOthers(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "a b": "a|b", "a, b c": "a|b c", "a;b": "a|b", `"a b"`: "a b", "Cold War,": "Cold War", `5" disk, b`: `5" disk|b`, "a\u3000b": "a|b",
	} {
		if got := strings.Join(tags(in), "|"); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestPicked(t *testing.T) {
	for _, c := range []struct {
		cell, want string
		numbered   bool
		options    []string
	}{
		{"2", "b", false, []string{"a", "b"}},
		{"1, 3", "a c", false, []string{"a", "b", "c"}},
		{"1.3", "a c", true, []string{"a", "b", "c"}},
		{"C", "c", false, []string{"a", "b", "c"}},
		{"A;B", "x y", false, []string{"x", "y", "z"}},
		{"B", "B", false, []string{"B", "A"}},
		{"Paris, France", "Paris, France", false, []string{"Rome, Italy", "Paris, France"}},
		{"paris; Rome", "Paris Rome", false, []string{"Rome", "Paris"}},
		{"1,2", "1,2", false, []string{"7", "8", "1,2"}},
		{"1,2", "7 8", true, []string{"7", "8", "1,2"}},
		{"9", "9", false, []string{"7", "9"}},
		{"9", "?", true, []string{"7", "9"}},
		{"z", "?", false, []string{"a", "b"}},
		{"0", "", false, []string{"a"}},
	} {
		l := line{numbered: c.numbered}
		keys, ok := l.picked(c.cell, c.options)
		var got []string
		for _, i := range keys {
			got = append(got, c.options[i])
		}
		if text := strings.Join(got, " "); ok && text != c.want || !ok && c.want != "?" {
			t.Errorf("%s of %q: got %q, %v; want %q", c.cell, c.options, text, ok, c.want)
		}
	}
}
