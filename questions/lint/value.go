package lint

import (
	"regexp"
	"strconv"
	"strings"

	"thaw/questions"
	"thaw/questions/grade"
)

// value is a date or a number as an option says it.
type value struct {
	date string  // EDTF, or "": a number
	n    float64 // the number; of a date the year
}

// form is what values of one kind share: the precision of a date, or that they are
// numbers.
func (v value) form() string {
	if v.date == "" {
		return "number"
	}
	return digit.ReplaceAllString(v.date, "0")
}

var (
	thousands = strings.NewReplacer(",", "", "\u00a0", "", "\u202f", "", " ", "")
	digit     = regexp.MustCompile(`[0-9]`)
	// datable are the words and signs of a date; a text with others is no date alone.
	datable = regexp.MustCompile(`(?i)^(the |in |on |about |early |mid-?|late )*([0-9]|[-–/.,~ ]|s\b|st\b|nd\b|rd\b|th\b|of |to |` +
		`january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter)+$`)
)

// valueOf reads an option that is nothing but a date or a number.
func valueOf(a questions.Answer) (value, bool) {
	text := strings.TrimSpace(a.Text)
	if n, err := strconv.ParseFloat(thousands.Replace(text), 64); err == nil && (len(text) != 4 || n < 1000) {
		return value{n: n}, true
	}
	if !datable.MatchString(text) && !grade.ValidDate(text) {
		return value{}, false
	}
	edtf := grade.EDTF(text)
	if !grade.ValidDate(edtf) || edtf[0] == '-' {
		return value{}, false
	}
	year, err := strconv.ParseFloat(strings.ReplaceAll(strings.ToUpper(edtf[:4]), "X", "0"), 64)
	return value{date: edtf, n: year}, err == nil
}

// before tells whether a value stands before another of its form.
func (v value) before(other value) bool {
	if v.date != "" && other.date != "" {
		return v.date < other.date
	}
	return v.n < other.n
}

// valuesOf reads options of which each is a date or a number.
func valuesOf(options []questions.Answer) ([]value, bool) {
	values := make([]value, len(options))
	for i, a := range options {
		var ok bool
		if values[i], ok = valueOf(a); !ok {
			return nil, false
		}
	}
	return values, len(values) > 0
}

// dayOf is the date of an answer that names a day, in EDTF.
func dayOf(a questions.Answer) (string, bool) {
	v, ok := valueOf(a)
	return v.date, ok && v.form() == "0000-00-00"
}
