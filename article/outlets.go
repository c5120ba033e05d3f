package article

import (
	"strings"
	"unicode/utf8"
)

// FoldOutlets makes the sections of one site one outlet. Of the names that the
// articles of one host have, those that share a part («واج - رياضــة»,
// «واج - دولــي») become that part, those that name a section and nothing else
// («رياضة») become the outlet of the host; what was read stays in SourceRaw. An
// article whose record names no outlet takes the one of its host, if the others
// there have but one. Ids do not change. Cost: linear.
func FoldOutlets(articles []Article) {
	hosts := map[string]map[string]string{} // the names read at each host, to the outlet's
	for i := range articles {
		a := &articles[i]
		host := Host(a.URL)
		if host == "" || a.SourceRaw != "" {
			continue // by the host already
		}
		if hosts[host] == nil {
			hosts[host] = map[string]string{}
		}
		if named := a.sourceRead(); named != "" {
			hosts[host][named] = named
		}
	}
	only := map[string]string{}
	for host, names := range hosts {
		foldNames(names, host)
		for _, name := range names {
			if first, ok := only[host]; ok && first != name {
				only[host] = ""
				break
			}
			only[host] = name
		}
	}
	for i := range articles {
		a := &articles[i]
		host := Host(a.URL)
		switch {
		case host == "" || a.SourceRaw != "":
		case a.hosted:
			if only[host] != "" {
				a.Source, a.folded = only[host], true
			}
		case hosts[host][a.Source] != a.Source:
			a.Source, a.SourceRaw, a.folded = hosts[host][a.Source], a.Source, true
		}
	}
}

// foldNames sets the outlet of each name that was read at one host.
func foldNames(names map[string]string, host string) {
	count := map[string]int{} // how many names have a part
	written := map[string]string{}
	for name := range names {
		for _, part := range nameParts(name) {
			folded := foldOutletName(part)
			if sections[folded] || utf8.RuneCountInString(folded) < 2 {
				continue
			}
			count[folded]++
			if written[folded] == "" || part < written[folded] {
				written[folded] = part
			}
		}
	}
	shared := ""
	for part, n := range count {
		if n > 1 && (shared == "" || n > count[shared] || n == count[shared] && part < shared) {
			shared = part
		}
	}
	others := map[string]bool{} // outlets that are no sections
	for name := range names {
		parts := nameParts(name)
		for _, part := range parts {
			if shared != "" && foldOutletName(part) == shared {
				names[name] = written[shared]
			}
		}
		if !sections[foldOutletName(name)] {
			others[names[name]] = true
		}
	}
	outlet := host
	if len(others) == 1 {
		for only := range others {
			outlet = only
		}
	}
	for name := range names {
		if sections[foldOutletName(name)] {
			names[name] = outlet
		}
	}
}

// nameParts are the first and the last part of a name that signs part, the name
// itself if none do.
func nameParts(name string) []string {
	first, last := len(name), 0
	for _, sign := range []string{" - ", " – ", " — ", " | ", " :: ", " : ", ": ", " » ", " › ", " / "} {
		if i := strings.Index(name, sign); i > 0 {
			first = min(first, i)
		}
		if i := strings.LastIndex(name, sign); i > 0 {
			last = max(last, i+len(sign))
		}
	}
	if last == 0 {
		return []string{strings.TrimSpace(name)}
	}
	return []string{strings.TrimSpace(name[:first]), strings.TrimSpace(name[last:])}
}

// foldOutletName makes spellings of a name equal.
func foldOutletName(name string) string {
	return strings.Join(strings.Fields(foldCredit(strings.ToLower(name))), " ")
}

// sections are names that sections of news sites have.
var sections = func() map[string]bool {
	all := map[string]bool{}
	for name := range strings.SplitSeq("سياسة|سياسي|اقتصاد|اقتصادي|رياضة|الرياضة|ثقافة|ثقافة وفنون|فن|فنون|مجتمع|صحة|تكنولوجيا|علوم|علوم وتكنولوجيا|دولي|دولية|محلي|محليات|وطني|جهات|"+
		"منوعات|متفرقات|حوادث|عاجل|العالم|عربي|عربي ودولي|عربية|عالمية|أخبار|الأخبار|آخر الأخبار|أهم الأخبار|أخبار العالم|أخبار عربية|أخبار محلية|الرئيسية|الصفحة الرئيسية|رأي|مقالات|كتاب وآراء|تحقيقات|"+
		"سيارات|سياحة|مال وأعمال|أعمال|بورصة|كرة القدم|المرأة|أسرة|دين|تعليم|بيئة|صحافة|فيديو|صور|"+
		"news|world|sport|sports|business|economy|politics|culture|health|technology|home|latest|top stories|rss", "|") {
		all[foldOutletName(name)] = true
	}
	return all
}()
