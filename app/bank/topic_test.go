package bank

import (
	"fmt"
	"strings"
	"testing"

	"thaw/app/fault"
	"thaw/questions"
)

// outline reads "1 a, 2 b under 1".
func outline(text string) Outline {
	var o Outline
	for _, line := range strings.Split(text, ", ") {
		var t Topic
		_, _ = fmt.Sscanf(line, "%d %s under %d", &t.ID, &t.Title, &t.Parent)
		o = append(o, t)
	}
	return o
}

func drawn(o Outline) string {
	var list []string
	for _, b := range o.Tree() {
		list = append(list, strings.Repeat("-", b.Depth)+b.Title)
	}
	return strings.Join(list, " ")
}

func TestOutlineChanges(t *testing.T) {
	o := outline("1 war, 2 peace, 3 camps under 1, 4 relief under 3, 5 words")
	for _, c := range []struct {
		name string
		do   func() (Outline, error)
		want string
		kind fault.Kind
	}{
		{"as it is", func() (Outline, error) { return o, nil }, "war -camps --relief peace words", ""},
		{"add at the top", func() (Outline, error) { return o.Add(" new  one ", 0, "s") }, "war -camps --relief peace words new one", ""},
		{"add under", func() (Outline, error) { return o.Add("new", 2, "s") }, "war -camps --relief peace -new words", ""},
		{"add what is there", func() (Outline, error) { return o.Add("PEACE", 1, "s") }, "war -camps --relief peace words", ""},
		{"add on a fourth level", func() (Outline, error) { return o.Add("new", 4, "s") }, "", fault.Invalid},
		{"add under nothing", func() (Outline, error) { return o.Add("new", 9, "s") }, "", fault.Missing},
		{"add without a title", func() (Outline, error) { return o.Add(" \n", 0, "s") }, "", fault.Invalid},
		{"add a long title", func() (Outline, error) { return o.Add(strings.Repeat("é", 121), 0, "s") }, "", fault.Invalid},
		{"rename", func() (Outline, error) { return o.Rename(3, "relief") }, "war -relief --relief peace words", ""},
		{"rename another's", func() (Outline, error) { return o.Rename(9, "x") }, "", fault.Missing},
		{"move with its parts", func() (Outline, error) { return o.Move(3, 2) }, "war peace -camps --relief words", ""},
		{"move to the top", func() (Outline, error) { return o.Move(4, 0) }, "war -camps peace words relief", ""},
		{"move too deep", func() (Outline, error) { return o.Move(1, 2) }, "", fault.Invalid},
		{"move under itself", func() (Outline, error) { return o.Move(1, 1) }, "", fault.Invalid},
		{"move under its part", func() (Outline, error) { return o.Move(1, 4) }, "", fault.Invalid},
		{"move under another's", func() (Outline, error) { return o.Move(1, 9) }, "", fault.Missing},
		{"move another's", func() (Outline, error) { return o.Move(9, 1) }, "", fault.Missing},
		{"up", func() (Outline, error) { return o.Shift(5, -1) }, "war -camps --relief words peace", ""},
		{"down over its parts", func() (Outline, error) { return o.Shift(1, 1) }, "peace war -camps --relief words", ""},
		{"up at the top", func() (Outline, error) { return o.Shift(1, -1) }, "war -camps --relief peace words", ""},
		{"down alone", func() (Outline, error) { return o.Shift(3, 1) }, "war -camps --relief peace words", ""},
		{"shift another's", func() (Outline, error) { return o.Shift(9, 1) }, "", fault.Missing},
		{"remove", func() (Outline, error) { return o.Remove(4, 0) }, "war -camps peace words", ""},
		{"remove with questions", func() (Outline, error) { return o.Remove(4, 1) }, "", fault.Invalid},
		{"remove with parts", func() (Outline, error) { return o.Remove(3, 0) }, "", fault.Invalid},
		{"remove another's", func() (Outline, error) { return o.Remove(9, 0) }, "", fault.Missing},
		{"remove what is not stored", func() (Outline, error) { return append(o, Topic{Title: "x"}).Remove(0, 0) }, "", fault.Missing},
	} {
		before := drawn(o)
		got, err := c.do()
		if c.kind != "" && !fault.Is(err, c.kind) || c.kind == "" && (err != nil || drawn(got) != c.want) {
			t.Errorf("%s: got %s, %v, want %s %s", c.name, drawn(got), err, c.want, c.kind)
		}
		if drawn(o) != before {
			t.Fatalf("%s changes the outline itself", c.name)
		}
	}
}

func TestUnderHasTheParts(t *testing.T) {
	c := Contents{Topics: outline("1 war, 2 peace, 3 camps under 1, 4 relief under 3")}
	if got := c.Under(1); len(got) != 3 || !got[4] || got[2] {
		t.Errorf("under war: %v, want war, camps and relief", got)
	}
	if got := c.Under(questions.TopicID(0)); len(got) != 1 {
		t.Errorf("under nothing: %v, want nothing more", got)
	}
}
