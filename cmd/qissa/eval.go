package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"qissa/eval"
	"qissa/report"
)

const evalExamples = `  qissa eval out labels.tsv                          score a run
  qissa eval a/stories.jsonl a.tsv b/stories.jsonl b.tsv   two sets and their mean
  qissa eval first.tsv second.tsv                    agreement of two annotators
  qissa eval --errors 5 out labels.tsv               the stories most split and most mixed
  qissa eval --sweep dump.jsonl labels.tsv --svg curve.svg   twenty thresholds from one run`

const evalLong = `PRED is the folder or the stories.jsonl of a run, or lines id<TAB>story or
id<TAB>story<TAB>storyline; GOLD likewise. Where both have storylines, these are
scored in a table of their own. Articles of PRED without a label are left out, and
counted. Of two files of labels the articles in both are compared, with kappa over pairs.`

const evalExitCodes = `Exit codes:
  0  done
  1  failed, or the mean B-cubed F1 is below --fail-under
  2  the command line is wrong
  4  the input of --sweep holds no article
  130  interrupted
`

// evalVerb holds the flags of qissa eval.
type evalVerb struct {
	*streams
	format    string
	subset    bool
	errors    int
	questions int
	intervals bool
	seed      uint64
	resamples int
	failUnder float64
	sweep     sweep
}

func newEval(s *streams, general flagGroup) *cobra.Command {
	v := &evalVerb{streams: s}
	cmd := &cobra.Command{
		Use:     "eval [FLAGS] PRED GOLD [PRED GOLD …]",
		Short:   "Score stories against labels.",
		Long:    evalLong,
		Example: evalExamples,
		RunE: func(cmd *cobra.Command, args []string) error {
			if v.failUnder > 0 {
				v.out.closed = false // the exit code is what is asked for
			}
			if v.sweep.on {
				return v.sweep.run(cmd.Context(), v.streams, args)
			}
			return v.run(cmd.Context(), args)
		},
	}
	scoring := group("Scoring", func(fs *pflag.FlagSet) {
		fs.BoolVar(&v.subset, "subset", false, "")
		fs.Lookup("subset").Hidden = true // of older versions: it is so always
		fs.Var(whole{&v.errors, 0, 1_000_000}, "errors", "show the `number` of gold stories most split, and of predicted ones most mixed")
		fs.Var(whole{&v.questions, 0, 1_000_000}, "questions", "also answer this `number` of the questions of qissa ask by GOLD, and score again;\nPRED is the folder of a run")
		fs.BoolVar(&v.intervals, "intervals", false, "show 95 % bootstrap intervals over gold stories")
		fs.Uint64Var(&v.seed, "seed", 1, "random `seed` of --intervals")
		v.resamples = 1000
		fs.Var(whole{&v.resamples, 1, 1_000_000}, "resamples", "`number` of resamples of --intervals")
		fs.Var(share{&v.failUnder, 0, 0}, "fail-under", "exit with 1 if the mean B-cubed F1 is below this")
		v.format = "table"
		fs.Var(choice{&v.format, []string{"table", "json"}}, "format", "what to print")
	})
	groups := append([]flagGroup{scoring}, v.sweep.groups()...)
	describe(cmd, evalExitCodes, append(groups, general)...)
	return cmd
}

func (v *evalVerb) run(ctx context.Context, args []string) error {
	if len(args) == 0 || len(args)%2 != 0 {
		return usage("eval wants pairs of PRED and GOLD, not %s; qissa help eval shows examples", count(len(args), "file", "files"))
	}
	var stories, storylines, answered []eval.Summary
	var listing strings.Builder
	readers := true
	for i := 0; i < len(args); i += 2 {
		pred, gold, err := v.read(args[i], args[i+1])
		if err != nil {
			return err
		}
		readers = readers && !pred.OfRun && !gold.OfRun
		set, err := v.score(pred, gold)
		if err != nil {
			return err
		}
		stories = append(stories, set)
		if v.questions > 0 {
			if set, err = v.asked(ctx, args[i], gold); err != nil {
				return err
			}
			answered = append(answered, set)
		}
		if err := v.list(&listing, args[i], pred, gold); err != nil {
			return err
		}
		widePred, hasPred := pred.Storylines()
		wideGold, hasGold := gold.Storylines()
		if !hasPred || !hasGold {
			continue
		}
		if set, err = v.score(widePred, wideGold); err != nil {
			return err
		}
		storylines = append(storylines, set)
	}
	if v.questions > 0 {
		return v.printAnswered(stories, answered)
	}
	if err := v.print(stories, storylines, listing.String(), readers); err != nil {
		return err
	}
	if f1 := eval.Mean(stories).BCubed.F1; f1 < v.failUnder {
		return fmt.Errorf("mean B-cubed F1 is %.4f, below %g", f1, v.failUnder)
	}
	return nil
}

