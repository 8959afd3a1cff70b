package grade_test

import (
	"testing"

	"pgregory.net/rapid"

	"thaw/questions/grade"
)

func TestEDTF(t *testing.T) {
	for in, want := range map[string]string{
		"1956-02-25": "1956-02-25", "25 February 1956": "1956-02-25", "Feb 25, 1956": "1956-02-25", "25.2.1956": "1956-02-25",
		"25. Februar 1956": "1956-02-25", "February 1956": "1956-02", "1956": "1956", "spring 1962": "1962-21", "winter 1962": "1962-24",
		"the 1930s": "193X", "19th century": "18XX", "1953-55": "1953/1955", "from March 1953 to 1955": "1953-03/1955",
		"2/3/1956": "2/3/1956", "30 February 1956": "30 February 1956", "1956-02-30": "1956-02-30", "25 February": "25 February",
		"44 BC": "44 BC", "early 1956": "early 1956", "some day": "some day", "": "",
	} {
		if got := grade.EDTF(in); got != want {
			t.Errorf("EDTF(%q) = %q, want %q", in, got, want)
		}
	}
}

// What EDTF makes of a text is a key, and says the same to people.
func TestEDTFIsAKey(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.StringMatching(`1[0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|1[0-9]|2[0-8]))?)?`).Draw(t, "key")
		if got := grade.EDTF(grade.DateText(key)); got != key {
			t.Fatalf("%q is %q to people, and that is %q again", key, grade.DateText(key), got)
		}
	})
}
