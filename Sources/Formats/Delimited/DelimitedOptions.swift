import Notation
import Tables

/// How a delimited text file is to be read. The defaults find out what they can from the file's beginning.
public struct DelimitedOptions: Sendable, Hashable {
  /// Whether the first row names the columns.
  public enum Header: Sendable {
    /// It does, unless it looks like the rows below it.
    case found
    case present
    case absent
  }

  /// Types by column name; a column not named here is typed by its cells.
  public var types: [String: ColumnType] = [:]
  /// The columns that whoever asked for the rows takes, with their types: those are read as that, and every other column by all of its
  /// cells. None has to be there. nil for rows that are nobody's in particular.
  public var expected: [String: ColumnType]?
  /// What stands between fields; nil finds it among comma, semicolon, tab and bar.
  public var delimiter: Character?
  /// The delimiter that wins a tie where one is found.
  public var preferred: Character = ","
  public var header = Header.found
  /// The words that stand for a missing cell when they are not quoted. An empty word is the empty cell.
  public var missing = [""]
  /// How numbers are written; nil where one mark was asked to stand for two things.
  public var convention: NumberConvention? = .plain
  /// How characters stand in bytes; nil for UTF-8, unless it is certain that it is UTF-16.
  public var encoding: TextEncoding?
  /// The mark around fields.
  public var quote = QuoteMark.double
  /// The mark that makes the next character stand for itself.
  public var escape: Character?
  /// What lines begin with that are passed over.
  public var comment: String?
  /// What ends a row; nil finds it.
  public var lineEnd: LineEnd?
  /// How many lines stand above the table; nil finds them where that is certain.
  public var skip: Int?
  /// Whether the row under the header tells units.
  public var units = false
  /// How many lines at the end are no rows, blank ones not counted.
  public var footer = 0
  /// The order of day, month and year in dates of numbers; nil finds it where that is certain.
  public var dates: DateOrder?
  /// The offset of times that are written without one; nil takes them as UTC.
  public var zone: ZoneOffset?
  /// How many rows to read at most; nil for all.
  public var rows: Int?
  /// The columns to keep; nil for all.
  public var columns: [String]?
  /// A column that tells which file each row comes from; nil for none.
  public var fileColumn: String?
  /// Where rejected rows are kept, as CSV; setting it implies `onConflict` reject.
  public var rejects: String?
  /// What becomes of a row with a cell that does not fit, or with too few or too many fields.
  public var onConflict = ReadingOptions.OnConflict.stop
  /// How many bytes a compressed file may hold.
  public var expandedLimit = 16 << 30
  /// How many bytes one row may hold.
  public var recordLimit = 64 << 20
  /// How many columns there may be.
  public var columnLimit = 100_000

  /// Bytes of text in a block, for tests; nil for what the size of the rows asks for.
  package var blockSize: Int?

  public init() {}

  /// The type that a column was asked to have.
  func statedType(_ column: String) -> ColumnType? { types[column] ?? expected?[column] }

  /// Whether a column is named by what is asked for.
  func names(_ column: String) -> Bool { statedType(column) != nil || columns?.contains(column) ?? false }

  /// Reads the numbers of its cells.
  var reader: NumberReader { convention == .plain ? .shared : NumberReader(convention) }

  /// The delimiters that one is found among, the first of equals winning: the mark before a fraction is none.
  var candidates: [UInt8] {
    let first = preferred.asciiValue ?? Dialect.candidates[0]
    return ([first] + Dialect.candidates.filter { $0 != first }).filter { $0 != convention?.decimal.asciiValue }
  }

  var rejectsRows: Bool { onConflict == .reject || rejects != nil }
}
