package pipe

import (
	"context"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"
)

// Register names the functions of the job to Beam. A worker is another process, which finds
// them by name: it is to be called before beam.Init there too.
func Register() {
	register.DoFn5x1[context.Context, int, func([]byte), func(string), func(string), error](&readFn{})
	register.DoFn3x1[[]byte, func(*string) bool, func(string, []byte), error](&foldFn{})
	register.Function2x2(outletsOf)
	register.Function2x2(keyHash)
	register.Function2x1(sum)
	register.Function3x0(often)
	register.DoFn5x1[string, []byte, func(*int64) bool, func([]byte), func(string, []byte), error](&apartFn{})
	register.Function3x1(identify)
	register.Function2x1(pageOf)
	register.Function3x1(unite)
	register.DoFn4x1[[]byte, func(int64, []byte), func(string, int64), func(string, []byte), error](&placeFn{})
	register.DoFn4x1[context.Context, int64, func(*[]byte) bool, func(string), error](&slotFn{})
	register.Function3x0(bursts)
	register.Function3x1(orders)
	register.DoFn4x1[context.Context, int, func(*string) bool, func(int), error](&calendarFn{})
	register.DoFn3x1[context.Context, int, func(int), error](&stepFn{})
	register.DoFn4x1[context.Context, int, func(*int) bool, func(int), error](&tasksFn{})
	register.DoFn4x1[context.Context, int, func(*int) bool, func(string), error](&planFn{})
	register.DoFn3x1[context.Context, string, func(string), error](&shardFn{})
	register.DoFn3x1[context.Context, int, func(*string) bool, error](&recordFn{})

	register.Emitter1[[]byte]()
	register.Emitter1[string]()
	register.Emitter1[int64]()
	register.Emitter2[string, []byte]()
	register.Emitter2[int64, int]()
	register.Emitter2[int64, []byte]()
	register.Emitter2[string, int64]()
	register.Emitter1[int]()
	register.Iter1[[]byte]()
	register.Iter1[string]()
	register.Iter1[int64]()
	register.Iter1[int]()
}
