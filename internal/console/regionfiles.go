package console

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/sheets"
	"aanmeldpunt/internal/store"
)

const regionFilesPath = "/console/regiobestanden"

// MaxFile is the largest body that the desk reads, in bytes: a sheet some fifteen times that of all regions.
const MaxFile = 512 << 10

// besideFile is room in a body for what the page that asks about a file sends along with it.
const besideFile = 1 << 10

func (s *Service) regionFileRoutes() []route {
	return []route{
		{pattern: regionFilesPath, sees: national, does: team, get: s.regionFiles, post: s.bringIn},
		{pattern: regionFilesPath + "/regios.csv", sees: national, get: s.regionSheet, ahead: s.readRegions},
		{pattern: regionFilesPath + "/facilitators.csv", sees: national, get: s.facilitatorSheet, ahead: s.readRegions},
	}
}

// regionFilesView is where the sheets of regions are taken out and brought in.
type regionFilesView struct {
	Brings  bool // who looks may bring them in
	Summary *look.Summary
}

// mostFaults is how many faults of a sheet are told at once.
const mostFaults = 50

func (s *Service) regionFiles(w http.ResponseWriter, _ *http.Request, v *visit) error {
	return s.showRegionFiles(w, v, nil)
}

func (s *Service) showRegionFiles(w http.ResponseWriter, v *visit, faults []forms.SheetFault) error {
	view := regionFilesView{Brings: v.ChangesThings()}
	if len(faults) > 0 {
		view.Summary = &look.Summary{Title: say("beheer.regiobestanden.fouten")}
		for _, f := range faults[:min(len(faults), mostFaults)] {
			text := look.FaultWords(f.Fault, s.Team.Email)
			if f.Row > 0 {
				text = say("beheer.regiobestanden.rij", "n", strconv.Itoa(f.Row), "fout", text)
			}
			view.Summary.Faults = append(view.Summary.Faults, look.Way{Text: text})
		}
		if more := len(faults) - mostFaults; more > 0 {
			view.Summary.Faults = append(view.Summary.Faults, look.Way{Text: say("beheer.regiobestanden.meer", "n", strconv.Itoa(more))})
		}
	}
	status := http.StatusOK
	if len(faults) > 0 {
		status = http.StatusBadRequest
	}
	return s.show(w, v, status, page{name: "regiobestanden", Title: say("beheer.regiobestanden.titel"), Section: regionsPath, Faulty: len(faults) > 0,
		Back: look.Way{Href: regionsPath, Text: say("beheer.regios.titel")}, Body: view})
}

func (s *Service) regionSheet(w http.ResponseWriter, r *http.Request, v *visit) error {
	return s.giveSheet(w, r, v, "regios", forms.RegionColumns, forms.RegionRows(regionsFor(v), s.Atlas))
}

func (s *Service) facilitatorSheet(w http.ResponseWriter, r *http.Request, v *visit) error {
	return s.giveSheet(w, r, v, "facilitators", forms.FacilitatorColumns, forms.FacilitatorRows(regionsFor(v)))
}

// giveSheet answers with a sheet to keep. That it was taken out is noted first.
func (s *Service) giveSheet(w http.ResponseWriter, r *http.Request, v *visit, name string, columns []string, rows [][]string) error {
	var out bytes.Buffer
	if err := writeSheet(&out, columns, rows); err != nil {
		return err
	}
	if r.Method == http.MethodGet {
		if err := s.Gate.Note(r.Context(), v.Visit, mdt.LogLine{What: mdt.DeedExported, About: name, Count: len(rows)}); err != nil {
			return err
		}
	}
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+"-"+string(mdt.DateOf(s.Now()))+`.csv"`)
	return look.Give(w, "text/csv; charset=utf-8", out.String())
}

// daysIn are the columns that hold days.
var daysIn = map[string]bool{"vanaf": true, "totEnMet": true, "afwezigVanaf": true, "afwezigTotEnMet": true}

func writeSheet(w io.Writer, columns []string, rows [][]string) error {
	head := make([]sheets.Column, len(columns))
	for i, name := range columns {
		head[i].Head = name
	}
	out, err := sheets.NewCSV(w, head)
	for _, row := range rows {
		cells := make([]sheets.Cell, len(row))
		for i, text := range row {
			cells[i] = sheets.Text(text)
			if daysIn[columns[i]] {
				cells[i] = sheets.Day(mdt.Date(text).Moment())
			}
		}
		if err == nil {
			err = out.Row(cells)
		}
	}
	return errors.Join(err, out.Close())
}

