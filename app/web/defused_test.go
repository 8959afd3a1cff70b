package web

import "testing"

func TestCellsAreDefused(t *testing.T) {
	for _, c := range []struct{ cell, want string }{
		{"=A1", "'=A1"}, {"+1", "'+1"}, {"-1", "'-1"}, {"@x", "'@x"}, {"\tx", "'\tx"}, {"\rx", "'\rx"},
		{"", ""}, {"a=b", "a=b"}, {"1956", "1956"},
	} {
		if got := defused(c.cell); got != c.want {
			t.Errorf("%q comes as %q, want %q", c.cell, got, c.want)
		}
	}
}
