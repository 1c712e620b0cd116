package sheets

// The parts of a workbook that are always the same.
const (
	xmlHead      = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	xmlMain      = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	xmlRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	xmlPackage   = "http://schemas.openxmlformats.org/package/2006/"
	xmlOffice    = "application/vnd.openxmlformats-officedocument.spreadsheetml."

	xlsxTypes = `<Types xmlns="` + xmlPackage + `content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="` + xmlOffice + `sheet.main+xml"/>` +
		`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="` + xmlOffice + `worksheet+xml"/>` +
		`<Override PartName="/xl/styles.xml" ContentType="` + xmlOffice + `styles+xml"/></Types>`

	xlsxRoot = `<Relationships xmlns="` + xmlPackage + `relationships"><Relationship Id="rId1" Type="` + xmlRelations + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`

	xlsxBook = `<Relationships xmlns="` + xmlPackage + `relationships"><Relationship Id="rId1" Type="` + xmlRelations + `/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="` + xmlRelations + `/styles" Target="styles.xml"/></Relationships>`

	// 1 a text, which stays one when somebody edits it (format 49 is @); 2 a moment; 3 the head.
	xlsxStyles = `<styleSheet xmlns="` + xmlMain + `"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd\-mm\-yyyy\ hh:mm"/></numFmts>` +
		`<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
		`<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
		`<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
		`<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
		`<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs>` +
		`<cellStyles count="1"><cellStyle name="Standaard" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
)
