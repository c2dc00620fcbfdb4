import Notation
import Tables

/// The cells of a column of a block as its records are read.
struct RecordColumn: Sendable {
  let field: RecordField
  /// What the cells were before the column took them.
  private(set) var kinds: RecordKinds
  private(set) var moments = MomentCounts()
  private var valid: [Bool] = []
  private var bools: [Bool] = []
  private var ints: [Int64] = []
  private var floats: [Double] = []
  private var isFloat: Bool
  private var offsets = [0]
  private var bytes: [UInt8] = []

  init(_ field: RecordField) {
    self.field = field
    kinds = []
    isFloat = field.type == .float
  }

  /// Appends a cell that the field has taken; `kind` is what it was before.
  mutating func append(_ cell: RecordCell, kind: RecordKinds) {
    kinds.formUnion(kind)
    if case .missing = cell { valid.append(false) } else { valid.append(true) }
    switch field.type {
    case .bool: if case .bool(let value) = cell { bools.append(value) } else { bools.append(false) }
    case .int, .date, .datetime, .float: append(number: cell)
    case .text, .vector, nil:
      if case .text(let text) = cell { bytes.append(contentsOf: text.utf8) }
      offsets.append(bytes.count)
    }
  }

  private mutating func append(number cell: RecordCell) {
    switch cell {
    case .float(let value):
      widen()
      floats.append(value)
    case .int(let value) where isFloat: floats.append(Double(value))
    case .int(let value): ints.append(value)
    case .moment(let moment):
      moments.count(moment)
      ints.append(moment.microseconds)
    case .missing, .bool, .big, .text, .list: if isFloat { floats.append(0) } else { ints.append(0) }
    }
  }

  private mutating func widen() {
    if isFloat { return }
    isFloat = true
    floats = ints.map(Double.init)
    ints = []
  }

  /// A block with fewer rows tells too little of how often its words repeat.
  private static let fewRows = 1024

  /// The cells as a column; one without a type is text as it was written.
  func finish() -> Column {
    let validity = Bitmap(valid)
    switch field.type {
    case .bool: return .bool(Cells(bools, validity: validity))
    case .int, .float:
      return isFloat ? .float(Cells(floats, validity: validity)) : .int(Cells(ints, validity: validity))
    case .date: return .date(Cells(ints.map { Int32(truncatingIfNeeded: $0) }, validity: validity))
    case .datetime: return .datetime(Cells(ints, validity: validity))
    case .text, .vector: return .text(texts(validity))
    case nil: return .text(TextCells(.plain(offsets: offsets, bytes: bytes), validity: validity))
    }
  }

  /// As codes where words repeat at least twice on average.
  private func texts(_ validity: Bitmap) -> TextCells {
    let cells = TextCells(.plain(offsets: offsets, bytes: bytes), validity: validity)
    let (codes, words) = cells.encoded()
    let isWorthIt = words.count * 2 <= codes.count || codes.count < Self.fewRows
    guard !words.isEmpty, words.count <= 1 << 16, isWorthIt else { return cells }
    return TextCells(.dictionary(codes: codes.map { max(0, $0) }, words: words), validity: validity)
  }

  /// Texts of a column without a type as the narrowest that loses nothing of all its cells.
  static func settled(_ cells: TextCells, as type: ColumnType) -> Column {
    let all = (0..<cells.count).map { cells[$0] }
    switch type {
    case .bool: return .bool(Cells(all.map { $0.map { $0 == "true" } }, filler: false))
    case .int: return .int(Cells(all.map { $0.flatMap { Int64($0) } }, filler: 0))
    case .float: return .float(Cells(all.map { $0.flatMap(NumberReader.shared.double) }, filler: 0))
    case .text, .date, .datetime, .vector: return .text(cells)
    }
  }
}
