package trials

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// erasing is a desk with people around one who did everything one can do, in every state that letters have.
type erasing struct {
	*desk
	log    *bytes.Buffer
	office *counting
	needs  []string // what must be nowhere once that person is erased, in small letters
}

const (
	erasedMail = "n.zandstra@gast.example"
	erasedName = "Noor Zandstra"
)

// around are the people around.
var around = []string{"sam", "kim", "bo", "wim", "ria", "ivo", "pim", "lea", "tom"}

func mailOf(name string) string { return name + "@gast.example" }

func newErasing(t testing.TB, engine store.Engine) *erasing {
	w := &erasing{desk: newDesk(t, engine), log: new(bytes.Buffer)}
	w.acts.Log = slog.New(slog.NewJSONHandler(w.log, nil))
	var err error
	if w.acts.Atlas, err = mdt.ParseAtlas(content.Municipalities); err != nil {
		t.Fatal(err)
	}
	zaal := func(m *mdt.Meeting) {
		m.Parts = []mdt.Part{{ID: "zaal", Name: "Zaal", Start: m.Start, End: m.End, Seats: 1}}
		m.PerOrg = 5
	}
	w.open("dag", 4, zaal)
	w.open("vol", 1, nil)
	w.open("feest", 10, nil)
	w.open("plannen", 10, func(m *mdt.Meeting) { m.Proposing = &mdt.Window{} })
	w.open("straks", 10, func(m *mdt.Meeting) { m.Telling, m.Registering = &mdt.Window{}, &mdt.Window{Pending: true} })
	return w
}

// must ends the test on an error.
func (w *erasing) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *erasing) address(email string) mdt.Address {
	address, code := mdt.ParseAddress(email)
	if code != "" {
		w.t.Fatalf("%s: %s", email, code)
	}
	return address
}

func (w *erasing) meeting(id string) mdt.Meeting {
	m, err := w.acts.Catalogue.Any(context.Background(), id)
	w.must(err)
	return *m
}

// register lets somebody register, with guests by name; change says more of the form.
func (w *erasing) register(meeting, name, email string, change func(*mdt.RegistrationForm), guests ...mdt.Guest) {
	w.t.Helper()
	form := mdt.RegistrationForm{Name: name, Email: w.address(email), Guests: guests}
	if change != nil {
		change(&form)
	}
	got, err := w.acts.Register(context.Background(), w.meeting(meeting), form, acts.Post{})
	w.must(err)
	if need := strings.ToLower(got.Reference); email == erasedMail && !slices.Contains(w.needs, need) {
		w.needs = append(w.needs, need)
	}
}

func (w *erasing) guest(name, email string) mdt.Guest {
	return mdt.Guest{Name: name, Email: w.address(email)}
}

func (w *erasing) propose(name, email string, leader mdt.Leader) mdt.Proposal {
	w.t.Helper()
	got, err := w.acts.Propose(context.Background(), w.meeting("plannen"), mdt.ProposalForm{Name: name, Email: w.address(email),
		Theme: "Samen", Goal: mdt.Inspire, Kind: mdt.Idea, Leader: leader}, acts.Post{})
	w.must(err)
	return got
}

func (w *erasing) led(name, email string) mdt.Leader {
	return mdt.Leader{Who: mdt.LedByOther, Name: name, Email: w.address(email)}
}

func (w *erasing) ask(text string) {
	w.t.Helper()
	got, err := w.acts.Ask(context.Background(), mdt.MessageForm{Name: erasedName, Email: w.address(erasedMail), Subject: mdt.SubjectOther, Text: text},
		mdt.Routed{Responder: mdt.Responder{Name: "Femke", Email: "femke@delta.example"}}, nil, acts.Post{})
	w.must(err)
	w.needs = append(w.needs, strings.ToLower(got.Reference), text)
}

