package console

// sortView is an order that a list can be put in: at an address, or where that would hold somebody's name, by a form
// (In). Here says that it is in that order.
type sortView struct {
	Text, Href, In string
	Here           bool
}

// sortViews are the orders of a list; by is what it goes by, where that is not the moment. Those whose address does not
// work stand in one order alone.
func sortViews(meeting string, f filter, by string) []sortView {
	newest, oldest := f, f
	newest.order, oldest.order = "", oldestFirst
	sorts := []sortView{{Text: say("beheer.sorteer.nieuwste"), Href: entriesPath(meeting) + withQuery(newest), Here: by == "" && f.order == ""}}
	if !f.broken {
		sorts = append(sorts, sortView{Text: say("beheer.sorteer.oudste"), Href: entriesPath(meeting) + withQuery(oldest), Here: by == "" && f.order == oldestFirst})
	}
	return append(sorts, sortView{Text: say("beheer.sorteer.naam"), In: inName, Here: by == inName},
		sortView{Text: say("beheer.sorteer.organisatie"), In: inOrganisation, Here: by == inOrganisation})
}

func withQuery(f filter) string {
	if query := f.values().Encode(); query != "" {
		return "?" + query
	}
	return ""
}
