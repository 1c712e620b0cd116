package console

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// ringPath is the list of whom to ring about a meeting: people without an address, to whom no letter goes.
func ringPath(meeting string) string { return meetingPath(meeting, "bellen") }

// ringView is that list.
type ringView struct {
	Path        string
	Acts        bool
	Rows        []ringRow
	Seen        string // when the list was read: what comes about after it was not told by a call that is noted on it
	First, Next string
	Cut         string
}

// ringRow is somebody who has to be rung.
type ringRow struct {
	Path, Reference, Name, Phone, Dial, Via string
	Why                                     []string
	By                                      string // up to when it makes sense
}

// readRing reads a page of whom to ring: those whose time ends first stand first on it.
func (s *Service) readRing(ctx context.Context, m mdt.Meeting, after string, limit int) (store.Listed[mdt.Registration], error) {
	now := s.Now()
	l := store.RegistrationListing{Listing: store.Listing[mdt.Registration]{After: after, Limit: limit,
		Keep: func(r *mdt.Registration) bool { return len(m.ToRing(r, now)) > 0 }}}
	found, err := s.Store.ListRegistrations(ctx, m.ID, l, now)
	by := func(r mdt.Registration) time.Time {
		if until := mdt.RingBy(m.ToRing(&r, now)); until != nil {
			return *until
		}
		return m.End
	}
	slices.SortStableFunc(found.Entries, func(a, b mdt.Registration) int { return by(a).Compare(by(b)) })
	return found, listTrouble(err)
}

func (s *Service) ringing(w http.ResponseWriter, r *http.Request, v *visit) error {
	m, err := s.meetingOf(r, v)
	if err != nil {
		return err
	}
	after := r.URL.Query().Get("na")
	found, err := s.readRing(r.Context(), *m, after, pageLength)
	if err == nil {
		err = s.Gate.NoteList(r.Context(), v.Visit, listRing, m.ID)
	}
	if err != nil {
		return err
	}
	view := ringView{Path: ringPath(m.ID), Acts: v.ChangesThings(), Seen: strconv.FormatInt(s.Now().UnixMilli(), 10)}
	for i := range found.Entries {
		view.Rows = append(view.Rows, s.ringRow(*m, &found.Entries[i]))
	}
	if after != "" {
		view.First = view.Path
	}
	if found.Next != "" {
		view.Next = view.Path + "?na=" + found.Next
	}
	if found.Cut {
		view.Cut = say("beheer.aanmeldingen.deel", "n", strconv.Itoa(found.Seen))
	}
	return s.show(w, v, http.StatusOK, page{name: "bellen", Title: say("beheer.bellen.titel", "bijeenkomst", m.Name), Section: "/console",
		Done: done(r), Back: backToMeeting(m), Body: view})
}

func (s *Service) ringRow(m mdt.Meeting, r *mdt.Registration) ringRow {
	rings := m.ToRing(r, s.Now())
	row := ringRow{Path: entryPath(m.ID, r.Reference), Reference: r.Reference, Name: r.Name, Phone: strings.ReplaceAll(r.Phone, " ", "\u00a0"), Dial: dial(r.Phone),
		Via: r.BroughtName, Why: ringWords(m, rings)}
	if by := mdt.RingBy(rings); by != nil {
		row.By = mdt.Moment(*by)
	}
	return row
}

// ringWords say what somebody has to be told.
func ringWords(m mdt.Meeting, rings []mdt.Ring) (words []string) {
	for _, ring := range rings {
		part, _ := m.Part(ring.Part)
		words = append(words, say("beheer.bellen.waarom."+string(ring.Why), "onderdeel", part.Name))
	}
	return words
}

// dial is a number as a telephone takes it.
func dial(phone string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '+' {
			return r
		}
		return -1
	}, strings.ReplaceAll(phone, "(0)", ""))
}

var rungSpec = forms.Spec{{Name: "wie", Kind: forms.Line, Max: 20}}

// rung notes that somebody was told by telephone what stood on the list as it was shown.
func (s *Service) rung(w http.ResponseWriter, r *http.Request, v *visit) error {
	m, err := s.meetingOf(r, v)
	if err != nil {
		return err
	}
	in, err := read(r, rungSpec)
	if err != nil {
		return err
	}
	millis, err := strconv.ParseInt(in.own.Get("gezien"), 10, 64)
	seen := time.UnixMilli(millis).UTC()
	if err != nil || seen.After(s.Now()) {
		return &trouble{status: http.StatusBadRequest}
	}
	reference := in.own.Get("wie")
	person, err := s.whose(r.Context(), m.ID, reference)
	if err != nil {
		return err
	}
	if person == "" {
		return &trouble{status: http.StatusNotFound}
	}
	err = s.Noting(m.ID, person, mdt.Annotation{Rung: &seen}).Do(r.Context(), 0)
	var no *acts.Refused
	if errors.As(err, &no) { // it went since
		return &trouble{status: http.StatusNotFound}
	}
	if err == nil {
		err = s.Gate.Note(r.Context(), v.Visit, mdt.LogLine{What: mdt.DeedRung, About: reference, Meeting: m.ID, Subject: person})
	}
	if err != nil {
		return err
	}
	return onward(w, ringPath(m.ID)+"?gedaan=gebeld")
}

// toRing are the meetings about which people have to be rung, with how many and until when. Only of a meeting that
// people without an address are registered for, which its counter knows, anything is read.
func (s *Service) toRing(ctx context.Context, meetings []mdt.Meeting, counters []mdt.Counter) ([]taskView, error) {
	tasks := make([]taskView, len(meetings))
	var reads []func() error
	for i, m := range meetings {
		if counters[i].Mute == 0 || !s.Now().Before(m.End) {
			continue
		}
		reads = append(reads, func() error {
			found, err := s.readRing(ctx, m, "", mostTasks)
			if err != nil || len(found.Entries) == 0 && !found.Cut {
				return err
			}
			n := strconv.Itoa(len(found.Entries))
			if found.Next != "" {
				n += "+"
			}
			until := ""
			if len(found.Entries) > 0 {
				if by := mdt.RingBy(m.ToRing(&found.Entries[0], s.Now())); by != nil {
					until = mdt.ShortMoment(*by)
				}
			}
			tasks[i] = taskView{ringPath(m.ID), say("beheer.taak.bellen", "n", n, "bijeenkomst", m.Name, "voor", until)}
			return nil
		})
	}
	err := beside(reads...)
	return slices.DeleteFunc(tasks, func(t taskView) bool { return t.Path == "" }), err
}
