package article

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/textproto"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"golang.org/x/net/html/charset"
)

// isWARC reports whether data starts like a web archive.
func isWARC(head []byte) bool {
	return bytes.HasPrefix(head, []byte("WARC/1.")) || bytes.HasPrefix(head, []byte("WARC/0."))
}

// readWARC yields the pages of a web archive (ISO 28500): the HTML responses, and
// the texts that were made of them (the WET files of Common Crawl). Other records
// are passed over.
func (in *input) readWARC(r *bufio.Reader) error {
	in.found("warc", "", nil)
	kinds := map[string]int{}
	for {
		header, length, err := warcHeader(r)
		if err == io.EOF {
			if in.items == 0 && len(kinds) > 0 {
				return &noPages{in.name, kinds}
			}
			return in.end(io.EOF)
		}
		if err != nil {
			return in.end(err)
		}
		block := io.LimitReader(r, length)
		kinds[strings.ToLower(header.Get("WARC-Type"))]++
		switch strings.ToLower(header.Get("WARC-Type")) {
		case "response":
			err = in.warcResponse(bufio.NewReader(block), header.Get("WARC-Target-URI"))
		case "conversion":
			err = in.warcText(block, header)
		}
		if err != nil {
			return err
		}
		if _, err := io.Copy(io.Discard, block); err != nil {
			return in.end(err)
		}
	}
}

// warcHeader reads the header of a record, and returns the length of what
// follows it.
func warcHeader(r *bufio.Reader) (textproto.MIMEHeader, int64, error) {
	for { // empty lines stand between records
		line, err := r.ReadSlice('\n')
		text := bytes.TrimSpace(line)
		switch {
		case len(text) == 0 && err == io.EOF:
			return nil, 0, io.EOF
		case err != nil:
			return nil, 0, unexpectedEnd(err)
		case len(text) == 0:
			continue
		case !isWARC(text):
			return nil, 0, errors.New("no WARC header where a record should start")
		}
		break
	}
	lines, err := headerLines(r)
	if err != nil {
		return nil, 0, unexpectedEnd(err)
	}
	header, err := textproto.NewReader(bufio.NewReader(bytes.NewReader(lines))).ReadMIMEHeader()
	if err != nil {
		return nil, 0, unexpectedEnd(err)
	}
	length, err := strconv.ParseInt(header.Get("Content-Length"), 10, 64)
	if err != nil || length < 0 {
		return nil, 0, fmt.Errorf("a record without a length (%q)", header.Get("Content-Length"))
	}
	return header, length, nil
}

// warcResponse yields the page of a response.
func (in *input) warcResponse(block *bufio.Reader, address string) error {
	address = strings.Trim(address, "<>")
	head, err := headerLines(block)
	if err != nil {
		in.items++
		return in.bad(0, "http", Messagef("not_http", "%s: not an HTTP response (%w)", address, err), nil)
	}
	response, err := http.ReadResponse(bufio.NewReader(io.MultiReader(bytes.NewReader(head), block)), nil)
	if err != nil {
		in.items++
		return in.bad(0, "http", Messagef("not_http", "%s: not an HTTP response (%w)", address, err), nil)
	}
	defer response.Body.Close()
	kind := response.Header.Get("Content-Type")
	if response.StatusCode != http.StatusOK || !strings.Contains(strings.ToLower(kind), "html") {
		return nil
	}
	body, err := unpackedBody(response)
	if err != nil {
		in.items++
		return in.bad(0, "http", Messagef("page_packed", "%s: %w", address, err), nil)
	}
	raw, err := io.ReadAll(io.LimitReader(body, maxRecord+1))
	switch {
	case len(raw) > maxRecord:
		in.items++
		return in.bad(0, "too_long", Messagef("page_too_long", "%s: page %w", address, errTooLong), raw)
	case err != nil && len(raw) < leastArticle:
		in.items++
		return in.bad(0, "truncated", Messagef("page_ends_early", "%s: the page ends early (%w)", address, err), raw)
	}
	text, err := in.pageText(raw, kind)
	if err != nil {
		in.items++
		return in.bad(0, "encoding", Messagef("page_encoding", "%s: %w", address, err), raw)
	}
	return in.document(htmlRecord(text, address), 0, address)
}

// maxHeader is how many bytes a header may have: those of servers have 1 to 8 KB.
const maxHeader = 1 << 20

// headerLines reads a header up to its empty line, or to the end of r.
func headerLines(r *bufio.Reader) ([]byte, error) {
	var lines []byte
	for {
		line, err := r.ReadSlice('\n')
		lines = append(lines, line...)
		switch {
		case err == bufio.ErrBufferFull && len(lines) <= maxHeader:
			continue
		case err == io.EOF && len(lines) > 0:
			return lines, nil
		case err != nil && err != bufio.ErrBufferFull:
			return nil, err
		case len(lines) > maxHeader:
			return nil, errors.New("a header longer than 1 MiB")
		case len(bytes.TrimSpace(line)) == 0:
			return lines, nil
		}
	}
}

// unpackedBody is the body of a response without its content encoding.
func unpackedBody(response *http.Response) (io.Reader, error) {
	switch packed := strings.ToLower(response.Header.Get("Content-Encoding")); packed {
	case "", "identity", "none", "utf-8":
		return response.Body, nil
	case "gzip", "x-gzip":
		body, err := gzip.NewReader(response.Body)
		if err != nil {
			return nil, fmt.Errorf("damaged gzip data (%w)", err)
		}
		return body, nil
	case "br":
		return brotli.NewReader(response.Body), nil
	default:
		return nil, fmt.Errorf("content encoding %q is not read", packed)
	}
}

// pageText returns a page as UTF-8. Its bytes tell the encoding; what the server
// and the page say of it, which is often wrong, counts where they do not.
func (in *input) pageText(raw []byte, kind string) ([]byte, error) {
	given := in.opt.Encoding
	text, _, err := decode(bufio.NewReaderSize(bytes.NewReader(raw), headSize), given)
	ascii := !slices.ContainsFunc(raw[:min(len(raw), headSize)], func(b byte) bool { return b >= utf8.RuneSelf })
	if err == errNotText || (given == "" || given == "auto") && ascii {
		declared, err := charset.NewReader(bytes.NewReader(raw), kind)
		if err != nil {
			return nil, errNotText
		}
		return io.ReadAll(declared)
	}
	if err != nil {
		return nil, err
	}
	return io.ReadAll(text)
}
