import Notation
import Tables

/// A column read as another type: each cell as it would be written to a file and read again by a reader that was asked for the type.
///
/// So `1`, `1.0` and `"1"` are an int, 1 and 0 are bools, and any cell is a text, while nothing is cut off or guessed.
public struct RetypedColumn: Sendable {
  /// A cell that has no value of the type.
  public struct Misfit: Sendable, Hashable {
    /// From 0.
    public let row: Int
    public let text: String
  }

  /// The cells as the type; those that have no value of it are missing.
  public let column: Column
  /// The cells that have none, from the first row on.
  public let misfits: [Misfit]

  /// Reads a column as a type; a column that has it already is given as it is. O(cells and their texts).
  public init(_ column: Column, as type: ColumnType) {
    if column.type == type {
      self.init(column: column, misfits: [])
      return
    }
    if case .int(let cells) = column, type == .float {
      self.init(
        column: .float(Cells(cells.values.map(Double.init), validity: cells.validity)), misfits: [])
      return
    }
    var misfits: [Misfit] = []
    let cells = (0..<column.count).map { row -> Cell in
      guard column.isValid(row) else { return .missing }
      let text = column[row].description
      if column.type != .vector, let cell = Self.cell(text, type) { return cell }
      misfits.append(Misfit(row: row, text: text))
      return .missing
    }
    self.init(column: Column.from(cells, type: type), misfits: misfits)
  }

  /// Whole numbers as floats; those that would lose digits are misfits. O(cells).
  init(wholeNumbers cells: Cells<Int64>) {
    let lossy = cells.values.indices.filter { cells.isValid($0) && WholeNumber.losesDigits(cells.values[$0]) }
    var values = cells.values.map(Double.init)
    var validity = cells.validity ?? Bitmap(repeating: true, count: lossy.isEmpty ? 0 : values.count)
    for row in lossy { (values[row], validity[row]) = (0, false) }
    self.init(
      column: .float(Cells(values, validity: lossy.isEmpty ? cells.validity : validity)),
      misfits: lossy.map { Misfit(row: $0, text: "\(cells.values[$0])") })
  }

  private init(column: Column, misfits: [Misfit]) {
    self.column = column
    self.misfits = misfits
  }

  /// A text as a cell of the type: missing where it is blank, nil where it has no value of it.
  static func cell(_ text: String, _ type: ColumnType) -> Cell? {
    if type == .text { return .text(text) }
    let bytes = Array(text.utf8) + [0]
    return bytes.withUnsafeBufferPointer { buffer -> Cell? in
      guard let base = buffer.baseAddress else { return nil }
      let (start, end) = CellShape.trimmed(base, 0, buffer.count - 1)
      if start == end { return .missing }
      switch type {
      case .bool: return BoolText.read(base, start, end, lenient: true).map(Cell.bool)
      case .int: return NumberReader.shared.read(base, start, end, lenient: true).whole.map(Cell.int)
      case .float:
        let number = NumberReader.shared.read(base, start, end, lenient: true)
        return number.kind == .none || number.kind == .infinite ? nil : .float(number.double)
      case .date: return DateText.days(base, start, end).map(Cell.date)
      case .datetime: return DateText.microseconds(base, start, end).map(Cell.datetime)
      case .text, .vector: return nil
      }
    }
  }
}
