import Tables

/// What became of a block of records.
struct ParsedRecords: Sendable {
  /// Records that were taken; those that were taken or refused.
  var rows = 0
  var records = 0
  /// How far the block's text leads.
  var end = TextPosition(line: 0, column: 0)
  /// The first record that was refused, or all where they are kept, and how many there are.
  var problems: [RecordProblem] = []
  var problemCount = 0
  /// Keys that are no column, and where in the block's text the first record is in which each has a value.
  var passedOver: [(name: String, place: TextPosition)] = []
  /// One for each column, and what has stood in it.
  var cells: [BlockCells] = []
  var kinds: [RecordKinds] = []
}

/// A record that was refused: it is no object, or a value in it is not of its column.
struct RecordProblem: Sendable {
  /// Records before it in the block.
  let record: Int
  /// Where in the block's text the reason was seen.
  let place: TextPosition
  let fault: JSONObject.Fault?
  let misfit: RecordCells.Misfit?
  /// The record as it stood in the file; empty unless rejected rows are kept.
  let raw: [UInt8]

  /// The reason in words. In a list a record has no line of its own, so that the column says where.
  func words(_ fields: [RecordField], _ layout: RecordLayout, column: Int) -> String {
    if let misfit { return "'\(misfit.text)' is not \(fields[misfit.column].type?.rawValue ?? "a value")" }
    switch layout {
    case .lines: return fault?.words() ?? ""
    case .list: return fault?.words(at: "in column \(column)") ?? ""
    }
  }
}
