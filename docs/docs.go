// Package docs holds the texts for people that a program shows too.
package docs

import _ "embed"

// Embedding tells the makers of a website how to put our forms in it (Dutch, Markdown). Its examples name made-up
// addresses: https://aanmelden.example for the desk and https://www.jouwsite.example for the website.
//
//go:embed inbouwen.md
var Embedding string
