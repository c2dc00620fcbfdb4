import Formats
import Tables

/// A column of a statement as it is read.
struct SQLiteColumn: Sendable {
  /// Its place in the statement that gives all columns.
  let place: Int
  /// Its name in the database, and that in the table that is made, where a name stands once.
  let written: String
  let name: String
  let type: LooseType
}

/// The columns of a table or query, by what they are declared as and what their first values are.
struct SQLiteColumns: Sendable {
  private(set) var read: [SQLiteColumn] = []
  /// What there is to say of some of them, by the names of those that are read.
  private var remarks: [(name: String?, words: String)] = []

  init(_ rows: SQLiteStatement, _ samples: [SQLiteSample]) {
    var free = FreeNames(besides: [])
    for (place, sample) in samples.enumerated() {
      let (written, declared) = (rows.name(place), rows.declared(place))
      guard let type = sample.type(declared) else {
        remarks.append((nil, "column '\(written)' is not read: it holds bytes"))
        continue
      }
      let name = free.take(written.isEmpty ? "column" : written)
      if name != written { remarks.append((name, "a further column '\(written)' is called '\(name)'")) }
      if sample.isMixed(declared) { remarks.append((name, "column '\(name)' is text: it holds numbers and texts")) }
      read.append(SQLiteColumn(place: place, written: written, name: name, type: type))
    }
  }

  /// What there is to say where these columns are read, nil standing for all, and of those that never are.
  func notes(_ columns: Set<String>?) -> [String] {
    remarks.filter { remark in
      guard let columns, let name = remark.name else { return true }
      return columns.contains(name)
    }.map(\.words)
  }

  var outline: TypedOutline {
    TypedOutline(
      schema: Schema(read.map { Field($0.name, $0.type.first) }),
      open: Set(read.filter { $0.type == .number }.map(\.name)), notes: notes(nil))
  }
}

extension SQLiteSample {
  /// Takes up a value.
  mutating func add(_ value: SQLiteValue) {
    switch value {
    case .missing: break
    case .int(let value): add(value)
    case .float: addFloat()
    case .text(let text): add(text: text)
    case .bytes: addBytes()
    }
  }
}
