package pipe

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"

	"qissa"
)

// shards are the patterns of all files that a job writes.
var shards = []string{recordName, "stories-*-of-*.jsonl", "articles-*-of-*.csv", "pairs-*-of-*.jsonl", "skipped-*-of-*.jsonl"}

// List returns the files of a pattern, in order.
func List(ctx context.Context, pattern string) ([]string, error) {
	fs, err := filesystem.New(ctx, pattern)
	if err != nil {
		return nil, err
	}
	defer fs.Close()
	names, err := fs.List(ctx, pattern)
	slices.Sort(names)
	return names, err
}

// Clear returns an error if the folder of the shards holds some; by force these are
// removed, and nothing else.
func Clear(ctx context.Context, opt Options, force bool) error {
	if whole, err := List(ctx, opt.Out+"/stories.jsonl"); err != nil || len(whole) > 0 {
		return cmp.Or(err, fmt.Errorf("%s holds a run of qissa cluster; choose another", opt.Out))
	}
	for _, pattern := range shards {
		names, err := List(ctx, opt.Out+"/"+pattern)
		if err != nil {
			return err
		}
		if len(names) > 0 && !force {
			return fmt.Errorf("%s holds a run; choose another or --force", opt.Out)
		}
		if err := remove(ctx, names); err != nil {
			return err
		}
	}
	left, err := List(ctx, opt.Work+"/*")
	if err == nil && len(left) > 0 && !force {
		err = fmt.Errorf("%s holds what another job left, or is at work on; choose another --work or --force", opt.Work)
	}
	if err != nil {
		return err
	}
	return remove(ctx, left)
}

func remove(ctx context.Context, names []string) error {
	if len(names) == 0 {
		return nil
	}
	fs, err := filesystem.New(ctx, names[0])
	if err != nil {
		return err
	}
	defer fs.Close()
	remover, ok := fs.(filesystem.Remover)
	if !ok {
		return fmt.Errorf("%s and others cannot be removed there", names[0])
	}
	for _, name := range names {
		if err := remover.Remove(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

// Finish returns what a job came to, and removes what its tasks left.
func Finish(ctx context.Context, opt Options) (c Counts, err error) {
	if err := getJSON(ctx, files{opt.Work}, "counts", &c); err != nil {
		return c, err
	}
	names, err := List(ctx, opt.Work+"/*")
	if err != nil {
		return c, err
	}
	return c, remove(ctx, names)
}

// ReadModel reads a model from any system of files.
func ReadModel(ctx context.Context, path string) (*qissa.Model, error) {
	m, err := (&Options{Model: path}).model(ctx)
	return m.model, err
}
