package report

import (
	"bufio"
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

// The comments of the fields below are the descriptions of doc/schema.

// storyJSON is a line of stories.jsonl.
type storyJSON struct {
	Schema         int             `json:"schema"`         // version of the format; fields are only ever added within one
	ID             string          `json:"id"`             // the story: "s_" and 12 hex digits, from the content of its first article
	Storyline      *storylineJSON  `json:"storyline"`      // the wider affair that it is part of; null in runs from before there were any
	Size           int             `json:"size"`           // number of articles, from 1
	Title          text            `json:"title"`          // headline of the representative; null if it has none
	Representative string          `json:"representative"` // id of the article that stands for the story
	Reason         qissa.Reason    `json:"reason"`         // why that one: it is the only article, or the one most similar to the others
	First          *firstJSON      `json:"first"`          // the article that was first; null if the data cannot say
	FirstReason    text            `json:"first_reason"`   // why first is null: "undated", "crawl_clock" or "same_time"; else null
	FirstTime      text            `json:"first_time"`     // the earliest time of its articles, RFC 3339, whatever it is worth; null if no time is known
	LastTime       text            `json:"last_time"`      // time of the latest article, RFC 3339; null if no time is known
	Sources        []string        `json:"sources"`        // outlets, each once, in the order of their first articles; unknown ones left out
	KeyPhrases     []string        `json:"key_phrases"`    // at most 5 phrases as written in the text, best first
	Cohesion       share           `json:"cohesion"`       // mean similarity of all pairs of articles, 0 to 1; 1 for a single article
	WeakestLink    share           `json:"weakest_link"`   // least mean similarity of an article to the others, 0 to 1; 1 for a single article
	Trust          share           `json:"trust"`          // probability that all its articles report one happening, 0 to 1
	Bridge         text            `json:"bridge"`         // id of the article that alone holds the story together; null if none does
	Review         []qissa.Review  `json:"review"`         // why a reader should look at it; empty if nothing
	RepeatedText   share           `json:"repeated_text"`  // share of the words that repeat an earlier article of the story, 0 to 1
	Articles       []memberJSON    `json:"articles"`       // by time, undated ones last
	Neighbours     []neighbourJSON `json:"neighbours"`     // stories that are near but apart, nearest first
	OriginCount    int             `json:"origin_count"`   // independent texts that the story goes back to
	Origins        []originsJSON   `json:"origins"`        // these, those with most articles first
	Figures        []figureJSON    `json:"figures"`        // what its articles do not all say, at most 16
}

// storylineJSON tells which storyline a story is part of.
type storylineJSON struct {
	ID      string `json:"id"`      // the storyline: "l_" and 12 hex digits, from the content of its first article
	Title   text   `json:"title"`   // headline of the representative of its largest story; null if it has none
	Size    int    `json:"size"`    // number of articles in all its stories
	Stories int    `json:"stories"` // number of its stories
}

type firstJSON struct {
	Article   string            `json:"article"`   // its id
	Source    text              `json:"source"`    // its outlet; null if unknown
	Time      text              `json:"time"`      // RFC 3339, in the zone it was given in; null if unknown
	Precision article.Precision `json:"precision"` // how exactly the time is known
}

type memberJSON struct {
	ID        string            `json:"id"`                   // as given, else 12 hex digits from the content; unique in a run
	Title     text              `json:"title"`                // headline; null if it has none
	Source    text              `json:"source"`               // outlet; null if unknown
	SourceRaw string            `json:"source_raw,omitempty"` // outlet as the record names it, where source is another name for it; left out where it is not
	URL       text              `json:"url"`                  // address; null if unknown
	Time      text              `json:"time"`                 // RFC 3339, in the zone it was given in; null if unknown
	TimeRaw   text              `json:"time_raw"`             // the date as written; null if none was
	Precision article.Precision `json:"precision"`            // how exactly the time is known: to the second or minute, the day, told from the time of capture, or not
	Relation  qissa.Relation    `json:"relation"`             // how much of it repeats an earlier article of the story
	Copied    share             `json:"copied"`               // greatest share of its words that stand in one earlier article, 0 to 1
	CopyOf    text              `json:"copy_of"`              // id of that article; null if it shares nothing with one
	Order     text              `json:"copy_order"`           // how it is known that copy_of came before: "time", "credit" or "unknown"; null without copy_of
	GoesBack  string            `json:"origin_article"`       // id of the article that stands for the text it goes back to
	Agency    text              `json:"origin_agency"`        // the agency whose text that is; null if none is known
	Credit    []string          `json:"credit"`               // news agencies that it names as its source
	Words     int               `json:"words"`                // words of title and text
	Origin    originJSON        `json:"origin"`               // where the record stands in the input
	AlsoIn    []otherJSON       `json:"also_in,omitempty"`    // records of the same address with the same words; absent with --keep-versions
	Versions  []otherJSON       `json:"versions,omitempty"`   // records of the same address with other words, in order of time; absent likewise
}

type originJSON struct {
	File text `json:"file"`           // as it was named, or the path inside a folder or archive
	Line int  `json:"line,omitempty"` // first line of the record, from 1; absent where lines mean nothing
	Item int  `json:"item,omitempty"` // number of the record in its file, from 1
}

type neighbourJSON struct {
	ID     string `json:"id"`         // of the other story
	Sim    share  `json:"similarity"` // greatest similarity of an article here and one there, 0 to 1
	Shared share  `json:"shared"`     // share of words that the nearest two have in common, the greater of both directions, 0 to 1
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
	rec.FirstReason = text(s.FirstReason)
	if s.Earliest >= 0 {
		rec.FirstTime = text(timeText(r.Articles[s.Earliest]))
	}
	if s.Bridge >= 0 {
		rec.Bridge = text(r.Articles[s.Bridge].ID)
	}
	if s.Last >= 0 {
		rec.LastTime = text(timeText(r.Articles[s.Last]))
	}
	for _, m := range s.Members {
		rec.Articles = append(rec.Articles, memberRecord(r, s, m))
	}
	rec.addOrigins(r, s)
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

func memberRecord(r *qissa.Result, s qissa.Story, m qissa.Member) memberJSON {
	a := r.Articles[m.Article]
	rec := memberJSON{
		ID: a.ID, Title: text(a.Title), Source: text(a.Source), SourceRaw: a.SourceRaw, URL: text(a.URL),
		Time: text(timeText(a)), TimeRaw: text(a.TimeRaw), Precision: a.Precision,
		Relation: m.Relation, Copied: share(m.Copied), Credit: list(m.Credit), Words: r.Words[m.Article],
		Origin: originJSON{text(a.Origin.File), a.Origin.Line, a.Origin.Item},
	}
	if a.Others != nil {
		rec.AlsoIn, rec.Versions = recordsJSON(a.Others.AlsoIn), recordsJSON(a.Others.Versions)
	}
	if m.CopyOf >= 0 {
		rec.CopyOf, rec.Order = text(r.Articles[m.CopyOf].ID), text(m.Order)
	}
	if m.Origin < len(s.Origins) {
		o := s.Origins[m.Origin]
		rec.GoesBack, rec.Agency = r.Articles[o.Article].ID, text(o.Agency)
	}
	return rec
}

// pairJSON is a line of pairs.jsonl.
type pairJSON struct {
	A        string         `json:"a"`                      // id of the article that comes first, by time
	B        string         `json:"b"`                      // id of the other
	Cosine   share          `json:"cosine"`                 // mix of the TF-IDF cosines of title, opening and whole text, 0 to 1
	Same     share          `json:"same"`                   // similarity that decides the grouping, 0 to 1
	AInB     share          `json:"a_in_b"`                 // share of the words of a that stand in b in runs of four or more, 0 to 1
	BInA     share          `json:"b_in_a"`                 // likewise of the words of b in a
	Runs     []runJSON      `json:"runs"`                   // the passages that stand in both, by place in a
	OnlyA    []factJSON     `json:"only_a"`                 // numbers and dates of a that b does not have, at most 20, by place; empty unless merged
	OnlyB    []factJSON     `json:"only_b"`                 // likewise of b
	Borrowed int            `json:"borrowed,omitempty"`     // words of the longest passage of 30 or more that stands in both, boilerplate not counted; absent if there is none
	Order    qissa.Order    `json:"borrow_order,omitempty"` // how it is known that b has that passage of a: "time", or "unknown" if it is not; absent without one
	Decision qissa.Decision `json:"decision"`               // whether the two are of one story
	Why      qissa.Why      `json:"why"`                    // what decided: one is a copy of the other, their groups are near on average or are not, a correction says so, their similarity is below the threshold, one stands inside the other
}

// factJSON is a number or date that stands in one of the two only.
type factJSON struct {
	Kind qissa.FactKind `json:"kind"` // a date, or any other number
	Text string         `json:"text"` // as written
	At   qissa.Span     `json:"at"`   // where: from and to (exclusive), in code points of the title, one line break, and the body
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
	A     qissa.Span `json:"a"`     // where in a: from and to (exclusive), in code points of the title, one line break, and the body
	B     qissa.Span `json:"b"`     // likewise in b
	Words int        `json:"words"` // its length in words, from 4
	Stock bool       `json:"stock"` // whether it is a stock phrase of fewer than 6 words, no evidence of copying
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
		share(p.AInB), share(p.BInA), runs, factRecords(p.OnlyA), factRecords(p.OnlyB), p.Borrowed, p.BorrowOrder, p.Decision, p.Why,
	}
}

// skippedJSON is a line of skipped.jsonl.
type skippedJSON struct {
	File    string `json:"file"`    // where it stands
	Line    *int   `json:"line"`    // first line of the record, from 1; null if unknown
	Code    string `json:"code"`    // the reason in one word, such as "json", "csv", "encoding", "empty", "truncated"; "no_terms" for an article that was kept and could not be compared
	Reason  text   `json:"reason"`  // the reason in English, for reading; null if there is no more to say
	Excerpt text   `json:"excerpt"` // the start of the record, at most 200 code points; null if nothing can be shown

	Message *article.Message `json:"message,omitempty"` // the reason as a code and what fills its sentence; absent in runs of older versions
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
			if m, ok := e.Err.(*article.Message); ok && m.Code != "" {
				rec.Message = m
			}
			if err := enc.Encode(rec); err != nil {
				return err
			}
		}
		return nil
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
