package report

import (
	"bufio"
	"fmt"
	"io"

	"qissa"
)

// GEXF writes the graph of [GraphML] as GEXF 1.3, the format of Gephi (gexf.net).
func GEXF(w io.Writer, r *qissa.Result) error {
	b := bufio.NewWriter(w)
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
<graph defaultedgetype="directed">
<attributes class="node">
<attribute id="source" title="source" type="string"/>
<attribute id="time" title="time" type="string"/>
<attribute id="story" title="story" type="string"/>
<attribute id="storyline" title="storyline" type="string"/>
<attribute id="relation" title="relation" type="string"/>
<attribute id="copied" title="copied" type="double"/>
<attribute id="origin" title="origin" type="string"/>
</attributes>
<attributes class="edge">
<attribute id="shared" title="shared" type="double"/>
<attribute id="copy_of" title="copy_of" type="boolean"/>
<attribute id="order" title="order" type="string"/>
</attributes>
<nodes>
`)
	eachNode(r, func(s qissa.Story, m qissa.Member) {
		a := r.Articles[m.Article]
		fmt.Fprintf(b, "<node id=%s label=%s><attvalues>", attribute(a.ID), attribute(a.Title))
		for _, v := range [][2]string{{"source", a.Source}, {"time", timeText(a)}, {"story", s.ID}, {"storyline", storylineID(r, s)}, {"relation", string(m.Relation)},
			{"copied", fmt.Sprintf("%.3f", m.Copied)}, {"origin", originID(r, s, m)}} {
			fmt.Fprintf(b, "<attvalue for=%q value=%s/>", v[0], attribute(v[1]))
		}
		b.WriteString("</attvalues></node>\n")
	})
	b.WriteString("</nodes>\n<edges>\n")
	eachEdge(r, func(n int, e edge) {
		fmt.Fprintf(b, "<edge id=\"%d\" source=%s target=%s weight=\"%.3f\"><attvalues><attvalue for=\"shared\" value=\"%.3f\"/><attvalue for=\"copy_of\" value=\"%t\"/><attvalue for=\"order\" value=%s/></attvalues></edge>\n",
			n, attribute(r.Articles[e.from].ID), attribute(r.Articles[e.to].ID), e.similarity, e.shared, e.copyOf, attribute(string(e.order)))
	})
	b.WriteString("</edges>\n</graph>\n</gexf>\n")
	return b.Flush()
}
