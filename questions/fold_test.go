package questions_test

import (
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"thaw/questions"
)

func TestFold(t *testing.T) {
	tests := []struct{ in, want string }{
		{"  Stalin ", "stalin"},
		{"Jānis  Rudzutaks", "janis rudzutaks"},
		{"Хрущёв", "khrushchyov"},
		{"Берия", "beriya"},
		{"Майский", "mayskiy"},
		{"1953–55", "1953-55"},
		{"Lenin’s", "lenin's"},
		{"Straße", "strasse"},
		{"Ｓｔａｌｉｎ\u00a0№\u200b5", "stalin no5"},
		{"\u1ffd\u00b4", "''"},
		{"\xff\xfe", ""},
		{"", ""},
	}
	for _, test := range tests {
		if got := questions.Fold(test.in); got != test.want {
			t.Errorf("Fold(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

func TestFoldIsOneForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		once := questions.Fold(s)
		if twice := questions.Fold(once); twice != once {
			t.Fatalf("folding twice: got %q, want %q", twice, once)
		}
		if got := questions.Fold(norm.NFD.String(s)); got != once {
			t.Fatalf("decomposed: got %q, want %q", got, once)
		}
	})
}
