package mdt_test

import (
	"testing"
	"time"

	"aanmeldpunt/internal/mdt"
)

func TestLocalMoment(t *testing.T) {
	for _, c := range []struct{ day, clock, want, code string }{
		{"24-3-2027", "9.30", "2027-03-24T08:30:00Z", ""},
		{"24-03-2027", "09:30", "2027-03-24T08:30:00Z", ""},
		{"2027-07-24", "09:30", "2027-07-24T07:30:00Z", ""},
		{" 1-7-2027 ", " 0.00 ", "2027-06-30T22:00:00Z", ""},
		{"28-3-2027", "1.59", "2027-03-28T00:59:00Z", ""},
		{"28-3-2027", "2.00", "", "bewerken.tijd.bestaatNiet"},
		{"28-3-2027", "2.30", "", "bewerken.tijd.bestaatNiet"},
		{"28-3-2027", "3.00", "2027-03-28T01:00:00Z", ""},
		{"31-10-2027", "1.30", "2027-10-30T23:30:00Z", ""},
		{"31-10-2027", "2.00", "2027-10-31T00:00:00Z", ""},
		{"31-10-2027", "2.30", "2027-10-31T00:30:00Z", ""},
		{"31-10-2027", "3.00", "2027-10-31T02:00:00Z", ""},
		{"30-2-2027", "9.30", "", "bewerken.dag.vorm"},
		{"24 maart 2027", "9.30", "2027-03-24T08:30:00Z", ""},
		{"24-3-27", "9.30", "", "bewerken.dag.jaar"},
		{"24-3-1027", "9.30", "", "bewerken.dag.vorm"},
		{"", "9.30", "", "bewerken.dag.vorm"},
		{"24-3-2027", "", "", "bewerken.tijd.vorm"},
		{"24-3-2027", "930", "", "bewerken.tijd.vorm"},
		{"24-3-2027", "9.3", "", "bewerken.tijd.vorm"},
		{"24-3-2027", "24.00", "", "bewerken.tijd.vorm"},
		{"24-3-2027", "9.60", "", "bewerken.tijd.vorm"},
		{"24-3-2027", "-1.00", "", "bewerken.tijd.vorm"},
		{"24-3-2027", "9.30.00", "", "bewerken.tijd.vorm"},
	} {
		at, code := mdt.LocalMoment(c.day, c.clock)
		got := ""
		if !at.IsZero() {
			got = at.Format(time.RFC3339)
		}
		if got != c.want || code != c.code {
			t.Errorf("%q %q: %s %q, want %s %q", c.day, c.clock, got, code, c.want, c.code)
		}
	}
}

// What is shown in a form is read back as it was, but for the second of an hour that comes twice.
func TestTypedMomentIsReadBack(t *testing.T) {
	for at := time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() < 2028; at = at.Add(30 * time.Minute) {
		day, clock := mdt.TypedMoment(at)
		got, code := mdt.LocalMoment(day, clock)
		if twice := at.Equal(got.Add(time.Hour)); code != "" || !got.Equal(at) && !twice {
			t.Fatalf("%s becomes %q %q, and that %s %q", at, day, clock, got, code)
		}
	}
}

func TestLocalDay(t *testing.T) {
	const vorm, jaar = "bewerken.dag.vorm", "bewerken.dag.jaar"
	tests := []struct {
		text string
		want mdt.Date
		code string
	}{
		{"24-3-2027", "2027-03-24", ""},
		{" 04-03-2027 ", "2027-03-04", ""},
		{"24/3/2027", "2027-03-24", ""},
		{"24.03.2027", "2027-03-24", ""},
		{"2027-03-24", "2027-03-24", ""},
		{"24 maart 2027", "2027-03-24", ""},
		{"24 Maart  2027", "2027-03-24", ""},
		{"24 mrt 2027", "2027-03-24", ""},
		{"24 mrt. 2027", "2027-03-24", ""},
		{"24 maa 2027", "2027-03-24", ""},
		{"24-mrt-2027", "2027-03-24", ""},
		{"24\u00a0maart\u00a02027", "2027-03-24", ""},
		{"1 sept. 2027", "2027-09-01", ""},
		{"1 mei 2027", "2027-05-01", ""},
		{"1 jun 2027", "2027-06-01", ""},
		{"1 juli 2027", "2027-07-01", ""},
		{"woensdag 24 maart 2027", "2027-03-24", ""},
		{"wo 24-3-2027", "2027-03-24", ""},
		{"wo. 24 mrt 2027", "2027-03-24", ""},
		{"29-2-2028", "2028-02-29", ""},
		{"", "", ""},
		{" ", "", ""},
		{"24-3-27", "", jaar},
		{"24/3/27", "", jaar},
		{"24 maart '27", "", jaar},
		{"27-03-24", "", jaar},
		{"24-3-202", "", jaar},
		{"29-2-2027", "", vorm},
		{"31 april 2027", "", vorm},
		{"0-3-2027", "", vorm},
		{"24-0-2027", "", vorm},
		{"3-24-2027", "", vorm},
		{"24-3/2027", "", vorm},
		{"24-3", "", vorm},
		{"24 maart", "", vorm},
		{"24 ju 2027", "", vorm},
		{"24 march 2027", "", vorm},
		{"maandag 24 maart 2027", "", vorm},
		{"2027/03/24", "", vorm},
		{"24-3-20270", "", vorm},
		{"24-3-1027", "", vorm},
		{"-24-3-2027", "", vorm},
		{"+24-3-2027", "", vorm},
		{"morgen", "", vorm},
		{"woensdag", "", vorm},
	}
	for _, tt := range tests {
		got, code := mdt.LocalDay(tt.text)
		if got != tt.want || code != tt.code {
			t.Errorf("%q: %q, %q, want %q, %q", tt.text, got, code, tt.want, tt.code)
		}
		if again, _ := mdt.LocalDay(got.Typed()); again != got {
			t.Errorf("%q is typed %q, which is %q", got, got.Typed(), again)
		}
	}
}

// Every day that is written for people is read back as it was.
func TestDaysAreReadAsTheyAreWritten(t *testing.T) {
	for at := time.Date(2027, 1, 1, 12, 0, 0, 0, time.UTC); at.Year() < 2028; at = at.AddDate(0, 0, 1) {
		for _, text := range []string{mdt.Day(at), mdt.ShortDay(at)} {
			if got, code := mdt.LocalDay(text); string(got) != at.Format(time.DateOnly) {
				t.Errorf("%q: %q, %q", text, got, code)
			}
		}
	}
}
