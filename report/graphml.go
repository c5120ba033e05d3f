package report

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"qissa"
)

// GraphML writes the articles as nodes and the pairs inside stories as edges,
// for graph tools (graphml.graphdrawing.org).
func GraphML(w io.Writer, r *qissa.Result) error {
	b := bufio.NewWriter(w)
	b.WriteString(xml.Header + `<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="title" for="node" attr.name="title" attr.type="string"/>
<key id="source" for="node" attr.name="source" attr.type="string"/>
<key id="time" for="node" attr.name="time" attr.type="string"/>
<key id="story" for="node" attr.name="story" attr.type="string"/>
<key id="relation" for="node" attr.name="relation" attr.type="string"/>
<key id="similarity" for="edge" attr.name="similarity" attr.type="double"/>
<key id="shared" for="edge" attr.name="shared" attr.type="double"/>
<graph edgedefault="undirected">
`)
	for _, s := range r.Stories {
		for _, m := range s.Members {
			a := r.Articles[m.Article]
			fmt.Fprintf(b, "<node id=%s>", attribute(a.ID))
			for _, d := range [][2]string{{"title", a.Title}, {"source", a.Source}, {"time", timeText(a)}, {"story", s.ID}, {"relation", string(m.Relation)}} {
				fmt.Fprintf(b, "<data key=%q>%s</data>", d[0], escape(d[1]))
			}
			b.WriteString("</node>\n")
		}
	}
	for _, p := range r.Pairs {
		if p.Decision == qissa.Merged {
			fmt.Fprintf(b, "<edge source=%s target=%s><data key=\"similarity\">%.3f</data><data key=\"shared\">%.3f</data></edge>\n",
				attribute(r.Articles[p.A].ID), attribute(r.Articles[p.B].ID), p.Same, max(p.AInB, p.BInA))
		}
	}
	b.WriteString("</graph>\n</graphml>\n")
	return b.Flush()
}

func attribute(s string) string { return `"` + escape(s) + `"` }

// escape writes text as XML, which has no place for control characters.
func escape(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s))
	return b.String()
}
