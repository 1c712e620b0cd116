package forms

import "aanmeldpunt/internal/mdt"

// The longest texts, in characters. They are wide: who has a long name is right (F10 of the form
// guidelines); they only keep one field from filling the body.
const (
	maxName    = 200
	maxEmail   = 254 // RFC 5321
	maxPhone   = 50
	maxTheme   = 300
	maxWishes  = 2000
	maxAnswer  = 2000
	maxMessage = 5000
)

// The fields that several forms have.
var (
	nameField         = Field{Name: "naam", Kind: Line, Required: true, Max: maxName}
	emailField        = Field{Name: "email", Kind: Email, Required: true, Max: maxEmail}
	organisationField = Field{Name: "organisatie", Kind: Line, Max: maxName}
	phoneField        = Field{Name: "telefoon", Kind: Phone, Max: maxPhone}
	regionsField      = Field{Name: "regios", Kind: Choices, Code: "regio"}
)

var guestFields = []Field{
	{Name: "naam", Kind: Line, Code: "introducee.naam", Required: true, Max: maxName},
	{Name: "email", Kind: Email, Code: "introducee.email", Required: true, Max: maxEmail},
}

// RegistrationSpec is the table of a registration for a meeting, with the meeting's own questions.
func RegistrationSpec(m mdt.Meeting) Spec {
	return Spec{
		nameField,
		emailField,
		organisationField,
		{Name: "functie", Kind: Line, Max: maxName},
		phoneField,
		regionsField,
		{Name: "deelname", Kind: Choice, Required: m.Both(), Choices: []string{string(mdt.OnLocation), string(mdt.AttendOnline)}},
		{Name: "onderdelen", Kind: Choices, Code: "onderdeel"},
		{Name: "introducees", Kind: Objects, Code: "introducee", Max: m.MaxGuests, Fields: guestFields},
		{Name: "antwoorden", Kind: Object, Code: "antwoord", Fields: questionFields(m.Questions)},
		{Name: "wensen", Kind: Text, Max: maxWishes},
	}
}

var questionKinds = map[mdt.QuestionKind]Kind{mdt.TextQuestion: Text, mdt.OneOfQuestion: Choice, mdt.ManyOf: Choices, mdt.YesNo: Bool}

func questionFields(questions []mdt.Question) []Field {
	fields := make([]Field, len(questions))
	for i, q := range questions {
		fields[i] = Field{Name: q.ID, Kind: questionKinds[q.Kind], Code: "antwoord", Required: q.Required, Choices: q.Choices}
		if q.Kind == mdt.TextQuestion {
			fields[i].Max = maxAnswer
		}
	}
	return fields
}

var leaderFields = []Field{
	{Name: "wie", Kind: Choice, Code: "leiding.wie", Choices: []string{mdt.LedBySelf, mdt.LedByOther, mdt.LedByNobody}},
	{Name: "naam", Kind: Line, Code: "leiding.naam", Max: maxName},
	{Name: "email", Kind: Email, Code: "leiding.email", Max: maxEmail},
	{Name: "rol", Kind: Choice, Code: "leiding.rol", Choices: []string{mdt.RoleYoung, mdt.RoleCoach, mdt.RolePartner, mdt.RoleOther}},
}

var proposalSpec = Spec{
	nameField,
	emailField,
	organisationField,
	{Name: "thema", Kind: Line, Required: true, Max: maxTheme},
	{Name: "doel", Kind: Choice, Required: true, Choices: []string{mdt.Inspire, mdt.Initiate, mdt.Reflect}},
	{Name: "soort", Kind: Choice, Required: true, Choices: []string{mdt.Practice, mdt.Idea, mdt.Case}},
	{Name: "toelichting", Kind: Text, Max: maxMessage},
	{Name: "leiding", Kind: Object, Fields: leaderFields},
	regionsField,
}

// ProposalSpec is the table of a proposal.
func ProposalSpec() Spec { return proposalSpec }

var interestSpec = Spec{
	emailField,
	{Name: "toestemming", Kind: Bool, Required: true},
	{Name: "naam", Kind: Line, Max: maxName},
}

// InterestSpec is the table of an interest.
func InterestSpec() Spec { return interestSpec }

var messageSpec = Spec{
	nameField,
	emailField,
	{Name: "onderwerp", Kind: Choice, Required: true, Choices: []string{mdt.SubjectJoin, mdt.SubjectStrategy, mdt.SubjectOther}},
	{Name: "bericht", Kind: Text, Required: true, Max: maxMessage},
	organisationField,
	phoneField,
	{Name: "gemeente", Kind: Line, Max: maxName},
	{Name: "regio", Kind: Choice},
}

// MessageSpec is the table of a message.
func MessageSpec() Spec { return messageSpec }
