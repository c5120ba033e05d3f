package report

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"

	"qissa"
	"qissa/article"
)

// sources are what the Go files of the module say that reflection does not know.
type sources struct {
	comment  map[string]string // of a field "qissa/report.storyJSON.ID", or of a column
	constant map[string][]any  // values of a type "qissa.Reason"
	value    map[string]string // of a constant "qissa.Verbatim"
	alike    [][2]string       // a type, and a constant whose value it has too: RepeatKind(Verbatim)
}

func readSources(t *testing.T) *sources {
	t.Helper()
	src := &sources{map[string]string{}, map[string][]any{}, map[string]string{}, nil}
	err := filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		files := token.NewFileSet()
		f, err := parser.ParseFile(files, name, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		src.add(files, f, path.Join("qissa", strings.TrimPrefix(filepath.ToSlash(filepath.Dir(name)), "..")))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range src.alike {
		src.constant[a[0]] = append(src.constant[a[0]], src.value[a[1]])
	}
	return src
}

func (src *sources) add(files *token.FileSet, f *ast.File, pkg string) {
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.TypeSpec:
			if s, ok := n.Type.(*ast.StructType); ok {
				for _, field := range s.Fields.List {
					for _, name := range field.Names {
						src.comment[pkg+"."+n.Name.Name+"."+name.Name] = strings.TrimSpace(field.Comment.Text())
					}
				}
			}
		case *ast.ValueSpec:
			for i, v := range n.Values {
				src.addConstant(pkg, n.Names[i].Name, n.Type, v)
			}
			if n.Names[0].Name == "articleColumns" {
				src.columns(files, f, n.Values[0].(*ast.CompositeLit))
			}
		}
		return true
	})
}

// addConstant notes the value of a constant, written as X T = "x" or X = T("x").
func (src *sources) addConstant(pkg, name string, of, value ast.Expr) {
	if call, ok := value.(*ast.CallExpr); ok && len(call.Args) == 1 {
		of, value = call.Fun, call.Args[0]
	}
	key := ""
	if id, ok := of.(*ast.Ident); ok {
		key = pkg + "." + id.Name
	}
	switch x := value.(type) {
	case *ast.BasicLit:
		if x.Kind == token.STRING && key != "" {
			src.value[pkg+"."+name] = strings.Trim(x.Value, `"`)
			src.constant[key] = append(src.constant[key], strings.Trim(x.Value, `"`))
		}
	case *ast.Ident:
		src.alike = append(src.alike, [2]string{key, pkg + "." + x.Name})
	}
}

// columns notes the comment of each column, on its line.
func (src *sources) columns(files *token.FileSet, f *ast.File, list *ast.CompositeLit) {
	at := map[int]string{}
	for _, c := range f.Comments {
		at[files.Position(c.Pos()).Line] = strings.TrimSpace(c.Text())
	}
	for _, x := range list.Elts {
		name := strings.Trim(x.(*ast.BasicLit).Value, `"`)
		src.comment["articleColumns."+name] = at[files.Position(x.Pos()).Line]
	}
}

// timePattern is the shape of RFC 3339 that Go writes.
const timePattern = `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})$`

