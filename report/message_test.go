package report

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"qissa/article"
)

func TestMessagesInArabic(t *testing.T) {
	ar, err := speak("ar")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		m    *article.Message
		want string
	}{
		{article.Messagef("no_word", "no word in it"), "لا كلمة فيها"},
		{article.Messagef("json_ends", "not JSON (unexpected end, column %d)", 1200), "JSON مقطوع عند الحرف 1,200"},
		{article.Messagef("undated", "%s no date; %s", article.Counted{N: 2, Text: "2 articles have"}, "…"), "مادتان بلا تاريخ؛ تُقارن بنصها وحده، ولا تُعدّ أول نشر"},
		{article.Messagef("undated", "%s no date; %s", article.Counted{N: 11, Text: "11 articles have"}, "…"), "11 مادة بلا تاريخ؛ تُقارن بنصها وحده، ولا تُعدّ أول نشر"},
		{article.Messagef("record_skipped", "%s: %v; record skipped", "a.jsonl:4", article.Messagef("empty", "no title and no body")), "<bdi>a.jsonl:4</bdi>: بلا عنوان ولا نص؛ تُرك السجل"},
		{article.Messagef("used_before", "%w; the %s before that used", article.Messagef("json_start", "not JSON (starts with %q)", '<'), article.Counted{N: 3}),
			"ليس JSON (يبدأ بـ <bdi>&lt;</bdi>)؛ واستُعمل ما قبله: 3 مواد"},
		{article.Messagef("foreign", "%.0f %%", 24.6), "25% من المواد ليس معظمها بحروف عربية؛ البرنامج معدّ للعربية وحدها"},
		{article.Messagef("unheard_of", "a new <kind>"), `<span lang="en" dir="ltr">a new &lt;kind&gt;</span>`},
		{&article.Message{Code: "json_ends", Text: "cut"}, "JSON مقطوع عند الحرف "}, // a damaged file of results
	} {
		if got := string(ar.message(c.m)); got != c.want {
			t.Errorf("%s: %s\n want %s", c.m.Text, got, c.want)
		}
	}
	for _, c := range []struct {
		e    article.RecordError
		want string
	}{
		{article.RecordError{Code: "json", Err: errors.New("of an older version")}, "ليس JSON سليمًا"},
		{article.RecordError{Code: "unheard", Err: errors.New("so it was")}, `<span lang="en" dir="ltr">so it was</span>`},
		{article.RecordError{Code: "json", Err: article.Messagef("json_ends", "%d", 3)}, "JSON مقطوع عند الحرف 3"},
	} {
		if got := string(ar.reason(&c.e)); got != c.want {
			t.Errorf("%v: %s\n want %s", c.e.Err, got, c.want)
		}
	}
}

func TestMessagesAreReadAsWritten(t *testing.T) {
	m := article.Messagef("outer", "%v %d %q %.1f", article.Messagef("inner", "%s", "خبر"), 12, 'x', 0.5)
	data, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"code":"outer","args":[{"code":"inner","args":["خبر"]},12,"x",0.5]}`; string(data) != want {
		t.Errorf("%s, want %s", data, want)
	}
	read := new(article.Message)
	if err := json.Unmarshal(data, read); err != nil {
		t.Fatal(err)
	}
	if again, err := json.Marshal(read); err != nil || string(again) != string(data) {
		t.Errorf("%s, %v", again, err)
	}
}

// Every message that the readers and the command make is worded in Arabic, from arguments that it has; every wording is of a message.
func TestEveryMessageIsWorded(t *testing.T) {
	ar, err := speak("ar")
	if err != nil {
		t.Fatal(err)
	}
	made := map[string]int{} // code to the fewest arguments
	for _, dir := range []string{"../article", "../cmd/qissa", "."} {
		err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return err
			}
			f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err == nil {
				ast.Inspect(f, func(n ast.Node) bool { noteMessage(made, n); return true })
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(made) < 100 {
		t.Fatalf("found %d messages", len(made))
	}
	for code, args := range made {
		wording, ok := ar.Messages[code]
		if !ok {
			t.Errorf("no Arabic wording of the message %s", code)
		}
		for _, hole := range regexp.MustCompile(`\{(\d+)(?::(\w+))?\}`).FindAllStringSubmatch(wording, -1) {
			if n, _ := strconv.Atoi(hole[1]); n < 1 || n > args {
				t.Errorf("%s: %s of %d arguments", code, hole[0], args)
			}
			if hole[2] != "" && ar.Nouns[hole[2]] == nil {
				t.Errorf("%s: no noun %s", code, hole[2])
			}
		}
	}
	for code := range ar.Messages {
		if _, ok := made[code]; !ok {
			t.Errorf("the wording %s is of no message", code)
		}
	}
}

// noteMessage notes a call of Messagef or warn, or a Message or a code that is written down.
func noteMessage(made map[string]int, n ast.Node) {
	note := func(x ast.Expr, args int) {
		if lit, ok := x.(*ast.BasicLit); ok {
			code := strings.Trim(lit.Value, `"`)
			if before, ok := made[code]; !ok || args < before {
				made[code] = args
			}
		}
	}
	switch n := n.(type) {
	case *ast.CallExpr:
		name := ""
		switch f := n.Fun.(type) {
		case *ast.Ident:
			name = f.Name
		case *ast.SelectorExpr:
			name = f.Sel.Name
		}
		if name != "Messagef" && name != "warn" || len(n.Args) < 2 {
			return
		}
		note(n.Args[0], len(n.Args)-2)
		if sum, ok := n.Args[0].(*ast.BinaryExpr); ok { // "language_"+code
			for _, code := range []string{article.Persian, article.Urdu, article.Pashto, article.Kurdish, article.Sindhi, article.Uyghur} {
				made[strings.Trim(sum.X.(*ast.BasicLit).Value, `"`)+code] = len(n.Args) - 2
			}
		}
	case *ast.KeyValueExpr:
		if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Code" {
			if lit, ok := n.Value.(*ast.BasicLit); ok && lit.Value == `"said"` {
				note(n.Value, 1)
			}
		}
	case *ast.AssignStmt: // m.Code, m.Args = "no_permission", nil
		if to, ok := n.Lhs[0].(*ast.SelectorExpr); ok && to.Sel.Name == "Code" {
			note(n.Rhs[0], 0)
		}
	}
}
