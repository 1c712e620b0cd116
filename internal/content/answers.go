package content

// answers are what the JSON API says after something was stored ("melding").
var answers = map[string]string{
	"aanmelding": "We hebben je aanmelding ontvangen. Je krijgt een mail op {email}. Daarin staat of je een plek hebt. " +
		"Geen mail? Kijk bij ongewenste mail, of mail {teammail} met kenmerk {kenmerk}.",
	"voorstel": "We hebben je voorstel ontvangen. Je krijgt een mail op {email}. " +
		"Geen mail? Kijk bij ongewenste mail, of mail {teammail} met kenmerk {kenmerk}.",
	"attendering": "We mailen je als de aanmelding opengaat. Je krijgt nu al een mail op {email}, met een bericht voor je agenda. " +
		"Geen mail? Kijk bij ongewenste mail, of mail {teammail} met kenmerk {kenmerk}.",
	"bericht": "Je bericht is verstuurd naar {ontvanger}. Je krijgt antwoord op {email}. " +
		"Geen antwoord? Mail {teammail} met kenmerk {kenmerk}.",
}

// Answer gives what is said after something was stored; name is its word in the address of the call.
func Answer(name string, args map[string]string) string { return fill(answers[name], args) }

// TeamName is what the national team is called.
const TeamName = "het landelijke MDT-team"
