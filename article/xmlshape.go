package article

import (
	"encoding/xml"
	"io"
	"maps"
	"slices"
	"strings"
)

// passing are elements whose members are never those of the article.
const passing = " image video media thumbnail enclosure comment comments author "

// isField reports whether an element stands for a field by itself: its name is
// known, and what is in it is not a record of its own.
func (e *element) isField(f *fields) (choice, bool) {
	c, ok := f.find([]byte(e.name))
	if !ok || c.field != textField {
		return c, ok
	}
	for _, child := range e.children {
		if c, ok := f.find([]byte(child.name)); ok && !c.weak {
			return c, false
		}
	}
	return c, true
}

// namesField are the children by which an element that is a field is told.
const namesField = " name title value "

// value is the text of an element that is a field: that of the child that gives
// its name, else all of it.
func (e *element) value(c choice) string {
	if c.field != textField {
		for _, child := range e.children {
			if isAmong(namesField, []byte(child.name)) {
				return child.all()
			}
		}
	}
	return e.all()
}

// record returns the fields of an element. What stands deeper counts less, and
// attributes less than elements.
func (e *element) record(f *fields) record {
	var rec record
	var visit func(e *element, path string, depth int)
	visit = func(e *element, path string, depth int) {
		for _, a := range e.attrs {
			if c, ok := f.find([]byte(a.Name.Local)); ok {
				c.rank += (2*depth + 1) * byRank
				rec.set(c, a.Value)
			}
		}
		for _, child := range e.children {
			name := path + child.name
			if c, ok := f.exact[name]; ok {
				rec.set(c, child.value(c))
				continue
			}
			c, ok := child.isField(f)
			switch {
			case ok:
				if c.rank != given {
					c.rank += 2 * depth * byRank
				}
				rec.set(c, child.value(c))
			case !isAmong(passing, []byte(strings.ToLower(child.name))):
				visit(child, name+".", depth+1)
			}
		}
	}
	visit(e, "", 0)
	return rec
}

// An xmlShape is what the start of a document shows of its elements.
type xmlShape struct {
	fields *fields
	names  []string            // of all elements
	kinds  map[string]*xmlKind // by path
}

// An xmlKind is the elements that have one path.
type xmlKind struct {
	count    int
	article  bool     // has a child that is a title or a text
	children []string // their names
	sisters  bool     // several stand in one parent
}

func newXMLShape(f *fields) *xmlShape { return &xmlShape{fields: f, kinds: map[string]*xmlKind{}} }

// kind returns the kind of the elements with a path.
func (s *xmlShape) kind(path string) *xmlKind {
	if s.kinds[path] == nil {
		s.kinds[path] = &xmlKind{}
	}
	return s.kinds[path]
}

// read looks at a document, as far as it goes.
func (s *xmlShape) read(r io.Reader) {
	const mostKinds = 10_000
	d := newXMLDecoder(r)
	path := xmlPath{}
	var met []map[string]bool // for each open element, the names of its children
	for len(s.kinds) < mostKinds {
		token, err := d.Token()
		if err != nil {
			return
		}
		switch t := token.(type) {
		case xml.StartElement:
			name := t.Name.Local
			parent := path.String()
			path.push(name)
			k := s.kind(path.String())
			k.count++
			if n := len(met); n > 0 {
				k.sisters = k.sisters || met[n-1][name]
				met[n-1][name] = true
				s.child(s.kind(parent), name)
			}
			if !slices.Contains(s.names, name) {
				s.names = append(s.names, name)
			}
			met = append(met, map[string]bool{})
		case xml.EndElement:
			path.pop()
			met = met[:max(0, len(met)-1)]
		}
	}
}

func (s *xmlShape) child(parent *xmlKind, name string) {
	if !slices.Contains(parent.children, name) {
		parent.children = append(parent.children, name)
	}
	c, ok := s.fields.find([]byte(name))
	parent.article = parent.article || ok && (c.field == textField || c.field == titleField && (!c.weak || c.rank == given))
}

// records returns the path of the elements that are the records, "" if none are,
// and the names of what is in them. It takes the commonest kind that has a title
// or a text in it, of equally common ones the outermost, and from there goes to
// the parent as long as that holds but one and no title or text besides, for a
// sitemap has the address there.
func (s *xmlShape) records() (path string, names []string) {
	for _, p := range slices.Sorted(maps.Keys(s.kinds)) {
		if k := s.kinds[p]; k.article && !s.inside(p) && (path == "" || k.count > s.kinds[path].count) {
			path = p
		}
	}
	if path == "" {
		return "", nil
	}
	for {
		dot := strings.LastIndexByte(path, '.')
		if dot < 0 || s.kinds[path].sisters || s.kinds[path[:dot]].article || strings.IndexByte(path[:dot], '.') < 0 {
			break
		}
		path = path[:dot]
	}
	for _, p := range slices.Sorted(maps.Keys(s.kinds)) {
		if rest, ok := strings.CutPrefix(p, path+"."); ok {
			names = append(names, rest[strings.LastIndexByte(rest, '.')+1:])
		}
	}
	return path, names
}

// inside reports whether a path leads through an element that is a text, or that
// is passed over.
func (s *xmlShape) inside(path string) bool {
	parts := strings.Split(path, ".")
	for i, name := range parts {
		if isAmong(passing, []byte(strings.ToLower(name))) {
			return true
		}
		k := s.kinds[strings.Join(parts[:i+1], ".")]
		if c, ok := s.fields.find([]byte(name)); ok && c.field == textField && i > 0 && !(k != nil && k.article) {
			return true
		}
	}
	return false
}
