import Plan

/// A column whose cells no stage looks at need not be read. A stage that does not say what it reads reads everything.
struct NeededColumns: Sendable {
  /// A source of which nothing is asked is read whole: whoever only loads it wants to know whether it can be read.
  var asked: [ReadingID: ColumnNeeds] { byReading.mapValues { $0 == .none ? .all : $0 } }
  private var byReading: [ReadingID: ColumnNeeds] = [:]

  /// Takes up a reading. One that was there before is read for the needs of both.
  mutating func begin(_ id: ReadingID) { byReading[id] = byReading[id] ?? ColumnNeeds.none }

  /// A value that a stage names may be asked for any column of its source: a model takes its inputs as they were loaded, also where
  /// the table has dropped them since.
  mutating func addAll(of id: ReadingID) { byReading[id] = .all }

  mutating func add(_ needs: ColumnNeeds, of type: ValueType) {
    guard let schema = type.rows, let id = schema.reading else { return }
    byReading[id] = (byReading[id] ?? ColumnNeeds.none).union(schema.origins(of: needs))
  }

  /// What of a reading's columns is read, in words.
  func words(of id: ReadingID, _ columns: [String]) -> String {
    guard case .columns(let needed)? = asked[id], needed.count < columns.count else {
      return "reads all \(columns.count) columns"
    }
    let read = columns.filter(needed.contains)
    return "reads \(read.count) of \(columns.count) columns: \(read.joined(separator: ", "))"
  }
}
