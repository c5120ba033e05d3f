package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

const shortHelp = `qissa finds copies and stories in dumps of Arabic news.

  qissa cluster dump.jsonl -o out   read articles, write stories and a report
  qissa cluster news/ -o out        every dump of a folder
  zcat dump.gz | qissa cluster -    to read standard input, give '-'
  qissa eval out labels.tsv         score the stories against labels

qissa help lists the verbs, qissa help cluster the flags.
`

func newRoot(s *streams) *cobra.Command {
	root := &cobra.Command{
		Use:           "qissa VERB",
		Short:         "Finds copies and stories in dumps of Arabic news.",
		SilenceErrors: true, // conclude prints them
		SilenceUsage:  true,
		Args:          cobra.ArbitraryArgs,
		Version:       version(),
		PersistentPreRun: func(*cobra.Command, []string) {
			s.talk.settle()
		},
	}
	root.RunE = func(_ *cobra.Command, args []string) error {
		if len(args) == 0 {
			return s.talk.hint(shortHelp)
		}
		return unknownVerb(root, args[0])
	}
	general := group("General", func(fs *pflag.FlagSet) {
		fs.BoolVarP(&s.talk.quiet, "quiet", "q", false, "print errors only")
		fs.BoolVarP(&s.talk.verbose, "verbose", "v", false, "print times, memory and what was recognised")
		fs.BoolVar(&s.talk.plain, "no-color", false, "no colours (also NO_COLOR, TERM=dumb)")
	})
	root.PersistentFlags().AddFlagSet(general.FlagSet)
	root.SetVersionTemplate(versionLine() + "\n")
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(newArchive(s, general), newAsk(s, general), newChanges(s, general), newCluster(s, general), newDedup(s, general), newDiff(s, general), newEval(s, general), newExplain(s, general), newInspect(s, general), newMatch(s, general), newModel(s, general), newPassages(s, general), newRecut(s, general), newReport(s, general), newShards(s, general), newVersion(s))
	root.SetHelpCommand(newHelp(root))
	root.InitDefaultCompletionCmd()
	return root
}

// hint prints a short help in place of a result. It is a fault of usage.
func (t *talk) hint(help string) error {
	fmt.Fprint(t.w, help)
	return &fault{exitUsage, errQuiet}
}

func unknownVerb(root *cobra.Command, name string) error {
	var verbs []string
	for _, c := range root.Commands() {
		verbs = append(verbs, c.Name())
	}
	if near := nearest(name, verbs); near != "" {
		return usage("unknown verb %q (did you mean %s?)", name, near)
	}
	if _, err := os.Stat(name); err == nil {
		return usage("unknown verb %q (did you mean qissa cluster %s?)", name, name)
	}
	return usage("unknown verb %q; the verbs are %s", name, strings.Join(verbs, ", "))
}

// flagError names the nearest flag where one is unknown.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	if errors.As(err, &unknown) && len(unknown.GetSpecifiedName()) > 1 {
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		if near := nearest(unknown.GetSpecifiedName(), names); near != "" {
			return usage("%v (did you mean --%s?)", err, near)
		}
	}
	if !cmd.HasParent() {
		return usage("%v; qissa help lists the verbs, qissa help VERB the flags", err)
	}
	return usage("%v; qissa help %s lists the flags", err, cmd.Name())
}

// nearest returns the candidate with the fewest letters to change, the first by
// name of equals, "" if none is near.
func nearest(name string, candidates []string) string {
	best, least := "", len([]rune(name))/3+2
	for _, c := range slices.Sorted(slices.Values(candidates)) {
		if d := levenshtein.ComputeDistance(name, c); d < least {
			best, least = c, d
		}
	}
	return best
}
