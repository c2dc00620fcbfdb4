import Glibc
import Tables

/// Reads one line into a block's record; gives what is wrong with it, as the end of a sentence, nil when it is right.
typealias RecordParser = @Sendable (UnsafeBufferPointer<UInt8>, inout RecordBlock) -> String?

/// The records of a block of lines: in a survey what keys there are, else their cells.
struct RecordBlock: Sendable {
  /// A record that was refused.
  struct Problem: Sendable {
    /// Records, and those that were taken, before it in the block.
    let record: Int
    let row: Int
    /// Lines before it in the block.
    let line: Int
    let column: Int?
    let words: String
    let raw: [UInt8]
  }

  private(set) var keys: RecordKeys
  /// Keys by when they were first seen with or without a value: what a survey is for.
  private(set) var order: [Int] = []
  private(set) var columns: [RecordColumn]
  private(set) var rows = 0
  private(set) var records = 0
  private(set) var lines = 0
  private(set) var problems: [Problem] = []
  /// Keys that are no column, with the line of the block in which each first had a value.
  private(set) var passedOver: [(name: String, line: Int)] = []
  private let isSurvey: Bool
  private let keepsRaw: Bool
  private var cells: [RecordCell]
  private var kinds: [RecordKinds]
  private var misfit: (column: Int, text: String)?

  /// For reading into `fields`, to which the keys lead.
  init(_ keys: RecordKeys, _ fields: [RecordField], keepsRaw: Bool) {
    self.keys = keys
    self.keepsRaw = keepsRaw
    isSurvey = false
    columns = fields.map(RecordColumn.init)
    cells = fields.map { _ in .missing }
    kinds = fields.map { _ in [] }
  }

  /// For a survey.
  init() {
    keys = RecordKeys()
    isSurvey = true
    keepsRaw = false
    columns = []
    cells = []
    kinds = []
  }

  // MARK: What a parser tells

  /// The node of a key below another (0 is the record itself); nil when it was there before in this record.
  mutating func key(_ name: String, below node: Int, _ guess: inout Int) -> Int? {
    let child = keys.child(of: node, name, &guess)
    return keys.marksAgain(child, in: records + 1) ? nil : child
  }

  /// Takes the value at a key; false when its column has one already. `written` is how it stands in the file.
  mutating func take(_ cell: RecordCell, at node: Int, written: @autoclosure () -> String) -> Bool {
    let kind = cell.kind
    if isSurvey {
      if !keys[node].isSurveyed { order.append(node) }
      keys.survey(kind, at: node)
      return true
    }
    guard let column = keys[node].column else {
      if kind != [], !keys[node].isSurveyed { passedOver.append((keys[node].path, lines)) }
      if kind != [] { keys.survey(kind, at: node) }
      return true
    }
    guard columns[column].field.isWanted, kind != [] else { return true }
    if kinds[column] != [] { return false }
    kinds[column] = kind
    guard let taken = columns[column].field.taken(cell, written: written()) else {
      let shown = if case .text(let text) = cell { text } else { written() }
      if misfit == nil { misfit = (column, shown) }
      return true
    }
    cells[column] = taken
    return true
  }

  // MARK: Lines

  /// Reads the lines of the block until so many rows are taken; with `isCut` the last may be a part of one, and is left.
  mutating func read(
    _ bytes: UnsafeBufferPointer<UInt8>, isCut: Bool = false, rowLimit: Int = .max, _ parse: RecordParser
  ) {
    var start = 0
    while start < bytes.count, rows < rowLimit {
      let rest = UnsafeBufferPointer(rebasing: bytes[start...])
      let length = Self.lineLength(rest)
      if length == nil, isCut { return }
      let line = UnsafeBufferPointer(rebasing: rest[..<(length ?? rest.count)])
      if !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { record(line, parse) }
      lines += 1
      start += (length ?? rest.count) + 1
    }
  }

  /// Where the first line ends; nil where none does.
  private static func lineLength(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let base = bytes.baseAddress, let end = memchr(base, 0x0A, bytes.count) else { return nil }
    return UnsafeRawPointer(end) - UnsafeRawPointer(base)
  }

  private mutating func record(_ line: UnsafeBufferPointer<UInt8>, _ parse: RecordParser) {
    for column in kinds.indices {
      kinds[column] = []
      cells[column] = .missing
    }
    misfit = nil
    if let words = parse(line, &self) {
      refuse(line, words, column: nil)
    } else if let misfit {
      refuse(line, misfit.text, column: misfit.column)
    } else {
      for column in columns.indices where columns[column].field.isWanted {
        columns[column].append(cells[column], kind: kinds[column])
      }
      rows += 1
    }
    records += 1
  }

  /// The columns of the rows that were taken; nil for those that are not wanted.
  func finished() -> [Column?] { columns.map { $0.field.isWanted ? $0.finish() : nil } }

  private mutating func refuse(_ line: UnsafeBufferPointer<UInt8>, _ words: String, column: Int?) {
    problems.append(
      Problem(
        record: records, row: rows, line: lines, column: column, words: words, raw: keepsRaw ? Array(line) : []))
  }
}
