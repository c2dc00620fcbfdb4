import Tables

/// A column of a file of lines.
struct LineColumn: Sendable {
  enum Kind: Sendable {
    case float
    case int
    case text
    /// Text that is one of these.
    case nominal([String])
    case date
    case datetime
  }

  let name: String
  let kind: Kind
  /// Whether a row that says nothing of the column has a zero there, and not a missing cell.
  var isZeroWhereAbsent = false

  var type: ColumnType {
    switch kind {
    case .float: .float
    case .int: .int
    case .text, .nominal: .text
    case .date: .date
    case .datetime: .datetime
    }
  }
}

/// How the lines of a file become rows.
protocol LineGrammar: Sendable {
  var columns: [LineColumn] { get }
  /// A line that begins with this is passed over, as is one of blanks.
  var comment: UInt8 { get }
  /// Reads a line into the row at hand; gives what is wrong with it, nil when it is right.
  func read(_ line: UnsafeBufferPointer<UInt8>, into row: LineRow) -> LineFault?
}

/// Why a line is no row.
enum LineFault: Sendable {
  /// As the end of a sentence: `has 3 values, not 5`.
  case line(String)
  /// A value that is not of its column's type.
  case cell(column: Int, text: String)
}

/// What the beginning of a file of lines tells.
struct LineBeginning: Sendable {
  let grammar: any LineGrammar
  /// Bytes before the first row's line, and lines.
  var offset = 0
  var lines = 0
  /// One line each.
  var notes: [String] = []
  /// A block's size, unless a line is longer.
  var blockSize = 1 << 20
}
