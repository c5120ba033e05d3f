package report

import (
	"maps"
	"slices"
	"strconv"
)

// Each record is written as encoding/json would write it, only faster; a test
// holds the one against the other.

func (s storyJSON) append(j *jsonText) {
	j.open('{')
	j.name("schema").int(s.Schema)
	j.name("id").string(s.ID)
	j.name("storyline")
	s.Storyline.append(j)
	j.name("size").int(s.Size)
	j.name("title").text(s.Title)
	j.name("representative").string(s.Representative)
	j.name("reason").string(string(s.Reason))
	j.name("first")
	s.First.append(j)
	j.name("first_reason").text(s.FirstReason)
	j.name("first_time").text(s.FirstTime)
	j.name("last_time").text(s.LastTime)
	appendStrings(j.name("sources"), s.Sources)
	appendStrings(j.name("key_phrases"), s.KeyPhrases)
	j.name("cohesion").share(s.Cohesion)
	j.name("weakest_link").share(s.WeakestLink)
	j.name("trust").share(s.Trust)
	j.name("bridge").text(s.Bridge)
	appendStrings(j.name("review"), s.Review)
	j.name("repeated_text").share(s.RepeatedText)
	j.name("articles").open('[')
	for _, m := range s.Articles {
		m.append(j)
	}
	j.close(']')
	j.name("neighbours").open('[')
	for _, n := range s.Neighbours {
		j.open('{')
		j.name("id").string(n.ID)
		j.name("similarity").share(n.Sim)
		j.name("shared").share(n.Shared)
		j.close('}')
	}
	j.close(']')
	j.name("origin_count").int(s.OriginCount)
	j.name("origins").open('[')
	for _, o := range s.Origins {
		j.open('{')
		j.name("article").string(o.Article)
		j.name("agency").text(o.Agency)
		j.name("articles").int(o.Articles)
		j.name("sources").int(o.Sources)
		j.close('}')
	}
	j.close(']')
	j.name("figures").open('[')
	for _, f := range s.Figures {
		f.append(j)
	}
	j.close(']')
	j.close('}')
}

func (f figureJSON) append(j *jsonText) {
	j.open('{')
	j.name("kind").string(string(f.Kind))
	j.name("of").text(f.Of)
	j.name("differ").bool(f.Differ)
	j.name("values").open('[')
	for _, v := range f.Values {
		j.open('{')
		j.name("text").string(v.Text)
		appendStrings(j.name("articles"), v.Articles)
		j.close('}')
	}
	j.close(']')
	j.close('}')
}

func (l *storylineJSON) append(j *jsonText) {
	if l == nil {
		j.null()
		return
	}
	j.open('{')
	j.name("id").string(l.ID)
	j.name("title").text(l.Title)
	j.name("size").int(l.Size)
	j.name("stories").int(l.Stories)
	j.close('}')
}

func (f *firstJSON) append(j *jsonText) {
	if f == nil {
		j.null()
		return
	}
	j.open('{')
	j.name("article").string(f.Article)
	j.name("source").text(f.Source)
	j.name("time").text(f.Time)
	j.name("precision").string(string(f.Precision))
	j.close('}')
}

func (m memberJSON) append(j *jsonText) {
	j.open('{')
	j.name("id").string(m.ID)
	j.name("title").text(m.Title)
	j.name("source").text(m.Source)
	if m.SourceRaw != "" {
		j.name("source_raw").string(m.SourceRaw)
	}
	j.name("url").text(m.URL)
	j.name("time").text(m.Time)
	j.name("time_raw").text(m.TimeRaw)
	j.name("precision").string(string(m.Precision))
	j.name("relation").string(string(m.Relation))
	j.name("copied").share(m.Copied)
	j.name("copy_of").text(m.CopyOf)
	j.name("copy_order").text(m.Order)
	j.name("origin_article").string(m.GoesBack)
	j.name("origin_agency").text(m.Agency)
	appendStrings(j.name("credit"), m.Credit)
	j.name("words").int(m.Words)
	m.Origin.append(j)
	j.records("also_in", m.AlsoIn)
	j.records("versions", m.Versions)
	j.close('}')
}

