// Package vectorize turns documents, given as terms, into TF-IDF rows.
package vectorize