// everybody fills the desk, lets the mailer send what is owed by then, and goes on.
func (w *erasing) everybody() {
	w.t.Helper()
	ctx := context.Background()
	noor := w.person(erasedMail)
	w.needs = []string{erasedMail, strings.ToLower(erasedName), "zandstra", string(noor), "06 11 22 33 44", "rolstoel"}
	w.register("dag", "Kim", mailOf("kim"), nil)
	w.register("dag", erasedName, erasedMail, func(f *mdt.RegistrationForm) {
		f.Organisation, f.Phone, f.Wishes, f.Parts = "Stichting", "06 11 22 33 44", "rolstoel", []string{"zaal"}
	}, w.guest("Sam", mailOf("sam")), w.guest("Kim", mailOf("kim")))
	w.register("dag", "Bo", mailOf("bo"), nil, w.guest(erasedName, "N.Zandstra@GAST.example"))
	w.register("dag", "Wim", mailOf("wim"), nil)
	w.waitFor("kim", "zaal")
	w.register("vol", "Ria", mailOf("ria"), nil)
	w.register("vol", erasedName, erasedMail, nil)
	w.register("vol", "Ivo", mailOf("ivo"), nil)
	w.must(w.acts.Cancel(ctx, "vol", w.person(mailOf("ria"))))
	w.register("feest", "Bo", mailOf("bo"), nil, w.guest(erasedName, erasedMail))
	own := w.propose(erasedName, erasedMail, w.led("Tom", mailOf("tom")))
	w.needs = append(w.needs, strings.ToLower(own.Reference))
	change := mdt.ProposalChange{ProposalForm: mdt.ProposalForm{Name: erasedName, Theme: "Samen", Goal: mdt.Inspire, Kind: mdt.Idea,
		Leader: w.led("Lea", mailOf("lea"))}}
	w.must(w.acts.ChangeProposal(ctx, "plannen", own.ID, noor, change))
	w.propose("Pim", mailOf("pim"), w.led(erasedName, erasedMail))
	reference, err := w.acts.Tell(ctx, w.meeting("straks"), mdt.InterestForm{Name: erasedName, Email: w.address(erasedMail)}, acts.Post{})
	w.must(err)
	w.needs = append(w.needs, strings.ToLower(reference))
	w.ask("kan ik morgen bellen")
	w.suspects()
	w.looked(noor)
	w.must(w.acts.SendLink(ctx, w.address(erasedMail), acts.Post{}))
	mailer, office := w.mailer()
	w.office = office
	w.must(mailer.Sweep(ctx, false))
	w.pass(25 * time.Hour)
	w.ask("of kan het overmorgen")                 // stays pending
	w.register("dag", erasedName, erasedMail, nil) // letter 19, which a limit holds
	w.hold(mdt.LetterKnown)
	w.waitFor("kim")
	w.waitFor("kim", "zaal")
}

// staffName is who looked: nothing of who was erased may tell of it.
const staffName = "Sanne van het Team"

// looked lets somebody of the team open what the person has, and change something of it.
func (w *erasing) looked(person mdt.PersonID) {
	w.t.Helper()
	own, err := w.acts.Own(context.Background(), person)
	w.must(err)
	line := mdt.LogLine{At: w.now(), By: "sanne", Name: staffName, Role: mdt.RoleTeam, What: mdt.DeedSeen, Meeting: "dag", Subject: person}
	for _, about := range []string{own.RegistrationFor("dag").Of.Reference, own.Messages[0].Of.Reference} {
		line.About = about
		w.must(w.store.Log(context.Background(), line))
	}
	line.What = mdt.DeedChanged
	w.must(w.store.Log(context.Background(), line))
	w.needs = append(w.needs, strings.ToLower(staffName))
}

// suspects sends forms that look like spam: one of the person, and two of somebody else that name the person.
func (w *erasing) suspects() {
	w.t.Helper()
	ctx, spam := context.Background(), acts.Post{Trap: true}
	got, err := w.acts.Ask(ctx, mdt.MessageForm{Name: erasedName, Email: w.address(erasedMail), Subject: mdt.SubjectOther, Text: "een derde vraag"}, mdt.Routed{ToTeam: true}, nil, spam)
	w.must(err)
	w.needs = append(w.needs, strings.ToLower(got.Reference), "een derde vraag")
	_, err = w.acts.Register(ctx, w.meeting("feest"), mdt.RegistrationForm{Name: "Sam", Email: w.address(mailOf("sam")),
		Guests: []mdt.Guest{w.guest(erasedName, erasedMail), w.guest("Tom", mailOf("tom"))}}, spam)
	w.must(err)
	_, err = w.acts.Propose(ctx, w.meeting("plannen"), mdt.ProposalForm{Name: "Sam", Email: w.address(mailOf("sam")),
		Theme: "Samen", Goal: mdt.Inspire, Kind: mdt.Idea, Leader: w.led(erasedName, erasedMail)}, spam)
	w.must(err)
}

