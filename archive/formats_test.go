package archive

import (
	"bytes"
	"database/sql"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"qissa"
	"qissa/article"
)

var update = flag.Bool("update", false, "write golden files")

// released makes an archive as a release with a format left it: its tables as text, and
// the model that it had.
func released(t *testing.T, format int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "news.qissa")
	tables, err := os.ReadFile(fmt.Sprintf("testdata/format%d.sql", format))
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	m, err := qissa.ReferenceModel(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var model bytes.Buffer
	if err := m.Write(&model); err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{string(tables), fmt.Sprintf("PRAGMA application_id=%d; PRAGMA user_version=%d", ApplicationID, format)} {
		if _, err := db.ExecContext(t.Context(), query); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := db.ExecContext(t.Context(), `INSERT INTO model (id, documents, data) VALUES (?, ?, ?)`, m.ID(), m.Info().Documents, model.Bytes()); err != nil {
		t.Fatal(err)
	}
	return path
}

// stories returns the stories of an archive as they are exported.
func stories(t *testing.T, path string) []byte {
	t.Helper()
	a, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if wrong, err := a.Check(t.Context()); err != nil || wrong != nil {
		t.Errorf("%v %q", err, wrong)
	}
	r, err := a.Result(t.Context(), All, nil)
	if err != nil {
		t.Fatal(err)
	}
	return files(t, r)["stories.jsonl"]
}

// TestReleasedFormats opens an archive of each format that was released: it tells what
// it told then, and goes on.
func TestReleasedFormats(t *testing.T) {
	for released := 1; released < format; released++ {
		t.Run(fmt.Sprint(released), func(t *testing.T) { testReleased(t, released) })
	}
}

func testReleased(t *testing.T, number int) {
	path := released(t, number)
	got := stories(t, path)
	golden := fmt.Sprintf("testdata/format%d.stories.jsonl", number)
	if *update {
		if err := os.WriteFile(golden, got, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("format %d: %s", number, firstDifference(got, want))
	}
	a, err := Begin(t.Context(), path, time.Second)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	at := time.Date(2026, 3, 9, 14, 0, 0, 0, time.UTC)
	more := article.Article{ID: "x-1", Source: "الأفق", Title: "الجسر مفتوح", Body: "افتتحت بلدية مدينة الوادي صباح اليوم جسر النخيل أمام حركة السير، بعد عامين من الأعمال التي كلفت 38 مليون دينار.", Time: at, Precision: article.Exact}
	s, err := a.Feed(t.Context(), Batch{At: at}, []article.Article{more}, qissa.DefaultOptions())
	if err != nil || s.New != 1 || s.Batch != 5 || s.Events["grew"] != 1 {
		t.Fatalf("the next batch: %+v, %v", s, err)
	}
	if err := a.Commit(); err != nil {
		t.Fatal(err)
	}
	if line := string(stories(t, path)); !strings.Contains(line, `"id":"s_2f610e4636f0","storyline":{"id":"l_2f610e4636f0"`) || !strings.Contains(line, `"x-1"`) {
		t.Errorf("after the next batch the archive is\n%s", line)
	}
	b, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if b.format != format {
		t.Errorf("after the next batch the format is %d, want %d", b.format, format)
	}
	known := 1 // articles of which it is known how well the model knows their words
	if number >= formatOfModels {
		known += 11
	}
	info, err := b.Info(t.Context())
	if err != nil || len(info.Models) != 1 || info.Models[0].Own != 13 || len(info.Weeks) != 1 || info.Weeks[0].Articles != known {
		t.Errorf("after the next batch: models %+v, weeks %+v, %v", info.Models, info.Weeks, err)
	}
}

// TestNewerFormat refuses an archive of a later release, to read and to write.
func TestNewerFormat(t *testing.T) {
	path := released(t, 1)
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), `PRAGMA user_version=99`); err != nil {
		t.Fatal(err)
	}
	db.Close()
	want := fmt.Sprintf("%s has format 99; this qissa reads up to %d", path, format)
	if a, err := Open(t.Context(), path); err == nil || err.Error() != want {
		t.Errorf("to read: %v, %v", a, err)
	}
	if a, err := Begin(t.Context(), path, time.Second); err == nil || err.Error() != want {
		t.Errorf("to write: %v, %v", a, err)
	}
}

// TestBackup copies an archive by VACUUM INTO while a batch is under way: the copy is the
// archive as it was before the batch, and goes on as that does.
func TestBackup(t *testing.T) {
	h := newHistory(t, 6, 120)
	h.feed(h.pool[:60])
	before := stories(t, h.path)
	a, err := Begin(t.Context(), h.path, time.Second)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if _, err := a.Feed(t.Context(), Batch{At: h.now}, h.pool[60:], h.opt); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", h.path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	backup := filepath.Join(t.TempDir(), "copy.qissa")
	if _, err := db.ExecContext(t.Context(), `VACUUM INTO ?`, backup); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil { // the batch is given up
		t.Fatal(err)
	}
	if now := stories(t, backup); !bytes.Equal(now, before) {
		t.Errorf("the backup: %s", firstDifference(now, before))
	}
	h.path = backup
	h.feed(h.pool[40:])
	h.check()
}
