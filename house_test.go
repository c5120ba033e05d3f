package qissa_test

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestHouse keeps the house in order: in no package do more than three files all reach
// one another, no file of the program has more than 350 lines and no function more than 63.
func TestHouse(t *testing.T) {
	const mostKnot, mostLines, mostFunction = 3, 350, 63
	var folders []string
	err := filepath.WalkDir(".", func(path string, d os.DirEntry, err error) error {
		if err == nil && d.IsDir() && d.Name() != "testdata" && !strings.HasPrefix(d.Name(), "_") {
			folders = append(folders, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range folders {
		fset := token.NewFileSet()
		var files []*ast.File
		names, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			f, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasSuffix(name, "_test.go") || strings.Contains(name, "_other.go") {
				continue
			}
			if lines := fset.File(f.Pos()).LineCount() - 1; lines > mostLines {
				t.Errorf("%s has %d lines, more than %d", name, lines, mostLines)
			}
			files = append(files, f)
			for _, d := range f.Decls {
				if f, ok := d.(*ast.FuncDecl); ok {
					if lines := fset.Position(f.End()).Line - fset.Position(f.Pos()).Line + 1; lines > mostFunction {
						t.Errorf("%s: %s has %d lines, more than %d", name, f.Name.Name, lines, mostFunction)
					}
				}
			}
		}
		for _, knot := range knots(uses(fset, files)) {
			if rooms := folder == "." || strings.HasPrefix(folder, "internal"); rooms && len(knot) > mostKnot {
				t.Errorf("%s: %d files all reach one another: %s", folder, len(knot), strings.Join(knot, ", "))
			}
		}
	}
}

// uses returns which files of a package use declarations of which others. What other
// packages declare is left out.
func uses(fset *token.FileSet, files []*ast.File) map[string]map[string]bool {
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{}}
	conf := types.Config{Error: func(error) {}, Importer: nothing{}}
	pkg, _ := conf.Check("p", fset, files, info)
	of := map[string]map[string]bool{}
	for id, object := range info.Uses {
		if object.Pkg() != pkg || !object.Pos().IsValid() {
			continue
		}
		from, to := filepath.Base(fset.Position(id.Pos()).Filename), filepath.Base(fset.Position(object.Pos()).Filename)
		if from != to {
			if of[from] == nil {
				of[from] = map[string]bool{}
			}
			of[from][to] = true
		}
	}
	return of
}

// nothing imports no package.
type nothing struct{}

func (nothing) Import(string) (*types.Package, error) { return nil, errors.New("not imported") }

// knots returns the files that all reach one another, several of them (Tarjan, 1972).
func knots(uses map[string]map[string]bool) (knots [][]string) {
	number, low, on := map[string]int{}, map[string]int{}, map[string]bool{}
	var stack []string
	var visit func(f string)
	visit = func(f string) {
		number[f] = len(number) + 1
		low[f] = number[f]
		stack, on[f] = append(stack, f), true
		for _, g := range slices.Sorted(maps.Keys(uses[f])) {
			if number[g] == 0 {
				visit(g)
				low[f] = min(low[f], low[g])
			} else if on[g] {
				low[f] = min(low[f], number[g])
			}
		}
		if low[f] != number[f] {
			return
		}
		at := slices.Index(stack, f)
		if knot := slices.Clone(stack[at:]); len(knot) > 1 {
			slices.Sort(knot)
			knots = append(knots, knot)
		}
		for _, g := range stack[at:] {
			on[g] = false
		}
		stack = stack[:at]
	}
	for _, f := range slices.Sorted(maps.Keys(uses)) {
		if number[f] == 0 {
			visit(f)
		}
	}
	return knots
}
