package console

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

const logPath = "/console/logboek"

func (s *Service) logRoutes() []route {
	return slices.Concat([]route{{pattern: logPath, sees: team, get: s.logbook, ahead: s.logAhead}}, s.privacyRoutes(), s.letterDeskRoutes(), s.suspectRoutes())
}

// pager leads through a list: back to where it begins, and on to what is behind this page. Of a list whose place is
// somebody's name the way on is a form: that stands in no address.
type pager struct {
	First, Next string
	Form        *nextForm
}

// nextForm goes on by what it sends.
type nextForm struct {
	Path   string
	Fields []hidden
}

// pagerOf makes one for a list at an address with these values, of which after is the place of this page.
func pagerOf(path string, values url.Values, after, next string) (p pager) {
	if after != "" {
		p.First = addressOf(path, values)
	}
	if next != "" {
		values.Set("na", next)
		p.Next = addressOf(path, values)
	}
	return p
}

func addressOf(path string, values url.Values) string {
	if len(values) == 0 {
		return path
	}
	return path + "?" + values.Encode()
}

// logView is a page of the log.
type logView struct {
	Narrows narrowsView
	Lines   []logLine
	Cut     string
	Pager   pager
}

// logLine is one line in words. Who did it, what, and to what.
type logLine struct {
	When, Who, Role, What string
	About, Entry          string // a reference, and where its entry stands
	Where, Path           string // what it belongs to, and where that is
	Reason                string
}

// loggedPage is a page of the log with what its address asks for, and the names of what it is about.
type loggedPage struct {
	store.Listed[mdt.LogLine]
	chosen  chosen
	narrows narrowsView
	names   names
}

// logFields are the month at whose end the log is opened, and what was done.
func (s *Service) logFields() []narrow {
	deeds := make([]string, len(mdt.Deeds))
	for i, deed := range mdt.Deeds {
		deeds[i] = string(deed)
	}
	return []narrow{{"maand", "beheer.logboek.nu", s.logMonths()},
		{name: "wat", options: fieldWords(func(deed string) string { return say("beheer.logboek.wat." + deed) }, deeds...)}}
}

func (s *Service) logAhead(r *http.Request) (any, error) {
	page, fields := new(loggedPage), s.logFields()
	var err error
	if page.chosen, err = chosenOf(r, fields); err != nil {
		return nil, err
	}
	page.narrows = page.chosen.view(logPath, fields)
	l := store.Listing[mdt.LogLine]{After: page.chosen.after, Limit: pageLength,
		Keep: where(page.chosen.of["wat"], func(line *mdt.LogLine, deed string) bool { return string(line.What) == deed })}
	err = beside(func() (err error) {
		page.Listed, err = s.Store.LogLines(r.Context(), endOfMonth(page.chosen.of["maand"]), l, s.Now())
		return listTrouble(err)
	}, func() (err error) { page.names, err = s.namesInLog(r); return err })
	return page, err
}

func (s *Service) logbook(w http.ResponseWriter, r *http.Request, v *visit) error {
	found, _ := v.ahead.(*loggedPage)
	view := logView{Narrows: found.narrows, Pager: pagerOf(logPath, found.chosen.values(), found.chosen.after, found.Next)}
	for _, line := range found.Entries {
		out := found.names.line(line)
		if line.Subject != "" && line.About == s.Identity.Reference("aanmelding", line.Meeting, string(line.Subject)) {
			out.Entry = entryPath(line.Meeting, line.About)
		}
		view.Lines = append(view.Lines, out)
	}
	if found.Cut {
		view.Cut = say("beheer.lijst.deel", "n", strconv.Itoa(found.Seen))
	}
	return s.show(w, v, http.StatusOK, page{name: "logboek", Title: say("beheer.logboek.titel"), Section: logPath, Body: view})
}

const monthForm = "2006-01"

