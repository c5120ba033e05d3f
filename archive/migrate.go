package archive

import (
	"context"
	"fmt"
)

// migrations bring the tables of one format to those of the next: the first those of
// format 1, which schema.go makes. Each is run once, in the transaction of the first
// batch that a program writes which knows the newer format. Readers read all formats.
var migrations = []func(ctx context.Context, a *Archive) error{
	addFacts,
}

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
	return told(err)
}

// addFacts adds what is remembered of a grouping, so that the next batch need not find it
// again. All of it may be dropped.
func addFacts(ctx context.Context, a *Archive) error {
	_, err := a.tx.ExecContext(ctx, `
		CREATE TABLE fact (article INTEGER PRIMARY KEY REFERENCES article(n) ON DELETE CASCADE, -- the later one of each pair
			list BLOB NOT NULL -- see fact.go
		);
		ALTER TABLE story ADD COLUMN print BLOB; -- hash of all that its record is told from; null if unknown
	`)
	return err
}
