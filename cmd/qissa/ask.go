package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"qissa"
	"qissa/report"
)

const askExamples = `  qissa ask out                      one question after the other: y, n, l, s, q
  qissa ask out --list 10            the ten that matter most, as a table
  qissa ask out --list 10 -f jsonl   as JSON lines, with the corrections of each answer
  qissa cluster --from out/run.json --corrections out/corrections.jsonl -o corrected
  qissa ask news.qissa --days 1      about the stories of the last day of an archive`

const askLong = `Asks which groups of articles are one story, those first on whose answer most pairs of
articles hang: merges that the run did, and merges that it did not. Each answer is
written at once, as lines of a file of corrections, and what is asked next follows
from it. Answers are single keys, whatever the keyboard is set to, or letters on standard
input:

  y  yes, one story                l  no, but of the same storyline
  n  no, two stories               s  skip; it is asked again another time
  u  undo the last answer, or skip q  enough

A question shows the most central article of each group, how many articles it stands
for, and what the two headlines, and the two articles, share and do not.

An archive keeps no links: those of the days or changes that are asked for are found
again. It gets all answers in one batch at the end, as by qissa archive correct; with
--corrections FILE they go into the file instead, at once.`

// askVerb holds the flags of qissa ask.
type askVerb struct {
	*streams
	list    int
	format  string
	path    string // of the corrections; "" for those of an archive
	of      string // folder of the run, or archive
	archive storyFlags
	links   *qissa.Links
	reader  *qissa.Reader
	exhibit *exhibit
	asked   func(id string) bool // about which articles
	answers []qissa.Correction   // that an archive gets
	skipped map[[2]string]bool
}

func newAsk(s *streams, general flagGroup) *cobra.Command {
	v := &askVerb{streams: s, skipped: map[[2]string]bool{}}
	cmd := &cobra.Command{
		Use:     "ask [FLAGS] OUT|ARCHIVE",
		Short:   "Answer the questions that improve the stories of a run most.",
		Long:    askLong,
		Example: askExamples,
		RunE:    func(cmd *cobra.Command, args []string) error { return v.run(cmd.Context(), args) },
	}
	flags := group("Questions", func(fs *pflag.FlagSet) {
		fs.StringVar(&v.path, "corrections", "", "`file` that answers are added to, and whose corrections hold (default that of the run,\nelse corrections.jsonl in its folder; an archive itself)")
		fs.Var(whole{&v.list, 0, 1_000_000}, "list", "print this `number` of questions, and ask none")
		v.format = "table"
		fs.VarP(choice{&v.format, []string{"table", "jsonl"}}, "format", "f", "how --list prints")
	})
	ofArchive := group("Of an archive", func(fs *pflag.FlagSet) {
		v.archive.addAgain(fs)
		v.archive.waitFlag.add(fs)
	})
	describe(cmd, exitCodesHelp, flags, ofArchive, general)
	return cmd
}

func (v *askVerb) run(ctx context.Context, args []string) error {
	if len(args) != 1 {
		return usage("ask wants the folder of a run, or an archive; qissa help ask shows examples")
	}
	v.of = args[0]
	read := v.readRun
	if beginsAsArchive(v.of) {
		read = v.readArchive
	}
	err := read(ctx)
	if err != nil {
		return err
	}
	if v.reader, err = v.links.Ask(ctx); err != nil {
		return err
	}
	if v.list > 0 {
		return v.print(ctx)
	}
	return v.dialogue(ctx)
}

// readRun reads a finished run.
func (v *askVerb) readRun(context.Context) error {
	if v.archive.given() > 0 {
		return usage("--since, --day, --days and --all are for an archive, and %s is none", v.of)
	}
	f, err := openFinished(v.of)
	if err != nil {
		return err
	}
	if v.links, err = f.links(); err != nil {
		return err
	}
	if v.path == "" {
		v.path = filepath.Join(v.of, "corrections.jsonl")
		if of, _ := f.record.Settings["corrections"].(string); of != "" {
			v.path = of
		}
	}
	v.asked, v.exhibit = everyArticle, newExhibit(f.record.local, f.dir)
	return nil
}

// aheadQuestions is of how many questions at least it is read what is shown, in one go: more
// than most sittings have.
const aheadQuestions = 50

// next returns the next questions, and the corrections that hold.
func (v *askVerb) next(ctx context.Context, most int) ([]qissa.Question, []qissa.Correction, error) {
	corrections, err := v.soFar()
	if err != nil {
		return nil, nil, err
	}
	list, err := v.reader.Questions(ctx, corrections, max(most, aheadQuestions), func(q qissa.Question) bool {
		about := func(i int) bool { return v.asked(v.links.IDs[i]) }
		return v.skipped[v.key(q)] || !slices.ContainsFunc(q.A, about) && !slices.ContainsFunc(q.B, about)
	})
	if err != nil {
		return nil, nil, err
	}
	var heads [][2]string
	for _, q := range list {
		heads = append(heads, [2]string{v.links.IDs[q.HeadA], v.links.IDs[q.HeadB]})
	}
	most = min(most, len(list))
	if !v.exhibit.holds(heads[:most]) {
		err = v.exhibit.readMore(heads)
	}
	return list[:most], corrections, err
}

