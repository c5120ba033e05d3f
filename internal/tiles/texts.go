package tiles

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"time"

	"qissa/article"
	"qissa/internal/grouping"
)

// AppendArticle appends an article as bytes. Its record as it came is left out.
func AppendArticle(to []byte, a *article.Article) ([]byte, error) {
	at, err := a.Time.MarshalBinary()
	if err != nil {
		return to, err
	}
	rest, err := a.Rest()
	if err != nil {
		return to, err
	}
	hosted := ""
	if a.Hosted() {
		hosted = "1"
	}
	for _, s := range []string{
		a.ID, a.Source, a.SourceRaw, a.URL, a.Title, a.LoadBody(nil), a.TimeRaw, string(at), a.Time.Location().String(), string(a.Precision), a.Origin.File, hosted, string(rest),
	} {
		to = append(binary.AppendUvarint(to, uint64(len(s))), s...)
	}
	return binary.AppendUvarint(binary.AppendUvarint(to, uint64(a.Origin.Line)), uint64(a.Origin.Item)), nil
}

var errDamaged = errors.New("an article is damaged")

// ReadArticle reads what [AppendArticle] appended.
func ReadArticle(b []byte) (a article.Article, err error) {
	number := func() uint64 {
		x, n := binary.Uvarint(b)
		if n <= 0 {
			err, b = errDamaged, nil
			return 0
		}
		b = b[n:]
		return x
	}
	text := func() string {
		n := number()
		if n > uint64(len(b)) {
			err = errDamaged
			return ""
		}
		s := string(b[:n])
		b = b[n:]
		return s
	}
	a = article.Article{ID: text(), Source: text(), SourceRaw: text(), URL: text(), Title: text(), Body: text(), TimeRaw: text()}
	at, zone := text(), text()
	a.Precision, a.Origin.File = article.Precision(text()), text()
	a.SetHosted(text() != "")
	rest := text()
	a.Origin.Line, a.Origin.Item = int(number()), int(number())
	if err != nil {
		return a, err
	}
	if err := a.Time.UnmarshalBinary([]byte(at)); err != nil {
		return a, err
	}
	a.Time = inZone(a.Time, zone)
	return a, a.SetRest([]byte(rest))
}

// inZone gives a time, of which the hours from UTC are known, the zone of a name: it knows
// those of other days, which tell whether two times are of one day.
func inZone(t time.Time, name string) time.Time {
	zone, err := time.LoadLocation(name)
	if err != nil || name == "" || name == "Local" {
		return t
	}
	_, was := t.Zone()
	if _, is := t.In(zone).Zone(); was != is {
		return t
	}
	return t.In(zone)
}

// WriteTexts writes articles, all of some seconds, in canonical order.
func WriteTexts(ctx context.Context, files Files, name string, articles []article.Article) error {
	return create(ctx, files, name, func(to io.Writer) error {
		var record []byte
		n := 0
		for i := range articles {
			if n++; i == 0 || second(&articles[i]) != second(&articles[i-1]) {
				n = 0
			}
			p, err := placeOf(&articles[i], n)
			if err != nil {
				return err
			}
			if record, err = AppendArticle(record[:0], &articles[i]); err != nil {
				return err
			}
			head := binary.AppendUvarint(binary.AppendVarint(nil, int64(p)), uint64(len(record)))
			if _, err := to.Write(append(head, record...)); err != nil {
				return err
			}
		}
		return nil
	})
}

// eachText reads the articles of tiles, from one up to another.
func (r *Run) eachText(ctx context.Context, from, to int, wanted func(Place) bool, do func(Place, article.Article)) error {
	for i := from; i < to; i++ {
		for _, name := range r.Tiles[i].Files {
			err := open(ctx, r.Files, name, func(in io.Reader) error { return readTexts(bufio.NewReader(in), wanted, do) })
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// batch reads the words of articles of tiles.
func (r *Run) batch(ctx context.Context, from, to int, wanted func(Place) bool) (*grouping.Batch, []Place, error) {
	var articles []article.Article
	var places []Place
	err := r.eachText(ctx, from, to, wanted, func(p Place, a article.Article) {
		articles, places = append(articles, a), append(places, p)
	})
	if err != nil {
		return nil, nil, err
	}
	b, err := grouping.Read(ctx, articles, r.grouping())
	return b, places, err
}

func all(Place) bool { return true }

func readTexts(in *bufio.Reader, wanted func(Place) bool, do func(Place, article.Article)) error {
	for {
		at, err := binary.ReadVarint(in)
		if errors.Is(err, io.EOF) {
			return nil
		}
		size, errSize := binary.ReadUvarint(in)
		if err := errors.Join(err, errSize); err != nil {
			return err
		}
		if !wanted(Place(at)) {
			if _, err := in.Discard(int(size)); err != nil {
				return err
			}
			continue
		}
		record := make([]byte, size)
		if _, err := io.ReadFull(in, record); err != nil {
			return fmt.Errorf("%w: %w", errDamaged, err)
		}
		a, err := ReadArticle(record)
		if err != nil {
			return err
		}
		do(Place(at), a)
	}
}
