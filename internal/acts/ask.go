package acts

import (
	"context"
	"errors"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// Ask stores a routed message with the letter to who answers and the receipt to who sent it. Regions are all
// of them: whether the sender uses the address of a facilitator is told. The error is *TooOften, ErrKeyUsed or the store's.
func (d *Desk) Ask(ctx context.Context, form mdt.MessageForm, routed mdt.Routed, regions []mdt.Region, post Post) (mdt.Message, error) {
	ask := d.askRequest(form, routed, regions)
	ask.ID, ask.Reference, ask.Body = d.unique(post, "bericht", "", ask.Person)
	leave := d.askLeave(ctx, post.From, true)
	var err error
	ask.Confirmed, err = d.Store.Confirmed(ctx, ask.Person, ask.Now)
	if err = leave.beside(err); err != nil {
		return mdt.Message{}, err
	}
	decision := mdt.Ask(ask)
	if post.Trap {
		return decision.Message, d.suspected(d.Store.Suspect(ctx, ask.SuspectOf(), mdt.Meeting{}, nil, nil), ask.Body)
	}
	d.tellRouting(ctx, routed)
	err = d.Store.Ask(ctx, decision)
	var before *store.AskedBefore
	if !errors.As(err, &before) {
		return decision.Message, err
	}
	if before.Message.Body != ask.Body {
		return mdt.Message{}, ErrKeyUsed
	}
	return before.Message, nil
}

func (d *Desk) askRequest(form mdt.MessageForm, routed mdt.Routed, regions []mdt.Region) mdt.AskRequest {
	ask := mdt.AskRequest{Now: d.Now(), Form: form, Routed: routed, Team: d.Team, Person: d.Identity.Person(form.Email)}
	ask.FromFacilitator = mdt.IsFacilitator(regions, form.Email, ask.Now)
	return ask
}

// tellRouting logs what somebody has to mend where a message finds nobody to answer it.
func (d *Desk) tellRouting(ctx context.Context, routed mdt.Routed) {
	if routed.Alarm != "" {
		d.Log.ErrorContext(ctx, "message goes to the national team", "reason", routed.Alarm)
	}
}
