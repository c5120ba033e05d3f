package report

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// Settings are all that changes the files of a run.
type Settings struct {
	Format, Encoding       string            // of the input
	Map                    map[string]string // names of fields
	Now, Zone, Outlet      string
	Latest                 string
	KeepVersions, Strict   bool
	Corrections            string // a file
	Window                 time.Duration
	Copy, Story, Storyline float64
	Model                  string // a file
	Lang, EmbedText        string
	Parquet                bool
}

// List returns the settings by the names of their flags, in the order of run.json.
func (s Settings) List() []Setting {
	return []Setting{
		{"input-format", s.Format},
		{"encoding", s.Encoding},
		{"map", mapText(s.Map)},
		{"now", s.Now},
		{"tz", s.Zone},
		{"outlet", s.Outlet},
		{"latest", s.Latest},
		{"keep-versions", s.KeepVersions},
		{"strict", s.Strict},
		{"corrections", s.Corrections},
		{"window", Span(s.Window)},
		{"dup", s.Copy},
		{"story", s.Story},
		{"storyline", s.Storyline},
		{"model", s.Model},
		{"lang", s.Lang},
		{"embed-text", s.EmbedText},
		{"parquet", s.Parquet},
	}
}

// SetLatest sets the day after which dates are unknown, so that a later run takes them for
// unknown too.
func (r *Run) SetLatest(latest time.Time) {
	for i := range r.Settings {
		if r.Settings[i].Name == "latest" {
			r.Settings[i].Value = latest.Format(time.DateOnly)
		}
	}
}

// mapText writes the names of fields as the flag takes them.
func mapText(fields map[string]string) string {
	var parts []string
	for _, ours := range slices.Sorted(maps.Keys(fields)) {
		parts = append(parts, ours+"="+fields[ours])
	}
	return strings.Join(parts, ",")
}

// Span writes a length of time as flags take it: 72h, 90m.
func Span(d time.Duration) string {
	text := d.String()
	for _, zero := range []string{"0s", "0m"} {
		if short := strings.TrimSuffix(text, zero); strings.HasSuffix(short, "m") || strings.HasSuffix(short, "h") {
			text = short
		}
	}
	return text
}
