package archive

import (
	"context"
	"fmt"
)

// migrations bring the tables of one format to those of the next: the first those of
// format 1, which schema.go makes. Each is run once, in the transaction of the first
// batch that a program writes which knows the newer format. Readers read all formats.
var migrations = []func(ctx context.Context, a *Archive) error{
	addOutlets,
	addModels,
	slimLog,
	indexRetired,
	addSheets,
}

// formatOfModels is the first in which there are several models.
const formatOfModels = 3

// formatOfSheets is the first in which there are sheets.
const formatOfSheets = 6

// format is that of the tables which this program writes; kept as user_version.
var format = 1 + len(migrations)

// migrate brings tables of a format to the newest one.
func (a *Archive) migrate(ctx context.Context, from int) error {
	if from == format {
		return nil
	}
	for _, step := range migrations[from-1:] {
		if err := step(ctx, a); err != nil {
			return fmt.Errorf("%s cannot be brought from format %d to %d: %w", a.path, from, format, told(err))
		}
	}
	_, err := a.tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version=%d", format))
	a.format = format
	return told(err)
}

// addOutlets adds what is carried from batch to batch of outlets and their clocks, and of
// records. All of it may be dropped: it is then found again.
func addOutlets(ctx context.Context, a *Archive) error {
	_, err := a.tx.ExecContext(ctx, `
		CREATE TABLE class (host TEXT NOT NULL, source TEXT NOT NULL, source_raw TEXT NOT NULL, hosted INTEGER NOT NULL, -- what the records of some articles tell of their outlet
			outlet TEXT NOT NULL,                           -- that this is taken for
			url TEXT NOT NULL, articles INTEGER NOT NULL,   -- an address of one of them, and how many they are
			PRIMARY KEY (host, source, source_raw, hosted)) WITHOUT ROWID;
		CREATE TABLE clock (day INTEGER NOT NULL, outlet TEXT NOT NULL, -- day from 1970 on, UTC
			timed INTEGER NOT NULL, bursts INTEGER NOT NULL, -- articles whose time is known to the minute; of these those that lie in bursts
			PRIMARY KEY (day, outlet)) WITHOUT ROWID;
		CREATE TABLE dump (file TEXT PRIMARY KEY, -- as article.file
			first INTEGER NOT NULL, last INTEGER NOT NULL, -- numbers of its articles stand between these
			witness TEXT NOT NULL, batch INTEGER NOT NULL, -- JSON: numbers of articles by which its times do not follow from the order of its records, null if there are none; batch that found them
			crawled TEXT NOT NULL) WITHOUT ROWID;          -- JSON: outlets, if they do follow
		ALTER TABLE story ADD COLUMN print BLOB; -- hash of its record and pairs; null if unknown
	`)
	return err
}

// slimLog takes the titles out of the log of changes that are still those of the stories:
// they are looked up. The stories of a storyline are found without a look at all.
func slimLog(ctx context.Context, a *Archive) error {
	_, err := a.tx.ExecContext(ctx, `
		UPDATE event SET data=json_remove(data, '$.title')
			WHERE coalesce(json_extract(data, '$.title'), '') = (SELECT title FROM story WHERE n = event.story) AND (SELECT state FROM story WHERE n = event.story) <> 'pruned';
		CREATE INDEX IF NOT EXISTS story_line ON story (line);
	`)
	return err
}

// indexRetired has first articles looked up for stories and storylines that are no more,
// which are few, instead of for all.
func indexRetired(ctx context.Context, a *Archive) error {
	_, err := a.tx.ExecContext(ctx, `
		DROP INDEX IF EXISTS story_head; CREATE INDEX IF NOT EXISTS story_retired ON story (head) WHERE state IN ('merged', 'gone');
		DROP INDEX IF EXISTS line_head; CREATE INDEX IF NOT EXISTS line_retired ON line (head) WHERE state IN ('merged', 'gone');
	`)
	return err
}
