package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"math"
	"strconv"

	"qissa"
	"qissa/article"
)

// schema is the version of all JSON that this package writes. Fields are only
// ever added within one version.
const schema = 1

// A share is a number from 0 to 1, written with three digits.
type share float64

// MarshalJSON writes the share; one that is no number becomes null.
func (s share) MarshalJSON() ([]byte, error) { return s.append(nil), nil }

func (s share) append(to []byte) []byte {
	f := float64(s)
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return append(to, "null"...)
	}
	return strconv.AppendFloat(to, math.Round(f*1000)/1000, 'f', -1, 64)
}

// A text is a string that is null in JSON when it is empty, hence unknown.
type text string

// MarshalJSON writes the text or null.
func (t text) MarshalJSON() ([]byte, error) {
	if t == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(t))
}

type storyJSON struct {
	Schema         int             `json:"schema"`
	ID             string          `json:"id"`
	Storyline      *storylineJSON  `json:"storyline"`
	Size           int             `json:"size"`
	Title          text            `json:"title"`
	Representative string          `json:"representative"`
	Reason         qissa.Reason    `json:"reason"`
	First          *firstJSON      `json:"first"`
	LastTime       text            `json:"last_time"`
	Sources        []string        `json:"sources"`
	KeyPhrases     []string        `json:"key_phrases"`
	Cohesion       share           `json:"cohesion"`
	WeakestLink    share           `json:"weakest_link"`
	Trust          share           `json:"trust"`
	Bridge         text            `json:"bridge"`
	Review         []qissa.Review  `json:"review"`
	RepeatedText   share           `json:"repeated_text"`
	Articles       []memberJSON    `json:"articles"`
	Neighbours     []neighbourJSON `json:"neighbours"`
}

// storylineJSON tells which storyline a story is part of.
type storylineJSON struct {
	ID      string `json:"id"`
	Title   text   `json:"title"`
	Size    int    `json:"size"`    // articles
	Stories int    `json:"stories"` // stories
}

type firstJSON struct {
	Article   string            `json:"article"`
	Source    text              `json:"source"`
	Time      text              `json:"time"`
	Precision article.Precision `json:"precision"`
}

type memberJSON struct {
	ID        string            `json:"id"`
	Title     text              `json:"title"`
	Source    text              `json:"source"`
	URL       text              `json:"url"`
	Time      text              `json:"time"`
	TimeRaw   text              `json:"time_raw"`
	Precision article.Precision `json:"precision"`
	Relation  qissa.Relation    `json:"relation"`
	Copied    share             `json:"copied"`
	CopyOf    text              `json:"copy_of"`
	Credit    []string          `json:"credit"`
	Words     int               `json:"words"`
	Origin    originJSON        `json:"origin"`
}

type originJSON struct {
	File text `json:"file"`
	Line int  `json:"line,omitempty"`
	Item int  `json:"item,omitempty"`
}

type neighbourJSON struct {
	ID     string `json:"id"`
	Sim    share  `json:"similarity"`
	Shared share  `json:"shared"`
}

// StoriesJSONL writes one story per line, in the order of the result.
func StoriesJSONL(w io.Writer, r *qissa.Result) error {
	return writeLines(w, len(r.Stories), func(j *jsonText, n int) { storyRecord(r, r.Stories[n]).append(j) })
}

func storyRecord(r *qissa.Result, s qissa.Story) storyJSON {
	rep := r.Articles[s.Representative]
	rec := storyJSON{
		Schema: schema, ID: s.ID, Size: len(s.Members),
		Title: text(rep.Title), Representative: rep.ID, Reason: s.Reason,
		Sources: list(s.Sources), KeyPhrases: list(s.KeyPhrases), Review: list(s.Review),
		Cohesion: share(s.Cohesion), WeakestLink: share(s.WeakestLink), Trust: share(s.Trust), RepeatedText: share(s.RepeatedText),
		Articles: make([]memberJSON, 0, len(s.Members)), Neighbours: make([]neighbourJSON, 0, len(s.Neighbours)),
	}
	rec.Storyline = storylineRecord(r, s)
	if s.First >= 0 {
		a := r.Articles[s.First]
		rec.First = &firstJSON{a.ID, text(a.Source), text(timeText(a)), a.Precision}
	}
	if s.Bridge >= 0 {
		rec.Bridge = text(r.Articles[s.Bridge].ID)
	}
	if s.Last >= 0 {
		rec.LastTime = text(timeText(r.Articles[s.Last]))
	}
	for _, m := range s.Members {
		rec.Articles = append(rec.Articles, memberRecord(r, m))
	}
	for _, n := range s.Neighbours {
		rec.Neighbours = append(rec.Neighbours, neighbourJSON{r.Stories[n.Story].ID, share(n.Sim), share(n.Shared)})
	}
	return rec
}

// storylineRecord is nil where storylines are not known.
func storylineRecord(r *qissa.Result, s qissa.Story) *storylineJSON {
	if s.Storyline >= len(r.Storylines) {
		return nil
	}
	l := r.Storylines[s.Storyline]
	return &storylineJSON{l.ID, text(r.Articles[l.Title].Title), l.Articles, len(l.Stories)}
}

