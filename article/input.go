package article

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"

	"qissa/article/internal/database"
)

const (
	maxRecord = 16 << 20 // bytes of one record; a longer one is skipped
	headSize  = 64 << 10 // bytes that format and encoding are told from
)

// An input is one file being read: unpacked, as UTF-8, with its place.
type input struct {
	name   string
	opt    Options
	fields *fields
	yield  func(Article, error) bool

	data        *bufio.Reader // unpacked
	text        *bufio.Reader // as UTF-8; nil for a container
	depth       int           // archives that it stands in
	budget      *budget       // of the outermost input, for all that is unpacked in it
	source      *source
	compression string
	encoding    string
	unpacker    io.Closer // nil if there is nothing to close

	line  int    // lines read so far
	items int    // records read so far
	long  []byte // a line that is longer than the buffer of text
}

// A source counts the bytes read and keeps the error that ended them, so that
// a disk that fails is told from a packed file that is cut short.
type source struct {
	r   io.Reader
	n   int64
	err error
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	s.n += int64(n)
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}

// open unpacks r and decodes it as its first bytes ask for. It returns what
// kind of container it is, "" for a text.
func (in *input) open(r io.Reader) (container string, err error) {
	in.source = &source{r: r}
	packed := bufio.NewReaderSize(in.source, headSize)
	magic, err := packed.Peek(10)
	if err != nil && err != io.EOF {
		return "", fmt.Errorf("%s: %w", in.name, err)
	}
	plain, err := in.unpack(packed, magic)
	if err != nil {
		return "", fmt.Errorf("%s: %w", in.name, Messagef("damaged_data", "damaged %s data: %w", in.compression, err))
	}
	if in.budget == nil {
		in.budget = &budget{packed: in.source}
	}
	if in.compression != "" {
		plain = in.budget.guard(plain)
	}
	in.data = bufio.NewReaderSize(plain, headSize)
	head, _ := in.data.Peek(512) // an error comes again when reading
	if err := refuse(in.name, head); err != nil {
		in.close()
		return "", err
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return "zip", nil
	case bytes.HasPrefix(head, []byte(database.Magic)):
		return "sqlite", nil
	case bytes.HasPrefix(head, []byte("PAR1")):
		return "parquet", nil
	case isTar(head):
		return "tar", nil
	case isWARC(head):
		return "warc", nil
	}
	in.text, in.encoding, err = decode(in.data, in.opt.Encoding)
	if err != nil {
		in.close()
		return "", fmt.Errorf("%s: %w", in.name, err)
	}
	return "", nil
}

// unpack returns the unpacked data, whose first packed bytes are magic.
func (in *input) unpack(packed *bufio.Reader, magic []byte) (io.Reader, error) {
	switch {
	case bytes.HasPrefix(magic, []byte("\x1f\x8b")):
		in.compression = "gzip"
		return newGunzip(packed)
	case bytes.HasPrefix(magic, []byte("\x28\xb5\x2f\xfd")), isSkippable(magic):
		in.compression = "zstd"
		z, err := zstd.NewReader(packed, zstd.WithDecoderConcurrency(2), zstd.WithDecoderMaxWindow(128<<20))
		if err != nil {
			return nil, err
		}
		in.unpacker = z.IOReadCloser()
		return z, nil
	case bytes.HasPrefix(magic, []byte("BZh")) && bytes.HasSuffix(magic, []byte("1AY&SY")):
		in.compression = "bzip2"
		return bzip2.NewReader(packed), nil
	case bytes.HasPrefix(magic, []byte("\xfd7zXZ\x00")):
		in.compression = "xz"
		return xz.NewReader(packed)
	}
	return packed, nil
}

func (in *input) close() {
	if in.unpacker != nil {
		in.unpacker.Close()
	}
}

// head returns the first bytes of the text without moving on.
func (in *input) head() []byte {
	head, _ := in.text.Peek(headSize) // an error comes again when reading
	return head
}

