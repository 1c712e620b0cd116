package mdt_test

import (
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/mdt"
)

// edited is a meeting without faults, as a change makes it.
func edited(change func(*mdt.Edited)) mdt.Edited {
	m := openMeeting(nil)
	m.Kind, m.Parts[0].Kind, m.Parts[1].Kind = mdt.NetworkDay, "deelsessie", "plenair"
	m.Questions = []mdt.Question{{ID: "eten", Text: "Eet je mee?", Kind: mdt.YesNo},
		{ID: "dieet", Text: "Wat eet je?", Kind: mdt.OneOfQuestion, Choices: []string{"Alles", "Iets anders"}, ShowIf: &mdt.ShowIf{Question: "eten", Answers: []string{"ja"}}}}
	was := m
	was.Parts = append([]mdt.Part{}, m.Parts...)
	e := mdt.Edited{Meeting: m, Was: &was, All: []mdt.Meeting{was, {ID: "ander"}}, Counter: counts(3, 0)}
	change(&e)
	return e
}

func faultsTold(faults []mdt.Fault) string {
	told := make([]string, len(faults))
	for i, f := range faults {
		told[i] = strings.TrimPrefix(f.Pointer, "#/") + " " + strings.TrimPrefix(f.Code, "bewerken.")
	}
	return strings.Join(told, ", ")
}

