package corpus

import "slices"

// A Kind tells words apart that mean something by themselves. Numbers are those from
// [Number] on.
type Kind uint8

// The kinds of words.
const (
	Other Kind = iota
	Weekday
	Number
	Amount // a number that two texts hardly share by chance: of three digits or more, and no year
)

// weekdays are the days of the week as words are folded.
var weekdays = []string{"الاحد", "الاثنين", "الثلاثاء", "الاربعاء", "الخميس", "الجمعه", "السبت"}

func kindOf(word string) Kind {
	if word[0] < '0' || word[0] > '9' {
		if slices.Contains(weekdays, word) {
			return Weekday
		}
		return Other
	}
	year := len(word) == 4 && (word[:2] == "19" || word[:2] == "20" || word[:2] == "14")
	if len(word) < 3 || year {
		return Number
	}
	return Amount
}
