package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"

	"qissa"
	"qissa/archive"
	"qissa/report"
)

// readArchive compares stories of an archive again.
func (v *askVerb) readArchive(ctx context.Context) error {
	again, zone, err := v.archive.rerun(ctx, v.streams, v.of, "ask", archive.Cut{})
	if err != nil {
		return err
	}
	v.links, v.asked = again.Links, again.Of
	v.exhibit = newExhibit((&runFile{Zone: zone.String()}).local, "")
	lines, w := io.Pipe()
	defer lines.Close()
	go func() { w.CloseWithError(report.StoriesJSONL(w, again.Result)) }()
	if err := report.EachLine(lines, storiesFileName, func(_ int, s runStory) error { return v.exhibit.take(s) }); err != nil {
		return err
	}
	var pairs bytes.Buffer
	if err := report.PairsJSONL(&pairs, again.Result); err != nil {
		return err
	}
	v.exhibit.pairs, err = takePairs(&pairs, v.of)
	return err
}

// soFar returns the corrections that hold.
func (v *askVerb) soFar() ([]qissa.Correction, error) {
	if v.path == "" {
		return slices.Concat(v.links.Corrections, v.answers), nil
	}
	return correctionsSoFar(v.path, v.links)
}

// add adds the corrections that an answer is.
func (v *askVerb) add(corrections []qissa.Correction) (step, error) {
	if v.path != "" {
		lines, err := addCorrections(v.path, v.links, corrections)
		return step{true, func() error { return lines.takeBack(v.path) }}, err
	}
	if err := qissa.Contradiction(slices.Concat(v.links.Corrections, v.answers, corrections)); err != nil {
		return step{}, err
	}
	before := len(v.answers)
	v.answers = append(v.answers, corrections...)
	return step{true, func() error { v.answers = v.answers[:before]; return nil }}, nil
}

// correct has the archive obey the answers. If it cannot, they are printed: no answer of a
// reader is lost.
func (v *askVerb) correct(ctx context.Context, answers int) error {
	list := make([]archive.Correction, len(v.answers))
	for i, c := range v.answers {
		c.Where = "qissa ask"
		list[i].Correction = c
	}
	writing := archiveVerb{streams: v.streams, waitFlag: v.archive.waitFlag}
	err := writing.obey(context.WithoutCancel(ctx), v.of, list)
	if err == nil {
		v.talk.say("%s, as %s of %s", count(answers, "answer", "answers"), count(len(list), "correction", "corrections"), v.of)
		return nil
	}
	return fmt.Errorf("%w; the lines above are the answers, for qissa archive correct", cmp.Or(report.CorrectionsJSONL(v.out, v.answers), err))
}
