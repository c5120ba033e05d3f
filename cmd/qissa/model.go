package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"qissa"
)

const modelLong = `A model is the statistics of a corpus: in how many articles each word stands, and
what outlets put on every page. Without one, qissa cluster takes those of its input,
so that the same two articles may be one story today and two tomorrow. Build one from
a month of your papers, and give it to every run: results of different days compare.`

const modelExamples = `  qissa model build 2026-10/ -o news.model            once, from a month of dumps
  qissa cluster today.jsonl --model news.model -o out every day
  qissa model info news.model`

// modelVerb holds the flags of qissa model.
type modelVerb struct {
	*streams
	input    inputFlags
	grouping clusterFlags
	out      string
	force    bool
}

func newModel(s *streams, general flagGroup) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "model build|info",
		Short:   "Build the statistics of a corpus, or tell what they are.",
		Long:    modelLong,
		Example: modelExamples,
		RunE: func(cmd *cobra.Command, args []string) error {
			return usage("model wants build or info; qissa help model shows examples")
		},
	}
	v := &modelVerb{streams: s}
	build := &cobra.Command{
		Use:     "build [FLAGS] FILE|DIR|-… -o FILE",
		Short:   "Count the words of a corpus.",
		Long:    modelLong,
		Example: modelExamples,
		RunE:    func(cmd *cobra.Command, args []string) error { return v.build(cmd.Context(), args) },
	}
	counting := group("Counting", func(fs *pflag.FlagSet) { addJobs(fs, &v.grouping.opt.Jobs) })
	output := group("Output", func(fs *pflag.FlagSet) {
		fs.StringVarP(&v.out, "out", "o", "", "`file` for the model")
		fs.BoolVar(&v.force, "force", false, "overwrite a file")
	})
	describe(build, exitCodesHelp, v.input.group(), counting, output, general)
	info := &cobra.Command{
		Use:     "info FILE",
		Short:   "Tell what a model was made of.",
		Long:    modelLong,
		Example: modelExamples,
		RunE:    func(_ *cobra.Command, args []string) error { return v.info(args) },
	}
	describe(info, exitCodesHelp, general)
	cmd.AddCommand(build, info)
	describe(cmd, exitCodesHelp, general)
	return cmd
}

// build counts the articles of the input and writes the model.
func (v *modelVerb) build(ctx context.Context, args []string) error {
	switch {
	case len(args) == 0:
		return usage("model build wants files, or - for standard input; qissa help model shows examples")
	case v.out == "":
		return usage("model build wants --out FILE for the model")
	}
	if err := checkNames([]string{v.out}, v.force); err != nil {
		return err
	}
	start := time.Now()
	reading, err := v.input.options()
	if err != nil {
		return err
	}
	reading.Jobs = v.grouping.opt.Jobs
	found, err := find(args, v.in, v.talk)
	if err != nil {
		return err
	}
	found.unite = true // as cluster does
	d, err := load(ctx, found, reading, v.streams)
	if err != nil {
		return err
	}
	v.talk.say("%s", d.line(""))
	opt := qissa.Options{Jobs: reading.Jobs, Spill: d.scratch.keep, Progress: clearing(v.talk.progress)}
	m, err := qissa.BuildModel(ctx, d.release(), opt)
	if err != nil {
		return err
	}
	v.talk.begin(writing)
	written := v.talk.written.Load()
	if err := writeFiles(ctx, []output{{v.out, m.Write}}, v.force, v.talk); err != nil {
		return err
	}
	v.talk.begin("")
	v.talk.say("wrote %s (%s), model %s, in %s", v.out, fileSize(v.talk.written.Load()-written), m.ID(), seconds(start))
	return nil
}

// info prints what a model was made of, and the models of later epochs.
func (v *modelVerb) info(args []string) error {
	if len(args) != 1 {
		return usage("model info wants one model, not %s", count(len(args), "file", "files"))
	}
	m, later, err := readModels(args[0])
	if err != nil {
		return err
	}
	if err := v.print(m); err != nil {
		return err
	}
	for _, e := range later {
		if _, err := fmt.Fprintf(v.streams.out, "\nfrom         %s on\n", e.Start.Format(time.RFC3339)); err != nil {
			return err
		}
		if err := v.print(e.Model); err != nil {
			return err
		}
	}
	return nil
}

func (v *modelVerb) print(m *qissa.Model) error {
	i := m.Info()
	_, err := fmt.Fprintf(v.streams.out, "model        %s\ndocuments    %s, those of the reference that comes with qissa among them\nterms        %s\nboilerplate  %s, %s and %s of %s\n",
		m.ID(), number(i.Documents), number(i.Terms),
		count(i.Affixes, "affix of titles", "affixes of titles"), count(i.Passages, "passage", "passages"),
		count(i.Sequences, "sequence of five words", "sequences of five words"), count(i.Outlets, "outlet", "outlets"))
	return err
}

// readModels reads from a file a model, and those of later epochs as an archive exports
// them.
func readModels(path string) (*qissa.Model, []qissa.Epoch, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, unreadable(path, err)
	}
	defer f.Close()
	m, later, err := qissa.ReadModels(f)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w; qissa model build makes one", path, err)
	}
	return m, later, nil
}

// oneModel refuses models of several epochs, of which an archive makes its own.
func oneModel(later []qissa.Epoch) error {
	if len(later) > 0 {
		return usage("--model holds %d models, one epoch after the other; an archive wants one, and makes the later ones", 1+len(later))
	}
	return nil
}
