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

  init(_ inputs: [Field], label: String?, columns: [String], name: String) {
    self.inputs = inputs.map(\.name)
    self.columns = columns
    self.name = name
    let given = Set(columns)
    absent = inputs.map(\.name).filter { !given.contains($0) }
    let known = Set(inputs.map(\.name) + [label].compactMap { $0 })
    others = columns.filter { !known.contains($0) }
  }

  /// `columns` are those that the rows have, by which messages call `name`.
  init(_ model: Model, columns: [String], name: String) {
    self.init(model.graph.inputs, label: model.label?.name, columns: columns, name: name)
  }

  /// What is said of the other columns of a file; nil where there are none.
  var note: String? {
    others.isEmpty ? nil : Note.passedOver(others)
  }

  /// Throws `unknown-column` when the rows are not the model's: with none of its inputs or, unless told otherwise, less than half of
  /// them; `strict` true allows no difference, false any.
  func require(_ strict: Bool?) throws(EngineError) {
    guard strict != false, !inputs.isEmpty else { return }
    if absent.count == inputs.count { throw mismatch(.none) }
    if strict == true, let first = absent.first { throw mismatch(.missing(first)) }
    if strict == true, let first = others.first { throw mismatch(.extra(first)) }
    if absent.count * 2 > inputs.count { throw mismatch(.lacking(absent)) }
  }

  private func mismatch(_ reason: InputsMismatch.Reason) -> EngineError {
    EngineError(
      .inputs(.mismatch(InputsMismatch(name, reason, inputs: inputs, columns: columns, likely: likely))))
  }

  /// Columns that may have been meant.
  private var likely: [Step.Rename] {
    absent.prefix(3).compactMap { input in didYouMean(input, among: others).map { Step.Rename($0, input) } }
  }

  static func listed(_ names: [String]) -> String { ProblemWords.listed(names) }
}
