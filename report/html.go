package report

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"runtime"
	"strings"
	"time"
	"unicode"

	"qissa"
	"qissa/article"
	"qissa/internal/parallel"
)

// HTMLOptions are the settings of [HTML].
type HTMLOptions struct {
	Run      Run
	Skipped  []*article.RecordError
	Lang     string         // language in which the page opens, "ar" or "en"; "" means "ar"
	Location *time.Location // zone in which times are shown; nil means UTC
	Story    float64        // [qissa.Options].Story, marked where neighbours are shown; 0 leaves it out

	// Label opens the page for labelling: "label", or "blind" where the result is [Ungrouped];
	// "" is the page of a reader.
	Label string

	// Obeyed are the corrections that the run obeyed; those that the reader does not undo stay in the file of corrections.
	Obeyed []qissa.Correction

	// Uncertain is what the page needs to ask the questions of the run; nil for none.
	Uncertain *qissa.Uncertain

	// Cuts are what the page needs to cut the run anew; nil for none.
	Cuts *qissa.Cuts

	// Adjudicate makes a label page that of a third reader; the result is its [Adjudication.Meet].
	Adjudicate *Adjudication

	// Texts tells what of the articles goes into the page: "none", "lead"
	// (the opening), "shared" (all while the page stays below MaxSize, else openings,
	// and the whole text where a story has several articles), or "all". "" means
	// "shared".
	Texts string

	// Side makes a file beside the page, by its name with slashes. The texts go
	// there when the page would grow beyond MaxSize. Nil keeps all in the page.
	Side    func(name string) (io.WriteCloser, error)
	MaxSize int // bytes; 0 means 25 MB
}

const (
	maxSize = 25_000_000 // default of HTMLOptions.MaxSize
	largest = 100 << 20  // bytes; no single page may be larger
	indexed = 120        // bytes in the page per article, measured likewise
	packed  = 0.42       // bytes in the page per byte of text, measured on Arabic news
)

// SideFolder is the folder of the files beside the page.
const SideFolder = "report.files"

// HTML writes the result as one page that needs no network: the stories with
// search, filters and evidence for readers with scripts, the largest stories
// as plain text for those without.
func HTML(w io.Writer, r *qissa.Result, opt HTMLOptions) error {
	v, err := newView(r, opt)
	if err != nil {
		return err
	}
	l := newLayout(v, v.opt.Texts)
	if opt.Texts == "" || opt.Texts == "shared" { // whole where there is room
		if all := newLayout(v, "all"); all.size() <= v.opt.MaxSize {
			l = all
		}
	}
	l.asks, l.cut, l.differ = l.doubts(), l.cuts(), l.disputes()
	size := l.size()
	side := opt.Side != nil && size > v.opt.MaxSize
	if !side && size > largest {
		return fmt.Errorf("the page would have about %d MB: embed less text (openings only, or none), or let it use files beside it", size>>20)
	}
	css, code, err := source()
	if err != nil {
		return err
	}
	t, err := template.ParseFS(assets, "html/*.tmpl")
	if err != nil {
		return err
	}
	p, err := v.page(css, contentPolicy(css, code, side), l, side)
	if err != nil {
		return err
	}
	b := bufio.NewWriter(w)
	if err := t.ExecuteTemplate(b, "page.tmpl", p); err != nil {
		return err
	}
	if err := l.write(b, side); err != nil {
		return err
	}
	if _, err := io.WriteString(b, "<script>"+code+"</script>\n</body>\n</html>\n"); err != nil {
		return err
	}
	return b.Flush()
}

// size is about the bytes of the page.
func (l *layout) size() int { return int(packed*float64(l.bytes)) + indexed*len(l.v.r.Articles) }

