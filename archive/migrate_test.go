package archive

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"
)

// toFormat1 brings the tables of the newest format back to those of the first.
const toFormat1 = `DROP INDEX story_retired; CREATE INDEX story_head ON story (head); DROP INDEX line_retired; CREATE INDEX line_head ON line (head);
	DROP TABLE sheet; DROP TABLE sheet_state; DROP INDEX story_span; CREATE INDEX story_last ON story (last);
	DROP TABLE class; DROP TABLE clock; DROP TABLE dump; ALTER TABLE story DROP COLUMN print;
	ALTER TABLE model DROP COLUMN start; ALTER TABLE model DROP COLUMN batch; ALTER TABLE article DROP COLUMN mentions; ALTER TABLE article DROP COLUMN unknown; PRAGMA user_version=1`

// TestFormats feeds an archive that is brought back to the format of its first release:
// the next batch brings it to the newest one, and it holds what one run gives. A reader
// needs none of that.
func TestFormats(t *testing.T) {
	h := newHistory(t, 5, 200)
	h.feed(h.pool[:100])
	h.write("to format 1", func(ctx context.Context, a *Archive) (*Summary, error) {
		_, err := a.tx.ExecContext(ctx, toFormat1)
		return nil, err
	})
	h.check()
	if a := h.read(); a.format != 1 {
		t.Errorf("reading brought the archive to format %d", a.format)
	}
	h.feed(h.pool[90:])
	h.check()
	if a := h.read(); a.format != format {
		t.Errorf("a batch left the archive with format %d", a.format)
	}
}

// TestMigrationIsOfTheBatch opens an archive of the first release and commits nothing.
func TestMigrationIsOfTheBatch(t *testing.T) {
	h := newHistory(t, 5, 60)
	h.feed(h.pool)
	h.write("to format 1", func(ctx context.Context, a *Archive) (*Summary, error) {
		_, err := a.tx.ExecContext(ctx, toFormat1)
		return nil, err
	})
	a, err := Begin(t.Context(), h.path, time.Second)
	if err = errors.Join(err, a.Close()); err != nil {
		t.Fatal(err)
	}
	if a := h.read(); a.format != 1 {
		t.Errorf("an archive that nobody fed has format %d", a.format)
	}
	h.feed(slices.Clone(h.pool[:10]))
	h.check()
}

// TestMigrationWithoutIndexes opens an archive of the format before, of which somebody took
// the indexes away.
func TestMigrationWithoutIndexes(t *testing.T) {
	h := newHistory(t, 5, 60)
	h.feed(h.pool[:30])
	h.write("to format 4", func(ctx context.Context, a *Archive) (*Summary, error) {
		_, err := a.tx.ExecContext(ctx, `DROP INDEX story_retired; DROP INDEX line_retired; DROP INDEX story_span; PRAGMA user_version=4`)
		return nil, err
	})
	h.feed(h.pool[30:])
	h.check()
}
