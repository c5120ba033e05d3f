package article

import (
	"net/url"
	"slices"
	"strings"
)

// agencyNames are the names under which dumps hold the agencies as outlets, and the
// hosts of their sites, by the usual name of the agency.
var agencyNames = map[string][]string{
	"فرانس برس":   {"afp", "afp.com", "فرانس برس", "ا ف ب"},
	"رويترز":      {"reuters", "reuters.com", "رويترز"},
	"أسوشيتد برس": {"ap", "apnews.com", "ap.org", "اسوشيتد برس"},
	"الألمانية":   {"dpa", "dpa.com", "dpa-international.com", "د ب ا", "الالمانية"},
	"واس":         {"was", "spa", "spa.gov.sa", "واس"},
	"الأناضول":    {"anadolu", "aa.com.tr", "الاناضول", "اناضول"},
	"تاس":         {"tass", "tass.com", "tass.ru", "تاس"},
	"إنترفاكس":    {"interfax", "interfax.ru", "interfax.com", "انترفاكس"},
	"سبوتنيك":     {"sputnik", "sputniknews.com", "sputnikarabic.ae", "sarabic.ae", "سبوتنيك"},
	"شينخوا":      {"xinhua", "xinhuanet.com", "news.cn", "شينخوا"},
	"وام":         {"wam", "wam.ae", "وام"},
	"كونا":        {"kuna", "kuna.net.kw", "كونا"},
	"بترا":        {"petra", "petra.gov.jo", "بترا"},
	"قنا":         {"qna", "qna.org.qa", "قنا"},
	"بنا":         {"bna", "bna.bh", "بنا"},
	"العمانية":    {"ona", "omannews.gov.om", "العمانية"},
	"أ ش أ":       {"mena", "mena.org.eg", "ا ش ا"},
	"سانا":        {"sana", "sana.sy", "سانا"},
	"وفا":         {"wafa", "wafa.ps", "وفا"},
	"واج":         {"aps", "aps.dz", "واج"},
	"وات":         {"tap", "tap.info.tn", "وات"},
	"و م ع":       {"map", "mapnews.ma", "map.ma", "و م ع"},
}

// agencyOf is the agency of each name and host.
var agencyOf = func() map[string]string {
	of := map[string]string{}
	for agency, names := range agencyNames {
		for _, name := range names {
			of[name] = agency
		}
	}
	return of
}()

// Agency returns the usual name of the news agency that an outlet is, as [Credit]
// spells it, "" for other outlets. Its name tells, or the host of the address:
// "was" and any page of spa.gov.sa are «واس».
func Agency(source, address string) string {
	name := strings.ToLower(strings.TrimSpace(source))
	for _, prefix := range []string{"", "وكالة ", "وكالة الأنباء ", "وكالة أنباء "} {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			if agency := agencyOf[foldCredit(rest)]; agency != "" {
				return agency
			}
		}
	}
	if rest, ok := strings.CutPrefix(foldCredit(name), "وكالة "); ok { // «وكالة الأنباء السعودية»
		for _, a := range agencies {
			if slices.Contains(a.full, rest) {
				return a.name
			}
		}
	}
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	for host := strings.ToLower(u.Hostname()); host != ""; {
		if agency := agencyOf[host]; agency != "" && strings.Contains(host, ".") {
			return agency
		}
		_, host, _ = strings.Cut(host, ".")
	}
	return ""
}