// waitFor lets somebody who has a seat wait for these parts and no others.
func (w *erasing) waitFor(name string, parts ...string) {
	w.t.Helper()
	_, entries := w.stands("dag", mailOf(name))
	form := mdt.ChangeForm{RegistrationForm: mdt.RegistrationForm{Name: entries[0].Name}, Edition: entries[0].Edition, WaitFor: parts, KeepWishes: true}
	w.must(w.acts.Change(context.Background(), "dag", entries[0].Person, form))
}

// hold makes letters of a kind that wait ones that a limit holds back.
func (w *erasing) hold(kind mdt.LetterKind) {
	ids, _, err := w.store.Due(context.Background(), mdt.Pending, w.now(), "")
	w.must(err)
	for _, id := range ids {
		letter, err := w.store.Letter(context.Background(), id)
		w.must(err)
		if letter.Kind == kind {
			_, err := w.engine.Change(context.Background(), store.Write{Key: store.Key{PK: store.LetterPrefix + id, SK: "brief"},
				Set: store.Item{"staat": string(mdt.Held), store.AttrList: "brieven#" + string(mdt.Held)}})
			w.must(err)
		}
	}
}

// send lets the mailer send everything that is due, and gives what it sent.
func (w *erasing) send() *counting {
	w.t.Helper()
	mailer, office := w.mailer()
	mailer.Log = w.acts.Log
	for range 3 {
		w.must(mailer.Sweep(context.Background(), false))
		w.pass(time.Minute)
	}
	return office
}

// found gives what of the erased person stands in some bytes.
func (w *erasing) found(raw []byte) (found []string) {
	low := bytes.ToLower(raw)
	for _, need := range w.needs {
		if bytes.Contains(low, []byte(need)) && !slices.Contains(found, need) {
			found = append(found, need)
		}
	}
	return found
}

// state is how the desk stands, without what differs from one run to another: ids of letters.
func (w *erasing) state() (lines []string) {
	w.t.Helper()
	partitions := []string{"wissingen", "rij#dag#", "rij#dag#zaal", "rij#vol#", "bijeenkomst#dag", "bijeenkomst#vol", "bijeenkomst#feest",
		"persoon#" + string(w.person(erasedMail))}
	for _, name := range around {
		partitions = append(partitions, "persoon#"+string(w.person(mailOf(name))))
	}
	for _, pk := range partitions {
		page, err := w.engine.Query(context.Background(), store.Query{PK: pk})
		w.must(err)
		for _, it := range page.Items {
			notes := 0
			for name := range it {
				if strings.HasPrefix(name, "brief:") {
					delete(it, name)
					notes++
				}
			}
			lines = append(lines, w.named(fmt.Sprint(notes, " ", it)))
		}
	}
	for _, state := range mdt.States {
		page, err := w.engine.Query(context.Background(), store.Query{List: "brieven#" + string(state)})
		w.must(err)
		for _, it := range page.Items {
			lines = append(lines, fmt.Sprintf("letter %v to %v by %v %v is %s", it["soort"], it["aan"], it["door"], it["wat"], state))
		}
	}
	slices.Sort(lines)
	return lines
}

// named writes names for what is random or hashed, so that two desks can be compared.
func (w *erasing) named(line string) string {
	for _, name := range around {
		line = strings.ReplaceAll(line, string(w.person(mailOf(name))), "<"+name+">")
	}
	return proposalID.ReplaceAllString(strings.ReplaceAll(line, string(w.person(erasedMail)), "<noor>"), "<id>")
}
