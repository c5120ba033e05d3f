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
	appendRecords(j.name("articles"), s.Articles)
	appendObjects(j.name("neighbours"), s.Neighbours, func(n neighbourJSON) {
		j.name("id").string(n.ID)
		j.name("similarity").share(n.Sim)
		j.name("shared").share(n.Shared)
	})
	j.name("origin_count").int(s.OriginCount)
	appendObjects(j.name("origins"), s.Origins, func(o originsJSON) {
		j.name("article").string(o.Article)
		j.name("agency").text(o.Agency)
		j.name("articles").int(o.Articles)
		j.name("sources").int(o.Sources)
	})
	appendRecords(j.name("figures"), s.Figures)
	j.close('}')
}

func (f figureJSON) append(j *jsonText) {
	j.open('{')
	j.name("kind").string(string(f.Kind))
	j.name("of").text(f.Of)
	j.name("differ").bool(f.Differ)
	appendObjects(j.name("values"), f.Values, func(v figureValueJSON) {
		j.name("text").string(v.Text)
		appendStrings(j.name("articles"), v.Articles)
	})
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
	appendObjects(j.name("runs"), p.Runs, func(run runJSON) {
		j.name("a").ints(run.A[:])
		j.name("b").ints(run.B[:])
		j.name("words").int(run.Words)
		j.name("stock").bool(run.Stock)
	})
	j.name("only_a").facts(p.OnlyA)
	j.name("only_b").facts(p.OnlyB)
	if p.Borrowed > 0 {
		j.name("borrowed").int(p.Borrowed)
		j.name("borrow_order").string(string(p.Order))
	}
	j.name("decision").string(string(p.Decision))
	j.name("why").string(string(p.Why))
	j.close('}')
}

func (j *jsonText) facts(facts []factJSON) {
	appendObjects(j, facts, func(f factJSON) {
		j.name("kind").string(string(f.Kind))
		j.name("text").string(f.Text)
		j.name("at").ints(f.At[:])
	})
}

func (d detailsJSON) append(j *jsonText) {
	j.open('{')
	appendRecords(j.name("articles"), d.Articles)
	appendRecords(j.name("pairs"), d.Pairs)
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
	appendObjects(j.name("origins"), d.Origins, func(o originDetails) {
		j.name("article").int(o.Article)
		if o.Agency != "" {
			j.name("agency").string(o.Agency)
		}
		j.name("articles").int(o.Articles)
	})
	appendRecords(j.name("figures"), d.Figures)
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
	appendObjects(j.name("values"), f.Values, func(v figureValueIn) {
		j.name("text").string(v.Text)
		j.name("in").ints(v.In)
	})
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
	if p.Borrowed > 0 {
		j.name("borrowed").int(p.Borrowed)
	}
	if p.Order > 0 {
		j.name("order").int(p.Order)
	}
	j.close('}')
}
