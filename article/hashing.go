package article

import (
	"io"
	"os"
)

// Hashing reads f and hashes what is read in order. A file is also open to reading
// anywhere, as some formats need: what is left is to be read before the hash counts.
func Hashing(f io.Reader, hash io.Writer) io.Reader {
	tee := io.TeeReader(f, hash)
	if file, ok := f.(*os.File); ok {
		if info, err := file.Stat(); err == nil && info.Mode().IsRegular() {
			return hashedFile{tee, file, info.Size()}
		}
	}
	return tee
}

// A hashedFile is hashed as far as it is read in order.
type hashedFile struct {
	io.Reader
	io.ReaderAt
	size int64
}

// Size is the size of the file in bytes.
func (f hashedFile) Size() int64 { return f.size }
