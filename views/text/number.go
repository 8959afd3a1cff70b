package text

import (
	"strconv"
	"strings"
)

// Tenths writes a number with one decimal.
func Tenths(lang string, x float64) string {
	return strings.Replace(strconv.FormatFloat(x, 'f', 1, 64), ".", T(lang, "number.point"), 1)
}

// Brief writes a number with one decimal below ten and none from there.
func Brief(lang string, x float64) string {
	if x >= 9.95 {
		return strconv.Itoa(int(x + 0.5))
	}
	return Tenths(lang, x)
}

// Hundredths writes a number with two decimals.
func Hundredths(lang string, x float64) string {
	written := strings.Replace(strconv.FormatFloat(x, 'f', 2, 64), ".", T(lang, "number.point"), 1)
	if written = strings.TrimPrefix(written, "-"); x <= -0.005 {
		return "−" + written
	}
	return written
}
