/// The parts of a workbook of one sheet that are the same for every table.
enum WorkbookParts {
  static let sheet = "xl/worksheets/sheet1.xml"
  static let sheetStart =
    xml
    + "<worksheet xmlns=\"\(main)\"><sheetViews><sheetView workbookViewId=\"0\"/></sheetViews><sheetData>"
  static let sheetEnd = "</sheetData></worksheet>"

  private static let xml = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
  private static let formats = "http://schemas.openxmlformats.org"
  private static let main = "\(formats)/spreadsheetml/2006/main"
  private static let kinds = "\(formats)/officeDocument/2006/relationships"
  private static let content = "application/vnd.openxmlformats-officedocument.spreadsheetml"

  /// All but the sheet, by name.
  static let all: [(name: String, part: String)] = [
    ("[Content_Types].xml", types), ("_rels/.rels", relations), ("xl/workbook.xml", workbook),
    ("xl/_rels/workbook.xml.rels", workbookRelations), ("xl/styles.xml", styles),
  ]

  private static let types =
    xml + """
      <Types xmlns="\(formats)/package/2006/content-types">\
      <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
      <Default Extension="xml" ContentType="application/xml"/>\
      <Override PartName="/xl/workbook.xml" ContentType="\(content).sheet.main+xml"/>\
      <Override PartName="/xl/worksheets/sheet1.xml" ContentType="\(content).worksheet+xml"/>\
      <Override PartName="/xl/styles.xml" ContentType="\(content).styles+xml"/></Types>
      """

  private static let relations =
    xml + """
      <Relationships xmlns="\(formats)/package/2006/relationships">\
      <Relationship Id="rId1" Type="\(kinds)/officeDocument" Target="xl/workbook.xml"/></Relationships>
      """

  private static let workbook =
    xml + """
      <workbook xmlns="\(main)" xmlns:r="\(kinds)"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>
      """

  private static let workbookRelations =
    xml + """
      <Relationships xmlns="\(formats)/package/2006/relationships">\
      <Relationship Id="rId1" Type="\(kinds)/worksheet" Target="worksheets/sheet1.xml"/>\
      <Relationship Id="rId2" Type="\(kinds)/styles" Target="styles.xml"/></Relationships>
      """

  /// Styles 1 to 3 are dates, moments, and moments with a fraction.
  private static let styles =
    xml + """
      <styleSheet xmlns="\(main)"><numFmts count="3">\
      <numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>\
      <numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/>\
      <numFmt numFmtId="166" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss.000"/></numFmts>\
      <fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>\
      <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>\
      <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
      <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
      <cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>\
      <xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>\
      <xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>\
      <xf numFmtId="166" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>\
      <cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>
      """
}
