package content

import _ "embed"

// Municipalities is the table of Dutch municipalities as CSV, with a heading: those that are, those that
// were dissolved since 1996, and what succeeded them. gemeenten.md tells its columns and its sources.
//
//go:embed gemeenten.csv
var Municipalities string
