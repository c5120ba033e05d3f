//go:build !man

// Command qissa groups the articles of news dumps into stories.
//
//	qissa cluster dump.jsonl -o out    read articles, write stories and a report
//	qissa eval out labels.tsv          score a grouping against labels
//
// Results go to files or the standard output, talk goes to the error stream.
// Run qissa help for all verbs, and qissa help VERB for flags and exit codes.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // --tz works where the system has no zones
)

func main() {
	signal.Ignore(syscall.SIGPIPE) // a closed pipe is an error of the write, not a death
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // the second Ctrl-C ends it at once
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
