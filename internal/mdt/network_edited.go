package mdt

// edited notes what is wrong with what only an editor of meetings knows to make.
func (r *networkReader) edited(where string, m Meeting) {
	if m.HeldBack > 0 && m.HeldBack >= m.Capacity {
		r.fault("%s: achtergehouden is niet minder dan plekken.", where)
	}
	r.count(where+", achtergehouden", m.HeldBack)
	c := &checking{Meeting: m}
	for i, q := range m.Questions {
		c.checkShowIf("vragen/"+itoa(i)+"/toonAls", i, q.ShowIf)
	}
	c.checkParagraphs()
	for _, f := range c.found {
		r.fault("%s: %s klopt niet (%s).", where, f.Pointer[len("#/"):], f.Code)
	}
}
