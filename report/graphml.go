package report

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"qissa"
)

// GraphML writes the articles as nodes and the pairs inside stories as edges, for
// graph tools (graphml.graphdrawing.org). Edges go from the later article to the
// earlier one; copy_of marks those from a copy to what it copies, and order tells how
// that is known.
func GraphML(w io.Writer, r *qissa.Result) error {
	b := bufio.NewWriter(w)
	b.WriteString(xml.Header + `<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="title" for="node" attr.name="title" attr.type="string"/>
<key id="source" for="node" attr.name="source" attr.type="string"/>
<key id="time" for="node" attr.name="time" attr.type="string"/>
<key id="story" for="node" attr.name="story" attr.type="string"/>
<key id="storyline" for="node" attr.name="storyline" attr.type="string"/>
<key id="relation" for="node" attr.name="relation" attr.type="string"/>
<key id="similarity" for="edge" attr.name="similarity" attr.type="double"/>
<key id="shared" for="edge" attr.name="shared" attr.type="double"/>
<key id="copied" for="node" attr.name="copied" attr.type="double"/>
<key id="origin" for="node" attr.name="origin" attr.type="string"/>
<key id="copy_of" for="edge" attr.name="copy_of" attr.type="boolean"/>
<key id="order" for="edge" attr.name="order" attr.type="string"/>
<graph edgedefault="directed">
`)
	eachNode(r, func(s qissa.Story, m qissa.Member) {
		a := r.Articles[m.Article]
		fmt.Fprintf(b, "<node id=%s>", attribute(a.ID))
		for _, d := range [][2]string{{"title", a.Title}, {"source", a.Source}, {"time", timeText(a)}, {"story", s.ID}, {"storyline", storylineID(r, s)}, {"relation", string(m.Relation)},
			{"copied", fmt.Sprintf("%.3f", m.Copied)}, {"origin", originID(r, s, m)}} {
			fmt.Fprintf(b, "<data key=%q>%s</data>", d[0], escape(d[1]))
		}
		b.WriteString("</node>\n")
	})
	eachEdge(r, func(_ int, e edge) {
		fmt.Fprintf(b, "<edge source=%s target=%s><data key=\"similarity\">%.3f</data><data key=\"shared\">%.3f</data><data key=\"copy_of\">%t</data><data key=\"order\">%s</data></edge>\n",
			attribute(r.Articles[e.from].ID), attribute(r.Articles[e.to].ID), e.similarity, e.shared, e.copyOf, escape(string(e.order)))
	})
	b.WriteString("</graph>\n</graphml>\n")
	return b.Flush()
}

// eachNode calls do for each article in the order of the stories.
func eachNode(r *qissa.Result, do func(qissa.Story, qissa.Member)) {
	for _, s := range r.Stories {
		for _, m := range s.Members {
			do(s, m)
		}
	}
}

// An edge is a pair of one story, from its later article to the earlier one.
type edge struct {
	from, to           int
	similarity, shared float64
	copyOf             bool // from is labelled as sharing most with to
	order              qissa.Order
}

// eachEdge calls do for each pair of one story and its number.
func eachEdge(r *qissa.Result, do func(int, edge)) {
	of := make(map[int]qissa.Member, len(r.Articles))
	eachNode(r, func(_ qissa.Story, m qissa.Member) { of[m.Article] = m })
	n := 0
	for _, p := range r.Pairs {
		if p.Decision != qissa.Merged {
			continue
		}
		e := edge{from: p.B, to: p.A, similarity: p.Same, shared: max(p.AInB, p.BInA)}
		if of[p.A].CopyOf == p.B {
			e.from, e.to = p.A, p.B
		}
		if of[e.from].CopyOf == e.to {
			e.copyOf, e.order = true, of[e.from].Order
		}
		do(n, e)
		n++
	}
}

// storylineID is the id of a story's storyline, "" where storylines are not known.
func storylineID(r *qissa.Result, s qissa.Story) string {
	if l := storylineRecord(r, s); l != nil {
		return l.ID
	}
	return ""
}

// originID is the id of the article that stands for the text that a member goes back to.
func originID(r *qissa.Result, s qissa.Story, m qissa.Member) string {
	if m.Origin < len(s.Origins) {
		return r.Articles[s.Origins[m.Origin].Article].ID
	}
	return ""
}

func attribute(s string) string { return `"` + escape(s) + `"` }

// escape writes text as XML, which has no place for control characters.
func escape(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s))
	return b.String()
}