func memberRecord(r *qissa.Result, m qissa.Member) memberJSON {
	a := r.Articles[m.Article]
	rec := memberJSON{
		ID: a.ID, Title: text(a.Title), Source: text(a.Source), URL: text(a.URL),
		Time: text(timeText(a)), TimeRaw: text(a.TimeRaw), Precision: a.Precision,
		Relation: m.Relation, Copied: share(m.Copied), Credit: list(m.Credit), Words: r.Words[m.Article],
		Origin: originJSON{text(a.Origin.File), a.Origin.Line, a.Origin.Item},
	}
	if m.CopyOf >= 0 {
		rec.CopyOf = text(r.Articles[m.CopyOf].ID)
	}
	return rec
}

type pairJSON struct {
	A        string         `json:"a"`
	B        string         `json:"b"`
	Cosine   share          `json:"cosine"`
	Same     share          `json:"same"`
	AInB     share          `json:"a_in_b"`
	BInA     share          `json:"b_in_a"`
	Runs     []runJSON      `json:"runs"`
	OnlyA    []factJSON     `json:"only_a"`
	OnlyB    []factJSON     `json:"only_b"`
	Decision qissa.Decision `json:"decision"`
	Why      qissa.Why      `json:"why"`
}

// factJSON is a number or date that stands in one of the two only.
type factJSON struct {
	Kind qissa.FactKind `json:"kind"`
	Text string         `json:"text"`
	At   qissa.Span     `json:"at"`
}

func factRecords(facts []qissa.Fact) []factJSON {
	records := make([]factJSON, len(facts))
	for i, f := range facts {
		records[i] = factJSON(f)
	}
	return records
}

// runJSON places a shared passage in code points of the stored text: the
// title, one line break, and the body.
type runJSON struct {
	A     qissa.Span `json:"a"`
	B     qissa.Span `json:"b"`
	Words int        `json:"words"`
	Stock bool       `json:"stock"`
}

// PairsJSONL writes the evidence on pairs of articles, one pair per line, in
// the order of the result. Places are half-open ranges of Unicode code points
// of the title, one line break, and the body.
func PairsJSONL(w io.Writer, r *qissa.Result) error {
	return writeLines(w, len(r.Pairs), func(j *jsonText, n int) { pairRecord(r, r.Pairs[n]).append(j) })
}

func pairRecord(r *qissa.Result, p qissa.Pair) pairJSON {
	runs := make([]runJSON, len(p.Passages))
	for i, run := range p.Passages {
		runs[i] = runJSON(run)
	}
	return pairJSON{
		r.Articles[p.A].ID, r.Articles[p.B].ID, share(p.Cosine), share(p.Same),
		share(p.AInB), share(p.BInA), runs, factRecords(p.OnlyA), factRecords(p.OnlyB), p.Decision, p.Why,
	}
}

type skippedJSON struct {
	File    string `json:"file"`
	Line    *int   `json:"line"`
	Code    string `json:"code"`
	Reason  text   `json:"reason"`
	Excerpt text   `json:"excerpt"`
}

// SkippedJSONL writes the records that could not be read, one per line, in the
// given order.
func SkippedJSONL(w io.Writer, skipped []*article.RecordError) error {
	return lines(w, func(enc *json.Encoder) error {
		for _, e := range skipped {
			rec := skippedJSON{File: e.File, Code: e.Code, Excerpt: text(e.Excerpt)}
			if e.Line > 0 {
				rec.Line = &e.Line
			}
			if e.Err != nil {
				rec.Reason = text(e.Err.Error())
			}
			if err := enc.Encode(rec); err != nil {
				return err
			}
		}
		return nil
	})
}

type runFileJSON struct {
	Schema   int          `json:"schema"`
	Version  string       `json:"version"`
	Settings settingsJSON `json:"settings"`
	Inputs   []Input      `json:"inputs"`
	Counts   countsJSON   `json:"counts"`
	Warnings []string     `json:"warnings"`
	Timings  []Timing     `json:"timings,omitempty"`
	Peak     int64        `json:"peak_memory,omitempty"`
}

// countsJSON adds what the reader counted to what the engine counted.
type countsJSON struct {
	qissa.Counts
	RepeatedText share `json:"repeated_text"` // hides the unrounded one
	Skipped      int   `json:"skipped"`
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
	return enc.Encode(runFileJSON{
		schema, run.Version, settingsJSON(run.Settings), list(run.Inputs),
		countsJSON{run.Counts, share(run.Counts.RepeatedText), run.Skipped}, list(run.Warnings), run.Timings, run.Peak,
	})
}

// lines runs write with an encoder whose values stand on one line each.
func lines(w io.Writer, write func(*json.Encoder) error) error {
	b := bufio.NewWriter(w)
	if err := write(json.NewEncoder(b)); err != nil {
		return err
	}
	return b.Flush()
}

// list makes an empty slice of a nil one, which JSON would call null.
func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
