import Kernels
import Plan
import Tables

/// `foreign_key(customers, customer_id)`: the values stand together in a row of another table. A row with a missing one passes.
public struct ForeignKeyTest: RuleTest {
  public let columns: [String]
  private let other: Rows
  private let otherName: String
  private let otherColumns: [String]
  private let partSize: Int

  /// `otherColumns` are those of the other table, in the order of `columns`; `partSize` is how many bytes the table in which keys are
  /// looked up may take.
  public init(_ columns: [String], in other: Rows, name: String, columns otherColumns: [String]) {
    self.init(columns, in: other, name: name, columns: otherColumns, partSize: KeyParts.usualSize)
  }

  init(_ columns: [String], in other: Rows, name: String, columns otherColumns: [String], partSize: Int) {
    self.columns = columns
    self.other = other
    otherName = name
    self.otherColumns = otherColumns
    self.partSize = partSize
  }

  public var key: StepKey { StepKey("foreign_key", columns + [otherName] + otherColumns) }
  public var reach: RuleReach { .rows }

  public func begin(on rows: Rows, _ progress: Progress) throws(EngineError) -> any RuleWatch {
    let wanted = Set(otherColumns)
    let types = other.columns.filter { wanted.contains($0.field.name) }.map(\.field.type)
    var parts = KeyParts(types, keys: other.rowCount, size: partSize)
    try parts.fit(rows: other.rowCount)
    if parts.count == 1 { return KeyWatch(test: self, known: try known(parts, 0, progress)) }
    var failing = Bitmap(repeating: false, count: rows.rowCount)
    var missing = 0
    for part in 0..<parts.count {
      let known = try known(parts, part, progress)
      var start = 0
      try rows.fold(Set(columns), progress) { chunk throws(EngineError) in
        let cells = try cells(of: columns, in: chunk)
        for row in 0..<chunk.rowCount {
          if row & 0x3FF == 0 { try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() } }
          if let key = cells.key(row) {
            if parts.has(key, in: part), !known.contains(key) { failing[start + row] = true }
          } else if part == 0 {
            missing += 1
          }
        }
        start += chunk.rowCount
        return true
      }
    }
    return PlacesWatch(failing: failing, missing: missing)
  }

  /// The keys of the other table that fall into a part.
  private func known(_ parts: KeyParts, _ part: Int, _ progress: Progress) throws(EngineError) -> Set<[Cell]> {
    var known: Set<[Cell]> = []
    try other.fold(Set(otherColumns), progress) { chunk throws(EngineError) in
      let cells = try cells(of: otherColumns, in: chunk)
      for row in 0..<chunk.rowCount {
        if row & 0x3FF == 0 { try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() } }
        if let key = cells.key(row), parts.has(key, in: part) { known.insert(key) }
      }
      return true
    }
    return known
  }
}

/// All keys of the other table at hand.
private struct KeyWatch: RuleWatch {
  let test: ForeignKeyTest
  let known: Set<[Cell]>

  mutating func take(_ chunk: Table, _ progress: Progress) throws(EngineError) -> RuleFailures {
    let cells = try test.cells(of: test.columns, in: chunk)
    var found = RuleFailures()
    for row in 0..<chunk.rowCount {
      if row & 0x3FF == 0 { try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() } }
      guard let key = cells.key(row) else {
        found.missing += 1
        continue
      }
      if !known.contains(key) { found.rows.append(row) }
    }
    return found
  }
}
