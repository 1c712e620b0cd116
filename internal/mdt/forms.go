package mdt

// The forms below are checked: every field is well-formed and normalised, every choice exists.
// RegistrationForm stands with the registration.

// Nationwide stands where a region's id can stand and means all of them.
const Nationwide = "landelijk"

// What a session is for.
const (
	Inspire  = "inspireren"
	Initiate = "initieren"
	Reflect  = "reflecteren"
)

// What a proposer brings in.
const (
	Practice = "praktijkvoorbeeld"
	Idea     = "idee"
	Case     = "casus"
)

// Who leads a proposed session: the proposer, somebody else who is named, or nobody yet.
const (
	LedBySelf   = "ikzelf"
	LedByOther  = "iemandAnders"
	LedByNobody = "onbekend"
)

// What a leader is to the project.
const (
	RoleYoung   = "jongere"
	RoleCoach   = "begeleider"
	RolePartner = "partner"
	RoleOther   = "anders"
)

// Leader is who leads a proposed session. Name and Email are filled only for LedByOther; Role may be
// empty for anyone.
type Leader struct {
	Who   string  `json:"wie,omitempty"` // never empty
	Name  string  `json:"naam,omitempty"`
	Email Address `json:"email,omitzero"`
	Role  string  `json:"rol,omitempty"`
}

// ProposalForm is a checked proposal for a session.
type ProposalForm struct {
	Name         string   `json:"naam,omitempty"`
	Email        Address  `json:"email,omitzero"`
	Organisation string   `json:"organisatie,omitempty"`
	Theme        string   `json:"thema,omitempty"`
	Goal         string   `json:"doel,omitempty"`
	Kind         string   `json:"soort,omitempty"` // what the proposer brings in
	Explanation  string   `json:"toelichting,omitempty"`
	Leader       Leader   `json:"leiding,omitzero"`
	Regions      []string `json:"regios,omitempty"`
}

// InterestForm is a checked wish to be told when registration opens. There is none without consent.
type InterestForm struct {
	Name  string  `json:"naam,omitempty"` // may be empty
	Email Address `json:"email,omitzero"`
}

// What a message is about.
const (
	SubjectJoin     = "aansluiten"
	SubjectStrategy = "regiostrategie"
	SubjectOther    = "anders"
)

// MessageForm is a checked message to a region. Who it goes to is decided from Region (an id that exists,
// Nationwide or empty) and Municipality (a name or code as it was typed, or empty).
type MessageForm struct {
	Name         string  `json:"naam,omitempty"`
	Email        Address `json:"email,omitzero"`
	Organisation string  `json:"organisatie,omitempty"`
	Phone        string  `json:"telefoon,omitempty"`
	Subject      string  `json:"onderwerp,omitempty"`
	Text         string  `json:"bericht,omitempty"`
	Region       string  `json:"regio,omitempty"`
	Municipality string  `json:"gemeente,omitempty"`
}
