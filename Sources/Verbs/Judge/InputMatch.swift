import Diagnostics
import Display
import Interpreter
import Notation
import Plan
import Tables

/// Which of a model's inputs some rows have, and what they have besides.
struct InputMatch {
  let inputs: [String]
  /// Inputs that are not there.
  let absent: [String]
  /// Columns that are no inputs, the label apart.
  let others: [String]
  private let columns: [String]
  private let name: String

  init(_ inputs: [Field], label: String, columns: [String], name: String) {
    self.inputs = inputs.map(\.name)
    self.columns = columns
    self.name = name
    let given = Set(columns)
    absent = inputs.map(\.name).filter { !given.contains($0) }
    let known = Set(inputs.map(\.name) + [label])
    others = columns.filter { !known.contains($0) }
  }

  /// `columns` are those that the rows have, by which messages call `name`.
  init(_ model: Model, columns: [String], name: String) {
    self.init(model.graph.inputs, label: model.label.name, columns: columns, name: name)
  }

  /// What is said of the other columns of a file; nil where there are none.
  var note: String? {
    guard !others.isEmpty else { return nil }
    return "\(counted(others.count, "column")) passed over, being no inputs of the model: \(Self.listed(others))"
  }

  /// Throws `unknown-column` when the rows are not the model's: with none of its inputs or, unless told otherwise, less than half of
  /// them; `strict` true allows no difference, false any.
  func require(_ strict: Bool?) throws(EngineError) {
    guard strict != false, !inputs.isEmpty else { return }
    let help = ["the model takes: \(Self.listed(inputs))", "\(name) has: \(Self.listed(columns))"] + nearest
    if absent.count == inputs.count {
      throw EngineError(.unknownColumn, name, "\(name) has none of the model's inputs", help: help)
    }
    if strict == true, let first = absent.first {
      throw EngineError(.unknownColumn, first, "\(name) has no column '\(first)', which the model takes", help: help)
    }
    if strict == true, let first = others.first {
      throw EngineError(.unknownColumn, first, "'\(first)' of \(name) is no input of the model", help: help)
    }
    if absent.count * 2 > inputs.count {
      throw EngineError(
        .unknownColumn, name,
        "\(name) lacks \(absent.count) of the model's \(inputs.count) inputs: \(Self.listed(absent))",
        help: help + ["`strict: false` scores the rows with these as missing"])
    }
  }

  /// Columns that may have been meant.
  private var nearest: [String] {
    let pairs = absent.prefix(3).compactMap { input in didYouMean(input, among: others).map { "\(input) = \($0)" } }
    return pairs.isEmpty ? [] : ["`rename \(pairs.joined(separator: ", "))` if that is meant"]
  }

  static func listed(_ names: [String]) -> String {
    names.prefix(12).joined(separator: ", ") + (names.count > 12 ? ", … (\(names.count))" : "")
  }
}
