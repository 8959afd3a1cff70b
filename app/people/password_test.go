package people

import (
	"strings"
	"testing"
)

// A program that sets nothing stores passwords at the standard cost, and spends as much on
// names that nobody has.
func TestPasswordsCostWhatTheyShould(t *testing.T) {
	const cost = "$argon2id$v=19$m=19456,t=2,p=1$"
	for _, c := range []Cost{{}, {Memory: 19 * 1024}, {Passes: 2}} {
		phc, err := c.hash(t.Context(), "seven amber trams")
		if err != nil || !strings.HasPrefix(phc, cost) || !strings.HasPrefix(c.nobody(), cost) || len(phc) != len(c.nobody()) {
			t.Errorf("%+v: stored as %q, nobody as %q, %v", c, phc, c.nobody(), err)
		}
	}
}

func TestAPasswordIsJudgedAtTheCostItWasStoredAt(t *testing.T) {
	phc, err := Cost{Memory: 64, Passes: 1}.hash(t.Context(), "seven amber trams")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		phc, password string
		want          bool
	}{{phc, "seven amber trams", true}, {phc, "seven amber tram", false}, {phc, "", false}, {"", "", false}, {"", "seven amber trams", false}} {
		if got, err := (Cost{}).matches(t.Context(), c.phc, c.password); got != c.want || err != nil {
			t.Errorf("%q against %.20q: %v, %v; want %v", c.password, c.phc, got, err, c.want)
		}
	}
}
