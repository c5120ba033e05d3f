package archive

import (
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

var (
	packer   = must(zstd.NewWriter(nil, zstd.WithEncoderDictRaw(dictionaryID, []byte(dictionary)), zstd.WithEncoderLevel(zstd.SpeedBetterCompression), zstd.WithEncoderConcurrency(1), zstd.WithEncoderCRC(false)))
	unpacker = must(zstd.NewReader(nil, zstd.WithDecoderDictRaw(dictionaryID, []byte(dictionary)), zstd.WithDecoderConcurrency(parallel.Jobs(0))))
)

func must[T any](x T, err error) T {
	if err != nil {
		panic(err) // the options are constants
	}
	return x
}

// pack returns text in less room; nothing is nothing.
func pack[T string | []byte](text T) []byte {
	if len(text) == 0 {
		return []byte{}
	}
	return packer.EncodeAll([]byte(text), nil)
}

func unpack(packed []byte) ([]byte, error) {
	if len(packed) == 0 {
		return nil, nil
	}
	return unpacker.DecodeAll(packed, nil)
}
