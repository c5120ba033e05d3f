package article

import (
	"encoding/json"
	"fmt"
)

// What a store keeps of an article as one value.
type storedRest struct {
	Repaired int     `json:",omitempty"`
	Recoded  bool    `json:",omitempty"`
	Others   *Others `json:",omitempty"`
}

// Rest returns as JSON what an article has that is seldom asked for: what was repaired
// in it, and the other records of its page. [Article.SetRest] gives it back.
func (a *Article) Rest() ([]byte, error) {
	return json.Marshal(storedRest{a.Repaired, a.Recoded, a.Others})
}

// SetRest sets what [Article.Rest] returned.
func (a *Article) SetRest(rest []byte) error {
	var s storedRest
	if err := json.Unmarshal(rest, &s); err != nil {
		return fmt.Errorf("an article's fields are damaged: %w", err)
	}
	a.Repaired, a.Recoded, a.Others = s.Repaired, s.Recoded, s.Others
	return nil
}

// Hosted reports whether the record names no outlet, so that it is that of its host.
func (a *Article) Hosted() bool { return a.hosted }

// SetHosted sets what [Article.Hosted] reports.
func (a *Article) SetHosted(hosted bool) { a.hosted = hosted }

// Unfold takes back what [FoldOutlets] did to an article, so that it can be folded
// together with others.
func (a *Article) Unfold() {
	switch {
	case a.folded && a.hosted:
		a.Source = Host(a.URL)
	case a.folded:
		a.Source, a.SourceRaw = a.SourceRaw, ""
	}
	a.folded = false
}

// SetOutlet gives an article that was unfolded the outlet that [FoldOutlets] made of it.
func (a *Article) SetOutlet(outlet string) {
	if a.Source == outlet {
		return
	}
	if !a.hosted {
		a.SourceRaw = a.Source
	}
	a.Source, a.folded = outlet, true
}
