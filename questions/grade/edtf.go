package grade

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// ValidDate tells whether a text is a date in the notation of the keys, a part
// of EDTF: 1956-02-25, 1956-02, 1956, 1962-21 (spring) to 1962-24 (winter),
// 193X, 11XX, -0043 (44 BC), a range 1953/1955, and ~ or ? behind a date.
func ValidDate(text string) bool { return len(parseEDTF(text)) > 0 }

// EDTF writes a date that a person wrote in the notation of the keys. A text that
// has several readings, such as 2/3/1956, or none, stays as it is.
func EDTF(text string) string {
	if ValidDate(text) {
		return text
	}
	written := ""
	for _, d := range readDates(text, 1950) {
		one := d.edtf()
		if one == "" || written != "" && one != written {
			return text
		}
		written = one
	}
	if written == "" {
		return text
	}
	return written
}

// edtf writes a date in EDTF; one that lacks its year has no form there.
func (d date) edtf() string {
	if d.bare || d.noYear || d.noMonth || d.reversed || d.y < 0 {
		return ""
	}
	switch d.prec {
	case day:
		return fmt.Sprintf("%04d-%02d-%02d", d.y, d.m, d.d)
	case month:
		return fmt.Sprintf("%04d-%02d", d.y, d.m)
	case season:
		return fmt.Sprintf("%04d-%d", d.y, 20+d.season)
	case year:
		return fmt.Sprintf("%04d", d.y)
	case decade:
		return fmt.Sprintf("%03dX", d.y/10)
	case century:
		return fmt.Sprintf("%02dXX", d.y-1)
	case span:
		if from, to := d.from.edtf(), d.to.edtf(); from != "" && to != "" {
			return from + "/" + to
		}
	}
	return ""
}

// parseEDTF returns the readings of a date in EDTF, none when it is not valid.
func parseEDTF(text string) []date {
	from, to, isRange := strings.Cut(strings.TrimSpace(text), "/")
	first := parsePoint(from)
	if !isRange || len(first) == 0 {
		return first
	}
	last := parsePoint(to)
	if len(last) == 0 || last[0].hi < first[0].lo {
		return nil
	}
	return []date{spanDate(first[0], last[len(last)-1])}
}

func parsePoint(text string) []date {
	text = strings.TrimRight(text, "~?%")
	sign := 1
	if strings.HasPrefix(text, "-") {
		sign, text = -1, text[1:]
	}
	fields := strings.Split(text, "-")
	if len(fields[0]) != 4 || len(fields) > 3 {
		return nil
	}
	head := strings.ToUpper(fields[0])
	if len(fields) == 1 && strings.HasSuffix(head, "X") {
		return parseMasked(head, sign)
	}
	y, ok := digits(head, 4)
	if !ok {
		return nil
	}
	return parseParts(sign*y, fields[1:])
}

// parseMasked reads 193X and 11XX.
func parseMasked(head string, sign int) []date {
	if hundred, ok := digits(strings.TrimSuffix(head, "XX"), 2); ok {
		if sign < 0 {
			return centuryDates(-hundred - 1)
		}
		return centuryDates(hundred + 1)
	}
	ten, ok := digits(head[:3], 3)
	if !ok || sign < 0 {
		return nil
	}
	return only(decadeDate(ten * 10))
}

func parseParts(y int, parts []string) []date {
	if len(parts) == 0 {
		return only(yearDate(y))
	}
	m, ok := digits(parts[0], 2)
	if !ok {
		return nil
	}
	if len(parts) == 2 {
		d, ok := digits(parts[1], 2)
		if !ok {
			return nil
		}
		return only(dayDate(y, m, d))
	}
	if m >= 21 && m <= 24 {
		return seasonDates(y, m-20)
	}
	return only(monthDate(y, m))
}

func only(d date, ok bool) []date {
	if !ok {
		return nil
	}
	return []date{d}
}

func digits(s string, n int) (int, bool) {
	if len(s) != n || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	v, err := strconv.Atoi(s)
	return v, err == nil
}

// DateText writes a date in EDTF for people: "25 February 1956", "spring 1962",
// "the 1930s", "1953–1955", "44 BC". What is not EDTF stays as it is.
func DateText(edtf string) string {
	dates := parseEDTF(edtf)
	if len(dates) == 0 {
		return edtf
	}
	text := dates[0].text()
	if strings.HasSuffix(strings.TrimSpace(edtf), "~") && dates[0].prec != span {
		return "about " + text
	}
	return text
}

func (d date) text() string {
	switch d.prec {
	case day:
		return fmt.Sprintf("%d %s", d.d, d.monthText())
	case month:
		return d.monthText()
	case season:
		return seasonNames[d.season] + " " + yearText(d.y)
	case span:
		return d.spanText()
	case decade:
		return fmt.Sprintf("the %ds", d.y)
	case century:
		return centuryText(d.y)
	}
	return yearText(d.y)
}

var seasonNames = [...]string{"", "spring", "summer", "autumn", "winter"}

func (d date) monthText() string { return time.Month(d.m).String() + " " + yearText(d.y) }

func yearText(y int) string {
	if y <= 0 {
		return strconv.Itoa(1-y) + " BC"
	}
	return strconv.Itoa(y)
}

func centuryText(n int) string {
	if n < 0 {
		return ordinal(-n) + " century BC"
	}
	return ordinal(n) + " century"
}

func ordinal(n int) string {
	end := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			end = "st"
		case 2:
			end = "nd"
		case 3:
			end = "rd"
		}
	}
	return strconv.Itoa(n) + end
}

// spanText leaves out of the first end what the second one says again.
func (d date) spanText() string {
	a, b := *d.from, *d.to
	if a.prec == day && b.prec == day && a.y == b.y && a.m == b.m {
		return fmt.Sprintf("%d–%s", a.d, b.text())
	}
	if a.prec == day && b.prec == day && a.y == b.y {
		return fmt.Sprintf("%d %s – %s", a.d, time.Month(a.m), b.text())
	}
	if a.prec == month && b.prec == month && a.y == b.y {
		return fmt.Sprintf("%s–%s", time.Month(a.m), b.text())
	}
	if a.prec == year && b.prec == year {
		return a.text() + "–" + b.text()
	}
	return a.text() + " – " + b.text()
}
