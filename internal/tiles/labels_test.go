package tiles

import "testing"

// BoundParts lowers the bounds of parts for a test.
func BoundParts(t *testing.T, articles, links int) {
	a, l := mostArticles, mostLinks
	t.Cleanup(func() { mostArticles, mostLinks = a, l })
	mostArticles, mostLinks = articles, links
}
