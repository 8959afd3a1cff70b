package db

import (
	"strings"
	"testing"

	"thaw/app/bank"
	"thaw/questions"
)

// No list reads all wordings or all answers: the plan looks them up.
func TestListsLookUpTheWordingsOfOnePage(t *testing.T) {
	d, err := Open(t.Context(), Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	for _, typed := range []string{"", "so", "secret speech"} {
		for _, sort := range bank.Sorts {
			for _, id := range []questions.BankID{0, 7} {
				sql, args := listing(1, bank.Search{Bank: id, Terms: bank.ReadTerms(typed), Sort: sort, States: []bank.State{bank.Live}})
				var plan []struct{ Detail string }
				if err := d.read.Raw("EXPLAIN QUERY PLAN "+sql, args...).Scan(&plan).Error; err != nil {
					t.Fatal(err)
				}
				grams := false
				for _, step := range plan {
					grams = grams || strings.Contains(step.Detail, "SEARCH gram")
					for _, table := range []string{"v", "version", "answer", "question", "q", "gram"} {
						if step.Detail == "SCAN "+table {
							t.Errorf("%q in the order %s of bank %d: %s", typed, sort, id, step.Detail)
						}
					}
				}
				if len(plan) < 3 || grams != (typed == "secret speech") {
					t.Errorf("%q in the order %s of bank %d: the plan is %v", typed, sort, id, plan)
				}
			}
		}
	}
}