func TestCheckMeeting(t *testing.T) {
	anew := func(e *mdt.Edited, id string) { e.Was, e.Meeting.ID = nil, id }
	question := func(change func(*mdt.Question)) func(*mdt.Edited) {
		return func(e *mdt.Edited) {
			e.Meeting.Questions = append([]mdt.Question{}, e.Meeting.Questions...)
			change(&e.Meeting.Questions[1])
		}
	}
	part := func(change func(*mdt.Part)) func(*mdt.Edited) {
		return func(e *mdt.Edited) {
			e.Meeting.Parts = append([]mdt.Part{}, e.Meeting.Parts...)
			change(&e.Meeting.Parts[0])
		}
	}
	for _, c := range []struct {
		name   string
		change func(*mdt.Edited)
		want   string
	}{
		{"nothing", func(*mdt.Edited) {}, ""},
		{"nothing at all", func(e *mdt.Edited) { e.Meeting, e.Was = mdt.Meeting{}, nil },
			"id id.vorm, naam naam.leeg, soort soort.onbekend, plaats plaats.leeg, begint begint.leeg"},
		{"a new one", func(e *mdt.Edited) { anew(e, "dag-2028") }, ""},
		{"an id with spaces", func(e *mdt.Edited) { anew(e, "dag 2028") }, "id id.vorm"},
		{"an id with capitals", func(e *mdt.Edited) { anew(e, "Dag") }, "id id.vorm"},
		{"an id that is taken", func(e *mdt.Edited) { anew(e, "ander") }, "id id.bezet"},
		{"belongs to another", func(e *mdt.Edited) { e.Meeting.BelongsTo = "ander" }, ""},
		{"belongs to none", func(e *mdt.Edited) { e.Meeting.BelongsTo = "weg" }, "hoortBij hoortBij.onbekend"},
		{"belongs to itself", func(e *mdt.Edited) { e.Meeting.BelongsTo = "dag" }, "hoortBij hoortBij.onbekend"},
		{"nowhere", func(e *mdt.Edited) { e.Meeting.Place = "" }, "plaats plaats.leeg"},
		{"online only", func(e *mdt.Edited) {
			e.Meeting.Place, e.Meeting.Online, e.Meeting.OnlineLink = "", true, "https://a.example"
		}, ""},
		{"a link without online", func(e *mdt.Edited) { e.Meeting.OnlineLink = "https://a.example" }, "onlineLink onlineLink.nietOnline"},
		{"a page that is none", func(e *mdt.Edited) { e.Meeting.Page = "http://a.example" }, "pagina webadres.vorm"},
		{"ends as it starts", func(e *mdt.Edited) { e.Meeting.End = e.Meeting.Start; e.Meeting.Parts = nil }, "eindigt eindigt.voorBegin"},
		{"no end", func(e *mdt.Edited) { e.Meeting.End = time.Time{} }, "eindigt eindigt.leeg"},
		{"opens at the start", func(e *mdt.Edited) { e.Meeting.Registering = &mdt.Window{Opens: at(day(20))} }, "aanmelden/opent opent.naBegin"},
		{"closes as it opens", func(e *mdt.Edited) { e.Meeting.Proposing = &mdt.Window{Opens: at(day(3)), Closes: at(day(3))} }, "voorstellen/sluit sluit.voorOpent"},
		{"closes after the end", func(e *mdt.Edited) { e.Meeting.Telling = &mdt.Window{Closes: at(day(21))} }, "attenderen/sluit sluit.naEinde"},
		{"opens, and nobody knows when", func(e *mdt.Edited) { e.Meeting.Registering = &mdt.Window{Opens: at(day(1)), Pending: true} }, "aanmelden/opent opent.onbekend"},
		{"a line past the start", func(e *mdt.Edited) { e.Meeting.WaitingEnds = at(day(20).Add(1)) }, "wachtlijstSluit wachtlijst.naBegin"},
		{"fewer than none", func(e *mdt.Edited) { e.Meeting.Capacity, e.Meeting.PerOrg = -1, -1 }, "plekken getal.vorm, perOrganisatie getal.vorm"},
		{"some held back", func(e *mdt.Edited) { e.Meeting.HeldBack = 9 }, ""},
		{"all held back", func(e *mdt.Edited) { e.Meeting.HeldBack = 10 }, "achtergehouden achtergehouden.teVeel"},
		{"held back of no end", func(e *mdt.Edited) { e.Meeting.HeldBack, e.Meeting.Capacity = 1, 0 }, "achtergehouden achtergehouden.teVeel"},
		{"eleven guests", func(e *mdt.Edited) { e.Meeting.MaxGuests = 11 }, "introducees introducees.teVeel"},
		{"reminders", func(e *mdt.Edited) { e.Meeting.Reminders = []mdt.Reminder{{1, "10:00"}, {-1, "25:00"}, {1, "10:00"}} },
			"herinneringen/1/dagen getal.vorm, herinneringen/1/om tijd.vorm, herinneringen/2/dagen herinnering.dubbel"},
		{"six reminders", func(e *mdt.Edited) {
			e.Meeting.Reminders = []mdt.Reminder{{1, "10:00"}, {2, "10:00"}, {3, "10:00"}, {4, "10:00"}, {5, "10:00"}, {6, "10:00"}}
		}, "herinneringen herinnering.teVeel"},

		{"a part before the meeting", part(func(p *mdt.Part) { p.Start = day(19) }), "onderdelen/0/begint onderdeel.buiten"},
		{"a part without anything", part(func(p *mdt.Part) { *p = mdt.Part{} }),
			"onderdelen/0/id id.vorm, onderdelen/0/naam naam.leeg, onderdelen/0/soort soort.onbekend, onderdelen/0/begint begint.leeg"},
		{"two parts of one id", part(func(p *mdt.Part) { p.ID = "b" }), "onderdelen/1/id id.dubbel"},
		{"a part that nobody chose goes", func(e *mdt.Edited) { e.Meeting.Parts = e.Meeting.Parts[1:] }, ""},
		{"a part with people goes", func(e *mdt.Edited) {
			e.Meeting.Parts, e.Counter.Parts = e.Meeting.Parts[1:], map[string]mdt.LineCount{"a": {Occupied: 1}}
		}, "onderdelen onderdeel.bezet"},
		{"a part that somebody waits for goes", func(e *mdt.Edited) {
			e.Meeting.Parts, e.Counter.Parts = e.Meeting.Parts[1:], map[string]mdt.LineCount{"a": {Waiting: 1}}
		}, "onderdelen onderdeel.bezet"},

		{"a question without anything", question(func(q *mdt.Question) { *q = mdt.Question{} }), "vragen/1/id vraag.id, vragen/1/tekst vraag.leeg, vragen/1/soort soort.onbekend"},
		{"two questions of one id", question(func(q *mdt.Question) { q.ID = "eten" }), "vragen/1/id id.dubbel"},
		{"nothing to choose from", question(func(q *mdt.Question) { q.Choices = nil }), "vragen/1/keuzes keuzes.leeg"},
		{"an empty choice", question(func(q *mdt.Question) { q.Choices = []string{"a", " "} }), "vragen/1/keuzes keuzes.leeg"},
		{"a choice twice", question(func(q *mdt.Question) { q.Choices = []string{"a", "b", "a"} }), "vragen/1/keuzes keuzes.dubbel"},
		{"choices of a text", question(func(q *mdt.Question) { q.Kind = mdt.TextQuestion }), "vragen/1/keuzes keuzes.geen"},
		{"shown if itself", question(func(q *mdt.Question) { q.ShowIf = &mdt.ShowIf{Question: "dieet"} }), "vragen/1/toonAls/vraag toonAls.vraag"},
		{"shown if nothing", question(func(q *mdt.Question) { q.ShowIf = &mdt.ShowIf{Question: "weg"} }), "vragen/1/toonAls/vraag toonAls.vraag"},
		{"shown if any answer", question(func(q *mdt.Question) { q.ShowIf.Answers = nil }), ""},
		{"shown if no such answer", question(func(q *mdt.Question) { q.ShowIf.Answers = []string{"misschien"} }), "vragen/1/toonAls/antwoorden toonAls.antwoord"},

		{"a paragraph", func(e *mdt.Edited) { e.Meeting.Paragraphs = map[string]string{"2": "Neem je laptop mee."} }, ""},
		{"a paragraph in a letter that takes none", func(e *mdt.Edited) { e.Meeting.Paragraphs = map[string]string{"14": "Hallo."} }, "alineas/14 alinea.brief"},
		{"a long paragraph", func(e *mdt.Edited) { e.Meeting.Paragraphs = map[string]string{"2": strings.Repeat("é", 1001)} }, "alineas/2 alinea.teLang"},
	} {
		if got := faultsTold(mdt.CheckMeeting(edited(c.change))); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestAsked(t *testing.T) {
	m := mdt.Meeting{}
	for _, c := range []struct {
		name   string
		show   *mdt.ShowIf
		answer any
		want   bool
	}{
		{"of everybody", nil, nil, true},
		{"no answer", &mdt.ShowIf{Question: "q", Answers: []string{"ja"}}, nil, false},
		{"yes", &mdt.ShowIf{Question: "q", Answers: []string{"ja"}}, true, true},
		{"no", &mdt.ShowIf{Question: "q", Answers: []string{"ja"}}, false, false},
		{"if no", &mdt.ShowIf{Question: "q", Answers: []string{"nee"}}, false, true},
		{"any answer", &mdt.ShowIf{Question: "q"}, false, true},
		{"any text", &mdt.ShowIf{Question: "q"}, "iets", true},
		{"no text", &mdt.ShowIf{Question: "q"}, nil, false},
		{"one of", &mdt.ShowIf{Question: "q", Answers: []string{"a", "b"}}, "b", true},
		{"another", &mdt.ShowIf{Question: "q", Answers: []string{"a", "b"}}, "c", false},
		{"among several", &mdt.ShowIf{Question: "q", Answers: []string{"b"}}, []string{"a", "b"}, true},
		{"as it is stored", &mdt.ShowIf{Question: "q", Answers: []string{"b"}}, []any{"a", "b"}, true},
		{"none of several", &mdt.ShowIf{Question: "q"}, []string{}, false},
	} {
		if got := m.Asked(mdt.Question{ID: "r", ShowIf: c.show}, map[string]any{"q": c.answer}); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
