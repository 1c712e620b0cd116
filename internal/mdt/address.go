package mdt

// PersonID stands for one mail address: a keyed hash of its normal form. It is no secret, and it
// cannot be turned back into the address without the key.
type PersonID string

// Address is a well-formed mail address.
type Address struct {
	// Mail is what SES can mail: the local part as it was typed, the domain in lower-case punycode.
	Mail string
	// Normal is what two spellings of one address share: NFC, lower case, domain in punycode.
	Normal string
}
