package arabic

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A token is what the slow twin cuts: folded text, its class, and what stood
// before it.
type token struct {
	text  string
	class class
	gap   string
}

// slowWords is the simple twin of Words, without places: one pass over the
// whole text for each rule.
func slowWords(s string) []string {
	var words []string
	tokens := slowLetters(slowTokens(slowFold(s)))
	for len(tokens) > 0 {
		n := 1
		for n < len(tokens) && tokens[0].class == digit && tokens[n].class == digit && strings.ContainsAny(tokens[n].gap, ".,،٫٬") && len([]rune(tokens[n].gap)) == 1 {
			n++
		}
		words = append(words, slowNumber(tokens[:n])...)
		tokens = tokens[n:]
	}
	return words
}

var (
	slowEntity = regexp.MustCompile(`&(?:amp;)*([0-9A-Za-z#]{1,31};)`)
	slowAlone  = regexp.MustCompile(`[\x{FC5E}-\x{FC63}\x{FE70}-\x{FE7F}]`)
	slowNo     = regexp.MustCompile(`\p{No}`)
	slowDash   = regexp.MustCompile(`(\d[\p{M}\p{Cf}\x{0674}\x{06D6}-\x{06ED}]*)\x{0640}`)
)

// slowFold decodes entities and folds, and keeps all that separates.
func slowFold(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = slowEntity.ReplaceAllStringFunc(s, func(e string) string {
		name := "&" + slowEntity.FindStringSubmatch(e)[1]
		if text := html.UnescapeString(name); text == ";" || !strings.HasSuffix(text, ";") {
			return text
		}
		return "&" + name[1:]
	})
	s = slowAlone.ReplaceAllString(s, "\u064E")
	s = slowNo.ReplaceAllString(s, " $0")
	s = norm.NFKD.String(s)
	s = strings.Map(func(r rune) rune {
		r = unicode.ToLower(r)
		switch {
		case r >= '٠' && r <= '٩':
			return r - '٠' + '0'
		case r >= '۰' && r <= '۹':
			return r - '۰' + '0'
		case unicode.Is(unicode.Cc, r) && !unicode.IsSpace(r):
			return -1
		}
		return r
	}, s)
	s = slowDash.ReplaceAllString(s, "$1 ")
	s = strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.M, unicode.Cf) || r == tatweel || r == 'ٴ' || r >= 0x06D6 && r <= 0x06ED {
			return -1
		}
		return r
	}, s)
	return strings.NewReplacer("ٱ", "ا", "ٲ", "ا", "ٳ", "ا", "ى", "ي", "ی", "ي", "ے", "ي", "ې", "ي", "ۍ", "ي",
		"ة", "ه", "ہ", "ه", "ھ", "ه", "ە", "ه", "ۃ", "ه", "ک", "ك", "ڪ", "ك", "ڤ", "ف", "ڨ", "ق").Replace(s)
}

func slowClass(r rune) class {
	switch {
	case r >= '0' && r <= '9':
		return digit
	case unicode.IsLetter(r) && unicode.Is(unicode.Arabic, r):
		return letter
	case unicode.IsLetter(r), unicode.IsNumber(r):
		return foreign
	}
	return space
}

func slowTokens(s string) []token {
	var tokens []token
	gap, last := " ", space
	for _, r := range s {
		switch c := slowClass(r); {
		case c == space:
			gap, last = gap+string(r), space
		case c == last:
			tokens[len(tokens)-1].text += string(r)
		default:
			tokens = append(tokens, token{string(r), c, gap})
			gap, last = "", c
		}
	}
	return tokens
}

// slowLetters joins single letters: first those with points between, then
// three or more in a row.
func slowLetters(tokens []token) []token {
	single := make([]bool, len(tokens))
	for i, t := range tokens {
		single[i] = t.class != digit && len([]rune(t.text)) == 1 && strings.IndexFunc(t.text, unicode.IsLetter) == 0 && t.text != "و" &&
			!(strings.Contains("مهص", t.text) && i > 0 && tokens[i-1].class == digit)
	}
	join := func(least int, with func(gap string) bool) {
		var out []token
		var still []bool
		for i := 0; i < len(tokens); {
			n := 1
			text := tokens[i].text
			for single[i] && i+n < len(tokens) && single[i+n] && tokens[i+n].class == tokens[i].class && with(tokens[i+n].gap) {
				text += tokens[i+n].text
				n++
			}
			if n >= least {
				out = append(out, token{text, tokens[i].class, tokens[i].gap})
				still = append(still, false)
			} else {
				out = append(out, tokens[i:i+n]...)
				still = append(still, single[i:i+n]...)
			}
			i += n
		}
		tokens, single = out, still
	}
	join(2, func(gap string) bool { return gap == "." })
	join(3, func(string) bool { return true })
	return tokens
}

var (
	slowThousands = regexp.MustCompile(`^[1-9]\d{0,2}(([,،]\d{3})+|(٬\d{3})+|(\.\d{3}){2,}|\.000)$`)
	slowDecimals  = regexp.MustCompile(`^(\d+[.٫]\d+|\d+[,،]\d{1,2}|0\d*[,،]\d+|[1-9]\d{0,2}(([,،]\d{3})+[.٫]|(٬\d{3})+[.,،٫]|(\.\d{3})+[,،٫])\d+)$`)
	slowPoint     = regexp.MustCompile(`[.,،٫٬](\d+)$`)
	slowComma     = regexp.MustCompile(`[.,،٫٬]`)
)

func slowNumber(groups []token) []string {
	var all string
	var each []string
	for i, g := range groups {
		if i > 0 {
			all += g.gap
		}
		all += g.text
		each = append(each, g.text)
	}
	switch {
	case len(groups) == 1:
		return each
	case slowThousands.MatchString(all):
		return []string{slowComma.ReplaceAllString(all, "")}
	case slowDecimals.MatchString(all):
		decimals := slowPoint.FindStringSubmatch(all)[1]
		return []string{slowComma.ReplaceAllString(slowPoint.ReplaceAllString(all, ""), "") + "." + decimals}
	}
	return each
}

func texts(s string) []string {
	var words []string
	for w := range Words(s) {
		words = append(words, w.Text)
	}
	return words
}

// checkTwin compares Words with its twin.
func checkTwin(t testing.TB, name, s string) {
	t.Helper()
	got, want := texts(s), slowWords(s)
	if !slices.Equal(got, want) {
		i := differ(got, want)
		t.Errorf("%s: Words differ from the slow twin at word %d: %q, want %q", name, i, got[i:min(i+3, len(got))], want[i:min(i+3, len(want))])
	}
}
