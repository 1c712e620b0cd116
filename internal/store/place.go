package store

import (
	"strings"

	"aanmeldpunt/internal/mdt"
)

// Entries are placed by what their items hold, so that a change of an item changes its places with it.

func (i Item) text(name string) string {
	value, _ := i[name].(string)
	return value
}

// placeRegistration puts a registration in the list of its meeting by when it came, by name and by organisation, and
// in the group of its status.
func placeRegistration(it Item) {
	meeting := it.text("bijeenkomst")
	it.listed(registrationList(meeting), it.text("aangemeld")+"#"+it.text("kenmerk"))
	it[attrGroup] = statusGroup(meeting, mdt.Status(it.text("status")))
	it[attrNameOrder] = searchOrder(it, "naam")
	if it.text("organisatie") != "" {
		it[attrOrganisationOrder] = searchOrder(it, "organisatie")
	}
	it.findable()
}

func placeInterest(it Item) {
	it.listed(interestList(it.text("bijeenkomst")), it.text("toestemmingOp")+"#"+it.text("kenmerk")).findable()
}

func placeProposal(it Item) {
	it.listed(proposalList(it.text("bijeenkomst")), it.text("ingestuurd")+"#"+it.text("kenmerk")).findable()
}

// placeMessage puts a message in the list of all, and while nobody answered it among those that are open.
func placeMessage(it Item) {
	it.listed(messageList, it.text("ingestuurd")+"#"+it.text("kenmerk")).findable()
	if it.text("beantwoordOp") == "" {
		it[attrGroup] = openMessages
	}
}

// searchOrder is the place of an item by one of its texts; the reference makes it the item's own.
func searchOrder(it Item, name string) string {
	return mdt.SearchKey(it.text(name)) + "#" + it.text("kenmerk")
}

// findable has an item found by its reference.
func (i Item) findable() {
	if reference := i.text("kenmerk"); reference != "" {
		i[attrFind] = reference
	}
}

// Placing names the way in which Complete places items. Where that changes this does, so that an engine which keeps its
// indexes by itself fills them anew.
const Placing = "2"

// Complete gives an item that was stored before there were so many indexes its places in them.
func Complete(it Item) Item {
	if !strings.HasPrefix(it.Key().PK, personKey("", "").PK) {
		return it
	}
	switch kind, _, _ := strings.Cut(it.Key().SK, "#"); mdt.NoteOf(kind) {
	case mdt.NoteRegistration:
		placeRegistration(it)
	case mdt.NoteInterest:
		placeInterest(it)
	case mdt.NoteProposal:
		placeProposal(it)
	case mdt.NoteMessage:
		placeMessage(it)
	}
	return it
}
