package text

// plural says which of a text's forms a count takes, from 0. The rules are
// CLDR's for whole numbers: English, German and Spanish have one and other,
// French counts 0 as one, Russian has one, few and many.
func plural(lang string, n int) int {
	if n < 0 {
		n = -n
	}
	switch short(lang) {
	case "ru":
		return slavic(n)
	case "fr":
		return pick(n <= 1)
	}
	return pick(n == 1)
}

func slavic(n int) int {
	teen := n%100 >= 11 && n%100 <= 14
	switch {
	case n%10 == 1 && !teen:
		return 0
	case n%10 >= 2 && n%10 <= 4 && !teen:
		return 1
	}
	return 2
}

func pick(one bool) int {
	if one {
		return 0
	}
	return 1
}