func newView(r *qissa.Result, opt HTMLOptions) (*view, error) {
	l, err := speak(opt.Lang)
	if err != nil {
		return nil, err
	}
	switch opt.Texts {
	case "":
		opt.Texts = "shared"
	case "none", "lead", "shared", "all":
	default:
		return nil, fmt.Errorf("no way %q to embed texts; there are none, lead, shared and all", opt.Texts)
	}
	if opt.MaxSize == 0 {
		opt.MaxSize = maxSize
	}
	v := &view{language: l, r: r, opt: opt, zone: opt.Location}
	if opt.Location == nil {
		v.zone = dataZone(r.Articles)
	}
	v.outlets, v.flows = Outlets(r)
	return v, nil
}

// source returns the page's styles and its program, one function made of all
// modules in the order of their names but the last.
func source() (css, code string, err error) {
	style, err := assets.ReadFile("html/page.css")
	if err != nil {
		return "", "", err
	}
	var b strings.Builder
	b.WriteString("(() => {\n\"use strict\";\n")
	names, err := fs.Glob(assets, "html/js/*.js")
	if err != nil {
		return "", "", err
	}
	for _, name := range names {
		text, err := assets.ReadFile(name)
		if err != nil {
			return "", "", err
		}
		if !strings.HasSuffix(name, "/main.js") {
			b.Write(text)
		}
	}
	main, err := assets.ReadFile("html/js/main.js")
	b.Write(main)
	b.WriteString("})();\n")
	return string(style), b.String(), err
}

