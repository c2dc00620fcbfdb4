import Descriptions
import Formats
import Interpreter
import Kernels
import Plan
import Tables

/// A file of labels that were given by hand: one column tells rows apart, another has their label. It is written anew, and put in its
/// place on the disk, with every answer: whatever happens then, no answer is lost.
struct AnswerFile {
  /// A label that was given.
  struct Answer: Equatable {
    /// What tells its row apart: the cell of the key column, or the row's number from 1.
    var key: String
    /// What the row held, where rows are told by their number: another row of that number is found out by it.
    var check: String?
    var label: Cell
  }

  /// The column of the rows' numbers, and of what they held.
  static let row = "row"
  static let check = "check"

  /// As a script names it.
  let name: String
  private let path: String
  private let format: any TableWriting.Type
  private let label: String
  private let type: ColumnType
  /// The column that tells rows apart; nil for their number.
  private let key: String?
  /// Further columns that it has.
  private let others: [String]
  private(set) var answers: [Answer] = []
  /// Whether it was there when it was read.
  let wasThere: Bool

  /// Reads the file, where it is there. Throws what reading throws, and for what are no answers `bad-format` or `bad-label`.
  init(
    _ name: String, label: String, type: ColumnType, classes: [Cell]?, key: String?, _ context: RunContext
  ) throws(EngineError) {
    self.name = name
    self.label = label
    self.type = type
    self.key = key
    path = try context.folder.resolve(name)
    format = FormatCatalog.format(of: name) as? any TableWriting.Type ?? CSVFormat.self
    wasThere = WorkingFolder.real(path) != nil
    guard wasThere else {
      others = []
      return
    }
    let table = try Self.table(path, [key ?? Self.row, label, Self.check], context)
    var keys: [Column] = []
    for column in [key ?? Self.row, label] {
      guard let found = table[column] else {
        throw EngineError(.label(.answers(.noColumn(column, file: name, has: table.names))))
      }
      keys.append(found)
    }
    let checks = key == nil ? table[Self.check] : nil
    others = table.names.filter { $0 != key ?? Self.row && $0 != label && (key != nil || $0 != Self.check) }
    try take(keys[0], keys[1], checks, classes)
  }

  /// The columns of the file, which are read as texts.
  private static func table(_ path: String, _ texts: [String], _ context: RunContext) throws(EngineError) -> Table {
    do throws(SourceError) {
      let expected = Dictionary(texts.map { ($0, ColumnType.text) }, uniquingKeysWith: { first, _ in first })
      let reader = try FormatCatalog.tableReader(path, stated: nil)
      // A header of words over rows of words would not be told from them.
      let options = Options([CSVFormat.header.name: .bool(true)])
      let source = reader.source(path, ReadingRequest(options, expected: expected))
      return try source.read(ScanRequest(), context.progress).table
    } catch {
      throw EngineError(error)
    }
  }

  /// Takes up what the columns say; rows without a label count for nothing.
  private mutating func take(
    _ keys: Column, _ labels: Column, _ checks: Column?, _ classes: [Cell]?
  ) throws(EngineError) {
    let known = classes.map { Dictionary($0.map { ($0.description, $0) }, uniquingKeysWith: { first, _ in first }) }
    var places: [String: Int] = [:]
    for row in 0..<keys.count where keys.isValid(row) && labels.isValid(row) {
      let (key, text) = (keys[row].description, labels[row].description)
      guard let cell = known.map({ $0[text] }) ?? LabelText.cell(text, type) else {
        throw EngineError(.label(.answers(.unknownClass(text, file: name, of: classes ?? []))))
      }
      if let place = places[key] {
        guard answers[place].label == cell else {
          throw EngineError(.label(.answers(.contradicting(key: key, file: name))))
        }
        continue
      }
      places[key] = answers.count
      let check = checks.flatMap { $0.isValid(row) ? $0[row].description : nil }
      answers.append(Answer(key: key, check: check, label: cell))
    }
  }

  /// Whether something stands in it that answers which are added would drive out.
  func requireOwn() throws(EngineError) {
    if others.isEmpty { return }
    throw EngineError(.label(.answers(.otherColumns(others, file: name))))
  }

  /// Adds an answer for a row that has none. Throws `cannot-write`.
  mutating func add(_ answer: Answer, _ progress: Progress) throws(EngineError) {
    answers.append(answer)
    try write(progress)
  }

  /// Takes back the last answer that was added.
  mutating func removeLast(_ progress: Progress) throws(EngineError) {
    guard !answers.isEmpty else { return }
    answers.removeLast()
    try write(progress)
  }

  private func write(_ progress: Progress) throws(EngineError) {
    var columns = [(key ?? Self.row, Column.from(answers.map { .text($0.key) }, type: .text))]
    if key == nil {
      columns.append((Self.check, .from(answers.map { $0.check.map(Cell.text) ?? .missing }, type: .text)))
    }
    columns.append((label, .from(answers.map(\.label), type: type)))
    do throws(SourceError) {
      let file = try TableFileWriter(path: path, format)
      try file.append(Table(columns, rowCount: answers.count), progress)
      _ = try file.finish(progress)
    } catch {
      if case .file(let file) = error.reason { throw EngineError(.file(.notWritten(file))) }
      throw EngineError(error)
    }
  }
}

/// A class as it is written in a file or typed.
enum LabelText {
  /// The cell of a type that a text stands for.
  static func cell(_ text: String, _ type: ColumnType) -> Cell? {
    switch type {
    case .text: .text(text)
    case .bool: ["true": Cell.bool(true), "false": .bool(false)][text]
    case .int: Int64(text).map(Cell.int)
    case .float: Double(text).flatMap { $0.isFinite ? .float($0) : nil }
    case .date, .datetime, .vector: nil
    }
  }
}
