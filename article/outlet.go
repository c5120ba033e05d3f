package article

import "strings"

// The rules for the outlet, in [Options.Outlet].
const (
	OutletField = "field" // what the record names, the host of its address where it names none
	OutletHost  = "host"  // the host of the address, what the record names where it has none
)

// setOutlet sets the outlet by a rule, and keeps what the record names where that
// is another.
func (a *Article) setOutlet(named, rule string) {
	a.Source = named
	if named != "" && rule != OutletHost {
		return
	}
	if host := Host(a.URL); host != "" {
		a.Source, a.SourceRaw, a.hosted = host, named, named == ""
		if named == host {
			a.SourceRaw = ""
		}
	}
}

// sourceRead returns the outlet as the record names it.
func (a *Article) sourceRead() string {
	switch {
	case a.hosted:
		return ""
	case a.SourceRaw != "":
		return a.SourceRaw
	}
	return a.Source
}

// editions are the first parts of a host's name that do not make it another
// outlet.
var editions = []string{"www.", "m.", "amp.", "mobile.", "ar."}

// Host returns the host of an address in small letters, without a port and
// without the parts that name an edition of the same site (www, m, amp, mobile,
// ar); "" if the address names none.
func Host(address string) string {
	_, rest, ok := strings.Cut(address, "://")
	if !ok {
		if rest, ok = strings.CutPrefix(address, "//"); !ok {
			return ""
		}
	}
	if end := strings.IndexAny(rest, "/?#\\ "); end >= 0 {
		rest = rest[:end]
	}
	rest = rest[strings.LastIndexByte(rest, '@')+1:]
	if port := strings.LastIndexByte(rest, ':'); port >= 0 && !strings.HasSuffix(rest, "]") {
		rest = rest[:port]
	}
	host := strings.TrimSuffix(strings.ToLower(rest), ".")
	for again := true; again; {
		again = false
		for _, part := range editions {
			if shorter, ok := strings.CutPrefix(host, part); ok && strings.Contains(shorter, ".") {
				host, again = shorter, true
			}
		}
	}
	return host
}