// schema makes the schema of a type.
func (src *sources) schema(t *testing.T, of reflect.Type) *jsonschema.Schema {
	t.Helper()
	enum := func(values ...any) *jsonschema.Schema { return &jsonschema.Schema{Type: "string", Enum: values} }
	known := map[reflect.Type]*jsonschema.Schema{
		reflect.TypeFor[text]():            {Types: []string{"string", "null"}},
		reflect.TypeFor[quoted]():          {Type: "string"},
		reflect.TypeFor[json.RawMessage](): {},
		reflect.TypeFor[share]():           {Type: "number", Minimum: jsonschema.Ptr(0.0), Maximum: jsonschema.Ptr(1.0)},
		reflect.TypeFor[settingsJSON]():    {Type: "object", AdditionalProperties: &jsonschema.Schema{Types: []string{"string", "number", "boolean"}}},
	}
	for _, e := range []reflect.Type{reflect.TypeFor[qissa.Reason](), reflect.TypeFor[qissa.Relation](), reflect.TypeFor[qissa.FactKind](), reflect.TypeFor[article.Precision](),
		reflect.TypeFor[qissa.RepeatKind](), reflect.TypeFor[qissa.Review](), reflect.TypeFor[qissa.Decision](), reflect.TypeFor[qissa.Why](), reflect.TypeFor[ChangeKind](), reflect.TypeFor[ChangeCause](), reflect.TypeFor[linkKind]()} {
		values := src.constant[e.PkgPath()+"."+e.Name()]
		if len(values) < 2 {
			t.Fatalf("%v: no constants found", e)
		}
		known[e] = enum(values...)
	}
	s, err := jsonschema.ForType(of, &jsonschema.ForOptions{TypeSchemas: known})
	if err != nil {
		t.Fatal(err)
	}
	src.describe(t, s, of)
	return s
}

// describe adds what the comments say of the fields of a type, and what holds for
// all fields of a kind: lists are never null, whole numbers never negative.
func (src *sources) describe(t *testing.T, s *jsonschema.Schema, of reflect.Type) {
	t.Helper()
	for of.Kind() == reflect.Pointer {
		of = of.Elem()
	}
	if slices.Contains(s.Types, "array") {
		s.Type, s.Types = "array", nil
	}
	if s.Type == "integer" || slices.Contains(s.Types, "integer") {
		s.Minimum = jsonschema.Ptr(0.0)
	}
	if s.Items != nil {
		src.describe(t, s.Items, of.Elem())
	}
	if s.Properties == nil {
		return
	}
	s.AdditionalProperties = nil // fields may be added
	for _, field := range reflect.VisibleFields(of) {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if field.Anonymous || name == "" || name == "-" {
			continue
		}
		owner := of
		if n := len(field.Index); n > 1 {
			owner = of.FieldByIndex(field.Index[:n-1]).Type
		}
		key := owner.PkgPath() + "." + owner.Name() + "." + field.Name
		p := s.Properties[name]
		if src.describe(t, p, field.Type); src.comment[key] == "" {
			t.Errorf("%s has no comment on its line, which would be its description", key)
		}
		p.Description = src.comment[key]
		if name == "time" || strings.HasSuffix(name, "_time") {
			p.Format, p.Pattern = "date-time", timePattern
		}
	}
}

// row makes the schema of a row of articles.csv. A column follows the field of
// stories.jsonl that has its name.
func (src *sources) row(t *testing.T) *jsonschema.Schema {
	t.Helper()
	member, story := src.schema(t, reflect.TypeFor[memberJSON]()).Properties, src.schema(t, reflect.TypeFor[storyJSON]()).Properties
	fields := maps.Clone(member)
	maps.Copy(fields, member["origin"].Properties)
	for name, p := range member {
		fields["article_"+name] = p
	}
	for name, p := range story {
		fields["story_"+name] = p
	}
	for name, p := range src.schema(t, reflect.TypeFor[storylineJSON]()).Properties {
		fields["storyline_"+name] = p
	}
	s := &jsonschema.Schema{Type: "object", Properties: map[string]*jsonschema.Schema{}, Required: articleColumns, PropertyOrder: articleColumns}
	for _, name := range articleColumns {
		like := fields[name]
		if like == nil || src.comment["articleColumns."+name] == "" {
			t.Errorf("column %s has no comment on its line, or no field of stories.jsonl has its name", name)
			continue
		}
		cell := &jsonschema.Schema{Type: "string", Enum: like.Enum, Description: src.comment["articleColumns."+name]}
		switch {
		case like.Type == "integer":
			cell.Pattern = `^[0-9]*$`
		case like.Type == "number":
			cell.Pattern = `^[01]\.[0-9]{3}$`
		case like.Pattern != "":
			cell.Pattern = strings.Replace(like.Pattern, "^", "^$|^", 1)
		}
		s.Properties[name] = cell
	}
	return s
}
