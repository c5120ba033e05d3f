// Fit learns what a run decides with, from labelled story sets.
//
//	go run ./eval/fit reference DUMP…     write reference.tsv.gz, the document frequencies of the dumps
//	go run ./eval/fit weights DATA        fit the decision on all sets and write cluster/fitted.go
//	go run ./eval/fit check DATA          measure it on sets that it was not fitted on
//	go run ./eval/fit trust DATA          measure and fit the trust in stories
//	go run ./eval/fit words DATA          compare stemmers and weights of terms
//
// DATA is a folder with dumps/NAME.jsonl.gz and stories/SET.jsonl with
// SET.v2.tsv (id, story, storyline) or SET.gold.tsv beside it. Every set of dense days
// is used twice: clustered by itself, and in the context of the dump that it was drawn
// from; everyday feeds by themselves.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "fit:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	if len(args) < 2 {
		return errors.New("usage: fit reference DUMP… | weights DATA | check DATA | trust DATA | words DATA")
	}
	switch verb, rest := args[0], args[1:]; verb {
	case "reference":
		return writeReference(ctx, rest, "internal/tfidf/reference.tsv.gz")
	case "weights":
		return writeWeights(ctx, rest[0], "cluster/fitted.go")
	case "check":
		return check(ctx, rest[0], out)
	case "trust":
		return trust(ctx, rest[0], out)
	case "words":
		return compareWords(ctx, rest[0], out)
	default:
		return fmt.Errorf("no verb %q; have reference, weights, check, trust, words", verb)
	}
}
