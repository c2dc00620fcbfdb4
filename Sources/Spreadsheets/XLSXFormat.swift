import Descriptions
import Formats
import Kernels
import Tables

/// Workbooks of Office Open XML, as Excel and other spreadsheet programs write them.
public enum XLSXFormat: TableReading, EncodedTableWriting {
  public static let description = Description(
    name: "xlsx", summary: "A sheet of an Excel workbook", group: "Formats",
    details: [
      """
      One sheet is read: the first that is not hidden, and a note names the others, unless `sheet: "Data"` or `sheet: 2` says \
      which. The first row that holds something names the columns. Titles and remarks above it are passed over where the \
      rows below leave no doubt, and a note says how many rows they are; `skip: 3` says so. `units: true` leaves out the row \
      under the header, `footer: 1` the last row. Blank rows, and columns without a name and a value, are passed over. Hidden \
      rows and columns are read, and a note counts them.
      """,
      """
      All rows of the sheet settle the types: numbers are int where none has a fraction, and numbers with the format of a \
      date are dates or moments, counted from 1900 or 1904 as the workbook says. Times of day are text, durations float in \
      seconds. A text stays a text, be it `"007"`. A column of several kinds is text, and a note tells which cell makes it \
      so; words such as `NA` are missing where `missing: ["", "NA"]` says it.
      """,
      """
      Of a formula the value is taken that was kept with it. Formulas that nobody has computed have none, or all of them 0: a \
      note warns of both. Error cells such as `#N/A` and `#DIV/0!` are missing, and a note counts them; with `on_conflict: \
      reject` or `rejects: "bad.csv"` the rows of those other than `#N/A` are left out and told. Of merged cells the first has the value.
      """,
      """
      `export` writes one sheet with a header, dates and moments as numbers with a format. A sheet holds 1,048,576 rows, 16,384 \
      columns and texts of 32,767 characters; more is an error. What a sheet would change is written as text: whole numbers \
      beyond 2^53, days before March 1900, moments finer than it can hold. A row of nothing but missing cells has `#N/A` in \
      its first cell, since a blank row is none.
      """,
    ],
    parameters: SheetOptions.all,
    examples: [
      Example(
        "write a table and read it again", "mlp 1\nload iris\nexport \"iris_copy.xlsx\"\nload \"iris_copy.xlsx\""),
      Example(
        "a sheet by number",
        "mlp 1\nload penguins\nexport \"penguins_copy.xlsx\"\nload \"penguins_copy.xlsx\", sheet: 1\nschema"),
    ],
    otherNames: ["excel", "xls", "spreadsheet"],
    otherOptions: [
      "sheet_name": "sheet", "sheet_id": "sheet", "skiprows": "skip", "skip_rows": "skip",
      "skipfooter": "footer", "na": "missing", "na_values": "missing",
    ],
    references: ["ECMA-376 (Office Open XML)", "PKWARE APPNOTE 6.3.10 (zip)", "RFC 1951 (deflate)"])
  public static let endings = ["xlsx", "xlsm"]

  public static func source(_ path: String, _ request: ReadingRequest) -> any TableSource {
    TypedSource(XLSXFile(path: path, SheetOptions(request)), request)
  }

  public static func source(_ bytes: [UInt8], types: [String: ColumnType]) -> any TableSource {
    var options = Options()
    options.set(SheetOptions.header.name, .bool(true))
    options.set(SheetOptions.skip.name, .int(0))
    // The header is read without the blanks around its names.
    let bare = Dictionary(types.map { (SheetNames.trimmed($0), $1) }, uniquingKeysWith: { first, _ in first })
    let request = ReadingRequest(options, expected: bare)
    return TypedSource(XLSXFile(path: "what was written", bytes: bytes, SheetOptions(request)), request)
  }

  public static func encoder(_ table: Table) throws(SourceError) -> any TableEncoder { try XLSXEncoder(table) }
}