func (v *askVerb) key(q qissa.Question) [2]string {
	return [2]string{v.links.IDs[q.A[0]], v.links.IDs[q.B[0]]}
}

// dialogue asks one question after the other. Whatever ends it, the answers so far hold.
func (v *askVerb) dialogue(ctx context.Context) error {
	answers, err := v.askAll(ctx)
	if answers > 0 {
		err = errors.Join(err, v.finish(ctx, answers))
	}
	return err
}

// askAll returns how many questions were answered.
func (v *askVerb) askAll(ctx context.Context) (answers int, err error) {
	var steps []step
	for keys := newKeys(v.in); ; answers = answered(steps) {
		list, corrections, err := v.next(ctx, 1)
		if err != nil {
			return answers, err
		}
		if len(list) == 0 {
			v.talk.say("no questions left")
			return answers, nil
		}
		q := list[0]
		fmt.Fprintf(v.out, "\n%s", v.exhibit.show(v.links, q, isolates(v.out)))
		fmt.Fprint(v.out, "one story?  y yes · n no · l no, but one storyline · s skip · u undo · q enough  ")
		key, err := keys.next(ctx)
		if err != nil {
			return answers, err
		}
		fmt.Fprintf(v.out, "%s\n", words[key])
		if key == 'q' {
			return answers, nil
		}
		if key == 'u' {
			if steps, err = v.undo(steps); err != nil {
				return answers, err
			}
			continue
		}
		s := step{undo: func() error { delete(v.skipped, v.key(q)); return nil }}
		if key == 's' {
			v.skipped[v.key(q)] = true
		} else if s, err = v.add(v.answer(q, key, corrections)); err != nil {
			return answers, err
		}
		steps = append(steps, s)
	}
}

// finish says where the answers are.
func (v *askVerb) finish(ctx context.Context, answers int) error {
	if v.path == "" {
		return v.correct(ctx, answers)
	}
	v.talk.say("%s in %s", count(answers, "answer", "answers"), v.path)
	if isArchive(v.of) {
		v.talk.say("next: qissa archive correct %s %s", v.of, v.path)
	} else {
		v.talk.say("next: qissa cluster --from %s --corrections %s -o %s", filepath.Join(v.of, runFileName), v.path, filepath.Clean(v.of)+"-corrected")
	}
	return nil
}

// A step is what a reader did, and how it is undone.
type step struct {
	answer bool // else a skip
	undo   func() error
}

// answered counts the answers.
func answered(steps []step) (n int) {
	for _, s := range steps {
		if s.answer {
			n++
		}
	}
	return n
}

// undo takes back the last step, if there is one.
func (v *askVerb) undo(steps []step) ([]step, error) {
	if len(steps) == 0 {
		v.talk.say("nothing to undo")
		return nil, nil
	}
	last := len(steps) - 1
	return steps[:last], steps[last].undo()
}

// words say what a key means.
var words = map[byte]string{'u': "undone", 'y': "yes", 'n': "no", 'l': "one storyline", 's': "skipped", 'q': "enough"}

// answer returns the corrections that a key stands for.
func (v *askVerb) answer(q qissa.Question, key byte, corrections []qissa.Correction) []qissa.Correction {
	switch key {
	case 'y':
		return v.reader.Yes(q)
	case 'l':
		return v.reader.OneStoryline(q, corrections)
	}
	return v.reader.No(q, corrections)
}

// print lists questions.
func (v *askVerb) print(ctx context.Context) error {
	list, corrections, err := v.next(ctx, v.list)
	if err != nil {
		return err
	}
	if v.format == "jsonl" {
		asked := make([]report.Asked, len(list))
		for i, q := range list {
			asked[i] = v.exhibit.asked(v.links, q, func(key byte) []qissa.Correction { return v.answer(q, key, corrections) })
		}
		return report.AskedJSONL(v.out, asked)
	}
	fmt.Fprintln(v.out, "weight  similarity  now        articles  headlines")
	for _, q := range list {
		fmt.Fprintf(v.out, "%6.1f  %10.2f  %-9s  %8d  %s\n", q.Difference, q.Same, state(q), len(q.A), report.Line(v.exhibit.title(v.links.IDs[q.HeadA]), 90, isolates(v.out)))
		fmt.Fprintf(v.out, "%30s %9d  %s\n", "", len(q.B), report.Line(v.exhibit.title(v.links.IDs[q.HeadB]), 90, isolates(v.out)))
	}
	return nil
}

func state(q qissa.Question) string {
	if q.Together {
		return "one story"
	}
	return "apart"
}
