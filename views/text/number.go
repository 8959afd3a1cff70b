package text

import (
	"strconv"
	"strings"
)

// Tenths writes a number with one decimal.
func Tenths(lang string, x float64) string {
	return strings.Replace(strconv.FormatFloat(x, 'f', 1, 64), ".", T(lang, "number.point"), 1)
}
