import Expressions
import Kernels
import Notation
import Plan
import Scoring
import Tables

/// Reads the texts of one column as numbers or dates in the forms in which people write them. What cannot be read, or could be read in two
/// ways, is missing, and a scored row with such a text is flagged.
public struct FixValue: FeatureStep {
  public enum Form: Sendable, Hashable {
    /// With this decimal mark; nil takes what is one number only.
    case number(decimal: String?)
    case date(DateReading)
    case datetime(DateReading)
  }

  public let column: String
  public let form: Form

  public init(_ column: String, _ form: Form) {
    self.column = column
    self.form = form
  }

  public var words: String { "fix \(column) = \(form.word)\(form.option)" }
  public var told: StepWords { .act(verb: "fix", column: column, method: form.word + form.option) }
  public var key: StepKey { StepKey("fix", [column, form.word, form.option]) }
  public var isFitted: Bool { false }
  public var reads: [String] { [column] }
  public var writes: [String] { [column] }

  public func result(_ schema: RelationSchema) throws(EngineError) -> RelationSchema {
    guard schema[column] != .absent else { throw EngineError(.column(.unknown(column, in: schema.name))) }
    if let type = schema.facts(of: column)?.type { try requireText(type) }
    var next = schema
    next.set(column, schema.facts(reading: [column], type: form.type))
    return next
  }

  private func requireText(_ type: ColumnType) throws(EngineError) {
    // 20240131 is a whole number before it is a day.
    if type == .text || (type == .int && form.type != .float) { return }
    throw EngineError(.column(.wrongType(column, type, for: .cleaning("fix … = \(form.word)"))))
  }

  public func fit(on table: Table, _ progress: Progress) throws(EngineError) -> any FittedStep {
    guard let type = table[column]?.type else { throw EngineError(.column(.unknown(column))) }
    try requireText(type)
    return FittedFixValue(column: column, type: type, form: form)
  }
}

extension FixValue.Form {
  var word: String {
    switch self {
    case .number: "number"
    case .date: "date"
    case .datetime: "datetime"
    }
  }

  /// What was stated, as it is written behind the method.
  var option: String {
    switch self {
    case .number(let decimal): decimal.map { ", decimal: \"\($0)\"" } ?? ""
    case .date(.mixed), .datetime(.mixed): ""
    case .date(let order), .datetime(let order): ", dates: \(order.rawValue)"
    }
  }

  var type: ColumnType {
    switch self {
    case .number: .float
    case .date: .date
    case .datetime: .datetime
    }
  }

  /// The value of a text, missing where it has none. That it has none is told by the step, with what was written.
  fileprivate func value(of text: Expression) -> Expression {
    let read: Expression =
      switch self {
      case .number(let decimal): .call(.amount, [text] + (decimal.map { [.literal(.text($0))] } ?? []))
      case .date(let order): .call(.date, [text, .literal(.text(order.rawValue))])
      case .datetime(let order): .call(.datetime, [text, .literal(.text(order.rawValue))])
      }
    return .call(.coalesce, [read, .missing(type)])
  }
}

private struct FittedFixValue: FittedStep {
  let column: String
  let type: ColumnType
  let form: FixValue.Form

  var writes: [String] { [column] }

  func lower(into scope: inout LoweringScope) throws(Unsupported) {
    let source = Expression.column(column, type)
    let before = try scope.column(column)
    try scope.set(column, form.value(of: type == .text ? source : .call(.text, [source])))
    let after = try scope.column(column)
    let isUnread = Expression.call(
      .and, [.call(.isPresent, [.column("before", type)]), .call(.isMissing, [.column("after", form.type)])])
    if let flag = scope.builder.expression(isUnread, ["before": before, "after": after]) {
      scope.flag("unreadable \(column)", flag)
    }
  }

  func changes(of rows: Table, into made: [Column], _ progress: Progress) throws(EngineError) -> CellChanges? {
    guard let cells = rows[column], let result = made.first else { return nil }
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
    var changes = CellChanges(of: column, reading: form.type == .float ? .number : .date)
    for text in DistinctTexts(cells).texts {
      switch form {
      case .number(let decimal): note(text, AmountReader(decimal: decimal)?.reading(text.text) ?? .none, &changes)
      case .date(let order), .datetime(let order): note(text, order.reading(text.text), &changes)
      }
      let value = result[text.row]
      // A number or a day that is written as tables have it is read as what it is.
      if value != .missing, !isPlain(text.text, value) {
        changes.add(CellChanges.Change(from: .text(text.text), to: value, cells: text.cells))
      }
    }
    return changes
  }

  private func isPlain(_ text: String, _ value: Cell) -> Bool {
    value.number.map { NumberReader.shared.double(text) == $0 } ?? (text == value.description)
  }

  private func note(_ text: DistinctTexts.Text, _ reading: AmountReader.Reading, _ changes: inout CellChanges) {
    switch reading {
    case .amount(let amount):
      if amount.isPercentage { changes.add(.percentage, cells: text.cells) }
      if let currency = amount.currency { changes.add(.currency(currency), cells: text.cells) }
    case .twofold: changes.add(unread: text.text, cells: text.cells, isTwofold: true)
    case .none: changes.add(unread: text.text, cells: text.cells, isTwofold: false)
    }
  }

  private func note(_ text: DistinctTexts.Text, _ reading: DateReading.Reading, _ changes: inout CellChanges) {
    switch reading {
    case .moment(_, let order?): changes.add(.order(order), cells: text.cells)
    case .moment: break
    case .twofold: changes.add(unread: text.text, cells: text.cells, isTwofold: true)
    case .none: changes.add(unread: text.text, cells: text.cells, isTwofold: false)
    }
  }
}
