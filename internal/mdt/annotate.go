package mdt

import (
	"slices"
	"strings"
	"time"
)

// The bounds of what the team writes down with an entry.
const (
	MaxTag     = 30   // characters
	MaxTags    = 20   // of one entry
	MaxRemark  = 1000 // characters
	MaxRemarks = 50   // of one entry
)

// Annotation is what the team adds to an entry, or takes off it, for itself. Nobody is told.
type Annotation struct {
	Tags   []string // to be put on it
	Untag  string   // to be taken off it
	Remark *Remark
	Rung   *time.Time // up to when the person was told by telephone what there was to tell; an earlier moment takes nothing back
}

// Annotate writes something down with an entry, whatever its status. It is done to what stands: two of the team who
// write at once both find what they wrote.
func Annotate(s Scene, n Annotation) (Act, *Refusal) {
	if s.Entry == nil {
		return Act{}, cannot
	}
	a := &acting{Scene: s}
	entry := a.of(s.Entry)
	entry.Tags = slices.DeleteFunc(slices.Clone(entry.Tags), func(tag string) bool { return tag == n.Untag })
	for _, tag := range n.Tags {
		if !slices.Contains(entry.Tags, tag) {
			entry.Tags = append(entry.Tags, tag)
		}
	}
	slices.Sort(entry.Tags)
	if n.Remark != nil {
		entry.remark(*n.Remark)
	}
	if n.Rung != nil && (entry.Rung == nil || n.Rung.After(*entry.Rung)) {
		entry.Rung = n.Rung
	}
	switch {
	case len(entry.Tags) > MaxTags:
		return Act{}, &Refusal{Code: "balie.etiketTeVeel", Pointer: "#/etiket", Args: map[string]string{"n": itoa(MaxTags)}}
	case len(entry.Remarks) > MaxRemarks:
		return Act{}, &Refusal{Code: "balie.notitieTeVeel", Pointer: "#/notitie", Args: map[string]string{"n": itoa(MaxRemarks)}}
	case n.Remark == nil && entry.Rung == s.Entry.Rung && slices.Equal(entry.Tags, s.Entry.Tags):
		return Act{Meeting: s.Meeting}, nil
	}
	return a.act(), nil
}

func (r *Registration) remark(remark Remark) { r.Remarks = append(slices.Clone(r.Remarks), remark) }

// Remarked is an act that also writes down why it was done, with the entry whose act it is.
func Remarked(act Act, of PersonID, remark Remark) Act {
	for _, change := range act.Entries {
		if change.New != nil && change.New.Person == of && len(change.New.Remarks) < MaxRemarks {
			change.New.remark(remark)
		}
	}
	return act
}

// ParseTag reads a tag as somebody types it: small letters, digits and hyphens, so that it can stand in an address and
// names nobody by accident of spelling. ok is false where that leaves nothing, or too much.
func ParseTag(typed string) (tag string, ok bool) {
	tag = strings.Join(strings.FieldsFunc(strings.ToLower(typed), func(r rune) bool { return r == ' ' || r == '-' || r == '_' }), "-")
	for _, r := range tag {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' {
			return "", false
		}
	}
	return tag, tag != "" && len(tag) <= MaxTag
}
