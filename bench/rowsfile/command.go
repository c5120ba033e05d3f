package rowsfile

import (
	"fmt"
	"log"
	"os"
	"runtime"
	"strconv"

	"qissa/vectorize"
)

// Command is the main function of a program that joins the rows of a file on one
// processor: its arguments are the file and the least cosines, one join each.
// join returns what it did, to be printed with its processor time.
func Command(join func(rows vectorize.Rows, least float64) (string, error)) {
	if len(os.Args) < 3 {
		log.Fatalf("usage: %s ROWS.bin LEAST...", os.Args[0])
	}
	runtime.GOMAXPROCS(1)
	rows, _, err := Read(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	for _, arg := range os.Args[2:] {
		least, err := strconv.ParseFloat(arg, 64)
		if err != nil {
			log.Fatal(err)
		}
		before := CPU()
		did, err := join(rows, least)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("least cosine %v: %s, %.1f s processor time\n", least, did, CPU()-before)
	}
}