// contentPolicy forbids the page to load or run anything but its own styles
// and program, and the files beside it if there are any.
func contentPolicy(css, code string, side bool) string {
	hash := func(s string) string {
		sum := sha256.Sum256([]byte(s))
		return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	scripts := hash(code)
	if side {
		scripts += " 'self' file:"
	}
	return "default-src 'none'; base-uri 'none'; form-action 'none'; style-src " + hash(css) + "; script-src " + scripts
}

// write writes the data of the page: what it needs at once as JSON, the rest
// packed, the blocks of details beside the page if side is set.
func (l *layout) write(w io.Writer, side bool) error {
	words, err := l.words()
	if err != nil {
		return err
	}
	if err := element(w, "application/json", "words", func(w io.Writer) error { _, err := w.Write(words); return err }); err != nil {
		return err
	}
	if side {
		return l.writeBeside(w)
	}
	if err := element(w, "text/plain", "index", l.writeIndex); err != nil {
		return err
	}
	err = inOrder(len(l.blocks), l.packBlock, func(block int, packed []byte) error {
		return element(w, "text/plain", fmt.Sprint("block-", block), writeBytes(packed))
	})
	if err != nil {
		return err
	}
	if err := l.writeAsking(w); err != nil {
		return err
	}
	return l.eachWordPart(func(part int, packed []byte) error {
		return element(w, "text/plain", fmt.Sprint("block-w", part), writeBytes(packed))
	})
}

// writeBeside writes the index, and the blocks to files of their own. The index
// takes one processor as long as many blocks take all of them: it is packed
// meanwhile.
func (l *layout) writeBeside(w io.Writer) error {
	var index bytes.Buffer
	indexed := parallel.Go(func() error { return l.writeIndex(&index) })
	err := inOrder(len(l.blocks), l.packBlock, func(block int, packed []byte) error {
		return l.beside(fmt.Sprintf("%04d", block), fmt.Sprint(block), writeBytes(packed))
	})
	if err == nil {
		err = l.eachWordPart(func(part int, packed []byte) error {
			return l.beside(fmt.Sprint("w", part), fmt.Sprintf("%q", fmt.Sprint("w", part)), writeBytes(packed))
		})
	}
	if err := errors.Join(indexed(), err, l.askingBeside()); err != nil {
		return err
	}
	return element(w, "text/plain", "index", func(w io.Writer) error { _, err := index.WriteTo(w); return err })
}

// inOrder makes n pieces on all processors, a few of them ahead, and uses them
// one after the other.
func inOrder(n int, build func(int) ([]byte, error), use func(int, []byte) error) error {
	type piece struct {
		data []byte
		err  error
	}
	ahead := runtime.GOMAXPROCS(0)
	var pieces []func() piece
	for i := range n + ahead {
		if i < n {
			pieces = append(pieces, parallel.Go(func() piece {
				data, err := build(i)
				return piece{data, err}
			}))
		}
		if done := i - ahead; done >= 0 {
			p := pieces[done]()
			if p.err != nil {
				return p.err
			}
			if err := use(done, p.data); err != nil {
				return err
			}
		}
	}
	return nil
}

func element(w io.Writer, kind, id string, write func(io.Writer) error) error {
	if _, err := fmt.Fprintf(w, "<script type=%q id=%q>", kind, id); err != nil {
		return err
	}
	if err := write(w); err != nil {
		return err
	}
	_, err := io.WriteString(w, "</script>\n")
	return err
}

// beside writes a block to a file of its own, which calls back the page with its
// number or name.
func (l *layout) beside(file, block string, write func(io.Writer) error) (err error) {
	f, err := l.v.opt.Side(SideFolder + "/" + file + ".js")
	if err != nil {
		return err
	}
	defer func() {
		if e := f.Close(); err == nil {
			err = e
		}
	}()
	b := bufio.NewWriter(f)
	fmt.Fprintf(b, "qissaBlock(%s, \"", block)
	if err := write(b); err != nil {
		return err
	}
	b.WriteString("\");\n")
	return b.Flush()
}

// words is what the page needs at its start, as JSON that is safe in markup.
func (l *layout) words() ([]byte, error) {
	languages := map[string]*language{}
	dates, zones := map[string]string{}, map[string]string{}
	for _, code := range languageCodes {
		lang, err := speak(code)
		if err != nil {
			return nil, err
		}
		v := *l.v
		v.language = lang
		brief := *lang
		brief.Messages, brief.Skipped = nil, nil // the page came with them worded
		languages[code], dates[code] = &brief, v.dateRange()
		zones[code] = v.zoneName()
	}
	run := struct {
		Lang        string            `json:"lang"`
		Dates       map[string]string `json:"dates"`
		Threshold   share             `json:"threshold"`
		Strong      share             `json:"strong"`
		Weak        share             `json:"weak"`
		Members     int               `json:"members"`
		Beside      string            `json:"beside"`
		Zone        map[string]string `json:"zone"`
		Parts       int               `json:"parts"` // of the index of words
		Sources     []string          `json:"sources"`
		SourceOrder []int             `json:"sourceOrder"`
		Hash        string            `json:"hash"`
		Label       string            `json:"label,omitempty"`
		Asks        bool              `json:"asks,omitempty"`   // it has questions
		Cuts        []share           `json:"cuts,omitempty"`   // its cuts of stories and storylines, if it can be cut anew
		Differ      bool              `json:"differ,omitempty"` // two readers are compared
		Command     string            `json:"command"`
		Obeyed      [][]any           `json:"obeyed,omitempty"` // places of two articles, and whether they are together
	}{l.v.Code, dates, share(l.v.opt.Story), strongCohesion, weakCohesion, listedMembers, SideFolder, zones, l.wordParts(), list(l.sources), list(l.sourceOrder()),
		l.hash(), l.v.opt.Label, l.asks != nil, l.runCuts(), l.differ != nil, correctingCommand(l.v.opt.Run), l.obeyed()}
	data, err := json.Marshal(map[string]any{"run": run, "languages": languages, "folding": foldingTable()})
	return visible(data), err
}

// visible escapes the characters of JSON that cannot be seen, some of which
// would turn the direction of the source text.
func visible(data []byte) []byte {
	var b bytes.Buffer
	for _, r := range string(data) {
		if unicode.Is(unicode.Cf, r) && r <= 0xFFFF {
			fmt.Fprintf(&b, `\u%04x`, r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.Bytes()
}
