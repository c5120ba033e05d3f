package archive

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"strings"
	"time"
	"unsafe"

	"qissa/article"
	"qissa/internal/parallel"
)

// A row is an article of the archive.
type row struct {
	n       int64
	story   int64 // 0 for none yet
	outlet  string
	changed int64 // batch
	article article.Article
}

// when returns the time by which an article is compared: its own, else that of its
// batch.
func when(a *article.Article, batch time.Time) int64 {
	if a.Time.IsZero() {
		return batch.Unix()
	}
	return a.Time.Unix()
}

// storedTime writes a time, "" for none.
func storedTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339Nano)
}

// parseTime reads what storedTime wrote. Its zone is the offset alone, whatever zone
// this machine is in.
func parseTime(text string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil || strings.HasSuffix(text, "Z") {
		return t.UTC(), err
	}
	_, offset := t.Zone()
	return t.In(time.FixedZone("", offset)), nil
}

// hashOf is the hash of all that makes an article another version of itself. Where it
// stood in a dump does not.
func hashOf(a *article.Article) []byte {
	h := sha256.New()
	var length [8]byte
	for _, s := range []string{a.Source, a.SourceRaw, a.URL, a.Title, a.LoadBody(nil), storedTime(a.Time), a.TimeRaw, string(a.Precision)} {
		binary.BigEndian.PutUint64(length[:], uint64(len(s)))
		h.Write(length[:])
		h.Write([]byte(s))
	}
	return h.Sum(nil)[:16]
}

const rowColumns = `a.n, coalesce(a.story, 0), a.outlet, a.changed, a.name, a.source, a.source_raw, a.hosted, a.at, a.time, a.time_raw, a.precision, a.url, a.file, a.line, a.item`

// scan reads a row of rowColumns and of more. An article without a time has that of its
// batch, by which it is compared, and no clock.
func scan(rows *sql.Rows, more ...any) (row, error) {
	var r row
	var at int64
	var when string
	var hosted bool
	a := &r.article
	err := rows.Scan(append([]any{&r.n, &r.story, &r.outlet, &r.changed, &a.ID, &a.Source, &a.SourceRaw, &hosted, &at, &when, &a.TimeRaw, &a.Precision, &a.URL, &a.Origin.File, &a.Origin.Line, &a.Origin.Item}, more...)...)
	if err != nil {
		return r, err
	}
	a.SetHosted(hosted)
	if when == "" {
		a.Time, a.Precision = time.Unix(at, 0).UTC(), article.None
		return r, nil
	}
	a.Time, err = parseTime(when)
	return r, err
}

// folded returns the article with its outlet.
func (r *row) folded() article.Article {
	a := r.article
	a.SetOutlet(r.outlet)
	return a
}

// known reads what is told of the articles that a condition selects, but for their
// texts, in the order in which they came.
func (a *Archive) known(ctx context.Context, where string, args ...any) (all []row, err error) {
	err = a.eachKnown(ctx, where, func(r *row) { all = append(all, *r) }, args...)
	return all, err
}

// eachKnown is known for what need not be held.
func (a *Archive) eachKnown(ctx context.Context, where string, do func(*row), args ...any) error {
	rows, err := a.tx.QueryContext(ctx, `SELECT `+rowColumns+` FROM article a `+where+` ORDER BY a.n`, args...)
	if err != nil {
		return told(err)
	}
	defer rows.Close()
	for rows.Next() {
		r, err := scan(rows)
		if err != nil {
			return a.damaged("article %d: %v", r.n, err)
		}
		a.read++
		do(&r)
	}
	return told(rows.Err())
}

// textBlock is how many articles are read or written while as many are unpacked or
// packed, and spillBlock how many a worker moves out of memory at a time.
const (
	textBlock  = 8 * spillBlock
	spillBlock = 1024
)

// A packed is what is kept of the texts of an article.
type packed struct{ body, rest []byte }

