package arabic

import (
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// noises change how a text is written and not what it says. Each gets a letter
// or digit and its right neighbour, and returns what to write for it.
var noises = []struct {
	name  string
	write func(r, next rune, rnd *rand.Rand) string
}{
	{"vowel marks", func(r, _ rune, rnd *rand.Rand) string {
		if slowClass(r) != letter {
			return string(r)
		}
		return string(r) + pick(rnd, "", "\u064E", "\u064F", "\u0650", "\u0651\u064E", "\u0652", "\u064B", "\u0670", "\u06D6")
	}},
	{"tatweel", func(r, next rune, rnd *rand.Rand) string {
		if slowClass(r) != letter || slowClass(next) != letter {
			return string(r)
		}
		return string(r) + pick(rnd, "", "ـ", "ــــ")
	}},
	{"marks inside words", func(r, _ rune, rnd *rand.Rand) string {
		return string(r) + pick(rnd, "", "", "\u200F", "\u202E\u202C", "\u200B", "\u00AD", "\uFEFF", "\x02")
	}},
	{"digit script", func(r, _ rune, rnd *rand.Rand) string {
		if r >= '0' && r <= '9' {
			return string(pick(rnd, '0', '٠', '۰', '０') + r - '0')
		}
		return string(r)
	}},
	{"hamza and final letters", func(r, _ rune, rnd *rand.Rand) string {
		for _, same := range []string{"اأإآٱ", "وؤ", "يئىی", "ةهہھ", "كک"} {
			if strings.ContainsRune(same, r) {
				return string(pick(rnd, []rune(same)...))
			}
		}
		return string(r)
	}},
	{"presentation forms", func(r, _ rune, rnd *rand.Rand) string {
		for _, same := range []string{"اﺍﺎ", "بﺏﺐﺑﺒ", "لﻝﻞﻟﻠ", "مﻡﻢﻣﻤ", "هﻩﻪﻫﻬ", "يﻱﻲﻳﻴﯾ", "ةﺓﺔ", "أﺃﺄ", "ىﻯﻰ"} {
			if strings.ContainsRune(same, r) {
				return string(pick(rnd, []rune(same)...))
			}
		}
		return string(r)
	}},
	{"case and width", func(r, _ rune, rnd *rand.Rand) string {
		if r >= 'a' && r <= 'z' {
			return string(pick(rnd, r, unicode.ToUpper(r), 'ａ'+r-'a'))
		}
		return string(r)
	}},
}

func pick[T any](rnd *rand.Rand, from ...T) T { return from[rnd.IntN(len(from))] }

// noisy writes s with a noise. HTML entities stay as they are.
func noisy(s string, write func(r, next rune, rnd *rand.Rand) string, rnd *rand.Rand) string {
	var b strings.Builder
	for {
		entity := slowEntity.FindStringIndex(s)
		if entity == nil {
			entity = []int{len(s), len(s)}
		}
		text := []rune(s[:entity[0]])
		for i, r := range text {
			next := ' '
			if i+1 < len(text) {
				next = text[i+1]
			}
			if slowClass(r) == space && !(r >= '٠' && r <= '٩') {
				b.WriteRune(r)
			} else {
				b.WriteString(write(r, next, rnd))
			}
		}
		b.WriteString(s[entity[0]:entity[1]])
		if s = s[entity[1]:]; s == "" {
			return b.String()
		}
	}
}

// checkNoise tests that a noise, one of noises by number, and all together
// leave the terms of s.
func checkNoise(t *testing.T, name, s string, number int, rnd *rand.Rand) {
	t.Helper()
	want := slices.Collect(Terms(s))
	check := func(noise, text string) {
		if got := slices.Collect(Terms(text)); !slices.Equal(got, want) {
			i := differ(got, want)
			t.Errorf("%s: %s change term %d from %q to %q", name, noise, i, want[i:min(i+2, len(want))], got[i:min(i+2, len(got))])
		}
	}
	one := noises[number%len(noises)]
	check(one.name, noisy(s, one.write, rnd))
	all := s
	for _, n := range noises {
		all = noisy(all, n.write, rnd)
	}
	check("all noises", all)
}

// differ returns the first index where a and b differ.
func differ(a, b []string) int {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	return i
}

func TestNoiseLeavesTerms(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for _, s := range ownTexts(t) {
		for i := range 10 * len(noises) {
			checkNoise(t, "own text", s, i, rnd)
		}
	}
}

func TestNoiseLeavesTermsOfStories(t *testing.T) {
	for _, name := range sharedFiles(t, "stories/*.jsonl") {
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			rnd := rand.New(rand.NewPCG(3, 4))
			n := 0
			for r := range records(t, name, 1) {
				checkNoise(t, r.ID, r.text(), n, rnd)
				n++
			}
			t.Logf("%d articles", n)
		})
	}
}
