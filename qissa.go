// Package qissa finds which news articles are copies of one another and which report
// the same story.
//
// [Cluster] is the whole run. Its steps, each with the package that does it:
//
//  1. Read: dumps become articles (package article).
//  2. Words: Arabic text becomes normalised, numbered words (vectorize/arabic,
//     internal/corpus).
//  3. Weigh: in how many articles each term stands, and what outlets put on every page,
//     becomes a [Model]; [Options].Model takes one that [BuildModel] made of another
//     day (vectorize, internal/tfidf, internal/corpus).
//  4. Facts: an exact cosine join finds every pair of similar articles within the
//     window, and word alignment tells copies (cluster, internal/grouping,
//     internal/overlap).
//  5. Decide: each pair gets one similarity, the probability that the two report one
//     story (cluster, internal/grouping).
//  6. Group: average linkage over these gives the groups; linkage of these the
//     storylines that they are parts of (cluster, internal/grouping). Then corrections
//     move what they name.
//  7. Describe: groups become stories with members, relations, key phrases, and pairs
//     with their evidence (this package, internal/keyphrase, internal/fact).
//  8. Report: a result becomes a page, JSON lines, CSV, Parquet, a digest (report).
//
// [FindRepeats] takes the first two steps, and finds copies at any distance in time
// instead of stories.
//
// The join is exact: every pair of at least the least cosine is found. Three bounds keep
// thousands of articles that are all alike affordable: of those with the same words 25 in
// a window, and one in each 25th part of it, are compared, of instances of one template
// the 50 nearest each way, and words are aligned for the 100 nearest pairs of an article.
//
// Results refer to articles by their number, the index into [Result].Articles, and to
// stories by the index into [Result].Stories. The same articles and options give the same
// result, whatever the order of the articles and the number of workers. Nothing here
// opens files, prints, or keeps state.
package qissa

import (
	"encoding/hex"

	"qissa/article"
	"qissa/internal/corpus"
	"qissa/internal/grouping"
)

// A Result is what a run found. Articles are referred to by their number, the
// index into Articles; stories by the index into Stories.
type Result struct {
	Articles   []article.Article // in canonical order: by time (undated last), then by content
	Words      []int             // words of each article, title and body
	Stories    []Story           // largest first, then by time of the first article, then by id
	StoryOf    []int             // the story of each article
	Storylines []Storyline       // the wider groups that stories are parts of, in the order of their largest stories
	Pairs      []Pair            // the pairs inside stories and each story's nearest outsiders, by (A, B)
	Parts      []int             // of each article the first one of its part: no link that could join their stories connects two parts; nil where the result was read from files
	Termless   []int             // articles whose text yields no index term; each is a story by itself
	Unknown    []Correction      // corrections of articles that are not there
	Unobeyed   []error           // corrections of storylines that others contradict, by the stories that articles are in: it names them
	Drawn      int               // articles that no correction names and that have other company for one: their whole story was joined with another
	TooShort   []int             // articles with fewer than 4 different terms, numbers apart; each is a story by itself
	Counts     Counts
	Mentions   []Mentions // of each article; nil without a model that was given, or if read from files

	words   *corpus.Corpus  // of all articles; nil where the result was read from files
	links   *Links          // likewise
	counted *grouping.Model // nil unless Count of the options asked for it
}

// Mentions are how many index terms an article mentions, and how many of these mentions
// are of terms that its model knows from one document or none.
type Mentions struct{ All, Unknown int }

// Links are what a run knows of pairs of its articles: enough to group them anew, without
// their texts.
type Links struct {
	IDs              []string // of the articles, in canonical order
	Story, Storyline float64  // the cuts of the run
	Corrections      []Correction

	heads []contentHash // of each article
	of    *grouping.Links
}

// A contentHash is six bytes of the SHA-256 of an article's title and body.
type contentHash [6]byte

// story returns the id of a story whose first article it is of.
func (h contentHash) story() string { return "s_" + hex.EncodeToString(h[:]) }

// TextWords returns the distinct normalised words of a run, by number, and a function
// that gives the numbers of the words in title and body of an article. Both are nil for
// a result that was read from files.
func (r *Result) TextWords() (distinct []string, of func(article int) (title, body []uint32)) {
	if r.words == nil {
		return nil, nil
	}
	return r.words.Words, func(i int) (title, body []uint32) {
		n := r.words.TitleLen(i)
		return r.words.All(i)[:n], r.words.All(i)[n:]
	}
}

