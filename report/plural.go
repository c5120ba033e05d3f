package report

// pluralArabic returns the plural category of n, at least 0, in Arabic, as
// Unicode CLDR names it. The other five need their own forms: «لا مواد»
// (zero), «مادة واحدة» (one), «مادتان» (two), «3 مواد» (few), «11 مادة»
// (many), «100 مادة» (other).
func pluralArabic(n int) string {
	switch rest := n % 100; {
	case n == 0:
		return "zero"
	case n == 1:
		return "one"
	case n == 2:
		return "two"
	case rest >= 3 && rest <= 10:
		return "few"
	case rest >= 11:
		return "many"
	}
	return "other"
}

// pluralEnglish returns the plural category of n in English.
func pluralEnglish(n int) string {
	if n == 1 {
		return "one"
	}
	return "other"
}