// longHead returns the first bytes of the text, to the end of the first line and
// the start of the next, if that is within a record's length: only there does a
// long object tell whether it is a line of many or the whole.
func (in *input) longHead() []byte {
	head := in.head()
	if len(head) < headSize || !bytes.HasPrefix(bytes.TrimSpace(head), []byte("{")) || bytes.IndexByte(bytes.TrimSpace(head), '\n') >= 0 {
		return head
	}
	line, err := []byte(nil), error(nil)
	for started, ended, next := false, false, false; err == nil && !next && len(line) <= maxRecord; {
		var part []byte
		if part, err = in.text.ReadSlice('\n'); err == bufio.ErrBufferFull {
			err = nil
		}
		line = append(line, part...)
		blank := len(bytes.TrimSpace(part)) == 0
		next = ended && !blank
		started = started || !blank
		ended = started && bytes.HasSuffix(part, []byte("\n"))
	}
	rest := io.Reader(in.text)
	if err != nil {
		rest = failing{err}
	}
	in.text = bufio.NewReaderSize(io.MultiReader(bytes.NewReader(line), rest), headSize)
	return line
}

// A failing reader gives an error that was met already.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// errTooLong says that a record is longer than maxRecord.
var errTooLong = errors.New("longer than 16 MiB")

// readLine returns the next line without its end, valid until the next call.
// After errTooLong, which comes with the start of the line, the rest of it is
// skipped. At the end of the input it returns io.EOF alone; any other error
// comes with what there is of the line.
func (in *input) readLine() ([]byte, error) {
	line, err := in.text.ReadSlice('\n')
	if err == bufio.ErrBufferFull {
		line, err = in.readLong(line)
	}
	if len(line) == 0 && err != nil {
		return nil, err
	}
	in.line++
	if err == io.EOF {
		err = nil
	}
	return bytes.TrimRight(line, "\r\n"), err
}

// readLong reads the rest of a line that is longer than the buffer of text.
func (in *input) readLong(start []byte) ([]byte, error) {
	in.long = append(in.long[:0], start...)
	tooLong, err := false, bufio.ErrBufferFull
	for err == bufio.ErrBufferFull {
		var part []byte
		part, err = in.text.ReadSlice('\n')
		if tooLong = tooLong || len(in.long)+len(part) > maxRecord; !tooLong {
			in.long = append(in.long, part...)
		}
	}
	if tooLong && (err == nil || err == io.EOF) {
		err = errTooLong
	}
	return in.long, err
}

// found tells the caller what the input is.
func (in *input) found(format, list string, fields map[string]string) {
	if in.opt.Found != nil {
		in.opt.Found(Recognised{in.name, in.compression, in.encoding, format, list, fields})
	}
}

// give yields an article. It returns errStopped if the caller wants no more.
func (in *input) give(a Article) error {
	if !in.yield(a, nil) {
		return errStopped
	}
	return nil
}

// bad yields a damaged record. It returns errStopped if the caller wants no more.
func (in *input) bad(line int, code string, err error, raw []byte) error {
	if !in.yield(Article{}, &RecordError{in.name, line, code, err, excerpt(raw)}) {
		return errStopped
	}
	return nil
}

// end tells how an input ended: nil for a good end, a damaged record where
// packed data is cut short, an error where there was nothing, or where the
// reading itself fails.
func (in *input) end(err error) error {
	switch {
	case in.source.err != nil:
		return fmt.Errorf("%s: %w", in.name, in.source.err)
	case err != nil && err != io.EOF:
		how := Messagef("is_damaged", "is damaged")
		if errors.Is(err, io.ErrUnexpectedEOF) {
			how = Messagef("ends_early", "ends early")
		}
		if in.budget.spent != nil {
			how, in.budget.told = Messagef("is_left", "is left"), true
		}
		return in.bad(0, "truncated", Messagef("left_at", "%v at record %d; everything before it was used (%w)", how, in.items+1, err), nil)
	case in.items == 0:
		return &noRecords{in.name, in.source.n}
	}
	return nil
}

type noRecords struct {
	file string
	size int64
}

func (e *noRecords) Error() string {
	return fmt.Sprintf("%s has %v", e.file, e.why())
}
func (e *noRecords) why() *Message {
	return Messagef("file_empty", "no records (%d bytes)", int(e.size))
}
func (e *noRecords) Unwrap() []error { return []error{ErrNoRecords, e.why()} }

// excerpt returns the start of a record for a message, at most 200 code points.
func excerpt(raw []byte) string {
	raw = raw[:min(len(raw), 200*utf8.UTFMax)]
	s := strings.ToValidUTF8(string(bytes.ReplaceAll(raw, []byte{0}, nil)), "\uFFFD")
	for i, n := 0, 0; i < len(s); n++ {
		if n == 200 {
			return s[:i]
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	return s
}