// Counts are the figures of a run that its report repeats.
type Counts struct {
	Articles      int     `json:"articles"`       // that were read
	Sources       int     `json:"sources"`        // outlets, each once
	Stories       int     `json:"stories"`        // groups of articles that report the same happening
	Single        int     `json:"single"`         // stories of one article
	Multiple      int     `json:"multiple"`       // stories of two or more
	Largest       int     `json:"largest"`        // articles of the largest story
	ToReview      int     `json:"to_review"`      // stories with a review note
	Undated       int     `json:"undated"`        // articles without a usable time
	Relative      int     `json:"relative"`       // of these, dates like «منذ ساعتين»
	Termless      int     `json:"termless"`       // articles with text that yields no term, or with no text
	TooShort      int     `json:"too_short"`      // articles with 1 to 3 different terms, which are not compared
	SimilarPairs  int     `json:"similar_pairs"`  // pairs that the join found
	AlignedPairs  int     `json:"aligned_pairs"`  // pairs whose words were aligned
	Flooded       int     `json:"flooded"`        // passages that an article has of more than 64 others, and that are not told as borrowed
	Copies        int     `json:"copies"`         // articles labelled verbatim, shortened or edited
	FirstWithheld int     `json:"first_withheld"` // stories of two or more whose times are those of a crawler, so that nobody knows who was first
	OneOrigin     int     `json:"one_origin"`     // stories in two or more outlets that go back to one text
	RepeatedText  float64 `json:"repeated_text"`  // share of all words that repeat an earlier article of the story, 0 to 1
}

// A Story is a group of articles that report the same happening.
type Story struct {
	ID             string      // "s_" and 12 hex digits, from the content of its first member
	Storyline      int         // number of the storyline that it is part of
	Members        []Member    // in canonical order of the articles: time, undated last
	Representative int         // article number
	Reason         Reason      // why it represents the story
	First          int         // number of the article that was first, by time or as the agency that it credits; -1 if the data cannot say
	FirstReason    FirstReason // why First is -1, "" if it is not
	Earliest       int         // number of the earliest dated article, whatever its time is worth; -1 if none is dated
	Last           int         // number of the latest dated article, -1 if none is dated
	Sources        []string    // distinct outlets, in order of their first article
	KeyPhrases     []string    // phrases as written in the text, at most 5, best first
	Cohesion       float64     // mean similarity over all pairs of members, 0 to 1; 1 for a single article
	WeakestLink    float64     // least mean similarity of a member to the others, 0 to 1; 1 for a single article
	Trust          float64     // probability that all members report one happening, 0 to 1; 1 for a single article
	Review         []Review    // why a reader should look; nil if nothing
	Bridge         int         // number of the article that alone holds the story together, -1 if none does
	RepeatedText   float64     // share of the members' words that repeat an earlier member, 0 to 1
	Origins        []Origin    // the independent texts that the story goes back to, those with most articles first
	Figures        []Figure    // what its articles do not all say, at most 16; nil for one article
	Neighbours     []Neighbour
}

// A Member is an article inside its story.
type Member struct {
	Article  int
	Relation Relation
	Copied   float64  // greatest share of this article's words found in one earlier member, 0 to 1
	CopyOf   int      // the member it shares most with, -1 if none
	Order    Order    // how it is known that CopyOf came before it
	Origin   int      // the text that it goes back to, the index into the story's Origins
	Credit   []string // the news agencies that it names as its source; see [article.Credit]
}

// Relation tells how much of an article repeats earlier members of its story.
type Relation string

// The relations, where c is the share of this article found in one earlier member and
// b the share of that member found in this article. Where nobody knows who was first,
// the longer text stands for the earlier one. Where less than half of the
// numbers agree, nothing is more than partly copied.
const (
	First        Relation = "first"         // no earlier member
	Verbatim     Relation = "verbatim"      // c ≥ 0.9 and b ≥ 0.8
	Shortened    Relation = "shortened"     // c ≥ 0.9
	Edited       Relation = "edited"        // c ≥ Options.Copy
	PartlyCopied Relation = "partly_copied" // c ≥ 0.2
	OwnWording   Relation = "own_wording"   // otherwise
)

// Review tells why a reader should look at a story.
type Review string

// The reasons to look.
const (
	LowTrust      Review = "low_trust" // its articles may not all belong together: trust under 0.60
	BridgeArticle Review = "bridge"    // one article alone holds the story together
	Giant         Review = "giant"     // 50 articles or more, and a twentieth of all
)

// Reason tells why an article represents its story.
type Reason string

// The reasons for a representative.
const (
	OnlyArticle Reason = "only_article" // the story has one article
	MostCentral Reason = "most_central" // greatest mean similarity to the others
)

// A Neighbour is a story that is near but apart.
type Neighbour struct {
	Story  int
	Sim    float64 // greatest similarity between an article here and one there, 0 to 1
	Shared float64 // share of words of the nearest pair, the greater of both directions, 0 to 1
}

