import Plan

/// A column whose cells no stage looks at need not be read. A stage that does not say what it reads reads everything.
struct NeededColumns: Sendable {
  /// A source of which nothing is asked is read whole: whoever only loads it wants to know whether it can be read. What is asked of tables
  /// that were put together is asked of each, the last first: a table is made before others are made of it.
  var asked: [ReadingID: ColumnNeeds] {
    var all = byReading
    for (id, columns) in combined.reversed() {
      let needs = Self.wholeIfNone(all[id])
      for input in columns.inputs {
        guard let source = input.schema.reading else { continue }
        all[source] = (all[source] ?? ColumnNeeds.none).union(input.read(for: needs))
      }
    }
    return all.mapValues(Self.wholeIfNone)
  }

  private var byReading: [ReadingID: ColumnNeeds] = [:]
  private var combined: [(id: ReadingID, columns: CombinedColumns)] = []

  private static func wholeIfNone(_ needs: ColumnNeeds?) -> ColumnNeeds {
    guard let needs, needs != ColumnNeeds.none else { return .all }
    return needs
  }

  /// Takes up tables that are put together as one that is asked for columns.
  mutating func combine(_ columns: CombinedColumns, as id: ReadingID) {
    begin(id)
    combined.append((id, columns))
  }

  /// Takes up a reading. One that was there before is read for the needs of both.
  mutating func begin(_ id: ReadingID) { byReading[id] = byReading[id] ?? ColumnNeeds.none }

  /// A value that a stage names may be asked for any column of its source: a model takes its inputs as they were loaded, also where
  /// the table has dropped them since.
  mutating func addAll(of id: ReadingID) { byReading[id] = .all }

  mutating func add(_ needs: ColumnNeeds, of type: ValueType) {
    guard let schema = type.rows, let id = schema.reading else { return }
    byReading[id] = (byReading[id] ?? ColumnNeeds.none).union(schema.origins(of: needs))
  }

  /// Which of a reading's columns are asked for; nil where all are.
  func some(of id: ReadingID, _ columns: [String]) -> [String]? {
    guard case .columns(let needed)? = asked[id] else { return nil }
    let read = columns.filter(needed.contains)
    return read.count < columns.count ? read : nil
  }
}
