import Tables

/// What takes the keys and values of a record one after the other, as a parser comes upon them.
protocol RecordTaker {
  /// The number of a key below another (0 is the record itself); nil when it was there before in this record.
  mutating func key(_ name: String, below parent: Int) -> Int?
  /// Takes the value at a key, which stands `place` bytes behind the record's start; false when its column has one already. `written`
  /// is how it stands in the file.
  mutating func take(_ cell: RecordCell, at key: Int, place: Int, written: @autoclosure () -> String) -> Bool
}

/// The cells of one record, as the columns take them.
struct RecordCells: RecordTaker {
  /// A value that its column does not take.
  struct Misfit: Sendable {
    let column: Int
    let text: String
    let place: Int
  }

  /// Characters of a misfit that are shown.
  private static let mostShown = 200

  let keys: RecordKeys
  let fields: [RecordField]
  private(set) var cells: [RecordCell]
  private(set) var kinds: [RecordKinds]
  /// The first.
  private(set) var misfit: Misfit?
  /// Keys that are no column and have a value, which have not been told of in this block.
  private(set) var passedOver: [Int] = []
  private var record = 0
  private var block = 0

  init(_ keys: RecordKeys, _ fields: [RecordField]) {
    self.keys = keys
    self.fields = fields
    cells = fields.map { _ in .missing }
    kinds = fields.map { _ in [] }
  }

  /// Turns to the next record; both numbers are of no record or block before.
  mutating func begin(record: Int, block: Int) {
    (self.record, self.block) = (record, block)
    for place in kinds.indices {
      kinds[place] = []
      cells[place] = .missing
    }
    misfit = nil
    passedOver.removeAll(keepingCapacity: true)
  }

  mutating func key(_ name: String, below parent: Int) -> Int? {
    let key = keys.child(of: parent, name)
    if keys.keys[key].record == record { return nil }
    keys.keys[key].record = record
    return key
  }

  mutating func take(_ cell: RecordCell, at key: Int, place: Int, written: @autoclosure () -> String) -> Bool {
    let kind = cell.kind
    if kind == [] { return true }
    let column = keys.keys[key].column
    guard column >= 0 else {
      if keys.keys[key].toldIn != block {
        keys.keys[key].toldIn = block
        passedOver.append(key)
      }
      return true
    }
    guard fields[column].isWanted else { return true }
    if kinds[column] != [] { return false }
    kinds[column] = kind
    guard let taken = fields[column].taken(cell, written: written()) else {
      let shown = if case .text(let text) = cell { text } else { written() }
      if misfit == nil { misfit = Misfit(column: column, text: String(shown.prefix(Self.mostShown)), place: place) }
      return true
    }
    cells[column] = taken
    return true
  }
}
