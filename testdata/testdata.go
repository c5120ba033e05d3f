// Package testdata holds the sample of news that the command brings along.
package testdata

import _ "embed"

// Sample is a dump of short news items as JSON lines, written for this project.
//
//go:embed sample.jsonl
var Sample string