// bringIn shows what a sheet would change, and on a yes changes all of it or nothing.
func (s *Service) bringIn(w http.ResponseWriter, r *http.Request, v *visit) error {
	content, err := fileOf(w, r)
	if err != nil {
		return err
	}
	if base64.RawURLEncoding.EncodedLen(len(content))+besideFile > MaxFile { // the yes would not get through
		return &trouble{status: http.StatusRequestEntityTooLarge}
	}
	was, err := s.Store.Regions(r.Context())
	if err != nil {
		return err
	}
	b, faults := s.broughtIn(content, was)
	if len(faults) > 0 {
		return s.showRegionFiles(w, v, faults)
	}
	yes, stand := r.PostFormValue("handeling") == "ja", mdt.Stand(was)
	if yes && r.PostFormValue("stand") == stand {
		err := s.Desk.ChangeRegions(r.Context(), b.changes)
		if err == nil {
			err = s.noteRegions(r, v, b.changes)
		}
		if err == nil {
			return onward(w, regionsPath+"?gedaan=regiosingelezen")
		}
		if !errors.Is(err, store.ErrLostRace) {
			return err
		}
		if was, err = s.Store.Regions(r.Context()); err != nil {
			return err
		}
		if b, faults = s.broughtIn(content, was); len(faults) > 0 {
			return s.showRegionFiles(w, v, faults)
		}
	}
	return s.askBringIn(w, r, v, was, b, content, yes)
}

// fileOf gives the text of the file that was sent, or that the page which asks about it kept; empty where there is none.
func fileOf(w http.ResponseWriter, r *http.Request) (string, error) {
	r.Body = http.MaxBytesReader(w, r.Body, MaxFile)
	media, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	var err error
	switch media {
	case "multipart/form-data":
		err = r.ParseMultipartForm(MaxFile)
	case "application/x-www-form-urlencoded":
		err = r.ParseForm()
	default:
		return "", &trouble{status: http.StatusUnsupportedMediaType}
	}
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return "", &trouble{status: http.StatusRequestEntityTooLarge}
	case err != nil:
		return "", &trouble{status: http.StatusBadRequest}
	}
	if kept := r.PostFormValue("inhoud"); kept != "" {
		content, err := base64.RawURLEncoding.DecodeString(kept)
		if err != nil {
			return "", &trouble{status: http.StatusBadRequest}
		}
		return string(content), nil
	}
	file, _, err := r.FormFile("bestand")
	if err != nil {
		return r.PostFormValue("bestand"), nil // a plain form holds its text
	}
	defer file.Close()
	content, err := io.ReadAll(file)
	return string(content), err
}

// brought is what a sheet would change.
type brought struct {
	changes []mdt.RegionChange
	untold  []string // regions that the sheet does not tell of, and that stay as they are
}

// broughtIn holds a sheet against the regions as they stand. Of which kind it is, its columns tell.
func (s *Service) broughtIn(content string, was []mdt.Region) (b brought, faults []forms.SheetFault) {
	rows, faults := rowsIn(content)
	if len(faults) > 0 {
		return b, faults
	}
	var now []mdt.Region
	if forms.SheetOfRegions(rows) {
		now, faults = forms.Regions(rows, was, s.Atlas, s.Now())
		b.changes = mdt.RegionChanges(was, now, true)
	} else {
		now, faults = forms.Facilitators(rows, was)
		b.changes = mdt.RegionChanges(was, now, false)
		b.untold = untold(rows, was)
	}
	if len(faults) == 0 && len(b.changes) > store.MaxWrites {
		faults = []forms.SheetFault{{Fault: mdt.Fault{Code: "regiobeheer.blad.teVeel", Args: map[string]string{"n": strconv.Itoa(store.MaxWrites)}}}}
	}
	return b, faults
}

// untold are the names of regions that no row begins with.
func untold(rows [][]string, was []mdt.Region) (names []string) {
	told := map[string]bool{}
	for _, row := range rows {
		for _, cell := range row {
			told[cell] = true
		}
	}
	for _, region := range was {
		if !told[region.ID] {
			names = append(names, region.Name)
		}
	}
	return names
}

// rowsIn takes a sheet apart.
func rowsIn(content string) (rows [][]string, faults []forms.SheetFault) {
	fault := func(row int, code string) []forms.SheetFault {
		return []forms.SheetFault{{Row: row, Fault: mdt.Fault{Code: "regiobeheer." + code}}}
	}
	if content == "" {
		return nil, fault(0, "blad.leeg")
	}
	for row, err := range sheets.ReadCSV(strings.NewReader(sheets.Readable(content))) {
		if err != nil {
			return nil, fault(len(rows)+1, "rij.vorm")
		}
		rows = append(rows, row)
	}
	return rows, nil
}
