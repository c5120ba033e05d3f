package report

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/valyala/fastjson"
)

// A Change is what happened to a story of an archive in one batch.
type Change struct {
	Event        int64     // its number, ascending
	Batch        int64     // that brought it
	At           time.Time // when that was
	Kind         ChangeKind
	Cause        ChangeCause
	Story        string   // id
	Title        string   // of the story, after the batch
	Size         int      // its articles, after the batch; of a story that is no more, those of the one that has them
	Added        []string // ids of articles that came into it
	Removed      []string // that are in it no more
	Updated      []string // whose text or date is another
	OutletsAdded []string // outlets that it had no article of
	Into         string   // merged: the story that has most of its articles
	From         string   // split: the story that most of its articles were in
	TitleBefore  string   // title: what it was
}

// ChangeKind tells what happened.
type ChangeKind string

// The kinds of changes.
const (
	ChangeNew      ChangeKind = "new"      // a story that was not there
	ChangeGrew     ChangeKind = "grew"     // articles came
	ChangeShrank   ChangeKind = "shrank"   // articles left
	ChangeMerged   ChangeKind = "merged"   // it is a part of another one
	ChangeSplit    ChangeKind = "split"    // it was a part of another one
	ChangeTitle    ChangeKind = "title"    // another article stands for it
	ChangeUpdated  ChangeKind = "updated"  // the text of articles changed
	ChangeClosed   ChangeKind = "closed"   // nothing that comes in time can change it any more
	ChangeReopened ChangeKind = "reopened" // it can change after all
	ChangeGone     ChangeKind = "gone"     // it has no articles any more
)

// ChangeCause tells why.
type ChangeCause string

// The causes of changes.
const (
	CauseFeed       ChangeCause = "feed"       // articles that came in time
	CauseLate       ChangeCause = "late"       // articles that came more than a window late
	CauseUpdate     ChangeCause = "update"     // articles that changed
	CauseWithdraw   ChangeCause = "withdraw"   // articles that were withdrawn
	CauseCorrection ChangeCause = "correction" // what a reader knows better
	CauseImport     ChangeCause = "import"     // a run that ended before was taken over
	CausePrune      ChangeCause = "prune"      // it ended longer ago than the archive keeps
	CauseModel      ChangeCause = "model"      // all was compared anew, under another model or other settings
)

// eventJSON is a line of what qissa changes prints.
type eventJSON struct {
	Schema     int         `json:"schema"` // version of the format; fields are only ever added within one
	Event      int64       `json:"event"`  // number of the change, ascending
	Batch      int64       `json:"batch"`  // number of the batch that brought it
	At         string      `json:"at"`     // when the batch was made, RFC 3339
	Kind       ChangeKind  `json:"kind"`   // what happened
	Cause      ChangeCause `json:"cause"`  // why
	Story      string      `json:"story"`  // id of the story
	changeData             // what else there is to tell
}

// changeData is what a change tells beside the story it is of.
type changeData struct {
	Title        *string  `json:"title"`                   // headline of the story after the batch; null if it has none
	Size         int      `json:"size"`                    // articles after the batch; of a merged story those of the one that has them
	Added        []string `json:"added,omitempty"`         // ids of articles that came; of new, split and grew
	Removed      []string `json:"removed,omitempty"`       // ids of articles that left; of shrank, merged and gone
	Updated      []string `json:"updated,omitempty"`       // ids of articles whose text or date changed; of updated
	OutletsAdded []string `json:"outlets_added,omitempty"` // outlets that it had no article of; of grew
	Into         string   `json:"into,omitempty"`          // id of the story that has most of its articles; of merged
	From         string   `json:"from,omitempty"`          // id of the story that most of its articles were in; of split
	TitleBefore  string   `json:"title_before,omitempty"`  // headline before the batch; of title
}

func (c *Change) data() changeData {
	d := changeData{nil, c.Size, c.Added, c.Removed, c.Updated, c.OutletsAdded, c.Into, c.From, c.TitleBefore}
	if c.Title != "" {
		d.Title = &c.Title
	}
	return d
}

// Data returns what the change tells beside its story and the title of that, as JSON.
func (c Change) Data() string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	// Strings and numbers alone are always written.
	_ = e.Encode(struct {
		changeData
		Title *string `json:"title,omitempty"`
	}{changeData: c.data()})
	return strings.TrimSuffix(b.String(), "\n")
}

// A ChangeReader reads what [Change.Data] returned.
type ChangeReader struct{ parser fastjson.Parser }

