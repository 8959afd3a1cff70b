package people

import (
	"strings"
	"testing"
)

func TestReadCode(t *testing.T) {
	for typed, want := range map[string]string{
		"BCDFGH": "BCDFGH", "bcd fgh": "BCDFGH", " b-c–d—f g\th\n": "BCDFGH", "bcd%20fgh": "BCDFGH", "BCD_FGH.": "BCDFGH",
		"": "", "BCDFG": "", "BCDFGHJ": "", "BCDFGA": "", "BCDF1H": "", "ВCDFGH": "", "<script>": "", strings.Repeat("B ", 40): "", "%zz": "",
	} {
		got, ok := ReadCode(typed)
		if ok != (want != "") || (ok && got != want) {
			t.Errorf("ReadCode(%q) = %q, %v, want %q", typed, got, ok, want)
		}
	}
}

func TestCodesAreNoWordsAndReadBack(t *testing.T) {
	seen := map[string]bool{}
	for range 2000 {
		code, err := NewCode()
		if err != nil {
			t.Fatal(err)
		}
		if strings.ContainsAny(code, "AEIOUY0123456789") {
			t.Errorf("%s holds a vowel or a digit", code)
		}
		if got, ok := ReadCode(strings.ToLower(SpellCode(code))); !ok || got != code {
			t.Errorf("%s, spelled and read again, is %q", code, got)
		}
		seen[code] = true
	}
	if len(seen) < 1990 {
		t.Errorf("%d different codes of 2000", len(seen))
	}
}

func TestNamesThatAreRefused(t *testing.T) {
	for name, ok := range map[string]bool{
		"Ada": true, "=1+1": true, "+49": true, "-x": true, "@home": true, "<script>alert(1)</script>": true, `"><img src=x onerror=x>`: true,
		"Зоя": true, "李": true, "e\u0301va": true, "": false, "  ": false, "a\u202eb": false, "a\u200fb": false, "a\u0000b": false, "a\u0007b": false,
		"a\u200bb": false, "\ufeffa": false, strings.Repeat("x", 41): false, "a\xffb": false,
	} {
		if _, wrong := cleanName(name); (len(wrong) == 0) != ok {
			t.Errorf("the name %q is taken: %v, want %v", name, !ok, ok)
		}
		if _, err := cleanClass(name); (err == nil) != ok && len(name) != 41 {
			t.Errorf("the class %q is taken: %v, want %v", name, !ok, ok)
		}
	}
}
