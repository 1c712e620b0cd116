package mdt

// RegisterByHand decides an entry that the team takes down, by telephone or for a group: as Register does, but also
// before registering opens and after it has closed, without approval, and with as many guests as come. Whoever is
// registered already is told of by a refusal, for it is the team who asks. Somebody without an address has a person of
// their own, and gets no letters.
func RegisterByHand(r RegisterRequest) (Registering, *Refusal) {
	meeting := r.Meeting
	if r.Self.Standing.Active() {
		return Registering{}, &Refusal{Code: "balie.adresBezet", Pointer: "#/email"}
	}
	for _, guest := range r.Guests {
		if guest.Standing.Active() {
			return Registering{}, &Refusal{Code: "balie.groepBezet", Pointer: "#/groep", Args: map[string]string{"naam": guest.Standing.Name}}
		}
	}
	r.Meeting.Published, r.Meeting.Registering, r.Meeting.Approval, r.Invited = true, &Window{}, false, true
	out, refusal := Register(r)
	out.Meeting = meeting
	for i := range out.Letters {
		out.Letters[i].ByTeam = true
	}
	return out, refusal
}