// A Pair is the evidence on two articles. A < B.
type Pair struct {
	A, B         int
	Cosine       float64   // mix of title, lead and full-text cosines, 0 to 1
	Same         float64   // similarity that decides the grouping, 0 to 1
	AInB         float64   // share of A's words that stand in B in runs of ≥ 4 words, 0 to 1
	BInA         float64   // likewise of B's words in A
	Passages     []Passage // the words in common, by place in A
	OnlyA, OnlyB []Fact    // if merged: numbers and dates of the one that the other does not have, by place, at most 20
	Borrowed     int       // words of the longest passage of 30 or more that stands in both, boilerplate not counted; 0 for none
	BorrowOrder  Order     // whether B has it of A: [ByTime], or [Unknown]; "" without one
	Decision     Decision
	Why          Why
}

// Decision tells whether two articles are in one story.
type Decision string

// The decisions.
const (
	Merged Decision = "merged"
	Apart  Decision = "apart"
)

// Why tells what led to a decision.
type Why string

// The reasons of decisions.
const (
	WhyCopy           Why = "copy"            // merged: most of each text stands in the other
	WhyLinkage        Why = "linkage"         // merged: their groups were near enough on average
	WhyCorrection     Why = "correction"      // a reader said so
	WhyBelowThreshold Why = "below_threshold" // apart: the pair itself is not similar enough
	WhyContained      Why = "contained"       // apart: the one is a part of the other, a round-up
	WhyLinkageApart   Why = "linkage_apart"   // apart: their groups were not near enough on average
)

// A Passage is words in sequence that stand in both articles of a pair.
type Passage struct {
	A, B  Span
	Words int
	Stock bool // fewer than 6 words: a stock phrase, not evidence of copying
}

// A Span is a half-open range of code points of a stored text: the title, one line
// break, and the body.
type Span [2]int

// Text returns what stands there in an article, as written; the line break between
// title and body included.
func (s Span) Text(a *article.Article) string {
	return s.In(a.Title + "\n" + a.LoadBody(nil))
}

// In returns what stands there in the text of an article.
func (s Span) In(text string) string {
	text = text[corpus.SkipRunes(text, s[0]):]
	return text[:corpus.SkipRunes(text, s[1]-s[0])]
}

// A Fact is a number or date that stands in one article of a pair only.
type Fact struct {
	Kind FactKind
	Text string // as written
	At   Span   // its place in the stored text, in code points, half open
}

// FactKind tells a date from a number.
type FactKind string

// The kinds of facts.
const (
	Date   FactKind = "date"   // a day of the week, or a day and month in any of the four traditions of month names
	Number FactKind = "number" // anything else in digits
	Name   FactKind = "name"   // a person, told by the title before it; of a story only
)

// A Correction is what a reader knows better: that two articles are of one story, or
// storyline, or that A is not of that of B. It holds on the finished stories: A leaves the
// story of B, alone but for others that leave it too and are near A; the whole stories of
// two that are together become one. Nothing else moves. A story stays in the storyline that
// most of its articles were in.
type Correction struct {
	Together  bool
	Storyline bool   // of storylines; else of stories
	A, B      string // ids of articles
	Where     string // for messages: "corrections.jsonl:3"
}

// FirstReason tells why it is not said who was first in a story.
type FirstReason string

// The reasons.
const (
	FirstUndated FirstReason = "undated"     // no article has a time
	FirstByCrawl FirstReason = "crawl_clock" // the times are those of a crawler; see [article.CrawlClocks]
	FirstTied    FirstReason = "same_time"   // other outlets have the same time, or the same day where no hour is known
)

// Order tells how it is known that one article came before another.
type Order string

// The orders.
const (
	ByTime   Order = "time"    // their times say so
	ByCredit Order = "credit"  // the later one credits the agency that the other one is
	Unknown  Order = "unknown" // nobody knows: the two share text
)

// An Origin is one text that articles of a story go back to.
type Origin struct {
	Article  int    // the agency's own article, else the first one by time, else the longest
	Agency   string // the agency whose text it is, "" if none is known
	Articles int    // that go back to it, itself among them
	Sources  int    // outlets of these
}

// A Figure is what some articles of a story say and others do not, or say
// otherwise: how many were killed, on what day, who spoke.
type Figure struct {
	Kind   FactKind
	Of     string        // what is counted, as first written: «قتلى»; "" for days and names
	Differ bool          // two articles that name one value each name different ones
	Values []FigureValue // in the order of the articles that name them first; at most 12
}

// A FigureValue is one value of a figure and who has it.
type FigureValue struct {
	Text     string // as first written
	Articles []int  // article numbers, in the order of the story
}
