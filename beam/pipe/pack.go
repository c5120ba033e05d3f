package pipe

import (
	"github.com/klauspost/compress/s2"

	"qissa/article"
	"qissa/internal/tiles"
)

// pack returns an article as it travels: what an engine does with it grows with its bytes,
// which this halves in some microseconds.
func pack(a *article.Article) ([]byte, error) {
	record, err := tiles.AppendArticle(nil, a)
	if err != nil {
		return nil, err
	}
	return s2.Encode(nil, record), nil
}

// unpack reads what pack returned.
func unpack(packed []byte) (article.Article, error) {
	record, err := s2.Decode(nil, packed)
	if err != nil {
		return article.Article{}, err
	}
	return tiles.ReadArticle(record)
}
