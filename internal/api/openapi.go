package api

import "net/http"

func openAPI(w http.ResponseWriter, _ *http.Request) error { return notFound("pad.onbekend") }
