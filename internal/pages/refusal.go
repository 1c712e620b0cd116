package pages

import (
	"time"

	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/mdt"
)

// What keeps a visitor from an act now, whatever the form would say; nil where nothing does. The rules
// decide on an empty form, and nothing is stored.

func whyNotRegister(m mdt.Meeting, c mdt.Counter, now time.Time) *mdt.Refusal {
	_, refusal := mdt.Register(mdt.RegisterRequest{Meeting: m, Counter: c, Now: now})
	return refusal
}

func whyNotPropose(m mdt.Meeting, now time.Time) *mdt.Refusal {
	_, refusal := mdt.Propose(mdt.ProposeRequest{Meeting: m, Now: now})
	return refusal
}

func whyNotTell(m mdt.Meeting, now time.Time) *mdt.Refusal {
	_, refusal := mdt.Tell(mdt.TellRequest{Meeting: m, Now: now})
	return refusal
}

// refusalWords say why something cannot be done; teamMail is whom the words may send a visitor to.
func refusalWords(r *mdt.Refusal, teamMail string) string {
	if r == nil {
		return ""
	}
	args := map[string]string{"teammail": teamMail}
	for name, value := range r.Args {
		args[name] = value
	}
	return content.Fault(r.Code, args)
}
