package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"qissa"
	"qissa/report"
)

// A finished run is a folder that a run has filled.
type finished struct {
	dir    string
	record *runFile
}

func openFinished(dir string) (*finished, error) {
	if beginsAsArchive(dir) {
		return nil, usage("%s is an archive; want the folder of a run", dir)
	}
	if !isFolder(dir) {
		return nil, usage("%s is no folder; want the folder of a run", dir)
	}
	if err := settle(dir); err != nil {
		return nil, err
	}
	record, err := readRun(filepath.Join(dir, runFileName))
	return &finished{dir, record}, err
}

// links reads the links of the run, which are to be as it left them.
func (f *finished) links() (*qissa.Links, error) {
	path := filepath.Join(f.dir, linksFileName)
	at := slices.IndexFunc(f.record.Files, func(x report.File) bool { return x.Name == linksFileName })
	if at < 0 {
		return nil, fmt.Errorf("%s has no %s: it is no folder of qissa cluster, or of an older version; repeat the run by qissa cluster --from %s -o …", f.dir, linksFileName, filepath.Join(f.dir, runFileName))
	}
	root, err := os.OpenRoot(f.dir)
	if err != nil {
		return nil, unreadable(f.dir, err)
	}
	defer root.Close()
	if err := unlike(root, f.dir, f.record.Files[at]); err != nil {
		return nil, fmt.Errorf("%s is not as its run left it; repeat the run", path)
	}
	file, err := root.Open(linksFileName)
	if err != nil {
		return nil, unreadable(path, err)
	}
	defer file.Close()
	links, err := qissa.ReadLinks(file, 0)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return links, nil
}

// headlines returns the headlines of the articles of groups.
func headlines(groups []report.Group) map[string]string {
	headline := map[string]string{}
	for _, g := range groups {
		for i, id := range g.Articles {
			headline[id] = g.Headlines[i]
		}
	}
	return headline
}

// groupsAs returns the groups of a run, with the headlines of its articles.
func groupsAs(r *qissa.Result, headline map[string]string, storylines bool) []report.Group {
	var groups []report.Group
	add := func(g report.Group, s *qissa.Story) report.Group {
		for _, m := range s.Members {
			id := r.Articles[m.Article].ID
			g.Articles, g.Headlines = append(g.Articles, id), append(g.Headlines, headline[id])
		}
		return g
	}
	if !storylines {
		for i := range r.Stories {
			s := &r.Stories[i]
			groups = append(groups, add(report.Group{ID: s.ID, Title: headline[r.Articles[s.Representative].ID]}, s))
		}
		return groups
	}
	for _, l := range r.Storylines {
		g := report.Group{ID: l.ID, Title: headline[r.Articles[l.Title].ID]}
		for _, s := range l.Stories {
			g = add(g, &r.Stories[s])
		}
		groups = append(groups, g)
	}
	return groups
}

// everyArticle is true of all.
func everyArticle(string) bool { return true }

// writeLabels writes the groups of some articles as labels.
func writeLabels(to io.Writer, r *qissa.Result, of func(id string) bool) error {
	w := bufio.NewWriter(to)
	for i := range r.Articles {
		if s := &r.Stories[r.StoryOf[i]]; of(r.Articles[i].ID) {
			fmt.Fprintf(w, "%s\t%s\t%s\n", r.Articles[i].ID, s.ID, r.Storylines[s.Storyline].ID)
		}
	}
	return w.Flush()
}
