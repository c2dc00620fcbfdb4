import Tables

/// Which columns of a table are the label, the query and the features of LIBSVM's text.
struct LibSVMLayout {
  /// A column of numbers, or a place of a vector.
  struct Feature {
    let name: String
    /// The number in front of its values.
    let number: Int
    let column: Int
    let part: Int?
  }

  static let source = "the LIBSVM file"

  let label: Int
  let query: Int?
  let features: [Feature]

  /// Throws `badFormat` where there is no column `label`, and for columns that hold no numbers.
  init(_ table: Table) throws(SourceError) {
    guard let label = table.names.firstIndex(of: "label") else {
      throw Self.refusal("no column is called 'label'; `rename label = COLUMN` says which one is the label")
    }
    self.label = label
    query = table.names.firstIndex(of: "qid")
    if let query, table.columns[query].type != .int {
      throw Self.refusal("'qid' is \(table.columns[query].type.rawValue), and queries are whole numbers")
    }
    if table.columns[label].type == .date || table.columns[label].type == .datetime {
      throw Self.refusal("'label' is \(table.columns[label].type.rawValue), and labels are numbers")
    }
    features = try Self.features(table, besides: [label, query].compactMap(\.self))
  }

  private static func features(_ table: Table, besides others: [Int]) throws(SourceError) -> [Feature] {
    var found: [(name: String, column: Int, part: Int?)] = []
    for place in table.names.indices where !others.contains(place) {
      let (name, column) = (table.names[place], table.columns[place])
      switch column.type {
      case .bool, .int, .float: found.append((name, place, nil))
      case .vector:
        guard case .vector(let cells) = column else { continue }
        found += cells.names.enumerated().map { ("\(name)_\($1)", place, $0) }
      case .text, .date, .datetime:
        throw refusal("'\(name)' is \(column.type.rawValue), and features are numbers: encode it, or drop it")
      }
    }
    guard found.count <= LibSVMFormat.mostFeatures else {
      throw SourceError(
        source: source, reason: .tooLarge("\(found.count) features, and \(LibSVMFormat.mostFeatures) are read at most"))
    }
    let own = found.compactMap { number($0.name) }
    let isNumbered = own.count == found.count && zip(own, own.dropFirst()).allSatisfy { $0 < $1 }
    return found.enumerated().map { place, feature in
      Feature(
        name: feature.name, number: isNumbered ? own[place] : place + 1, column: feature.column, part: feature.part)
    }
  }

  /// The number in a name such as `f12`; nil for another name.
  private static func number(_ name: String) -> Int? {
    guard name.utf8.first == UInt8(ascii: "f"), let number = Int(name.dropFirst()), number >= 0,
      number <= LibSVMFormat.mostFeatures, name == "f\(number)"
    else { return nil }
    return number
  }

  /// The rows as a reader of the text has them: the label, the query, and all features from the first number to the last.
  func read(_ table: Table) -> Table {
    var columns: [(String, Column)] = [("label", Self.label(table.columns[label]))]
    if let query, table.columns[query].missingCount < table.rowCount { columns.append(("qid", table.columns[query])) }
    let zeros = Column.float(Cells([Double](repeating: 0, count: table.rowCount)))
    let own = Dictionary(features.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
    for number in min(1, features.first?.number ?? 1)...max(1, features.last?.number ?? 1) {
      let column = own[number].map { Self.floats(table.columns[$0.column], $0.part) }
      columns.append(("f\(number)", column ?? zeros))
    }
    return Table(columns, rowCount: table.rowCount)
  }

  private static func label(_ column: Column) -> Column {
    guard case .bool = column else { return column }
    let cells = (0..<column.count).map { row -> Cell in
      if case .bool(let value) = column[row] { .int(value ? 1 : 0) } else { .missing }
    }
    return Column.from(cells, type: .int)
  }

  private static func floats(_ column: Column, _ part: Int?) -> Column {
    let cells = (0..<column.count).map { row -> Cell in
      if let part, case .vector(let cells) = column { return .float(cells[row, part]) }
      switch column[row] {
      case .bool(let value): return .float(value ? 1 : 0)
      case .int(let value): return .float(Double(value))
      case let other: return other
      }
    }
    return Column.from(cells, type: .float)
  }

  static func refusal(_ words: String) -> SourceError { SourceError(source: source, reason: .badFormat(words)) }
}
