package pipe

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/textio"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/runners/prism"
)

var linesRead atomic.Int64

func countLine(string) { linesRead.Add(1) }

func init() { register.Function1x0(countLine) }

// Inputs are opened whole, and not by textio, which takes the size of a packed file for
// that of its text and reads no further (2.77.0): a canary. Once it fails, textio may read
// lines of packed files in parallel.
func TestTextioDropsPackedLines(t *testing.T) {
	const lines = 5000
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	for i := range lines {
		fmt.Fprintf(z, "قالت البلدية إن الجسر رقم %d يفتح اليوم\n", i)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "lines.gz")
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	p, s := beam.NewPipelineWithRoot()
	beam.ParDo0(s, countLine, textio.Read(s, path, textio.ReadGzip()))
	if _, err := prism.Execute(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	if n := linesRead.Load(); n == 0 || n > lines/2 {
		t.Errorf("textio reads %d of %d lines of a packed file: is readFn still needed?", n, lines)
	} else {
		t.Logf("textio reads %d of %d lines", n, lines)
	}
}
