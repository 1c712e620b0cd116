// Package content holds the Dutch words, the municipalities and the example network: data files with a
// thin reader. It knows nothing of the rest of the project.
package content
