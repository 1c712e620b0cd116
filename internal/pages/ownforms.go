package pages

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

// editionField guards two tabs: the edition of the entry that the form was made from.
const editionField = "uitgave"

// ownForm is the form in which one changes an entry. It is that in which the entry was made, less what cannot be
// changed here.
type ownForm struct {
	*form
	edition int
	stored  map[string][]string // what stands there now, under the names of the form
	never   []string            // what is not changed here, whatever is sent
}

// changeView is the form on the page.
type changeView struct {
	Path, Reference, Button string
	Open                    bool
	Full                    bool // the form stands on the page; else a way to it
	Edition                 int
	Above                   string
	Fields                  []look.FieldView
	sent                    map[string][]string
}

// typed is what was sent in to change an entry.
type typed struct {
	reference string
	sent      map[string][]string
	values    *forms.Values
}

func (s *Service) registrationForm(r *http.Request, v *visit, i item) (*ownForm, error) {
	regions, err := s.Catalogue.Regions(r.Context())
	if err != nil {
		return nil, err
	}
	f := &ownForm{form: meetingForm(i.meeting, "aanmelden", "aanmelden"), edition: i.registration.Edition, never: []string{"email", "introducees"}}
	f.spec = forms.RegistrationSpec(i.meeting)
	f.registrationFields(i.meeting, v.counters[i.meeting.ID], regions, v.now)
	f.fields.Hints["onderdelen"] = ""
	for at, o := range f.fields.Options["onderdelen"] {
		if o.Off && strings.HasSuffix(o.Hint, say("deel.vol")) {
			f.fields.Options["onderdelen"][at].Hint = strings.TrimSuffix(o.Hint, say("deel.vol")) + say("mijn.deel.volKeuze")
		}
	}
	if !v.fresh {
		f.never = append(f.never, "wensen")
	}
	f.stored = look.StoredRegistration(*i.registration, v.wishes(i.meeting.ID))
	f.leave()
	return f, nil
}

func (s *Service) proposalForm(r *http.Request, v *visit, i item) (*ownForm, error) {
	regions, err := s.Catalogue.Regions(r.Context())
	if err != nil {
		return nil, err
	}
	f := &ownForm{form: meetingForm(i.meeting, "voorstel", "voorstel"), edition: i.proposal.Edition, never: []string{"email"}}
	f.spec = forms.ProposalSpec()
	f.fields.Options["regios"] = regionOptions(regions)
	f.stored = look.StoredProposal(*i.proposal)
	f.leave()
	return f, nil
}

func (f *ownForm) leave() {
	for _, name := range f.never {
		f.fields.Leave[name] = true
	}
}

// given reads back what was filled in, in the words of the form.
func (f *ownForm) given(stored map[string][]string) []row {
	b := f.fields
	b.Sent, b.Faults = stored, nil
	return rowsOf(b.Of(f.spec, "", ""), "")
}

// changeView makes the form, filled with what is stored or with what was typed. Only one form stands on a page.
func (v *visit) changeView(i item, f *ownForm, open bool, shown ownShown) *changeView {
	view := &changeView{Path: v.path(), Reference: i.reference, Button: say("mijn.knop.bewaar"), Full: open, Edition: f.edition,
		Open: shown.change == i.reference, Above: content.FieldWords("formulier.boven", nil), sent: f.stored}
	if !open {
		return view
	}
	b := f.fields
	b.Sent = f.stored
	if shown.typed != nil && shown.typed.reference == i.reference {
		view.Open, view.sent = true, shown.typed.sent
		b.Sent, b.Faults = shown.typed.sent, look.FaultsOf(shown.faults, "")
	}
	view.Fields = b.Of(f.spec, "", "")
	return view
}

// leaves are the names of everything that the form has a value of its own for; those of a list stand for all of it.
func (f *ownForm) leaves() (names []string) {
	var walk func(prefix string, table []forms.Field)
	walk = func(prefix string, table []forms.Field) {
		for _, field := range table {
			if field.Kind == forms.Object {
				walk(prefix+field.Name+".", field.Fields)
				continue
			}
			names = append(names, prefix+field.Name)
		}
	}
	walk("", f.spec)
	return names
}

// merge makes a whole form of what came in. From our own form all that it shows counts, also what was emptied;
// from another, which sends no edition, what is not sent stays as it is. What the form does not show stays too.
func (f *ownForm) merge(body url.Values, email string) url.Values {
	whole := body.Get(editionField) != ""
	merged := url.Values{"email": {email}}
	for _, name := range f.leaves() {
		if slices.Contains(f.never, name) {
			continue
		}
		sent, was := body[name], body.Has(name)
		if was || whole && !f.fields.Leave[name] {
			merged[name] = sent
		} else {
			merged[name] = f.stored[name]
		}
	}
	if f.stored["onderdelen"] != nil {
		merged["onderdelen"] = append(slices.Clone(merged["onderdelen"]), f.unoffered()...)
	}
	return merged
}

// unoffered are chosen parts that the form does not ask about.
func (f *ownForm) unoffered() (ids []string) {
	for _, id := range f.stored["onderdelen"] {
		if !slices.ContainsFunc(f.fields.Options["onderdelen"], func(o look.Option) bool { return o.Value == id }) {
			ids = append(ids, id)
		}
	}
	return ids
}

// readMerged reads a whole form by its table, as if it had been sent.
func (f *ownForm) readMerged(r *http.Request, merged url.Values, reference string) (*typed, error) {
	body := merged.Encode()
	again := r.Clone(r.Context())
	again.Body, again.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
	values, err := forms.Read(again, f.spec)
	if err != nil {
		return nil, unread(err)
	}
	in := &typed{reference: reference, values: values, sent: map[string][]string{}}
	for name, value := range values.Sent() {
		if !slices.Contains(f.never, name) {
			in.sent[name] = append(in.sent[name], value)
		}
	}
	return in, nil
}

// editionOf is the edition that a form was made from; without one, that which stands.
func editionOf(body url.Values, stands int) int {
	if edition, err := strconv.Atoi(body.Get(editionField)); err == nil {
		return edition
	}
	return stands
}

// between tells, at each field that was changed in between, what stands there now.
func (f *ownForm) between(in *typed) (faults []mdt.Fault) {
	for _, name := range f.leaves() {
		if slices.Contains(f.never, name) || slices.Equal(f.stored[name], in.sent[name]) {
			continue
		}
		pointer := "#/" + strings.ReplaceAll(url.PathEscape(name), ".", "/")
		code, value := "versie.nu", valuesInWords(f, name)
		if value == "" {
			code = "versie.leeg"
		}
		faults = append(faults, mdt.Fault{Pointer: pointer, Code: code, Args: map[string]string{"waarde": value}})
	}
	return faults
}

// valuesInWords is what is stored under a name, as the form would show it.
func valuesInWords(f *ownForm, name string) string {
	stored := map[string][]string{name: f.stored[name]}
	if f.stored[name] == nil {
		return ""
	}
	var words []string
	for _, r := range f.given(stored) {
		words = append(words, strings.ReplaceAll(r.Value, "\n", ", "))
	}
	return strings.Join(words, ", ")
}

// bodyOf reads a posted form whole, and leaves it to be read again.
func bodyOf(r *http.Request) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r.Body, forms.MaxBody+1))
	r.Body = io.NopCloser(bytes.NewReader(body))
	return body, err
}