func (p pairJSON) append(j *jsonText) {
	j.open('{')
	j.name("a").string(p.A)
	j.name("b").string(p.B)
	j.name("cosine").share(p.Cosine)
	j.name("same").share(p.Same)
	j.name("a_in_b").share(p.AInB)
	j.name("b_in_a").share(p.BInA)
	j.name("runs").open('[')
	for _, run := range p.Runs {
		j.open('{')
		j.name("a").ints(run.A[:])
		j.name("b").ints(run.B[:])
		j.name("words").int(run.Words)
		j.name("stock").bool(run.Stock)
		j.close('}')
	}
	j.close(']')
	j.name("only_a").facts(p.OnlyA)
	j.name("only_b").facts(p.OnlyB)
	j.name("decision").string(string(p.Decision))
	j.name("why").string(string(p.Why))
	j.close('}')
}

func (j *jsonText) facts(facts []factJSON) {
	j.open('[')
	for _, f := range facts {
		j.open('{')
		j.name("kind").string(string(f.Kind))
		j.name("text").string(f.Text)
		j.name("at").ints(f.At[:])
		j.close('}')
	}
	j.close(']')
}

func (d detailsJSON) append(j *jsonText) {
	j.open('{')
	j.name("articles").open('[')
	for _, a := range d.Articles {
		a.append(j)
	}
	j.close(']')
	j.name("pairs").open('[')
	for _, p := range d.Pairs {
		p.append(j)
	}
	j.close(']')
	appendStrings(j.name("near"), d.Near)
	j.name("outside").open('{')
	places := map[string]string{}
	for place, id := range d.Outside {
		places[strconv.Itoa(place)] = id
	}
	for _, place := range slices.Sorted(maps.Keys(places)) {
		j.name(place).string(places[place])
	}
	j.close('}')
	j.name("origins").open('[')
	for _, o := range d.Origins {
		j.open('{')
		j.name("article").int(o.Article)
		if o.Agency != "" {
			j.name("agency").string(o.Agency)
		}
		j.name("articles").int(o.Articles)
		j.close('}')
	}
	j.close(']')
	j.name("figures").open('[')
	for _, f := range d.Figures {
		f.append(j)
	}
	j.close(']')
	j.close('}')
}

func (f figureDetails) append(j *jsonText) {
	j.open('{')
	j.name("kind").int(f.Kind)
	if f.Of != "" {
		j.name("of").string(f.Of)
	}
	if f.Differ {
		j.name("differ").bool(true)
	}
	j.name("values").open('[')
	for _, v := range f.Values {
		j.open('{')
		j.name("text").string(v.Text)
		j.name("in").ints(v.In)
		j.close('}')
	}
	j.close(']')
	j.close('}')
}

func (a articleDetails) append(j *jsonText) {
	j.open('{')
	j.name("id").string(a.ID)
	if a.URL != "" {
		j.name("url").string(a.URL)
	}
	if a.Raw != "" {
		j.name("raw").string(a.Raw)
	}
	if len(a.Credit) > 0 {
		appendStrings(j.name("credit"), a.Credit)
	}
	if a.Text != nil {
		j.name("text").string(*a.Text)
	}
	if a.Lead != "" {
		j.name("lead").string(a.Lead)
	}
	if a.Cut {
		j.name("cut").bool(a.Cut)
	}
	if len(a.Parts) > 0 {
		j.name("parts").ints(a.Parts)
	}
	j.close('}')
}

func (p pairDetails) append(j *jsonText) {
	j.open('{')
	j.name("a").int(p.A)
	j.name("b").int(p.B)
	j.name("aInB").share(p.AInB)
	j.name("bInA").share(p.BInA)
	j.name("decision").string(p.Decision)
	j.name("why").string(p.Why)
	j.name("runs").ints(p.Runs)
	for _, side := range []struct {
		name  string
		facts [][3]int
	}{{"onlyA", p.OnlyA}, {"onlyB", p.OnlyB}} {
		j.name(side.name).open('[')
		for _, f := range side.facts {
			j.ints(f[:])
		}
		j.close(']')
	}
	j.close('}')
}