// Read sets what data tells of a change, and the title if it is told.
func (r *ChangeReader) Read(c *Change, data []byte) error {
	v, err := r.parser.ParseBytes(data)
	if err != nil {
		return err
	}
	o, err := v.Object()
	if err != nil {
		return err
	}
	text := func(v *fastjson.Value) string { return string(v.GetStringBytes()) }
	list := func(v *fastjson.Value) (ids []string) {
		for _, x := range v.GetArray() {
			ids = append(ids, text(x))
		}
		return ids
	}
	o.Visit(func(key []byte, v *fastjson.Value) {
		switch string(key) {
		case "title":
			c.Title = text(v)
		case "size":
			c.Size = v.GetInt()
		case "added":
			c.Added = list(v)
		case "removed":
			c.Removed = list(v)
		case "updated":
			c.Updated = list(v)
		case "outlets_added":
			c.OutletsAdded = list(v)
		case "into":
			c.Into = text(v)
		case "from":
			c.From = text(v)
		case "title_before":
			c.TitleBefore = text(v)
		}
	})
	return nil
}

// ChangesJSONL writes one change per line.
func ChangesJSONL(w io.Writer, changes []Change) error {
	return lines(w, func(enc *json.Encoder) error {
		for i := range changes {
			c := &changes[i]
			if err := enc.Encode(eventJSON{schema, c.Event, c.Batch, c.At.UTC().Format(time.RFC3339), c.Kind, c.Cause, c.Story, c.data()}); err != nil {
				return err
			}
		}
		return nil
	})
}

// changeColumns are the columns of [ChangesCSV].
var changeColumns = []string{"event", "batch", "at", "kind", "cause", "story_id", "title", "size", "added", "removed", "updated", "outlets_added", "into", "from", "title_before"}

// ChangesCSV writes one change per row under a line of column names. Ids and outlets
// of one cell have "; " between them.
func ChangesCSV(w io.Writer, changes []Change) error {
	c := csv.NewWriter(w)
	if err := c.Write(changeColumns); err != nil {
		return err
	}
	for _, x := range changes {
		list := func(ids []string) string { return strings.Join(ids, "; ") }
		row := []string{strconv.FormatInt(x.Event, 10), strconv.FormatInt(x.Batch, 10), x.At.UTC().Format(time.RFC3339), string(x.Kind), string(x.Cause), x.Story, x.Title, strconv.Itoa(x.Size),
			list(x.Added), list(x.Removed), list(x.Updated), list(x.OutletsAdded), x.Into, x.From, x.TitleBefore}
		for i := range row {
			row[i] = inert(row[i])
		}
		if err := c.Write(row); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

// ChangesTable writes the changes for a terminal, the headline last. What was pruned is
// only counted.
func ChangesTable(w io.Writer, changes []Change, opt TableOptions) error {
	all := len(changes)
	changes = slices.DeleteFunc(slices.Clone(changes), func(c Change) bool { return c.Cause == CausePrune })
	pruned, rows := all-len(changes), len(changes)
	if all == 0 {
		_, err := fmt.Fprintln(w, "nothing changed")
		return err
	}
	if opt.Rows > 0 {
		rows = min(rows, opt.Rows)
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprint(t, "batch\tchange\tcause\tstory\tarticles\twhat\theadline\n")
	for _, c := range changes[:rows] {
		fmt.Fprintf(t, "%5d\t%s\t%s\t%s\t%8d\t%s\t%s\n", c.Batch, c.Kind, c.Cause, c.Story, c.Size, c.what(), cmp.Or(Line(c.Title, headlineLength, opt.Isolate), "(no headline)"))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	if more := len(changes) - rows; more > 0 {
		if _, err := fmt.Fprintf(w, "and %d more\n", more); err != nil {
			return err
		}
	}
	if pruned > 0 {
		_, err := fmt.Fprintf(w, "%d forgotten, which ended long ago\n", pruned)
		return err
	}
	return nil
}

// what tells in a few signs what a change did.
func (c Change) what() string {
	switch c.Kind {
	case ChangeGrew:
		what := fmt.Sprintf("+%d", len(c.Added))
		if n := len(c.OutletsAdded); n > 0 {
			what += fmt.Sprintf(", outlets +%d", n)
		}
		return what
	case ChangeShrank:
		return fmt.Sprintf("-%d", len(c.Removed))
	case ChangeMerged:
		return "into " + Harmless(c.Into)
	case ChangeSplit:
		return "from " + Harmless(c.From)
	case ChangeUpdated:
		return fmt.Sprintf("%d changed", len(c.Updated))
	}
	return ""
}
