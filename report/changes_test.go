package report

import (
	"reflect"
	"strings"
	"testing"
	"time"
)

var changesSample = []Change{
	{Event: 7, Batch: 2, At: time.Date(2025, 7, 15, 6, 0, 0, 0, time.UTC), Kind: ChangeGrew, Cause: CauseFeed, Story: "s_7f8aeaf921d6", Title: "=جسر", Size: 3, Added: []string{"c-1"}, OutletsAdded: []string{"الساحل"}},
	{Event: 8, Batch: 2, At: time.Date(2025, 7, 15, 6, 0, 0, 0, time.UTC), Kind: ChangeMerged, Cause: CauseLate, Story: "s_8f8aeaf921d6", Size: 3, Removed: []string{"c-2", "c-3"}, Into: "s_7f8aeaf921d6"},
	{Event: 9, Batch: 2, At: time.Date(2025, 7, 15, 6, 0, 0, 0, time.UTC), Kind: ChangeTitle, Cause: CauseCorrection, Story: "s_9f8aeaf921d6", Title: "بعد", Size: 1, TitleBefore: "قبل"},
}

// What is kept of a change comes back; the title is kept elsewhere, unless it is told.
func TestChangeData(t *testing.T) {
	var r ChangeReader
	for _, c := range changesSample {
		got := Change{Event: c.Event, Batch: c.Batch, At: c.At, Kind: c.Kind, Cause: c.Cause, Story: c.Story, Title: c.Title}
		if err := r.Read(&got, []byte(c.Data())); err != nil || !reflect.DeepEqual(got, c) {
			t.Errorf("%s came back as %+v, %v", c.Data(), got, err)
		}
		var line strings.Builder
		if err := ChangesJSONL(&line, []Change{c}); err != nil {
			t.Fatal(err)
		}
		got.Title = "another"
		if err := r.Read(&got, []byte(line.String())); err != nil || !reflect.DeepEqual(got, c) {
			t.Errorf("%s came back as %+v, %v", line.String(), got, err)
		}
	}
	for _, bad := range []string{"", "[]", "{", "null"} {
		if err := r.Read(&Change{}, []byte(bad)); err == nil {
			t.Errorf("%q is no data of a change", bad)
		}
	}
}

func TestChangesCSV(t *testing.T) {
	got := write(t, func(w *strings.Builder) error { return ChangesCSV(w, changesSample[:2]) })
	const want = "event,batch,at,kind,cause,story_id,title,size,added,removed,updated,outlets_added,into,from,title_before\n" +
		"7,2,2025-07-15T06:00:00Z,grew,feed,s_7f8aeaf921d6,'=جسر,3,c-1,,,الساحل,,,\n" +
		"8,2,2025-07-15T06:00:00Z,merged,late,s_8f8aeaf921d6,,3,,c-2; c-3,,,s_7f8aeaf921d6,,\n"
	if got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

func TestChangesTable(t *testing.T) {
	got := write(t, func(w *strings.Builder) error { return ChangesTable(w, changesSample, TableOptions{Rows: 2}) })
	const want = "batch  change  cause  story            articles  what                  headline\n" +
		"    2  grew    feed   s_7f8aeaf921d6         3  +1, outlets +1        =جسر\n" +
		"    2  merged  late   s_8f8aeaf921d6         3  into s_7f8aeaf921d6  (no headline)\nand 1 more\n"
	if strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(want), " ") {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}
