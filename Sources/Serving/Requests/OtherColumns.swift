import Display
import Notation
import Tables

/// What a request sends besides the columns of a model: passed over and told once, or refused where it has to be the model's own. The
/// column that the model predicts may always be there.
struct OtherColumns {
  private let schema: InputSchema
  private var names: [String] = []
  private var counts: [String: Int] = [:]
  /// The first of them, be it the label.
  private var first: String?

  init(_ schema: InputSchema) { self.schema = schema }

  /// Takes a name that is no input. Throws `unknown-column` where there may be none.
  mutating func add(_ name: String) throws(RequestProblem) {
    first = first ?? name
    if name == schema.label { return }
    guard !schema.isStrict else { throw problem(name, "'\(CellReading.shown(name))' is no input of the model") }
    if counts[name] == nil { names.append(name) }
    counts[name, default: 0] += 1
  }

  /// Throws `unknown-column` for a request that sent other columns alone: they were meant as inputs.
  func requireInputs(_ isAnyGiven: Bool) throws(RequestProblem) {
    guard !isAnyGiven, let first, !schema.fields.isEmpty else { return }
    throw problem(first, "none of the model's inputs was sent: '\(CellReading.shown(first))' is none")
  }

  private func problem(_ name: String, _ words: String) -> RequestProblem {
    RequestProblem("unknown-column", words, field: name, help: schema.help(name))
  }

  /// What an answer says of them, `rows` being how many were sent; nil where there are none.
  func note(rows: Int) -> String? {
    guard !names.isEmpty else { return nil }
    return Note.passedOver(
      names.map { name in
        let count = counts[name] ?? 0
        return CellReading.shown(name) + (count < rows ? " (in \(count) of \(rows) rows)" : "")
      })
  }
}
