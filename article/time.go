package article

import (
	"time"
)

// ParseTime stub.
func ParseTime(s string, now time.Time, zone *time.Location) (time.Time, Precision) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t, Exact
	}
	return time.Time{}, None
}

func times(written, raw string, now time.Time, zone *time.Location) (string, time.Time, Precision) {
	if raw == "" {
		raw = written
	}
	t, p := ParseTime(written, now, zone)
	return raw, t, p
}
