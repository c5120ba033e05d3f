//go:build man

// With the tag man this is the program that writes the manual pages, so that the
// command itself is built without what makes them:
//
//	go run -tags man ./cmd/qissa DIR
package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/cpuguy83/go-md2man/v2/md2man"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go run -tags man ./cmd/qissa DIR")
		os.Exit(exitUsage)
	}
	if err := writeManual(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(exitFailed)
	}
}

// writeManual writes a page for the command and one for each verb.
func writeManual(dir string) error {
	root := newRoot(newStreams(strings.NewReader(""), io.Discard, io.Discard))
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	day, err := manualDay()
	if err != nil {
		return err
	}
	var verbs []*cobra.Command
	for _, verb := range root.Commands() {
		if verb.Annotations[exitCodesOf] != "" { // else it is cobra's own
			verbs = append(append(verbs, verb), verb.Commands()...)
		}
	}
	pages := map[string]string{"qissa": manualOfAll(verbs)}
	for _, verb := range verbs {
		pages["qissa-"+pathOf(verb, "-")] = manual(verb)
	}
	for name, page := range pages {
		page = fmt.Sprintf("%% %s 1 %q %q %q\n\n%s", strings.ToUpper(name), day, "qissa "+version(), "qissa", page)
		if err := os.WriteFile(filepath.Join(dir, name+".1"), md2man.Render([]byte(page)), 0o666); err != nil {
			return err
		}
	}
	return nil
}

// manualDay is the day of SOURCE_DATE_EPOCH, in seconds, where it is set, so that
// one commit gives the same pages on any day.
func manualDay() (string, error) {
	day, epoch := time.Now(), os.Getenv("SOURCE_DATE_EPOCH")
	if epoch != "" {
		seconds, err := strconv.ParseInt(epoch, 10, 64)
		if err != nil {
			return "", fmt.Errorf("SOURCE_DATE_EPOCH: %w", err)
		}
		day = time.Unix(seconds, 0)
	}
	return day.UTC().Format(time.DateOnly), nil
}

// pathOf names a verb: "cluster", "model build".
func pathOf(verb *cobra.Command, between string) string {
	return strings.ReplaceAll(strings.TrimPrefix(verb.CommandPath(), "qissa "), " ", between)
}

func manualOfAll(verbs []*cobra.Command) string {
	var b strings.Builder
	intro, examples, _ := strings.Cut(strings.TrimSuffix(rootHelp, "\nVerbs:\n"), "\n\nUsage:\n  qissa VERB [FLAGS] …\n\nExamples:\n")
	fmt.Fprintf(&b, "# NAME\nqissa - finds copies and stories in dumps of Arabic news\n\n# SYNOPSIS\n**qissa** *verb* [*flags*] …\n\n# DESCRIPTION\n%s\n", plainText(intro))
	fmt.Fprint(&b, "\n# VERBS\n")
	also := ""
	for _, verb := range verbs {
		fmt.Fprintf(&b, "**%s**\n: %s\n\n", pathOf(verb, " "), plainText(verb.Short))
		also += fmt.Sprintf("**qissa-%s**(1) ", pathOf(verb, "-"))
	}
	fmt.Fprintf(&b, "# EXAMPLES\n```\n%s```\n\n%s\n# SEE ALSO\n%s\n", examples, manualExit(exitCodesHelp), strings.TrimSpace(also))
	return b.String()
}

// manual writes the page of a verb in Markdown.
func manual(verb *cobra.Command) string {
	var b strings.Builder
	_, rest, _ := strings.Cut(verb.Use, verb.Name())
	fmt.Fprintf(&b, "# NAME\nqissa-%s - %s\n\n# SYNOPSIS\n**qissa %s**%s\n\n", pathOf(verb, "-"), plainText(strings.TrimSuffix(verb.Short, ".")), pathOf(verb, " "), plainText(rest))
	fmt.Fprintf(&b, "# DESCRIPTION\n%s\n\n# OPTIONS\n", plainText(cmp.Or(verb.Long, verb.Short)))
	group := ""
	verb.Flags().SortFlags = false
	verb.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Hidden || len(f.Annotations[groupOf]) == 0 {
			return
		}
		if f.Annotations[groupOf][0] != group {
			group = f.Annotations[groupOf][0]
			fmt.Fprintf(&b, "## %s\n\n", group)
		}
		b.WriteString(manualFlag(f))
	})
	fmt.Fprintf(&b, "# EXAMPLES\n```\n%s\n```\n\n%s\n# SEE ALSO\n**qissa**(1)\n", verb.Example, manualExit(verb.Annotations[exitCodesOf]))
	return b.String()
}

func manualFlag(f *pflag.Flag) string {
	value, usage := pflag.UnquoteUsage(f)
	names := "**--" + f.Name + "**"
	if f.Shorthand != "" {
		names = "**-" + f.Shorthand + "**, " + names
	}
	if value != "" {
		names += " *" + plainText(value) + "*"
	}
	usage = plainText(strings.ReplaceAll(usage, "\n", " "))
	switch f.DefValue {
	case "", "false", "0", "[]":
	default:
		if !strings.Contains(usage, "default") {
			usage += " (default " + plainText(f.DefValue) + ")"
		}
	}
	return names + "\n: " + usage + "\n\n"
}

var exitCode = regexp.MustCompile(`(?m)^  (\d+)  (.*)$`)

func manualExit(help string) string {
	var b strings.Builder
	b.WriteString("# EXIT STATUS\n")
	for _, m := range exitCode.FindAllStringSubmatch(help, -1) {
		fmt.Fprintf(&b, "**%s**\n: %s\n\n", m[1], plainText(m[2]))
	}
	return b.String()
}

// plainText keeps text from being taken for Markdown.
func plainText(s string) string {
	return strings.NewReplacer(`\`, `\\`, "<", `\<`, ">", `\>`, "|", `\|`, "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "`", "\\`").Replace(s)
}
