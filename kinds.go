package qissa

import "slices"

// The kinds of words that are told apart. Numbers are those from number on.
const (
	other = iota
	weekday
	number
	amount // a number that two texts hardly share by chance: of three digits or more, and no year
)

// weekdays are the days of the week as words are folded.
var weekdays = []string{"الاحد", "الاثنين", "الثلاثاء", "الاربعاء", "الخميس", "الجمعه", "السبت"}

func kindOf(word string) uint8 {
	if word[0] < '0' || word[0] > '9' {
		if slices.Contains(weekdays, word) {
			return weekday
		}
		return other
	}
	year := len(word) == 4 && (word[:2] == "19" || word[:2] == "20" || word[:2] == "14")
	if len(word) < 3 || year {
		return number
	}
	return amount
}

func (t *texts) isNumber(word uint32) bool { return t.kind[word] >= number }