// articles reads the articles that a condition selects, in the order in which they came.
// Keep moves texts out of memory, nil leaves them. Progress hears how many were read, of
// 0 since nobody has counted them; nil for silence.
func (a *Archive) articles(ctx context.Context, keep func([]byte) []byte, progress func(done, total int), where string, args ...any) ([]row, error) {
	rows, err := a.tx.QueryContext(ctx, `SELECT `+rowColumns+`, t.title, t.body, t.rest FROM article a JOIN text t ON t.article = a.n `+where+` ORDER BY a.n`, args...)
	if err != nil {
		return nil, told(err)
	}
	defer rows.Close()
	var all []row
	var block []packed
	for more := true; more; {
		if more = rows.Next(); more {
			var p packed
			var title string
			r, err := scan(rows, &title, &p.body, &p.rest)
			if err != nil {
				return nil, a.damaged("article %d: %v", r.n, err)
			}
			r.article.Title = title
			all, block = append(all, r), append(block, p)
		}
		if len(block) == textBlock || !more {
			if err := a.unpackTexts(ctx, all[len(all)-len(block):], block, keep); err != nil {
				return nil, err
			}
			if block = block[:0]; progress != nil {
				progress(len(all), 0)
			}
		}
	}
	a.read += len(all)
	return all, told(rows.Err())
}

// unpackTexts unpacks the texts of articles.
func (a *Archive) unpackTexts(ctx context.Context, rows []row, texts []packed, keep func([]byte) []byte) error {
	blocks := (len(rows) + spillBlock - 1) / spillBlock
	faults := make([]error, blocks)
	err := parallel.ForBlocks(ctx, blocks, parallel.Jobs(0), nil, func(_, b int) {
		from, to := b*spillBlock, min((b+1)*spillBlock, len(rows))
		for i := from; i < to; i++ {
			body, err := unpack(texts[i].body)
			if err == nil {
				rows[i].article.Body = string(body)
				err = rows[i].article.SetRest(texts[i].rest)
			}
			if err != nil {
				faults[b] = a.damaged("article %d: %v", rows[i].n, err)
				return
			}
		}
		spill(rows[from:to], keep)
	})
	return cmp.Or(err, cmp.Or(faults...))
}

// spill moves the texts of articles out of memory, compressed.
func spill(rows []row, keep func([]byte) []byte) {
	if keep == nil {
		return
	}
	var one, all []byte
	for i := range rows {
		one = rows[i].article.Compress(one[:0])
		all = append(all, one...)
	}
	all = keep(all)
	for i := range rows {
		c := &rows[i].article.Compressed.Bytes
		n := len(*c)
		*c, all = unsafe.String(unsafe.SliceData(all), n), all[n:]
	}
}

// put writes a new article, or another version of one whose number is given, with its
// packed body, and returns its number.
func (a *Archive) put(ctx context.Context, n int64, k key, x *article.Article, body, hash []byte, batch int64, at time.Time) (int64, error) {
	rest, err := x.Rest()
	if err != nil {
		return 0, err
	}
	values := []any{x.Source, x.Source, x.SourceRaw, x.Hosted(), when(x, at), storedTime(x.Time), x.TimeRaw, string(x.Precision), x.URL, x.Origin.File, x.Origin.Line, x.Origin.Item, bytes.Clone(hash), batch}
	text := `INSERT INTO text (article, title, body, rest) VALUES (?, ?, ?, ?)`
	if n > 0 {
		text = `INSERT OR REPLACE INTO text (article, title, body, rest) VALUES (?, ?, ?, ?)`
		_, err = a.again(ctx, `UPDATE article SET source=?, outlet=?, source_raw=?, hosted=?, at=?, time=?, time_raw=?, precision=?, url=?, file=?, line=?, item=?, hash=?, changed=? WHERE n=?`, append(values, n)...)
	} else {
		var res sql.Result
		res, err = a.again(ctx, `INSERT INTO article (source, outlet, source_raw, hosted, at, time, time_raw, precision, url, file, line, item, hash, changed, batch, name, key, nth) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
			append(values, batch, x.ID, k.text, k.nth)...)
		if err == nil {
			n, err = res.LastInsertId()
		}
	}
	if err == nil {
		_, err = a.again(ctx, text, n, x.Title, body, string(rest))
	}
	return n, told(err)
}
