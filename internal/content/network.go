package content

import _ "embed"

// ExampleNetwork is the network file that an empty store on one machine is filled with: 19 made-up regions,
// meetings in every state around the moment it is loaded, and people at addresses that do not exist.
//
//go:embed voorbeeld.json
var ExampleNetwork []byte
