package report

import (
	"bytes"
	"encoding/json"
	"io"

	"qissa"
	"qissa/article"
)

// runFileJSON is run.json.
type runFileJSON struct {
	Schema   int                `json:"schema"`                // version of the format; fields are only ever added within one
	Version  string             `json:"version"`               // of qissa
	Settings settingsJSON       `json:"settings"`              // all options that change the results, by the names of their flags
	Inputs   []Input            `json:"inputs"`                // the files that were read, in order
	Zone     string             `json:"zone,omitempty"`        // in which the page shows times: a name of the tz database, or an offset as in UTC+03:00; absent in runs of older versions
	Counts   countsJSON         `json:"counts"`                // what was found
	Warnings []string           `json:"warnings"`              // as printed, in English, for reading
	Messages []*article.Message `json:"messages,omitempty"`    // the warnings in the same order, each as a code and what fills its sentence; absent in runs of older versions
	Timings  []Timing           `json:"timings,omitempty"`     // how long each stage took; absent without --timings
	Peak     int64              `json:"peak_memory,omitempty"` // bytes of memory that the run took at most, mapped files included; absent without --timings
	Files    []File             `json:"files,omitempty"`       // that the run wrote, but for this one; absent in folders of versions before
}

// countsJSON adds what the reader counted to what the engine counted. Its share
// hides the unrounded one.
type countsJSON struct {
	qissa.Counts
	RepeatedText share `json:"repeated_text"` // share of all words that repeat an earlier article of the story, 0 to 1
	Skipped      int   `json:"skipped"`       // records that could not be read
}

// settingsJSON is an object that keeps the order of its settings.
type settingsJSON []Setting

// MarshalJSON writes the settings as one object.
func (s settingsJSON) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, x := range s {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(x.Name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(x.Value)
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// RunJSON writes the description of a run as one indented object.
func RunJSON(w io.Writer, run Run) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	said, coded := []string{}, []*article.Message(nil)
	for _, m := range run.Warnings {
		said = append(said, m.Text)
		if m.Code != "" {
			coded = append(coded, m)
		}
	}
	if len(coded) < len(said) {
		coded = nil
	}
	return enc.Encode(runFileJSON{
		schema, run.Version, settingsJSON(run.Settings), list(run.Inputs), run.Zone,
		countsJSON{run.Counts, share(run.Counts.RepeatedText), run.Skipped}, said, coded, run.Timings, run.Peak, run.Files,
	})
}
