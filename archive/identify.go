package archive

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"qissa/article"
)

// A key tells an article from others: its outlet as read, the host where the record names
// none, what the identity says, and a number among those equal in both.
type key struct {
	source, text string
	nth          int
}

// keyOf returns the key of an article with an id of its own; nth is 1. Given reports
// whether the record gave the id.
func keyOf(a *article.Article, given bool, by Identity) key {
	text := a.ID
	if page := article.Canonical(a.URL); by != ByContent && !given && page != "" {
		text = page
	}
	return key{a.Source, text, 1}
}

// An incoming article.
type incoming struct {
	article *article.Article
	key     key
	hash    []byte
	n       int64 // of its row, 0 if it is new
	at      int64 // time by which its row is compared
	known   bool  // its row is the same
	gone    bool  // it was withdrawn
	other   bool  // its row names another article: other title and day
}

// identify tells which of the articles of a batch are known. Of those with equal keys
// each is one; those that are as they were are so wherever they stand. The order of
// the articles does not matter.
func (a *Archive) identify(ctx context.Context, articles []article.Article, by Identity) ([]incoming, error) {
	groups := map[key][]*incoming{}
	all := make([]incoming, len(articles))
	for i := range articles {
		x := &articles[i]
		if by != ByID { // ids as given may be those of others
			x.ID = ""
		}
		given := x.ID != ""
		article.Identify(articles[i : i+1])
		all[i] = incoming{article: x, hash: hashOf(x), key: keyOf(x, given, by)}
		groups[all[i].key] = append(groups[all[i].key], &all[i])
	}
	find, err := a.prepared(ctx, `SELECT n, at, nth, hash, (SELECT title FROM text WHERE article = n), time, 0 FROM article WHERE source=? AND key=? UNION ALL SELECT 0, 0, nth, NULL, '', '', 1 FROM withdrawn WHERE source=?1 AND key=?2 ORDER BY nth`)
	if err != nil {
		return nil, err
	}
	for k, group := range groups {
		there, err := versions(ctx, find, k)
		if err != nil {
			return nil, told(err)
		}
		match(group, there)
	}
	return all, nil
}

// A version is a row with the key of an incoming article.
type version struct {
	n, at int64
	nth   int
	hash  []byte
	title string
	time  string
	gone  bool
	taken bool
}

func versions(ctx context.Context, find *statement, k key) ([]version, error) {
	rows, err := find.rows(ctx, k.source, k.text)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []version
	for rows.Next() {
		var v version
		if err := rows.Scan(&v.n, &v.at, &v.nth, &v.hash, &v.title, &v.time, &v.gone); err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, rows.Err()
}

// match gives each article of a group a row that is there, those first that have not
// changed, or a number of its own.
func match(group []*incoming, there []version) {
	slices.SortStableFunc(group, func(x, y *incoming) int {
		return cmp.Or(compareTimes(x.article, y.article), bytes.Compare(x.hash, y.hash))
	})
	rest := group[:0:0]
	for _, in := range group {
		at := slices.IndexFunc(there, func(v version) bool { return !v.taken && !v.gone && bytes.Equal(v.hash, in.hash) })
		if at < 0 {
			rest = append(rest, in)
			continue
		}
		there[at].taken = true
		in.n, in.key.nth, in.known = there[at].n, there[at].nth, true
	}
	last := 0
	for _, v := range there {
		last = max(last, v.nth)
	}
	for _, in := range rest {
		at := slices.IndexFunc(there, func(v version) bool { return !v.taken })
		if at < 0 {
			last++
			in.key.nth = last
			continue
		}
		v := &there[at]
		v.taken = true
		in.n, in.at, in.key.nth, in.gone = v.n, v.at, v.nth, v.gone
		in.other = !v.gone && v.title != in.article.Title && day(v.time) != day(storedTime(in.article.Time))
	}
}

func day(t string) string { return t[:min(len(t), len("2006-01-02"))] }

func compareTimes(a, b *article.Article) int {
	return cmp.Or(a.Time.Compare(b.Time), strings.Compare(a.Title, b.Title))
}

// name returns the name of a new article: its id, with a number where that is taken.
func (a *Archive) name(ctx context.Context, id string) (string, error) {
	find, err := a.prepared(ctx, `SELECT 1 FROM article WHERE name=? UNION ALL SELECT 1 FROM withdrawn WHERE name=?1`)
	if err != nil {
		return "", err
	}
	for n := 1; ; n++ {
		name := id
		if n > 1 {
			name = fmt.Sprintf("%s#%d", id, n)
		}
		var taken int
		err := find.scan(ctx, []any{name}, &taken)
		if errors.Is(err, sql.ErrNoRows) {
			return name, nil
		}
		if err != nil {
			return "", told(err)
		}
	}
}

// A LinesError says that ids seem to be numbers of lines.
type LinesError struct{ Other, Known int }

func (e *LinesError) Error() string {
	return fmt.Sprintf("%d of %d known ids name another article (other title and day): they seem to be numbers of lines; make the archive with --identity url or content", e.Other, e.Known)
}

// lines returns an error if many of the ids that are known name other articles.
func lines(all []incoming) error {
	const least, share = 50, 0.2 // below, a few articles were replaced by others at their address
	known, other := 0, 0
	for _, in := range all {
		if in.n > 0 {
			known++
			if in.other {
				other++
			}
		}
	}
	if known >= least && float64(other) >= share*float64(known) {
		return &LinesError{other, known}
	}
	return nil
}

// renamed counts the articles of a batch that are new by their ids, but are there under
// others: same outlet, address, words and time.
func (a *Archive) renamed(ctx context.Context, all []incoming, batch time.Time) (n int, err error) {
	find, err := a.prepared(ctx, `SELECT EXISTS (SELECT 1 FROM article WHERE at=? AND source=? AND hash=?)`)
	if err != nil {
		return 0, err
	}
	for _, in := range all {
		if in.n > 0 || in.gone || in.article.Time.IsZero() {
			continue
		}
		var is bool
		if err := find.scan(ctx, []any{when(in.article, batch), in.article.Source, in.hash}, &is); err != nil {
			return 0, told(err)
		}
		if is {
			n++
		}
	}
	return n, nil
}
