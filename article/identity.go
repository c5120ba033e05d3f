package article

import (
	"net/url"
	"slices"
	"strings"
)

// tracking are parameters of an address that tell who sent the reader, and not
// which page it is.
var tracking = map[string]bool{
	"fbclid": true, "gclid": true, "dclid": true, "yclid": true, "msclkid": true, "igshid": true, "mc_cid": true, "mc_eid": true, "_ga": true,
	"ocid": true, "oc": true, "cmp": true, "cmpid": true, "ref": true, "ref_src": true, "referrer": true, "xtor": true, "traffic_source": true, "smid": true,
	"amp": true, "outputtype": true, "share": true, "rss": true,
}

// Canonical returns an address without what does not change the page: the scheme,
// the edition of the host (see [Host]), a mark of AMP, the parameters of campaigns,
// the fragment, a slash at the end; escapes are resolved and parameters sorted. It
// is "" for what is no address of a page, a site's home page among them.
func Canonical(address string) string {
	host := Host(address)
	_, rest, _ := strings.Cut(address, "//")
	start := strings.IndexAny(rest, "/?#")
	if host == "" || start < 0 {
		return ""
	}
	rest, _, _ = strings.Cut(strings.TrimSpace(rest[start:]), "#")
	path, query, _ := strings.Cut(rest, "?")
	if plain, err := url.PathUnescape(path); err == nil {
		path = plain
	}
	path = strings.TrimSuffix(strings.TrimRight(path, "/"), "/amp")
	path = strings.TrimPrefix(path, "/amp/")
	if path != "" && path[0] != '/' {
		path = "/" + path
	}
	var kept []string
	for part := range strings.SplitSeq(query, "&") {
		name, _, _ := strings.Cut(strings.ToLower(part), "=")
		if part != "" && !tracking[name] && !strings.HasPrefix(name, "utm_") && !strings.HasPrefix(name, "at_") {
			kept = append(kept, part)
		}
	}
	slices.Sort(kept)
	switch {
	case len(kept) > 0:
		return host + path + "?" + strings.Join(kept, "&")
	case path == "":
		return ""
	}
	return host + path
}

// Page returns what two records of one page have in common, see [Unite]: its canonical
// address, or their id, where that is an address; "" if there is neither.
func (a *Article) Page() string {
	if key := Canonical(a.URL); key != "" {
		return key
	}
	return Canonical(a.ID)
}
