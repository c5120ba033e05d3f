package report

import (
	"encoding/csv"
	"io"
	"strconv"

	"qissa"
	"qissa/article"
)

// outletColumns are the columns of [OutletsCSV].
var outletColumns = []string{
	"outlet", "articles", "crawl_clock", "shared_stories", "first", "articles_in_shared", "own", "partly_copied", "copies",
	"own_share", "from_agency", "agency_share", "taken_by_others", "median_delay_minutes", "rank", "component",
}

// OutletsCSV writes one outlet per row, those with most articles first, as
// [ArticlesCSV] writes articles; see [Outlet] for the columns. The share of its own
// texts is of its articles in stories of several outlets, the agencies' share of all.
// First, rank and delay are empty where no order is known.
func OutletsCSV(w io.Writer, r *qissa.Result) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	c := csv.NewWriter(w)
	if err := c.Write(outletColumns); err != nil {
		return err
	}
	outlets, _ := Outlets(r)
	for _, o := range outlets {
		first, rank, delay := strconv.Itoa(o.First), "", ""
		if o.Crawled {
			first = ""
		}
		if o.Rank > 0 {
			rank = strconv.FormatFloat(o.Rank, 'f', 4, 64)
		}
		if o.Timed > 0 {
			delay = strconv.FormatFloat(o.Delay.Minutes(), 'f', 0, 64)
		}
		row := []string{
			o.Name, strconv.Itoa(o.Articles), strconv.FormatBool(o.Crawled), strconv.Itoa(o.Shared), first, strconv.Itoa(o.InShared),
			strconv.Itoa(o.Own), strconv.Itoa(o.Partly), strconv.Itoa(o.Copies), shareText(o.Own, o.InShared), strconv.Itoa(o.FromAgency),
			shareText(o.FromAgency, o.Articles), strconv.Itoa(o.Taken), delay, rank, strconv.Itoa(o.Component),
		}
		row[0] = inert(row[0])
		if err := c.Write(row); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

// shareText is a share with three digits, empty of nothing.
func shareText(n, of int) string {
	if of == 0 {
		return ""
	}
	return strconv.FormatFloat(float64(n)/float64(of), 'f', 3, 64)
}

// agencyOf is the news agency that an article's outlet is, "" for others.
func agencyOf(a article.Article) string { return article.Agency(a.Source, a.URL) }