// endOfMonth is the first moment after a month in Amsterdam; zero for what is no month.
func endOfMonth(month string) time.Time {
	begins, err := time.ParseInLocation(monthForm, month, mdt.Amsterdam)
	if err != nil {
		return time.Time{}
	}
	return begins.AddDate(0, 1, 0)
}

// logMonths are those that the log can be opened at.
func (s *Service) logMonths() (options []look.Option) {
	year, month, _ := s.Now().In(mdt.Amsterdam).Date()
	for back := range mdt.LogMonths + 1 {
		begins := time.Date(year, month-time.Month(back), 1, 0, 0, 0, 0, mdt.Amsterdam)
		options = append(options, look.Option{Value: begins.Format(monthForm), Label: mdt.Month(begins)})
	}
	return options
}

// The lists of many people, as the log names them.
const (
	listEntries    = "aanmeldingen"
	listProposals  = "voorstellen"
	listInterests  = "attenderingen"
	listMessages   = "berichten"
	listLetters    = "mails"
	listBroken     = "kapot"
	listSuspects   = "verdacht"
	listRing       = "bellen"
	listAttendance = "deelnemers"
	listBadges     = "naamkaartjes"
	listReaders    = "lezers" // of the letters that a change would send
)

// names are those of what lines of the log are about.
type names struct{ meetings, staff, regions map[string]string }

func (s *Service) namesInLog(r *http.Request) (n names, err error) {
	var meetings []mdt.Meeting
	var staff []mdt.Staff
	var regions []mdt.Region
	err = beside(func() (err error) { meetings, err = s.Store.Meetings(r.Context()); return err },
		func() (err error) { staff, err = s.Store.Staff(r.Context()); return err },
		func() (err error) { regions, err = s.Catalogue.Regions(r.Context()); return err })
	n = names{map[string]string{}, map[string]string{}, map[string]string{}}
	for _, m := range meetings {
		n.meetings[m.ID] = m.Name
	}
	for _, member := range staff {
		n.staff[string(member.ID)] = member.Name
	}
	for _, region := range regions {
		n.regions[region.ID] = region.Name
	}
	return n, err
}

// line puts a line of the log in words.
func (n names) line(l mdt.LogLine) logLine {
	out := logLine{When: mdt.ShortMoment(l.At), Who: l.Name, Role: say("beheer.rol." + l.Role), Reason: l.Reason,
		What: deedWords(l)}
	if name := n.meetings[l.Meeting]; name != "" {
		out.Where, out.Path = name, "/console/bijeenkomsten/"+url.PathEscape(l.Meeting)
	}
	switch {
	case l.What.OfMeeting() && l.Meeting == "":
		if name := n.meetings[l.About]; name != "" {
			out.Where, out.Path = name, "/console/bijeenkomsten/"+url.PathEscape(l.About)
		}
	case l.What == mdt.DeedExported:
		out.About = l.About
	case listWords(l) != "":
		out.About = listWords(l)
	case l.What == mdt.DeedStaff:
		if name := n.staff[l.About]; name != "" {
			out.Where, out.Path = name, staffPath+"/"+url.PathEscape(l.About)
		}
	case l.What == mdt.DeedRegion:
		out.Where = n.regions[l.About]
	case l.Subject != "":
		out.About = l.About
	}
	return out
}

// listWords names the list that a line says was opened; empty where it says something else.
func listWords(l mdt.LogLine) string {
	if l.What != mdt.DeedSeen || l.Subject != "" {
		return ""
	}
	return say("beheer.logboek.lijst." + l.About)
}

// deedWords says what was done, and to how many where that was counted.
func deedWords(l mdt.LogLine) string {
	key := "beheer.logboek.wat." + string(l.What)
	if listWords(l) != "" {
		return say(key + ".lijst")
	}
	if l.Count > 0 {
		if text := say(key+".aantal", "n", strconv.Itoa(l.Count)); text != "" {
			return text
		}
	}
	return say(key)
}
