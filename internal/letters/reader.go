package letters

import "aanmeldpunt/internal/mdt"

// Reader makes letters readable for somebody else than the one they go to: as they were sent, but no personal link
// in them works.
type Reader struct{ renderer *Renderer }

// NewReader gives a Reader, or says which setting is wrong. It needs no keys and no sender.
func NewReader(site, teamMail string) (*Reader, error) {
	renderer, err := New(Settings{Site: site, Sender: teamMail, TeamMail: teamMail})
	if err != nil {
		return nil, err
	}
	renderer.blank = true
	return &Reader{renderer}, nil
}

// Show gives a letter as it is read, also one that is still to be stored. The errors are those of Render.
func (r *Reader) Show(letter mdt.Letter) (subject, text, html string, err error) {
	if letter.ID == "" {
		letter.ID = unstored
	}
	made, err := r.renderer.Render(letter)
	return made.Subject, made.Text, made.HTML, err
}

// unstored stands where a letter that was never stored lacks its id: nobody sees it.
const unstored = "x"

// blanked stands where the secret of a personal link stood.
const blanked = "…"
