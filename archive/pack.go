package archive

import (
	"errors"
	"slices"
	"unicode/utf8"

	"github.com/klauspost/compress/zstd"

	"qissa/internal/parallel"
)

// dictionary is how lines of stories.jsonl and pairs.jsonl look: records of a few
// hundred bytes are packed into half of the room with it. It is a part of the format.
const dictionary = `{"a":"","b":"","cosine":0.3,"same":0.9,"a_in_b":0.0,"b_in_a":0.0,"runs":[{"a":[0,20],"b":[0,20],"words":4,"stock":true},{"a":[1,5],"b":[2,9],"words":12,"stock":false}],"only_a":[{"kind":"number","text":"2015","at":[0,4]}],"only_b":[{"kind":"date","text":"الأحد","at":[1,5]}],"decision":"apart","why":"below_threshold"}
"decision":"merged","why":"linkage"}"why":"copy"}"decision":"apart","why":"linkage_apart"}"runs":[],"only_a":[],"only_b":[],"decision":"apart","why":"below_threshold"}
{"schema":1,"id":"","storyline":{"id":"","title":"","size":1,"stories":1},"size":1,"title":"","representative":"","reason":"most_central","first":null,"first_reason":"crawl_clock","first_time":"2018-02-18T21:35:43+04:00","last_time":"2015-07-21T02:51:32+03:00","sources":[""],"key_phrases":["",""],"cohesion":0.8,"weakest_link":0.7,"trust":0.9,"bridge":null,"review":[],"repeated_text":0.2,"articles":[{"id":"","title":"","source":"","url":"http://www.","time":"2018-07-21T02:51:32Z","time_raw":null,"precision":"exact","relation":"own_wording","copied":0.2,"copy_of":"","copy_order":"time","origin_article":"","origin_agency":null,"credit":[],"words":120,"origin":{"file":".jsonl","line":1,"item":1}}],"neighbours":[{"id":"","similarity":0.1,"shared":0.1}],"origin_count":1,"origins":[{"article":"","agency":null,"articles":1,"sources":1}],"figures":[{"kind":"number","of":"","differ":true,"values":[{"text":"","articles":["",""]}]}]}
"size":1,"title":"","representative":"","reason":"only_article","first":{"article":"","source":"","time":"","precision":"exact"},"first_reason":null,"cohesion":1,"weakest_link":1,"trust":1,"bridge":null,"review":[],"repeated_text":0,"articles":[{"id":"","relation":"first","copied":0,"copy_of":null,"copy_order":null,"origin_article":"","origin_agency":null,"credit":[],"words":200,"origin":{"file":"","line":1,"item":1}}],"neighbours":[],"origin_count":1,"origins":[{"article":"","agency":null,"articles":1,"sources":1}],"figures":[]}
`

const dictionaryID = 1

// What is packed is a byte that tells how, and a zstd frame. Without that byte, as format
// 1 has it, it is a frame of the text itself; frames start with another byte.
const shortened = 1

var (
	// An encoder copies its tables for each record, and the fastest has the smallest.
	packer    = must(zstd.NewWriter(nil, zstd.WithEncoderDictRaw(dictionaryID, shorten(nil, dictionary)), zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(parallel.Jobs(0)), zstd.WithEncoderCRC(false)))
	unpacker  = must(zstd.NewReader(nil, zstd.WithDecoderDictRaw(dictionaryID, shorten(nil, dictionary)), zstd.WithDecoderConcurrency(parallel.Jobs(0))))
	unpacker1 = must(zstd.NewReader(nil, zstd.WithDecoderDictRaw(dictionaryID, []byte(dictionary)), zstd.WithDecoderConcurrency(parallel.Jobs(0)))) // of format 1

	// Texts share little with the dictionary, and without one they are packed six times as
	// fast; with the fastest encoder in two thirds of that time, for 3 % more room.
	textPacker = must(zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithAllLitEntropyCompression(true), zstd.WithEncoderConcurrency(parallel.Jobs(0)), zstd.WithEncoderCRC(false)))
)

func must[T any](x T, err error) T {
	if err != nil {
		panic(err) // the options are constants
	}
	return x
}

// pack returns records in less room; nothing is nothing.
func pack[T string | []byte](text T) []byte { return packWith(packer, text) }

// packText returns a text in less room.
func packText(text string) []byte { return packWith(textPacker, text) }

func packWith[T string | []byte](with *zstd.Encoder, text T) []byte {
	if len(text) == 0 {
		return []byte{}
	}
	return with.EncodeAll(shorten(nil, text), []byte{shortened})
}

// unpack returns what was packed, either way.
func unpack(packed []byte) ([]byte, error) {
	switch {
	case len(packed) == 0:
		return nil, nil
	case packed[0] != shortened:
		return unpacker1.DecodeAll(packed, nil)
	}
	short, err := unpacker.DecodeAll(packed[1:], nil)
	if err != nil {
		return nil, err
	}
	return lengthen(make([]byte, 0, 2*len(short)), short)
}

// The bytes of shortened text: ASCII stands for itself, what Arabic is written with, from
// U+0600 to U+067F, takes one byte from 80 on instead of two, and other characters, in
// UTF-8, and other bytes stand behind marks. Packed, an article takes 0.75 of the room.
const (
	arabicByte         = 0x80
	markRune, markByte = 1, 2 // ASCII that texts do not have

	// What UTF-8 writes U+0600 to U+067F with: the last seven bits are those of the byte.
	leadArabic, lastBit, follows, six = 0xD8, 1, 0x80, 0x3F
)

func shorten[T string | []byte](to []byte, text T) []byte {
	to = slices.Grow(to, len(text))
	for from := 0; from < len(text); {
		b := text[from]
		switch {
		case b < utf8.RuneSelf && b != markRune && b != markByte:
			to, from = append(to, b), from+1
			continue
		case b&^lastBit == leadArabic && from+1 < len(text) && text[from+1]&^six == follows:
			to, from = append(to, arabicByte|b&lastBit<<6|text[from+1]&six), from+2
			continue
		}
		_, n := utf8.DecodeRuneInString(string(text[from:min(from+utf8.UTFMax, len(text))]))
		if n > 1 {
			to = append(append(to, markRune), text[from:from+n]...)
		} else {
			to = append(to, markByte, b)
		}
		from += n
	}
	return to
}

// errShort is text that shorten did not write.
var errShort = errors.New("archive: a text is damaged")

func lengthen(to, short []byte) ([]byte, error) {
	for from := 0; from < len(short); from++ {
		switch b := short[from]; {
		case b >= arabicByte:
			to = append(to, leadArabic|b>>6&lastBit, follows|b&six)
		case b == markRune:
			r, n := utf8.DecodeRune(short[from+1:])
			if r == utf8.RuneError && n < 2 {
				return nil, errShort
			}
			to, from = append(to, short[from+1:from+1+n]...), from+n
		case b == markByte && from+1 < len(short):
			from++
			to = append(to, short[from])
		case b == markByte:
			return nil, errShort
		default:
			to = append(to, b)
		}
	}
	return to, nil
}
