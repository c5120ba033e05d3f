package main

import (
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"qissa/internal/tiles"
)

const shardsLong = `Clusters in tasks, one for each stretch of time, that any batch queue can run, on as many
machines as see one folder: what comes out are the files of qissa cluster under the same
options, byte for byte. Most need no such thing: a million articles take one machine some
minutes, and an archive bounded memory.

plan reads the articles once, sorts them into tiles of time, and prints how many tasks there
are. pairs and describe are so many, numbered from 0: one for each tile, and several for one
that has too many articles for one task. Without a number they do all that are not done yet,
one after the other. link and join are one task each. Each wants all of the one before: plan, pairs, link, describe, join. All that a task needs is
in the folder of the plan. A task that runs again, or twice at once, writes the same; one
that was killed leaves nothing that counts.`

const shardsExamples = `  n=$(qissa shards plan news/ --model news.model -o work)
  qissa shards pairs work 0              and 1, 2 … n-1, side by side
  qissa shards link work
  qissa shards describe work 0           and 1, 2 … n-1
  qissa shards join work -o out          stories.jsonl, articles.csv, pairs.jsonl …
  sbatch --array=0-$((n-1)) --wrap 'qissa shards pairs work $SLURM_ARRAY_TASK_ID'
  make -j8 -f examples/shards/Makefile INPUT=news/ MODEL=news.model OUT=out`

// shardsVerb holds the flags of qissa shards.
type shardsVerb struct {
	*streams
	cluster      clusterVerb // how to read and to group
	work         folder      // of the plan
	tile         span
	tileArticles int
	out          folder
	links        bool
	jobs         int
}

func newShards(s *streams, general flagGroup) *cobra.Command {
	v := &shardsVerb{streams: s, cluster: clusterVerb{streams: s, lang: "ar", texts: "shared"}}
	cmd := &cobra.Command{
		Use:     "shards plan|pairs|link|describe|join",
		Short:   "Cluster in tasks for a batch queue, with the bytes of one run.",
		Long:    shardsLong,
		Example: shardsExamples,
		RunE: func(cmd *cobra.Command, args []string) error {
			return usage("shards wants plan, pairs, link, describe or join; qissa help shards shows examples")
		},
	}
	describe(cmd, exitCodesHelp, general)
	input := v.cluster.input.group()
	input.BoolVar(&v.cluster.apart, "keep-versions", false, "keep records of one address apart, as qissa cluster does")
	input.StringVar(&v.cluster.correct, "corrections", "", "`file` of corrections from a report")
	plan := group("Plan", func(fs *pflag.FlagSet) {
		fs.StringVarP(&v.work.path, "out", "o", "", "`folder` for the plan and what its tasks leave for others, new or empty")
		fs.Var(&v.tile, "tile", "how long a tile of time is (default ten days, more where articles are few); never changes\na byte. A shorter one makes more tasks of less memory, and each reads two windows before\nits tile too")
		fs.Lookup("tile").DefValue = "0" // which the help leaves out
		fs.IntVar(&v.tileArticles, "tile-articles", tiles.MostArticles, "most articles of a task, about, those before its tile included; never changes a byte. A tile\nof more is cut, and two parts of it at a time are compared")
	})
	task := func() flagGroup {
		return group("Task", func(fs *pflag.FlagSet) { addJobs(fs, &v.jobs) })
	}
	join := group("Output", func(fs *pflag.FlagSet) {
		fs.StringVarP(&v.out.path, "out", "o", "", "`folder` for the files of the run")
		fs.BoolVar(&v.out.force, "force", false, "overwrite the files of another run")
		fs.BoolVar(&v.links, "links", true, "write links.bin, which recut, ask and the questions of the page want; it takes 60 bytes\nof memory for each pair of similar articles")
	})
	for _, x := range []struct {
		use, short string
		run        func(*cobra.Command, []string) error
		groups     []flagGroup
	}{
		{"plan [FLAGS] FILE|DIR|-… -o WORK", "Read the articles, and print how many tasks they make.", flagless(v.plan), []flagGroup{input, v.cluster.grouping.group(), plan}},
		{"pairs WORK [TASK…]", "Compare articles.", flagless(v.pairs), []flagGroup{task()}},
		{"link WORK", "Make stories and storylines of the pairs of all tiles.", flagless(v.link), []flagGroup{task()}},
		{"describe WORK [TASK…]", "Tell what the stories are.", flagless(v.describe), []flagGroup{task()}},
		{"join WORK -o OUT", "Write the files of the run.", flagless(v.join), []flagGroup{join, task()}},
	} {
		sub := &cobra.Command{Use: x.use, Short: x.short, Long: shardsLong, Example: shardsExamples, RunE: x.run}
		describe(sub, exitCodesHelp, append(x.groups, general)...)
		cmd.AddCommand(sub)
	}
	return cmd
}
