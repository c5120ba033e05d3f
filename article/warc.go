package article

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/textproto"
	"strconv"
	"strings"

	"github.com/klauspost/compress/gzip"
	"golang.org/x/net/html/charset"
)

// isWARC reports whether data starts like a web archive.
func isWARC(head []byte) bool {
	return bytes.HasPrefix(head, []byte("WARC/1.")) || bytes.HasPrefix(head, []byte("WARC/0."))
}

// readWARC yields the pages of a web archive (ISO 28500): the HTML responses.
// Other records are passed over.
func (in *input) readWARC(r *bufio.Reader) error {
	in.found("warc", "", nil)
	pages := 0
	for {
		header, length, err := warcHeader(r)
		if err == io.EOF {
			if in.items == 0 {
				return in.end(io.EOF)
			}
			return nil
		}
		if err != nil {
			return in.end(err)
		}
		block := io.LimitReader(r, length)
		if strings.EqualFold(header.Get("WARC-Type"), "response") {
			if err := in.warcResponse(bufio.NewReader(block), header.Get("WARC-Target-URI")); err != nil {
				return err
			}
			pages++
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
	header, err := textproto.NewReader(r).ReadMIMEHeader()
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
	response, err := http.ReadResponse(block, nil)
	if err != nil {
		in.items++
		return in.bad(0, "http", fmt.Errorf("%s: not an HTTP response (%w)", address, err), nil)
	}
	defer response.Body.Close()
	kind := response.Header.Get("Content-Type")
	if response.StatusCode != http.StatusOK || !strings.Contains(strings.ToLower(kind), "html") {
		return nil
	}
	body := io.Reader(response.Body)
	if strings.EqualFold(response.Header.Get("Content-Encoding"), "gzip") {
		if body, err = gzip.NewReader(body); err != nil {
			in.items++
			return in.bad(0, "http", fmt.Errorf("%s: damaged gzip data (%w)", address, err), nil)
		}
	}
	if decoded, err := charset.NewReader(body, kind); err == nil {
		body = decoded
	}
	text, err := io.ReadAll(io.LimitReader(body, maxRecord+1))
	switch {
	case len(text) > maxRecord:
		in.items++
		return in.bad(0, "too_long", fmt.Errorf("%s: page %w", address, errTooLong), text)
	case err != nil && len(text) < leastArticle:
		in.items++
		return in.bad(0, "truncated", fmt.Errorf("%s: the page ends early (%w)", address, err), text)
	}
	return in.document(htmlRecord(text, address), 0, address)
}
