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

// describe gives a verb its flags, and a help that shows the examples first
// and the flags by group.
func describe(cmd *cobra.Command, exitCodes string, groups ...flagGroup) {
	for _, g := range groups {
		cmd.Flags().AddFlagSet(g.FlagSet)
	}
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
