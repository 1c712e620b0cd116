// Package mailing sets up the function that sends the letters.
package mailing

import (
	"time"

	"aanmeldpunt/internal/letters"
	"aanmeldpunt/internal/links"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/post/ses"
	"aanmeldpunt/internal/setup"
	"aanmeldpunt/internal/work"
)

// workers is how many letters are under way at once: enough to fill the account's usual rate of 14 a
// second at some 100 ms a letter, and no more.
const workers = 8

// FromOS gives the mailer that the environment describes, or ends the process naming what is wrong.
func FromOS() *work.Mailer {
	log := setup.Log()
	env := setup.FromOS()
	client := setup.HTTP()
	keys, err := links.ParseKeys(env.Text("LINK_KEYS"))
	env.Check("LINK_KEYS", err)
	sender, team, site := env.Mail("SENDER"), env.Mail("TEAM_MAIL"), env.Site("SITE")
	set, trial, rate := env.Text("CONFIGURATION_SET"), env.Yes("TRIAL"), env.Rate("SEND_RATE")
	breaker := work.NewBreaker(env.Rate("NEW_ADDRESS_RATE"))
	entries := env.Store(client)
	env.Must()
	renderer, err := letters.New(letters.Settings{Site: site, Sender: sender, TeamMail: team, Links: keys})
	env.Check("letters", err)
	options, err := ses.FromEnvironment(env.Get)
	env.Check("SES", err)
	env.Must()
	options.HTTP, options.From, options.ConfigurationSet, options.Trial = client, sender, set, trial
	return &work.Mailer{Letters: entries, Render: Raw(renderer), Post: ses.New(options), Now: time.Now,
		Pace: work.NewPace(rate), Workers: workers, Log: log, FirstDue: entries.FirstDue,
		Limits: entries, NewAddresses: breaker}
}

// Raw makes of a renderer what the mailer needs: the whole message of a letter.
func Raw(r *letters.Renderer) func(mdt.Letter) ([]byte, error) {
	return func(letter mdt.Letter) ([]byte, error) {
		mail, err := r.Render(letter)
		if err != nil {
			return nil, err
		}
		return mail.MIME()
	}
}
