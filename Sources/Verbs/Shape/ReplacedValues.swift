import Diagnostics
import Interpreter
import Language
import Notation
import Plan
import Tables
import Training

/// The record of a `replace`: values, and what stands for each.
struct ReplacedValues {
  private struct Pair {
    let key: Name
    /// Whether the key is the word `missing`, and no text in quotes.
    let isMissing: Bool
    let value: Tables.Cell
    let range: SourceRange
  }

  private let pairs: [Pair]
  /// As written.
  let words: String

  /// A record, or a let that holds one; nil after reporting.
  init?(_ written: Expr, _ scope: Scope, _ sink: inout DiagnosticSink) {
    words = SyntaxPrinter.text(written)
    switch written.kind {
    case .record(let entries):
      guard let pairs = Self.pairs(entries, scope, &sink) else { return nil }
      self.pairs = pairs
    case .name(let name):
      guard case .scalar(.record(let fields))? = scope[name] else {
        Self.refuse(written, &sink)
        return nil
      }
      var pairs: [Pair] = []
      for field in fields {
        guard case .cell(let cell) = field.value else {
          Self.refuse(field.value.typeName, at: written.range, &sink)
          return nil
        }
        guard field.name != "missing" else {
          sink.report(
            .wrongType, "whether 'missing' is a text or no value shows only in the record itself", at: written.range,
            label: "write the record here, with missing or \"missing\"")
          return nil
        }
        pairs.append(
          Pair(key: Name(field.name, at: written.range), isMissing: false, value: cell, range: written.range))
      }
      self.pairs = pairs
    default:
      Self.refuse(written, &sink)
      return nil
    }
    guard !isTwice(&sink) else { return nil }
  }

  private static func pairs(
    _ entries: [RecordEntry], _ scope: Scope, _ sink: inout DiagnosticSink
  ) -> [Pair]? {
    var pairs: [Pair] = []
    for entry in entries {
      let isMissing = entry.literal == nil && entry.key.text == "missing"
      switch entry.value.scalar(scope, &sink) {
      case .known(.cell(let cell)):
        pairs.append(Pair(key: entry.key, isMissing: isMissing, value: cell, range: entry.value.range))
      case .known(let other): refuse(other.typeName, at: entry.value.range, &sink)
      case .open, .failed: continue
      }
    }
    return pairs.count == entries.count ? pairs : nil
  }

  private static func refuse(_ written: Expr, _ sink: inout DiagnosticSink) {
    sink.report(
      .wrongType, "'replace' takes a record of values, not '\(SyntaxPrinter.text(written))'", at: written.range,
      label: "write {\"old\": \"new\"}")
  }

  private static func refuse(_ kind: String, at range: SourceRange, _ sink: inout DiagnosticSink) {
    sink.report(.wrongType, "a cell becomes one value, not a \(kind)", at: range)
  }

  private func isTwice(_ sink: inout DiagnosticSink) -> Bool {
    var known: Set<TextBytes> = []
    for pair in pairs where !known.insert(TextBytes(pair.key.text + (pair.isMissing ? "\u{0}" : ""))).inserted {
      sink.report(.duplicateName, "'\(pair.key.text)' is replaced twice", at: pair.key.range)
      return true
    }
    return false
  }

  // MARK: By the column

  /// The values as those of a column of a type; nil after reporting one that is none.
  func pairs(of column: String, _ type: ColumnType, _ sink: inout DiagnosticSink) -> [Replace.Pair]? {
    var found: [Replace.Pair] = []
    for pair in pairs {
      guard let from = pair.isMissing ? .missing : Self.cell(pair.key.text, type) else {
        sink.report(
          .wrongType, "'\(pair.key.text)' is no value of '\(column)', which is \(type.rawValue)", at: pair.key.range)
        return nil
      }
      guard Self.suits(pair.value, type) else {
        sink.report(
          .wrongType,
          "'\(column)' is \(type.rawValue) and cannot hold \(Scalar.cell(pair.value))", at: pair.range,
          help: Self.advice(column, type, pair.value))
        return nil
      }
      // What stays as it is changes nothing.
      if from != pair.value { found.append(Replace.Pair(from, pair.value)) }
    }
    return found
  }

  private static func suits(_ value: Tables.Cell, _ type: ColumnType) -> Bool {
    value == .missing || value.type == type || (type.isNumeric && value.number != nil)
  }

  private static func advice(_ column: String, _ type: ColumnType, _ value: Tables.Cell) -> [String] {
    guard value.type == .text, type != .vector else { return [] }
    return ["\(ScriptText.code("cast \(ScriptText.name(column)) = text")) before it makes texts of its values"]
  }

  /// The value of a type that a key stands for.
  private static func cell(_ text: String, _ type: ColumnType) -> Tables.Cell? {
    var bytes = text
    switch type {
    case .text: return .text(text)
    case .bool: return text == "true" ? .bool(true) : text == "false" ? .bool(false) : nil
    case .int: return Int64(text).map(Tables.Cell.int) ?? whole(NumberReader.shared.double(text))
    case .float: return NumberReader.shared.double(text).map(Tables.Cell.float)
    case .date:
      return bytes.withUTF8 { bytes in
        bytes.baseAddress.flatMap { DateText.days($0, 0, bytes.count, lenient: true) }.map(Tables.Cell.date)
      }
    case .datetime:
      return bytes.withUTF8 { bytes in
        bytes.baseAddress.flatMap { DateText.microseconds($0, 0, bytes.count, lenient: true) }
          .map(Tables.Cell.datetime)
      }
    case .vector: return nil
    }
  }

  private static func whole(_ value: Double?) -> Tables.Cell? {
    value.flatMap { Int64(exactly: $0) }.map(Tables.Cell.int)
  }

  /// Tells of texts that a sample of the source does not hold, where it holds one that is nearly the same.
  func noteNear(_ column: String, _ call: VerbCall, _ schema: RelationSchema, _ sink: inout DiagnosticSink) {
    guard schema.facts(of: column)?.type == .text else { return }
    for pair in pairs where !pair.isMissing {
      call.note(pair.key.text, of: column, at: pair.key.range, in: schema, &sink)
    }
  }
}
