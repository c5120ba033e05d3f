// Package qissa groups news articles into stories.
//
// [Cluster] runs the whole pipeline: Arabic text becomes index terms, terms
// become TF-IDF rows, an exact cosine join finds every pair of similar
// articles, aligned word runs tell copies, and average linkage over the pairs
// gives the stories.
package qissa

import (
	"time"

	"qissa/article"
)

// A Result is what a run found. Articles are referred to by their number, the
// index into Articles; stories by the index into Stories.
type Result struct {
	Articles []article.Article // in canonical order: by time (undated last), then by content
	Words    []int             // words of each article, title and body
	Stories  []Story           // largest first, then by time of the first article, then by id
	StoryOf  []int             // the story of each article
	Pairs    []Pair            // the pairs inside stories and each story's nearest outsiders, by (A, B)
	Termless []int             // articles whose text yields no index term; each is a story by itself
	Unknown  []Correction      // corrections of articles that are not there
	TooShort []int             // articles with fewer than 4 different terms, numbers apart; each is a story by itself
	Counts   Counts
}

// Counts are the figures of a run that its report repeats.
type Counts struct {
	Articles     int     `json:"articles"`
	Sources      int     `json:"sources"`
	Stories      int     `json:"stories"`
	Single       int     `json:"single"`        // stories of one article
	Multiple     int     `json:"multiple"`      // stories of two or more
	Largest      int     `json:"largest"`       // articles of the largest story
	ToReview     int     `json:"to_review"`     // stories with a review note
	Undated      int     `json:"undated"`       // articles without a usable time
	Relative     int     `json:"relative"`      // of these, dates like «منذ ساعتين»
	Termless     int     `json:"termless"`      // articles with text that yields no term, or with no text
	TooShort     int     `json:"too_short"`     // articles with 1 to 3 different terms, which are not compared
	SimilarPairs int     `json:"similar_pairs"` // pairs that the join found
	AlignedPairs int     `json:"aligned_pairs"` // pairs whose words were aligned
	Copies       int     `json:"copies"`        // articles labelled verbatim, shortened or edited
	RepeatedText float64 `json:"repeated_text"` // share of all words that repeat an earlier article of the story, 0 to 1
}

// A Story is a group of articles that report the same happening.
type Story struct {
	ID             string   // "s_" and 12 hex digits, from the content of its first member
	Members        []Member // in canonical order of the articles: time, undated last
	Representative int      // article number
	Reason         Reason   // why it represents the story
	First          int      // number of the earliest dated article, -1 if none is dated
	Last           int      // number of the latest dated article, -1 if none is dated
	Sources        []string // distinct outlets, in order of their first article
	KeyPhrases     []string // phrases as written in the text, at most 5, best first
	Cohesion       float64  // mean similarity over all pairs of members, 0 to 1; 1 for a single article
	WeakestLink    float64  // least mean similarity of a member to the others, 0 to 1; 1 for a single article
	Review         []string // why a reader should look: "low_cohesion", "bridge", "giant"; nil if nothing
	Bridge         int      // number of the article that alone holds the story together, -1 if none does
	RepeatedText   float64  // share of the members' words that repeat an earlier member, 0 to 1
	Neighbours     []Neighbour
}

// A Member is an article inside its story.
type Member struct {
	Article  int
	Relation Relation
	Copied   float64  // greatest share of this article's words found in one earlier member, 0 to 1
	CopyOf   int      // the member it shares most with, -1 if none
	Credit   []string // the news agencies that it names as its source; see [article.Credit]
}

// Relation tells how much of an article repeats earlier members of its story.
type Relation string

// The relations. With c = the share of this article found in one earlier
// member and b = the share of that member found in this article. Where less
// than half of the numbers agree, nothing is more than partly copied.
const (
	First        Relation = "first"         // no earlier member
	Verbatim     Relation = "verbatim"      // c ≥ 0.9 and b ≥ 0.8
	Shortened    Relation = "shortened"     // c ≥ 0.9
	Edited       Relation = "edited"        // c ≥ 0.6
	PartlyCopied Relation = "partly_copied" // c ≥ 0.2
	OwnWording   Relation = "own_wording"   // otherwise
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
	A, B     int
	Cosine   float64 // mix of title, lead and full-text cosines, 0 to 1
	Same     float64 // similarity that decides the grouping, 0 to 1
	AInB     float64 // share of A's words that stand in B in runs of ≥ 4 words, 0 to 1
	BInA     float64 // likewise of B's words in A
	Runs     []Run   // the shared runs, by place in A
	OnlyA    []Fact  // if merged: numbers and dates of A that B does not have, by place, at most 20
	OnlyB    []Fact  // likewise of B
	Decision string  // "merged" or "apart"
	Why      string  // "copy", "linkage", "correction", "below_threshold", "contained", "linkage_apart"
}

// A Run is a passage that stands in both articles of a pair. Places are
// half-open ranges of code points of the stored text: the title, one line
// break, and the body.
type Run struct {
	A, B  [2]int
	Words int
	Stock bool // fewer than 6 words: a stock phrase, not evidence of copying
}

// Progress is how far a stage of a run has come. Done and Total count steps of
// the stage; both are 0 when it starts.
type Progress struct {
	Stage       string
	Done, Total int
}

// Options are the settings of a run. Start from [DefaultOptions].
type Options struct {
	Window   time.Duration       // articles further apart never pair; 0 means no limit. Undated articles pair by text alone
	MinSim   float64             // least cosine of title, lead and full text for a pair to be looked at, 0 to 1
	Story    float64             // least average similarity at which two groups become one story, 0 to 1
	Copy     float64             // share of words from which an article counts as a copy, 0 to 1
	Correct  []Correction        // what a reader knows better; obeyed whatever the similarity
	Jobs     int                 // workers; 0 means one per processor. Never changes the result
	Spill    func([]byte) []byte // moves bytes that are seldom read out of memory and returns them where they stand, at a multiple of 8; nil leaves them
	Progress func(Progress)      // called from one goroutine at a time; nil for silence
}