// read reads a grouping and the labels that it is scored against.
func (v *evalVerb) read(predPath, goldPath string) (pred, gold eval.Labels, err error) {
	if pred, err = readLabels(predPath, v.in); err != nil {
		return pred, gold, err
	}
	if gold, err = readLabels(goldPath, v.in); err != nil {
		return pred, gold, err
	}
	if n := len(gold.Lacking(pred)); n > 0 && n < len(pred.Items) {
		v.talk.say("%s: %s of %s no label in it and left out", report.Harmless(gold.Name), count(n, "article", "articles"), report.Harmless(pred.Name)+have(n))
	}
	if n := len(pred.Lacking(gold)); n > 0 && n < len(gold.Items) && !pred.OfRun && !gold.OfRun {
		v.talk.say("%s: %s of %s no label in it and left out", report.Harmless(pred.Name), count(n, "article", "articles"), report.Harmless(gold.Name)+have(n))
		gold = gold.Among(pred)
	}
	return pred, gold, nil
}

func have(n int) string {
	if n == 1 {
		return " has"
	}
	return " have"
}

// asked scores a run after it has asked questions.
func (v *evalVerb) asked(ctx context.Context, dir string, gold eval.Labels) (eval.Summary, error) {
	pred, err := answer(ctx, dir, gold, v.questions)
	if err != nil {
		return eval.Summary{}, err
	}
	return v.score(pred, gold)
}

// printAnswered writes the scores before and after.
func (v *evalVerb) printAnswered(before, after []eval.Summary) error {
	if v.format == "json" {
		return eval.JSON(v.out, before, nil, after)
	}
	if err := eval.Table(v.out, before); err != nil {
		return err
	}
	fmt.Fprintf(v.out, "\nwith %s answered by the labels\n", count(v.questions, "question", "questions"))
	return eval.Table(v.out, after)
}

// score scores one grouping at one level.
func (v *evalVerb) score(pred, gold eval.Labels) (eval.Summary, error) {
	p, g, err := eval.Align(pred, gold)
	if err != nil {
		return eval.Summary{}, err
	}
	set := eval.Summarize(setName(gold.Name), p, g)
	if v.intervals {
		b, w := eval.Intervals(p, g, v.resamples, v.seed)
		set.Interval = &eval.SetIntervals{BCubed: b, Pairwise: w}
	}
	return set, nil
}

// list lists the errors of one grouping, if they are asked for.
func (v *evalVerb) list(listing io.Writer, predPath string, pred, gold eval.Labels) error {
	if v.errors == 0 {
		return nil
	}
	similar, err := readSimilarities(filepath.Join(filepath.Dir(labelFile(predPath)), pairsFileName))
	if err != nil {
		return err
	}
	set := setName(gold.Name)
	split, mixed := eval.Errors(pred, gold, v.errors)
	l := lister{w: listing, similar: similar, isolated: isolates(v.out)}
	whole, of := eval.Whole(pred, gold)
	fmt.Fprintf(listing, "\n%s: %d of %s of two or more outlets found whole and pure\n", set, whole, count(of, "gold story", "gold stories"))
	l.list(set+": gold stories most split", split)
	l.list(set+": stories most mixed", mixed)
	return nil
}

func (v *evalVerb) print(stories, storylines []eval.Summary, listing string, readers bool) error {
	if v.format == "json" {
		return eval.JSON(v.out, stories, storylines, nil)
	}
	if err := v.table(stories, readers); err != nil {
		return err
	}
	if len(storylines) > 0 {
		fmt.Fprintln(v.out, "\nstorylines")
		if err := v.table(storylines, readers); err != nil {
			return err
		}
	}
	_, err := io.WriteString(v.out, listing)
	return err
}

// table writes the scores of one level, with the kappa of readers, and with intervals if
// they are asked for.
func (v *evalVerb) table(sets []eval.Summary, readers bool) error {
	if err := eval.Table(v.out, sets); err != nil {
		return err
	}
	if readers {
		fmt.Fprintf(v.out, "kappa over pairs: %.4f\n", eval.Mean(sets).Kappa)
	}
	if !v.intervals {
		return nil
	}
	fmt.Fprintln(v.out)
	return eval.IntervalTable(v.out, sets)
}

// labelFile is the file that holds the labels of a path: a run's folder stands
// for its stories.
func labelFile(path string) string {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return filepath.Join(path, storiesFileName)
	}
	return path
}

func readLabels(path string, stdin io.Reader) (eval.Labels, error) {
	if path == "-" {
		return eval.ReadLabels(stdin, standardInput)
	}
	if isFolder(path) {
		if err := settle(path); err != nil {
			return eval.Labels{}, err
		}
	}
	path = labelFile(path)
	f, err := openRecords(path)
	if errors.Is(err, fs.ErrNotExist) {
		return eval.Labels{}, missing(path)
	} else if err != nil {
		return eval.Labels{}, err
	}
	defer f.Close()
	return eval.ReadLabels(f, path)
}

// setName is the name of a set in tables: that of its gold file.
func setName(path string) string {
	name := filepath.Base(path)
	for _, ext := range []string{".tsv", ".jsonl", ".gold", ".v2"} {
		name = strings.TrimSuffix(name, ext)
	}
	return report.Harmless(cmp.Or(name, path))
}
