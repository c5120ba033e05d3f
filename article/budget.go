package article

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"github.com/klauspost/compress/gzip"
)

const (
	mostGrowth  = 500 // bytes for each packed one; news text gives 3 to 10
	mostMembers = 10_000_000
)

// guardedFrom is how many bytes may come out of any input. Tests set it.
var guardedFrom int64 = 256 << 20

// A budget bounds what is unpacked of one input, in all archives in it together,
// and so the time that a file made to grow without end can take.
type budget struct {
	packed  *source
	size    int64 // of the input, where that is known
	out     int64 // bytes unpacked, at every depth
	members int   // files of archives
	spent   error // nil while there is some left
	told    bool
}

// spend takes bytes that were unpacked off the budget.
func (b *budget) spend(bytes int) error {
	b.out += int64(bytes)
	if b.out > guardedFrom && b.out > mostGrowth*max(b.size, b.packed.n) && b.spent == nil {
		b.spent = Messagef("unpacks_too_far", "unpacks to more than %d times its size; not read on", mostGrowth)
	}
	return b.spent
}

// member takes a file of an archive off the budget.
func (b *budget) member() error {
	if b.members++; b.members > mostMembers && b.spent == nil {
		b.spent = Messagef("too_many_files", "more than %d files in one archive; not read on", mostMembers)
	}
	return b.spent
}

func (b *budget) guard(r io.Reader) io.Reader { return &guarded{r, b} }

// A guarded reader spends a budget.
type guarded struct {
	r      io.Reader
	budget *budget
}

func (g *guarded) Read(p []byte) (int, error) {
	n, err := g.r.Read(p)
	if spent := g.budget.spend(n); spent != nil {
		return n, spent
	}
	return n, err
}

// isSkippable reports whether packed data begins with a frame that zstd skips.
func isSkippable(magic []byte) bool {
	return len(magic) >= 4 && magic[0]&0xF0 == 0x50 && bytes.Equal(magic[1:4], []byte{0x2A, 0x4D, 0x18})
}

// A gunzip unpacks gzip data, one member after the other. NUL after the last one
// pads it, as tapes do.
type gunzip struct {
	packed *bufio.Reader
	z      *gzip.Reader
}

func newGunzip(packed *bufio.Reader) (*gunzip, error) {
	z, err := gzip.NewReader(packed)
	if err != nil {
		return nil, err
	}
	z.Multistream(false)
	return &gunzip{packed, z}, nil
}

func (g *gunzip) Read(p []byte) (int, error) {
	for {
		n, err := g.z.Read(p)
		if err != io.EOF {
			return n, err
		}
		if err = g.next(); n > 0 || err != nil {
			return n, err
		}
	}
}

// next begins with the next member. It returns io.EOF behind the last.
func (g *gunzip) next() error {
	for {
		c, err := g.packed.ReadByte()
		if err != nil {
			return err
		}
		if c == 0 {
			continue
		}
		if err := g.packed.UnreadByte(); err != nil {
			return err
		}
		if err := g.z.Reset(g.packed); err != nil {
			return err
		}
		g.z.Multistream(false)
		return nil
	}
}

// errSpent says that the budget of an input is spent, and that this was told.
var errSpent = errors.New("spent")
