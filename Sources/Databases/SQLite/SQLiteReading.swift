import Descriptions
import Formats
import Glibc
import Tables

/// Tables, views and queries of SQLite files.
public enum SQLiteReading: AddressReading {
  public static let schemes = ["sqlite"]

  public static let description = Description(
    name: "sqlite", summary: "A table, a view or a query of a SQLite file: `\"sqlite:shop.db#orders\"`",
    group: "Places",
    signature: "\"sqlite:FILE#TABLE\" or \"sqlite:FILE#select …\"",
    details: [
      """
      What stands behind `#` is the name of a table or a view, or a query that begins with `select`, `with` or `values`; \
      without it the only table is read. `%23` stands for a `#` in the file's name. The file is opened to be read only, and \
      all rows are of one moment, whoever writes to it meanwhile.
      """,
      """
      A column has the type that it is declared with, as far as the values in it allow that. `INTEGER`, `REAL` and `TEXT` \
      are int, float and text; a value of another kind is an error that names its row, and `types:` reads the column \
      otherwise. `BOOLEAN`, `DATE`, `DATETIME` and `TIMESTAMP` are that where the first 1,000 rows hold nothing else: 0 and 1, \
      ISO dates, ISO moments. `NUMERIC` and `DECIMAL` are int until the first fraction and float from there on, unless whole \
      numbers would lose digits by that. What is declared as nothing, and what a query computes, is what the first 1,000 rows \
      show. Columns of bytes (`BLOB`) are not read, and a note names them. Infinite numbers are missing, and counted.
      """,
      """
      Of a table only the columns that are used are read, in the order of its rows; a query is run as it stands. A script on a \
      file that is there is checked by its columns, unless a query takes long to give its first rows.
      """,
    ],
    examples: [
      Example(
        "requests that a service has logged",
        """
        mlp 1
        load penguins
        label species
        split test: 0.2, seed: 7
        train tree
        serve port: 0, log: "requests.db"
        stop
        load "sqlite:requests.db#select route, status from requests"
        schema
        """)
    ],
    otherNames: ["sqlite3", "db"],
    references: ["SQLite, Datatypes In SQLite (sqlite.org/datatype3.html)"])

  public static func place(_ address: String, _ bounds: AddressBounds) throws(SourceError) -> AddressedPlace {
    let parsed = try SQLiteAddress(address)
    guard let file = bounds.file(parsed.file) else {
      throw SourceError(source: parsed.shown, reason: .place(.outsideSandbox(parsed.file)))
    }
    // What was written last may stand in the log beside the file; an empty one is left behind by readers.
    let log = file + "-wal"
    var status = stat()
    let files = stat(log, &status) == 0 && status.st_size > 0 ? [file, log] : [file]
    return .table(SQLiteTable(parsed, at: file), files: files)
  }
}
