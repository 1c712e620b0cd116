package mdt

import (
	"testing"
	"time"
)

func TestWhoSeesAnEntry(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		staff   Staff
		regions []string
		want    bool
	}{
		{"team", Staff{Role: RoleTeam}, nil, true},
		{"reader", Staff{Role: RoleReader}, []string{"a"}, true},
		{"own region", Staff{Role: RoleFacilitator, Regions: []string{"a", "b"}}, []string{"c", "b"}, true},
		{"another region", Staff{Role: RoleFacilitator, Regions: []string{"a"}}, []string{"b"}, false},
		{"no region", Staff{Role: RoleFacilitator, Regions: []string{"a"}}, nil, false},
		{"nationwide is nobody's own", Staff{Role: RoleFacilitator, Regions: []string{Nationwide}}, []string{Nationwide}, false},
		{"regions left from another role", Staff{Role: "?", Regions: []string{"a"}}, []string{"a"}, false},
	}
	for _, tt := range tests {
		if got := tt.staff.SeesEntry(tt.regions); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

func TestSessionHolds(t *testing.T) {
	t.Parallel()
	at := func(d time.Duration) *time.Time {
		when := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC).Add(d)
		return &when
	}
	listed := &Staff{ID: "p"}
	tests := []struct {
		name    string
		session *Session
		staff   *Staff
		now     time.Duration
		want    bool
	}{
		{"just begun", &Session{"p", *at(0), *at(0)}, listed, 0, true},
		{"a moment before the idle end", &Session{"p", *at(0), *at(0)}, listed, SessionIdle - 1, true},
		{"at the idle end", &Session{"p", *at(0), *at(0)}, listed, SessionIdle, false},
		{"used since", &Session{"p", *at(0), *at(time.Hour)}, listed, SessionIdle, true},
		{"at the other end", &Session{"p", *at(0), *at(SessionMost - 1)}, listed, SessionMost, false},
		{"off the list", &Session{"p", *at(0), *at(0)}, nil, 0, false},
		{"of another", &Session{"q", *at(0), *at(0)}, listed, 0, false},
		{"no session", nil, listed, 0, false},
		{"signed out everywhere after it began", &Session{"p", *at(0), *at(0)}, &Staff{ID: "p", Only: at(1)}, 2, false},
		{"signed out everywhere at that moment", &Session{"p", *at(1), *at(1)}, &Staff{ID: "p", Only: at(1)}, 2, false},
		{"begun after that", &Session{"p", *at(2), *at(2)}, &Staff{ID: "p", Only: at(1)}, 2, true},
	}
	for _, tt := range tests {
		if got := tt.session.Holds(tt.staff, *at(tt.now)); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

func TestLastOfTeam(t *testing.T) {
	t.Parallel()
	all := []Staff{{ID: "a", Role: RoleTeam}, {ID: "b", Role: RoleReader}}
	if !LastOfTeam(all, "a") || LastOfTeam(append(all, Staff{ID: "c", Role: RoleTeam}), "a") || LastOfTeam(all, "b") {
		t.Error("the last of the team is not who it is")
	}
}
