package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// A flagGroup is flags that stand under one heading of the help.
type flagGroup struct {
	name string
	*pflag.FlagSet
}

func group(name string, define func(*pflag.FlagSet)) flagGroup {
	fs := pflag.NewFlagSet(name, pflag.ContinueOnError)
	fs.SortFlags = false
	define(fs)
	return flagGroup{name, fs}
}

// Where the exit codes of a verb and the group of a flag are noted for the manual.
const (
	exitCodesOf = "exit codes"
	groupOf     = "group"
)

// describe gives a verb its flags, and a help that shows the examples first
// and the flags by group.
func describe(cmd *cobra.Command, exitCodes string, groups ...flagGroup) {
	for _, g := range groups {
		cmd.Flags().AddFlagSet(g.FlagSet)
		g.VisitAll(func(f *pflag.Flag) { cobra.CheckErr(g.SetAnnotation(f.Name, groupOf, []string{g.name})) })
	}
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if c, ok := f.Value.(choice); ok {
			cobra.CheckErr(cmd.RegisterFlagCompletionFunc(f.Name, cobra.FixedCompletions(c.words, cobra.ShellCompDirectiveNoFileComp)))
		}
	})
	cmd.Annotations = map[string]string{exitCodesOf: exitCodes}
	cmd.SetHelpFunc(func(cmd *cobra.Command, _ []string) {
		var b strings.Builder
		fmt.Fprintf(&b, "%s\n\nUsage:\n  qissa %s\n\nExamples:\n%s\n", cmd.Short, cmd.Use, cmd.Example)
		if cmd.Long != "" {
			fmt.Fprintf(&b, "\n%s\n", cmd.Long)
		}
		for _, g := range groups {
			if usages := g.FlagUsages(); usages != "" {
				fmt.Fprintf(&b, "\n%s:\n%s", g.name, usages)
			}
		}
		fmt.Fprintf(&b, "\n%s", exitCodes)
		fmt.Fprint(cmd.OutOrStdout(), b.String())
	})
}

const rootHelp = `Finds copies and stories in dumps of Arabic news.

Usage:
  qissa VERB [FLAGS] …

Examples:
  qissa cluster dump.jsonl -o out   read articles, write stories and a report
  qissa cluster news/ -o out        every dump of a folder
  zcat dump.gz | qissa cluster -    to read standard input, give '-'
  qissa eval out labels.tsv         score the stories against labels

Verbs:
`

// newHelp replaces cobra's help verb, which takes any name.
func newHelp(root *cobra.Command) *cobra.Command {
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) {
		out := cmd.OutOrStdout()
		if cmd.HasParent() { // of the completion verb
			fmt.Fprintf(out, "%s\n\n%s", cmd.Long, cmd.UsageString())
			return
		}
		fmt.Fprint(out, rootHelp)
		for _, c := range root.Commands() {
			fmt.Fprintf(out, "  %-12s%s\n", c.Name(), c.Short)
		}
		fmt.Fprint(out, "\nqissa help VERB shows its flags.\n\n", exitCodesHelp)
	})
	return &cobra.Command{
		Use:   "help [VERB]",
		Short: "Explain a verb.",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 && args[0] == root.Name() {
				args = args[1:]
			}
			cmd, _, err := root.Find(args)
			if err != nil || len(args) > 0 && cmd == root {
				return unknownVerb(root, args[0])
			}
			return cmd.Help()
		},
	}
}
